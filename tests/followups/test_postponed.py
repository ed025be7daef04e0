"""Due dates with memory: how often a promise was postponed, by how many days, and who reads why."""

import datetime as dt
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from engagement.followups.models import FollowUp
from engagement.followups.templatetags.followups_display import short_slippage, slippage
from tests import makers as make
from tests.exports.reading import csv_rows, fetch
from tests.makers import PUBLIC
from tests.people import People, client_of

pytestmark = pytest.mark.both_databases

FIRST = dt.date(2025, 3, 3)
Steps = list[dt.date | None]


def later(days: int) -> dt.date:
    return FIRST + dt.timedelta(days=days)


@pytest.fixture(autouse=True)
def march() -> Iterator[None]:
    with time_machine.travel("2025-03-01 12:00 +00:00"):
        yield


def moved(people: People, start: dt.date | None, *steps: dt.date | None, **fields: object) -> FollowUp:
    followup = make.make_followup(due_on=start, **fields)
    for number, day in enumerate(steps):
        followup.move_due(by=people.manager, to=day, reason=f"Reason {number}.")
    return followup


CASES: list[tuple[Steps, int, int | None, str]] = [
    ([FIRST], 0, 0, ""),
    ([None, FIRST], 0, 0, ""),  # a date set for the first time
    ([FIRST, FIRST], 0, 0, ""),
    ([FIRST, later(1)], 1, 1, "postponed once, 1 day in all"),
    ([FIRST, later(14), later(45)], 2, 45, "postponed twice, 45 days in all"),
    ([FIRST, None], 1, None, "postponed once"),
    ([FIRST, None, later(9)], 1, 9, "postponed once, 9 days in all"),  # taken away, and given again
    ([FIRST, later(9), later(3), later(30)], 3, 30, "postponed 3 times, 30 days in all"),
    ([FIRST, later(9), FIRST], 2, 0, "postponed twice, now due on the original date"),
    ([later(2), later(1)], 1, -1, "postponed once, now 1 day earlier"),
]


@pytest.mark.parametrize(("days", "times", "slipped", "words"), CASES)
def test_a_promise_remembers(people: People, days: Steps, times: int, slipped: int | None, words: str) -> None:
    followup = moved(people, *days)
    stored = FollowUp.objects.get()
    assert (stored.times_postponed, stored.days_slipped, slippage(stored)) == (times, slipped, words)
    assert sum(event.postponed for event in followup.events.all()) == times
    assert FollowUp.objects.postponed().exists() == (times > 0)
    assert FollowUp.objects.postponed(2).exists() == (times > 1)
    for than in (0, 30, 44):
        assert FollowUp.objects.slipped(than).exists() == ((slipped or 0) > than)


def test_a_narrow_column_says_how_often(people: People) -> None:
    assert short_slippage(moved(people, FIRST, later(2), later(45))) == "moved 2×"


def test_only_the_verb_counts(people: People) -> None:
    followup = moved(people, FIRST, later(1))
    followup.times_postponed = 0
    followup.title = "Another"
    followup.save()
    assert FollowUp.objects.get().times_postponed == followup.times_postponed == 1
    with pytest.raises(ValidationError):
        FollowUp.objects.update(times_postponed=0)
    assert make.make_followup(due_on=FIRST, times_postponed=7).times_postponed == 0
    with pytest.raises(ValidationError):
        followup.move_due(by=people.manager, to=later(2), reason="")
    assert followup.times_postponed == 1


def test_an_upgrade_counts_what_happened_before(people: People) -> None:
    expected = {moved(people, *days).pk: times for days, times, _slipped, _words in CASES}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE followups_followup SET times_postponed = 0")
    migration = import_module("engagement.followups.migrations.0012_times_postponed")
    for _again in range(2):
        migration.count_postponements(apps, SimpleNamespace(connection=connection))
        assert dict(FollowUp.objects.values_list("pk", "times_postponed")) == expected


@pytest.fixture
def public(people: People) -> FollowUp:
    return moved(people, FIRST, later(14), later(45), meeting=make.make_public(starts_on=later(-40)), visibility=PUBLIC)


def test_everybody_reads_how_often_and_the_secretariat_why(public: FollowUp, people: People) -> None:
    words = "Originally due on 3 March 2025; postponed twice, 45 days in all"
    for user in (people.visitor, people.manager):
        page = " ".join(client_of(user).get(public.get_absolute_url()).text.split())
        assert words in page
        assert ("To 17 Mar 2025: Reason 0." in page) == ("Reason 1." in page) == (user == people.manager)
        listed = client_of(user).get("/follow-ups/?moved=1").text
        assert "Postponed twice, 45 days in all" in listed
        assert "Reason 1." not in listed


def test_files_tell_the_same(public: FollowUp, people: People) -> None:
    for user in (people.visitor, people.manager):
        [row] = csv_rows(fetch(client_of(user), "/follow-ups.csv"))
        assert (row["times_postponed"], row["days_slipped"]) == ("2", "45")
        told = row.get("postponement_reasons")
        assert told == ("Reason 0.; Reason 1." if user == people.manager else None)


def test_the_most_often_postponed_come_first(people: People) -> None:
    for number, days in enumerate(([FIRST], [FIRST, later(1), later(2)], [FIRST, later(1)])):
        moved(people, *days, title=f"Promise {number}")
    page = client_of(people.manager).get("/follow-ups/?sort=-postponed").text
    places = [page.index(f">Promise {number}</a>") for number in (1, 2, 0)]
    assert places == sorted(places)
