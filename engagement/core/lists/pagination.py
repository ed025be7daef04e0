"""Keyset pagination: the page after, before or at a place in the order; by its number only while that is cheap.

Offsets make a database read every row before the page, so they are used for the first ten thousand rows only.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from engagement.core.folding import sort_key
from engagement.core.types import Row, Rows

from .counts import MOST
from .keyset import BadKey, Key, Keyset

PLACES = ("after", "before", "at")
FIRST, LAST = -(2**62), 2**62
AFTER_ALL = "\U0010fffd"
LONGEST_JUMP = 100


@dataclass(frozen=True)
class Page:
    """The rows of one page, and how to go on from there: parameters of the address, none where there is nothing."""

    object_list: list[Row] = field(default_factory=list)
    next: Mapping[str, str] | None = None
    previous: Mapping[str, str] | None = None
    start: int | None = None
    """The place of the first row, counted from 1; None where nobody counted."""
    is_beyond: bool = False
    """Whether the place asked for is after the last row."""

    def __len__(self) -> int:
        return len(self.object_list)

    @property
    def start_index(self) -> int | None:
        return self.start if self else 0

    @property
    def end_index(self) -> int | None:
        return None if self.start is None else self.start + len(self) - 1

    @property
    def is_alone(self) -> bool:
        """Whether the list has no other page."""
        return self.next is None and self.previous is None


def offset_page(rows: Rows, asked: QueryDict, size: int, count: int) -> Page:
    """By its number, of rows that were counted and are few enough to be put in any order."""
    last = max(1, -(-count // size))
    number = last if asked.get("page") == "last" else min(page_number(asked), last)
    start = (number - 1) * size
    return Page(
        list(rows[start : start + size]),
        {"page": str(number + 1)} if number < last else None,
        _numbered(number - 1) if number > 1 else None,
        start + 1,
    )


def read_place(keyset: Keyset, asked: QueryDict) -> tuple[str, Key] | None:
    """The place in the address, and on which side of it the page is. Raises ``BadKey``."""
    for side in PLACES:
        if text := asked.get(side):
            return side, jump_to(keyset, text) if side == "at" else _checked(keyset, Key.read(text))
    return None


def page_number(asked: QueryDict) -> int:
    """The number of a page; the first for a text that is none."""
    text = asked.get("page") or ""
    return max(int(text[:9]), 1) if text.isascii() and text.isdigit() else 1


def _numbered(number: int) -> dict[str, str]:
    return {"page": str(number)} if number > 1 else {}


@dataclass(frozen=True)
class KeysetPaginator:
    """Pages of rows that an index gives in their order."""

    keyset: Keyset
    size: int

    def get_page(self, asked: QueryDict, count: int) -> Page:
        """By its place or its number. Raises ``BadKey`` for a place that is none, before anything is read."""
        match read_place(self.keyset, asked):
            case "after", key:
                return self._forwards(key)
            case "before", key:  # before which there may be nothing any more
                return self._backwards(key) or self.first()
            case "at", key:  # a day or a letter
                return self._forwards(key) or self.last()
        number = page_number(asked)
        if asked.get("page") == "last":
            return self.last()
        return self._numbered(number, count) if number > 1 else self.first()

    def first(self) -> Page:
        return replace(self._forwards(None), start=1)

    def last(self) -> Page:
        return replace(self._backwards(None), next=None)

    def _numbered(self, number: int, count: int) -> Page:
        """As long as the rows before it need not be counted far."""
        number = min(number, max(1, -(-min(count, MOST) // self.size)))
        start = (number - 1) * self.size
        page = self._page(self.keyset.take(self.size + 1, skip=start))
        return replace(page, start=start + 1, previous=_numbered(number - 1) if number > 1 else None)

    def _forwards(self, key: Key | None) -> Page:
        page = self._page(self.keyset.take(self.size + 1, after=key))
        if key is None:
            return page
        previous = self._beside("before", page.object_list[:1]) or {"page": "last"}
        return replace(page, is_beyond=not page, previous=previous)

    def _page(self, found: list[Row]) -> Page:
        rows = found[: self.size]
        return Page(rows, self._beside("after", rows[-1:]) if len(found) > self.size else None)

    def _backwards(self, key: Key | None) -> Page:
        found = self.keyset.take(self.size + 1, after=key, backwards=True)
        rows = found[-self.size :]
        previous = self._beside("before", rows[:1]) if len(found) > self.size else None
        return Page(rows, self._beside("after", rows[-1:]), previous)

    def _beside(self, side: str, rows: list[Row]) -> dict[str, str] | None:
        return {side: str(self.keyset.key(rows[0]))} if rows else None


def jump_to(keyset: Keyset, text: str) -> Key:
    """The place before a day or a beginning of a word. Raises ``BadKey``."""
    text, descending = text.strip()[:LONGEST_JUMP], keyset.descending
    value: str | dt.date
    if keyset.order.jump == "text":
        value = sort_key(text) + (AFTER_ALL if descending else "")
    elif keyset.order.jump == "day":
        value = _day(text)
    elif keyset.order.jump == "moment":
        value = _midnight(_day(text), descending)
    else:
        raise BadKey
    return _checked(keyset, Key.read(str(Key(value, LAST if descending else FIRST))))


def _checked(keyset: Keyset, key: Key) -> Key:
    keyset.check(key)
    return key


def _day(text: str) -> dt.date:
    try:
        day = parse_date(text)
    except ValueError as error:
        raise BadKey from error
    if day is None:
        raise BadKey
    return day


def _midnight(day: dt.date, descending: bool) -> dt.datetime:
    """Where the day begins; in descending order where it ends."""
    try:
        midnight = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=int(descending)), dt.time()))
        return midnight.astimezone(dt.UTC)
    except (OverflowError, ValueError) as error:
        raise BadKey from error


def place_warning(asked: QueryDict) -> str:
    """The warning about a place that is none."""
    name = next(name for name in PLACES if asked.get(name))
    words = {"name": quoted(asked.get(name) or "")}
    if name == "at":
        return _("You cannot jump to “%(name)s” in this order.") % words
    return _("There is no “%(name)s” in this list.") % words


def quoted(text: str) -> str:
    """A part of an address, as far as it is repeated."""
    return text[:60].replace("\x00", "?")
