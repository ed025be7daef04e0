"""Dossier of a topic: who holds which position, how it moved, which requests have no answer."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import ExtractYear

from engagement.core.addresses import address_of
from engagement.core.charts import BarChart
from engagement.core.folding import sort_key
from engagement.core.partial_dates import PartialDate
from engagement.core.prepared_queries import KeysAsked, PreparedQuery
from engagement.core.prepared_records import PreparedRecords, prepared
from engagement.core.queries import among
from engagement.core.types import Reader, Rows
from engagement.topics.models import Reference, Topic
from meetings.models import Discussion, Outcome, Party, Position
from meetings.models.prefetches import with_positions
from meetings.models.status import Status
from organizations.models import Organization

POSITION, OUTCOME, KEPT = 0, 1, 2  # what came of a discussion comes after what was held in it, what was promised last
Place = tuple[int, int, int, int]
Talk = dict[str, Any]
"""A discussion as it is told: the fields of TALK, its place in time, its address and date."""
Talks = Mapping[int, Talk]
"""By key."""
REFERENCES = 30
TALK = "pk", "meeting", *(f"meeting__{name}" for name in ("starts_on", "date_precision", "status", "title", "slug"))
OF_VOICE = "order", "effective_visibility", "meeting_id", "discussion_id"
OF_POSITION, OF_OUTCOME = ("organization_id", "stance", "statement"), ("by_id", "kind", "text")
LATEST = 300
"""So many discussions are told and compared: in a large register a topic has thousands."""


class Voice(NamedTuple):
    """That an organization, or all parties together, held something or had it recorded, at one place in time."""

    place: Place
    discussion: int
    meeting: int
    organization: int | None
    name: str
    stance: str
    text: str
    is_request: bool
    level: int
    record: Position | Outcome | None = None
    by: Organization | None = None
    """Neither is read of many of which few are told; see ``words_of``."""

    @property
    def full_name(self) -> str:
        return self.by.name if self.by else ""

    @property
    def url(self) -> str:
        return self.by.get_absolute_url() if self.by else ""


class Kept(NamedTuple):
    """A promise made in a discussion, and kept: by whom (nobody: by both sides), on which day, and where it is told."""

    place: Place
    discussion: int
    meeting: int
    organization: int | None
    name: str
    date: PartialDate
    url: str


PromisesKept = Callable[[Talks, Reader], list[Kept]]
_promises_kept: list[PromisesKept] = []


def tells_kept(read: PromisesKept) -> PromisesKept:
    """Register what an app above knows of promises made in discussions, as far as a reader may see them."""
    _promises_kept.append(read)
    return read


def promises_kept(talks: Talks, user: Reader) -> list[Kept]:
    """In the order of the discussions."""
    return sorted((kept for read in _promises_kept for kept in read(talks, user)), key=lambda kept: kept.place)


@dataclass(frozen=True)
class Move:
    """That a party's stance changed since the discussion before: “requests → supports”."""

    organization: int
    name: str
    then: str
    now: str
    talk: dict[str, Any]


