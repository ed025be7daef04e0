"""The rows in question as a workbook, letter by letter as published; text is written as text, so nothing is run."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

LONGEST_CELL = 32_767


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
