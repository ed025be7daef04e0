"""Proposal of the next meeting of a series: when and where, whom with, its agenda, and what is still open."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from engagement.core.models import Visibility
from engagement.core.templatetags.display import ordinal_words
from engagement.core.types import Reader, SignedIn
from engagement.topics.models import Topic
from meetings.dossiers.brief import MeetingBrief, Request
from meetings.dossiers.series import add_months
from meetings.models import Discussion, Meeting, Participant, Party, Series
from meetings.models.querysets import MeetingQuerySet
from meetings.models.status import PLANNED, Status
from meetings.next_in_series import NextInSeries

from .actions import BY_SLUG
from .models import FollowUp
from .models.carry_over import CarriedItems
from .object_permissions import Involvement

MOST, WORDS = 200, 40
"""So many open follow-ups are decided on one page; so many words of a request are told."""


@dataclass
class Item:
    """A proposed item of the agenda: what it is called, why it comes up, and which discussions it goes back to."""

    key: str
    heading: str
    why: list[str]
    visibility: int
    kind: str = Discussion.Kind.DISCUSSION
    topic: Topic | None = None
    taken_from: Discussion | None = None
    raised_in: set[int] = field(default_factory=set)
    """The discussions in which it was first raised, by key; none where nobody waits for it."""
    notes: list[str] = field(default_factory=list)


class NextMeeting:
    """From what this member of the secretariat may see; ``series`` has its host (``for_page``)."""

    def __init__(self, series: Series, user: SignedIn) -> None:
        self.series, self.user = series, user
        self.defaults = NextInSeries(series, user)

    @property
    def _meetings(self) -> MeetingQuerySet:
        rows: MeetingQuerySet = Meeting.objects.visible_to(self.user).filter(series=self.series)
        return rows

    @cached_property
    def last_two(self) -> list[Meeting]:
        return list(self._meetings.latest()[:2])

    @property
    def last(self) -> Meeting | None:
        return self.last_two[0] if self.last_two else None

    @cached_property
    def planned(self) -> list[Meeting]:
        """What is planned already, the soonest first."""
        not_over = Q(ends_at=None) | Q(ends_at__gt=timezone.now()) | Q(status=Status.POSTPONED)
        rows = self._meetings.filter(not_over, status__in=[*PLANNED, Status.POSTPONED])
        return list(rows.order_by("starts_at", "pk"))

    @property
    def number_words(self) -> str:
        return ordinal_words(self.defaults.number)

    # When, where, whom with ----------------------------------------------------------------------------------

    @property
    def expected_on(self) -> dt.date | None:
        """By the cadence, on a weekday."""
        if self.last is None or self.last.starts_on is None or not self.series.cadence_months:
            return None
        day = add_months(self.last.starts_on, self.series.cadence_months)
        return day + dt.timedelta(days=max(7 - day.weekday(), 0)) if day.weekday() > 4 else day

    @property
    def is_past_cadence(self) -> bool:
        return self.expected_on is not None and self.expected_on < timezone.localdate()

    def fields(self) -> dict[str, object]:
        """What the form holds at first: the date from the cadence unless it is over, the rest as last time."""
        told = {**self.defaults.fields(), "visibility": Visibility.INTERNAL, "status": Status.PROPOSED}
        if not self.is_past_cadence:
            told["starts_on"] = self.expected_on
        like = self.defaults.template or self.last
        if like is not None and like.ends_on in (None, like.starts_on):
            told |= {"start_time": like.start_time, "end_time": like.end_time}
        return told

    @cached_property
    def seats(self) -> list[Party]:
        """The parties it would have, not saved: those of the series, then others who were there last time."""
        there = {party.organization_id: party for party in self._seats_last_time()}
        named = [*self.defaults.counterparts, *(party.organization for party in there.values())]
        host = Party(organization=self.series.host, side=Party.Side.HOST)
        found = {self.series.host_id: there.get(self.series.host_id, host)}
        for one in named:
            found.setdefault(one.pk, there.get(one.pk) or Party(organization=one))
        return [Party(organization=one.organization, side=one.side, is_lead=one.is_lead) for one in found.values()]

    def _seats_last_time(self) -> list[Party]:
        if self.defaults.like is None:
            return []
        seats = self.defaults.like.parties.filter(organization__archived_at=None)
        return list(seats.select_related("organization").order_by("order", "pk"))

    @cached_property
    def _people(self) -> dict[int, list[Participant]]:
        """Of the template, by organization, in their order; nobody who is gone."""
        found: dict[int, list[Participant]] = defaultdict(list)
        if (template := self.defaults.template) is not None:
            people = (
                template.participants.filter(erased_on=None)
                .exclude(person__archived_at__isnull=False)
                .select_related("party", "person")
            )
            for one in people.order_by("party__order", "order", "pk"):
                found[one.party.organization_id].append(one)
        return found

    def people_of(self, seat: Party) -> list[Participant]:
        return self._people[seat.organization_id]

    # What is still open --------------------------------------------------------------------------------------

    @cached_property
    def _open(self) -> list[FollowUp]:
        rows = FollowUp.objects.visible_to(self.user).is_open().filter(meeting__series=self.series)
        shown = rows.for_list(self.user).with_people(self.user).with_times_carried(self.user)
        return list(shown.by_due_date()[: MOST + 1])

    @property
    def followups(self) -> list[FollowUp]:
        """Every promise of an earlier meeting that is not closed, the earliest due first."""
        return self._open[:MOST]

    @property
    def is_cut(self) -> bool:
        return len(self._open) > MOST

    @cached_property
    def may_close(self) -> set[int]:
        return BY_SLUG["complete"].permitted(self.user, self.followups, self._involvement)

    @cached_property
    def may_cancel(self) -> set[int]:
        return BY_SLUG["cancel"].permitted(self.user, self.followups, self._involvement)

    @cached_property
    def _involvement(self) -> Involvement:
        return Involvement(self.user, self.followups)

    # The agenda ----------------------------------------------------------------------------------------------

    @cached_property
    def items(self) -> list[Item]:
        """The minutes of the last meeting, the template, deferred items, standing topics, requests; each topic once."""
        found: dict[str, Item] = {}
        everything = self._minutes(), self._of_template(), self._deferred(), self._standing(), self._requests()
        for item in chain(*everything):
            known = found.setdefault(item.key, item)
            if known is not item:
                known.why += item.why
                known.raised_in |= item.raised_in
                known.notes += item.notes
        return list(found.values())

    def _minutes(self) -> Iterator[Item]:
        if self.last is None:
            return
        words = {"number": ordinal_words(self.last.ordinal), "day": self.last.date}
        text = _("Minutes of the %(number)s meeting, %(day)s") if self.last.ordinal else _("Minutes of %(day)s")
        told = [said for teller in _TELLERS if (said := teller(self.last, self.user))]
        if told and told[0].is_settled:
            return
        why = [one.text for one in told] or [_("To be approved.")]
        yield Item("minutes", text % words, why, self.last.effective_visibility, Discussion.Kind.DECISION)

    def _of_template(self) -> Iterator[Item]:
        """Its agenda, with the themes and references of each item."""
        if (template := self.defaults.template) is None:
            return
        talks = Discussion.objects.visible_to(self.user).filter(meeting=template)
        of_each = (Discussion.Kind.PREVIOUS_ACTIONS,)  # which the plan adds by itself
        for talk in talks.exclude(kind__in=of_each).select_related("topic").order_by("order", "pk"):
            why = [_("On the agenda of the template.")]
            yield Item(_key(talk), talk.heading, why, talk.effective_visibility, talk.kind, talk.topic, talk)

    @cached_property
    def _carried(self) -> CarriedItems:
        return CarriedItems(self.series, self.user)

    def _deferred(self) -> Iterator[Item]:
        """Deferred at a meeting that was held, and not taken up since."""
        talks = Discussion.objects.visible_to(self.user).filter(is_deferred=True, meeting__in=self._meetings.held())
        for talk in talks.select_related("topic", "meeting").order_by("meeting__starts_at", "order", "pk"):
            if not self._carried.is_taken_up(talk):
                why = [_("Deferred on %(day)s.") % {"day": talk.meeting.date}]
                raised = self._carried.raised_in(talk.pk)
                yield Item(
                    _key(talk), talk.heading, why, talk.effective_visibility, talk.kind, talk.topic, talk, set(raised)
                )

    def _standing(self) -> Iterator[Item]:
        """Topics that came up at each of the last two meetings."""
        if len(self.last_two) < 2:
            return
        talks = Discussion.objects.visible_to(self.user).filter(meeting__in=self.last_two, topic__isnull=False)
        by_meeting: dict[int, dict[int, Discussion]] = {meeting.pk: {} for meeting in self.last_two}
        for talk in talks.select_related("topic").order_by("order", "pk"):
            by_meeting[talk.meeting_id].setdefault(talk.topic_id, talk)
        last, before = (by_meeting[meeting.pk] for meeting in self.last_two)
        for key, talk in last.items():
            if talk.topic and key in before:
                level = min(talk.effective_visibility, before[key].effective_visibility)
                why = [_("Discussed at each of the last two meetings.")]
                yield Item(_key(talk), talk.topic.title, why, level, topic=talk.topic)

    def _requests(self) -> Iterator[Item]:
        """What either side asked at a meeting of the series and got no answer to."""
        before = MeetingBrief(Meeting(), self.user)
        sides = {side: [one.organization for one in self.seats if one.side == side] for side in Party.Side.values}
        before.hosts, before.counterparts = sides[Party.Side.HOST], sides[Party.Side.COUNTERPART]
        here = set(self._meetings.held().values_list("pk", flat=True))
        asked = [one for one in before.unanswered if one.talk["meeting"] in here]
        topics = Topic.objects.in_bulk({one.talk["topic"] for one in asked})
        for one in asked:
            if not self._carried.is_settled(one.voice.discussion):
                topic, told = topics[one.talk["topic"]], _told(one)
                raised = set(self._carried.raised_in(one.voice.discussion))
                yield Item(
                    f"topic-{topic.pk}",
                    topic.title,
                    [told],
                    one.voice.level,
                    topic=topic,
                    raised_in=raised,
                    notes=[told],
                )


@dataclass(frozen=True)
class Told:
    """How far the minutes of a meeting are; settled ones need not come up again."""

    text: str
    is_settled: bool


Teller = Callable[[Meeting, Reader], Told | None]
_TELLERS: list[Teller] = []


def tells_of_minutes(teller: Teller) -> Teller:
    """Register how an app above tells how far the minutes of a meeting are; nothing where it has none."""
    _TELLERS.append(teller)
    return teller


def _key(talk: Discussion) -> str:
    return f"topic-{talk.topic_id}" if talk.topic_id else f"item-{talk.pk}"


def _told(request: Request) -> str:
    words = {"who": request.voice.name, "day": request.talk["date"].short}
    asked = Truncator(request.voice.text).words(WORDS)
    return _("No answer yet: %(who)s asked on %(day)s: %(text)s") % {**words, "text": asked}
