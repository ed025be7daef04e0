"""Addresses given to many records at once are those that saving one by one would give."""

import pytest

from engagement.core import bulk
from engagement.samples.bulk import BulkWriter
from meetings.models import Meeting
from tests import makers as make

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TITLES = [
    "Sandbox",
    "Sandbox",
    "Sandbox 2",
    "Sandbox",
    "…",
    "Sandbox 4",
    "Sand",
    "SANDBOX",
    "Sandbox-2",
    "…",
    "Sandbox",
]
BEFORE = ["Sandbox", "Sandbox 3", "Sandboxes"]


def one_by_one() -> list[str]:
    return [make.make_meeting(title).slug for title in TITLES]


def at_once(portion: int) -> list[str]:
    writer = BulkWriter()
    for start in range(0, len(TITLES), portion):
        writer.write([Meeting(title=title, starts_on=make.LONG_AGO) for title in TITLES[start : start + portion]])
    return list(Meeting.objects.order_by("pk").values_list("slug", flat=True))


@pytest.mark.parametrize("before", [[], BEFORE])
@pytest.mark.parametrize("portion", [1, 3, 100])
@pytest.mark.parametrize("remembered", [1, 100])
def test_as_if_saved_one_by_one(
    before: list[str], portion: int, remembered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "REMEMBERED", remembered)
    for title in before:
        make.make_meeting(title)
    wanted = one_by_one()
    Meeting.objects.filter(slug__in=wanted).delete()
    assert at_once(portion)[len(before) :] == wanted


def test_a_former_address_stays_taken() -> None:
    renamed = make.make_meeting("Sandbox")
    renamed.title = "Playground"
    renamed.save()
    assert "sandbox" not in at_once(100)
