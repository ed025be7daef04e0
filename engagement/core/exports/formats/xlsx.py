"""Streamed XLSX: everything around the lines is XlsxWriter's, the lines go past it.

XlsxWriter gives a workbook away when it is whole, which a browser would wait minutes for. So it makes one of the same
columns with a specimen of a line in each sheet, and the lines are written where the specimen stood.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from engagement.core.queries import FIRST
from engagement.core.types import FieldValue

from ..base import Export
from ..columns import text
from ..streaming import BytesTaken

LAST_LINE = 1_048_575
"""Of a sheet, below the line of names."""
LONGEST_CELL = 32_767
PORTION = 200
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DAY = dt.date(1899, 12, 30)
_FIRST_TRUE_DAY = dt.date(1900, 3, 1)  # spreadsheets believe in a 29 February 1900
_SPECIMEN = '<row r="2"'


@dataclass(frozen=True)
class _Frame:
    """The XML before and after the lines of a sheet, and the number of the style of days."""

    before: str
    after: str
    day: str


def xlsx_bytes(export: Export) -> Iterator[bytes]:
    yield from workbook(export.heads, export.lines())


def workbook(heads: Sequence[str], lines: Iterable[Sequence[FieldValue]]) -> Iterator[bytes]:
    """The file in portions; text is written as text, so that nothing in it is run and nothing needs a
    guard. A full sheet is followed by another."""
    from xlsxwriter.utility import xl_col_to_name  # some megabytes that most workers never need

    taken, coming = BytesTaken(), iter(lines)
    frames, number = _frames(heads), 0
    columns = [xl_col_to_name(place) for place in range(len(heads))]
    with zipfile.ZipFile(taken, "w", zipfile.ZIP_DEFLATED) as archive:
        line = next(coming, None)
        while number == 0 or line is not None:
            number += 1
            frame = frames[min(number, 2) - 1]
            with archive.open(_sheet_name(number), "w", force_zip64=True) as sheet:
                sheet.write(frame.before.encode())
                row = 1
                while line is not None and row <= LAST_LINE:
                    row += 1
                    sheet.write(_row(row, columns, line, frame.day).encode())
                    if row == FIRST or row % PORTION == 0:
                        yield taken.take()
                    line = next(coming, None)
                sheet.write(frame.after.encode())
        _write_rest(archive, _specimen(heads, number))
    yield taken.take()


def _sheet_name(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _specimen(heads: Sequence[str], sheets: int) -> zipfile.ZipFile:
    """A workbook with the line of names and one line with a day in each sheet."""
    import xlsxwriter  # some megabytes that most workers never need

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_urls": False}) as book:
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for _number in range(sheets):
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(heads) - 1, 18)
            for place, name in enumerate(heads):
                sheet.write_string(0, place, name, head)
            sheet.write_datetime(1, 0, dt.date(2025, 5, 8), day)
    return zipfile.ZipFile(file)


def _frames(heads: Sequence[str]) -> list[_Frame]:
    """Of the first sheet, which is open when the file is, and of every other."""
    found = []
    with _specimen(heads, 2) as specimen:
        for number in (1, 2):
            xml = re.sub(r"<dimension [^>]*/>", "", specimen.read(_sheet_name(number)).decode())
            before, _row, rest = xml.partition(_SPECIMEN)
            style = re.search(r' s="(\d+)"', rest)
            assert style is not None
            found.append(_Frame(before, rest[rest.index("</sheetData>") :], style[1]))
    return found


def _write_rest(archive: zipfile.ZipFile, specimen: zipfile.ZipFile) -> None:
    with specimen:
        for name in specimen.namelist():
            if not name.startswith("xl/worksheets/"):
                archive.writestr(name, specimen.read(name))


def _row(number: int, columns: Sequence[str], line: Sequence[FieldValue], day: str) -> str:
    cells = "".join(_cell(f"{column}{number}", cell, day) for column, cell in zip(columns, line, strict=True))
    return f'<row r="{number}">{cells}</row>'


def _cell(at: str, cell: FieldValue, day: str) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return f'<c r="{at}" t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{at}"><v>{cell}</v></c>'
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) and cell >= _FIRST_TRUE_DAY:
        return f'<c r="{at}" s="{day}"><v>{(cell - _FIRST_DAY).days}</v></c>'
    said = escape(_UNWRITABLE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text(cell)[:LONGEST_CELL]))
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
