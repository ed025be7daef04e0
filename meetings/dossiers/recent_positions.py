"""Recent positions on all topics: requests that nobody answered, and positions that changed."""

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from engagement.core.prepared_queries import PreparedQuery
from engagement.core.prepared_records import prepared
from engagement.core.types import Reader, Rows
from engagement.topics.models import Topic
from meetings.models import Discussion, Meeting

from .brief import Request
from .topic import TALK, Move, Talk, TopicDossier, dossiers_of, latest_first, words_of

MEETINGS, TALKS = 100, 200
"""So many discussions of so many meetings are looked through, the latest. Answers come after their request: what has
one is told as answered, however many discussions there were before."""
COLUMNS = *TALK, "topic"


class OpenRequest(NamedTuple):
    """A request that has no answer, and on which topic it was made."""

    topic: Topic
    request: Request


class Changed(NamedTuple):
    """A party's latest position on a topic is another than the one before it."""

    topic: Topic
    move: Move


def _talks(user: Reader) -> Rows:
    """The latest first."""
    latest = Meeting.objects.visible_to(user).latest()[:MEETINGS]
    seen = Discussion.objects.visible_to(user).filter(topic__isnull=False, meeting__in=latest.values("pk"))
    return latest_first(seen).values_list(*COLUMNS)[:TALKS]


def latest_talks(user: Reader) -> list[Talk]:
    """The latest discussions with a topic, the latest first; one query."""
    query = prepared("discussions lately", user, lambda: PreparedQuery(lambda: _talks(user)))
    return [dict(zip(COLUMNS, row, strict=True)) for row in query.ask()]


class Lately:
    """From what this reader may see, in a fixed number of queries; ``only`` what concerns some organizations."""

    def __init__(self, user: Reader, only: Collection[int] | None = None) -> None:
        self.user, self.only = user, only

    @cached_property
    def _dossiers(self) -> list[TopicDossier]:
        return list(dossiers_of(latest_talks(self.user), self.user, words_of).values())

    def _concerns(self, organizations: Collection[int]) -> bool:
        return self.only is None or any(one in self.only for one in organizations)

    @cached_property
    def unanswered(self) -> list[OpenRequest]:
        """The oldest first."""
        found = [
            OpenRequest(dossier.topic, Request(row["voice"], row["talk"], dossier.is_host(row["voice"])))
            for dossier in self._dossiers
            for row in dossier.unanswered
            if self._concerns(dossier.seats[row["voice"].meeting].keys())
        ]
        return sorted(found, key=lambda asked: asked.request.voice.place)

    @cached_property
    def changes(self) -> list[Changed]:
        """Of each party on each topic, where its latest position changed; the latest first."""
        moves = (Changed(dossier.topic, move) for dossier in self._dossiers for move in dossier.current_moves)
        found = [change for change in moves if self._concerns([change.move.organization])]
        return sorted(found, key=lambda change: -change.move.talk["place"])
