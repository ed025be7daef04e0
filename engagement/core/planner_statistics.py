"""Refresh planner statistics and the visibility map (VACUUM ANALYZE) after bulk writes.

Whatever writes thousands of rows ends with ``refresh_statistics()``: loads, imports, merges, the index made anew.
"""

import logging
from typing import Any

from django.db import DatabaseError, connection, transaction

MANY = 1_000
"""Fewer rows are left to the database's own cleaning."""
SHARE = 0.02
"""And so are fewer than this part of a table."""
_FILLED = """
    SELECT relid::regclass::text FROM pg_stat_user_tables
    WHERE greatest(n_ins_since_vacuum, n_dead_tup) >= greatest(%s, %s * n_live_tup) ORDER BY relid"""
logger = logging.getLogger(__name__)


def refresh_statistics() -> None:
    """Look at the tables again, after many rows were written at once.

    Without it a database takes the three audiences for a fine sieve, and reads a list a hundred times slower. SQLite
    never looks by itself; it looks at every row, which takes less than a second for a hundred thousand follow-ups;
    after a thousand rows it would take each state for a rare one. PostgreSQL looks by itself minutes later, and until
    then visits every row of an index to ask whether it may be seen; so it is sent when the transaction is over.
    """
    if connection.vendor == "postgresql":
        transaction.on_commit(vacuum_filled_tables, robust=True)
        return
    analyse()


def analyse() -> None:
    """Look now, where much is still to be asked in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def vacuum_filled_tables() -> None:
    """VACUUM (ANALYZE) of every table in which much was written since the last one, by PostgreSQL's own count.

    What was written stands, whether it may be done or not.
    """
    if connection.in_atomic_block:  # of somebody around us, who has not ended
        return
    try:
        refused = _vacuum()
    except DatabaseError as error:
        logger.warning("PostgreSQL did not tidy its tables up (%s). It will do so by itself, within minutes.", error)
        return
    if refused:
        logger.warning(
            "The role of DATABASE_URL does not own these tables, so PostgreSQL did not tidy them up: %s. Everything"
            " works, but slower, until it does so by itself or their owner runs VACUUM (ANALYZE).",
            ", ".join(refused),
        )


def _vacuum() -> list[str]:
    """The tables that this role may not tidy up; PostgreSQL skips them with a warning."""
    warnings: list[str] = []

    def note(diagnostic: Any) -> None:
        warnings.append(str(diagnostic.message_primary))

    with connection.cursor() as cursor:
        if connection.pg_version >= 150_000:  # type: ignore[attr-defined]
            cursor.execute("SELECT pg_stat_force_next_flush()")  # so that what was just written is counted
        cursor.execute(_FILLED, [MANY, SHARE])
        tables = [name for (name,) in cursor.fetchall()]
        if not tables:
            return []
        driver: Any = connection.connection
        driver.add_notice_handler(note)
        try:
            cursor.execute(f"VACUUM (ANALYZE) {', '.join(tables)}")
        finally:
            driver.remove_notice_handler(note)
    return [table for table in tables if any(f'"{table.strip(chr(34))}"' in warning for warning in warnings)]
