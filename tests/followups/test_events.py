"""Event log of follow-ups: append-only, by whatever way somebody writes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from engagement.followups.models import FollowUp, FollowUpEvent
from tests import makers
from tests.people import People

pytestmark = pytest.mark.both_databases


@pytest.fixture
def event(people: People) -> FollowUpEvent:
    followup = makers.make_followup()
    followup.start(by=people.manager, comment="Writing.")
    return followup.events.get()


def ways_to_change(event: FollowUpEvent) -> dict[str, object]:
    event.comment = "Changed"
    same = FollowUpEvent(pk=event.pk, followup=event.followup, from_status="open", to_status="done", comment="Changed")
    rows = FollowUpEvent.objects
    return {
        "save": event.save,
        "save of one field": lambda: event.save(update_fields=["comment"]),
        "save over it": same.save,
        "update": lambda: rows.update(comment="Changed"),
        "update of some": lambda: rows.filter(pk=event.pk).update(comment="Changed"),
        "update through the follow-up": lambda: event.followup.events.update(comment="Changed"),
        "bulk_update": lambda: rows.bulk_update([event], ["comment"]),
        "update_or_create": lambda: rows.update_or_create(pk=event.pk, defaults={"comment": "Changed"}),
        "upsert": lambda: rows.bulk_create(
            [same], update_conflicts=True, unique_fields=["id"], update_fields=["comment"]
        ),
        "delete": event.delete,
        "delete of all": lambda: rows.all().delete(),
        "delete through the follow-up": lambda: event.followup.events.all().delete(),
    }


WAYS = [
    "save",
    "save of one field",
    "save over it",
    "update",
    "update of some",
    "update through the follow-up",
    "bulk_update",
    "update_or_create",
    "upsert",
    "delete",
    "delete of all",
    "delete through the follow-up",
]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_another_past(event: FollowUpEvent, way: str) -> None:
    ways = ways_to_change(event)
    assert list(ways) == WAYS
    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        ways[way]()  # type: ignore[operator]
    assert FollowUpEvent.objects.get().comment == "Writing."


def test_a_followup_with_a_past_is_not_deleted(event: FollowUpEvent) -> None:
    with pytest.raises(ProtectedError):
        event.followup.delete()
    with pytest.raises(ProtectedError):
        FollowUp.objects.all().delete()
    makers.make_followup().delete()
    assert FollowUp.objects.get() == event.followup


def test_events_stay_inside(event: FollowUpEvent, people: People) -> None:
    seen = {name for name, user in people if FollowUpEvent.objects.visible_to(user).exists()}
    assert seen == {"secretary", "manager", "publisher"}
