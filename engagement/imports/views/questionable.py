"""Download of the rows in question, as CSV or XLSX: corrected in a spreadsheet program, the file comes in again."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engagement.core.exports.formats.csv import MARK, csv_text
from engagement.core.exports.views import TYPES
from engagement.core.folding import fold
from engagement.imports.layouts.vocabulary import IGNORED
from engagement.imports.models import Import, ImportRow
from engagement.imports.views.permission import import_at, importers_only

LONGEST_CELL = 32_767
_SHEET = re.compile(r"[^\[\]:*?/\\']{1,31}")
"""What a sheet of an XLSX file can be called; one of an ODS file can be called more."""


@dataclass
class _Questionable:
    """The rows in question, as the writers of tables want them."""

    batch: Import

    @cached_property
    def heads(self) -> list[str]:
        return heads(self.batch)

    def lines(self) -> Iterator[list[str]]:
        return lines(self.batch)


@importers_only
@require_safe
def questionable(request: HttpRequest, pk: int, extension: str) -> HttpResponseBase:
    """The rows in question with the reasons, to be corrected and brought in again."""
    batch = import_at(request, pk)
    if extension not in ("csv", "xlsx"):
        raise Http404
    response: HttpResponseBase
    if extension == "xlsx":
        sheet, above = batch.spec.get("sheet", ""), _rows_above(batch)
        response = FileResponse(workbook_of(heads(batch), lines(batch), sheet, above), content_type=TYPES["xlsx"])
    else:
        response = StreamingHttpResponse(_as_csv(batch), content_type=TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="rows-in-question-{batch.pk}.{extension}"'
    return response


def _as_csv(batch: Import) -> Iterator[str]:
    """With the headings in the row where the layout looks for them."""
    pieces = iter(csv_text(_Questionable(batch)))  # type: ignore[arg-type]
    yield MARK + "\r\n" * _rows_above(batch) + next(pieces).removeprefix(MARK)
    yield from pieces


def _rows_above(batch: Import) -> int:
    return max(int(batch.spec.get("header_row", 0)) - 1, 0)


def heads(batch: Import) -> list[str]:
    """The columns as published, each once, and two of ours at the end, which a layout passes over."""
    return [*_columns(batch), *_ours()]


def lines(batch: Import) -> Iterator[list[str]]:
    """One line for each row that is to be decided or cannot be read: whole, so that it needs no row above it."""
    columns, carried = _columns(batch), _carried(batch)
    rows = ImportRow.objects.filter(batch=batch).in_question().select_related("batch").order_by("number")
    for at, row in enumerate(rows.iterator()):
        cells = row.whole_cells
        texts = [next(filter(str.strip, (cells.get(name, "") for name in names)), "") for names in columns.values()]
        if at and "goes_on" not in row.codes.split():
            texts = [text or (UNKNOWN if head in carried else "") for head, text in zip(columns, texts, strict=True)]
        yield [*texts, row.label, " ".join(row.sentences)]


UNKNOWN = "?"
"""A cell that nothing fills: left blank, it would take what happens to stand above it in the file that comes back."""


def _ours() -> tuple[str, str]:
    return _("Row"), _("Reason")


def _columns(batch: Import) -> dict[str, list[str]]:
    """Each column by its first heading, with the others that files of this import have for it; ours left out."""
    columns = batch.spec.get("columns", [])
    read = [column for column in columns if column["target"] != IGNORED]
    found: dict[str, list[str]] = {}
    for header in batch.headers:
        mine = next((one["headers"] for one in read if fold(header) in map(fold, one["headers"])), None)
        if mine is None and header in _ours():
            continue  # of a file that was corrected before
        there = [one for one in batch.headers if mine and fold(one) in map(fold, mine)]
        found.setdefault(min(there, key=lambda one: _place(one, mine or [])) if there else header, there or [header])
    return found


def _place(header: str, variants: list[str]) -> int:
    return [fold(variant) for variant in variants].index(fold(header))


def _carried(batch: Import) -> set[str]:
    columns = [column for column in batch.spec.get("columns", []) if column.get("carry_down")]
    return {header for header in _columns(batch) if any(fold(header) in map(fold, one["headers"]) for one in columns)}


def workbook_of(heads: list[str], lines: Iterable[list[str]], sheet_name: str = "", above: int = 0) -> IO[bytes]:
    """The workbook without the apostrophes that exports put before formulas: the file comes back to us.

    Its sheet and the place of its headings are those of the layout.
    """
    import xlsxwriter  # slow to load, and seldom needed

    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet, bold = (
        book.add_worksheet(sheet_name if _SHEET.fullmatch(sheet_name) else None),
        book.add_format({"bold": True}),
    )
    sheet.freeze_panes(above + 1, 0)
    sheet.set_column(0, len(heads) - 1, 18)
    for place, name in enumerate(heads):
        sheet.write_string(above, place, name, bold)
    for row, line in enumerate(lines, start=above + 1):
        for place, cell in enumerate(line):
            sheet.write_string(row, place, cell[:LONGEST_CELL])
    book.close()
    file.seek(0)
    return file
