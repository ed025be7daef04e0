"""Resource limits: how much a file may hold before it is refused, so that no file can fill the memory."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """All bounds in one place; the site's settings may give others."""

    size: int = 50 * 1024 * 1024  # bytes of the file
    unpacked: int = 250 * 1024 * 1024  # bytes of everything inside a workbook
    part: int = 32 * 1024 * 1024  # bytes of any part of a workbook that is no sheet, such as its texts
    memory: int = 768 * 1024 * 1024  # bytes that reading an .ods or .xls workbook may take, in a process of its own
    seconds: int = 60  # and how long
    sheet_rows: int = 500_000  # rows of a workbook; a CSV file may have more
    columns: int = 200
    cell: int = 100_000  # characters; a longer cell is an error of its row
    swallowed: int = 4_000_000  # characters; past this a quotation mark was never closed
    preamble: int = 50  # rows in which the headers are looked for
