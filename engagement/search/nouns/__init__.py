"""Drafts of index entries: a record as search sees it, before its words are analysed; a function for each noun.

A field that the record's page does not show to somebody is not in the text that is searched for them. Each text field
of each noun is searched by all who see the record (``OUTSIDE``), by the secretariat alone (``INSIDE``), or not, with a
reason (``EXEMPT``); a test holds the functions to that, and a field that is not named here fails it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engagement.core.partial_dates import PartialDate

STATURES = {"organization": 25, "topic": 24, "series": 23, "theme": 22, "reference": 21}
"""Names come first whatever their date; the rest by date, and on one day in this order."""
LAST_DAY = 1_999_999  # keeps every record below the names
ON_ONE_DAY = {"meeting": 6, "followup": 5, "discussion": 4, "outcome": 3, "position": 2, "document": 1, "minutes": 0}


@dataclass(slots=True)
class Draft:
    """The texts and facts by which one record is found."""

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
    days: Sequence[PartialDate] = ()
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


OUTSIDE = {
    "organization.name", "organization.acronym", "organization.description", "topic.title", "topic.description",
    "series.title", "series.purpose", "theme.name", "theme.description", "reference.title", "reference.identifier",
    "meeting.reference", "meeting.title", "meeting.purpose", "meeting.summary", "meeting.source_note",
    "meeting.venue", "meeting.city", "meeting.cancellation_reason", "meeting.postponement_reason",
    "followup.reference", "followup.title", "followup.details", "followup.result", "discussion.title",
    "discussion.said", "position.statement", "outcome.text", "document.title", "document.number",
}  # fmt: skip
"""Found by everybody who sees the record. The reasons of a meeting only as long as it is cancelled or postponed."""

INSIDE = {
    "organization.archive_reason", "theme.archive_reason", "meeting.internal_notes", "meeting.withdrawal_reason",
    "meeting.withdrawal_notice", "meeting.exemption_text", "meeting.cancellation_note", "meeting.postponement_note",
    "discussion.internal_notes",
}  # fmt: skip
"""Found by the secretariat alone."""

_ADDRESS = "an address on the web, of which no word is remembered"
_OWN_ADDRESS = "the address of its page here, made of the title"
_FOLDED = "made of other fields, for looking up by name"
_SORT_KEY = "made of other fields, for putting names in order"
_CODE = "a code or a word of a list, asked for by filters"

EXEMPT = {
    "organization.slug": _OWN_ADDRESS,
    "organization.search_text": _FOLDED,
    "organization.sort_key": _SORT_KEY,
    "organization.short_sort_key": _SORT_KEY,
    "organization.match_key": _FOLDED,
    "organization.acronym_key": _FOLDED,
    "organization.website": _ADDRESS,
    "topic.slug": _OWN_ADDRESS,
    "topic.search_text": _FOLDED,
    "topic.sort_key": _SORT_KEY,
    "series.slug": _OWN_ADDRESS,
    "series.search_text": _FOLDED,
    "series.sort_key": _SORT_KEY,
    "theme.slug": _OWN_ADDRESS,
    "theme.search_text": _FOLDED,
    "theme.sort_key": _SORT_KEY,
    "reference.slug": _OWN_ADDRESS,
    "reference.search_text": _FOLDED,
    "reference.sort_key": _SORT_KEY,
    "reference.url": _ADDRESS,
    "meeting.slug": _OWN_ADDRESS,
    "meeting.search_text": _FOLDED,
    "meeting.sort_key": _SORT_KEY,
    "meeting.reference_key": _SORT_KEY,
    "meeting.time_zone": _CODE,
    "meeting.source_url": _ADDRESS,
    "followup.search_text": _FOLDED,
    "followup.sort_key": _SORT_KEY,
    "followup.reference_key": _SORT_KEY,
    "followup.evidence": _ADDRESS,
    "discussion.number": "its place on one agenda, which says nothing outside it",
    "document.language": _CODE,
    "document.accessibility_note": "says how to read a file, not what it is about",
    "document.url": _ADDRESS,
    "document.sha256": "a checksum, compared and not remembered",
    "minutes.reason": "why there is another version, read beside it",
    **dict.fromkeys(("minutes.sha256", "minutes.own_sha256", "minutes.erased_sha256"), "a checksum, not remembered"),
}
