"""CSV and XLSX: one line for each row, or for each part of it, under a line of names."""

import csv
import io
from collections.abc import Iterator

from engagement.core.queries import FIRST

from .columns import bare
from .export import Export
from .pieces import taken
from .workbooks import workbook

MARK = "\ufeff"
"""Without it Excel takes the file for another encoding and spoils every accent; everything else skips it."""
PORTION = 200


def csv_text(export: Export) -> Iterator[str]:
    """RFC 4180, in portions of lines."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(MARK)
    writer.writerow([bare(head) for head in export.heads])
    for number, line in enumerate(export.lines(), start=1):
        writer.writerow([bare(cell) for cell in line])
        if number == FIRST or number % PORTION == 0:
            yield taken(buffer)
    yield taken(buffer)


def xlsx_bytes(export: Export) -> Iterator[bytes]:
    """A workbook, in portions of lines."""
    yield from workbook(export.heads, export.lines())
