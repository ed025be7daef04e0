"""Bulk save of meetings: the derived columns of saving one, for many at once; see ``engagement/core/bulk.py``."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from engagement.core.bulk import Rule, refer
from engagement.core.models import Visibility

from .models import Meeting, Participant, Party, Regime, Series
from .models.deadlines import earliest
from .models.times import local_day


def meetings(rows: Sequence[Any]) -> None:
    """References by the year of the date, or by ``reference_year`` where there is none; moments; who may see it."""
    refer("BM", rows, [row.starts_on.year if row.starts_on else row.reference_year for row in rows])
    for row in rows:
        row._set_moments()
        if row.published_at is None:
            row.level_cap_in_bulk = Visibility.SHARED
        else:
            row.published_on = local_day(row.published_at, row.time_zone)
    _give_deadlines([row for row in rows if row.published_at is None and row.series_id is not None])


def _give_deadlines(rows: Sequence[Any]) -> None:
    """By the rules of the series, since what is new has none of its own."""
    links = Series.regimes.through._base_manager.filter(series__in={row.series_id for row in rows})
    by_series: dict[int, list[Regime]] = {}
    for link in links.select_related("regime"):
        by_series.setdefault(link.series_id, []).append(link.regime)
    for row in rows:
        row.publication_due_on = earliest(row, by_series.get(row.series_id, ()))


def participants(rows: Sequence[Any]) -> None:
    """Up to the counterpart, where the rule of a name does not let it be published."""
    for row in rows:
        if not row.may_be_published:
            row.level_cap_in_bulk = Visibility.SHARED


def parties(rows: Sequence[Any]) -> None:
    """The day on which they were met."""
    for row in rows:
        row.held_on = row.meeting.starts_on if row.meeting.status == Meeting.Status.HELD else None


RULES: dict[type[Model], Rule] = {Meeting: meetings, Participant: participants, Party: parties}
