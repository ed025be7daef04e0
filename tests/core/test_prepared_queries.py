"""Prepared queries: the same rows as the ORM gives, asked again with other keys."""

import datetime as dt
from typing import Any

import pytest

from engagement.core.prepared_queries import KeysAsked, PreparedQuery
from meetings.models import Meeting, Participant, Party
from meetings.models.preflight import READ
from tests import makers as make
from tests.people import People

pytestmark = pytest.mark.both_databases


def test_other_keys_are_asked_of_the_same_statement(people: People, django_assert_num_queries: Any) -> None:
    first, second, third = (make.make_meeting(starts_on=dt.date(2026, 1, day)) for day in (1, 2, 3))
    written: list[int] = []

    def write() -> Any:
        written.append(1)
        return Meeting.objects.filter(KeysAsked("pk")).order_by("pk").values_list("pk", "starts_on", "ready_at")

    query = PreparedQuery(write)
    assert query.ask([first.pk]) == [[first.pk, dt.date(2026, 1, 1), None]]
    with django_assert_num_queries(1):
        assert [key for key, *_rest in query.ask([third.pk, second.pk])] == [second.pk, third.pk]
    assert query.ask([]) == [] and query.ask([0]) == [] and len(written) == 1


def test_parts_are_those_that_a_prefetch_reads(people: People, django_assert_num_queries: Any) -> None:
    """Of two meetings at once, in their order, with days as days and what they point to."""
    meetings = [make.make_held(f"Meeting “{number}”\n\\", counterparts=[people.ours]) for number in (1, 2)]
    consenting = make.make_person("Ada Lovelace", name_consent_on=dt.date(2020, 2, 29))
    for meeting in meetings:
        seat = meeting.parties.get(side=Party.Side.COUNTERPART)
        for order, person in ((2, consenting), (1, None)):
            Participant.objects.create(
                meeting=meeting, party=seat, person=person, name="Ada", order=order, consent_on=dt.date(2024, 2, 29)
            )
    READ.of([meeting.pk for meeting in meetings])  # what waits to be written is, and the statement as well
    with django_assert_num_queries(1):
        parts = READ.of([meeting.pk for meeting in meetings])
    for meeting in meetings:
        assert parts[Party][meeting.pk] == list(meeting.parties.all())
        read = parts[Participant][meeting.pk]
        assert read == list(meeting.participants.all()) and [one.person for one in read] == [None, consenting]
    with django_assert_num_queries(0):
        assert {str(one.organization) for some in parts[Party].values() for one in some} >= {str(people.ours)}
        assert {one.consent_on for some in parts[Participant].values() for one in some} == {dt.date(2024, 2, 29)}
        assert read[1].person.name_consent_on == dt.date(2020, 2, 29) and read[1].person.consents_to_name
    assert read[0].part == Participant.Part.PARTICIPANT
    assert READ.of([])[Party][meetings[0].pk] == []
