"""What a row says, cell by cell."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_FORMULA = frozenset("=+-@＝＋－＠")  # noqa: RUF001 - the wide ones are formulas to some spreadsheets


@dataclass(frozen=True)
class Column:
    """One column: its name in files, what it means, and where a row's value comes from.

    ``value`` is the name of an attribute (dots go further), or a function of the row. Only the secretariat gets the
    ``staff_only`` ones. Values are plain: text, numbers, days, moments, truth, or a list of texts.
    """

    name: str
    meaning: Any
    value: str | Callable[[Any], Any] = ""
    staff_only: bool = False

    def of(self, row: Any) -> Any:
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.name).split("."):
            row = getattr(row, name, None)
        return row


def plain(value: Any) -> Any:
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


def text(value: Any) -> str:
    """A value as one cell of text; several are put apart by semicolons, nothing is empty."""
    value = plain(value)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else defused(value) if isinstance(value, str) else str(value)


def defused(cell: str) -> str:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it, so that it is read as text."""
    is_formula = cell[:1] in ("\t", "\r", "\n") or cell.lstrip()[:1] in _FORMULA
    return f"'{cell}" if is_formula else cell
