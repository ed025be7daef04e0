"""Factory of a sample promise's events, from the day it was made until today."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engagement.core.types import Actor
from engagement.followups.models import FollowUp, FollowUpEvent
from engagement.followups.models.status import Status
from meetings.models.times import default_time_zone, moment

from . import names

FAR = 60


@dataclass
class Story:
    """Works out dates, status and events of a follow-up, and writes them into it."""

    followup: FollowUp
    born: dt.date
    today: dt.date
    rng: random.Random
    by: Actor
    waits_on: Any

    def tell(self) -> Iterator[FollowUpEvent]:
        """The events in their order; afterwards the follow-up stands as the last one says."""
        followup, rng = self.followup, self.rng
        original = None if rng.random() < 0.1 else self.born + dt.timedelta(days=rng.randrange(14, 200))
        followup.due_on = followup.original_due_on = original
        moved = original is not None and rng.random() < 0.18
        due = original + dt.timedelta(days=rng.randrange(14, 91)) if original and moved else original
        end = self._end(due)
        last = self._last_day(end, due)
        steps = [*(["move"] if moved else []), *self._way(end)]
        days = sorted(self._day_between(self.born, last) for _ in steps)
        for place, (step, day) in enumerate(zip(steps, days, strict=True)):
            if step == "move" and original and due:
                yield from self._move_half_way(original, due, day)
            closes = place == len(steps) - 1 and step in (Status.DONE, Status.CANCELLED)
            yield self._event(step, last if closes else day, place, due)

    def _end(self, due: dt.date | None) -> Status:
        """Old promises are mostly kept; some of the rest are late."""
        if due is None:
            closed = self.rng.random() < 0.5
        elif due >= self.today:
            closed = self.rng.random() < 0.15
        else:
            closed = self.rng.random() < (0.6 if (self.today - due).days < 400 else 0.95)
        if closed:
            return Status.CANCELLED if self.rng.random() < 0.12 else Status.DONE
        return self.rng.choice((Status.OPEN, Status.OPEN, Status.IN_PROGRESS, Status.WAITING))

    def _last_day(self, end: Status, due: dt.date | None) -> dt.date:
        """The day it was closed, in time or late; for an open one yesterday."""
        yesterday = max(self.today - dt.timedelta(days=1), self.born)
        if end not in (Status.DONE, Status.CANCELLED) or due is None:
            return yesterday
        if end == Status.DONE and self.rng.random() < 0.3:
            return min(due + dt.timedelta(days=self.rng.randrange(1, 60)), yesterday)
        return min(self._day_between(self.born, due), yesterday)

    def _day_between(self, first: dt.date, last: dt.date) -> dt.date:
        return first + dt.timedelta(days=self.rng.randrange(max((last - first).days, 0) + 1))

    def _way(self, end: Status) -> list[str]:
        way: list[str] = []
        if end == Status.IN_PROGRESS or (end != Status.OPEN and self.rng.random() < 0.5):
            way.append(Status.IN_PROGRESS)
        if end == Status.WAITING or (end == Status.DONE and self.rng.random() < 0.15):
            way.append(Status.WAITING)
        if end in (Status.DONE, Status.CANCELLED):
            way += [end, Status.OPEN, end] if self.rng.random() < 0.04 else [end]
        return way

    def _move_half_way(self, original: dt.date, due: dt.date, day: dt.date) -> Iterator[FollowUpEvent]:
        """A promise that moves far moves twice, the first time half as far."""
        if (due - original).days > FAR and (day - self.born).days > 1:
            half = original + (due - original) // 2
            yield self._event("move", self.born + (day - self.born) // 2, 0, half, names.MOVE_REASONS[day.day % 3])

    def _event(self, step: str, day: dt.date, place: int, due: dt.date | None, reason: str = "") -> FollowUpEvent:
        followup = self.followup
        at = moment(day, dt.time(17, place * 7), default_time_zone())
        event = FollowUpEvent(followup=followup, at=at, by=self.by)
        event.from_status, event.from_due_on = followup.status, followup.due_on
        if step == "move":
            followup.times_postponed += 1
            followup.due_on, event.reason = due, reason or self.rng.choice(names.MOVE_REASONS)
        else:
            self._move(event, Status(step), at)
        event.to_status, event.to_due_on = followup.status, followup.due_on
        return event

    def _move(self, event: FollowUpEvent, to: Status, at: dt.datetime) -> None:
        followup, rng = self.followup, self.rng
        followup.status, followup.status_changed_at = to, at
        followup.waiting_on = self.waits_on if to == Status.WAITING else None
        followup.closed_at = followup.closed_by = None
        followup.result = followup.evidence = ""
        if to in (Status.DONE, Status.CANCELLED):
            followup.closed_at, followup.closed_by = at, self.by
        if to == Status.DONE:
            followup.result = event.comment = rng.choice(names.RESULTS)
            followup.evidence = "https://asp.example/letters" if rng.random() < 0.3 else ""
        elif to == Status.WAITING:
            event.reason = rng.choice(names.WAIT_REASONS)
        elif to == Status.CANCELLED:
            event.reason = rng.choice(names.DROP_REASONS)
        elif to == Status.OPEN:
            event.reason = "Closed too early: a part was missing."
