"""Activity of meetings and their discussions, from their history, as far as a reader may know it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Protocol, TypeAlias

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from engagement.core.activity import About, Fact, opened_at
from engagement.core.models import Visibility, sees_all
from engagement.core.partial_dates import PartialDate
from engagement.core.types import Reader, Rows

from .models import Discussion, Document, Meeting, Outcome, Party, Position
from .models.status import Status

Part: TypeAlias = type[Discussion] | type[Position] | type[Outcome] | type[Document]
PARTS: tuple[Part, ...] = (Discussion, Position, Outcome, Document)
Change: TypeAlias = tuple[Part, str, int]
MEETINGS = 60
"""So many meetings, the latest by their date, are looked through."""


class Trace(Protocol):
    """A row of history, as far as it is read here."""

    id: int
    history_date: dt.datetime
    history_type: str
    history_user_id: int | None
    history_change_reason: str | None
    visibility: int


class MeetingTrace(Trace, Protocol):
    status: str
    published_at: dt.datetime | None
    starts_on: dt.date | None
    date_precision: str


class PartTrace(Trace, Protocol):
    meeting_id: int
    discussion_id: int | None


TRACE = "id", "history_date", "history_type", "history_user", "history_change_reason", "visibility"


@dataclass(frozen=True)
class MeetingActivity:
    """The happenings of these meetings; with ``talks`` only those of these discussions, and how the meetings went.

    The secretariat reads whatever was written. Everybody else reads what they see today, and of each record nothing
    from before the moment since when it is open to them: it was added then, whenever it was written. What was hidden
    or removed, and who changed which text when, they do not learn.
    """

    meetings: Mapping[int, Meeting]
    user: Reader
    organizations: frozenset[int] = frozenset()
    """Those that a representative acts for, at whose meetings what is shared is theirs to see."""
    talks: frozenset[int] | None = None

    @cached_property
    def is_inside(self) -> bool:
        return sees_all(self.user)

    def facts(self) -> Iterator[Fact]:
        for traces in self._traces.values():
            yield from self._of_meeting(traces)
        for part in PARTS:
            yield from self._of_parts(part)

    # The meetings --------------------------------------------------------------------------------------------

    @cached_property
    def _traces(self) -> dict[int, list[MeetingTrace]]:
        rows: Rows = Meeting.history.filter(id__in=list(self.meetings))
        rows = rows.only(*TRACE, "status", "published_at", "starts_on", "date_precision").order_by("id", "history_id")
        return {key: list(traces) for key, traces in groupby(rows, key=attrgetter("id"))}

    @cached_property
    def opened(self) -> dict[int, dt.datetime]:
        """Since when each meeting is open to this reader, of those that are."""
        found: dict[int, dt.datetime] = {}
        for key, traces in self._traces.items():
            since = opened_at(((one.history_date, one.visibility) for one in traces), self._least)
            if since and (self.is_inside or key in self._seated):
                found[key] = since if self.is_inside else max(since, self._seated[key])
        return found

    @property
    def _least(self) -> int:
        return Visibility.INTERNAL if self.is_inside else Visibility.SHARED

    @cached_property
    def _seated(self) -> dict[int, dt.datetime]:
        """When an organization of this reader came to be a party."""
        if self.is_inside:
            return {}
        rows: Rows = Party.history.filter(meeting_id__in=list(self.meetings), organization_id__in=self.organizations)
        found: dict[int, dt.datetime] = {}
        for meeting, at in rows.order_by("history_date").values_list("meeting_id", "history_date"):
            found.setdefault(meeting, at)
        return found

    def _about(self, key: int) -> About:
        meeting = self.meetings[key]
        return About(f"meeting-{key}", meeting.title, meeting.get_absolute_url())

    def _of_meeting(self, traces: list[MeetingTrace]) -> Iterator[Fact]:
        """From when it is open on; what it was by then is told at that moment."""
        since = self.opened.get(traces[0].id)
        if since is None:
            return
        known = [trace for trace in traces if trace.history_date <= since]
        if known:
            yield from (replace(fact, at=since) for fact in self._changes(None, known[-1]))
        before = known[-1] if known else None
        for trace in traces[len(known) :]:
            yield from self._changes(before, trace)
            before = trace

    def _changes(self, before: MeetingTrace | None, now: MeetingTrace) -> Iterator[Fact]:
        said = list(self._said(before, now))
        yield from (self._fact(now, now.id, words) for words in said)
        if before is None or before.status != now.status:
            yield self._fact(now, now.id, capfirst(str(Status(now.status).label)), is_state=True)
        elif not said and self.is_inside:
            yield self._fact(now, now.id, _("Changed"))

    def _said(self, before: MeetingTrace | None, now: MeetingTrace) -> Iterator[str]:
        if before is None:
            yield _("Meeting added")
        elif (before.starts_on, before.date_precision) != (now.starts_on, now.date_precision):
            date = PartialDate.of(now.starts_on, now.date_precision)
            yield _("Date: %(day)s") % {"day": date.short if date else _("none")}
        if bool(before and before.published_at) != bool(now.published_at):
            yield _("Published") if now.published_at else _("Withdrawn")

    # What was said there -------------------------------------------------------------------------------------

    def _of_parts(self, part: Part) -> Iterator[Fact]:
        rows: Rows = part.history.filter(meeting_id__in=list(self.meetings))
        names = [*TRACE, "meeting", *(["discussion"] if part in (Position, Outcome) else [])]
        if self.talks is not None:
            if part is Document:
                return
            rows = rows.filter(**{"id__in" if part is Discussion else "discussion_id__in": self.talks})
        rows = rows.only(*names).order_by("id", "history_id")
        seen = self._seen(part)
        for key, traces in groupby(rows, key=attrgetter("id")):
            if self.is_inside:
                yield from self._written(part, traces)
            elif key in seen:
                yield from self._opened_part(part, list(traces))

    def _seen(self, part: Part) -> set[int]:
        if self.is_inside:
            return set()
        rows = part.objects.visible_to(self.user).filter(meeting__in=list(self.meetings))
        return set(rows.order_by().values_list("pk", flat=True))

    def _written(self, part: Part, traces: Iterable[PartTrace]) -> Iterator[Fact]:
        for trace in traces:
            if trace.meeting_id in self.meetings:
                yield self._fact(trace, trace.meeting_id, part=(part, trace.history_type, trace.id))

    def _opened_part(self, part: Part, traces: list[PartTrace]) -> Iterator[Fact]:
        """That it was added: when it, its discussion and its meeting were all open."""
        last = traces[-1]
        since = opened_at(((one.history_date, one.visibility) for one in traces), self._least)
        moments = [since, self.opened.get(last.meeting_id)]
        if talk := getattr(last, "discussion_id", None) if part in (Position, Outcome) else None:
            moments.append(self._talks_opened.get(talk))
        known = [moment for moment in moments if moment is not None]
        if len(known) == len(moments):
            yield Fact(max(known), self._about(last.meeting_id), part=(part, "+", last.id))

    @cached_property
    def _talks_opened(self) -> dict[int, dt.datetime]:
        rows: Rows = Discussion.history.filter(meeting_id__in=list(self.meetings))
        levels: dict[int, list[tuple[dt.datetime, int]]] = defaultdict(list)
        for key, at, level in rows.order_by("id", "history_id").values_list("id", "history_date", "visibility"):
            levels[key].append((at, level))
        found = {key: opened_at(own, self._least) for key, own in levels.items()}
        return {key: since for key, since in found.items() if since is not None}

    def _fact(
        self, trace: Trace, meeting: int, words: str = "", *, part: Change | None = None, is_state: bool = False
    ) -> Fact:
        who, reason = trace.history_user_id, trace.history_change_reason or ""
        inside = (who, reason) if self.is_inside else (None, "")
        return Fact(trace.history_date, self._about(meeting), words, part, *inside, is_state=is_state)


def latest_of(meetings: Rows) -> dict[int, Meeting]:
    """The latest of these meetings, by key; those without a date before all others."""
    latest = meetings.order_by(F("starts_at").desc(nulls_first=True), "-pk").only("slug", "title")
    return {meeting.pk: meeting for meeting in latest[:MEETINGS]}
