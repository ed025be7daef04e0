"""The page of a series: numbers, gaps, what is next; and its minutes as one book."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from meetings.dossiers.series import Gap, SeriesDossier, add_months
from meetings.models import Series
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.pages.reading import page_text
from tests.people import People

VISITOR = AnonymousUser()


@pytest.fixture
def series(db: None) -> Series:
    return make.make_series("The bilateral", cadence_months=6)


def meet(series: Series, ordinal: int, day: dt.date, *, level: int = PUBLIC, **fields: Any) -> Any:
    maker = make.make_public if level == PUBLIC else make.make_held
    fields = {"series": series, "ordinal": ordinal, "starts_on": day, "host": series.host, **fields}
    return maker(f"Sitting {ordinal}", visibility=level, **fields)


def gaps(series: Series, user: Any = VISITOR) -> list[tuple[int, int]]:
    return [(entry.first, entry.last) for entry in SeriesDossier(series, user).entries if isinstance(entry, Gap)]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2025, 5, 8), 6, dt.date(2025, 11, 8)),
        (dt.date(2025, 8, 31), 6, dt.date(2026, 2, 28)),
        (dt.date(2023, 11, 30), 3, dt.date(2024, 2, 29)),
        (dt.date(2025, 12, 1), 12, dt.date(2026, 12, 1)),
        (dt.date(2025, 12, 1), 1, dt.date(2026, 1, 1)),
    ],
)
def test_adding_months(day: dt.date, months: int, expected: dt.date) -> None:
    assert add_months(day, months) == expected


def test_gaps_are_named(series: Series) -> None:
    meet(series, 2, dt.date(2023, 5, 8))
    meet(series, 4, dt.date(2024, 5, 8))
    meet(series, 8, dt.date(2025, 5, 8))
    assert gaps(series) == [(5, 7), (3, 3), (1, 1)]
    text = page_text(series.get_absolute_url())
    for told in ("Fifth to seventh:", "Third:", "First:"):
        assert f"{told} no public record" in text


def test_a_gap_says_not_why(series: Series, people: People) -> None:
    """Whether a meeting is missing or only not for this reader, the page is the same, to the letter."""
    meet(series, 1, dt.date(2023, 5, 8))
    meet(series, 3, dt.date(2025, 5, 8))
    before = {name: page_text(series.get_absolute_url(), user) for name, user in people if name in OUTSIDE}
    meet(series, 2, dt.date(2024, 5, 8), level=INTERNAL)
    meet(series, 4, dt.date(2025, 9, 8), level=INTERNAL)
    after = {name: page_text(series.get_absolute_url(), user) for name, user in people if name in OUTSIDE}
    assert before == after
    assert "Second: no public record" in after["visitor"]


OUTSIDE = {"visitor", "stranger", "representative"}


def test_the_secretariat_knows_that_a_number_is_not_recorded(series: Series, people: People) -> None:
    meet(series, 1, dt.date(2023, 5, 8))
    meet(series, 3, dt.date(2025, 5, 8))
    text = page_text(series.get_absolute_url(), people.secretary)
    assert "Second: no record" in text
    assert "not public" not in text.split("Second:")[1].split("First:")[0]


def test_who_may_see_the_meeting_sees_no_gap(series: Series, people: People) -> None:
    meet(series, 1, dt.date(2023, 5, 8))
    meet(series, 2, dt.date(2024, 5, 8), level=SHARED, counterparts=[people.ours])
    meet(series, 3, dt.date(2025, 5, 8))
    assert gaps(series, people.representative) == []
    assert gaps(series, people.stranger) == [(2, 2)]


@time_machine.travel(dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC))
def test_the_next_is_expected_from_the_last_and_the_rhythm(series: Series) -> None:
    meet(series, 1, dt.date(2024, 11, 8))
    meet(series, 2, dt.date(2025, 5, 8))
    following = SeriesDossier(series, VISITOR).next
    assert (following.meeting, following.expected_on, following.is_past) == (None, dt.date(2025, 11, 8), False)
    assert "Expected about November 2025" in page_text(series.get_absolute_url())


@time_machine.travel(dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC))
def test_an_expected_day_that_is_over_is_told_as_such(series: Series) -> None:
    meet(series, 1, dt.date(2025, 5, 8))
    assert "Was expected in November 2025, no date set" in page_text(series.get_absolute_url())


@time_machine.travel(dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC))
def test_an_announced_meeting_comes_before_any_expectation(series: Series) -> None:
    meet(series, 1, dt.date(2025, 5, 8))
    coming = make.make_meeting("Sitting to come", series=series, host=series.host, starts_on=dt.date(2025, 12, 1),
                               counterparts=[make.make_organization()], visibility=PUBLIC)  # fmt: skip
    coming.confirm(by=None)
    coming.publish(by=None)
    assert SeriesDossier(series, VISITOR).next.meeting == coming
    text = page_text(series.get_absolute_url())
    assert "Next meeting Sitting to come 1 December 2025" in text
    assert "expected" not in text


@time_machine.travel(dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC))
def test_what_is_planned_in_private_does_not_change_what_the_public_expects(series: Series, people: People) -> None:
    meet(series, 1, dt.date(2025, 5, 8))
    make.make_meeting("Quiet plan", series=series, starts_on=dt.date(2025, 10, 1), visibility=INTERNAL)
    assert "Expected about November 2025" in page_text(series.get_absolute_url())
    assert "Next meeting Quiet plan" in page_text(series.get_absolute_url(), people.manager)


def test_no_rhythm_no_expectation(db: None) -> None:
    series = make.make_series("As needed", cadence_months=None)
    meet(series, 1, dt.date(2025, 5, 8))
    text = page_text(series.get_absolute_url())
    assert "This series meets as needed." in text
    assert "expected" not in text


def book(series: Series) -> str:
    return f"{series.get_absolute_url()}book/"


def test_the_book_has_every_meeting_held_in_its_order(series: Series) -> None:
    meet(series, 2, dt.date(2025, 5, 8), summary="What the second said")
    meet(series, 1, dt.date(2024, 5, 8), summary="What the first said")
    coming = make.make_meeting("Not yet held", series=series, visibility=PUBLIC, starts_on=dt.date(2199, 1, 1))
    text = page_text(book(series))
    assert text.index("What the first said") < text.index("What the second said")
    assert text.index("Contents First: Sitting 1") < text.index("Second: Sitting 2")
    assert coming.title not in text


def test_each_reader_gets_a_book_of_their_own(series: Series, people: People) -> None:
    meet(series, 1, dt.date(2024, 5, 8), summary="Open words", internal_notes="Never print this")
    shared = meet(series, 2, dt.date(2025, 5, 8), level=SHARED, summary="Shared words", counterparts=[people.ours])
    make.make_discussion(shared, "Quiet item", said="Quiet words", visibility=INTERNAL, internal_notes="Nor this")
    readings = {name: page_text(book(series), user) for name, user in people}
    for name, text in readings.items():
        assert "Open words" in text
        assert ("Shared words" in text) == (name not in ("visitor", "stranger"))
        assert ("Quiet words" in text) == (name in ("secretary", "manager", "publisher"))
        assert "Never print this" not in text and "Nor this" not in text


def test_the_contents_lead_to_the_chapters(series: Series) -> None:
    first = meet(series, 1, dt.date(2024, 5, 8))
    markup = Client().get(book(series)).content.decode()
    assert f'href="#chapter-{first.pk}"' in markup and f'id="chapter-{first.pk}"' in markup


def test_the_book_of_a_renamed_series_is_found(series: Series) -> None:
    meet(series, 1, dt.date(2024, 5, 8))
    former = book(series)
    series.title = "The dialogue"
    series.save()
    response = Client().get(former)
    assert (response.status_code, response.headers["Location"]) == (301, book(series))
