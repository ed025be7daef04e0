"""What was published before meetings had a day since when they are public reads the same after the upgrade."""

import datetime as dt
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client

from engagement.core.history import all_changes
from engagement.topics.models import Reference
from meetings.models import Meeting
from tests import makers as make
from tests.people import People

pytestmark = pytest.mark.both_databases

BEFORE, LATER = dt.datetime(2025, 6, 1, 22, 30, tzinfo=dt.UTC), dt.datetime(2025, 6, 3, 12, tzinfo=dt.UTC)
PUBLIC = ["/meetings.atom", "/meetings.csv", "/meetings.json", "/meetings.ics", "/meetings/"]


def upgrade(app: str, name: str) -> None:
    import_module(f"{app}.migrations.{name}").fill(apps, SimpleNamespace(connection=connection))


def days(model: Any) -> list[Any]:
    return list(model.history.order_by("history_id").values_list("id", "published_at", "public_since"))


@pytest.fixture
def meeting(people: People) -> Meeting:
    """Published, corrected, withdrawn and published again, long ago; another one was deleted meanwhile."""
    with time_machine.travel(BEFORE, tick=False):
        meeting, gone = make.make_public("Leaflets"), make.make_public("Gone")
    with time_machine.travel(LATER, tick=False):
        for one in (meeting, gone):
            one.refresh_from_db()
            one.summary = "Corrected"
            one.save()
        gone.withdraw(by=people.publisher, reason="A name was in it.")
        meeting.withdraw(by=people.publisher, reason="A name was in it.")
        meeting.publish(by=people.publisher, note="The name is out.")
        Meeting._base_manager.filter(pk=gone.pk).delete()
    return meeting


def test_the_history_of_before_gets_the_days_it_would_have(meeting: Meeting, people: People) -> None:
    elsewhere = make.make_held("Public elsewhere before", visibility=make.PUBLIC)
    elsewhere.publish(by=people.publisher, already_public=True)
    wanted = days(Meeting)
    assert {str(day) for _id, _at, day in wanted} == {"None", "2025-06-02", "2025-06-03"}, (
        "local days, not those of UTC"
    )
    Meeting.history.update(public_since=None)
    for _again in range(2):
        upgrade("meetings", "0010_public_since_in_history")
        assert days(Meeting) == wanted
    assert Meeting.objects.get(pk=elsewhere.pk).public_since is None


def public_bytes() -> list[bytes]:
    return [b"".join(answer) for answer in (Client().get(address) for address in PUBLIC)]


def test_a_hidden_save_after_the_upgrade_changes_no_public_byte(meeting: Meeting) -> None:
    """Also where it was saved between the two upgrades, and told the public that something had changed."""
    before = public_bytes()
    Meeting.history.filter(id=meeting.pk).update(public_since=None)
    record = Meeting.objects.get(pk=meeting.pk)
    record.internal_notes = "Nobody's business"
    record.save()
    assert public_bytes() != before, "what the upgrade puts right"
    upgrade("meetings", "0010_public_since_in_history")
    record.internal_notes = "Still nobody's business"
    record.save()
    assert public_bytes() == before
    assert "public since" not in {change.field for change in all_changes(record) if change.when.year > 2025}


def test_the_history_of_references_has_addresses(db: None) -> None:
    kept, gone = (Reference.objects.create(title=title) for title in ("Directive 1", "Directive 2"))
    kept.save()
    Reference.history.update(slug="")
    gone.delete()
    upgrade("engagement.topics", "0006_addresses_in_history")
    assert set(Reference.history.filter(id=kept.pk).values_list("slug", flat=True)) == {"directive-1"}
