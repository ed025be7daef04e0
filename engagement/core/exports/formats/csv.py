"""CSV (RFC 4180): one line for each row, or for each part of it, under a line of names."""

import csv
import io
from collections.abc import Iterator

from engagement.core.queries import FIRST

from ..base import Export
from ..columns import bare
from ..streaming import taken

MARK = "\ufeff"
"""Without it Excel takes the file for another encoding and spoils every accent; everything else skips it."""
PORTION = 200


def csv_text(export: Export) -> Iterator[str]:
    """In portions of lines."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(MARK)
    writer.writerow([bare(head) for head in export.heads])
    for number, line in enumerate(export.lines(), start=1):
        writer.writerow([bare(cell) for cell in line])
        if number == FIRST or number % PORTION == 0:
            yield taken(buffer)
    yield taken(buffer)
