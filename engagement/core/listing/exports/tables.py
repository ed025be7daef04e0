"""CSV and XLSX: one line for each row, or for each part of it, under a line of names."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from .columns import text
from .export import Export
from .pieces import taken

MARK = "\ufeff"
"""Without it Excel takes the file for another encoding and spoils every accent; everything else skips it."""
PORTION = 200
LAST_LINE = 1_048_575
LONGEST_CELL = 32_767


def csv_text(export: Export) -> Iterator[str]:
    """RFC 4180, in portions of lines."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(MARK)
    writer.writerow(export.heads)
    for number, line in enumerate(export.lines(), start=1):
        writer.writerow([text(cell) for cell in line])
        if number % PORTION == 0:
            yield taken(buffer)
    yield taken(buffer)


def xlsx_file(export: Export) -> IO[bytes]:
    """A workbook in a temporary file, written line by line; text is text, so that nothing in it is run."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_urls": False})
    formats = {
        "head": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    lines = export.lines()
    sheet, row = _sheet(book, export, formats), 0
    for line in lines:
        if row == LAST_LINE:  # a sheet is full: the rest goes onto another
            sheet, row = _sheet(book, export, formats), 0
        row += 1
        for place, cell in enumerate(line):
            _write(sheet, row, place, cell, formats)
    book.close()
    file.seek(0)
    return file


def _sheet(book: Any, export: Export, formats: dict[str, Any]) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(export.heads) - 1, 18)
    for place, name in enumerate(export.heads):
        sheet.write_string(0, place, name, formats["head"])
    return sheet


def _write(sheet: Any, row: int, place: int, cell: Any, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell)
    elif isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) and cell.year >= 1900:
        sheet.write_datetime(row, place, cell, formats["day"])
    else:
        sheet.write_string(row, place, text(cell)[:LONGEST_CELL])
