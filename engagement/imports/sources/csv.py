"""CSV reader for files as people save them: any delimiter, any usual encoding, line breaks in cells."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from engagement.core.formula_guard import unguarded
from engagement.imports.sources.encodings import errors_of, find_encoding
from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.limits import Limits
from engagement.imports.sources.table import RawRow, Source

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 200  # rows looked at to find the delimiter


def open_delimited(path: Path, limits: Limits, encoding: str = "", delimiter: str = "") -> Source:
    """A text file as rows."""
    found = find_encoding(path, encoding)
    if len(delimiter) > 1 or delimiter in ('"', "\r", "\n"):
        raise Unreadable(_("The character between cells must be one character, such as a comma or a semicolon."))
    is_there = delimiter and _evenness(path, found.name, delimiter, limits)[1] > 1
    sign = delimiter if is_there else _find_delimiter(path, found.name, limits)
    return Source(
        form="csv",
        walk=lambda: _walk(path, found.name, sign, limits),
        encoding=found.name,
        delimiter=sign,
        notes=[found.note] if found.note else [],
    )


def _walk(path: Path, encoding: str, delimiter: str, limits: Limits) -> Iterator[RawRow]:
    """Every record, numbered as a spreadsheet program would; blank ones count. Guards against formulas come off."""
    csv.field_size_limit(limits.swallowed)  # the library's own bound is lower and would hide the row
    with path.open(encoding=encoding, errors=errors_of(encoding), newline="") as file:
        reader = csv.reader(_without_zeros(file), delimiter=delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                yield RawRow(number, [unguarded(cell) for cell in next(reader)])
            except StopIteration:
                return
            except csv.Error as error:
                yield RawRow(number, [], _error_sentence(error, number))


def _without_zeros(lines: Iterator[str]) -> Iterator[str]:
    """The lines of a text; a zero byte says that it is none."""
    for number, line in enumerate(lines, start=1):
        if "\0" in line:
            raise Unreadable(_("Line %(line)s contains zero bytes: this is not a text file.") % {"line": number})
        yield line


def _error_sentence(error: csv.Error, number: int) -> str:
    """Why a record could not be taken apart; a file that ends inside a cell has lost rows and is refused."""
    if "field limit" in str(error):
        sentence = _("Row %(row)s has a cell of millions of characters. Check whether a quotation mark is missing.")
        raise Unreadable(sentence % {"row": number}) from None
    if "unexpected end" in str(error):
        sentence = _("A quotation mark in row %(row)s is never closed. Add the missing mark, or get the complete file.")
        raise Unreadable(sentence % {"row": number}) from None
    return _("A quotation mark inside a cell stands alone. Write it twice.")


def _find_delimiter(path: Path, encoding: str, limits: Limits) -> str:
    """The character that cuts most rows into the same number of cells."""
    scores = {sign: _evenness(path, encoding, sign, limits) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: scores[sign])


def _evenness(path: Path, encoding: str, sign: str, limits: Limits) -> tuple[float, int]:
    """How many of the first rows agree on a number of cells above one, and on how many."""
    widths: Counter[int] = Counter()
    try:
        for row in islice(_walk(path, encoding, sign, limits), _SAMPLE):
            if row.cells or row.error:
                widths[len(row.cells)] += 1
    except Unreadable:
        return 0.0, 0
    several = [(count, width) for width, count in widths.items() if width > 1]
    if not several:
        return 0.0, 0
    count, width = max(several)
    return round(count / sum(widths.values()), 1), width
