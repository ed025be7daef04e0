"""Split cells with several values: where a cell can be cut, and how the file at hand cuts.

A comma is the hard case, for names contain commas themselves. Publishers' programs join without a space
(``A,B``); people write one after it (``A, Inc.``). Which of both joins is learned from the cells that leave no doubt.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from engagement.core.folding import match_key

TIGHT, LOOSE = "tight", "loose"
_ENOUGH = 3  # cells that must agree before they speak for the others


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a cell may be cut: the separator's first and last position, and whether a space follows it."""

    start: int
    end: int
    style: str


def cuts(text: str, separators: tuple[str, ...]) -> list[Cut]:
    """Every place where a separator stands."""
    if not separators:
        return []
    signs = "|".join(re.escape(sign) for sign in sorted(separators, key=len, reverse=True))
    found = re.finditer(signs, text)
    return [Cut(at.start(), at.end(), LOOSE if text[at.end() : at.end() + 1].isspace() else TIGHT) for at in found]


def cut(text: str, places: list[Cut]) -> list[str]:
    """The pieces between some cuts; empty ones are dropped."""
    starts = [0, *(place.end for place in places)]
    ends = [*(place.start for place in places), len(text)]
    return [piece for start, end in zip(starts, ends, strict=True) if (piece := text[start:end].strip())]


def is_doubtful(separators: tuple[str, ...]) -> bool:
    """Whether a separator also stands inside names."""
    return any(sign.strip() in (",", "/", "-", "&", "and", "et", "und") for sign in separators)


@dataclass
class Habit:
    """How a file's cells are joined, as far as cells without doubt have shown."""

    seen: Counter[str] = field(default_factory=Counter)

    def learn(self, text: str, separators: tuple[str, ...], count: int) -> None:
        """A cell with exactly as many cuts as its count of values asks for."""
        places = cuts(text, separators)
        if count > 1 and len(places) == count - 1:
            styles = {place.style for place in places}
            self.seen[styles.pop() if len(styles) == 1 else "mixed"] += 1

    @property
    def style(self) -> str:
        """The one style all such cells have, or "" when they disagree or are too few."""
        agreed = len(self.seen) == 1 and "mixed" not in self.seen and self.seen.total() >= _ENOUGH
        return next(iter(self.seen)) if agreed else ""


def split_plain(text: str, separators: tuple[str, ...], existing: set[str]) -> tuple[list[str], bool]:
    """The values of a cell nobody counted, and whether the cut is beyond doubt.

    A comma without a space cuts. Where every comma is followed by one, the pieces must be known from other cells.
    """
    places = cuts(text, separators)
    if not places:
        return [text.strip()] if text.strip() else [], True
    if match_key(text) in existing:
        return [text.strip()], True
    if not is_doubtful(separators):
        return cut(text, places), True
    tight = [place for place in places if place.style == TIGHT and text[place.start : place.end] == ","]
    if tight and len(tight) == len(places):
        return cut(text, places), True
    pieces = cut(text, tight or places)
    return pieces, all(match_key(piece) in existing for piece in pieces)
