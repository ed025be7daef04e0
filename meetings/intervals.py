"""Meeting intervals: who, by the interval of a series, should have been met again by now."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.db import connection
from django.db.models import Case, F, Max, Q, Value, When
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils import timezone

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
    """The intervals that series have, in months. They are few, so each is said as a day that is known."""

    months: tuple[int, ...]
    today: dt.date

    @classmethod
    def known(cls) -> Self:
        regular = Series._base_manager.filter(cadence_months__isnull=False).order_by("cadence_months")
        found = regular.values_list("cadence_months", flat=True).distinct()
        return cls(tuple(months for months in found if months is not None), timezone.localdate())

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

    def not_met(self, held: Rows) -> Q:
        """Series that have one of the intervals and were not met within it. Each has the day of its latest meeting put
        beside it, in one walk over the meetings of the longest interval."""
        if not self.months:
            return Q(pk__in=[])
        lately = held.filter(starts_on__gte=min(self.days.values()), series__isnull=False).order_by()
        last = lately.values(met=F("series")).annotate(last=Max("starts_on")).values("met", "last")
        last_sql, params = last.query.sql_with_params()
        table = connection.ops.quote_name(Series._meta.db_table)
        within = " ".join("WHEN cadence_months = %s THEN %s" for _interval in self.days)
        values = [value for interval, day in self.days.items() for value in (interval, _stored(day))]
        sql = (
            f"SELECT id FROM {table} LEFT JOIN ({last_sql}) AS latest ON met = id"
            f" WHERE cadence_months IS NOT NULL AND (last IS NULL OR last < CASE {within} END)"
        )
        return Q(pk__in=RawSQL(sql, (*params, *values)))


def _stored(day: dt.date) -> Any:
    """As this database keeps a day."""
    return connection.ops.adapt_datefield_value(day)
