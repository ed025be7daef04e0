"""What saving costs in statements, savepoints included, recorded beside the tests: a change of a number is seen."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetings.models import Meeting
from tests import makers as make
from tests.costs import assert_recorded
from tests.makers import PUBLIC
from tests.people import People
from tests.queries import count_queries

RECORDED = Path(__file__).parent / "write_counts.json"


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A public meeting with a part of every kind."""
    host, them = make.make_host("Our body"), make.make_organization("Theirs")
    meeting = make.make_public("The meeting", host=host, counterparts=[them], starts_on=dt.date(2025, 5, 8))
    discussion = make.make_discussion(meeting, topic=make.make_topic("The topic"))
    make.make_position(discussion, them)
    make.make_outcome(meeting, by=host, to=them)
    make.make_document(meeting)
    make.make_followup("The promise", meeting=meeting, owner=them, chaser=people.manager, visibility=PUBLIC)
    meeting.refresh_from_db()
    return meeting


def saved(record: Any, **fields: Any) -> Callable[[], object]:
    record.refresh_from_db()
    for name, value in fields.items():
        setattr(record, name, value)
    return record.save  # type: ignore[no-any-return]


def _meeting_in_steps() -> None:
    """As people make one: each step is a save of its own."""
    meeting = Meeting.objects.create(title="New", starts_on=make.LONG_AGO, visibility=PUBLIC)
    make.make_party(meeting, make.make_host(), side="host")
    make.make_party(meeting)
    meeting.confirm(by=None)
    meeting.hold(by=None)
    meeting.publish(by=None)


def test_statements_of_every_save(meeting: Meeting, people: People) -> None:
    party, talk, promise = meeting.parties.all()[1], meeting.discussions.get(), meeting.followups.get()
    theme = make.make_theme("The theme")
    work: dict[str, Callable[[], object]] = {
        "organization, new": lambda: make.make_organization("New"),
        "organization, one field": lambda: saved(party.organization, description="Otherwise")(),
        "topic, new": lambda: make.make_topic("New"),
        "meeting, new, held and published": _meeting_in_steps,
        "meeting, one field": lambda: saved(meeting, summary="Otherwise")(),
        "meeting, renamed": lambda: saved(meeting, title="Renamed")(),
        "meeting, withdrawn": lambda: meeting.withdraw(by=None, reason="By mistake"),
        "discussion, new": lambda: make.make_discussion(meeting, "New"),
        "discussion, theme chosen": lambda: talk.themes.add(theme),
        "follow-up, new": lambda: make.make_followup(
            "New", meeting=meeting, owner=party.organization, chaser=people.manager
        ),
        "follow-up, done": lambda: promise.complete(by=people.manager, result="Done"),
    }
    found = {what: len(count_queries(write)) for what, write in work.items()}
    assert_recorded(RECORDED, "statements", found)
