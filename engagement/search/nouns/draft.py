"""A record as search sees it, before its words are analysed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

STATURES = {
    "organization": 25,
    "topic": 24,
    "series": 23,
    "theme": 22,
    "reference": 21,
}
"""Names come first whatever their date; the rest by date, and on one day in this order."""
LAST_DAY = 1_999_999  # keeps every record below the names
ON_ONE_DAY = {"meeting": 6, "followup": 5, "discussion": 4, "outcome": 3, "position": 2, "document": 1}


@dataclass(slots=True)
class Draft:
    """What one record is found by."""

    kind: str
    source: int
    heading: str
    """As it reads in a list of what was found."""
    body: str = ""
    inside: str = ""
    """More text, for the secretariat alone."""
    also_called: str = ""
    """Other names, numbers: what names it as much as the heading does."""
    is_own_heading: bool = True
    """Whether the heading is the record's own, and not that of what it belongs to."""
    context: str = ""
    level: int | None = None
    meeting: int | None = None
    owner: int | None = None
    happened_on: date | None = None
    year: int | None = None
    days: Sequence[date] = ()
    """The days by which it is found, however they are written."""
    organizations: Iterable[int] = ()
    themes: Iterable[int] = ()

    @property
    def stature(self) -> int:
        if self.kind in STATURES:
            return STATURES[self.kind] * 1_000_000
        day = self.happened_on.toordinal() if self.happened_on else 0
        return min(day, LAST_DAY) * 10 + ON_ONE_DAY[self.kind]


def joined(*texts: str) -> str:
    """Texts one after the other, empty ones left out."""
    return "\n".join(text for text in texts if text)
