"""Denormalized columns are what the rows beside them say, whatever was written, in whichever way."""

from collections.abc import Callable
from importlib import import_module
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase

from engagement.core.change_signals import batch_changes
from engagement.followups.management.commands.check_stored_facts import wrong
from engagement.followups.models import FollowUp
from engagement.followups.models.status import Status
from engagement.imports import actions
from meetings.models import Discussion, Meeting, Outcome, Party
from tests import makers as make
from tests.imports.files import committed
from tests.people import People
from tests.search.test_drift import ACTS, Life, discusses, meets

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def assert_right() -> None:
    found = {column: list(rows.values_list("pk", column, "right")) for column, rows in wrong().items()}
    assert not any(found.values()), found


def plans(life: Life) -> None:
    meeting = life.one(Meeting)
    life.random.choice(
        [
            lambda: make.make_meeting(
                life.words(), counterparts=[life.one(make.Organization)], starts_on=make.LONG_AGO
            ),
            lambda: meeting.confirm(by=None),
            lambda: meeting.hold(by=None),
            lambda: meeting.cancel(by=None, reason="Strike"),
            lambda: meeting.reinstate(by=None, reason="No strike"),
        ]
    )()


def moves_a_promise(life: Life) -> None:
    promise, ours = life.one(FollowUp), make.make_user(is_staff=True)
    life.random.choice([lambda: promise.start(by=ours), lambda: promise.cancel(by=ours, reason="Not needed")])()
    if life.random.random() < 0.5:
        promise.undo(by=ours)


def writes_past_the_models(life: Life) -> None:
    """As ``update`` and ``delete`` of querysets do, outside of any batch and within."""
    rows = Meeting.objects.filter(pk=life.one(Meeting).pk)
    state: Any = life.random.choice([{"status": "confirmed"}, {"status": "held"}, {"starts_on": make.LONG_AGO}])
    part = life.random.choice([Discussion, Outcome, Party])
    with batch_changes() if life.random.random() < 0.5 else TestCase().subTest():
        life.random.choice([lambda: rows.update(**state), part.objects.filter(pk=life.one(part).pk).delete])()


OWN: list[Callable[[Life], None]] = [plans, plans, moves_a_promise, moves_a_promise, writes_past_the_models]


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens(people: People, seed: int) -> None:
    life, seen = Life(seed), set[str]()
    for act in (meets, meets, discusses):
        act(life)
    for step in range(90):
        life.do([*ACTS, *OWN, *OWN])
        if step % 5 == 4:
            assert_right()
            seen |= {f"met {one.held_on is not None}" for one in Party.objects.all()}
            seen |= {f"written {one.is_written_up}" for one in Meeting.objects.all()}
            seen |= {f"moved {one.status_changed_at is not None}" for one in FollowUp.objects.all()}
    assert seen == {f"{what} {yes}" for what in ("met", "written", "moved") for yes in (True, False)}


@pytest.mark.parametrize("part", [make.make_discussion, make.make_outcome])
def test_what_is_deleted_is_no_record_any_more(part: Callable[[Meeting], Any]) -> None:
    meeting = make.make_held()
    for delete in (lambda row: row.delete(), lambda row: type(row).objects.filter(pk=row.pk).delete()):
        row = part(meeting)
        assert Meeting.objects.get().is_written_up
        delete(row)
        assert not Meeting.objects.get().is_written_up


def test_an_import_and_its_undoing(db: None) -> None:
    importer = make.make_user("importer", is_staff=True)
    importer.groups.add(Group.objects.get(name="importer"))
    record = committed(["Cabinet A,2022-01-27,Kay;Lee,1111111111-11;2222222222-22,The subject,Brussels"], importer)
    assert Party.objects.filter(held_on="2022-01-27").count() == 3
    assert_right()
    actions.undo(record, by=importer)
    assert not Party.objects.exists()


def test_a_sample_and_the_founding_example(people: People) -> None:
    call_command("make_sample", "--follow-ups", "30", verbosity=0)
    call_command("load_founding_example", verbosity=0)
    assert Meeting.objects.filter(is_written_up=True).exists()
    assert FollowUp.objects.filter(status=Status.WAITING, status_changed_at=None).count() == 0
    assert_right()


def run(**options: bool) -> str:
    out = StringIO()
    call_command("check_stored_facts", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def world(people: People) -> None:
    """A meeting that is written up and one that is not, one to come; a promise that was moved and one that was not."""
    for meeting in (make.make_held(counterparts=[people.ours]), make.make_held(), make.make_meeting()):
        make.make_party(meeting, people.theirs)
    make.make_discussion(Meeting.objects.order_by("pk")[0])
    make.make_followup(owner=people.ours, chaser=people.secretary)
    make.make_followup(owner=people.ours, chaser=people.secretary).start(by=people.secretary)


PLANTED = {
    (Party, "held_on"): [None, make.LONG_AGO],
    (Meeting, "is_written_up"): [False, True],
    (FollowUp, "status_changed_at"): [None, "2020-01-01T00:00:00Z"],
}


def test_planted_drift_is_found_and_repaired(world: None) -> None:
    assert run() == "0 wrong.\n"
    for (model, column), values in PLANTED.items():
        for value in values:
            model._base_manager.update(**{column: value})
            with pytest.raises(CommandError, match="stored facts are wrong"):
                run()
            assert ", repaired." in run(repair=True)
            assert run() == "0 wrong.\n"


def test_the_upgrade_fills_them(world: None) -> None:
    for (model, column), values in PLANTED.items():
        model._base_manager.update(**{column: values[0]})
    for app, name in (("meetings", "0031_met_and_written_up"), ("engagement.followups", "0020_status_changed_at")):
        import_module(f"{app}.migrations.{name}").fill(apps, SimpleNamespace(connection=connection))
    assert_right()
