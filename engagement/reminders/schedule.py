"""Reminder schedule: the days on which somebody is reminded. Nothing here asks the database.

Before the due day, 14, 7, 3, 1 and 0 days ahead; then on the first day that is overdue and each week after it. Of what
waits on us, on the first day beyond 30 and each week after it.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from .models import Frequency

DAYS_BEFORE = (14, 7, 3, 1, 0)
FIRST_DAY_BEFORE = max(DAYS_BEFORE)
WAITS_LONG = 30
WEEK = 7
MADE_UP = 7
"""So many days on which nothing ran are made up for."""

Falls = Callable[[dt.date], bool]


def falls_before_or_after(due_on: dt.date, day: dt.date) -> bool:
    left = (due_on - day).days
    return left in DAYS_BEFORE or (left < 0 and (-left - 1) % WEEK == 0)


def falls_while_waiting(since: dt.date, day: dt.date) -> bool:
    more = (day - since).days - WAITS_LONG
    return more > 0 and (more - 1) % WEEK == 0


def days_told(frequency: str, today: dt.date, last_run: dt.date | None) -> Sequence[dt.date]:
    """The days whose reminders are told today. The day of the last run is among them, for what was recorded after it;
    what was told is not told again. For once a week these are those since the Monday before."""
    first = max(last_run, today - dt.timedelta(days=MADE_UP)) if last_run else today
    days = _days(first, today)
    if frequency == Frequency.NEVER:
        return []
    if frequency == Frequency.DAILY:
        return days
    mondays = [day for day in days if day.weekday() == 0 and day != last_run]
    return _days(mondays[-1] - dt.timedelta(days=WEEK), today) if mondays else []


def last_fall(days: Sequence[dt.date], falls: Falls) -> dt.date | None:
    """The latest of these days on which a reminder falls."""
    return max(filter(falls, days), default=None)


def days_back(today: dt.date) -> Sequence[dt.date]:
    """Every day that anybody could be told of today."""
    return _days(today - dt.timedelta(days=MADE_UP + WEEK), today)


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
