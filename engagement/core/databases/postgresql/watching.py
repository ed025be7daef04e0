"""Connections that notice when the server has stopped answering, however long a statement may take.

A statement has no time limit of its own: what takes long may still be right. When nothing has come for a moment, the
server is asked by another way whether it is there, with the first message that every client sends. One that is busy
answers that; one that hangs, was frozen or is cut off does not.
"""

import socket
import struct
from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg
from psycopg.waiting import READY_NONE

from ..breaker import CircuitBreaker
from ..serving import somebody_waits

SILENT_AFTER = 0.4
ANSWERS_WITHIN = 1.0
ASK_EVERY = 2.0
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)

breaker = CircuitBreaker()
"""One for all connections of the process: what one of them finds out, the others need not wait for."""


class WatchedConnection(psycopg.Connection[Any]):
    """While somebody waits for a page, a server that no longer answers is an error and not an endless wait."""

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        return super().wait(self._watched(gen) if somebody_waits.get() else gen, *args, **kwargs)

    def _watched(self, gen: Any) -> "Generator[Any, Any, Any]":
        ask_at = monotonic() + SILENT_AFTER
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready != READY_NONE:
                    ask_at = monotonic() + SILENT_AFTER
                elif monotonic() > ask_at or breaker.is_open:
                    self._ask()
                    ask_at = monotonic() + ASK_EVERY
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value

    def _ask(self) -> None:
        host = self.pgconn.hostaddr.decode() or self.pgconn.host.decode()
        if breaker.is_open or not answers(host, self.pgconn.port.decode()):
            self.pgconn.finish()
            breaker.open()
            raise psycopg.OperationalError("the server has stopped answering")


def answers(host: str, port: "str | int") -> bool:
    """Whether a PostgreSQL server says anything there; any answer will do."""
    if not host:
        return True  # wherever the driver finds it: there is nothing to ask
    try:
        with _reach(host, int(port or 5432)) as there:
            there.sendall(_SSL_REQUEST)
            return bool(there.recv(1))
    except OSError:
        return False


def _reach(host: str, port: int) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, port), ANSWERS_WITHIN)
    there = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    there.settimeout(ANSWERS_WITHIN)
    try:
        there.connect(f"{host}/.s.PGSQL.{port}")
    except OSError:
        there.close()
        raise
    return there
