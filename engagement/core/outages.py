"""Classify errors of the database and of the storage of files: passing ones that are nobody's mistake, and our own.

The first word is the driver's own number, where there is one, and not its English sentence.
"""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.db import Error
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Label

from .storage.base import StorageUnavailable


class Outage(Enum):
    """The reason why the database, or the storage of files, failed."""

    AWAY = "away"
    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read-only"
    DAMAGED = "damaged"
    STORAGE = "storage"

    @property
    def why(self) -> Label:
        """The end of a sentence."""
        return _WORDS[self]

    @property
    def seconds(self) -> int:
        """After how long it is worth trying again."""
        return _SECONDS.get(self, 60)

    @property
    def may_be_read(self) -> bool:
        return self in (Outage.BUSY, Outage.FULL, Outage.READ_ONLY, Outage.STORAGE)


_WORDS = {
    Outage.AWAY: _("the database does not answer"),
    Outage.BUSY: _("the database is busy with something else"),
    Outage.FULL: _("the disk is full"),
    Outage.READ_ONLY: _("the database can only be read at the moment"),
    Outage.DAMAGED: _("the database file is damaged"),
    Outage.STORAGE: _("the storage of documents does not answer"),
}
_SECONDS = {Outage.AWAY: 5, Outage.BUSY: 5, Outage.STORAGE: 30}
_SQLITE = {
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Outage.AWAY,
    sqlite3.SQLITE_IOERR: Outage.AWAY,
    sqlite3.SQLITE_CORRUPT: Outage.DAMAGED,
    sqlite3.SQLITE_NOTADB: Outage.DAMAGED,
}
_POSTGRESQL = {
    "08": Outage.AWAY,  # connection
    "57P": Outage.AWAY,  # shut down, crashed, starting up
    "53100": Outage.FULL,
    "53": Outage.BUSY,  # too many connections, no memory
    "55P03": Outage.BUSY,  # a lock was not to be had
    "40": Outage.BUSY,  # deadlock, serialization
    "57014": Outage.BUSY,  # cancelled, as by a time limit
    "25006": Outage.READ_ONLY,
    "XX001": Outage.DAMAGED,
    "XX002": Outage.DAMAGED,
}
_DISK = {errno.ENOSPC: Outage.FULL, errno.EDQUOT: Outage.FULL, errno.EROFS: Outage.READ_ONLY}


def outage_of(error: BaseException | None) -> Outage | None:
    """The outage behind an error, or None: then the error is the program's."""
    return next((outage for cause in _causes(error) if (outage := _outage(cause))), None)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it was raised from, and what was being handled meanwhile."""
    known: set[int] = set()
    while error is not None and id(error) not in known:
        known.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _outage(error: BaseException) -> Outage | None:
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if isinstance(error, StorageUnavailable):
        return Outage.STORAGE
    if isinstance(error, OSError):
        return _DISK.get(error.errno or 0)
    if isinstance(error, Error) or type(error).__module__.startswith("psycopg"):
        return _of_postgresql(error)
    return None


def _of_sqlite(error: sqlite3.Error) -> Outage | None:
    outage = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if outage in (Outage.READ_ONLY, Outage.AWAY) and _disk_is_full():
        return Outage.FULL
    return outage


def _disk_is_full() -> bool:
    """A full disk has many names: the log beside the database cannot be made, so it can only be read."""
    try:
        return shutil.disk_usage(Path(settings.DATABASES["default"]["NAME"]).parent).free < 64 * 1024
    except (OSError, TypeError):
        return False


def _of_postgresql(error: BaseException) -> Outage | None:
    """By the class of its number; an error of a connection that never was, or is gone, has none."""
    state = getattr(error, "sqlstate", None)
    if state:
        return next((_POSTGRESQL[state[:n]] for n in (5, 3, 2) if state[:n] in _POSTGRESQL), None)
    names = {kind.__name__ for kind in type(error).__mro__}
    is_of_driver = type(error).__module__.startswith("psycopg")
    return Outage.AWAY if is_of_driver and names & {"OperationalError", "InterfaceError"} else None
