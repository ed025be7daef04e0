"""Query cache: kept answers are given until something is written, and to nobody whose question is another."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.core.lists.counts import count_all
from engagement.core.query_cache import KeptAnswers
from meetings.models import Meeting
from tests import makers as make
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["pages"].clear()


def titles(user: Any) -> list[Any]:
    rows = Meeting.objects.visible_to(user).order_by("pk")
    return KeptAnswers().values(rows.values_list("title", flat=True)[:5])


def test_it_is_asked_once_until_something_is_written(people: People) -> None:
    make.make_public("First")
    assert titles(people.manager) == ["First"]
    with CaptureQueriesContext(connection) as asked:
        assert titles(people.manager) == ["First"]
    assert [query["sql"] for query in asked if "meetings_meeting" in query["sql"]] == []
    make.make_public("Second")
    assert titles(people.manager) == ["First", "Second"]


def test_nobody_is_given_the_answer_of_somebody_else(people: People) -> None:
    make.make_held("Shared", counterparts=[people.ours], visibility=10)
    assert titles(people.manager) == ["Shared"]
    assert titles(people.representative) == ["Shared"]
    assert titles(people.stranger) == []
    assert titles(people.visitor) == []


def test_counts_are_kept_alike(people: People) -> None:
    make.make_public("First")
    rows = {"all": Meeting.objects.visible_to(people.visitor)}
    assert count_all(rows, KeptAnswers()) == count_all(rows) == {"all": 1}
    Meeting.objects.get().withdraw(by=people.publisher, reason="Wrong")
    assert count_all(rows, KeptAnswers()) == {"all": 0}


def test_what_is_written_while_it_is_asked_is_not_hidden_by_the_answer(people: People) -> None:
    def ask() -> int:
        number = Meeting.objects.count()
        make.make_public("Meanwhile")
        return number

    assert KeptAnswers().answer("how many", ask) == 0
    assert KeptAnswers().answer("how many", Meeting.objects.count) == 1


def test_an_answer_does_not_outlast_its_day(people: People) -> None:
    with time_machine.travel(dt.datetime(2026, 5, 8, 21, 59, tzinfo=dt.UTC), tick=False) as clock:
        assert KeptAnswers().answer("today", lambda: "8 May") == "8 May"
        clock.shift(dt.timedelta(minutes=2))
        assert KeptAnswers().answer("today", lambda: "9 May") == "9 May"
