"""What a page shows, noted while it is made: every record read, and until when what is said of it holds.

A page that is kept (``engagement/core/cached.py``) is thrown away when one of these records is written. Records read
as such are noted by themselves; whoever reads single values of them says so with ``shows``.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.utils import timezone


class Shown:
    """The records of a page, and the moment after which it says something else."""

    def __init__(self) -> None:
        self.keys: dict[Any, set[Any]] = {}
        self.records: list[Model] = []
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        self.until = timezone.make_aware(dt.datetime.combine(tomorrow, dt.time.min))
        """A page speaks of days ("3 days late"), so none outlasts its day."""


_page: ContextVar[Shown | None] = ContextVar("page", default=None)


@contextmanager
def noting() -> Iterator[Shown]:
    """Inside, everything that is read is noted."""
    token = _page.set(shown := Shown())
    try:
        yield shown
    finally:
        _page.reset(token)


def note(record: Model) -> None:
    """A record was read."""
    if (page := _page.get()) is not None:
        page.records.append(record)


def shows(of: Any, keys: Iterable[Any]) -> None:
    """Something of these records was read, though not the records themselves: ``of`` a model, or of the dossiers."""
    if (page := _page.get()) is not None:
        page.keys.setdefault(of, set()).update(key for key in keys if key is not None)


def holds_for_now() -> None:
    """What was said on the page depends on more than anybody would notice: it is not kept."""
    holds_until(timezone.now())


def holds_until(moment: dt.datetime | None) -> None:
    """What was said on the page is no longer so after this moment."""
    if (page := _page.get()) is not None and moment is not None:
        page.until = min(page.until, moment)
