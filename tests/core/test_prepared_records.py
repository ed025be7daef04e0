"""Prepared queries of records: the same as the queryset gives, asked again with other keys and at another moment."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

from engagement.core.lists.counts import _written
from engagement.core.prepared_queries import KeysAsked, MomentAsked
from engagement.core.prepared_records import PreparedRecords, prepared
from engagement.followups.models import FollowUp
from meetings.models import Meeting
from tests import makers as make
from tests.people import People


@pytest.mark.both_databases
def test_records_have_what_is_selected_beside_them(people: People, django_assert_num_queries: Any) -> None:
    first, second = (make.make_followup(name, owner=make.make_host()) for name in ("First", "Second"))
    rows = FollowUp.objects.select_related("owner", "waiting_on").only("title", "waiting_on", "owner__name")
    query = PreparedRecords(lambda: rows.annotate(moved=F("status_changed_at")).filter(KeysAsked("pk")).order_by("pk"))
    assert query.ask([first.pk]) == [first]
    with django_assert_num_queries(1):
        found = query.ask([second.pk, first.pk])
        told = [(one.title, one.owner.name, one.waiting_on, one.moved) for one in found]
    assert told == [(one.title, one.owner.name, None, one.status_changed_at) for one in (first, second)]
    assert "due_on" in found[0].get_deferred_fields() and found[0].due_on == first.due_on
    with django_assert_num_queries(0):
        assert query.ask([]) == []


@pytest.mark.both_databases
def test_the_moment_is_that_at_which_it_is_asked(people: People) -> None:
    soon = make.make_meeting(starts_on=timezone.localdate() + dt.timedelta(days=3), status="confirmed")
    query = PreparedRecords(lambda: Meeting.objects.upcoming(MomentAsked()).filter(KeysAsked("pk")))
    assert query.ask([soon.pk]) == [soon]
    with time_machine.travel(timezone.now() + dt.timedelta(days=5)):
        assert query.ask([soon.pk]) == []


def test_a_query_is_kept_for_those_alone_who_see_all(people: People) -> None:
    """To everybody else ``visible_to`` is a condition of their own."""
    meeting = make.make_meeting(visibility=make.INTERNAL)
    found = {}
    for name in ("manager", "representative", "secretary", "stranger"):
        user = getattr(people, name)

        def write(user: Any = user) -> PreparedRecords:
            return PreparedRecords(lambda: Meeting.objects.visible_to(user).filter(KeysAsked("pk")))

        found[name] = prepared("of a test", user, write)
    assert found["manager"] is found["secretary"] and len({id(one) for one in found.values()}) == 3
    assert [bool(one.ask([meeting.pk])) for one in found.values()] == [True, False, True, False]
    del _written["prepared", "of a test"]
