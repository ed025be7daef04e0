"""Meeting intervals: who, by the interval of a series, should have been met again by now."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from django.db import connection
from django.db.models import F, Max, Q
from django.db.models.expressions import RawSQL
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
    """The intervals that series have, in months. They are few, so each is said as a day that is known."""

    months: tuple[int, ...]
    today: dt.date

    @classmethod
    def known(cls) -> Self:
        found = Series._base_manager.order_by("cadence_months").values_list("cadence_months", flat=True).distinct()
        return cls(tuple(months for months in found if months is not None), timezone.localdate())

    def not_met(self, held: Rows, leads_to: str, named: Rows) -> Q:
        """Rows that have one of the intervals and none of the meetings within it, from which ``leads_to`` leads to
        them. ``named`` gives the key of each row that has an interval, as ``who``, and the interval, as ``cadence``.

        Each row has the day of its latest meeting put beside it, in one walk over the meetings of the longest interval.
        Asked interval by interval, or meeting by meeting of a row, they would be walked over again and again.
        """
        if not self.months:
            return Q(pk__in=[])
        days = {interval: earliest(self.today, interval) for interval in self.months}
        first = min(days.values())
        # The moment is said as well, for the index by which meetings are put in order.
        moments = on_days("starts_at", first - ZONES, None) if first > dt.date.min + ZONES else Q()
        lately = held.filter(moments, starts_on__gte=first, **{f"{leads_to}__isnull": False}).order_by()
        last = lately.values(met=F(leads_to)).annotate(last=Max("starts_on")).values("met", "last")
        named_sql, params = named.order_by().query.sql_with_params()
        last_sql, more = last.query.sql_with_params()
        within = " ".join("WHEN cadence = %s THEN %s" for _interval in days)
        values = [value for interval, day in days.items() for value in (interval, _stored(day))]
        sql = (
            f"SELECT who FROM ({named_sql}) AS named LEFT JOIN ({last_sql}) AS latest ON met = who"
            f" WHERE last IS NULL OR last < CASE {within} END"
        )
        return Q(pk__in=RawSQL(sql, (*params, *more, *values)))


def _stored(day: dt.date) -> Any:
    """As this database keeps a day."""
    return connection.ops.adapt_datefield_value(day)
