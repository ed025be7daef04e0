"""Presenters: a hit as the page shows it, with its noun, title, address, words in context, and why it was found."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, Model, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Length
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from num2words import num2words

from engagement.core.models import Visibility
from engagement.core.partial_dates import PartialDate, Precision
from engagement.core.templatetags.display import level_tone, ordinal_words
from engagement.core.types import Label, Reader
from engagement.followups.models import FollowUp
from engagement.minutes.models import MinutesVersion
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import Discussion, Document, Meeting, Series
from organizations.models import Organization

from .analysis import time_marks
from .engine import Hit
from .facets import Name
from .models import KINDS, Entry
from .nouns.records import days_between
from .parser import Query
from .snippets import Marker, marker_of


class Facts(NamedTuple):
    """Facts by which a meeting is found and that neither its title nor its text says."""

    reference: str | None = ""
    kind: str | None = ""
    ordinal: int | None = None
    series: str | None = ""
    venue: str | None = ""
    city: str | None = ""
    ends_on: date | None = None
    precision: str | None = None
    """How much of its date is known."""


def reasons(marker: Marker, texts: tuple[str, ...], facts: Facts, topic: str = "") -> list[SafeString]:
    """Whatever has words of the query that none of these texts has, marked or not."""
    told = set[int]().union(*(marker.places(strip_tags(text)) for text in texts))
    found = []
    for telling, sentence in _reason_sentences(marker, facts, topic):
        if new := marker.places(telling) - told:
            told |= new
            found.append(marker.marked(sentence))
    return found


def is_then(query: Query, first: date | None, facts: Facts) -> bool:
    """Whether the query names a day of the meeting, or its month."""
    marks = {mark for term in query.terms for mark in term.marks}
    return bool(marks) and not marks.isdisjoint(time_marks(days_between(first, facts.ends_on, facts.precision)))


def _reason_sentences(marker: Marker, facts: Facts, topic: str) -> Iterator[tuple[str, str]]:
    """The reasons that may be told, and their sentences."""
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


class Talk(NamedTuple):
    """A discussion, and its meeting."""

    reference: int
    pk: int
    slug: str
    meeting: str


def talks_on(user: Reader, references: Collection[int]) -> dict[int, Talk]:
    """The newest discussion of each of these references that the reader may see; in one query, or none."""
    if not references:
        return {}
    seen = Discussion.objects.visible_to(user).filter(references=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    newest = Reference._base_manager.filter(pk__in=references).order_by().values_list(Subquery(seen))
    rows = Discussion._base_manager.filter(pk__in=newest, references__in=references).order_by("pk")
    found = (Talk(*row) for row in rows.values_list("references", "pk", "meeting__slug", "meeting__title"))
    return {talk.reference: talk for talk in found}


Record = tuple[str, int]
"""Kind and key."""

# Where a record's page is: the name of its address, and the field that stands in it. Of a discussion, what it is on.
_PAGES: dict[str, tuple[type[Model], str, str]] = {
    "organization": (Organization, "organizations:detail", "slug"),
    "topic": (Topic, "topics:detail", "slug"),
    "series": (Series, "meetings:series_detail", "slug"),
    "theme": (Theme, "topics:theme", "slug"),
    "followup": (FollowUp, "followups:detail", "reference"),
    "reference": (Reference, "topics:reference", "slug"),
    "document": (Document, "", "url"),
    "discussion": (Discussion, "", "topic__title"),
    "minutes": (MinutesVersion, "minutes:version", "number"),
}
_AUDIENCES: dict[int | None, Label] = {
    int(Visibility.INTERNAL): gettext_lazy("Internal"),
    int(Visibility.SHARED): gettext_lazy("Shared"),
}


_FACTS = ("reference", "kind", "ordinal", "series__title", "venue", "city", "ends_on", "date_precision")


class Text(NamedTuple):
    """The text of an entry, and the meeting it belongs to."""

    pk: int
    heading: str
    body: str
    level: int | None
    is_inside: bool
    slug: str | None
    meeting: str | None
    talk: int | None = None
    """Of a reference, the discussion at which it was last spoken of."""
    facts: Facts = Facts()
    """Of a meeting."""
    precision: str | None = None
    """How much of the meeting's date is known."""


