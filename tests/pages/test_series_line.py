"""The line of a series: a dot for each meeting a reader may see, gaps, what comes next; the table says the same."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from meetings.models import Meeting, Series
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.pages.charts import drawn_dots, drawn_marks, markup_of, section_of, table_rows
from tests.people import People

READERS = ("visitor", "representative", "stranger", "secretary")
NOW = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)


def line_of(series: Series, user: Any) -> str:
    return section_of(markup_of(series.get_absolute_url(), user), "line")


def meet(series: Series, ordinal: int, year: int, *, level: int = PUBLIC, **fields: Any) -> Meeting:
    maker = make.make_public if level == PUBLIC else make.make_held
    fields = {"series": series, "host": series.host, "starts_on": dt.date(year, 5, 8), **fields}
    return maker(f"Sitting {ordinal}", ordinal=ordinal, visibility=level, **fields)


@pytest.fixture
def series(people: People) -> Series:
    """Of five numbers: two public ones, one shared with each side, an internal one."""
    series = make.make_series("The bilateral", cadence_months=12)
    meet(series, 1, 2021)
    meet(series, 2, 2022, level=SHARED, counterparts=[people.ours])
    meet(series, 3, 2023, level=SHARED, counterparts=[people.theirs])
    meet(series, 4, 2024, level=INTERNAL)
    meet(series, 5, 2025)
    return series


@time_machine.travel(NOW)
def test_each_reader_is_drawn_what_they_may_see_and_the_table_says_the_same(series: Series, people: People) -> None:
    dots = {name: drawn_dots(line_of(series, getattr(people, name))) for name in READERS}
    assert dots["visitor"] == ["1", "2–4", "5", "?"]
    assert dots["representative"] == ["1", "2", "3–4", "5", "?"]
    assert dots["stranger"] == ["1", "2", "3", "4", "5", "?"]
    assert dots["secretary"] == ["1", "2", "3", "4", "5", "?"]
    for name in READERS:
        user = getattr(people, name)
        section = line_of(series, user)
        seen = [one.get_absolute_url() for one in Meeting.objects.visible_to(user).order_by("starts_at")]
        assert [url for _title, url in drawn_marks(section)] == seen
        rows = table_rows(section)
        assert len(rows) == len(dots[name]) and all(all(row) for row in rows)
        linked = [", ".join(row) for row in rows if row[2] not in ("No public record", "Expected, no date set")]
        assert linked == [title for title, _url in drawn_marks(section)]


def test_a_number_that_is_hidden_looks_like_one_that_is_not_recorded(people: People) -> None:
    series = make.make_series("The bilateral")
    meet(series, 1, 2021)
    meet(series, 3, 2023)
    before = {name: line_of(series, getattr(people, name)) for name in READERS}
    meet(series, 2, 2022, level=INTERNAL)
    meet(series, 4, 2024, level=INTERNAL)
    for name in READERS:
        assert (line_of(series, getattr(people, name)) == before[name]) == (name != "secretary")


@time_machine.travel(NOW)
def test_the_next_one_is_announced_or_expected_in_its_place(series: Series, people: People) -> None:
    assert table_rows(line_of(series, people.visitor))[-1] == ["Next meeting", "May 2026", "Expected, no date set"]
    put_off = make.make_meeting("Much later", series=series, visibility=PUBLIC, starts_on=dt.date(2030, 1, 1))
    put_off.postpone(by=None, reason="Too early")
    assert [row[0] for row in table_rows(line_of(series, people.secretary))][-2:] == ["Next meeting", "Much later"]
    coming = make.make_meeting("Coming", series=series, host=series.host, counterparts=[people.ours],
                               visibility=PUBLIC, starts_on=dt.date(2026, 4, 1))  # fmt: skip
    rows = table_rows(line_of(series, people.secretary))
    assert [coming.title, "1 April 2026", "Next, proposed"] in rows
    assert "expected" not in str(rows)


def test_one_meeting_alone_is_no_line(people: People) -> None:
    series = make.make_series("Once", cadence_months=None)
    meet(series, 1, 2021)
    assert line_of(series, people.secretary) == ""


def test_of_a_long_series_the_latest_are_drawn(people: People) -> None:
    series = make.make_series("Long", cadence_months=None)
    for number in range(1, 13):
        meet(series, number, 2000 + number, level=INTERNAL)
    section = line_of(series, people.secretary)
    assert drawn_dots(section) == [str(number) for number in range(5, 13)]
    assert "Earlier ones are not shown." in section
    assert len(table_rows(section)) == 8
