"""Pre-flight check: everything that keeps a meeting from being published, found at once and not one after the other.

``publish()`` and ``mark_ready()`` ask it, so that nothing incomplete is published, whoever calls them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from engagement.core.folding import fold
from engagement.core.models import Visibility
from engagement.core.partial_dates import Precision
from engagement.core.prepared_queries import Part, Parts
from engagement.core.types import Actor, Label, Row
from organizations.models import Identifier

from .deadlines import RULES, chosen
from .discussions import Discussion, Position
from .documents import Document
from .meeting import Meeting
from .outcomes import Outcome
from .participants import Participant
from .parties import Party
from .preparing import has_prepared
from .regimes import Regime, Required
from .status import PUBLISHABLE, Status

SAYS_NOTHING = frozenset([
    "agenda", "call", "catch-up", "discussion", "event", "introduction", "introductory", "meeting", "meet", "meetup",
    "misc", "n/a", "na", "none", "notes", "other", "stakeholder", "tba", "tbc", "tbd", "test", "title", "topic",
    "unknown", "untitled", "various", "xxx",
])  # fmt: skip
"""Words of which a title or a purpose cannot be made up."""
SEVERAL = re.compile(r"[;|\n]")
"""What stands between the names of several organizations in one."""
ASKED_OF_MEETING = (
    "title", "purpose", "summary", "source_note", "status", "visibility", "exempted_at", "starts_on",
    "date_precision", "city", "venue", "attendance_mode", "slug", "series__title",
)  # fmt: skip
"""All that the checks read of a meeting itself."""
READ = Parts(
    Part(Party, "meeting", ("side", "register_number", "register_status", "organization_id"),
         "organization", ("name", "acronym", "kind")),
    Part(Participant, "meeting", ("party_id", "name", "function", "visibility", "name_rule", "rank", "consent_on",
                                  "consent_withdrawn_on", "person_id"),
         "person", ("name_consent_on", "name_consent_ends_on", "name_consent_withdrawn_on")),
    Part(Discussion, "meeting", ("visibility", "title", "said")),
    Part(Position, "meeting", ("visibility", "discussion_id", "statement")),
    Part(Outcome, "meeting", ("visibility", "discussion_id", "text")),
    Part(Document, "meeting", ("visibility", "title", "file", "accessibility")),
    *RULES,
)  # fmt: skip
"""All that the checks read of a meeting and its parts, in one query."""
SHORT: dict[str, Label] = {
    "wrong_status": _("not confirmed"),
    "not_held": _("not held"),
    "not_public": _("not public"),
    "title": _("title"),
    "purpose": _("purpose"),
    "subject": _("subject"),
    "date": _("day"),
    "place": _("place"),
    "form": _("attendance"),
    "organizations": _("counterpart"),
    "several": _("one party each"),
    "register_number": _("register number"),
    "register_status": _("not registered"),
    "representatives": _("who represented us"),
    "functions": _("function"),
    "name": _("name that is not public"),
    "minutes": _("minutes"),
    "agreed": _("agreed minutes"),
    "accessibility": _("accessibility"),
}
"""For where there is no room for a sentence."""
LOST = (Identifier.Status.SUSPENDED, Identifier.Status.REMOVED)


@dataclass(frozen=True)
class Shortfall:
    """One thing that is missing, and where in the form of the meeting it is mended."""

    code: str
    text: Label
    anchor: str = ""
    """The element of the form; ``row=`` before the name of a row that is folded."""
    params: tuple[tuple[str, object], ...] = ()
    field: str = ""
    address: str = ""
    """Of the page where it is mended, if that is not the form."""

    @property
    def message(self) -> str:
        return str(self.text) % dict(self.params)

    @property
    def short(self) -> Label:
        return SHORT.get(self.code, self.message)

    @property
    def query(self) -> str:
        """The query that leads to the field, after the address of the form."""
        row = self.anchor.removeprefix("row=")
        return f"?row={row}#row-{row}" if row != self.anchor else f"#{self.anchor}" if self.anchor else ""


Check = Callable[[list[Meeting], dict[int, list[Regime]]], dict[int, Shortfall]]
_above: list[Check] = []


def asks(check: Check) -> Check:
    """Register a check of an app above: from meetings and the rules of each to the items missing from each, by key."""
    _above.append(check)
    return check


class Incomplete(ValidationError):
    """The meeting cannot be published; the message lists everything that is missing."""

    def __init__(self, found: "list[Shortfall]") -> None:
        self.shortfalls, first = found, found[0]
        if len(found) > 1:
            super().__init__([one.message for one in found])
        elif first.field:
            super().__init__({first.field: first.message})
        else:
            super().__init__(first.message)
        self.code = first.code if len(found) == 1 else "incomplete"


def shortfalls(meeting: Meeting, by: Actor = None, *, is_public_elsewhere: bool = False) -> list[Shortfall]:
    """All that is missing, in the order of the form. Named a person, also whether that person may be the one.

    What is public elsewhere is shown as it was published there.
    """
    found = shortfalls_of_many([meeting.pk], is_public_elsewhere=is_public_elsewhere)[meeting.pk]
    if by is not None and meeting.asks_second_person() and has_prepared(meeting, by):
        text = _("You prepared this meeting, so someone else must publish it. Ask a colleague.")
        found.append(Shortfall("same_person", text))
    return found


def shortfalls_of_many(keys: Iterable[int], *, is_public_elsewhere: bool = False) -> dict[int, list[Shortfall]]:
    """The same of several meetings as the database holds them, in a fixed number of queries."""
    rows = Meeting._base_manager.filter(pk__in=list(keys)).select_related("series")
    return shortfalls_of_rows(list(rows), Regime.objects.in_bulk(), is_public_elsewhere=is_public_elsewhere)


def shortfalls_of_rows(
    meetings: list[Meeting], regimes: dict[int, Regime], *, is_public_elsewhere: bool = False
) -> dict[int, list[Shortfall]]:
    """The same of meetings that were read just now, with their series, and of all rules by key."""
    parts = READ.of([meeting.pk for meeting in meetings])
    rules = chosen(meetings, parts, regimes)
    found = {}
    for meeting in meetings:
        asked = _Preflight(meeting, rules[meeting.pk], {model: some[meeting.pk] for model, some in parts.items()})
        found[meeting.pk] = [*asked.state()]
        if not is_public_elsewhere:
            found[meeting.pk] += [*asked.own_fields(), *asked.parties(), *asked.content(), *asked.documents()]
    for ask in () if is_public_elsewhere else _above:
        for key, one in ask(meetings, rules).items():
            found[key].append(one)
    return found


def check(meeting: Meeting, by: Actor = None, *, is_public_elsewhere: bool = False) -> None:
    if found := shortfalls(meeting, by, is_public_elsewhere=is_public_elsewhere):
        raise Incomplete(found)


def says_something(text: str, *names: str) -> bool:
    """Whether it tells more than that there was a meeting: not “Meeting”, not “tbc”, not its series alone."""
    words = re.findall(r"[\w/-]+", fold(text))
    if fold(text) in {fold(name) for name in names}:
        return False
    return any(word not in SAYS_NOTHING for word in words)


class _Preflight:
    """The rules of a meeting against what would be public of it."""

    def __init__(self, meeting: Meeting, rules: list[Regime], parts: dict[type[Model], list[Row]]) -> None:
        self.meeting, self.rules, self.parts = meeting, rules, parts
        self.is_duty = meeting.status in (Status.CONFIRMED, Status.HELD)

    def asks_for(self, what: Required) -> bool:
        return self.is_duty and any(what in rule.required_fields for rule in self.rules)

    @cached_property
    def talks(self) -> dict[int, Discussion]:
        """Discussions that the public would read."""
        return {one.pk: one for one in self.parts[Discussion] if one.visibility == Visibility.PUBLIC}

    def _is_public(self, part: Position | Outcome) -> bool:
        return part.visibility == Visibility.PUBLIC and part.discussion_id in {None, *self.talks}

    @cached_property
    def said(self) -> list[tuple[str, str]]:
        """Texts that the public would read, each with its place in the form."""
        parts = [(one.said, f"row=discussion-{one.pk}") for one in self.talks.values()]
        for position in filter(self._is_public, self.parts[Position]):
            parts.append((position.statement, f"row=discussion-{position.discussion_id}"))
        for outcome in filter(self._is_public, self.parts[Outcome]):
            talk = outcome.discussion_id
            parts.append((outcome.text, f"row=discussion-{talk}" if talk else "outcomes-group"))
        return [(text, anchor) for text, anchor in parts if text.strip()]

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """All that the public would read."""
        own = [(getattr(self.meeting, name), f"id_{name}") for name in ("title", "purpose", "summary", "source_note")]
        titles = [(one.title, f"row=discussion-{one.pk}") for one in self.talks.values()]
        return [*own, *titles, *self.said, *((one.title, f"row=document-{one.pk}") for one in self.papers)]

    @cached_property
    def folded(self) -> list[tuple[str, str]]:
        return [(fold(text), anchor) for text, anchor in self.texts]

    @cached_property
    def papers(self) -> list[Document]:
        return [one for one in self.parts[Document] if one.visibility == Visibility.PUBLIC]

    def state(self) -> Iterator[Shortfall]:
        meeting = self.meeting
        if meeting.status not in PUBLISHABLE:
            text = _("A meeting that is %(status)s cannot be %(verb)s.")
            words = (("status", meeting.get_status_display().lower()), ("verb", _("published")))
            yield Shortfall("wrong_status", text, params=words)
        elif meeting.status == Status.CONFIRMED and self.rules:
            yield Shortfall("not_held", _("It is not marked as held."))
        if meeting.is_exempt:
            yield Shortfall("exempt", _("This meeting is exempt. End the exemption first."))
        if meeting.visibility != Visibility.PUBLIC:
            text = _("First set “Who can see it” to “Public”.")
            yield Shortfall("not_public", text, "id_visibility", field="visibility")

    def own_fields(self) -> Iterator[Shortfall]:
        meeting, series = self.meeting, self.meeting.series
        if not says_something(meeting.title, series.title if series else ""):
            yield Shortfall("title", _("The title does not say what the meeting is about."), "id_title")
        about_something = says_something(meeting.purpose, meeting.title, series.title if series else "")
        if self.asks_for(Required.PURPOSE) and not about_something:
            yield Shortfall("purpose", _("The purpose is missing or says too little."), "id_purpose")
        if self.asks_for(Required.SUBJECT) and not about_something and not self.talks:
            yield Shortfall("subject", _("The subject is missing: enter a purpose, or a topic."), "id_purpose")
        if self.asks_for(Required.DATE) and (not meeting.starts_on or meeting.date_precision != Precision.DAY):
            yield Shortfall("date", _("The day is missing."), "id_starts_on")
        is_somewhere = meeting.city or meeting.venue or meeting.attendance_mode == Meeting.Mode.ONLINE
        if self.asks_for(Required.PLACE) and not is_somewhere:
            yield Shortfall("place", _("The place is missing: enter a city, or that it was online."), "id_city")
        if self.asks_for(Required.FORM) and not meeting.attendance_mode:
            yield Shortfall("form", _("Whether it was in person or online is missing."), "id_attendance_mode")

    def parties(self) -> Iterator[Shortfall]:
        seats = self.parts[Party]
        others = [seat for seat in seats if seat.side == Party.Side.COUNTERPART]
        if self.asks_for(Required.ORGANIZATIONS) and not others:
            yield Shortfall("organizations", _("No counterpart is among the parties."), "parties-group")
        for seat in seats:
            where, name = f"row=party-{seat.pk}", (("organization", seat.organization),)
            if SEVERAL.search(seat.organization.name):
                yield Shortfall(
                    "several", _("“%(organization)s” names several organizations. Add each as a party."), where, name
                )
        for seat in others:
            yield from self._register_number(seat)
        yield from self._representatives([seat.pk for seat in seats if seat.side == Party.Side.HOST])
        yield from self._hidden_names()

    def _representatives(self, ours: list[int]) -> Iterator[Shortfall]:
        people = self.parts[Participant]
        shown = [one for one in people if one.party_id in ours and one.is_published_by_name]
        if self.asks_for(Required.REPRESENTATIVES) and not shown:
            text = _("No person who represented us is named publicly.")
            yield Shortfall("representatives", text, f"row=party-{ours[0]}" if ours else "parties-group")
        for one in shown if self.asks_for(Required.FUNCTIONS) else ():
            if not one.function.strip():
                text = _("The function of %(name)s is missing.")
                yield Shortfall("functions", text, f"row=party-{one.party_id}", (("name", one.name),))

    def _register_number(self, seat: Party) -> Iterator[Shortfall]:
        """Of those kinds of organization that a rule with register numbers covers."""
        asking = [rule for rule in self.rules if Required.REGISTER_NUMBERS in rule.required_fields and self.is_duty]
        kinds = [rule.organization_kinds for rule in asking]
        if not any(not some or seat.organization.kind in some for some in kinds):
            return
        where, name = f"row=party-{seat.pk}", (("organization", seat.organization),)
        if not seat.register_number:
            yield Shortfall("register_number", _("%(organization)s has no register number."), where, name)
        elif seat.register_status in LOST:
            yield Shortfall("register_status", _("%(organization)s was not in the register on that day."), where, name)

    def _hidden_names(self) -> Iterator[Shortfall]:
        """People whose names are not public, named in what is."""
        for one in self.parts[Participant]:
            name = fold(one.name)
            if one.is_published_by_name or " " not in name:
                continue
            named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            for anchor in dict.fromkeys(anchor for text, anchor in self.folded if named.search(text)):
                message = _("The name of %(name)s is not public, but appears in a text that would be.")
                yield Shortfall("name", message, anchor, (("name", one.name),))

    def content(self) -> Iterator[Shortfall]:
        if self.meeting.status != Status.HELD or not any(rule.is_with_minutes for rule in self.rules):
            return
        if not self.said:
            text = _("The minutes are missing: nothing that was said or agreed is public.")
            yield Shortfall("minutes", text, "discussions-group")

    def documents(self) -> Iterator[Shortfall]:
        for paper in self.papers:
            if paper.file and not paper.accessibility:
                text, words = _("Say whether “%(title)s” is accessible."), (("title", paper.title),)
                yield Shortfall("accessibility", text, f"row=document-{paper.pk}", words)
