"""Meeting intervals: who, by the interval of a series, should have been met again by now."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from django.db.models import Q
from django.utils import timezone

from engagement.core.lists.date_filters import on_days
from engagement.core.types import Rows

from .dossiers.series import add_months
from .models import Series

ZONES = dt.timedelta(days=2)
"""So far a day, in the time zone of a meeting, may lie from the same day in ours."""


def earliest(today: dt.date, months: int) -> dt.date:
    """The first day of which so many months later is not before today."""
    if months >= (today.year - 1) * 12:
        return dt.date.min
    day = add_months(today, -months)
    return day + dt.timedelta(days=day.day < today.day)


@dataclass(frozen=True)
class Intervals:
    """The intervals that series have, in months. They are few, so each is asked for by a day that is known."""

    months: tuple[int, ...]
    today: dt.date

    @classmethod
    def known(cls) -> Self:
        found = Series._base_manager.order_by("cadence_months").values_list("cadence_months", flat=True).distinct()
        return cls(tuple(months for months in found if months is not None), timezone.localdate())

    def not_met(self, held: Rows, leads_to: str, has: Callable[[int], Q]) -> Q:
        """Rows that have one of the intervals (``has`` says which do) and none of the meetings within it, from which
        ``leads_to`` leads to them. Asked the other way round, meeting by meeting of a row, it would take long.
        """
        found = Q(pk__in=[])
        for interval in self.months:
            first = earliest(self.today, interval)
            # The moment is said as well, for the index by which meetings are put in order.
            moments = on_days("starts_at", first - ZONES, None) if first > dt.date.min + ZONES else Q()
            lately = held.filter(moments, starts_on__gte=first, **{f"{leads_to}__isnull": False})
            found |= Q(has(interval), ~Q(pk__in=lately.order_by().values(leads_to)))
        return found
