"""Prepared queries of records: a queryset is written in SQL once in a process, then asked with other keys each time."""

from collections.abc import Callable, Collection
from copy import copy
from functools import cached_property
from types import SimpleNamespace
from typing import Any, TypeVar

from django.db import connection
from django.db.models.query import ModelIterable

from .lists.counts import written_once
from .models import sees_all
from .prepared_queries import given
from .types import Reader, Row, Rows

Prepared = TypeVar("Prepared")


class PreparedRecords:
    """A queryset with ``KeysAsked`` among its conditions, as its records: with what it selects, defers and annotates,
    without what it would prefetch. Nothing in it depends on the moment."""

    def __init__(self, write: Callable[[], Rows]) -> None:
        self._write = write

    @cached_property
    def _written(self) -> tuple[Any, str, tuple[Any, ...]]:
        compiler = self._write().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return compiler, sql, tuple(params)

    def ask(self, keys: Collection[int]) -> list[Row]:
        """The records with these keys."""
        if not keys:
            return []
        known, sql, params = self._written
        compiler = copy(known)
        compiler.connection = connection
        compiler.as_sql = lambda: (sql, given(params, keys))
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        rows: Any = SimpleNamespace(db=connection.alias, query=query, _known_related_objects={})
        return list(ModelIterable(rows))


def prepared(name: str, user: Reader, write: Callable[[], Prepared]) -> Prepared:
    """Memoization of prepared queries for whoever sees all: to them ``visible_to`` is no condition, so that theirs are
    the same. For everybody else it is written each time."""
    return written_once(("prepared", name), write) if sees_all(user) else write()
