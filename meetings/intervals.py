"""Meeting intervals: who, by the interval of a series, should have been met again by now."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.db.models import Case, Exists, OuterRef, Value, When
from django.http import HttpRequest
from django.utils import timezone

from engagement.core.prepared_queries import PreparedQuery
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


KNOWN = PreparedQuery(
    lambda: (
        Series._base_manager.filter(cadence_months__isnull=False)
        .order_by("cadence_months")
        .values_list("cadence_months")
        .distinct()
    )
)


@dataclass(frozen=True)
class Intervals:
    """The intervals that series have, in months. They are few, so each is said as a day that is known."""

    months: tuple[int, ...]
    today: dt.date

    @classmethod
    def known(cls) -> Self:
        return cls(tuple(months for (months,) in KNOWN.ask()), timezone.localdate())

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Asked once while this request is answered, however many lists and filters use them."""
        found: Self | None = getattr(request, "intervals", None)
        if found is None:
            found = cls.known()
            request.intervals = found  # type: ignore[attr-defined]
        return found

    @cached_property
    def days(self) -> dict[int, dt.date]:
        """The first day within each interval that ends today."""
        return {months: earliest(self.today, months) for months in self.months}

    def since(self, path: str) -> Case:
        """The first day within the interval to which this leads."""
        return Case(*(When(**{path: months}, then=Value(day)) for months, day in self.days.items()))

    def not_met(self, serieses: Rows, held: Rows) -> Rows:
        """Series that have one of the intervals and were not met within it: an anti-join with the meetings of the
        longest interval, of which each series lets those count that fall into its own."""
        if not self.months:
            return serieses.none()
        lately = held.filter(series=OuterRef("pk"), starts_on__gte=min(self.days.values()))
        met = lately.filter(starts_on__gte=OuterRef("since")).order_by()
        return serieses.alias(since=self.since("cadence_months")).filter(~Exists(met), cadence_months__isnull=False)
