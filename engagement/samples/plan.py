"""What a seed and a day say the sample is: the rows of one meeting after the other, before they are written."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from meetings.models import Discussion, Meeting, Outcome
from meetings.models.status import Status

from .promises import Promises
from .sitting import Sitting
from .talk import Talk
from .timetable import Fates, slots
from .world import Sizes, World


class Plan:
    """Yields unsaved rows that belong together: a meeting with its parts, or a follow-up that comes from no meeting."""

    def __init__(self, world: World, sizes: Sizes, today: dt.date, rng: random.Random) -> None:
        self.world, self.sizes, self.today, self.rng = world, sizes, today, rng
        self.sitting = Sitting(world, today, rng)
        self.talk = Talk(world, rng)
        self.promises = Promises(world, sizes, today, rng)

    def rows(self) -> Iterator[list[Any]]:
        lines, fates = self.world.lines, Fates(self.today)
        outside = self.sizes.meetings - sum(line.meetings for line in lines)
        for slot in slots(lines, outside, self.today):
            line = lines[slot.line] if slot.line >= 0 else None
            bodies = line.bodies if line else self.rng.sample(self.world.bodies, 1)
            yield self._one(self.sitting.meeting(slot, fates.of(slot), line, bodies[0]), bodies)
        yield from self.promises.without_meeting()

    def _one(self, meeting: Meeting, bodies: list[Any]) -> list[Any]:
        parties = self.sitting.parties(meeting, bodies)
        talked = self.talk.about(meeting, bodies)
        rows = [meeting, *parties, *self.sitting.participants(meeting, parties, bodies), *talked]
        if meeting.status == Status.HELD:
            discussions = [row for row in talked if isinstance(row, Discussion)]
            outcomes = [row for row in talked if isinstance(row, Outcome)]
            rows += self.promises.of(meeting, bodies, discussions, outcomes)
        return rows
