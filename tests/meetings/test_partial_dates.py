"""A meeting of which only the month or the year is known: wherever its date is told, it reads so."""

import datetime as dt
import json
import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.html import strip_tags

from engagement.core.partial_dates import PartialDate
from engagement.imports.models import Import
from engagement.search.nouns.records import days_between
from meetings.date_text import days_of, hours_of
from meetings.models import Meeting
from tests import makers as make
from tests.core.posting import opened, send
from tests.exports.reading import components, csv_rows, fetch
from tests.imports.files import DIARY, committed
from tests.people import People

MARCH = dt.date(2014, 3, 17)


def known_to_the_month(title: str = "", **fields: Any) -> Meeting:
    return make.make_public(title, starts_on=MARCH, date_precision="month", **fields)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("precision", "first", "over", "said", "iso"),
    [
        ("month", "2014-03-01", "2014-03-31", "March 2014", "2014-03"),
        ("year", "2014-01-01", "2014-12-31", "2014", "2014"),
        ("day", "2014-03-17", "2014-03-17", "17 March 2014", "2014-03-17"),
    ],
)
def test_it_is_stored_from_its_first_day_and_over_after_its_last(
    db: None, precision: str, first: str, over: str, said: str, iso: str
) -> None:
    meeting = make.make_meeting(starts_on=MARCH, date_precision=precision, time_zone="UTC")
    meeting.refresh_from_db()
    assert (str(meeting.starts_on), meeting.ends_on, meeting.starts_at) == (
        first,
        None,
        dt.datetime.fromisoformat(f"{first}T00:00Z"),
    )
    assert meeting.ends_at == dt.datetime.fromisoformat(f"{over}T00:00Z") + dt.timedelta(days=1)
    assert meeting.date and (days_of(meeting), meeting.date.iso) == (said, iso)
    assert PartialDate.from_iso(iso) == meeting.date
    assert bool(hours_of(meeting)) == (precision == "day")


def test_a_meeting_from_the_first_to_the_last_is_no_month(db: None) -> None:
    meeting = make.make_meeting(starts_on=dt.date(2014, 3, 1), ends_on=dt.date(2014, 3, 31))
    assert days_of(meeting) == "1 to 31 March 2014"


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "fields",
    [
        {"start_time": dt.time(10)},
        {"ends_on": dt.date(2014, 3, 18)},
        {"starts_on": None},
        {"date_precision": "week"},
    ],
)
def test_the_database_takes_no_hours_and_no_last_day_of_a_month(db: None, fields: dict[str, Any]) -> None:
    meeting = make.make_meeting(starts_on=MARCH, date_precision="month")
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting._base_manager.filter(pk=meeting.pk).update(**fields)


def test_this_month_may_be_held_and_stays_planned_until_it_is_over(people: People) -> None:
    """Any day of the month may be typed, also one that is still to come."""
    with time_machine.travel("2026-03-10 12:00Z"):
        meeting = make.make_held(starts_on=dt.date(2026, 3, 31), date_precision="month")
        planned = make.make_meeting(starts_on=dt.date(2026, 3, 2), date_precision="month")
        assert (meeting.status, planned.is_upcoming) == ("held", True)
        assert planned in Meeting.objects.upcoming()
        series = make.make_series()
        numbered = make.make_meeting(starts_on=dt.date(2026, 3, 2), date_precision="month", series=series)
        numbered.confirm(by=people.manager)
        numbered.cancel(by=people.manager, reason="Nobody had time.")
        assert numbered.ordinal is None, "the month is not over, so the number is given back"
    with time_machine.travel("2026-04-02 12:00Z"):
        assert not planned.is_upcoming


@pytest.fixture(scope="module")
def march(module_people: People) -> Meeting:
    """With one of everything that tells the date of its meeting."""
    host, other = make.make_host("Marching host"), make.make_organization("Marching band", acronym="BAND")
    series = make.make_series("Marches", host=host)
    theme, law = make.make_theme("Marching"), make.make_reference("Marching law")
    topic = make.make_topic("Marching order")
    topic.themes.add(theme)
    meeting = known_to_the_month("Marching meeting", host=host, counterparts=[other], series=series)
    later = make.make_public(
        "Later meeting", host=host, counterparts=[other], series=series, starts_on=dt.date(2015, 6, 5)
    )
    for one, stance in ((meeting, "requests"), (later, "opposes")):
        talk = make.make_discussion(one, topic=topic)
        talk.references.add(law)
        make.make_position(talk, other, stance=stance)
    lone = make.make_organization("Lone band")
    alone = known_to_the_month("Solo meeting", host=host, counterparts=[lone], series=make.make_series("Solos"))
    solo = make.make_discussion(alone, topic=make.make_topic("Solo topic"))
    solo.references.add(make.make_reference("Solo law"))
    make.make_position(solo, lone)
    make.make_followup("Marching promise", meeting=meeting, owner=host, visibility=make.PUBLIC)
    return meeting


