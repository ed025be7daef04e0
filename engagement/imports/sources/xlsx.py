"""Streaming XLSX reader: the sheet that holds the table, real dates as dates, formulas as their results."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from engagement.imports.sources.errors import Unreadable, no_sheet, no_table
from engagement.imports.sources.limits import Limits
from engagement.imports.sources.sheet_choice import choose
from engagement.imports.sources.sheets import CellValue, rows_of
from engagement.imports.sources.table import RawRow, Source


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
    """A workbook's sheet as rows: the one asked for, or the likeliest that holds a table."""
    with _opened(path) as book:
        sheets = [page.title for page in book.worksheets]
        visible = [page.title for page in book.worksheets if page.sheet_state == "visible"]
        if sheet and sheet not in sheets:
            raise no_sheet(sheet, sheets)
        chosen, alike = (
            (sheet, []) if sheet else choose(((name, _rows(book[name], limits)) for name in visible), limits)
        )
    if not chosen:
        raise no_table()
    return Source(form="xlsx", walk=lambda: _walk(path, chosen, limits), sheet=chosen, sheets=sheets, alike=alike)


@contextmanager
def _opened(path: Path) -> Iterator[Book]:
    """The workbook, and every way in which it can be broken as one sentence."""
    from openpyxl import load_workbook  # slow to load, and seldom needed

    with path.open("rb") as file:  # by name it would refuse a workbook that is not called .xlsx
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception:
            sentence = _("The workbook cannot be read. Open it, save it again as .xlsx and upload it again.")
            raise Unreadable(sentence) from None
        try:
            yield book
        finally:
            book.close()


def _walk(path: Path, sheet: str, limits: Limits) -> Iterator[RawRow]:
    with _opened(path) as book:
        yield from _rows(book[sheet], limits)


def _rows(page: Sheet, limits: Limits) -> Iterator[RawRow]:
    return rows_of(_values(page), limits)


def _values(page: Sheet) -> Iterator[tuple[CellValue, ...]]:
    """The values that the library reads, every failure of it as a sentence."""
    try:
        page.reset_dimensions()  # what a sheet says about its own size may be wrong
        yield from page.iter_rows(values_only=True)
    except Exception:
        sentence = _("Sheet “%(sheet)s” is damaged. Open the workbook, save it again as .xlsx and upload it again.")
        raise Unreadable(sentence % {"sheet": page.title}) from None
