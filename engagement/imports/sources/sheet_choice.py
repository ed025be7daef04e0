"""Sheet selection in a workbook: meetings before other returns, notes last, sheets of the same headings together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from engagement.core.folding import fold, fold_key
from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.headers import find_header
from engagement.imports.sources.limits import Limits
from engagement.imports.sources.other_returns import is_other_return
from engagement.imports.sources.table import RawRow

_MEETINGS = re.compile(r"\b(?:meetings?|reunions?|rencontres?|treffen|gesprache|termine|contacts|incontri|reuniones)\b")
_NOTES = re.compile(
    r"\b(?:notes?|guidance|read ?me|instructions?|information|info|cover|contents|glossary|definitions?|lists?"
    r"|look ?ups?|validation|drop ?downs?|hinweise|notice|legende)\b"
)


@dataclass(frozen=True)
class _Page:
    title: str
    headings: tuple[str, ...]

    @property
    def worth(self) -> tuple[bool, bool]:
        """Tables of notes and of other returns are taken where there is no other one."""
        title = fold_key(self.title)
        is_aside = is_other_return(self.headings) or bool(_NOTES.search(title))
        return not is_aside, bool(_MEETINGS.search(title))


def choose(pages: Iterable[tuple[str, Iterable[RawRow]]], limits: Limits) -> tuple[str, list[str]]:
    """The sheet to read, "" where none holds a table, and all those that have its headings, itself included."""
    found = [page for title, rows in pages if (page := _page(title, rows, limits))]
    if not found:
        return "", []
    chosen = max(found, key=lambda page: page.worth)
    alike = [page.title for page in found if page.headings == chosen.headings and page.worth[0] == chosen.worth[0]]
    return chosen.title, alike


def _page(title: str, rows: Iterable[RawRow], limits: Limits) -> _Page | None:
    """A sheet with headings and at least one row under them; a damaged one is none."""
    try:
        first = list(islice(rows, limits.preamble))
    except Unreadable:
        return None
    if sum(1 for row in first if row.filled > 1) < 2:
        return None
    return _Page(title, tuple(fold(cell) for cell in first[find_header(first)].cells if cell.strip()))
