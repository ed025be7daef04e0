"""By when a series should have met again: the day from which a meeting still counts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.dossiers.series import add_months
from meetings.intervals import earliest


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 60))
def test_a_meeting_of_that_day_is_within_the_interval_and_none_before(today: dt.date, months: int) -> None:
    first = earliest(today, months)
    assert add_months(first, months) >= today > add_months(first - dt.timedelta(days=1), months)


@pytest.mark.parametrize(
    ("today", "months", "day"),
    [("2026-03-31", 1, "2026-03-01"), ("2026-03-28", 1, "2026-02-28"), ("2026-07-15", 6, "2026-01-15")],
)
def test_short_months(today: str, months: int, day: str) -> None:
    assert earliest(dt.date.fromisoformat(today), months) == dt.date.fromisoformat(day)


def test_an_interval_of_thousands_of_years_is_never_over() -> None:
    assert earliest(dt.date(2026, 7, 15), 32_767) == dt.date.min
