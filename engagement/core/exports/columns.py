"""Columns of an export: the cells of a row, and their values as text."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from engagement.core.formula_guard import guarded
from engagement.core.types import FieldValue, Label, Row


@dataclass(frozen=True)
class Column:
    """One column: its name in files, its meaning, and the source of a row's value.

    ``value`` is the name of an attribute (dots go further), or a function of the row. Only the secretariat gets the
    ``staff_only`` ones. Values are plain: text, numbers, days, moments, truth, or a list of texts.
    """

    name: str
    meaning: Label
    value: str | Callable[[Row], FieldValue] = ""
    staff_only: bool = False

    def of(self, row: Row) -> FieldValue:
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.name).split("."):
            row = getattr(row, name, None)
        return row


def plain(value: FieldValue) -> FieldValue:
    """A value as JSON has it: days and moments by ISO 8601, moments in UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def text(value: FieldValue) -> str:
    """A value as one cell of text; several are put apart by semicolons, nothing is empty."""
    value = plain(value)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def bare(value: FieldValue) -> str:
    """The same where nothing says that it is text: guarded, unless it is a number."""
    number = isinstance(value, int | float)
    return text(value) if number else guarded(text(value))
