"""Cells of a worksheet as text, whichever library read them; empty rows are left out, not their numbers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from engagement.imports.sources.limits import Limits
from engagement.imports.sources.table import RawRow

CellValue: TypeAlias = str | int | float | dt.datetime | dt.date | dt.time | dt.timedelta | None


def rows_of(rows: Iterable[Sequence[CellValue]], limits: Limits) -> Iterator[RawRow]:
    """The rows of a sheet that hold anything, with the numbers they have there."""
    for number, values in enumerate(rows, start=1):
        if not _is_blank(values):
            yield RawRow(number, [as_text(value) for value in _trimmed(values, limits.columns)])


def _is_blank(values: Sequence[CellValue]) -> bool:
    return all(value is None or value == "" for value in values)


def _trimmed(values: Sequence[CellValue], columns: int) -> Sequence[CellValue]:
    """Cells up to the last one with content; of too many, enough to see that they are."""
    last = len(values)
    while last and values[last - 1] in (None, ""):
        last -= 1
    return values[:last] if last <= columns else (*values[:columns], values[last - 1])


def as_text(value: CellValue) -> str:
    """A cell as text: dates as 2022-01-27, times as 14:30, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
