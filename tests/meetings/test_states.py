"""State machine of a meeting: its moves, the conditions of each, and that twice is once."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting, Party
from tests import makers
from tests.makers import PUBLIC
from tests.people import People

VERBS: dict[str, Callable[[Meeting], None]] = {
    "confirm": lambda meeting: meeting.confirm(by=None),
    "hold": lambda meeting: meeting.hold(by=None),
    "postpone": lambda meeting: meeting.postpone(by=None, reason="Strike."),
    "cancel": lambda meeting: meeting.cancel(by=None, reason="Strike."),
    "reinstate": lambda meeting: meeting.reinstate(by=None, reason="Over."),
    "publish": lambda meeting: meeting.publish(by=None),
}
AFTER = {"confirm": "confirmed", "hold": "held", "postpone": "postponed", "cancel": "cancelled"}
STILL = {(state, "reinstate") for state in ("proposed", "confirmed", "postponed")}
WAYS: dict[str, list[str]] = {
    "proposed": [],
    "confirmed": ["confirm"],
    "held": ["confirm", "hold"],
    "postponed": ["postpone"],
    "cancelled": ["cancel"],
}
ALLOWED = {
    "proposed": {"confirm", "postpone", "cancel"},
    "confirmed": {"confirm", "hold", "postpone", "cancel", "publish"},
    "held": {"hold", "publish"},
    "postponed": {"confirm", "postpone", "cancel"},
    "cancelled": {"cancel", "publish", "reinstate"},
}


def meeting_that_is(state: str) -> Meeting:
    meeting = makers.make_meeting(host=makers.make_host(), counterparts=[makers.make_organization()], visibility=PUBLIC)
    for verb in WAYS[state]:
        VERBS[verb](meeting)
    assert meeting.status == state
    return meeting


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", WAYS)
def test_every_verb_in_every_state(db: None, state: str, verb: str) -> None:
    meeting = meeting_that_is(state)
    if (state, verb) in STILL or verb in ALLOWED[state]:
        before, then = meeting.version, "proposed" if (state, verb) == ("cancelled", "reinstate") else state
        VERBS[verb](meeting)
        assert Meeting.objects.get().status == meeting.status == AFTER.get(verb, then)
        assert (state, verb) not in STILL or Meeting.objects.get().version == before
        return
    with pytest.raises(ValidationError) as told:
        VERBS[verb](meeting)
    assert told.value.code == "wrong_status"
    assert Meeting.objects.get().status == meeting.status == state
    assert Meeting.objects.get().version == meeting.version


@pytest.mark.parametrize("verb", VERBS)
def test_twice_is_once(db: None, verb: str) -> None:
    state = {"hold": "confirmed", "publish": "confirmed", "reinstate": "cancelled"}.get(verb, "proposed")
    meeting = meeting_that_is(state)
    VERBS[verb](meeting)
    stored = Meeting.objects.values().get()
    lines = Meeting.history.count()
    VERBS[verb](meeting)
    assert Meeting.objects.values().get() == stored
    assert Meeting.history.count() == lines


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
@pytest.mark.parametrize("verb", ["cancel", "postpone", "withdraw"])
def test_a_reason_is_required(db: None, verb: str, reason: str) -> None:
    meeting = makers.make_public() if verb == "withdraw" else makers.make_meeting()
    before = Meeting.objects.values().get()
    with pytest.raises(ValidationError) as told:
        getattr(meeting, verb)(by=None, reason=reason)
    assert len(told.value.message_dict) == 1
    assert Meeting.objects.values().get() == before


def test_a_meeting_without_a_date_is_not_confirmed(db: None) -> None:
    meeting = makers.make_meeting(starts_on=None)
    with pytest.raises(ValidationError) as told:
        meeting.confirm(by=None)
    assert "starts_on" in told.value.message_dict


@pytest.mark.parametrize(
    ("now", "held"),
    [("2025-05-08 08:59", False), ("2025-05-08 09:01", True), ("2025-05-07 23:00", False)],
)
def test_what_lies_in_the_future_was_not_held(db: None, now: str, held: bool) -> None:
    meeting = makers.make_meeting(
        starts_on=dt.date(2025, 5, 8),
        start_time=dt.time(11),
        time_zone="Europe/Brussels",
        host=makers.make_host(),
        counterparts=[makers.make_organization()],
    )
    meeting.confirm(by=None)
    with time_machine.travel(f"{now} +00:00"):
        if held:
            meeting.hold(by=None)
            return
        with pytest.raises(ValidationError) as told:
            meeting.hold(by=None)
        assert "starts_on" in told.value.message_dict


def test_an_all_day_meeting_may_be_held_from_its_first_moment_where_it_takes_place(db: None) -> None:
    meeting = makers.make_meeting(
        starts_on=dt.date(2025, 5, 8),
        time_zone="Asia/Tokyo",
        host=makers.make_host(),
        counterparts=[makers.make_organization()],
    )
    meeting.confirm(by=None)
    with time_machine.travel("2025-05-07 14:59 +00:00"), pytest.raises(ValidationError):
        meeting.hold(by=None)
    with time_machine.travel("2025-05-07 15:01 +00:00"):
        meeting.hold(by=None)


def test_a_held_meeting_is_not_moved_into_the_future(db: None) -> None:
    meeting = makers.make_held()
    meeting.starts_on = timezone.localdate() + dt.timedelta(days=2)
    with pytest.raises(ValidationError) as told:
        meeting.full_clean()
    assert "starts_on" in told.value.message_dict


SIDES = Party.Side
HELD = {
    (): False,
    (SIDES.HOST,): False,
    (SIDES.COUNTERPART,): False,
    (SIDES.HOST, SIDES.OBSERVER): False,
    (SIDES.HOST, SIDES.HOST, SIDES.COUNTERPART): False,
    (SIDES.HOST, SIDES.COUNTERPART): True,
    (SIDES.HOST, SIDES.COUNTERPART, SIDES.COUNTERPART, SIDES.OBSERVER): True,
}


@pytest.mark.parametrize(("sides", "possible"), HELD.items())
def test_held_needs_one_host_and_a_counterpart(db: None, sides: tuple[str, ...], possible: bool) -> None:
    meeting = makers.make_meeting()
    for side in sides:
        makers.make_party(meeting, side=side)
    meeting.confirm(by=None)
    if possible:
        meeting.hold(by=None)
        return
    with pytest.raises(ValidationError):
        meeting.hold(by=None)
    assert Meeting.objects.get().status == meeting.status == "confirmed"
    assert not Meeting.history.filter(status="held").exists()


def test_of_several_hosts_one_leads(db: None) -> None:
    meeting = makers.make_held()
    makers.make_party(meeting, side=SIDES.HOST)
    with pytest.raises(ValidationError, match="mark the one that leads"):
        meeting.check_whole()
    meeting.parties.filter(pk=meeting.parties.filter(side=SIDES.HOST).first().pk).update(is_lead=True)
    meeting.check_whole()


def test_the_whole_names_the_position_of_a_stranger(db: None) -> None:
    meeting = makers.make_held()
    discussion = makers.make_discussion(meeting)
    makers.make_position(discussion, meeting.parties.first().organization)
    makers.make_position(discussion)
    meeting.check_whole()
    stranger = makers.make_position(discussion, makers.make_organization("Stranger"))
    with pytest.raises(ValidationError) as told:
        meeting.check_whole()
    (error,) = told.value.error_list
    assert (error.instance, error.field) == (stranger, "organization")  # type: ignore[attr-defined]
    assert "Stranger" in error.messages[0]


def test_a_cancelled_meeting_keeps_its_agenda(people: Any) -> None:
    meeting = makers.make_meeting(visibility=PUBLIC)
    discussion = makers.make_discussion(meeting)
    meeting.confirm(by=None)
    meeting.publish(by=None)
    meeting.cancel(by=None, reason="Strike.")
    assert list(Meeting.objects.visible_to(people.visitor)) == [meeting]
    assert discussion in type(discussion).objects.visible_to(people.visitor)


def test_a_cancelled_meeting_stands_again_as_it_stood(people: People, client: Client) -> None:
    """A published one with a reason, asked for in the admin, told in its history; a confirmed one gets a number."""
    series = makers.make_series()
    meeting = makers.make_meeting(visibility=PUBLIC, series=series, starts_on=dt.date(2061, 5, 8))
    meeting.confirm(by=None)
    meeting.publish(by=None)
    meeting.cancel(by=None, reason="Strike.", note="Of whom")
    assert meeting.ordinal is None
    makers.make_meeting(series=series).confirm(by=None)
    with pytest.raises(ValidationError, match="readers have seen that it was cancelled"):
        meeting.reinstate(by=people.publisher, reason=" ")
    client.force_login(people.publisher)
    address = f"/admin/meetings/meeting/{meeting.pk}/verb/reinstate/"
    assert "readers have seen that it was cancelled" in client.post(address, {"_confirmed": "1"}).text
    assert Meeting.objects.get(pk=meeting.pk).status == "cancelled"
    client.post(address, {"_confirmed": "1", "reason": "It is over."})
    meeting.refresh_from_db()
    assert (meeting.status, meeting.ordinal, meeting.is_published) == ("confirmed", 2, True)
    assert (meeting.cancellation_reason, meeting.cancellation_note) == ("Strike.", "Of whom")
    assert "Reason: It is over." in client.get(f"/admin/meetings/meeting/{meeting.pk}/history/").text
    assert "verb/reinstate" not in client.get(f"/admin/meetings/meeting/{meeting.pk}/change/").text


def test_one_that_was_postponed_before_is_postponed_again(db: None) -> None:
    meeting = makers.make_meeting()
    meeting.postpone(by=None, reason="Fog")
    meeting.cancel(by=None, reason="More fog")
    meeting.reinstate(by=None)
    assert (meeting.status, meeting.postponement_reason) == ("postponed", "Fog")


@time_machine.travel("2025-05-08 10:00 +00:00")
def test_upcoming_follows_from_time_and_status(db: None) -> None:
    today, now = dt.date(2025, 5, 8), timezone.now()
    going_on = makers.make_meeting(starts_on=today, start_time=dt.time(11), end_time=dt.time(13))
    all_day = makers.make_meeting(starts_on=today)
    over = makers.make_meeting(starts_on=today, start_time=dt.time(9), end_time=dt.time(11, 59))
    long = makers.make_meeting(starts_on=dt.date(2025, 5, 6), ends_on=today)
    undated = makers.make_meeting(starts_on=None)
    off = makers.make_meeting(starts_on=dt.date(2025, 6, 1))
    later = makers.make_meeting(starts_on=dt.date(2025, 6, 1))
    off.cancel(by=None, reason="Strike.")
    for meeting in (going_on, later):
        meeting.confirm(by=None)
    assert list(Meeting.objects.upcoming(now)) == [long, all_day, going_on, later]
    for meeting in (going_on, all_day, over, long, undated, off, later):
        assert meeting.is_upcoming == (meeting in Meeting.objects.upcoming()), meeting.title


def test_only_verbs_move_a_meeting(db: None) -> None:
    """Whatever else writes the record keeps its status and whether it is published."""
    meeting = makers.make_meeting("Still proposed", visibility=PUBLIC)
    meeting.status, meeting.published_at, meeting.venue = "held", timezone.now(), "Room 2"
    meeting.save()
    meeting.refresh_from_db()
    assert (meeting.status, meeting.published_at, meeting.venue) == ("proposed", None, "Room 2")


def test_the_way_out_of_cancelling_is_not_called_cancel(client: Client, people: People) -> None:
    client.force_login(people.secretary)
    meeting, promise = makers.make_meeting(), makers.make_followup()
    asked = client.get(f"/admin/meetings/meeting/{meeting.pk}/verb/cancel/").content.decode()
    assert re.findall(r'value="(Cancel[^"]*)"', asked) == ["Cancel the meeting"]
    assert re.findall(r"<a class=\"button[^>]*>([^<]*)</a>", asked[asked.index("verb-form") :]) == ["Go back"]
    client.force_login(people.manager)
    asked = client.post("/follow-ups/act/cancel/", {"pick": promise.reference}).content.decode()
    assert re.findall(r">(Cancel[^<]*|Go back)</(?:a|button)>", asked) == ["Cancel one follow-up", "Go back"]
