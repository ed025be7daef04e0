"""One proposed change, several people at one moment: it is decided once, and the record says the same."""

from collections.abc import Callable
from typing import Any

import pytest

from meetings.models import Meeting, ProposedChange
from tests import makers as make
from tests.meetings.test_four_eyes import proposed
from tests.people import People

pytestmark = pytest.mark.both_databases
Race = Callable[..., list[str]]

TAKE = """
    from django.conf import settings
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from django.test import Client
    from engagement.accounts.models import User
    from meetings.models import ProposedChange
    client = Client()
    client.force_login(User.objects.get(username=f"publisher{NUMBER or ''}"))
    change = ProposedChange.objects.get()
    address = f"/admin/meetings/meeting/{change.meeting_id}/change/"
    if NUMBER < TAKERS:
        client.post(address, {"_proposal": change.pk, "_take": "1", "_once": f"take-over-{NUMBER}"})
    else:
        try:
            change.withdraw(by=change.proposed_by)
        except Exception as error:
            print(type(error).__name__)
"""


def second_publisher(people: People) -> Any:
    other = make.make_user("publisher1", is_staff=True)
    other.groups.set(people.publisher.groups.all())
    return other


def test_two_publishers_take_it_over_at_once(transactional_db: None, people: People, race: Race) -> None:
    second_publisher(people)
    meeting, change = proposed(people)
    lines = Meeting.history.filter(id=meeting.pk).count()
    race(TAKE.replace("TAKERS", "2"), processes=2)
    change.refresh_from_db()
    assert change.state == "taken" and Meeting.objects.get().title == "Leaflets for everybody"
    assert Meeting.history.filter(id=meeting.pk).count() == lines + 1
    assert ProposedChange.history.filter(history_user__isnull=False, state="taken").count() == 1


def test_taken_over_or_withdrawn_never_both(transactional_db: None, people: People, race: Race) -> None:
    second_publisher(people)
    _meeting, change = proposed(people)
    race(TAKE.replace("TAKERS", "1"), processes=2)
    change.refresh_from_db()
    is_taken = change.state == "taken"
    assert change.state in ("taken", "withdrawn")
    assert (Meeting.objects.get().title == "Leaflets for everybody") == is_taken
