"""Lazy evaluation of the search index: tests that never search do not pay for its upkeep.

Every save writes the entries of what was saved, which is a quarter of what making records costs. Here that waits
until a statement names a table of the index. Who asks finds what would have been there; only when it was written
differs, so tests about that (``EAGER``) have it written as it is on the site.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Model

from engagement.core import change_signals
from engagement.search.signals import keep_true

EAGER = (
    "tests/search",
    "tests/backup",
    "tests/core/test_page_cache.py",
    "tests/core/test_write_costs.py",
    "tests/test_sqlite_refuses.py",
    "tests/test_postgresql",
)
TABLES = re.compile("search_(entry|word)|sqlite_sequence")

Keys = defaultdict[type[Model], set[int]]


class LazyIndex:
    """Subscribes in place of ``keep_true``, and listens to every statement."""

    def __init__(self) -> None:
        self.is_eager = False
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        """The records are gone, or are about to be."""
        self.waiting, self.written = Keys(set), Keys(set)

    def note(self, written: Mapping[type[Model], set[int]]) -> None:
        if self.is_eager:
            keep_true(written)
            return
        with self.lock:
            for model, keys in written.items():
                self.waiting[model] |= keys

    def catch_up(self) -> None:
        with self.lock:
            written, self.waiting = self.waiting, Keys(set)
            for model, keys in written.items():
                self.written[model] |= keys
        if written:
            keep_true(written)

    def write_again(self) -> None:
        """What was rolled back may have been entries of records that stay."""
        with self.lock:
            for model, keys in self.written.items():
                self.waiting[model] |= keys

    def before(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.waiting and TABLES.search(sql) and not context["connection"].needs_rollback:
            self.catch_up()
        return execute(sql, params, many, context)

    def listen(self, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
        if self.before not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.before)


index = LazyIndex()


@contextmanager
def lazily() -> Iterator[None]:
    """Put it in the place of ``keep_true``, for all connections."""
    for subscribers in change_signals._subscribers.values():
        subscribers[:] = [index.note if one is keep_true else one for one in subscribers]
    connection_created.connect(index.listen, dispatch_uid="lazy index")
    for open_already in connections.all(initialized_only=True):
        index.listen(open_already)
    with _told("rollback"), _told("_savepoint_rollback"):
        yield


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Of what is undone."""
    undo = getattr(BaseDatabaseWrapper, name)

    def undone(self: BaseDatabaseWrapper, *arguments: Any) -> Any:
        try:
            return undo(self, *arguments)
        finally:
            index.write_again()

    with patch.object(BaseDatabaseWrapper, name, undone):
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    index.is_eager = str(item.path.relative_to(Path(__file__).parent.parent)).startswith(EAGER)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """Records that several tests share have their entries before the first of them, which undoes what it writes."""
    result = yield
    if fixturedef.scope != "function" and index.waiting:
        index.catch_up()
    return result


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    index.forget()
