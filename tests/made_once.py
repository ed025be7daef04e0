"""Memoization of records that many tests share: made once in a process, afterwards put back as rows.

Records end with the transaction of a test or a module. Making ``world.py`` takes a second, putting it back a fiftieth.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from engagement.core.models import Stamp
from tests.flushing import filled_tables, quoted
from tests.lazy_upkeep import LAZY, catch_up

Thing = TypeVar("Thing")
Rows = list[Any]
"""Of SQLite tuples, of PostgreSQL lines of its COPY, which go back as they came."""
Tables = dict[str, Rows]
REFERRED_TO = Group._meta.db_table
"""By the rows of users: roles, which have other numbers after Django's own flush."""


@dataclass(frozen=True)
class _Made:
    thing: Any
    given: list[Any]
    """What the objects became that were given."""
    before: Tables
    after: Tables
    """Of the tables that were written; ``before`` also of what they refer to."""


_made: dict[tuple[object, ...], _Made] = {}


def made_once(make: Callable[[], Thing], name: str, *given: Any) -> Thing:
    """What ``make`` returns, and its rows; ``given`` are the objects that it changes meanwhile.

    It is called again where other rows are in their place than the first time, and where saves write other things at
    once.
    """
    catch_up()
    key = (name, *(upkeep.is_eager for upkeep in LAZY))
    made = _made.get(key)
    if made is not None and made.before == _rows_of(made.before):
        _put_back(made)
        thing, became = deepcopy((made.thing, made.given))
        for one, state in zip(given, became, strict=True):
            vars(one).update(state)
        return thing  # type: ignore[no-any-return]
    before = _rows_of(_filled())
    thing = make()
    catch_up()
    after = {table: rows for table, rows in _rows_of(_filled()).items() if before.get(table) != rows}
    before = {table: before.get(table, []) for table in [*after, REFERRED_TO]}
    _made[key] = _Made(*deepcopy((thing, [vars(one) for one in given])), before, after)
    return thing


def _filled() -> list[str]:
    """The tables that have rows, stamps aside, which are drawn."""
    with closing(connection.cursor()) as cursor:
        return [table for table in filled_tables(cursor) if table != Stamp._meta.db_table]


def _rows_of(tables: Iterable[str]) -> Tables:
    read = _copy_out if connection.vendor == "postgresql" else _select
    with closing(connection.cursor()) as cursor:
        return {table: read(cursor, table) for table in tables}


def _put_back(made: _Made) -> None:
    put = _copy_in if connection.vendor == "postgresql" else _insert
    with transaction.atomic(), closing(connection.cursor()) as cursor:
        for table in made.after:
            if made.before[table]:
                cursor.execute(f"DELETE FROM {quoted(table)}")
        for table, rows in made.after.items():
            put(cursor, table, rows)
    Stamp.objects.put()  # another than before: pages that are kept may be of other records


def _select(cursor: CursorWrapper, table: str) -> Rows:
    return cursor.execute(_query(table)).fetchall()


@cache
def _query(table: str) -> str:
    """Values as SQLite keeps them: what is reckoned, if only by a plus, is not made a day by the type of its column."""
    with closing(connection.cursor()) as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    return f"SELECT {', '.join(f'+{quoted(column.name)}' for column in columns)} FROM {quoted(table)}"


def _insert(cursor: CursorWrapper, table: str, rows: Rows) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    cursor.executemany(f"INSERT INTO {quoted(table)} VALUES ({marks})", rows)


def _copy_out(cursor: CursorWrapper, table: str) -> Rows:
    with cursor.copy(f"COPY {quoted(table)} TO STDOUT") as copy:
        return sorted(b"".join(copy).splitlines(keepends=True))


def _copy_in(cursor: CursorWrapper, table: str, rows: Rows) -> None:
    with cursor.copy(f"COPY {quoted(table)} FROM STDIN") as copy:
        copy.write(b"".join(rows))
    for column, sequence in _sequences(table):
        cursor.execute(
            f"SELECT setval('{sequence}', greatest(max({column}), (SELECT last_value FROM {sequence})))"
            f" FROM {quoted(table)}"
        )


@cache
def _sequences(table: str) -> list[tuple[str, str]]:
    """Column and sequence: a restored backup or loaded data may have put it behind the rows' keys."""
    with closing(connection.cursor()) as cursor:
        found = connection.introspection.get_sequences(cursor, table)
    return [(quoted(one["column"]), quoted(one["name"])) for one in found]
