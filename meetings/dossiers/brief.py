"""Continuity brief of a meeting: what was said, asked and changed at earlier meetings with the same counterparts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from engagement.core.partial_dates import PartialDate
from engagement.core.queries import FEW, few_text
from engagement.core.types import Reader
from engagement.topics.models import Reference, Topic
from meetings.models import Discussion, Meeting, Participant, Party
from meetings.models.querysets import MeetingQuerySet
from organizations.models import Organization

from .topic import POSITION, TALK, Move, TopicDossier, Voice, latest_dossiers, placed, stance_words, voices_of

TALKS = 300
"""So many discussions with these counterparts are looked through, the latest."""
MEETINGS, TOPICS, REFERENCES, CHANGES, OTHERS = 6, 8, 12, 6, 6
"""So many of each are told; a brief is read in a car."""


@dataclass(frozen=True)
class Guest:
    """Somebody who comes, and at how many earlier meetings with these counterparts they were."""

    participant: Participant
    times: int


@dataclass(frozen=True)
class Said:
    """What one party, or both sides, last said on a topic, and where."""

    name: str
    voices: list[Voice]
    talk: dict[str, Any]


@dataclass(frozen=True)
class Item:
    """A topic: what each side last said of it, and the positions of the counterparts meeting by meeting."""

    topic: Topic
    discussion: Discussion | None
    said: list[Said]
    course: list[tuple[str, list[tuple[str, PartialDate]]]]
    """By whom, and which stances when; told where there is more than one."""


@dataclass(frozen=True)
class Request:
    """What was asked at an earlier meeting and got no answer from the other side."""

    voice: Voice
    talk: dict[str, Any]
    is_ours: bool
    """We asked, and they have not answered."""

    @property
    def days(self) -> int:
        """Since the last day that it can have been."""
        date: PartialDate = self.talk["date"]
        return (timezone.localdate() - date.last).days


def of_side(meeting: Meeting, side: str) -> list[Organization]:
    return [party.organization for party in meeting.parties.all() if party.side == side]


class MeetingBrief:
    """From what this reader may see, in a fixed number of queries. ``meeting`` has what its page shows (``for_page``).

    Earlier means held before this meeting begins; before today, as long as it has no date.
    """

    def __init__(self, meeting: Meeting, user: Reader) -> None:
        self.meeting, self.user = meeting, user

    @cached_property
    def counterparts(self) -> list[Organization]:
        return of_side(self.meeting, Party.Side.COUNTERPART)

    @cached_property
    def hosts(self) -> list[Organization]:
        return of_side(self.meeting, Party.Side.HOST)

    @cached_property
    def _earlier(self) -> MeetingQuerySet:
        sat = Party.objects.filter(
            meeting=OuterRef("pk"), organization__in=self.counterparts, side=Party.Side.COUNTERPART
        )
        before = self.meeting.starts_at or timezone.now()
        seen = Meeting.objects.visible_to(self.user).exclude(pk=self.meeting.pk)
        return seen.latest().filter(Exists(sat), starts_at__lt=before)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The latest ones before, the latest first."""
        keys = self._earlier_keys[:MEETINGS]
        return list(Meeting.objects.filter(pk__in=keys).latest().for_list().with_agenda(self.user))

    @property
    def last(self) -> Meeting | None:
        return self.meetings[0] if self.meetings else None

    @cached_property
    def _earlier_keys(self) -> list[int]:
        """The latest first, one more than FEW, so that the cut is known."""
        return list(self._earlier.values_list("pk", flat=True)[: FEW + 1])

    @property
    def number(self) -> int:
        """How many there were before, counted up to FEW."""
        return len(self._earlier_keys)

    @property
    def number_text(self) -> str:
        return few_text(self.number)

    # Who comes -------------------------------------------------------------------------------------------------

    @cached_property
    def guests(self) -> list[tuple[Party, list[Guest]]]:
        """By party, those invited; who came before is counted among the latest TALKS meetings."""
        people = list(self.meeting.participants.all())
        times = self._times([one.person_id for one in people if one.person_id])
        found: dict[int, list[Guest]] = defaultdict(list)
        for one in people:
            found[one.party_id].append(Guest(one, times.get(one.person_id, 0)))
        return [(party, found[party.pk]) for party in self.meeting.parties.all()]

    @cached_property
    def came_last(self) -> list[Participant]:
        """Who attended the meeting before; told while nobody is named for this one."""
        if self.last is None or self.meeting.participants.all():
            return []
        there = Participant.objects.visible_to(self.user).filter(
            meeting=self.last, attendance=Participant.Attendance.ATTENDED
        )
        return list(there.select_related("party__organization").order_by("-party__side", "party__order", "order"))

    def _times(self, people: list[int]) -> dict[int | None, int]:
        if not people:
            return {}
        came = Participant.objects.visible_to(self.user).filter(
            person__in=people, attendance=Participant.Attendance.ATTENDED, meeting__in=self._earlier_keys[:TALKS]
        )
        rows = came.order_by().values("person").annotate(number=Count("meeting", distinct=True))
        return dict(rows.values_list("person", "number"))

    # What was said ---------------------------------------------------------------------------------------------

    @cached_property
    def _dossiers(self) -> dict[int, TopicDossier]:
        """What was said with these counterparts, by topic, the one spoken of last first; all read at once."""
        seen = Discussion.objects.visible_to(self.user).filter(
            topic__isnull=False, meeting__in=self._earlier_keys[:TALKS]
        )
        return latest_dossiers(seen, TALKS, self.user)

    @cached_property
    def agenda(self) -> list[tuple[Discussion, Item | None]]:
        """Each item of this meeting, with what was said of its topic before."""
        return [(talk, self._item(talk.topic, talk)) for talk in self.meeting.discussions.all()]

    @cached_property
    def elsewhere(self) -> list[Item]:
        """Topics spoken of with them before that are not on this agenda, the latest first."""
        here = {talk.topic_id for talk in self.meeting.discussions.all()}
        others = [dossier.topic for topic, dossier in self._dossiers.items() if topic not in here]
        items = (self._item(topic, None) for topic in others)
        return [item for item in items if item and item.said][:TOPICS]

    def _item(self, topic: Topic | None, discussion: Discussion | None) -> Item | None:
        dossier = self._dossiers.get(topic.pk) if topic else None
        if topic is None or dossier is None:
            return None
        return Item(topic, discussion, list(self._said(dossier)), list(self._course(dossier).items()))

    def _said(self, dossier: TopicDossier) -> Iterator[Said]:
        """The counterparts first, then the host, then both sides together: what each last held."""
        told: list[int | None] = [*(one.pk for one in self.counterparts), *(one.pk for one in self.hosts), None]
        for holder in told:
            voices = [one for one in dossier.voices if one.organization == holder and one.place[1] == POSITION]
            if voices:
                talk = dossier.talks[voices[-1].discussion]
                last = [one for one in voices if one.discussion == talk["pk"]]
                yield Said(last[0].name, last, talk)

    def _course(self, dossier: TopicDossier) -> dict[str, list[tuple[str, PartialDate]]]:
        own = {one.pk for one in self.counterparts}
        taken: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for voice in dossier.voices:
            if voice.organization in own and voice.place[1] == POSITION:
                taken[voice.name][voice.discussion].append(voice.stance)
        if len({talk for told in taken.values() for talk in told}) < 2:
            return {}
        return {
            name: [(stance_words(stances), dossier.talks[talk]["date"]) for talk, stances in told.items()]
            for name, told in taken.items()
        }

    @cached_property
    def unanswered(self) -> list[Request]:
        """Requests of these counterparts, and ours to them, without an answer; the oldest first."""
        theirs, ours = ({one.pk for one in side} for side in (self.counterparts, self.hosts))
        found = [
            Request(row["voice"], row["talk"], row["voice"].organization in ours)
            for dossier in self._dossiers.values()
            for row in dossier.unanswered
            if row["voice"].organization in theirs | ours
        ]
        return sorted(found, key=lambda request: request.voice.place)

    @property
    def asked_of_us(self) -> list[Request]:
        return [request for request in self.unanswered if not request.is_ours]

    @property
    def asked_by_us(self) -> list[Request]:
        return [request for request in self.unanswered if request.is_ours]

    @cached_property
    def changes(self) -> list[tuple[Topic, Move]]:
        """Where a counterpart changed its position the last time it took one; the latest first."""
        own = {one.pk for one in self.counterparts}
        moves = ((dossier.topic, move) for dossier in self._dossiers.values() for move in dossier.current_moves)
        found = [(topic, move) for topic, move in moves if move.organization in own]
        return sorted(found, key=lambda row: -row[1].talk["place"])[:CHANGES]

    @cached_property
    def others(self) -> list[tuple[Voice, dict[str, Any]]]:
        """What other organizations last said of the topics on this agenda at other meetings; the latest first."""
        topics = {talk.topic_id for talk in self.meeting.discussions.all() if talk.topic_id}
        talks = Discussion.objects.visible_to(self.user).filter(topic__in=topics, meeting__status=Meeting.Status.HELD)
        talks = talks.exclude(meeting=self.meeting.pk).exclude(meeting__in=self._earlier_keys)
        # Where there are few, they are named: PostgreSQL would walk over all meetings, the latest first, to find them.
        few = list(talks.order_by().values_list("pk", flat=True)[: FEW + 1]) if topics else []
        talks = Discussion.objects.filter(pk__in=few) if len(few) <= FEW else talks
        rows = talks.order_by("-meeting__starts_at", "-pk").values(*TALK)[:TALKS] if few else []
        found = placed(list(rows))
        told: set[int] = set()
        heard: list[tuple[Voice, dict[str, Any]]] = []
        known = {one.pk for one in [*self.hosts, *self.counterparts]}
        for voice in reversed(voices_of(found, self.user) if found else []):
            if voice.place[1] == POSITION and voice.organization and voice.organization not in known | told:
                told.add(voice.organization)
                heard.append((voice, found[voice.discussion]))
        return heard[:OTHERS]

    @cached_property
    def references(self) -> list[Reference]:
        """What this agenda and the meeting before refer to."""
        talks = [talk.pk for talk in self.meeting.discussions.all()]
        talks += [talk.pk for talk in self.last.discussions.all()] if self.last else []
        through = Discussion.references.through._base_manager.filter(discussion__in=talks)
        found = Reference.objects.filter(pk__in=through.values("reference")) if talks else Reference.objects.none()
        return list(found.order_by("sort_key", "pk")[:REFERENCES])
