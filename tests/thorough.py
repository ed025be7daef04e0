"""How much is tried of what is drawn at random or takes minutes: a part in every run, all of it with ALL=1."""

import datetime as dt
import os
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, TypeVar

import pytest
from django.db import connection

Thing = TypeVar("Thing")

ALL = os.environ.get("ALL") == "1"


def drawn(examples: int) -> int:
    """A fifth of them."""
    return examples if ALL else max(3, examples // 5)


def some(things: Sequence[Thing], turn: int, parts: int = 5) -> Sequence[Thing]:
    """A fifth of them, another one each turn, so that after as many turns every one was taken."""
    return things if ALL else things[turn % parts :: parts]


def today(things: Sequence[Thing], parts: int, turn: int = 0) -> Sequence[Thing]:
    """A part of them, another one each day: a run that fails, fails again on that day."""
    return some(things, dt.date.today().toordinal() + turn, parts)


def shared_out(things: Sequence[Thing], parts: int = 2) -> Sequence[Thing]:
    """A part of them on SQLite, the next on PostgreSQL, tomorrow others: of two parts each is tried in every run."""
    return today(things, parts, turn=connection.vendor == "postgresql")


def waits(parts: int, turn: int = 0) -> list[pytest.MarkDecorator]:
    """The mark of what waits on all days but one, as what is for the night does."""
    is_due = turn % parts in today(range(parts), parts)
    return [] if is_due else [pytest.mark.night(f"on one day in {parts}")]


def one_day_in(parts: int, turn: int = 0) -> Callable[[Any], Any]:
    """Decorates a test that waits on the other days."""
    return next(iter(waits(parts, turn)), lambda test: test)


LOOKS = list(product([1280, 390], [False, True]))
"""How a page is looked at in a browser: how wide, and whether in the dark."""


def looks(turn: int) -> pytest.MarkDecorator:
    """Asks for ``width`` and ``dark``: one of the four looks, another one for each turn, on one day in two."""
    chosen = [pytest.param(*look, marks=waits(2, turn)) for look in some(LOOKS, turn, parts=len(LOOKS))]
    return pytest.mark.parametrize(("width", "dark"), chosen)
