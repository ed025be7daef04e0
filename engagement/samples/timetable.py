"""Timetable of the sample's meetings, and the fate of each: a stream in the order of their dates."""

import datetime as dt
import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from meetings.models.status import Status

from .world import Line

DAYS_BACK = 1280
DAYS_AHEAD = 180


@dataclass(frozen=True, order=True)
class Slot:
    """A day on which a series, or none, has its next meeting."""

    day: dt.date
    line: int  # -1 outside any series


def slots(lines: list[Line], outside: int, today: dt.date) -> Iterator[Slot]:
    """Every meeting of four years, about six months of them still to come, the earliest first."""
    start = today - dt.timedelta(days=DAYS_BACK)
    streams = [_days(i, line.meetings, i * 0.618 % 1, start) for i, line in enumerate(lines)]
    return heapq.merge(_days(-1, outside, 0.5, start), *streams)


def _days(line: int, how_many: int, phase: float, start: dt.date) -> Iterator[Slot]:
    """So many working days at equal distances."""
    for i in range(how_many):
        day = start + dt.timedelta(days=int((i + phase) * (DAYS_BACK + DAYS_AHEAD) / how_many))
        weekday = day.weekday()
        yield Slot(day + dt.timedelta(days=7 - weekday) if weekday > 4 else day, line)


class Fates:
    """The fate of each meeting. By counting, not by chance, so that a small sample has some of each."""

    COMING = (Status.CONFIRMED, Status.PROPOSED, Status.POSTPONED, Status.CONFIRMED, Status.PROPOSED)

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.past = self.coming = 0

    def of(self, slot: Slot) -> Status:
        if slot.day >= self.today:
            self.coming += 1
            return self.COMING[(self.coming - 1) % len(self.COMING)]
        self.past += 1
        if self.past % 13 == 7:
            return Status.CANCELLED
        return Status.POSTPONED if self.past % 29 == 20 else Status.HELD
