"""Header row detection, and the names of the columns."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _

from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.limits import Limits
from engagement.imports.sources.table import RawRow
from engagement.imports.sources.texts import repaired, storable

_VALUE = re.compile(r"[\d.,:/\s-]*\d[\d.,:/\s-]*")


def column_letters(index: int) -> str:
    """A column as spreadsheet programs name it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def tidy(header: str) -> str:
    """A heading on one line, letters composed."""
    return " ".join(unicodedata.normalize("NFC", repaired(storable(header))).split())


def find_header(rows: Sequence[RawRow]) -> int:
    """Which of the first rows holds the headings: the first about as full as the fullest that reads like words."""
    counts = sorted(row.filled for row in rows)
    if not counts or not counts[-1]:
        raise Unreadable(_("The file is empty."))
    full = counts[(len(counts) - 1) * 4 // 5]  # not the very fullest, which may have cells too many
    wide = [at for at, row in enumerate(rows) if row.filled >= max(1, full * 0.6)]
    return next((at for at in wide if _reads_like_words(rows[at])), wide[0])


def _reads_like_words(row: RawRow) -> bool:
    """No cell is a number or a date, none is as long as a paragraph."""
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    return all(len(cell) <= 300 and not _VALUE.fullmatch(cell) for cell in cells)


def name_columns(cells: Sequence[str], limits: Limits) -> list[str]:
    """A name for each column; a column without a heading is called by its letter."""
    names = [tidy(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > limits.columns:
        raise Unreadable(_("The file has more than %(most)s columns.") % {"most": limits.columns})
    seen: dict[str, int] = {}
    for at, name in enumerate(names):
        key = name.casefold()
        if name and key in seen:
            letters = {"name": name, "first": column_letters(seen[key]), "second": column_letters(at)}
            raise Unreadable(
                _("Two columns are called “%(name)s” (%(first)s and %(second)s). Give them different headings.")
                % letters
            )
        seen[key] = at
    return [name or _("Column %(letters)s") % {"letters": column_letters(at)} for at, name in enumerate(names)]
