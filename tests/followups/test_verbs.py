"""State machine of a follow-up: each verb, and the event it leaves behind."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from engagement.followups.models import FollowUp, FollowUpEvent
from tests import makers
from tests.people import People

MONDAY, TUESDAY = dt.date(2061, 3, 7), dt.date(2061, 3, 8)

VERBS: dict[str, Callable[[FollowUp, People], None]] = {
    "start": lambda it, people: it.start(by=people.manager),
    "wait": lambda it, people: it.wait(by=people.manager, on=people.theirs, reason="Their answer."),
    "complete": lambda it, people: it.complete(by=people.manager, result="Sent."),
    "cancel": lambda it, people: it.cancel(by=people.manager, reason="Overtaken."),
    "reopen": lambda it, people: it.reopen(by=people.manager, reason="Not quite."),
    "move_due": lambda it, people: it.move_due(by=people.manager, to=TUESDAY, reason="Holidays."),
    "assign": lambda it, people: it.assign(by=people.manager, to=people.secretary),
}
STATES = {"open": None, "in_progress": "start", "waiting": "wait", "done": "complete", "cancelled": "cancel"}
AFTER = {"start": "in_progress", "wait": "waiting", "complete": "done", "cancel": "cancelled", "reopen": "open"}
STILL = {("open", "reopen"), ("in_progress", "reopen"), ("waiting", "reopen")}
STILL |= {("in_progress", "start"), ("waiting", "wait"), ("done", "complete"), ("cancelled", "cancel")}


def followup_that_is(state: str, people: People) -> FollowUp:
    followup = makers.make_followup(due_on=MONDAY)
    if verb := STATES[state]:
        VERBS[verb](followup, people)
    assert followup.status == state
    return followup


def stored(followup: FollowUp) -> dict[str, Any]:
    return FollowUp.objects.values().get(pk=followup.pk)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", STATES)
def test_every_verb_in_every_state(people: People, state: str, verb: str) -> None:
    followup = followup_that_is(state, people)
    before, events = stored(followup), FollowUpEvent.objects.count()
    if (state, verb) in STILL:
        VERBS[verb](followup, people)
        assert (stored(followup), FollowUpEvent.objects.count()) == (before, events)
        return
    if state in ("done", "cancelled") and verb != "reopen":
        with pytest.raises(ValidationError) as told:
            VERBS[verb](followup, people)
        assert told.value.code == "closed"
        assert (stored(followup), FollowUpEvent.objects.count()) == (before, events)
        assert followup.status == state
        return
    VERBS[verb](followup, people)
    assert stored(followup)["status"] == followup.status == AFTER.get(verb, state)
    event = followup.events.last()
    assert FollowUpEvent.objects.count() == events + 1
    assert (event.from_status, event.to_status) == (state, followup.status)
    assert event.by == people.manager
    assert (event.from_due_on, event.to_due_on) == (MONDAY, followup.due_on)
    VERBS[verb](followup, people)  # twice is once
    assert FollowUpEvent.objects.count() == events + 1


def test_closing_says_who_when_and_how(people: People) -> None:
    followup = followup_that_is("waiting", people)
    followup.complete(by=people.manager, result=" Sent. ", evidence="https://example.org/letter")
    assert (followup.closed_by, followup.result, followup.waiting_on) == (people.manager, "Sent.", None)
    assert followup.closed_at is not None
    followup.reopen(by=people.secretary, reason="Wrong letter.")
    assert (followup.closed_by, followup.closed_at, followup.result, followup.evidence) == (None, None, "", "")
    assert followup.events.last().reason == "Wrong letter."


def test_evidence_that_is_no_address_closes_nothing(people: People) -> None:
    followup = makers.make_followup()
    with pytest.raises(ValidationError) as told:
        followup.complete(by=people.manager, evidence="in my drawer")
    assert "evidence" in told.value.message_dict
    assert stored(followup)["status"] == followup.status == "open"
    assert not FollowUpEvent.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
@pytest.mark.parametrize("verb", ["wait", "cancel", "reopen", "move_due"])
def test_a_reason_is_required(people: People, verb: str, reason: str) -> None:
    followup = followup_that_is("done" if verb == "reopen" else "open", people)
    before, events = stored(followup), FollowUpEvent.objects.count()
    more = {"wait": {"on": people.theirs}, "move_due": {"to": TUESDAY}}.get(verb, {})
    with pytest.raises(ValidationError):
        getattr(followup, verb)(by=people.manager, reason=reason, **more)
    assert (stored(followup), FollowUpEvent.objects.count()) == (before, events)


def test_waiting_is_for_somebody(people: People) -> None:
    followup = makers.make_followup()
    with pytest.raises(ValidationError) as told:
        followup.wait(by=people.manager, on=None, reason="Who knows.")
    assert "waiting_on" in told.value.message_dict


def test_a_chaser_may_change_and_never_goes_missing(people: People) -> None:
    followup = makers.make_followup(owner=people.theirs, chaser=people.manager)
    followup.assign(by=people.manager, chaser=people.secretary)
    assert followup.chaser == people.secretary
    followup.assign(by=people.manager)
    assert followup.chaser == people.secretary
    assert followup.events.count() == 1


def test_a_verb_acts_on_what_is_stored(people: People) -> None:
    followup = makers.make_followup()
    old = FollowUp.objects.get(pk=followup.pk)
    followup.start(by=people.manager)
    old.title = "Never saved"
    old.complete(by=people.manager)
    assert stored(followup)["title"] == followup.title
    assert old.events.last().from_status == "in_progress"


def test_history_says_who(people: People) -> None:
    followup = makers.make_followup()
    followup.start(by=people.manager)
    assert followup.history.first().history_user == people.manager


def test_a_status_set_from_outside_does_not_count(people: People) -> None:
    followup = makers.make_followup()
    followup.status = "waiting"
    followup.save()
    assert stored(followup)["status"] == "open"
    followup.status = "in_progress"
    followup.save(update_fields=["status"])
    assert stored(followup)["status"] == "open"
