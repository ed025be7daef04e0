"""Whatever writes thousands of rows leaves its tables vacuumed and analysed; what may not be done is said."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from engagement.core.planner_statistics import MANY, refresh_statistics, vacuum_filled_tables
from engagement.imports import actions
from engagement.search.models import Word
from organizations.merging.actions import merge_organizations
from organizations.merging.undo import undo_merge
from organizations.models import Organization
from tests import makers as make
from tests.imports.files import committed

pytestmark = pytest.mark.both_databases

LINES = [f"Cabinet A,2022-01-{day:02},Kay,1111111111-11,Talk," for day in range(1, 20)]
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no visibility map")
STATE = """
    SELECT c.relname, c.reltuples, c.relpages, c.relallvisible, s.last_vacuum IS NOT NULL, s.last_analyze IS NOT NULL
    FROM pg_class c JOIN pg_stat_user_tables s ON s.relid = c.oid WHERE c.relname = %s"""
ROLE = "reads_and_writes"
COUNT_NOW = "SELECT pg_stat_force_next_flush()"


def state_of(table: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(STATE, [table])
        row = cursor.fetchone()
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
        return {
            "rows": cursor.fetchone()[0],
            "believed": row[1],
            "pages": row[2],
            "visible": row[3],
            "is_vacuumed": row[4],
            "is_analysed": row[5],
        }


def write_words(number: int, start: int = 0) -> None:
    words = [f"word{start + place}" for place in range(number)]
    Word.objects.bulk_create([Word(word=word, initial="w", length=len(word)) for word in words])


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_load_leaves_its_tables_vacuumed_and_small_ones_alone() -> None:
    call_command("make_sample", follow_ups=700, verbosity=0)
    for table in ("search_entry", "followups_followupevent"):
        found = state_of(table)
        assert found["rows"] >= MANY, table
        assert (found["is_vacuumed"], found["is_analysed"]) == (True, True), table
        assert found["visible"] > found["pages"] * 0.9, table  # COPY makes pages ahead
        assert found["believed"] == found["rows"], table
    assert not state_of("meetings_series")["is_vacuumed"]


@pytest.fixture
def no_words_yet(transactional_db: None) -> None:
    """Nor any page that tests before have left vacuumed, nor a row of theirs that is still to be counted."""
    with connection.cursor() as cursor:
        for statement in (COUNT_NOW, f"TRUNCATE {Word._meta.db_table}", COUNT_NOW):
            cursor.execute(statement)


@postgresql
def test_a_few_rows_are_left_to_the_database(no_words_yet: None) -> None:
    with transaction.atomic():
        write_words(MANY - 1)
        refresh_statistics()
    assert not state_of("search_word")["visible"]
    with transaction.atomic():
        write_words(1, start=MANY)
        refresh_statistics()
        assert not state_of("search_word")["visible"]  # it would wait for us, and we for it
    assert state_of("search_word")["visible"]


@contextmanager
def as_a_role_that_owns_nothing() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}")
        cursor.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
        if connection.pg_version >= 170_000:
            cursor.execute(f"REVOKE MAINTAIN ON ALL TABLES IN SCHEMA public FROM {ROLE}")
        cursor.execute(f"SET ROLE {ROLE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"RESET ROLE; DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")


@postgresql
def test_a_role_that_may_not_is_told_in_a_sentence(no_words_yet: None, caplog: pytest.LogCaptureFixture) -> None:
    with as_a_role_that_owns_nothing():
        with transaction.atomic():
            write_words(MANY)
            refresh_statistics()
        assert Word.objects.count() == MANY
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "does not own these tables, so PostgreSQL did not tidy them up: search_word." in record.getMessage()
    assert not state_of("search_word")["visible"]


def _import() -> Any:
    return committed(LINES, None)


def _merge() -> Any:
    kept, gone = make.make_organization("Kept"), make.make_organization("Gone")
    return merge_organizations(kept, [gone], by=None)


@postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prepare", "act"),
    [
        (lambda: None, lambda _nothing: _import()),
        (_import, lambda record: actions.undo(record, by=None)),
        (lambda: None, lambda _nothing: _merge()),
        (_merge, lambda merge: undo_merge(merge, by=None)),
        (lambda: None, lambda _nothing: call_command("rebuild_index", stdout=StringIO(), stderr=StringIO())),
        (lambda: None, lambda _nothing: call_command("check_visibility", "--repair", stdout=StringIO())),
    ],
    ids=["import", "import taken back", "merge", "merge taken back", "index", "levels"],
)
def test_what_may_write_thousands_ends_with_it(
    prepare: Callable[[], Any],
    act: Callable[[Any], Any],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    for module in ("actions", "undo"):
        monkeypatch.setattr(f"organizations.merging.{module}.MANY", 1)
    subject = prepare()
    with django_capture_on_commit_callbacks() as left:
        act(subject)
    assert vacuum_filled_tables in left


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is asked above")
@pytest.mark.django_db
def test_sqlite_looks_at_once() -> None:
    Organization.objects.all().delete()
    make.make_organization("One")
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'organizations_organization'")
        assert cursor.fetchone()[0].split()[0] == "1"