PAGES = {
    "/meetings/": "Marching meeting",
    "/meetings/marching-meeting/": "March 2014",
    "/meetings/later-meeting/": "Mar 2014",
    "/organizations/": "Mar 2014",
    "/organizations/marching-band/": "March 2014",
    "/organizations/lone-band/": "Mar 2014",
    "/topics/": "Mar 2014",
    "/topics/marching-order/": "March 2014",
    "/topics/solo-topic/": "March 2014",
    "/themes/marching/": "",
    "/references/solo-law/": "Mar 2014",
    "/series/": "Mar 2014",
    "/series/marches/": "March 2014",
    "/series/marches/book/": "Mar 2014",
    "/follow-ups/": "Mar 2014",
    "/search/?q=marching": "Mar 2014",
    "/search/suggestions/?q=marching": "Mar 2014",
    "/meetings.atom": "March 2014",
    "/admin/meetings/meeting/": "Mar 2014",
}
A_DAY = re.compile(r"\b(1|31|1st|31st) (Mar|March) 2014|2014-03-(01|31)|Mar\w* 31|Mar\w* 1,")


@pytest.mark.both_databases
@pytest.mark.parametrize("address", PAGES)
def test_no_page_tells_a_day_that_nobody_knows(address: str, march: Meeting, people: People) -> None:
    client = Client()
    client.force_login(people.manager)
    page = fetch(client, address).decode()
    words = " ".join(re.sub(r"<[^>]+>", "|", page).split())  # cells side by side are no date
    assert ">1</tspan>" not in page and 'leaf__day">1<' not in page, "nor does a chart or a leaf of the calendar"
    assert PAGES[address] in words
    assert not A_DAY.search(words), A_DAY.search(words)
    assert 'datetime="2014-03-' not in page
    if address == "/meetings/":
        assert 'datetime="2014-03"' in page and "leaf__day" in page


@pytest.mark.both_databases
def test_files_give_valid_dates_and_say_how_much_is_known(march: Meeting, people: People) -> None:
    client = Client()
    row = next(one for one in csv_rows(fetch(client, "/meetings.csv")) if one["title"] == march.title)
    assert (row["starts_on"], row["ends_on"], row["date_precision"]) == ("2014-03-01", "", "month")
    rows = json.loads(fetch(client, "/meetings.json"))["rows"]
    assert {(one["starts_on"], one["date_precision"]) for one in rows} == {
        ("2014-03-01", "month"),
        ("2015-06-05", "day"),
    }
    [promise] = csv_rows(fetch(client, "/follow-ups.csv"))
    assert (promise["meeting_date"], promise["meeting_date_precision"]) == ("2014-03-01", "month")
    series = {one["title"]: one for one in csv_rows(fetch(client, "/series.csv"))}
    assert [series[name]["last_precision"] for name in ("Solos", "Marches")] == ["month", "day"]


def test_a_month_fills_no_days_of_anybodys_calendar(march: Meeting) -> None:
    found = {str(one["summary"]): one for one in components(fetch(Client(), "/meetings.ics"))}
    assert (found["Later meeting"].name, found["Marching meeting"].name) == ("VEVENT", "VJOURNAL")
    assert "dtstart" not in found["Marching meeting"] and found["Marching meeting"]["status"] == "FINAL"
    assert "March 2014" in found["Marching meeting"]["description"]


def test_it_comes_first_of_its_month_and_within_its_bounds(march: Meeting) -> None:
    exact = make.make_public("Exact meeting", starts_on=dt.date(2014, 3, 2))
    asked = "/meetings.csv?from=2014-03-01&to=2014-03-31&sort=date"
    titles = [row["title"] for row in csv_rows(fetch(Client(), asked))]
    assert list(dict.fromkeys(titles)) == ["Marching meeting", "Solo meeting", exact.title]
    assert b"Marching meeting" not in fetch(Client(), "/meetings.csv?from=2014-04-01")


