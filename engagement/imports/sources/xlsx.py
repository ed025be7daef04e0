"""Streaming XLSX reader: the sheet that holds the table, real dates as dates, formulas as what they came to."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeAlias

from django.utils.translation import gettext as _

from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.limits import Limits
from engagement.imports.sources.table import RawRow, Source
from engagement.imports.sources.zip_safety import check_archive

CellValue: TypeAlias = str | int | float | dt.datetime | dt.date | dt.time | dt.timedelta | None


class Sheet(Protocol):
    """A sheet of a workbook, as far as it is used."""

    title: str
    sheet_state: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[CellValue, ...]]: ...


class Book(Protocol):
    worksheets: list[Sheet]

    def __getitem__(self, title: str) -> Sheet: ...


def open_workbook(path: Path, limits: Limits, sheet: str = "") -> Source:
    """A workbook's sheet as rows: the one asked for, or the first that holds a table."""
    check_archive(path, limits)
    with _opened(path) as book:
        sheets = [page.title for page in book.worksheets]
        visible = [page.title for page in book.worksheets if page.sheet_state == "visible"]
        if sheet and sheet not in sheets:
            names = ", ".join(sheets)
            raise Unreadable(
                _("There is no sheet “%(sheet)s”; there are: %(names)s.") % {"sheet": sheet, "names": names}
            )
        chosen = sheet or next((name for name in visible if _holds_table(book[name], limits)), "")
    if not chosen:
        raise Unreadable(_("No sheet of this workbook contains a table: headings with rows under them."))
    return Source(form="xlsx", walk=lambda: _walk(path, chosen, limits), sheet=chosen, sheets=sheets)


@contextmanager
def _opened(path: Path) -> Iterator[Book]:
    """The workbook, and every way in which it can be broken as one sentence."""
    from openpyxl import load_workbook  # slow to load, and seldom needed

    with path.open("rb") as file:  # by name it would refuse a workbook that is not called .xlsx
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception:
            sentence = _("The workbook cannot be read. Open it, save it again as .xlsx and try once more.")
            raise Unreadable(sentence) from None
        try:
            yield book
        finally:
            book.close()


def _walk(path: Path, sheet: str, limits: Limits) -> Iterator[RawRow]:
    with _opened(path) as book:
        yield from _rows(book[sheet], limits)


def _rows(page: Sheet, limits: Limits) -> Iterator[RawRow]:
    """The rows of a sheet that hold anything, with the numbers they have there."""
    for number, values in enumerate(_values(page), start=1):
        if not _is_blank(values):
            yield RawRow(number, [as_text(value) for value in _trimmed(values, limits.columns)])


def _values(page: Sheet) -> Iterator[tuple[CellValue, ...]]:
    """What the library reads, every failure of it as a sentence."""
    try:
        page.reset_dimensions()  # what a sheet says about its own size may be wrong
        yield from page.iter_rows(values_only=True)
    except Exception:
        sentence = _("Sheet “%(sheet)s” is damaged. Open the workbook, save it again as .xlsx and try once more.")
        raise Unreadable(sentence % {"sheet": page.title}) from None


def _is_blank(values: tuple[CellValue, ...]) -> bool:
    return all(value is None or value == "" for value in values)


def _trimmed(values: tuple[CellValue, ...], columns: int) -> tuple[CellValue, ...]:
    """Cells up to the last one with content; of too many, enough to see that they are."""
    last = len(values)
    while last and values[last - 1] in (None, ""):
        last -= 1
    return values[:last] if last <= columns else (*values[:columns], values[last - 1])


def _holds_table(page: Sheet, limits: Limits) -> bool:
    """Headings and at least one row under them."""
    return sum(1 for row in islice(_rows(page, limits), limits.preamble) if row.filled > 1) > 1


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
