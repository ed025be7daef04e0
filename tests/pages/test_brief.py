"""The brief before a meeting: what its parties said, asked, changed and promised, for the secretariat alone."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement import briefs
from engagement.briefs import Brief
from meetings.models import Meeting
from tests import makers as make
from tests.pages.reading import page_text
from tests.people import People, client_of
from tests.queries import assert_flat_queries

TODAY = timezone.localdate()


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def planned(people: People) -> Meeting:
    """The third meeting with an organization; at the two before something was said, asked, changed and promised."""
    host, them = make.make_host("Agency"), people.ours
    parts = {"host": host, "counterparts": [them]}
    first = make.make_held("First sitting", starts_on=ago(700), **parts)
    second = make.make_held("Second sitting", starts_on=ago(300), **parts)
    fees, waste = make.make_topic("Fees"), make.make_topic("Waste")
    for meeting, stance, statement in ((first, "opposes", "Any higher fee."), (second, "supports", "A lower fee.")):
        make.make_position(make.make_discussion(meeting, topic=fees), them, stance=stance, statement=statement)
    asked = make.make_discussion(second, topic=waste)
    make.make_position(asked, them, stance="requests", statement="A single form for waste.")
    make.make_followup("Publish the fees", owner=host, meeting=second, due_on=ago(10))
    late = make.make_followup("Send the figures", owner=them, meeting=second, chaser=people.manager, due_on=ago(-3))
    late.move_due(by=people.manager, to=ago(-9), reason="Holidays.")
    late.start(by=people.manager)
    make.make_followup("Done at once", owner=host, meeting=second).complete(by=people.manager)
    person = make.make_person("Ada Lovelace")
    make.make_participant(second.parties.get(organization=them), person=person, name="")
    meeting = make.make_meeting("Third sitting", starts_on=ago(-30), internal_notes="Offer the new date.", **parts)
    make.make_discussion(meeting, topic=fees)
    make.make_participant(meeting.parties.get(organization=them), person=person, name="", attendance="invited")
    return meeting


def address(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}brief/"


def brief_of(meeting: Meeting, user: Any) -> Brief:
    return Brief(Meeting.objects.for_page(user).get(pk=meeting.pk), user)


def test_it_tells_what_was_said_asked_changed_and_promised(planned: Meeting, people: People) -> None:
    text = page_text(address(planned), people.secretary)
    short = people.ours.short_name
    assert f"Our promise has been overdue since {day(ago(10))}: Publish the fees" in text
    assert f"{short} asked ({day(ago(300))}) and got no answer: A single form for waste." in text
    assert f"{short} changed its position on Fees from “opposes” to “supports”" in text
    assert "Ada Lovelace (came once before)" in text
    assert f"Postponed once, originally due on {day(ago(-3))}" in text
    assert "Done at once" in text and "Offer the new date." in text
    agenda = text.split("Agenda, and what was said last time")[1].split("Other topics with them")[0]
    assert "Supports A lower fee." in agenda and "Any higher fee." not in agenda
    assert f"So far: {short} opposes ({ago(700):%B %Y}), supports ({ago(300):%B %Y})" in agenda
    assert "A single form for waste." in text.split("Other topics with them")[1]
    assert text.index("Second sitting") < text.index("First sitting")


def day(when: dt.date) -> str:
    return f"{when.day} {when:%b %Y}"


def test_what_was_answered_kept_or_said_with_others_is_no_point(planned: Meeting, people: People) -> None:
    second = Meeting.objects.get(title="Second sitting")
    host = second.parties.get(side="host").organization
    make.make_position(second.discussions.get(topic__title="Waste"), host, statement="There will be one.", order=9)
    other = make.make_held("Elsewhere", starts_on=ago(200), host=host, counterparts=[people.theirs])
    make.make_position(make.make_discussion(other, topic=make.make_topic("Odd")), people.theirs, stance="requests")
    make.make_followup("Not for them", owner=host, meeting=other, due_on=ago(5))
    brief = brief_of(planned, people.secretary)
    assert not brief.before.unanswered
    assert [one.title for one in brief.ours.open] == ["Publish the fees"]
    assert [point for point in brief.points if "Not for them" in point or "Odd" in point] == []


def test_our_own_request_is_told_as_ours(planned: Meeting, people: People) -> None:
    second = Meeting.objects.get(title="Second sitting")
    host = second.parties.get(side="host").organization
    make.make_position(
        make.make_discussion(second, topic=make.make_topic("Data")), host, stance="requests", statement="Your data."
    )
    assert f"We asked ({day(ago(300))}) and got no answer: Your data." in page_text(address(planned), people.manager)


def test_what_others_said_on_the_agenda(planned: Meeting, people: People) -> None:
    topic = planned.discussions.get().topic
    host = planned.parties.get(side="host").organization
    other = make.make_held(starts_on=ago(100), host=host, counterparts=[people.theirs])
    talk = make.make_discussion(other, topic=topic)
    make.make_position(talk, people.theirs, stance="opposes", statement="All fees.")
    make.make_position(talk, host, statement="The fees as they are.")
    told = brief_of(planned, people.secretary).before.others
    assert [(voice.name, voice.text) for voice, _talk in told] == [(people.theirs.short_name, "All fees.")]


def test_only_what_came_before_is_told(planned: Meeting, people: People) -> None:
    """Opened later, the brief is of the day before the meeting, not of what followed."""
    first = Meeting.objects.get(title="First sitting")
    assert brief_of(first, people.secretary).before.meetings == []
    undated = make.make_meeting("Some day", counterparts=[people.ours], starts_on=None)
    assert [one.title for one in brief_of(undated, people.secretary).before.meetings] == [
        "Second sitting",
        "First sitting",
    ]


def test_what_this_meeting_brought_is_not_told_as_promised_before(planned: Meeting, people: People) -> None:
    second = Meeting.objects.get(title="Second sitting")
    assert not brief_of(second, people.secretary).theirs.open
    assert [one.title for one in brief_of(planned, people.secretary).theirs.open] == ["Send the figures"]


def test_promises_at_few_meetings_are_asked_for_by_key(
    planned: Meeting, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked otherwise, PostgreSQL walks through all open promises there are to find those of a handful of meetings."""
    with CaptureQueriesContext(connection) as seen:
        found = [one.title for one in brief_of(planned, people.secretary).ours.open]
    asked = [query["sql"] for query in seen if 'FROM "followups_followup"' in query["sql"]]
    assert found == ["Publish the fees"]
    assert asked and not [sql for sql in asked if "meetings_party" in sql]
    monkeypatch.setattr(briefs, "FEW", 0)
    assert [one.title for one in brief_of(planned, people.secretary).ours.open] == found


