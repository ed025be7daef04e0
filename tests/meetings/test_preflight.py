"""Pre-flight: everything that is missing is listed at once, with the way to it, and no door publishes around it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from meetings.models import Document, Meeting, Regime
from meetings.models.preflight import SHORT, Incomplete, shortfalls, shortfalls_of_many
from meetings.models.publishing import IN_STATE, PublicationState
from meetings.models.regimes import Required
from tests import makers as make
from tests.people import People, client_of

ALL = [*Required.values]


def lacking(people: People, **fields: Any) -> Meeting:
    """Held under a rule that asks for everything, of which it has next to nothing."""
    both = make.make_organization("Alpha; Beta")
    meeting = make.make_held("TBC", counterparts=[both], visibility=make.SHARED, **fields)
    meeting.regimes.add(make.make_regime(required_fields=ALL, is_with_minutes=True))
    party = meeting.parties.get(organization=both)
    make.make_participant(party, "Ada Hidden", visibility=make.INTERNAL)
    make.make_document(meeting, url="", file=ContentFile(b"%PDF-1.4", "minutes.pdf"))
    make.make_document(meeting, "Notes of ADA  hidden on the day")
    return meeting


def codes(meeting: Meeting, by: Any = None) -> list[str]:
    return [one.code for one in shortfalls(meeting, by)]


def whole(people: People, **fields: Any) -> Meeting:
    """The same with nothing missing, prepared by the secretary."""
    host, other = make.make_host(), make.make_organization()
    facts = {
        "purpose": "Leaflets for patients", "city": "Rome", "attendance_mode": "in_person",
        "visibility": make.PUBLIC, "prepared_by": people.secretary, "prepared_at": timezone.now(), **fields,
    }  # fmt: skip
    meeting = make.make_held("Meeting on leaflets", host=host, counterparts=[other], **facts)
    meeting.regimes.add(make.make_regime(required_fields=ALL, is_with_minutes=True))
    meeting.parties.filter(organization=other).update(register_number="12345-67")
    ours = meeting.parties.get(organization=host)
    make.make_participant(ours, "Kay Known", function="Head of unit", visibility=make.PUBLIC)
    make.make_discussion(meeting, "Leaflets", said="They were read.")
    return Meeting.objects.get(pk=meeting.pk)


def test_everything_that_is_missing_is_listed_at_once(people: People) -> None:
    meeting = lacking(people)
    assert codes(meeting) == [
        "not_public", "title", "purpose", "subject", "place", "form", "several", "register_number",
        "representatives", "name", "minutes", "accessibility",
    ]  # fmt: skip
    assert set(codes(meeting)) <= set(SHORT)
    with pytest.raises(Incomplete) as told:
        meeting.publish(by=people.publisher)
    assert len(told.value.messages) == 12 and not Meeting.objects.get(pk=meeting.pk).is_published
    with pytest.raises(Incomplete):
        meeting.mark_ready(by=people.secretary)


def test_each_thing_leads_to_its_place_in_the_form(people: People) -> None:
    meeting = lacking(people)
    client = client_of(people.secretary)
    page = client.get(f"{meeting.get_absolute_url()}publication/").content.decode()
    ways = re.findall(rf'href="(/admin/meetings/meeting/{meeting.pk}/change/[^"]*)"', page)
    assert "12 things are missing" in page and len(ways) == 12
    form = client.get(f"/admin/meetings/meeting/{meeting.pk}/change/").content.decode()
    for way in ways:
        assert f'id="{way.partition("#")[2]}"' in form, way


def test_nothing_is_missing_of_a_whole_one(people: People) -> None:
    meeting = whole(people)
    assert codes(meeting) == []
    meeting.publish(by=people.publisher)
    assert Meeting.objects.get(pk=meeting.pk).is_published


@pytest.mark.parametrize("title", ["Meeting", "tbc", "Introductory call", "N/A", "Série des réunions", "  MEETING  "])
def test_a_title_says_something(people: People, title: str) -> None:
    series = make.make_series("Serie des reunions")
    meeting = make.make_held(title, series=series, visibility=make.PUBLIC)
    assert codes(meeting) == ["title"]
    meeting.title = "Leaflets"
    meeting.save()
    assert codes(meeting) == []


def test_a_register_number_of_those_kinds_that_the_rule_covers(people: People) -> None:
    meeting = make.make_held("Leaflets", counterparts=[make.make_organization(kind="company")], visibility=make.PUBLIC)
    rule = make.make_regime(required_fields=["register_numbers"], organization_kinds=["regulator"])
    meeting.regimes.add(rule)
    assert codes(meeting) == []
    Regime.objects.update(organization_kinds=["company"])
    assert codes(meeting) == ["register_number"]
    meeting.parties.update(register_number="12345-67", register_status="removed")
    assert codes(meeting) == ["register_status"]


def test_what_is_planned_is_announced_unless_a_rule_asks_for_what_was_held(people: People) -> None:
    coming = make.make_meeting(
        "Leaflets", starts_on=timezone.localdate() + dt.timedelta(days=9), visibility=make.PUBLIC
    )
    coming.confirm(by=None)
    assert codes(coming) == []
    coming.regimes.add(make.make_regime())
    assert codes(coming) == ["not_held"]


def test_ready_is_a_statement_that_falls_back(people: People) -> None:
    meeting = whole(people)
    meeting.mark_ready(by=people.secretary)
    assert (meeting.publication_state, meeting.ready_by) == (PublicationState.READY, people.secretary)
    meeting.internal_notes = "Nothing of importance."
    meeting.save()
    meeting.summary = "Leaflets again."
    meeting.save()
    assert Meeting.objects.get().ready_at
    make.make_document(meeting, "Paper", url="", file=ContentFile(b"%PDF-1.4", "a.pdf"))
    assert Meeting.objects.get().publication_state == PublicationState.WAITING
    assert meeting.history.latest("history_id").ready_at is None
    Document.objects.get().delete()
    meeting = Meeting.objects.get()
    meeting.mark_ready(by=people.secretary)
    meeting.discussions.get().delete()
    assert not Meeting.objects.get().ready_at
    meeting.summary = "A stale form makes nothing ready."
    meeting.save()
    assert not Meeting.objects.get().ready_at


def test_whoever_changed_the_text_prepared_it_too(people: People) -> None:
    meeting = whole(people)
    for by in (people.publisher, people.manager):
        assert codes(meeting, by) == []
    talk = meeting.discussions.get()
    talk.said, talk._history_user = "They were read aloud.", people.publisher
    talk.save()
    assert codes(meeting, people.publisher) == ["same_person"]
    meeting = Meeting.objects.get()
    with meeting.locked(by=people.manager):
        meeting.title = "Meeting on leaflets for patients"
        meeting.save()
    assert codes(meeting, people.manager) == ["same_person"]
    meeting.regimes.all().update(is_by_second_person=False)
    assert codes(meeting, people.manager) == []
    meeting.publish(by=people.manager)
    meeting.withdraw(by=people.publisher, reason="Names.")
    Regime.objects.update(is_by_second_person=True)
    assert codes(meeting, people.manager) == codes(meeting, people.publisher) == []


def test_bulk_publishing_names_each_with_what_it_lacks(people: People) -> None:
    first, second = lacking(people), whole(people)
    client = client_of(people.publisher)
    data = {"action": "publish", "_selected_action": [first.pk, second.pk]}
    asked = client.post("/admin/meetings/meeting/", data).content.decode()
    assert asked.count("Missing: ") == 12
    told = client.post("/admin/meetings/meeting/", {**data, "_confirmed": "1"}, follow=True).content.decode()
    assert "names several organizations. Add each as a party" in told and f"{first}: " in told.replace("&amp;", "&")
    assert set(Meeting.objects.filter(published_at__isnull=False)) == {second}


def test_each_meeting_is_in_one_state_and_the_list_asks_for_it(people: People) -> None:
    rule = make.make_regime(days=None, grounds=("Embassies",))
    made: dict[PublicationState, Meeting] = {}
    for state in set(PublicationState) - {PublicationState.CHANGED}:  # in test_four_eyes.py
        visible = make.INTERNAL if state == PublicationState.UNASSESSED else make.PUBLIC
        meeting = made[state] = make.make_held(f"A {state}", visibility=visible)
        if state == PublicationState.READY:
            meeting.mark_ready(by=people.secretary)
        elif state == PublicationState.EXEMPT:
            meeting.regimes.add(rule)
            meeting.exempt(by=people.publisher, ground=rule.grounds.get(), text="An embassy.")
        elif state in (PublicationState.PUBLISHED, PublicationState.WITHDRAWN):
            meeting.publish(by=people.publisher)
        if state == PublicationState.WITHDRAWN:
            meeting.withdraw(by=people.publisher, reason="Names.")
    client = client_of(people.secretary)
    for state, meeting in made.items():
        stored = Meeting.objects.get(pk=meeting.pk)
        assert stored.publication_state == state
        assert [one.pk for one in Meeting.objects.filter(IN_STATE[state])] == [meeting.pk]
        page = client.get(f"/meetings/?publication={state}").content.decode()
        assert {one for one in made if f">A {one}<" in page} == {state}
        assert str(state.label) in client.get(stored.get_absolute_url()).content.decode()


def test_it_is_the_secretariats(people: People) -> None:
    meeting = make.make_public("Leaflets", counterparts=[people.ours])
    address = f"{meeting.get_absolute_url()}publication/"
    assert client_of(people.representative).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert client_of(people.manager).get(address).status_code == 200


def test_it_asks_as_often_for_many(people: People, django_assert_num_queries: Any) -> None:
    keys = [lacking(people).pk for _each in range(3)]
    with django_assert_num_queries(3):
        shortfalls_of_many(keys[:1])
    with django_assert_num_queries(3):
        assert {len(found) for found in shortfalls_of_many(keys).values()} == {12}


def test_a_document_is_accessible_or_explained(people: People) -> None:
    meeting = make.make_meeting()
    for accessibility, note in (("explained", ""), ("other", "Why.")):
        with pytest.raises(ValidationError, match=r"Explain why|not a valid choice"):
            Document(
                meeting=meeting, kind="agenda", title="A", url="https://example.org/",
                accessibility=accessibility, accessibility_note=note,
            ).full_clean()  # fmt: skip
