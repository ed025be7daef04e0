"""A row as something to read about: an entry of a feed."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """``key`` never changes for a record, whatever its title or address becomes."""

    key: str
    title: str
    path: str
    summary: str
    updated: dt.datetime
    categories: tuple[str, ...] = ()


UNKNOWN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When a record changed that came without a history."""