class Place(NamedTuple):
    """The record's address and, where it has internal notes, its audience and its length without them."""

    address: str = ""
    level: int | None = None
    readable: int | None = None


def _time(date: PartialDate, before: str = "") -> SafeString:
    return format_html('<time datetime="{}">{}{}</time>', date.iso, before, date.short)


@dataclass(frozen=True)
class Shown:
    """One hit, ready for the template."""

    kind: str
    noun: str | Promise
    url: str
    title: SafeString
    text: SafeString
    who: str | Promise
    """Whose position or promise it is."""
    about: SafeString | str
    """The organizations that the words name, where it was found by these alone."""
    why: Sequence[SafeString]
    """What it was found by, where neither title nor text says so."""
    on: PartialDate | None
    ends_on: date | None
    is_then: bool
    """Whether it was found by its day."""
    meeting: str
    meeting_url: str
    number: SafeString | str
    level: int | None
    is_inside: bool
    """Whether the text that is shown is one that only the secretariat reads."""

    @property
    def badge(self) -> str | Promise:
        """The audience, where it is not everybody."""
        return _AUDIENCES.get(self.level, "")

    @property
    def days(self) -> SafeString:
        """When it was or is due, marked where it was found by that."""
        if self.on is None:
            return SafeString()
        days = _time(self.on, f"{_('due')} " if self.kind == "followup" else "")
        if self.ends_on:
            days = format_html("{} {} {}", days, _("to"), _time(PartialDate(self.ends_on)))
        return format_html("<mark>{}</mark>", days) if self.is_then else days

    @property
    def tone(self) -> str:
        return level_tone(self.level or 0)


def shown(user: Reader, hits: Sequence[Hit], query: Query, organizations: Mapping[int, Name]) -> list[Shown]:
    """The hits of one page, in two queries or three; ``query`` knows which organizations its words name."""
    marker, texts = marker_of(query), _texts(user, hits)
    hits = [hit for hit in hits if hit.id in texts]  # what has gone since is left out
    inside = [(hit.kind, hit.source) for hit in hits if texts[hit.id].is_inside]
    places = _places(hits, inside)
    nowhere = Place()
    return [
        _shown(hit, texts[hit.id], places.get((hit.kind, hit.source), nowhere), marker, query, organizations)
        for hit in hits
    ]


def _shown(
    hit: Hit, text: Text, place: Place, marker: Marker, query: Query, organizations: Mapping[int, Name]
) -> Shown:
    title, (snippet, end) = marker.marked(text.heading), marker.snippet_to(text.body)
    if not title:  # what came of a meeting as a whole has only its text
        title, snippet = snippet, SafeString()
    topic = place.address if hit.kind == "discussion" else ""
    why = reasons(marker, (title, snippet), text.facts, topic)
    is_found_here = "<mark>" in title or "<mark>" in snippet
    # An owner may see a promise and not where it was made.
    slug = text.slug if hit.kind != "followup" and text.slug else ""
    meeting_url = reverse("meetings:detail", args=[slug]) if slug else ""
    return Shown(
        kind=hit.kind,
        noun=KINDS[hit.kind].model._meta.verbose_name or "",
        url=_address(hit, place.address, slug, meeting_url),
        title=title,
        text=snippet,
        who=_who(hit, organizations),
        about="" if is_found_here else _named(hit, query, marker, organizations),
        why=why,
        on=PartialDate.of(hit.happened_on, text.precision or Precision.DAY),
        ends_on=text.facts.ends_on,
        is_then=hit.kind == "meeting" and is_then(query, hit.happened_on, text.facts),
        meeting=(text.meeting or "") if slug and hit.kind != "meeting" else "",
        meeting_url=f"{meeting_url}#discussion-{text.talk}" if text.talk else meeting_url,
        number=marker.marked(place.address) if hit.kind == "followup" else "",
        level=text.level if place.readable is None else place.level,
        is_inside=place.readable is not None and end > place.readable,
    )


