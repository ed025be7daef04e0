"""Meeting intervals: who, by the interval of a series, should have been met again by now."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from django.db.models import Exists, Q
from django.utils import timezone

from engagement.core.types import Rows

from .dossiers.series import add_months
from .models import Series


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

    def not_met(self, held: Rows, has: Callable[[int], Q]) -> Q:
        """Rows that have one of the intervals (``has`` says which do) and no meeting among ``held`` within it."""
        found = Q(pk__in=[])
        for interval in self.months:
            lately = held.filter(starts_on__gte=earliest(self.today, interval))
            found |= Q(has(interval), ~Exists(lately))
        return found
