"""Public content (one JSON document a meeting): exactly the text a visitor can read, to be kept, compared and hashed.

Read as a visitor reads, or as another reader does where one is named, through ``visible_to`` and nothing else, in as
many queries for one meeting as for hundreds.
What moves by itself on a public page (whether and when a follow-up was done) is no part of it. An app above adds its
own part with ``adds``.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Prefetch, QuerySet

from engagement.core.types import Reader
from engagement.topics.models import Reference, Theme
from organizations.models import Organization

from .models import Discussion, Meeting, Outcome, Party, Position
from .models.prefetches import page_prefetches

Content = dict[str, object]
Part = Callable[[Collection[int], Reader], Mapping[int, list[Content]]]

FORMAT = 1
PUBLIC_CONTENT = "public content"
"""Under this and its key, what a visitor reads of a meeting when all is written (``found_at_the_end``)."""
PART, LINK = "_part", "_link"
"""Which row a piece was made from (a part of the meeting), or which other record it names. Only the kept document has
these; readers get it without, since keys count what is hidden too."""
VISITOR = AnonymousUser()
FACTS = (
    *("reference", "title", "kind", "status", "starts_on", "date_precision", "start_time", "ends_on", "end_time"),
    *("time_zone", "attendance_mode", "venue", "city", "requested_by", "purpose", "summary", "summary_source"),
    *("source_url", "source_note", "public_since", "contact_form"),
)
REASON_SHOWN = {Meeting.Status.POSTPONED: "postponement_reason", Meeting.Status.CANCELLED: "cancellation_reason"}
"""A page tells why as long as that is how the meeting stands."""
SIDES = [side.value for side in Party.Side]
PARTY = ("side", "is_lead", "headcount", "register_number", "register_status", "on_behalf_of")
DOCUMENT = (
    *("kind", "title", "number", "language", "dated_on", "direction", "exchanged_on", "size", "sha256", "url"),
    *("first_published_on", "updated_on", "accessibility", "accessibility_note"),
)

_added: dict[str, Part] = {}


def adds(name: str) -> Callable[[Part], Part]:
    """Register a part that an app above has: from keys of meetings and a reader to that reader's part of each."""

    def register(part: Part) -> Part:
        _added[name] = part
        return part

    return register


def public_content(meeting: Meeting) -> Content:
    """The content that a visitor can read of a meeting as stored now; nothing where a visitor cannot read it."""
    return published_form(contents([meeting.pk]).get(meeting.pk, {}))


def contents(keys: Collection[int], reader: Reader = VISITOR) -> dict[int, Content]:
    """The contents by key of meeting, with the keys of the rows that each piece was made from (``PART``, ``LINK``)."""
    meetings = list(_read(keys, reader))
    found = [meeting.pk for meeting in meetings]
    added = {name: part(found, reader) if found else {} for name, part in sorted(_added.items())}
    return {
        meeting.pk: {**_content(meeting), **{name: of.get(meeting.pk, []) for name, of in added.items()}}
        for meeting in meetings
    }


def published_form(content: Content) -> Content:
    """The content as everybody reads it: without keys of rows."""
    return cast(Content, _rebuilt(content, lambda piece: {k: v for k, v in piece.items() if k not in (PART, LINK)}))


def own_form(content: Content) -> Content:
    """What a correction changes: without the names of other records, which may be renamed since, and without what is
    empty, so that a field the software gets later counts once it is filled in."""
    return cast(Content, _rebuilt(content, _own))


def _own(piece: Content) -> Content:
    return {LINK: piece[LINK]} if LINK in piece else {name: value for name, value in piece.items() if value}


def canonical(content: Content) -> bytes:
    """The same bytes for the same content: keys in order, no spaces, UTF-8."""
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def sha256_of(content: Content) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def link(record: Model | None, *names: str) -> Content | None:
    """Another record that is named, as it is called now."""
    if record is None:
        return None
    return {LINK: [record._meta.label_lower, record.pk], **{name: getattr(record, name) for name in names}}


