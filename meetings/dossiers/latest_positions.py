"""Latest positions of an organization, topic by topic: since when, and the answer to each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from engagement.core.charts import Mark, Strip, strip_of
from engagement.core.partial_dates import PartialDate
from engagement.core.types import Reader
from engagement.topics.models import Topic
from meetings.models import Meeting, Party, Position
from meetings.statement_text import Stated, stated
from organizations.models import Organization

from .answers import Answer
from .charts import TONES, looks
from .queries import held_by, latest_positions, meetings_of_positions
from .topic import stance_words, talk_url

TOPICS, STEPS = 30, 500
"""So many topics are told, and so many positions looked through for how it came to them; the latest."""


FIELDS = (
    *(
        "discussion__topic",
        "meeting__starts_on",
        "meeting__date_precision",
        "meeting",
        "meeting__slug",
        "meeting__title",
    ),
    *("discussion__order", "discussion", "organization", "organization__acronym", "organization__name", "stance"),
)


class Step(NamedTuple):
    """A position of the organization, or of the host or both sides in answer, without its text."""

    topic: int
    day: dt.date
    precision: str
    meeting: int
    slug: str
    title: str
    talk_order: int
    talk: int
    holder: int | None
    acronym: str | None
    name: str | None
    stance: str

    @property
    def date(self) -> PartialDate:
        return PartialDate(self.day, self.precision)

    @property
    def is_joint(self) -> bool:
        return self.holder is None


@dataclass(frozen=True)
class Stand:
    """One topic: the organization's last position, since when it holds that, and the one before."""

    topic: Topic
    meeting: Meeting
    url: str
    positions: list[Position]
    since: PartialDate | None
    before: str
    is_longer: bool
    """Perhaps it stood so before ``since`` already: not all positions were looked through."""
    answer: Answer | None

    @property
    def stances(self) -> list[tuple[Stated, str, Position]]:
        """Each position as it is stated, with the tone that others share."""
        return [(stated(one), TONES[Position.Stance(one.stance)], one) for one in self.positions]

    @property
    def is_repeated(self) -> bool:
        return self.since != self.meeting.date


