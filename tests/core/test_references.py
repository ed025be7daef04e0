"""References such as BM-2025-014: counted by year, given once."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from engagement.core.models import Counter
from engagement.followups.models import FollowUp
from engagement.imports.applying.writer import ImportWriter
from meetings.models import Meeting
from tests import makers
from tests.exports.reading import body
from tests.makers import INTERNAL

pytestmark = pytest.mark.both_databases


def test_meetings_are_counted_in_the_year_they_take_place(db: None) -> None:
    years = [2025, 2025, 2024, 2025]
    made = [makers.make_meeting(starts_on=dt.date(year, 1, 1)).reference for year in years]
    assert made == ["BM-2025-001", "BM-2025-002", "BM-2024-001", "BM-2025-003"]


@time_machine.travel("2025-12-31 23:30 +00:00")
def test_a_meeting_without_a_date_is_counted_in_this_year_where_it_takes_place(db: None) -> None:
    assert makers.make_meeting(starts_on=None).reference == "BM-2026-001"
    assert makers.make_meeting(starts_on=None, time_zone="America/New_York").reference == "BM-2025-001"


@time_machine.travel("2025-12-31 23:30 +00:00")
def test_followups_are_counted_in_the_year_it_is_with_the_host(db: None) -> None:
    assert [makers.make_followup().reference for _ in range(2)] == ["FU-2026-001", "FU-2026-002"]


def test_a_reference_stays(db: None) -> None:
    meeting = makers.make_meeting()
    meeting.starts_on = dt.date(2031, 1, 1)
    meeting.save()
    assert meeting.reference == "BM-2025-001"


def test_after_a_thousand_the_number_grows(db: None) -> None:
    Counter.objects.create(key="BM-2025", last=999)
    assert makers.make_meeting().reference == "BM-2025-1000"


def test_a_run_of_numbers_is_taken_at_once(db: None) -> None:
    assert Counter.take("BM-2025", 10) == 10
    assert makers.make_meeting().reference == "BM-2025-011"


@pytest.mark.django_db(transaction=True)
def test_a_number_is_given_again_if_its_record_was_not_saved() -> None:
    failed = Meeting(title="Wrong", starts_on=makers.LONG_AGO, ordinal=3)
    with pytest.raises(IntegrityError):
        failed.save()
    assert failed.reference == ""
    assert makers.make_meeting().reference == "BM-2025-001"
    promise = FollowUp(title="Wrong", is_joint=True)
    with pytest.raises(IntegrityError):
        promise.save()
    year = makers.make_followup().reference.split("-")[1]
    assert FollowUp.objects.get().reference == f"FU-{year}-001"
    failed.ordinal = None
    failed.save()
    assert failed.reference == "BM-2025-002"


def test_a_rolled_back_number_is_given_again(db: None) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        makers.make_meeting()
        raise RuntimeError
    assert makers.make_meeting().reference == "BM-2025-001"


def test_gaps_tell_nothing_where_the_body_wants_it(db: None, settings: Any) -> None:
    settings.REFERENCE_GAPS = 9
    for number in range(40):
        makers.make_meeting(f"Meeting {number}")
    writer = ImportWriter()
    writer.add(Meeting(title=f"Imported {number}", starts_on=dt.date(2025, 5, 8)) for number in range(40))
    writer.close()
    references = Meeting.objects.order_by("pk").values_list("reference", flat=True)
    numbers = [int(reference.removeprefix("BM-2025-")) for reference in references]
    steps = [after - before for before, after in zip([0, *numbers], numbers, strict=False)]
    assert all(1 <= step <= 10 for step in steps)
    assert len(set(steps[:40])) > 4 and len(set(steps[40:])) > 4 and len(numbers) == 80
    assert makers.make_meeting("The next").reference > max(references)


def test_a_hidden_number_is_answered_like_one_never_given(db: None) -> None:
    hidden = makers.make_followup(visibility=INTERNAL)
    never = f"{hidden.reference[:-3]}999"
    client = Client()
    for address in ("/follow-ups/{}/", "/search/?q={}", "/follow-ups/?q={}", "/follow-ups.csv?q={}"):
        answers = [client.get(address.format(reference)) for reference in (hidden.reference, never)]
        assert answers[0].status_code == answers[1].status_code
        bodies = [body(answer).decode() for answer in answers]
        assert bodies[0].replace(hidden.reference, never) == bodies[1].replace(hidden.reference, never), address
