"""Lazy evaluation of what a save keeps true: tests that never read it do not pay for it.

Every save writes the search entries of what was saved, a quarter of what making records costs, and a version of what
visitors read, an eighth. Here both wait until a statement names one of their tables. Who asks finds what would have
been there; only when it was written differs, so tests about that have it written as it is on the site: those whose
path or source says so.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
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
from engagement.search.signals import keep_true as keep_index_true
from meetings.version_keeping import keep_true as keep_versions_true

NO_MORE_WRITES = "|query_only = ON|TRANSACTION READ ONLY"
ALWAYS = ("tests/backup", "tests/core/test_page_cache.py", "tests/core/test_write_costs.py")
ALWAYS += ("tests/privacy", "tests/test_sqlite_refuses.py", "tests/test_postgresql")

Keys = defaultdict[type[Model], set[int]]


class LazyUpkeep:
    """Subscribes in place of ``keep_true``, and listens to every statement.

    ``tables`` are whose statements it does not let pass before it has caught up; ``eager`` the beginnings of paths of
    tests, and ``words`` what stands in the source of tests, in which it does not wait.
    """

    def __init__(self, keep_true: Callable[..., None], tables: str, eager: tuple[str, ...], words: str = "") -> None:
        self.keep_true, self.tables = keep_true, re.compile(tables + NO_MORE_WRITES)
        self.eager, self.words = ALWAYS + eager, re.compile(words or "(?!)")
        self.is_eager = False
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        """The records are gone, or are about to be."""
        self.waiting, self.written, self.begun = Keys(set), list[Keys](), dict[str, int]()

    def note(self, written: Mapping[type[Model], set[int]]) -> None:
        if self.is_eager:
            self.keep_true(written)
            return
        with self.lock:
            for model, keys in written.items():
                self.waiting[model] |= keys

    def catch_up(self) -> None:
        with self.lock:
            written, self.waiting = self.waiting, Keys(set)
            self.written.append(written)
        if written:
            self.keep_true(written)

    def begin(self, savepoint: str) -> None:
        self.begun[savepoint] = len(self.written)

    def write_again(self, savepoint: str = "") -> None:
        """What was rolled back may have been entries of records that stay: of all that was written since it began."""
        with self.lock:
            for written in self.written[self.begun.get(savepoint, 0) :]:
                for model, keys in written.items():
                    self.waiting[model] |= keys

    def before(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.waiting and self.tables.search(sql) and not context["connection"].needs_rollback:
            self.catch_up()
        return execute(sql, params, many, context)

    def listen(self, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
        if self.before not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.before)


index = LazyUpkeep(keep_index_true, "search_(entry|word)|sqlite_sequence", ("tests/search",))
versions = LazyUpkeep(
    keep_versions_true,
    "meetings_publishedversion|sqlite_sequence",
    ("tests/samples", "tests/meetings/test_public_content.py"),
    "PublishedVersion|published_versions|/versions/|four_eyes|ProposedChange|correcting",
)
LAZY = (index, versions)


def catch_up() -> None:
    for upkeep in LAZY:
        upkeep.catch_up()


def forget() -> None:
    for upkeep in LAZY:
        upkeep.forget()


@contextmanager
def lazily() -> Iterator[None]:
    """Put them in the place of what each of them stands for, on all connections."""
    for upkeep in LAZY:
        for subscribers in change_signals._subscribers.values():
            subscribers[:] = [upkeep.note if one is upkeep.keep_true else one for one in subscribers]
        connection_created.connect(upkeep.listen, dispatch_uid=upkeep.tables.pattern)
        for open_already in connections.all(initialized_only=True):
            upkeep.listen(open_already)
    with ExitStack() as stack:
        stack.enter_context(_told("_savepoint", LazyUpkeep.begin))
        for name in ("rollback", "_savepoint_rollback"):
            stack.enter_context(_told(name, LazyUpkeep.write_again))
        yield


@contextmanager
def _told(name: str, tell: Callable[..., None]) -> Iterator[None]:
    """Of what begins and of what is undone; savepoints bear the number of their thread, so no two are alike."""
    do = getattr(BaseDatabaseWrapper, name)

    def done(self: BaseDatabaseWrapper, *savepoint: str) -> Any:
        try:
            return do(self, *savepoint)
        finally:
            for upkeep in LAZY:
                tell(upkeep, *savepoint)

    with patch.object(BaseDatabaseWrapper, name, done):
        yield


@cache
def _source(path: Path) -> str:
    return path.read_text()


def pytest_runtest_setup(item: pytest.Item) -> None:
    place, source = str(item.path.relative_to(Path(__file__).parent.parent)), _source(item.path)
    for upkeep in LAZY:
        upkeep.is_eager = place.startswith(upkeep.eager) or bool(upkeep.words.search(source))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """Of records that several tests share it is written before the first of them, which undoes what it writes."""
    result = yield
    if fixturedef.scope != "function" and any(upkeep.waiting for upkeep in LAZY):
        catch_up()
    return result


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    forget()
