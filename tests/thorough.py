"""How much is tried of what is drawn at random or takes minutes: a part in every run, all of it with ALL=1."""

import datetime as dt
import os
from collections.abc import Sequence
from itertools import product
from typing import TypeVar

import pytest

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


LOOKS = list(product([1280, 390], [False, True]))
"""How a page is looked at in a browser: how wide, and whether in the dark."""


def looks(turn: int) -> pytest.MarkDecorator:
    """Asks for ``width`` and ``dark``: in every run one of the four looks, another one for each turn."""
    return pytest.mark.parametrize(("width", "dark"), some(LOOKS, turn, parts=len(LOOKS)))
