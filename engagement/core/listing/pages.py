"""One page of a list: found by a place in its order, or by a number while that is cheap."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from engagement.core.sort_keys import sort_key

from .tally import MOST
from .walking import BadKey, Key, Walking

FIRST, LAST = -(2**62), 2**62
AFTER_ALL = "\U0010fffd"
LONGEST_JUMP = 100


@dataclass
class Shown:
    """The rows of one page, and how to go on from there: parameters of the address, none where there is nothing."""

    object_list: list[Any] = field(default_factory=list)
    next: Mapping[str, str] | None = None
    previous: Mapping[str, str] | None = None
    start: int | None = None
    """The place of the first row, counted from 1; None where nobody counted."""
    is_beyond: bool = False
    """Whether the place asked for is after the last row."""

    @property
    def start_index(self) -> int | None:
        return self.start if self.object_list else 0

    @property
    def end_index(self) -> int | None:
        return None if self.start is None else self.start + len(self.object_list) - 1

    @property
    def is_alone(self) -> bool:
        """Whether the list has no other page."""
        return self.next is None and self.previous is None


def numbered(rows: "QuerySet[Any]", number: int, size: int, count: int) -> Shown:
    """By its number, of rows that were counted and are few enough to be put in any order."""
    last = max(1, -(-count // size))
    number = min(max(number, 1), last)
    start = (number - 1) * size
    found = list(rows[start : start + size])
    return Shown(
        found,
        {"page": str(number + 1)} if number < last else None,
        _page(number - 1) if number > 1 else None,
        start + 1,
    )


def _page(number: int) -> dict[str, str]:
    return {"page": str(number)} if number > 1 else {}


@dataclass
class Asked:
    """Where in a list that can be walked a page was asked for."""

    walk: Walking
    size: int

    def first(self) -> Shown:
        shown = self._forwards(None)
        shown.start = 1
        return shown

    def last(self) -> Shown:
        shown = self._backwards(None)
        shown.next = None
        return shown

    def after(self, text: str) -> Shown:
        return self._forwards(self._key(text))

    def before(self, text: str) -> Shown:
        """A place before which there is nothing any more has the first page before it."""
        shown = self._backwards(self._key(text))
        return shown if shown.object_list else self.first()

    def at(self, text: str) -> Shown:
        """From a day or a letter on."""
        shown = self._forwards(jump_to(self.walk, text))
        return shown if shown.object_list else self.last()

    def numbered(self, number: int, count: int) -> Shown:
        """By number, as long as the rows before it need not be counted far."""
        last = max(1, -(-min(count, MOST) // self.size))
        number = min(max(number, 1), last)
        start = (number - 1) * self.size
        shown = self._shown(self.walk.take(self.size + 1, skip=start))
        shown.start = start + 1
        shown.previous = _page(number - 1) if number > 1 else None
        return shown

    def _key(self, text: str) -> Key:
        key = Key.read(text)
        self.walk.check(key)
        return key

    def _forwards(self, key: Key | None) -> Shown:
        shown = self._shown(self.walk.take(self.size + 1, after=key))
        if key is not None:
            shown.is_beyond = not shown.object_list
            shown.previous = self._beside("before", shown.object_list[:1]) or {"page": "last"}
        return shown

    def _shown(self, found: list[Any]) -> Shown:
        rows = found[: self.size]
        return Shown(rows, self._beside("after", rows[-1:]) if len(found) > self.size else None)

    def _backwards(self, key: Key | None) -> Shown:
        found = self.walk.take(self.size + 1, after=key, backwards=True)
        rows = found[-self.size :]
        previous = self._beside("before", rows[:1]) if len(found) > self.size else None
        return Shown(rows, self._beside("after", rows[-1:]), previous)

    def _beside(self, side: str, rows: list[Any]) -> dict[str, str] | None:
        return {side: str(self.walk.key(rows[0]))} if rows else None


def jump_to(walk: Walking, text: str) -> Key:
    """The place before a day or a beginning of a word. Raises ``BadKey``."""
    text, falls = text.strip()[:LONGEST_JUMP], walk.falls
    if walk.order.jump == "text":
        value: Any = sort_key(text) + (AFTER_ALL if falls else "")
    elif walk.order.jump == "day":
        value = _day(text)
    elif walk.order.jump == "moment":
        value = _midnight(_day(text), falls)
    else:
        raise BadKey
    key = Key(value, LAST if falls else FIRST)
    walk.check(Key.read(str(key)))
    return Key.read(str(key))


def _day(text: str) -> dt.date:
    try:
        day = parse_date(text)
    except ValueError as error:
        raise BadKey from error
    if day is None:
        raise BadKey
    return day


def _midnight(day: dt.date, falls: bool) -> dt.datetime:
    """Where the day begins; in falling order where it ends."""
    try:
        midnight = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=int(falls)), dt.time()))
        return midnight.astimezone(dt.UTC)
    except (OverflowError, ValueError) as error:
        raise BadKey from error


def not_a_place(name: str, text: str) -> str:
    """What to say about a place that is none."""
    words = {"name": text[:60].replace("\x00", "?")}
    if name == "at":
        return _("This list, in this order, cannot be opened at “%(name)s”.") % words
    return _("“%(name)s” is no place in this list.") % words
