"""Meetings and follow-ups in a calendar, read by two parsers."""

import datetime as dt
from typing import Any

import pytest
import time_machine
import vobject
from django.test import Client
from django.utils import timezone

from tests import makers as make
from tests.exports.reading import components, fetch
from tests.makers import PUBLIC
from tests.people import People, client_of

LEGAL = {"VEVENT": {"TENTATIVE", "CONFIRMED", "CANCELLED"}, "VJOURNAL": {"DRAFT", "FINAL", "CANCELLED"}}
LEGAL["VTODO"] = {"NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"}


def the_only(address: str, user: Any = None, kind: str = "VEVENT") -> Any:
    client = client_of(user) if user else Client()
    [event] = [one for one in components(fetch(client, address)) if one.name == kind]
    return event


def test_hours_are_moments(people: People) -> None:
    """Ten o'clock in Lisbon in summer is nine o'clock in Greenwich."""
    meeting = make.make_public(
        starts_on=dt.date(2025, 7, 1), start_time=dt.time(10), end_time=dt.time(12, 30), time_zone="Europe/Lisbon"
    )
    event = the_only("/meetings.ics")
    assert event.decoded("dtstart") == dt.datetime(2025, 7, 1, 9, tzinfo=dt.UTC)
    assert event.decoded("dtend") == dt.datetime(2025, 7, 1, 11, 30, tzinfo=dt.UTC)
    assert "10:00–12:30 (Lisbon time)" in event["description"]
    assert str(event["uid"]).startswith(f"{meeting.reference}@")


def test_an_hour_without_an_end_has_no_end(people: People) -> None:
    make.make_public(starts_on=dt.date(2025, 7, 1), start_time=dt.time(10))
    assert "dtend" not in the_only("/meetings.ics")


def test_whole_days_end_before_the_next(people: People) -> None:
    make.make_public(starts_on=dt.date(2025, 7, 1), ends_on=dt.date(2025, 7, 3))
    event = the_only("/meetings.ics")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2025, 7, 1), dt.date(2025, 7, 4))
    assert event["dtstart"].params["VALUE"] == "DATE"


def test_the_link_is_there_twice(people: People) -> None:
    meeting = make.make_public(purpose="To talk, at last; with \\ care")
    event = the_only("/meetings.ics")
    link = f"http://testserver{meeting.get_absolute_url()}"
    assert str(event["url"]) == link
    assert str(event["description"]).endswith(link)
    assert "To talk, at last; with \\ care" in event["description"]


def test_how_a_meeting_stands(people: People) -> None:
    proposed = make.make_meeting("p")
    confirmed = make.make_meeting("c")
    confirmed.confirm(by=None)
    postponed = make.make_meeting("later")
    postponed.postpone(by=None, reason="insidemark")
    cancelled = make.make_meeting("off")
    cancelled.cancel(by=None, reason="insidemark")
    make.make_held("h")
    undated = make.make_meeting("when", starts_on=None)
    content = fetch(client_of(people.secretary), "/meetings.ics")
    found = {str(one["uid"]).partition("@")[0]: one for one in components(content)}
    assert str(found[proposed.reference]["status"]) == "TENTATIVE"
    assert str(found[confirmed.reference]["status"]) == "CONFIRMED"
    assert str(found[cancelled.reference]["status"]) == "CANCELLED"
    assert str(found[postponed.reference]["status"]) == "CANCELLED"
    assert "Postponed" in found[postponed.reference]["summary"]
    assert found[undated.reference].name == "VJOURNAL"
    assert b"insidemark" not in content
    assert all(str(one["status"]) in LEGAL[one.name] for one in found.values())


def test_a_change_raises_the_sequence_and_keeps_the_identity(people: People) -> None:
    meeting = make.make_public("Before")
    first = the_only("/meetings.ics")
    meeting.refresh_from_db()
    meeting.title = "After"
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=1)):
        meeting.save()
    then = the_only("/meetings.ics")
    assert (str(then["uid"]), str(then["summary"])) == (str(first["uid"]), "After")
    assert int(then["sequence"]) > int(first["sequence"])
    assert then.decoded("last-modified") >= first.decoded("last-modified")
    assert then.decoded("dtstamp").utcoffset() == dt.timedelta(0)


def test_nothing_changed_nothing_differs(people: People) -> None:
    make.make_public()
    assert fetch(Client(), "/meetings.ics") == fetch(Client(), "/meetings.ics")


def make_promise(people: People, **fields: Any) -> Any:
    meeting = make.make_public()
    return make.make_followup("Promise", meeting=meeting, visibility=PUBLIC, **fields)


def test_a_due_date_is_a_day_and_a_thing_to_do(people: People) -> None:
    followup = make_promise(people, due_on=dt.date(2027, 3, 31))
    event = the_only("/follow-ups.ics")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2027, 3, 31), dt.date(2027, 4, 1))
    assert str(event["transp"]) == "TRANSPARENT"
    todo = the_only("/follow-ups.ics", kind="VTODO")
    assert (todo.decoded("due"), str(todo["status"])) == (dt.date(2027, 3, 31), "NEEDS-ACTION")
    assert str(todo["uid"]) != str(event["uid"])
    assert str(todo["url"]).endswith(followup.get_absolute_url())


def test_without_a_date_only_the_thing_to_do(people: People) -> None:
    make_promise(people)
    [todo] = components(fetch(Client(), "/follow-ups.ics"))
    assert todo.name == "VTODO" and "due" not in todo


@pytest.mark.parametrize(
    ("verb", "words", "status"),
    [
        ("start", {}, "IN-PROCESS"),
        ("complete", {"result": "Sent."}, "COMPLETED"),
        ("cancel", {"reason": "insidemark"}, "CANCELLED"),
    ],
)
def test_how_a_promise_stands(people: People, verb: str, words: dict[str, str], status: str) -> None:
    followup = make_promise(people, due_on=dt.date(2027, 3, 31))
    getattr(followup, verb)(by=people.manager, **words)
    content = fetch(Client(), "/follow-ups.ics?show=all")
    todos = [one for one in components(content) if one.name == "VTODO"]
    assert [str(todo["status"]) for todo in todos] == [status]
    assert ("completed" in todos[0]) == (status == "COMPLETED")
    assert b"insidemark" not in content


def test_a_second_parser_reads_the_same(people: People) -> None:
    make.make_public("Über, alles; ganz\nneu", purpose="x" * 300, start_time=dt.time(9), end_time=dt.time(10))
    make.make_public("Whole day", counterparts=[make.make_organization("Ελλάδα")])
    make_promise(people, due_on=dt.date(2027, 3, 31), details="Line\nline")
    for address, kind in (("/meetings.ics", "vevent"), ("/follow-ups.ics", "vevent"), ("/follow-ups.ics", "vtodo")):
        content = fetch(Client(), address)
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        calendar = vobject.readOne(content.decode())
        calendar.validate(raiseException=True)
        theirs = {(one.uid.value, one.summary.value) for one in calendar.contents[kind]}
        ours = {(str(o["uid"]), str(o["summary"])) for o in components(content) if o.name == kind.upper()}
        assert theirs == ours and ours