class TopicDossier:
    """Everything the page of a topic tells, from what this reader may see and nothing else.

    Only the latest discussions are told. Positions and requests count once their meeting was held. Two things need
    saying plainly:

    A position **moved** when a party, the next time it took a position on the topic, held none of the stances it had
    held the time before. Somebody who requested and supported, and now only supports, has not moved.

    A request (a position “requests”, or an outcome that is a request, by one party) is **unanswered** as long as
    nobody from the other side of its table said anything on the topic after it. What answers is a position of the
    other side that comes later in the same discussion or in a later one, an outcome by the other side, or a position
    or outcome of all parties together at a meeting where the other side sat. So does a promise that the other side,
    or both sides, made in the same discussion or a later one, once it is kept. The other side of a counterpart is the
    host of that meeting; the other side of the host are the counterparts of that meeting.
    """

    def __init__(self, topic: Topic, user: Reader) -> None:
        self.topic, self.user = topic, user
        self.is_cut = False
        """Whether there are earlier discussions than those told; known once ``talks`` are."""

    @cached_property
    def talks(self) -> dict[int, dict[str, Any]]:
        """The latest discussions of the topic, in the order they took place, without their texts."""
        rows = list(self._latest().values(*TALK)[: LATEST + 1])
        self.is_cut = len(rows) > LATEST
        return placed(rows[:LATEST])

    def _latest(self) -> QuerySet[Discussion]:
        seen = Discussion.objects.visible_to(self.user).filter(topic=self.topic)
        return seen.order_by(F("meeting__starts_at").desc(nulls_first=True), "-meeting", "-order", "-pk")

    def timeline(self) -> QuerySet[Discussion]:
        """The discussions with the positions taken, the latest first."""
        return with_positions(self._latest(), self.user)

    @cached_property
    def references(self) -> list[Reference]:
        """The references of these discussions."""
        found = Reference.objects.filter(
            pk__in=Discussion.references.through._base_manager.filter(discussion__in=self.talks).values("reference")
        )
        return list(found.order_by("sort_key", "pk")[:REFERENCES])

    @cached_property
    def held(self) -> list[dict[str, Any]]:
        return [talk for talk in self.talks.values() if talk["meeting__status"] == Status.HELD]

    @cached_property
    def chart(self) -> BarChart:
        """Discussions a year at meetings that took place."""
        if not self.talks or not self.is_cut:
            return BarChart.by_year(Counter(talk["meeting__starts_on"].year for talk in self.held))
        held = self._latest().filter(meeting__status=Status.HELD).order_by()
        rows = held.values(year=ExtractYear("meeting__starts_on")).annotate(number=Count("pk"))
        return BarChart.by_year({row["year"]: row["number"] for row in rows})

    @cached_property
    def numbers(self) -> dict[str, Any]:
        """How many discussions at meetings held, with how many organizations, since when; of those told here."""
        tables = {talk["meeting"] for talk in self.held}
        met = {
            organization
            for table in tables
            for organization, side in self.seats[table].items()
            if side == Party.Side.COUNTERPART
        }
        since = self.held[0]["meeting__starts_on"] if self.held else None
        return {"discussions": len(self.held), "organizations": len(met), "since": since}

    @cached_property
    def seats(self) -> dict[int, dict[int, str]]:
        """Who sat on which side, by meeting."""
        return seats_at(talk["meeting"] for talk in self.talks.values())

    @cached_property
    def voices(self) -> list[Voice]:
        """Positions and outcomes of meetings held, in the order of time."""
        return voices_of({talk["pk"]: talk for talk in self.held}, self.user)

    @cached_property
    def kept(self) -> list[Kept]:
        """Promises made in these discussions that were kept."""
        return promises_kept({talk["pk"]: talk for talk in self.held}, self.user)

    @cached_property
    def moves(self) -> dict[int, list[Move]]:
        """By discussion, which parties had moved since they last took a position."""
        taken: dict[int, dict[int, list[Voice]]] = defaultdict(lambda: defaultdict(list))
        for voice in self.voices:
            if voice.place[1] == POSITION and voice.organization:
                taken[voice.organization][voice.discussion].append(voice)
        found: dict[int, list[Move]] = defaultdict(list)
        for organization, talks in taken.items():
            steps = list(talks.items())
            for (_before, then), (discussion, now) in pairwise(steps):
                before, after = ([voice.stance for voice in voices] for voices in (then, now))
                if not set(before) & set(after):
                    words = stance_words(before), stance_words(after)
                    move = Move(organization, now[0].name, *words, self.talks[discussion])
                    found[discussion].append(move)
        return dict(found)

    @property
    def moved_from(self) -> dict[tuple[int, int], str]:
        """By party and discussion in which it had moved, the stances it had held before."""
        return {(move.organization, move.talk["pk"]): move.then for moves in self.moves.values() for move in moves}

    @cached_property
    def latest_moves(self) -> list[Move]:
        """The latest first."""
        moves = [move for moves in self.moves.values() for move in moves]
        return sorted(moves, key=lambda move: -move.talk["place"])

    @property
    def current_moves(self) -> list[Move]:
        """Where a party's latest position is the one that changed; the latest first."""
        last = {voice.organization: voice.discussion for voice in self.voices if voice.place[1] == POSITION}
        return [move for move in self.latest_moves if move.talk["pk"] == last[move.organization]]

    @cached_property
    def raised_by(self) -> list[dict[str, Any]]:
        """Counterparts that took a position of their own, and in how many discussions; the most frequent first."""
        talks: dict[int, set[int]] = defaultdict(set)
        names: dict[int, str] = {}
        urls: dict[int, str] = {}
        for voice in self.voices:
            if voice.place[1] == POSITION and voice.organization and not self.is_host(voice):
                talks[voice.organization].add(voice.discussion)
                names[voice.organization], urls[voice.organization] = voice.full_name, voice.url
        rows = [{"name": names[key], "url": urls[key], "number": len(found)} for key, found in talks.items()]
        return sorted(rows, key=lambda row: (-row["number"], sort_key(row["name"])))

    def is_host(self, voice: Voice) -> bool:
        return self.seats[voice.meeting].get(voice.organization or 0) == Party.Side.HOST

    @cached_property
    def unanswered(self) -> list[dict[str, Any]]:
        """Requests that nobody of the other side has answered, the latest first; see above what answers."""
        open_requests = [
            voice
            for place, voice in enumerate(self.voices)
            if voice.is_request
            and not any(self.is_answer(later, voice) for later in self.voices[place + 1 :])
            and not self.kept_after(voice)
        ]
        return [{"voice": voice, "talk": self.talks[voice.discussion]} for voice in reversed(open_requests)]

    @property
    def has_requests(self) -> bool:
        """Whether anything was requested at all, answered or not."""
        return any(voice.is_request for voice in self.voices)

    def kept_after(self, request: Voice) -> Kept | None:
        """The first promise made after the request, in its discussion or a later one, by which it was answered."""
        found = (kept for kept in self.kept if kept.place > request.place and self.is_answer(kept, request))
        return next(found, None)

    def is_answer(self, later: Voice | Kept, request: Voice) -> bool:
        """Whether what came later is of the other side of that table; see above."""
        other_side = self._other_side(request)
        if later.organization is None:
            return bool(other_side & self.seats[later.meeting].keys())
        return later.organization in other_side

    def _other_side(self, request: Voice) -> set[int]:
        host = Party.Side.HOST
        asked_by_host = self.is_host(request)
        seats = self.seats[request.meeting].items()
        return {key for key, side in seats if (side == host) != asked_by_host and key != request.organization}