def organization(record: Organization | None) -> Content | None:
    return link(record, "name", "acronym")


def piece(record: Model, *names: str) -> Content:
    """A part of the meeting, with the values of these fields."""
    return {PART: [record._meta.label_lower, record.pk], **{name: getattr(record, name) for name in names}}


def _rebuilt(value: object, change: Callable[[Content], Content]) -> object:
    if isinstance(value, list):
        return [_rebuilt(one, change) for one in value]
    if isinstance(value, dict):
        return {name: _rebuilt(one, change) for name, one in change(value).items()}
    return value


def _read(keys: Collection[int], reader: Reader) -> "QuerySet[Meeting]":
    """Everything that this reader may see of these meetings."""
    labels: tuple[tuple[str, QuerySet[Model]], ...] = (
        ("themes", Theme.objects.all()),
        ("topic__themes", Theme.objects.all()),
        # Seen with the discussion, which is narrowed; asked of each anew, a million discussions were read for one.
        ("references", Reference.objects.all()),
        ("mentions", Organization.objects.visible_to(reader)),
    )
    by_key = [Prefetch(f"discussions__{name}", queryset=rows.order_by("pk")) for name, rows in labels]
    meetings: QuerySet[Meeting] = Meeting.objects.visible_to(reader).filter(pk__in=keys).select_related("series")
    return meetings.order_by("pk").prefetch_related(*page_prefetches(reader), *by_key)


def _content(meeting: Meeting) -> Content:
    numbers = meeting.agenda_numbers()
    why = REASON_SHOWN.get(Meeting.Status(meeting.status))
    return {
        "format": FORMAT,
        **{name: getattr(meeting, name) for name in FACTS},
        "country": str(meeting.country or ""),
        "reason": getattr(meeting, why) if why else "",
        "series": link(meeting.series, "title"),
        "ordinal": meeting.ordinal,
        "parties": [_party(meeting, party) for party in _in_order(meeting.parties.all())],
        "discussions": [_discussion(meeting, item, numbers[item.pk]) for item in meeting.discussions.all()],
        "outcomes": [_outcome(one) for one in meeting.outcomes.all() if one.discussion_id is None],
        "documents": [piece(paper, *DOCUMENT) for paper in meeting.documents.all()],
    }


def _in_order(parties: Iterable[Party]) -> list[Party]:
    """As the page has them: the host first, whoever leads before others."""
    return sorted(parties, key=lambda one: (SIDES.index(one.side), not one.is_lead, one.order, one.pk))


def _party(meeting: Meeting, party: Party) -> Content:
    people = [one for one in meeting.participants.all() if one.party_id == party.pk]
    return {
        **piece(party, *PARTY),
        "organization": organization(party.organization),
        "participants": [piece(one, "name", "function", "part", "attendance") for one in people],
    }


def _discussion(meeting: Meeting, item: Discussion, number: str) -> Content:
    own_themes = [link(theme, "name") for theme in item.themes.all()]
    topic = link(item.topic, "title")
    if topic is not None and item.topic is not None and not own_themes:
        topic["themes"] = [theme.name for theme in item.topic.themes.all()]
    return {
        **piece(item, "title", "kind", "said", "is_deferred"),
        "number": number,
        "topic": topic,
        "themes": own_themes,
        "references": [link(one, "title", "kind", "identifier") for one in item.references.all()],
        "mentions": [organization(one) for one in item.mentions.all()],
        "positions": [_position(one) for one in item.positions.all()],
        "outcomes": [_outcome(one) for one in meeting.outcomes.all() if one.discussion_id == item.pk],
    }


def _position(position: Position) -> Content:
    return {**piece(position, "stance", "statement", "is_joint"), "organization": organization(position.organization)}


def _outcome(outcome: Outcome) -> Content:
    return {**piece(outcome, "kind", "text"), "by": organization(outcome.by), "to": organization(outcome.to)}
