"""Due dates: moved with a reason only, late from the end of the day in the host's time zone."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from engagement.followups.models import FollowUp
from engagement.followups.templatetags.followups_display import badges
from tests import makers
from tests.people import People

pytestmark = pytest.mark.both_databases

MONDAY, TUESDAY, FRIDAY = dt.date(2025, 3, 3), dt.date(2025, 3, 4), dt.date(2025, 3, 7)


@time_machine.travel("2025-03-01 12:00 +00:00")
def test_the_first_date_stays_on_record(people: People) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    followup.move_due(by=people.manager, to=TUESDAY, reason="Holidays.")
    followup.move_due(by=people.manager, to=FRIDAY, reason="More holidays.")
    followup.move_due(by=people.manager, to=None, reason="Nobody knows.")
    assert (followup.due_on, followup.original_due_on) == (None, MONDAY)
    with pytest.raises(ValidationError):
        followup.move_due(by=people.manager, to=FRIDAY, reason="")
    moves = [(event.from_due_on, event.to_due_on) for event in followup.events.all()]
    assert moves == [(MONDAY, TUESDAY), (TUESDAY, FRIDAY), (FRIDAY, None)]
    assert all(event.moved_the_date for event in followup.events.all())


@time_machine.travel("2025-03-01 12:00 +00:00")
def test_a_first_date_needs_no_reason(people: People) -> None:
    followup = makers.make_followup()
    followup.move_due(by=people.manager, to=MONDAY, reason="")
    assert (followup.due_on, followup.original_due_on) == (MONDAY, MONDAY)


def test_the_same_date_is_no_move(people: People) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    followup.move_due(by=people.manager, to=MONDAY, reason="")
    assert not followup.events.exists()


@pytest.mark.parametrize("to", [TUESDAY, None])
@pytest.mark.parametrize("fields", [None, ["due_on"], ["due_on", "original_due_on"]])
def test_a_save_moves_no_date(people: People, to: dt.date | None, fields: list[str] | None) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    followup.due_on = to
    with pytest.raises(ValidationError) as told:
        followup.save(update_fields=fields)
    assert "due_on" in told.value.message_dict
    stored = FollowUp.objects.get()
    assert (stored.due_on, stored.original_due_on) == (MONDAY, MONDAY)


def test_rows_in_bulk_move_no_date(people: People) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    followup.due_on = TUESDAY
    for move in (
        lambda: FollowUp.objects.update(due_on=TUESDAY),
        lambda: FollowUp.objects.filter(pk=followup.pk).update(original_due_on=TUESDAY),
        lambda: FollowUp.objects.bulk_update([followup], ["due_on"]),
    ):
        with pytest.raises(ValidationError), transaction.atomic():
            move()
    stored = FollowUp.objects.get()
    assert (stored.due_on, stored.original_due_on) == (MONDAY, MONDAY)


def test_a_verb_is_no_way_round(people: People) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    followup.due_on = TUESDAY
    followup.start(by=people.manager)
    assert FollowUp.objects.get().due_on == followup.due_on == MONDAY


def test_the_first_date_is_not_rewritten(people: People) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    followup.original_due_on = None
    followup.save()
    assert FollowUp.objects.get().original_due_on == MONDAY
    assert makers.make_followup(due_on=MONDAY, original_due_on=FRIDAY).original_due_on == MONDAY


@pytest.mark.parametrize(
    ("due", "now", "late"),
    [
        ("2025-05-08", "2025-05-08 21:59", 0),  # 23:59 in Brussels
        ("2025-05-08", "2025-05-08 22:01", 1),  # the day is over there, not yet in London
        ("2025-01-08", "2025-01-08 22:59", 0),
        ("2025-01-08", "2025-01-08 23:01", 1),
        ("2025-03-30", "2025-03-30 21:59", 0),  # the day of 23 hours
        ("2025-03-30", "2025-03-30 22:01", 1),
        ("2025-03-29", "2025-03-29 22:59", 0),
        ("2025-03-29", "2025-03-29 23:01", 1),
        ("2025-10-26", "2025-10-26 22:59", 0),  # the day of 25 hours
        ("2025-10-26", "2025-10-26 23:01", 1),
        ("2025-10-20", "2025-10-27 12:00", 7),
    ],
)
def test_late_from_the_end_of_the_day_with_the_host(db: None, due: str, now: str, late: int) -> None:
    followup = makers.make_followup(due_on=dt.date.fromisoformat(due))
    with time_machine.travel(f"{now} +00:00"):
        assert followup.days_late == late
        assert followup.is_overdue == bool(late)
        assert FollowUp.objects.overdue().exists() == bool(late)
        assert FollowUp.objects.due_within(30).exists() == (not late)
        assert followup.days_left == -late


def test_waiting_and_overdue_hold_together(people: People) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    followup.wait(by=people.manager, on=people.theirs, reason="Their answer.")
    assert followup.is_overdue
    assert followup.status == "waiting"
    assert list(FollowUp.objects.overdue()) == [followup]


@pytest.mark.parametrize("verb", ["complete", "cancel"])
def test_what_is_closed_is_not_late(people: People, verb: str) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    more = {"reason": "Overtaken."} if verb == "cancel" else {}
    getattr(followup, verb)(by=people.manager, **more)
    assert (followup.days_late, followup.days_left, followup.is_overdue) == (0, None, False)
    assert not FollowUp.objects.overdue().exists()
    assert not FollowUp.objects.due_within(9999, on=MONDAY).exists()


def test_overdue_on_another_day(db: None) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    assert list(FollowUp.objects.overdue(on=TUESDAY)) == [followup]
    assert not FollowUp.objects.overdue(on=MONDAY).exists()
    assert list(FollowUp.objects.due_within(1, on=MONDAY)) == [followup]
    assert list(FollowUp.objects.due_within(4, on=FRIDAY)) == []


def test_without_a_date_nothing_is_late(db: None) -> None:
    followup = makers.make_followup()
    assert (followup.days_late, followup.days_left) == (0, None)
    assert not FollowUp.objects.overdue(on=timezone.localdate() + dt.timedelta(days=9999)).exists()


def test_the_earliest_comes_first_and_undated_last(db: None) -> None:
    undated, friday, monday, again = (makers.make_followup(due_on=day) for day in (None, FRIDAY, MONDAY, MONDAY))
    expected = [monday, again, friday, undated]
    assert list(FollowUp.objects.all()) == list(FollowUp.objects.by_due_date()) == expected


@time_machine.travel("2025-03-07 12:00 +00:00")
def test_that_it_is_overdue_is_said_once(db: None) -> None:
    followup = makers.make_followup(due_on=MONDAY)
    assert strip_tags(badges(followup)) == "To do 4 days overdue"
