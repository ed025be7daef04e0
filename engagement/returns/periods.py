"""Reporting periods: months, quarters, four months, half-years; named in addresses by their first month."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format

from meetings.models.deadlines import MONTHS, end_of_period
from meetings.models.regimes import Regime

YEARS_BACK = 6
_KEY = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True)
class Period:
    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, kind: str, day: dt.date) -> Self:
        """The period in which this day is."""
        months = MONTHS[Regime.Period(kind)]
        return cls(day.replace(month=(day.month - 1) // months * months + 1, day=1), end_of_period(day, kind))

    @classmethod
    def read(cls, kind: str, key: str) -> Self | None:
        """Parse the first month of a period from an address; None for any other text."""
        found = _KEY.fullmatch(key)
        if not found or not 1900 <= int(found[1]) <= 2199 or not 1 <= int(found[2]) <= 12:
            return None
        day = dt.date(int(found[1]), int(found[2]), 1)
        period = cls.of(kind, day)
        return period if period.first == day else None

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    def __str__(self) -> str:
        if self.first.month == self.last.month:
            return date_format(self.first, "F Y")
        return f"{date_format(self.first, 'F')} – {date_format(self.last, 'F Y')}"


def recent(kind: str, today: dt.date) -> list[Period]:
    """The latest first: the one under way, and those of some years back."""
    period, found = Period.of(kind, today), []
    while period.first.year >= today.year - YEARS_BACK:
        found.append(period)
        period = Period.of(kind, period.first - dt.timedelta(days=1))
    return found


def last_over(kind: str, today: dt.date) -> Period:
    """The latest that is over: a return is made of it."""
    return Period.of(kind, Period.of(kind, today).first - dt.timedelta(days=1))
