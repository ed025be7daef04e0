"""Audit log: each changed field, old and new, by whom, and since which version."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import ANY

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from simple_history.models import HistoricalRecords

from engagement.accounts.models import User
from engagement.core.change_sets import saves_of
from engagement.core.history import Change, all_changes, changes_since
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers
from tests.makers import INTERNAL, PUBLIC
from tests.people import People
from tests.queries import count_queries


@contextmanager
def by(user: User) -> Iterator[None]:
    """What is saved inside is saved by this person, as in a request."""
    HistoricalRecords.context.request = SimpleNamespace(user=user)
    try:
        yield
    finally:
        del HistoricalRecords.context.request


def saves_of_all(record: Any) -> list[Change]:
    return [change for save in saves_of(record) for change in save.changes]


def told(changes: list[Change]) -> list[tuple[str, str, str]]:
    return [(change.field, change.old, change.new) for change in changes]


def again(record: Any) -> Any:
    return type(record)._base_manager.get(pk=record.pk)


def test_one_field_changed_once_is_one_line(people: People) -> None:
    meeting = makers.make_meeting("Before")
    version, before = again(meeting).version, timezone.now()
    meeting.title = "After"
    meeting._history_user = people.secretary
    meeting.save()
    (change,) = changes_since(meeting, version)
    assert (change.field, change.old, change.new) == ("title", "Before", "After")
    assert change.who == "secretary"
    assert before <= change.when <= timezone.now()
    assert "After" in change.label


def test_a_save_that_changes_nothing_is_not_a_change(db: None) -> None:
    meeting = makers.make_meeting()
    version = meeting.version
    meeting.save()
    assert changes_since(meeting, version) == []


def test_verbs_say_who(people: People) -> None:
    meeting = makers.make_held(visibility=PUBLIC)
    version = again(meeting).version
    meeting.publish(by=people.publisher)
    changes = changes_since(meeting, version)
    assert {change.field for change in changes} == {"published at", "published by", "public since"}
    assert {change.who for change in changes} == {"publisher"}
    meeting.withdraw(by=people.publisher, reason="Too early.")
    assert all_changes(meeting)[0].who == "publisher"
    meeting.save()
    assert not any(change.who == "" for change in changes_since(meeting, version))


@pytest.mark.parametrize("level", [INTERNAL, PUBLIC])
def test_parts_added_changed_and_removed_are_changes_of_the_whole(db: None, level: int) -> None:
    meeting = makers.make_meeting()
    start = again(meeting).version
    discussion = makers.make_discussion(meeting, "First item", visibility=level)
    added = changes_since(meeting, start)
    assert added[0].field == "Added"
    assert "First item" in added[0].label
    assert (("who can see it", "", "Internal") in told(added)) == (level == INTERNAL)
    between = again(meeting).version
    discussion.said = "Much."
    discussion.save()
    assert told(changes_since(meeting, between)) == [("what was said", "", "Much.")]
    between = again(meeting).version
    discussion.delete()
    assert told(changes_since(meeting, between)) == [("Removed", "", "")]
    assert told(changes_since(meeting, again(meeting).version)) == []


def test_what_goes_together_with_a_part_is_told(db: None) -> None:
    meeting = makers.make_meeting()
    discussion = makers.make_discussion(meeting, "First item")
    makers.make_position(discussion, statement="We agree.")
    version = again(meeting).version
    again(discussion).delete()
    labels = [change.label for change in changes_since(meeting, version) if change.field == "Removed"]
    assert len(labels) == 2
    assert any("We agree." in label for label in labels)


def test_nothing_and_zero_are_different(db: None) -> None:
    party = makers.make_party(makers.make_meeting())
    version = again(party.meeting).version
    party.headcount = 0
    party.save()
    assert told(changes_since(party.meeting, version)) == [("number of people", "", "0")]


def test_selections_are_told_by_name(db: None) -> None:
    topic, a, b = makers.make_topic(), makers.make_theme("Alpha"), makers.make_theme("Beta")
    topic.themes.set([a])
    version = again(topic).version
    topic.themes.set([b])
    lines = told(changes_since(topic, version))
    assert all(field == "themes" for field, _old, _new in lines)
    assert (lines[0][1], lines[-1][2]) == ("Alpha", "Beta")
    topic.themes.clear()
    assert told(all_changes(topic))[0] == ("themes", "Beta", "")


def test_selections_of_a_part_are_told_of_the_whole(db: None) -> None:
    meeting = makers.make_meeting()
    discussion = makers.make_discussion(meeting)
    version = again(meeting).version
    again(discussion).references.add(makers.make_reference("The Regulation"))
    assert told(changes_since(meeting, version)) == [("refers to", "", "The Regulation")]


def test_a_record_that_is_gone_is_told_as_gone(db: None) -> None:
    organization = makers.make_organization(lead=makers.make_user("left"))
    organization.lead.delete()
    organization.refresh_from_db()
    organization.save()
    assert ("our lead", "", "(removed)") in told(all_changes(organization))


def test_the_version_parts_the_changes(db: None) -> None:
    organization = makers.make_organization("Name 0")
    for number in range(1, 6):
        organization.name = f"Name {number}"
        organization.save()
    for version in range(1, 7):
        lines = changes_since(organization, version)
        assert [line.new for line in lines] == [f"Name {n}" for n in range(version, 6)]
    assert all_changes(organization)[0].new == "Name 5"


def test_a_save_of_the_whole_form_is_one_entry(people: People) -> None:
    """Who, when, and how many of what; a part that was added and then put in its place was added."""
    with time_machine.travel("2025-05-08 10:00Z", tick=False) as clock:
        meeting = makers.make_meeting("Before")
        discussions = [makers.make_discussion(meeting, title) for title in ("First", "Second")]
        clock.shift(3600)
        with by(people.secretary):
            meeting.title, meeting.purpose, meeting.city, meeting.summary = "After", "Why", "Bonn", "All"
            meeting.save()
            for discussion in discussions:
                clock.shift(1)
                discussion.said = "Much."
                discussion.save()
            clock.shift(2)
            added = makers.make_discussion(meeting, "Third")
            added.said = "Less."
            added.save()
        clock.shift(1)
        with by(people.manager):
            added.delete()
        clock.shift(4)
        with by(people.manager):
            discussions[0].said = "More."
            discussions[0].save()
    entries = [(save.who, save.summary) for save in saves_of(meeting)]
    assert entries == [
        ("manager", ["1 discussion changed"]),
        ("manager", ["1 discussion removed"]),
        ("secretary", [ANY, "2 discussions changed", "1 discussion added"]),
        ("", ["1 meeting added", "2 discussions added"]),
    ]
    assert entries[2][1][0].endswith("and 1 more field changed")
    said = [
        (change.field, change.old, change.new) for change in saves_of(meeting)[2].changes if "Third" in change.label
    ]
    assert said[0] == ("Added", "", "")
    assert ("what was said", "", "Less.") in said


def test_what_was_changed_and_changed_back_at_once_did_not_change(db: None) -> None:
    organization = makers.make_organization("Ene")
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
        for name in ("Mene", "Muh"):
            organization.name = name
            organization.save()
    (save, _added) = saves_of(organization)
    assert [(change.old, change.new) for change in save.changes if change.field == "name"] == [("Ene", "Muh")]
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2), tick=False):
        for name in ("Mene", "Muh"):
            organization.name = name
            organization.save()
    assert len(saves_of(organization)) == 2


def test_a_verb_is_one_word_beside_what_else_changed(people: People) -> None:
    organization = makers.make_organization("Ene")
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
        organization.archive(by=people.manager, reason="Closed down.")
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2), tick=False):
        with organization.locked(by=people.manager):
            organization.name = "Mene"
            organization.save()
        organization.restore(by=people.manager)
    back, away, _added = saves_of(organization)
    assert (away.summary, back.summary) == (["archived"], ["restored", "name changed"])


def test_the_page_of_the_history_has_the_saves_and_the_details_on_demand(people: People) -> None:
    meeting = makers.make_held(visibility=PUBLIC)
    meeting.publish(by=people.manager)
    meeting.withdraw(by=people.publisher, reason="Too early.")
    client = Client()
    client.force_login(people.secretary)
    page = client.get(f"/admin/meetings/meeting/{meeting.pk}/history/").content.decode()
    entries = page.split('<li class="record-history__save">')[1:]
    assert "publisher" in entries[0] and "Too early." in entries[0]
    assert "<p>Withdrawn</p>" in entries[0]
    assert "<p>Published</p>" in entries[1]
    assert entries[1].index("<details>") < entries[1].index("<table>")
    assert re.search(r"\d+ \w+ 2\d{3}, \d\d:\d\d</time>", entries[0])


def test_hours_are_written_as_on_every_page(people: People) -> None:
    with time_machine.travel("2025-05-08 13:06Z", tick=False):
        meeting = makers.make_held(visibility=PUBLIC)
        meeting.publish(by=people.publisher)
    (published,) = [change for change in all_changes(meeting) if change.field == "published at"]
    assert published.new == "8 May 2025, 15:06"


def busy(meeting: Meeting, rounds: int) -> None:
    for _ in range(rounds):
        discussion = makers.make_discussion(meeting, topic=makers.make_topic())
        discussion.themes.add(makers.make_theme())
        makers.make_position(discussion, makers.make_organization())
        makers.make_participant(makers.make_party(meeting))


@pytest.mark.parametrize("read", [all_changes, saves_of_all, lambda record: changes_since(record, 1)])
def test_the_cost_does_not_grow_with_the_changes(db: None, read: Callable[..., list[Change]]) -> None:
    meeting = makers.make_meeting()
    busy(meeting, 2)
    few, few_lines = count_queries(lambda: read(meeting)), len(read(meeting))
    busy(meeting, 20)
    many, many_lines = count_queries(lambda: read(meeting)), len(read(meeting))
    assert many_lines > few_lines + 50
    assert len(many) == len(few) < 40


def test_columns_worked_out_by_the_house_are_not_told(db: None) -> None:
    organization = makers.make_organization("Ene")
    organization.name = "Mene"
    organization.save()
    fields = {change.field for change in all_changes(organization)}
    assert fields.isdisjoint({"search text", "match key", "acronym key", "version", "address"})
    assert Organization.history.count() == 2
