"""Leases on long work: a lock that dies with the process that holds it, so that a killed worker keeps nobody waiting.

On PostgreSQL an advisory lock of a transaction of its own, on SQLite a locked file beside the database.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from typing import Any

from django.db import connection


class Lease(IntEnum):
    """The kinds of leases; the numbers are classes of advisory locks, unlike anybody else's."""

    IMPORT = 7_401_101
    SENT_FORM = 7_401_102


_HELD = """
SELECT EXISTS (
    SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE datname = current_database() AND locktype = 'advisory' AND granted AND objsubid = 2
        AND classid = %s AND objid = %s
)
"""
_here: set[tuple[str, Lease, int]] = set()  # held by this process, where the database lives in its memory


@contextmanager
def lease(kind: Lease, key: int) -> Iterator[bool]:
    """Hold the lease inside; whether it was to be had."""
    how = _advisory if connection.vendor == "postgresql" else _in_memory if _path(kind, key) is None else _locked_file
    with how(kind, key) as is_ours:
        yield is_ours


def is_leased(kind: Lease, key: int) -> bool:
    """Whether a process that lives holds the lease."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_HELD, [kind.value, key])
            return bool(cursor.fetchone()[0])
    path = _path(kind, key)
    if path is None:
        return (connection.alias, kind, key) in _here
    with suppress(FileNotFoundError), open(path, "rb") as file:
        return not _lock(file.fileno(), fcntl.LOCK_SH)
    return False


@contextmanager
def _advisory(kind: Lease, key: int) -> Iterator[bool]:
    """In a transaction of a connection that does nothing else: the work itself may begin and end transactions."""
    own: Any = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [kind.value, key])
            is_ours = bool(cursor.fetchone()[0])
        yield is_ours
    finally:
        with suppress(Exception):  # the server may be gone, and the lease with it
            own.rollback()
        own.close()


@contextmanager
def _locked_file(kind: Lease, key: int) -> Iterator[bool]:
    path = _path(kind, key)
    assert path is not None
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        is_ours = _lock(number, fcntl.LOCK_EX)
        if not is_ours or os.fstat(number).st_nlink:
            break
        os.close(number)  # whoever held it has just taken the file away
    try:
        yield is_ours
    finally:
        if is_ours:
            with suppress(FileNotFoundError):
                os.unlink(path)
        os.close(number)


def _lock(number: int, how: int) -> bool:
    try:
        fcntl.flock(number, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _in_memory(kind: Lease, key: int) -> Iterator[bool]:
    mine = connection.alias, kind, key
    if mine in _here:
        yield False
        return
    _here.add(mine)
    try:
        yield True
    finally:
        _here.discard(mine)


def _path(kind: Lease, key: int) -> str | None:
    name = str(connection.settings_dict["NAME"])
    is_file = not (name == ":memory:" or "mode=memory" in name or name.startswith("file::memory:"))
    return f"{name.removeprefix('file:').partition('?')[0]}-{kind.name.lower()}-{key}.lock" if is_file else None
