"""The tests' own tools say no when they should."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.test import TransactionTestCase

from engagement.search.models import Entry
from organizations.models import Organization
from tests import missing
from tests.lazy_upkeep import index
from tests.made_once import made_once
from tests.makers import make_organization
from tests.people import People
from tests.queries import FEW, MANY, assert_flat_queries
from tests.slow import LIMIT, unexcused
from tests.validity import NuChecker


def make_groups(number: int) -> None:
    """Add groups, each with a permission."""
    start = Group.objects.count()
    groups = Group.objects.bulk_create(Group(name=f"group {start + n}") for n in range(number))
    permission = Permission.objects.first()
    Group.permissions.through.objects.bulk_create(
        Group.permissions.through(group=group, permission=permission) for group in groups
    )


def test_flat_queries_passes_a_flat_page(flat_queries: Callable[..., None]) -> None:
    flat_queries(
        make_groups,
        lambda: [list(g.permissions.all()) for g in Group.objects.prefetch_related("permissions")],
        ceiling=2,
    )


def test_flat_queries_finds_a_query_per_row(db: None) -> None:
    with pytest.raises(AssertionError, match=f"{MANY - FEW} x"):
        assert_flat_queries(make_groups, lambda: [list(g.permissions.all()) for g in Group.objects.all()], ceiling=999)


def test_flat_queries_holds_the_ceiling(db: None) -> None:
    with pytest.raises(AssertionError, match="over the ceiling of 1"):
        assert_flat_queries(make_groups, lambda: [Group.objects.count(), Group.objects.first()], ceiling=1)


def test_flat_queries_wants_a_query(db: None) -> None:
    with pytest.raises(AssertionError, match="proves nothing"):
        assert_flat_queries(make_groups, lambda: None, ceiling=1)


def test_the_people_are_who_they_say(people: People) -> None:
    staff = {name for name, user in people if user.is_staff}
    assert staff == {"secretary", "manager", "publisher"}
    assert all(user.has_perm("accounts.see_internal") == (name in staff) for name, user in people)
    assert people.ours != people.theirs


def test_processes_race_on_the_test_database(race: Callable[..., list[str]]) -> None:
    Group.objects.create(name="seen by all")
    said = race(
        """
        from django.contrib.auth.models import Group
        Group.objects.create(name=f"made by {NUMBER}")
        print(Group.objects.filter(name="seen by all").count())
        """,
        processes=3,
    )
    assert said == ["1", "1", "1"]
    assert set(Group.objects.filter(name__startswith="made by").values_list("name", flat=True)) == {
        "made by 0",
        "made by 1",
        "made by 2",
    }


def test_a_process_that_fails_is_told(race: Callable[..., list[str]]) -> None:
    with pytest.raises(AssertionError, match="planted"):
        race("raise ValueError('planted')", processes=2)
    with pytest.raises(AssertionError, match="SyntaxError"):
        race("this is no Python", processes=1)


def test_the_connection_pool_works(race: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_POOL", "2")
    said = race(
        """
        from django.db import connection
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        print(bool(getattr(connection, "pool", None)))
        """,
        processes=1,
    )
    assert said == [str(connection.vendor == "postgresql")]


def test_sqlite_lets_readers_read_while_somebody_writes(transactional_db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has a journal mode")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)


def test_the_checker_passes_valid_html(vnu: NuChecker) -> None:
    vnu("<!doctype html><html lang=en><title>Fine</title><p>All is well.</p></html>")


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("<p>Twice<div id=a></div><div id=a></div>", "Duplicate ID"),
        ("<ul><p>Not an item</p></ul>", "not allowed as child"),
        ("<h1></h1>", "Empty heading"),
    ],
)
def test_the_checker_finds_a_fault(vnu: NuChecker, fault: str, named: str) -> None:
    with pytest.raises(AssertionError, match=named):
        vnu(f"<!doctype html><html lang=en><title>Faulty</title>{fault}</html>")


def test_the_faster_browser_is_taken_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shell, whole = tmp_path / "shell", tmp_path / "whole"
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(missing, "CHROMIUM", (shell, whole))
    assert missing.chromium() is None
    for path in (whole, shell):
        path.touch(mode=0o755)
        assert missing.chromium() == path


def test_a_gap_is_named_and_in_ci_unforgivable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setenv("CI", "")
    assert "CHROMIUM" in missing.gaps()["browser"]
    assert missing.unforgivable_gaps() == {}
    monkeypatch.setenv("CI", "true")
    assert "browser" in missing.unforgivable_gaps()


@pytest.mark.both_databases
def test_a_flush_leaves_what_migrate_made_and_nothing_else(transactional_db: None) -> None:
    case = TransactionTestCase()
    case._fixture_teardown()
    migrated = sorted(Permission.objects.values_list("codename", "content_type__model"))
    make_organization()
    Permission.objects.filter(codename__startswith="change_").delete()
    case._fixture_teardown()
    assert not Organization.objects.exists()
    assert sorted(Permission.objects.values_list("codename", "content_type__model")) == migrated
    assert Group.objects.get(name="secretary").permissions.filter(codename="change_meeting").exists()


def test_the_index_is_written_when_somebody_asks(db: None) -> None:
    organization = make_organization()
    assert index.waiting == {Organization: {organization.pk}}
    entries = Entry._base_manager.filter(kind="organization", source=organization.pk)
    with transaction.atomic():
        assert entries.exists()
        transaction.set_rollback(True)
    assert entries.exists()
    assert not index.waiting
    with transaction.atomic():
        transaction.set_rollback(True)
    assert not index.waiting, "what was written before it began stays"


@pytest.mark.both_databases
def test_records_are_put_back_as_they_were_made(db: None) -> None:
    made = []

    def make() -> Organization:
        given.name = "Given"
        made.append(make_organization("Once"))
        return made[-1]

    found = []
    for _time in range(3):
        with transaction.atomic():
            given = Organization(name="Not yet")
            if connection.vendor == "postgresql":  # as after a backup was restored
                connection.cursor().execute("SELECT setval('organizations_organization_id_seq', 1)")
            record = made_once(make, "once", given)
            assert given.name == "Given"
            stored = type(record).objects.get(name="Once")
            found.append((stored.pk, stored.slug, list(stored.history.values_list("history_date"))))
            assert record.pk == stored.pk and Entry._base_manager.filter(source=record.pk).exists()
            record.name = "Changed in one test"
            assert make_organization("Another").pk > record.pk
            transaction.set_rollback(True)
    assert found[0] == found[1] == found[2]
    assert len(made) == 1


def test_a_slow_test_needs_a_reason() -> None:
    assert "pytest.mark.slow" in unexcused(LIMIT + 1, ())
    assert unexcused(LIMIT + 1, ("",)), "an empty reason is none"
    assert not unexcused(LIMIT + 1, ("it walks every page",))
    assert not unexcused(LIMIT - 1, ())
