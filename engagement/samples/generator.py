"""Generator of the fictional sample: the same seed and day give the same rows, of any size, in one transaction."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from tqdm import tqdm

from engagement.core.bulk import collecting_seldom
from engagement.core.change_signals import loading
from engagement.core.models import Stamp
from engagement.core.planner_statistics import analyse
from engagement.followups.models import FollowUp
from engagement.search.indexing import index_new
from meetings.models import Discussion, Meeting, Outcome
from meetings.models.status import Status
from meetings.version_keeping import keep_first_versions
from organizations.models import Organization

from . import names
from .bulk import BulkWriter
from .discussions import DiscussionMaker
from .followups import FollowUpMaker
from .meetings import MeetingMaker
from .timetable import Fates, slots
from .world import Sizes, World, WorldMaker


def sample_is_there() -> bool:
    """Whether it was ever made here, though somebody may have renamed its host since."""
    return Organization.history.filter(name=names.HOST, is_host=True).exists()


@transaction.atomic
def make(followups: int, seed: int, today: dt.date, staff: Iterable[object] = (), quiet: bool = False) -> None:
    """The same seed and day make the same sample. ``staff`` are users who share its work with fictional colleagues."""
    rng, writer, sizes = random.Random(seed), BulkWriter(), Sizes(followups)
    with collecting_seldom(), loading() as before:
        world = WorldMaker(writer, sizes, today, rng, list(staff)).make()
        with tqdm(total=followups, unit=" follow-ups", disable=quiet or None) as bar:
            for rows in SampleRows(world, sizes, today, rng):
                writer.add(rows)
                bar.update(sum(isinstance(row, FollowUp) for row in rows))
        writer.close()
        analyse()
        with tqdm(unit=" records", desc="index", disable=quiet or None) as bar:
            for number in index_new(before):
                bar.update(number)
        keep_first_versions()
        Stamp.objects.put()


class SampleRows:
    """Yields unsaved rows that belong together: a meeting with its parts, or a follow-up that comes from no meeting."""

    def __init__(self, world: World, sizes: Sizes, today: dt.date, rng: random.Random) -> None:
        self.world, self.sizes, self.today, self.rng = world, sizes, today, rng
        self.meetings = MeetingMaker(world, today, rng)
        self.discussions = DiscussionMaker(world, rng)
        self.followups = FollowUpMaker(world, sizes, today, rng)

    def __iter__(self) -> Iterator[list[Any]]:
        lines, fates = self.world.lines, Fates(self.today)
        outside = self.sizes.meetings - sum(line.meetings for line in lines)
        for slot in slots(lines, outside, self.today):
            line = lines[slot.line] if slot.line >= 0 else None
            bodies = line.bodies if line else self.rng.sample(self.world.bodies, 1)
            yield self._meeting_rows(self.meetings.meeting(slot, fates.of(slot), line, bodies[0]), bodies)
        yield from self.followups.without_meeting()

    def _meeting_rows(self, meeting: Meeting, bodies: list[Any]) -> list[object]:
        parties = self.meetings.parties(meeting, bodies)
        talked = self.discussions.about(meeting, bodies)
        rows = [meeting, *parties, *self.meetings.participants(meeting, parties, bodies), *talked]
        if meeting.status == Status.HELD:
            discussions = [row for row in talked if isinstance(row, Discussion)]
            outcomes = [row for row in talked if isinstance(row, Outcome)]
            rows += self.followups.of(meeting, bodies, discussions, outcomes)
        return rows