class Standing:
    """Everything the page of an organization tells of its positions, from what this reader may see; in three queries.

    In a discussion in which it took no position of its own, what both sides held there is its position.
    """

    def __init__(self, organization: Organization, user: Reader) -> None:
        self.organization, self.user = organization, user

    @cached_property
    def _latest(self) -> dict[Topic, list[Position]]:
        """One topic more than told, so that the cut is known."""
        found: dict[Topic, list[Position]] = defaultdict(list)
        for position in latest_positions(self.organization, self.user)[: TOPICS * 2 + 1]:
            if position.discussion.topic is not None:
                position.organization = None if position.is_joint else self.organization
                found[position.discussion.topic].append(position)
        return {topic: _own_first(positions) for topic, positions in found.items()}

    @property
    def is_cut(self) -> bool:
        rows = sum(map(len, self._latest.values()))
        return len(self._latest) > TOPICS or rows > TOPICS * 2

    @cached_property
    def _steps(self) -> list[Step]:
        """The latest first. Who answers is the host of the meeting, where the organization was its counterpart."""
        here = {"meeting": OuterRef("meeting")}
        party = Party.objects.filter(**here).order_by()
        sat_across = Exists(party.filter(organization=self.organization, side=Party.Side.COUNTERPART))
        is_host = Exists(party.filter(organization=OuterRef("organization"), side=Party.Side.HOST))
        answers = Q(Q(is_joint=True) | Q(is_host), sat_across)
        rows = Position.objects.visible_to(self.user).filter(
            held_by(self.organization) | answers,
            discussion__topic__in=[topic.pk for topic in self._latest],
            meeting__in=meetings_of_positions(self.organization, self.user).values("pk"),
        )
        rows = rows.order_by("-meeting__starts_at", "-meeting", "-discussion__order", "-discussion", "-order", "-pk")
        return [Step(*row) for row in rows.values_list(*FIELDS)[: STEPS + 1]] if self._latest else []

    @cached_property
    def _by_topic(self) -> dict[int, list[Step]]:
        found: dict[int, list[Step]] = defaultdict(list)
        for step in self._steps[:STEPS]:
            found[step.topic].append(step)
        return found

    @cached_property
    def _own(self) -> set[Step]:
        """Those of the organization alone, and of both sides where it has none of its own in the discussion."""
        steps, holder = self._steps[:STEPS], self.organization.pk
        alone = {step.talk for step in steps if step.holder == holder}
        return {step for step in steps if step.holder == holder or (step.is_joint and step.talk not in alone)}

    @property
    def stands(self) -> list[Stand]:
        return [self._stand(topic, positions) for topic, positions in list(self._latest.items())[:TOPICS]]

    def _stand(self, topic: Topic, positions: list[Position]) -> Stand:
        steps = self._by_topic[topic.pk]
        own = [step for step in steps if step in self._own]
        talks = [list(talk) for _talk, talk in groupby(own, key=lambda step: step.talk)]
        now = {position.stance for position in positions}
        same = list(takewhile(lambda talk: now & {step.stance for step in talk}, talks))
        meeting = positions[0].meeting
        before = talks[len(same)] if len(same) < len(talks) else []
        return Stand(
            topic=topic,
            meeting=meeting,
            url=talk_url(meeting.slug, positions[0].discussion_id),
            positions=positions,
            since=same[-1][0].date if same else meeting.date,
            before=_words(before),
            is_longer=len(self._steps) > STEPS and not before,
            answer=None if positions[0].is_joint else self._answer(steps),
        )

    def _answer(self, steps: list[Step]) -> Answer | None:
        """The latest word of the other side that came after the organization's own; none where its own is the last."""
        after = list(takewhile(lambda step: step not in self._own, steps))
        if not after:
            return None
        last, who = after[0], after[0].holder
        said = [step for step in after if step.talk == last.talk and step.holder == who]
        name = (last.acronym or last.name or "") if who else _("both sides")
        return Answer(name, _words(said), last.date, talk_url(last.slug, last.talk))

    @cached_property
    def strip(self) -> Strip:
        """A lane for each topic, a mark for each stance; drawn where there is more than one meeting to compare."""
        own = [step for step in reversed(self._steps[:STEPS]) if step in self._own]
        times: Mapping[Hashable, tuple[PartialDate, str]] = {step.meeting: (step.date, step.title) for step in own}
        owners: dict[Hashable, dict[str, str]] = {
            topic.pk: {"name": topic.title, "full_name": topic.title, "url": topic.get_absolute_url()}
            for topic in self._latest
        }
        return strip_of(_marks(own), times, owners)


def _marks(steps: list[Step]) -> Iterator[Mark]:
    """One for each stance on a topic at a meeting; ringed where it kept none that it had held alone the time before."""
    known, held = looks(), dict[int, list[Step]]()
    for (topic, meeting), talk in groupby(sorted(steps, key=_place), key=lambda step: (step.topic, step.meeting)):
        steps = list(talk)
        then, now = held.get(topic, []), [step for step in steps if not step.is_joint]
        held[topic] = now or then
        has_moved = bool(then and now) and not {step.stance for step in then} & {step.stance for step in now}
        before = _("before: %(stances)s") % {"stances": _words(list(reversed(then)))} if has_moved else ""
        for stance, step in {step.stance: step for step in reversed(steps)}.items():
            is_ringed, note = has_moved and not step.is_joint, _("both sides") if step.is_joint else before
            yield Mark(topic, meeting, known[stance], talk_url(step.slug, step.talk), note, is_ringed)


def _own_first(positions: list[Position]) -> list[Position]:
    """Of one discussion: its own, or if there is none what both sides held."""
    return [one for one in positions if not one.is_joint] or positions


def _place(step: Step) -> tuple[dt.date, int, int, int, int]:
    return step.day, step.meeting, step.topic, step.talk_order, step.talk


def _words(steps: list[Step]) -> str:
    """As they were taken; ``steps`` have the latest first."""
    return stance_words(step.stance for step in reversed(steps))
