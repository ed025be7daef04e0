"""Match highlighting beyond title and text: the number, place or topic by which a hit was found, and its day."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from num2words import num2words

from engagement.core.templatetags.display import ordinal_words
from meetings.models import Meeting

from .marks import time_marks
from .nouns.meetings import days_between
from .parser import Query
from .snippets import Marker


class Facts(NamedTuple):
    """What a meeting is found by and neither its title nor its text says."""

    reference: str | None = ""
    kind: str | None = ""
    ordinal: int | None = None
    series: str | None = ""
    venue: str | None = ""
    city: str | None = ""
    ends_on: date | None = None


def reasons(marker: Marker, texts: tuple[str, ...], facts: Facts, topic: str = "") -> list[SafeString]:
    """Whatever has words of the query that none of these texts has, marked or not."""
    told = set[int]().union(*(marker.places(strip_tags(text)) for text in texts))
    found = []
    for telling, sentence in _sentences(marker, facts, topic):
        if new := marker.places(telling) - told:
            told |= new
            found.append(marker.marked(sentence))
    return found


def is_then(query: Query, first: date | None, facts: Facts) -> bool:
    """Whether the query names a day of the meeting, or its month."""
    marks = {mark for term in query.terms for mark in term.marks}
    return bool(marks) and not marks.isdisjoint(time_marks(days_between(first, facts.ends_on)))


def _sentences(marker: Marker, facts: Facts, topic: str) -> Iterator[tuple[str, str]]:
    """What may tell, and how it reads."""
    yield facts.reference or "", facts.reference or ""
    if facts.ordinal and facts.series:
        kind = str(Meeting.Kind(facts.kind or "").label)
        number = str(num2words(facts.ordinal, to="ordinal_num"))
        if not marker.has(number):
            number = ordinal_words(facts.ordinal).capitalize()
        yield (
            f"{number} {kind.lower()}",
            _("%(number)s %(kind)s in the series %(series)s")
            % {"number": number, "kind": kind.lower(), "series": facts.series},
        )
    place = ", ".join(one for one in (facts.venue, facts.city) if one)
    yield place, place
    yield topic, _("Topic: %(title)s") % {"title": topic}