TOPICS = PreparedRecords(lambda: Topic.objects.only("title", "slug").filter(KeysAsked("pk")).order_by())


def dossiers_of(
    latest: Sequence[dict[str, Any]], user: Reader, read: "Callable[[Talks, Reader], list[Voice]] | None" = None
) -> dict[int, TopicDossier]:
    """Of discussions of several topics, the latest first, what was said in them by topic, the one spoken of last first.

    All are read at once, by ``voices_of`` or as ``read`` does; each row is ``TALK`` and the topic. What was said of a
    topic in other discussions is not told.
    """
    talks = placed(latest)
    voices, seats = (read or voices_of)(talks, user), seats_at(talk["meeting"] for talk in talks.values())
    topics = {topic.pk: topic for topic in TOPICS.ask({talk["topic"] for talk in talks.values()})}
    kept_on: dict[int, list[Kept]] = defaultdict(list)
    for kept in promises_kept(talks, user):
        kept_on[talks[kept.discussion]["topic"]].append(kept)
    talks_of: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
    voices_on: dict[int, list[Voice]] = defaultdict(list)
    for key, talk in talks.items():
        talks_of[talk["topic"]][key] = talk
    for voice in voices:
        voices_on[talks[voice.discussion]["topic"]].append(voice)
    found: dict[int, TopicDossier] = {}
    for topic in dict.fromkeys(talk["topic"] for talk in reversed(talks.values())):
        found[topic] = dossier = TopicDossier(topics[topic], user)
        dossier.talks, dossier.voices, dossier.seats = talks_of[topic], voices_on[topic], seats
        dossier.kept = kept_on[topic]
    return found


def latest_dossiers(talks: QuerySet[Discussion], most: int, user: Reader) -> dict[int, TopicDossier]:
    """The same of the latest of these discussions."""
    return dossiers_of(list(latest_first(talks).values(*TALK, "topic")[:most]), user)


