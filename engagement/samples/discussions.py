"""Factory of the sample's discussions: items, positions that move from meeting to meeting, outcomes."""

import random
from collections.abc import Iterator

from django.db.models import Model

from engagement.core.models import Visibility
from engagement.topics.models import Topic
from meetings.models import Discussion, Document, Meeting, Outcome, Position
from meetings.models.status import Status

from . import names
from .world import Body, World, lower

Kind = Discussion.Kind
LEVELS = (Visibility.INTERNAL, Visibility.SHARED, Visibility.PUBLIC)


class DiscussionMaker:
    def __init__(self, world: World, rng: random.Random) -> None:
        self.world, self.rng = world, rng
        self.attitudes: dict[tuple[int, int], list[int]] = {}  # organization, topic: which path, how far
        self.number = 0

    def about(self, meeting: Meeting, bodies: list[Body]) -> list[object]:
        """The agenda; of a meeting that was held also the positions and outcomes."""
        self.number += 1
        rows: list[Model] = []
        for order, topic in enumerate(self._topics(meeting, bodies[0]), start=1):
            discussion = self._discussion(meeting, order, topic)
            rows += [discussion, *self._links(discussion)]
            if meeting.status == Status.HELD and topic and not discussion.is_deferred:
                rows += self._positions(discussion, topic, bodies)
                rows += self._outcomes(discussion, topic, bodies)
        if meeting.status == Status.HELD:
            rows += self._of_the_whole(meeting, bodies)
        return [*rows, *self._documents(meeting)]

    def _topics(self, meeting: Meeting, lead: Body) -> list[Topic | None]:
        """Two or three of the counterpart's interests; the review of earlier promises has no topic of its own."""
        topics: list[Topic | None] = list(self.rng.sample(lead.interests, self.rng.choice((2, 3, 3))))
        repeated = meeting.ordinal and meeting.series and meeting.ordinal > meeting.series.first_ordinal
        return [None, *topics] if repeated and self.number % 3 == 0 else topics

    def _level(self) -> Visibility:
        """Mostly as visible as the meeting, now and then less."""
        return self.rng.choices(LEVELS, (6, 8, 86))[0]

    def _discussion(self, meeting: Meeting, order: int, topic: Topic | None) -> Discussion:
        discussion = Discussion(meeting=meeting, order=order, topic=topic, visibility=self._level())
        if topic is None:
            discussion.title, discussion.kind = "Follow-up of earlier meetings", Kind.PREVIOUS_ACTIONS
            discussion.said = "Went through what was promised before."
            return discussion
        discussion.kind = self.rng.choices((Kind.DISCUSSION, Kind.INFORMATION, Kind.DECISION), (7, 3, 1))[0]
        if self.rng.random() < 0.15:
            discussion.title = f"{topic.title}: state of play"
        if self.number % 10 == 0:
            discussion.number = f"{order}a"
        if meeting.status == Status.HELD:
            discussion.is_deferred = order == 3 and self.rng.random() < 0.12
            if not discussion.is_deferred and self.rng.random() < 0.6:
                discussion.said = f"{topic.title}: both sides described what they have done so far and what is missing."
        if self.rng.random() < 0.15:
            discussion.internal_notes = self.rng.choice(names.NOTES)
        return discussion

    def _links(self, discussion: Discussion) -> Iterator[Model]:
        """Themes as the form gives them: those of the topic, now and then others of that day."""
        rng, world = self.rng, self.world
        if discussion.topic:
            other = discussion.topic if rng.random() < 0.9 else rng.choice(world.topics)
            for theme in world.themes[other.pk]:
                yield Discussion.themes.through(discussion=discussion, theme=theme)
            if rng.random() < 0.3:
                yield Discussion.references.through(discussion=discussion, reference=rng.choice(world.references))
        if rng.random() < 0.08:
            mentioned = rng.choice(world.bodies).organization
            yield Discussion.mentions.through(discussion=discussion, organization=mentioned)

    def _positions(self, discussion: Discussion, topic: Topic, bodies: list[Body]) -> Iterator[Position]:
        holders: list[tuple[Body | None, str]] = [(body, self._attitude(body, topic)) for body in bodies]
        if self.rng.random() < 0.85:
            holders.append((self.world.host, self.rng.choice(names.HOST_STANCES)))
        if self.rng.random() < 0.1:
            holders.append((None, "supports"))
        for order, (body, stance) in enumerate(holders, start=1):
            yield Position(
                meeting=discussion.meeting,
                discussion=discussion,
                organization=body.organization if body else None,
                is_joint=body is None,
                stance=stance,
                statement=self.rng.choice(names.STATEMENTS[stance]).format(topic=lower(topic.title)),
                order=order,
                visibility=self._level(),
            )

    def _attitude(self, body: Body, topic: Topic) -> str:
        """Each organization starts somewhere on each topic and mostly moves on by the next time."""
        new = [self.rng.randrange(len(names.PATHS)), -1]
        path_and_step = self.attitudes.setdefault((body.organization.pk, topic.pk), new)
        path = names.PATHS[path_and_step[0]]
        if path_and_step[1] < 0 or self.rng.random() < 0.7:
            path_and_step[1] = min(path_and_step[1] + 1, len(path) - 1)
        return path[path_and_step[1]]

    def _outcomes(self, discussion: Discussion, topic: Topic, bodies: list[Body]) -> Iterator[Outcome]:
        if self.rng.random() < 0.7:
            kinds = [kind for kind in Outcome.Kind if kind != Outcome.Kind.TAKEAWAY]
            yield self._outcome(discussion.meeting, self.rng.choice(kinds), topic, bodies, 1, discussion)

    def _of_the_whole(self, meeting: Meeting, bodies: list[Body]) -> Iterator[Outcome]:
        for order in range(1, self.rng.randrange(3) + 1):
            kind = Outcome.Kind.AGREEMENT if order == 3 else Outcome.Kind.TAKEAWAY
            yield self._outcome(meeting, kind, bodies[0].interests[order], bodies, order)

    def _outcome(
        self,
        meeting: Meeting,
        kind: Outcome.Kind,
        topic: Topic,
        bodies: list[Body],
        order: int,
        discussion: Discussion | None = None,
    ) -> Outcome:
        host, counterpart = self.world.host.organization, self.rng.choice(bodies).organization
        text = names.OUTCOMES[kind].format(topic=lower(topic.title))
        outcome = Outcome(meeting=meeting, discussion=discussion, kind=kind, text=text, order=order)
        if kind in (Outcome.Kind.INVITATION, Outcome.Kind.REQUEST):
            outcome.by, outcome.to = host, counterpart
        elif kind == Outcome.Kind.COMMITMENT:
            outcome.by = self.rng.choice((host, counterpart))
        outcome.visibility = self._level()
        return outcome

    def _documents(self, meeting: Meeting) -> Iterator[Document]:
        held = meeting.status == Status.HELD
        for order, (kind, title) in enumerate(names.DOCUMENTS, start=1):
            if kind == Document.Kind.MINUTES and not held:
                continue
            if self.rng.random() < (0.7 if kind in (Document.Kind.AGENDA, Document.Kind.MINUTES) else 0.1):
                document = Document(meeting=meeting, kind=kind, title=title, order=order, visibility=self._level())
                document.url = f"https://asp.example/documents/{self.number}/{kind.value}"
                document.number = f"ASP/{self.number}/{order}" if order < 3 else ""
                document.language = self.rng.choice(("en", "en", "en", "fr", "de"))
                document.direction = Document.Direction.SENT if kind in names.SENT else Document.Direction.RECEIVED
                document.exchanged_on = meeting.starts_on if held else None
                document.first_published_on = meeting.starts_on if meeting.published_at and held else None
                yield document
