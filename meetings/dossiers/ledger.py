"""Position ledger of a topic, an organization or all: every stance by date, its answer, and where it changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from engagement.core.partial_dates import PartialDate
from engagement.core.types import Reader
from engagement.topics.models import Topic
from meetings.models import Discussion, Party, Position
from meetings.models.status import Status
from organizations.models import Organization

from .answers import Answer, Answers
from .queries import LATEST, held_by, meetings_of_positions
from .recent_positions import MEETINGS, TALKS, latest_talks
from .topic import POSITION, TALK, Talk, TopicDossier, Voice, dossiers_of

JOINT = "both_sides"
BY_DATE = "meeting__starts_at", "meeting", "order", "pk"
OWN, OTHERS = 500, 300
"""So many discussions of an organization are told, and so many of others looked through for what answers it."""


@dataclass(frozen=True)
class Entry:
    """A stance: who held it on which side, what the party held before if it changed, and what came of it."""

    voice: Voice
    talk: Talk
    topic: Topic
    side: str
    before: str
    answer: Answer | None
    is_unanswered: bool
    address: str = ""
    """Of its discussion; with the name of the site in files."""

    @property
    def date(self) -> PartialDate:
        date: PartialDate = self.talk["date"]
        return date

    @property
    def who(self) -> str:
        return self.voice.name or _("Both sides")

    @property
    def side_name(self) -> str:
        return sides()[self.side]


def sides() -> dict[str, str]:
    """Of which side a position can be."""
    return {**{side.value: str(side.label) for side in Party.Side}, JOINT: _("Both sides")}


def entries_of(dossiers: Iterable[TopicDossier]) -> list[Entry]:
    """The latest discussion first, each in the order in which it went."""
    found = [entry for dossier in dossiers for entry in _entries(dossier)]
    return sorted(found, key=lambda entry: (-entry.voice.place[0], entry.voice.place))


def _entries(dossier: TopicDossier) -> Iterator[Entry]:
    answers, moved_from = Answers(dossier).by_place, dossier.moved_from
    unanswered = {request["voice"].place for request in dossier.unanswered}
    for voice in dossier.voices:
        if voice.place[1] != POSITION:
            continue
        party = voice.organization
        yield Entry(
            voice=voice,
            talk=dossier.talks[voice.discussion],
            topic=dossier.topic,
            side=dossier.seats[voice.meeting].get(party, "") if party else JOINT,
            before=moved_from.get((party, voice.discussion), "") if party else "",
            answer=answers.get(voice.place),
            is_unanswered=voice.place in unanswered,
            address=dossier.talks[voice.discussion]["url"],
        )


class TopicLedger:
    """Of the latest discussions of a topic: what its page compares is told here stance by stance."""

    def __init__(self, topic: Topic, user: Reader) -> None:
        self.dossier = TopicDossier(topic, user)

    @cached_property
    def entries(self) -> list[Entry]:
        return entries_of([self.dossier])

    @property
    def is_cut(self) -> bool:
        return bool(self.entries) and self.dossier.is_cut


class OrganizationLedger:
    """Positions of an organization, and of both sides where it was on one of them, at the latest meetings at which
    there are any. What was said on the same topics at other meetings is looked through for answers to its requests.
    """

    def __init__(self, organization: Organization, user: Reader) -> None:
        self.organization, self.user = organization, user

    @cached_property
    def _meetings(self) -> list[int]:
        return list(meetings_of_positions(self.organization, self.user).values_list("pk", flat=True))

    @property
    def _positions(self) -> QuerySet[Position]:
        seen = Position.objects.visible_to(self.user).order_by()
        return seen.filter(held_by(self.organization), meeting__in=self._meetings)

    @property
    def _talks(self) -> QuerySet[Discussion]:
        return Discussion.objects.visible_to(self.user).filter(meeting__status=Status.HELD)

    @cached_property
    def _own(self) -> list[Talk]:
        """The latest discussions of its topics at these meetings, one more than are told."""
        topics = self._positions.filter(discussion__topic__isnull=False).values("discussion__topic")
        return _rows(self._talks.filter(topic__in=topics, meeting__in=self._meetings), OWN + 1)

    @cached_property
    def is_cut(self) -> bool:
        return len(self._own) > OWN or len(self._meetings) == LATEST

    @cached_property
    def _elsewhere(self) -> list[Talk]:
        """The latest discussions at other meetings on topics of its requests, since the first of these."""
        asked = self._positions.filter(organization=self.organization, stance=Position.Stance.REQUESTS)
        topics = set(asked.values_list("discussion__topic", flat=True))
        since = [talk["meeting__starts_at"] for talk in self._own if talk["topic"] in topics]
        if not since:
            return []
        later = self._talks.filter(topic__in=topics, meeting__starts_at__gte=min(since))
        return _rows(later.exclude(meeting__in=self._meetings), OTHERS)

    @cached_property
    def entries(self) -> list[Entry]:
        talks = sorted([*self._own[:OWN], *self._elsewhere], key=itemgetter(*BY_DATE), reverse=True)
        dossiers = dossiers_of(talks, self.user)
        prefetch_related_objects([dossier.topic for dossier in dossiers.values()], "themes")
        return [entry for entry in entries_of(dossiers.values()) if self._is_own(entry, dossiers[entry.topic.pk])]

    def _is_own(self, entry: Entry, dossier: TopicDossier) -> bool:
        if entry.side == JOINT:
            side = dossier.seats[entry.voice.meeting].get(self.organization.pk)
            return side in (Party.Side.HOST, Party.Side.COUNTERPART)
        return entry.voice.organization == self.organization.pk


class RegisterLedger:
    """Of the latest discussions on all topics: those that the morning page looks through."""

    def __init__(self, user: Reader) -> None:
        self.user = user

    @cached_property
    def _latest(self) -> list[Talk]:
        return latest_talks(self.user)

    @property
    def is_cut(self) -> bool:
        return len(self._latest) == TALKS or len({talk["meeting"] for talk in self._latest}) == MEETINGS

    @cached_property
    def entries(self) -> list[Entry]:
        dossiers = dossiers_of(self._latest, self.user).values()
        prefetch_related_objects([dossier.topic for dossier in dossiers], "themes")
        return entries_of(dossiers)


def _rows(talks: QuerySet[Discussion], most: int) -> list[Talk]:
    """The latest of these discussions, as dossiers read them."""
    found = talks.order_by(*(f"-{name}" for name in BY_DATE)).values(*TALK, "topic", *BY_DATE)
    return list(found[:most])