def _texts(user: Reader, hits: Sequence[Hit]) -> dict[int, Text]:
    rows = Entry._base_manager.filter(pk__in=[hit.id for hit in hits])
    columns = ("pk", "heading", "body", "level", "is_inside", "meeting__slug", "meeting__title", "kind")
    facts = tuple(f"meeting__{name}" for name in _FACTS)
    texts = {
        row[0]: Text(*row[:7])._replace(
            facts=Facts(*row[8:]) if row[7] == "meeting" else Facts(),
            precision=row[-1] if row[7] != "followup" else None,  # that has a due date
        )
        for row in rows.values_list(*columns, *facts)
    }
    references = {hit.source: hit.id for hit in hits if hit.kind == "reference" and hit.id in texts}
    for key, talk in talks_on(user, references).items():
        texts[references[key]] = texts[references[key]]._replace(slug=talk.slug, meeting=talk.meeting, talk=talk.pk)
    return texts


def _places(hits: Iterable[Hit], inside: Sequence[Record]) -> dict[Record, Place]:
    """Where each record's page is and, of those with internal notes, what is known without; one query for all."""
    keys: dict[str, list[int]] = {}
    for hit in hits:
        if hit.kind in _PAGES:
            keys.setdefault(hit.kind, []).append(hit.source)
    parts: list[QuerySet[Any, Any]] = []
    for kind, some in keys.items():
        model, _name, column = _PAGES[kind]
        rows = model._base_manager.order_by().filter(pk__in=some)
        parts.append(_columns(rows, Value(kind), "pk", F(column), Value(None), Value(None)))
    if inside:
        rows = Entry._base_manager.filter(is_inside=False, kind__in={kind for kind, _key in inside})
        rows = rows.order_by().filter(source__in={key for _kind, key in inside})
        parts.append(_columns(rows, F("kind"), "source", Value(""), F("level"), Length("body")))
    if not parts:
        return {}
    found: dict[Record, Place] = {}
    for kind, key, address, level, readable in parts[0].union(*parts[1:], all=True):
        known = found.get((kind, key), Place())
        found[kind, key] = Place(
            address or known.address,
            level if readable is not None else known.level,
            readable if readable is not None else known.readable,
        )
    return found


def _columns(
    rows: QuerySet[Any, Any], kind: Combinable, key: str, address: Combinable, level: Combinable, readable: Combinable
) -> QuerySet[Any, Any]:
    """The same columns of the same types, whatever the table."""
    number, text = IntegerField(), TextField()
    return rows.values_list(Cast(kind, text), key, Cast(address, text), Cast(level, number), Cast(readable, number))


def _address(hit: Hit, place: str, slug: str, meeting_url: str) -> str:
    """The record's page; of a part, its place on the page of a meeting."""
    if hit.kind == "document":
        return place or reverse("meetings:document", args=[slug, hit.source])
    if hit.kind == "minutes":
        return reverse("minutes:version", args=[slug, place])
    if meeting_url and hit.kind != "reference":
        return meeting_url if hit.kind == "meeting" else f"{meeting_url}#{hit.kind}-{hit.source}"
    name = _PAGES[hit.kind][1] if hit.kind in _PAGES else ""
    return reverse(name, args=[place]) if name and place else ""


def _who(hit: Hit, organizations: Mapping[int, Name]) -> str | Promise:
    if hit.kind not in ("position", "followup"):
        return ""
    if hit.kind == "position" and len(hit.organizations) > 1:
        return _("Both sides")
    known = [organizations[key].short for key in hit.organizations if key in organizations]
    return ", ".join(known[:2])


def _named(hit: Hit, query: Query, marker: Marker, organizations: Mapping[int, Name]) -> SafeString | str:
    named = {key for term in query.terms for key in term.organizations}
    known = [organizations[key].name for key in hit.organizations if key in named and key in organizations]
    return marker.marked(", ".join(sorted(known)[:2])) if known else ""
