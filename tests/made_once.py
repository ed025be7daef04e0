"""Memoization of records that many modules share: made once in a process, in later modules put back as rows.

A module's records end with its transaction. Making the world of ``world.py`` takes a second, putting it back a fiftieth.
"""

from collections.abc import Callable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper

from engagement.core.models import Stamp
from tests.flushing import filled_tables, quoted
from tests.lazy_upkeep import LAZY, catch_up

Thing = TypeVar("Thing")
Tables = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class _Made:
    before: Tables
    after: Tables
    thing: Any


_made: dict[tuple[object, ...], _Made] = {}


def made_once(make: Callable[[], Thing], name: str) -> Thing:
    """What ``make`` returns, and its rows. It is called again where other rows were there before than the first time.

    So it is where saves write other things at once, and always on PostgreSQL, whose values do not go back as they came.
    """
    if connection.vendor != "sqlite":
        return make()
    catch_up()
    key, before = (name, *(upkeep.is_eager for upkeep in LAZY)), _tables()
    made = _made.get(key)
    if made is None or made.before != before:
        thing = make()
        catch_up()
        _made[key] = _Made(before, _tables(), deepcopy(thing))
        return thing
    _put_back(made)
    return deepcopy(made.thing)


def _tables() -> Tables:
    """The rows of each table that has some, stamps aside, which are drawn."""
    with closing(connection.cursor()) as cursor:
        tables = [table for table in filled_tables(cursor) if table != Stamp._meta.db_table]
        return {table: _rows(cursor, table) for table in tables}


def _rows(cursor: CursorWrapper, table: str) -> list[tuple[object, ...]]:
    """As SQLite keeps them: what is reckoned, if only by a plus, is not made a day or a truth by its column's type."""
    names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    cursor.execute(f"SELECT {', '.join(f'+{quoted(name)}' for name in names)} FROM {quoted(table)}")
    return cursor.fetchall()


def _put_back(made: _Made) -> None:
    changed = [table for table, rows in made.after.items() if made.before.get(table) != rows]
    with closing(connection.cursor()) as cursor:
        for table in changed:
            cursor.execute(f"DELETE FROM {quoted(table)}")
            marks = ", ".join(["%s"] * len(made.after[table][0]))
            cursor.executemany(f"INSERT INTO {quoted(table)} VALUES ({marks})", made.after[table])
    Stamp.objects.put()  # another than before: pages that are kept may be of records of other modules
