"""Flush after a transactional test: empty the tables it wrote into, put rows of ``post_migrate`` back from a copy.

Django's own flush truncates every table and asks again which permissions there are, which takes a third of a second.
"""

from collections.abc import Callable
from contextlib import closing

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

from engagement.core.models import Stamp
from tests import lazy_upkeep

Rows = list[tuple[object, ...]]


def flush_quickly() -> Callable[[], None]:
    """Replace the end of every transactional test. The first one flushes as Django does. Returns what undoes it."""
    as_django_does = TransactionTestCase._fixture_teardown
    copy: dict[str, Rows] = {}

    def teardown(test: TransactionTestCase) -> None:
        lazy_upkeep.forget()
        if copy:
            _put_back(copy)
            return
        as_django_does(test)
        with closing(connection.cursor()) as cursor:
            copy.update(
                {table: _rows(cursor, table) for table in filled_tables(cursor) if table != Stamp._meta.db_table}
            )

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
    return lambda: setattr(TransactionTestCase, "_fixture_teardown", as_django_does)


def _put_back(copy: dict[str, Rows]) -> None:
    with transaction.atomic(), closing(connection.cursor()) as cursor:
        filled = filled_tables(cursor)
        changed = [
            table for table in {*filled, *copy} if table not in filled or _rows(cursor, table) != copy.get(table)
        ]
        for table in changed:
            cursor.execute(f"DELETE FROM {quoted(table)}")
        for table in changed:
            if rows := copy.get(table):
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {quoted(table)} VALUES ({marks})", rows)
    with transaction.atomic():  # it may clean up old ones under lock
        Stamp.objects.put()  # another than before: pages that are kept are of other records


def filled_tables(cursor: CursorWrapper) -> list[str]:
    """The tables that have a row."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    cursor.execute(
        " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quoted(table)})" for table in tables)
    )
    return [table for (table,) in cursor.fetchall()]


def _rows(cursor: CursorWrapper, table: str) -> Rows:
    cursor.execute(f"SELECT * FROM {quoted(table)}")
    return cursor.fetchall()


def quoted(table: str) -> str:
    return connection.ops.quote_name(table)
