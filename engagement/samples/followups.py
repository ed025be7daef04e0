"""Factory of the sample's promises, and of the items carried to the next meeting."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from engagement.core.models import Visibility
from engagement.followups.models import CarryOver, FollowUp
from engagement.topics.models import Topic
from meetings.models import Discussion, Meeting, Outcome

from . import names
from .followup_history import Story
from .reports import reports_on
from .timetable import DAYS_BACK
from .world import Body, Sizes, World, lower

WITHOUT_MEETING = 0.05
SERIES_FOLLOWED = 1000  # carry-over is told of so many series at most, as it has to be kept in mind
Priority = FollowUp.Priority


class FollowUpMaker:
    """Spreads the number of follow-ups asked for over the meetings; the last ones come from no meeting."""

    def __init__(self, world: World, sizes: Sizes, today: dt.date, rng: random.Random) -> None:
        self.world, self.sizes, self.today, self.rng = world, sizes, today, rng
        self.made = self.meetings = self.reportable = 0
        self.carried: dict[int, list[Any]] = {line.series.pk: [] for line in world.lines[:SERIES_FOLLOWED]}

    def of(
        self, meeting: Meeting, bodies: list[Body], discussions: list[Discussion], outcomes: list[Outcome]
    ) -> list[Any]:
        """The follow-ups of a meeting that was held, with their events, and the items carried over to it."""
        rows: list[Any] = list(self._carry_over(meeting))
        day = meeting.starts_on or self.today
        for _ in range(self._how_many()):
            followup = self._followup(meeting, bodies, discussions, outcomes)
            rows += [followup, *self._story(followup, day, bodies[0])]
        if meeting.series_id in self.carried:
            promised = [row for row in rows if isinstance(row, FollowUp)]
            deferred = [discussion for discussion in discussions if discussion.is_deferred]
            self.carried[meeting.series_id] = [*promised[:3], *deferred]
        return rows

    def _how_many(self) -> int:
        """As many as are due by now, or none and more the next time."""
        self.meetings += 1
        expected = self.sizes.meetings * 0.8
        due = round(self.sizes.followups * (1 - WITHOUT_MEETING) * min(self.meetings / expected, 1)) - self.made
        many = 0 if self.rng.random() < 0.2 else max(due, 0)
        self.made += many
        return many

    def without_meeting(self) -> Iterator[list[Any]]:
        """FollowUpMaker made by letter or among ourselves."""
        while self.made < self.sizes.followups:
            self.made += 1
            body = self.rng.choice(self.world.bodies)
            followup = FollowUp(meeting=None, visibility=self._level())
            ours = self.made % 2 == 0
            self._owe(followup, self.world.host if ours else body)
            titles = names.OWN_PROMISES if ours else names.PROMISES
            followup.title = self.rng.choice(titles).format(topic=lower(self.rng.choice(body.interests).title))
            born = self.today - dt.timedelta(days=self.rng.randrange(2, DAYS_BACK // 3))
            yield [followup, *self._story(followup, born, body)]

    def _followup(
        self, meeting: Meeting, bodies: list[Body], discussions: list[Discussion], outcomes: list[Outcome]
    ) -> FollowUp:
        followup = FollowUp(meeting=meeting, visibility=self._level())
        with_topic = [discussion for discussion in discussions if discussion.topic]
        chance = self.rng.random()
        if outcomes and chance < 0.4:
            followup.outcome = self.rng.choice(outcomes)
            followup.discussion = followup.outcome.discussion
        elif with_topic and chance < 0.9:
            followup.discussion = self.rng.choice(with_topic)
        topic = followup.discussion.topic if followup.discussion else self.rng.choice(bodies[0].interests)
        owner = self._owner(bodies)
        self._owe(followup, owner)
        self._word(followup, topic, owner)
        return followup

    def _owner(self, bodies: list[Body]) -> Body | None:
        chance = self.rng.random()
        if chance < 0.08:
            return None
        return self.world.host if chance < 0.5 else self.rng.choice(bodies)

    def _word(self, followup: FollowUp, topic: Topic | None, owner: Body | None) -> None:
        assert topic is not None
        titles = names.PROMISES if owner else names.JOINT_PROMISES
        followup.title = self.rng.choice(titles).format(topic=lower(topic.title))
        followup.details = "As agreed at the meeting; a page is enough." if self.rng.random() < 0.3 else ""

    def _owe(self, followup: FollowUp, owner: Body | None) -> None:
        rng = self.rng
        followup.priority = rng.choices(Priority.values, (1, 4, 1))[0]
        followup.is_joint = owner is None
        followup.owner = owner.organization if owner else None
        if owner is None:
            followup.side = FollowUp.Side.JOINT
        else:
            followup.side = FollowUp.Side.OURS if owner.organization.is_host else FollowUp.Side.THEIRS
        if followup.side != FollowUp.Side.OURS:
            followup.chaser = rng.choice(self.world.staff)
        elif rng.random() < 0.85:
            followup.assignee = rng.choice(self.world.staff)

    def _story(self, followup: FollowUp, born: dt.date, body: Body) -> list[Any]:
        followup.reference_year = born.year  # type: ignore[attr-defined]
        ours = followup.side == FollowUp.Side.OURS
        waits_on = body.organization if ours else self.world.host.organization
        by = followup.assignee or followup.chaser or self.world.staff[0]
        told: list[Any] = list(Story(followup, born, self.today, self.rng, by, waits_on).tell())
        if followup.closed_at is None and followup.side == FollowUp.Side.THEIRS and followup.visibility:
            told += reports_on(followup, self.reportable, born, self.today, by)
            self.reportable += 1
        return told

    def _level(self) -> int:
        return self.rng.choices(Visibility.values, (12, 50, 38))[0]

    def _carry_over(self, meeting: Meeting) -> Iterator[CarryOver]:
        """Promises still open when the series met again were kept; a deferred item was taken up or dropped."""
        for thing in self.carried.get(meeting.series_id or 0, []):
            carry = CarryOver(meeting=meeting, decided_by=self.world.staff[0])
            carry.decided_at = meeting.prepared_at
            if isinstance(thing, Discussion):
                carry.discussion = thing
                if self.rng.random() < 0.5:
                    carry.decision, carry.reason = CarryOver.Decision.DROPPED, "Settled in writing meanwhile."
            elif thing.closed_at is None or thing.closed_at.date() > meeting.starts_on:
                carry.followup = thing
            else:
                continue
            yield carry