def latest_first(talks: QuerySet[Discussion]) -> QuerySet[Discussion]:
    return talks.order_by("-meeting__starts_at", "-meeting", "-order", "-pk")


def placed(latest: Sequence[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Discussions, the latest first, by key in the order they took place, each with its place and where it is told."""
    return {
        row["pk"]: {
            **row,
            "place": place,
            "url": talk_url(row["meeting__slug"], row["pk"]),
            "date": PartialDate.of(row["meeting__starts_on"], row["meeting__date_precision"]),
        }
        for place, row in enumerate(reversed(latest))
    }


SEATS = PreparedQuery(
    lambda: Party.objects.filter(KeysAsked("meeting")).order_by().values_list("meeting", "organization", "side")
)


def seats_at(meetings: Iterable[int]) -> dict[int, dict[int, str]]:
    """Who sat on which side, by meeting and organization."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for meeting, organization, side in SEATS.ask(set(meetings)):
        found[meeting][organization] = side
    return found


def voices_of(talks: Talks, user: Reader) -> list[Voice]:
    """Positions and outcomes of these discussions that this reader may see, in the order of time; three queries."""
    positions, outcomes = (
        list(part.objects.visible_to(user).filter(among("discussion", list(talks))).order_by().only(*OF_VOICE, *fields))
        for part, fields in ((Position, OF_POSITION), (Outcome, OF_OUTCOME))
    )
    keys = {row.organization_id for row in positions} | {row.by_id for row in outcomes}
    # Few said much, so each is read once.
    by = Organization.objects.only("slug", "name", "acronym").in_bulk(keys - {None})
    found = []
    for what, rows, fields in ((POSITION, positions, OF_POSITION), (OUTCOME, outcomes, OF_OUTCOME)):
        columns = attrgetter("pk", *OF_VOICE, *fields)
        for row in rows:
            values = columns(row)
            of = by.get(values[-3])
            if what == POSITION:
                row.organization = of
            voice = _voice(talks, what, *values, *((of.acronym, of.name) if of else ("", "")))
            found.append(voice._replace(record=row, by=of))
    return sorted(found, key=lambda voice: voice.place)


def words_of(talks: Talks, user: Reader) -> list[Voice]:
    """The same as values, in one query: without the records, and of who said it the name."""
    query = prepared("words of discussions", user, lambda: PreparedQuery(lambda: _words(user)))
    found = [_voice(talks, *row) for row in query.ask(list(talks))]
    return sorted(found, key=lambda voice: voice.place)


def _words(user: Reader) -> Rows:
    positions, outcomes = (
        part.objects.visible_to(user)
        .filter(KeysAsked("discussion"))
        .order_by()
        .values_list(
            Value(what, output_field=IntegerField()), "pk", *OF_VOICE, *fields, f"{by}__acronym", f"{by}__name"
        )
        for what, part, by, fields in (
            (POSITION, Position, "organization", OF_POSITION),
            (OUTCOME, Outcome, "by", OF_OUTCOME),
        )
    )
    return positions.union(outcomes, all=True)


def _voice(
    talks: Talks, what: int, key: int, order: int, level: int, meeting: int, discussion: int,
    by: int | None, kind: str, text: str, acronym: str | None, name: str | None,
) -> Voice:  # fmt: skip
    """``kind`` is the stance of a position or the kind of an outcome."""
    is_request = kind == (Outcome.Kind.REQUEST if what == OUTCOME else Position.Stance.REQUESTS)
    return Voice(
        place=(talks[discussion]["place"], what, order, key),
        discussion=discussion,
        meeting=meeting,
        organization=by,
        name=acronym or name or "",
        stance=kind if what == POSITION else Position.Stance.REQUESTS.value if is_request else "",
        text=text,
        is_request=is_request and by is not None,
        level=level,
    )


def stance_words(stances: Iterable[str]) -> str:
    """The stances taken, each once, in the order they were taken."""
    return ", ".join(str(Position.Stance(stance).label) for stance in dict.fromkeys(stances))


def talk_url(meeting_slug: str, discussion: int) -> str:
    """Where on the page of its meeting a discussion stands."""
    return f"{address_of('meetings:detail', meeting_slug)}#discussion-{discussion}"
