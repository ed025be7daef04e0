"""Download of the rows in question, as CSV or XLSX: corrected in a spreadsheet program, the file comes in again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engagement.core.exports.formats.csv import csv_text
from engagement.core.exports.views import TYPES
from engagement.imports.models import Import, ImportRow
from engagement.imports.views.permission import import_at, importers_only

LONGEST_CELL = 32_767


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
        response = FileResponse(workbook_of(heads(batch), lines(batch)), content_type=TYPES["xlsx"])
    else:
        response = StreamingHttpResponse(csv_text(_Questionable(batch)), content_type=TYPES["csv"])  # type: ignore[arg-type]
    response["Content-Disposition"] = f'attachment; filename="rows-in-question-{batch.pk}.{extension}"'
    return response


def heads(batch: Import) -> list[str]:
    """The columns as published, and two of ours at the end, which a layout passes over."""
    return [*batch.headers, _("Row"), _("Reason")]


def lines(batch: Import) -> Iterator[list[str]]:
    """One line for each row that is to be decided or cannot be read."""
    rows = ImportRow.objects.filter(batch=batch).in_question().select_related("batch").order_by("number")
    for row in rows.iterator():
        yield [*(text for _name, text in row.published), row.label, " ".join(row.sentences)]


def workbook_of(heads: list[str], lines: Iterable[list[str]]) -> IO[bytes]:
    """Without the apostrophes that exports put before what looks like a formula: the file comes back to us."""
    import xlsxwriter  # slow to load, and seldom needed

    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 18)
    for place, name in enumerate(heads):
        sheet.write_string(0, place, name, bold)
    for row, line in enumerate(lines, start=1):
        for place, cell in enumerate(line):
            sheet.write_string(row, place, cell[:LONGEST_CELL])
    book.close()
    file.seek(0)
    return file