def test_search_knows_the_month_and_no_day(db: None) -> None:
    from engagement.search.analysis import time_marks

    assert time_marks(days_between(dt.date(2014, 3, 1), None, "month")) == ["m201403"]
    assert time_marks(days_between(dt.date(2014, 1, 1), None, "year")) == []
    assert "d20140302" in time_marks(days_between(dt.date(2014, 3, 1), dt.date(2014, 3, 2), "day"))


def test_a_secretary_logs_a_month(client: Client, people: People) -> None:
    client.force_login(people.secretary)
    host, other = make.make_host(), make.make_organization()
    address = "/admin/meetings/meeting/add/"
    data = opened(client, address)
    data |= {"title": ["A month"], "starts_on": ["2014-03-17"], "date_precision": ["month"]}
    data |= {"parties-0-organization_id": [str(host.pk)], "parties-0-organization": [host.name]}
    data |= {"parties-1-organization_id": [str(other.pk)], "parties-1-organization": [other.name]}
    data |= {"parties-1-side": ["counterpart"]}
    wrong = send(client, address, {**data, "start_time": ["10:00"]})
    assert "Times and a last day need a date that is known to the day." in wrong.content.decode()
    missing = send(client, address, {**data, "starts_on": [""]})
    assert "Enter a date: any day of the month or year" in missing.content.decode()
    assert send(client, address, data).status_code == 302
    meeting = Meeting.objects.get()
    assert (str(meeting.starts_on), meeting.date_precision, meeting.status) == ("2014-03-01", "month", "held")
    assert "March 2014" in strip_tags(client.get(meeting.get_absolute_url()).content.decode())


@pytest.mark.both_databases
def test_an_import_says_what_it_knows(db: None, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    importer = make.make_user("im", is_staff=True, is_superuser=True)
    monkeypatch.setitem(DIARY, "date_forms", ["month_year"])
    committed(["Cabinet A,March 2014,Kay,1111111111-11,Talk,"], importer)
    meeting = Meeting.objects.get()
    assert (str(meeting.starts_on), meeting.ends_on, meeting.date_precision) == ("2014-03-01", None, "month")
    assert "Only the month" not in meeting.internal_notes
    plan = Import.objects.get().rows.get().plan
    assert plan["on"] == "2014-03"


def test_what_imports_stored_as_a_month_of_days_becomes_a_month(people: People) -> None:
    importer = make.make_user("im", is_staff=True, is_superuser=True)
    committed([f"Cabinet A,2014-03-0{day},Kay,1111111111-11,Talk {day}," for day in (1, 2)], importer)
    note, days = "Cabinet A. Only the month is published.", {"ends_on": dt.date(2014, 3, 31)}
    by_hand = make.make_meeting(starts_on=dt.date(2014, 3, 1), internal_notes=note, **days)
    month, edited = Meeting.objects.exclude(pk=by_hand.pk).order_by("starts_on")
    for one in (month, edited):
        one.internal_notes, one.ends_on = note, days["ends_on"]
        one.save()
    editor = SimpleNamespace(connection=connection)
    import_module("engagement.imports.migrations.0004_months_as_months").say_months(apps, editor)
    found = dict(Meeting.objects.values_list("pk", "date_precision"))
    assert found == {month.pk: "month", edited.pk: "day", by_hand.pk: "day"}
    month.refresh_from_db()
    assert (month.ends_on, month.history.latest().date_precision, month.history.latest().ends_on) == (
        None,
        "month",
        None,
    )
    month.full_clean()


def test_what_is_done_before_the_month_is_too_early(db: None) -> None:
    promise = make.make_followup(meeting=known_to_the_month())
    with pytest.raises(ValidationError, match="later: March 2014"):
        promise.check_done_on(dt.date(2014, 2, 28))
    promise.check_done_on(dt.date(2014, 3, 1))


def test_a_month_is_neither_before_nor_after_a_day_of_it(people: People) -> None:
    """Numbers of a series follow days that are known; a month has no place among its own days."""
    series = make.make_series()
    month = make.make_held(series=series, host=series.host, starts_on=MARCH, date_precision="month", ordinal=2)
    day = make.make_held(series=series, host=series.host, starts_on=MARCH, ordinal=1)
    assert (day.out_of_order(), month.out_of_order()) == (None, None)
    assert not type(series).objects.out_of_order().exists() and series.renumbering() == []
    earlier = make.make_held(series=series, host=series.host, starts_on=MARCH.replace(year=2013), ordinal=3)
    assert earlier.out_of_order() == day
    assert list(type(series).objects.out_of_order()) == [series]
    assert {meeting.pk for meeting, _number in series.renumbering()} == {day.pk, earlier.pk}