def test_nothing_recorded_is_said_so(people: People) -> None:
    text = page_text(address(make.make_meeting("Bare", starts_on=None)), people.secretary)
    assert "No earlier meeting with these counterparts is recorded, and nothing is overdue." in text
    assert "No agenda to show." in text and "Parties not recorded yet." in text
    for heading in ("What we promised", "Requests without an answer", "Earlier meetings"):
        assert heading not in text, "what cannot be there"


def test_it_is_for_the_secretariat_alone(planned: Meeting, people: People) -> None:
    planned.visibility = make.PUBLIC
    planned.save()
    for name, user in people:
        client = client_of(user)
        expected = 200 if name in ("secretary", "manager", "publisher") else 404
        assert client.get(address(planned)).status_code == expected, name


def test_a_former_address_leads_to_it(planned: Meeting, people: People) -> None:
    former = address(planned)
    planned.title = "Renamed"
    planned.save()
    client = Client()
    client.force_login(people.secretary)
    response = client.get(former)
    assert (response.status_code, response.headers["Location"]) == (301, address(planned))
    page = client.get(planned.get_absolute_url()).content.decode()
    assert f'href="{address(planned)}"' in page
    assert 'data-copy="Secretariat copy: internal"' in client.get(address(planned)).content.decode()


def test_it_costs_the_same_for_two_rows_and_many(planned: Meeting, people: People) -> None:
    host = planned.parties.get(side="host").organization

    def grow(number: int) -> None:
        for _each in range(number // 4 or 1):
            meeting = make.make_held(starts_on=ago(400), host=host, counterparts=[people.ours])
            topic = make.make_topic()
            make.make_position(make.make_discussion(meeting, topic=topic), people.ours, stance="requests")
            make.make_discussion(planned, topic=topic).references.add(make.make_reference(f"Law {topic.pk}"))
            make.make_followup(owner=people.ours, chaser=people.manager, meeting=meeting)
            party = make.make_party(planned)
            make.make_participant(party, person=make.make_person(f"Person {topic.pk}"))

    client = Client()
    client.force_login(people.secretary)
    assert_flat_queries(grow, lambda: client.get(address(planned)), ceiling=40, many=40)
