"""Database backend for PostgreSQL: Django's own behind a circuit breaker, with connections that notice silence.

A server that is away takes nobody's time: after the first failure everybody is refused at once, while twice a second
one request tries again. A connection from the pool is tried before it is used, so those that a restart left behind go
unnoticed. A page waits for locks of others for some seconds (``DATABASE_LOCK_TIMEOUT``), a command as long as it takes.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel

from ..serving import somebody_waits
from .watching import WatchedConnection, answers, breaker

PLANS_KEPT = 4
"""In a connection; a plan of many questions takes megabytes there."""


class _PlanningOnce(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        return super().execute(query, params, prepare=True, **options)


class DatabaseWrapper(base.DatabaseWrapper):
    _connection_pools: ClassVar[dict[str, Any]] = base.DatabaseWrapper._connection_pools  # type: ignore[attr-defined]

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        pool = settings_dict["OPTIONS"].get("pool")
        if isinstance(pool, dict):
            pool.setdefault("connection_class", WatchedConnection)
            settings_dict = {**settings_dict, "CONN_HEALTH_CHECKS": False}  # ``_tried`` does it, and notices silence
        super().__init__(settings_dict, *args, **kwargs)

    def get_new_connection(self, conn_params: dict[str, Any]) -> object:
        was_open = breaker.is_open
        if not breaker.admits():
            raise self.Database.OperationalError("the server did not answer a moment ago")
        try:
            if was_open:
                self._begin_anew(conn_params)
            elif self.pool and self.pool.closed:
                WatchedConnection.connect(**conn_params).close()
            connection = self._tried(conn_params) if self.pool else self._connected(conn_params)
        except self.Database.Error:
            if breaker.is_open or not _answers(conn_params):
                breaker.open()
            raise
        breaker.close()
        return connection

    def planning_once(self) -> Any:
        """A cursor for statements without parameters that are sent again and again: in each connection of the pool the
        server plans them once. Behind a pooler of others, connections are not ours to prepare: a plain one."""
        if not self.pool:
            return self.cursor()
        self.ensure_connection()
        self.connection.prepare_threshold, self.connection.prepared_max = sys.maxsize, PLANS_KEPT
        with self.wrap_database_errors:
            return self._prepare_cursor(_PlanningOnce(self.connection))  # type: ignore[attr-defined]

    def _begin_anew(self, conn_params: dict[str, Any]) -> None:
        """After its server was away a pool waits ever longer before it connects again: another one takes its place."""
        if not _answers(conn_params):
            raise self.Database.OperationalError("the server does not answer")
        WatchedConnection.connect(**conn_params).close()
        pool = self._connection_pools.pop(self.alias, None)
        if pool is not None:
            pool.close(timeout=0.01)

    def _tried(self, conn_params: dict[str, Any]) -> object:
        """A connection of the pool that works; those that do not are left to it to be replaced."""
        waits = f"SET lock_timeout = {_lock_milliseconds()}"
        for _stale in range(self.pool.max_size):
            connection = super().get_new_connection(conn_params)
            try:
                with _watching():
                    connection.execute(waits)
            except self.Database.Error:
                connection.pgconn.finish()
                connection._pool.putconn(connection)
                if breaker.is_open or not _answers(conn_params):
                    raise
            else:
                return connection
        return super().get_new_connection(conn_params)

    def _connected(self, conn_params: dict[str, Any]) -> Any:
        """A new one. The driver would wait two seconds for a server that hangs, so that is asked first."""
        if somebody_waits.get() and not _answers(conn_params):
            raise self.Database.OperationalError("the server does not answer")
        options = f"{conn_params.get('options', '')} -c lock_timeout={_lock_milliseconds()}"
        conn_params = {**conn_params, "options": options}
        if "isolation_level" in self.settings_dict["OPTIONS"]:
            return super().get_new_connection(conn_params)
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return WatchedConnection.connect(**conn_params)


def _lock_milliseconds() -> int:
    """0 is for ever."""
    return int(settings.DATABASE_LOCK_TIMEOUT * 1000) if somebody_waits.get() else 0


@contextmanager
def _watching() -> Iterator[None]:
    token = somebody_waits.set(True)
    try:
        yield
    finally:
        somebody_waits.reset(token)


def _answers(conn_params: dict[str, Any]) -> bool:
    """Whether any of the servers says anything."""
    hosts = str(conn_params.get("hostaddr") or conn_params.get("host") or "").split(",")
    ports = str(conn_params.get("port") or "").split(",")
    return any(answers(host, ports[min(number, len(ports) - 1)]) for number, host in enumerate(hosts))
