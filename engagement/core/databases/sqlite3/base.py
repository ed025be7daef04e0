"""Database backend for SQLite: Django's own, which opens a file that cannot be written for reading at least.

A reader of a write-ahead log makes two small files beside the database. Where that cannot be done, on a read-only file
system or a full disk, the file is opened as one that nobody changes, unless a log with something in it lies there.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db.backends.sqlite3 import base

from ..serving import somebody_waits

logger = logging.getLogger(__name__)

LONGEST_FOR_A_PAGE = 8
CANNOT_BE_WRITTEN = frozenset(
    {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
)


class DatabaseWrapper(base.DatabaseWrapper):
    """``connection.waits(seconds)`` says how long a statement waits for a lock."""

    init_commands: list[str]

    def get_new_connection(self, conn_params: dict[str, Any]) -> object:
        if somebody_waits.get():
            conn_params = {**conn_params, "timeout": min(conn_params["timeout"], LONGEST_FOR_A_PAGE)}
        try:
            return super().get_new_connection(conn_params)
        except sqlite3.OperationalError as error:
            path = Path(str(conn_params["database"]))
            if not (_code(error) in CANNOT_BE_WRITTEN and path.is_file() and _log_is_empty(path)):
                raise
            logger.warning("The database can only be read: %s", error)
        return self._opened_for_reading({**conn_params, "database": f"file:{quote(str(path))}?immutable=1"})

    def _opened_for_reading(self, conn_params: dict[str, Any]) -> object:
        commands, self.init_commands = self.init_commands, []
        try:
            return super().get_new_connection(conn_params)
        finally:
            self.init_commands = commands

    @contextmanager
    def waits(self, seconds: float) -> Iterator[None]:
        """Inside, a statement waits this long for somebody else to finish writing."""
        self.ensure_connection()
        (usual,) = self.connection.execute("PRAGMA busy_timeout").fetchone()
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
        try:
            yield
        finally:
            if self.connection is not None:
                self.connection.execute(f"PRAGMA busy_timeout = {usual}")


def _code(error: sqlite3.Error) -> int:
    """The kind of error, without its finer distinctions."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _log_is_empty(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return not log.exists() or not log.stat().st_size
