"""Native dump of the database for a backup: a copy by SQLite's backup call, a dump by pg_dump.

Both are of one moment, whoever writes meanwhile, and hold everything: schema, history, index and sequences.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

SQLITE, PGDUMP, PORTABLE = "database.sqlite3", "database.pgdump", "database.jsonl"
COPY = "backup"
"""The alias under which a copy of an SQLite database is read."""


def copy_sqlite(path: Path) -> None:
    """Copy the rows committed at one moment; writers are not kept waiting."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise CommandError("The database file is damaged: it was not backed up.")


@contextmanager
def opened_copy(path: Path) -> Iterator[str]:
    """The copy as a database of Django's, by its alias."""
    kind: Any = type(connections[DEFAULT_DB_ALIAS])
    connections[COPY] = kind({**connection.settings_dict, "NAME": str(path)}, COPY)
    try:
        yield COPY
    finally:
        connections[COPY].close()
        del connections[COPY]


def put_sqlite(path: Path) -> None:
    """All or nothing: SQLite writes the pages in one transaction of its own."""
    connection.close()
    with closing(sqlite3.connect(path)) as source:
        if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise CommandError("The database in this backup is damaged. Nothing was changed.")
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as target:
            source.backup(target)


def can_dump() -> bool:
    """Whether there is a pg_dump that knows a server as new as this one."""
    if connection.vendor != "postgresql" or not shutil.which("pg_dump"):
        return False
    said = subprocess.run(["pg_dump", "--version"], capture_output=True, text=True, check=False).stdout
    version = next((word.partition(".")[0] for word in said.split() if word[:1].isdigit()), "0")
    return int(version) >= connection.pg_version // 10_000  # type: ignore[attr-defined]


@contextmanager
def one_moment() -> Iterator[str]:
    """Hold a snapshot of PostgreSQL; yields its name, for pg_dump."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def dump_postgres(path: Path, moment: str) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={moment}", f"--file={path}", _address())


def put_postgres(path: Path) -> None:
    """Replace everything by the dump in one transaction, or change nothing."""
    script = path.with_suffix(".sql")
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-acl", f"--file={script}", str(path))
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    drops = [f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE" for table in tables]
    connection.close()
    orders = [part for drop in drops for part in ("-c", drop)]
    _run("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", *orders, "-f", str(script), "-d", _address())


def _address() -> str:
    """For the programs of PostgreSQL, without the password, which others could read in the list of processes."""
    from psycopg.conninfo import make_conninfo  # only where PostgreSQL is used

    connection.ensure_connection()
    driver: Any = connection.connection
    given = driver.info.get_parameters()
    return make_conninfo(
        **{name: given[name] for name in ("host", "port", "user", "dbname", "sslmode") if name in given}
    )


def _run(*command: str) -> None:
    environment = {**os.environ, "PGPASSWORD": str(connection.settings_dict.get("PASSWORD") or "")}
    if not environment["PGPASSWORD"]:
        del environment["PGPASSWORD"]
    if not shutil.which(command[0]):
        raise CommandError(f"{command[0]} is needed for this backup and is not installed. Nothing was changed.")
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise CommandError(f"{command[0]} failed: {done.stderr.strip()[-2000:]}")
