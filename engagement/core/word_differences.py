"""Word-level differences of two texts (difflib), for a comparison side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST = 4_000
"""Longer texts are compared by sentence: each word with each other would take minutes."""
WORDS = re.compile(r"\w+|\s+|[^\w\s]")
SENTENCES = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+")


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and whether the other text lacks them."""

    text: str
    differs: bool


def word_differences(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; the marked ones were removed from the first and added in the second."""
    removed: list[Piece] = []
    added: list[Piece] = []
    for was, now, differs in _steps(before, after):
        _add(removed, was, differs)
        _add(added, now, differs)
    return removed, added


@dataclass(frozen=True)
class Marked:
    """A piece of a text in which both are written together: kept, removed or added."""

    text: str
    how: str = ""
    """``removed``, ``added`` or nothing."""


def marked_differences(before: str, after: str) -> list[Marked]:
    """Both texts as one, each removed word before the word in its place."""
    removed = added = ""
    found: list[Marked] = []
    for was, now, differs in [*_steps(before, after), ("", "", False)]:
        is_gap = not differs and not was.strip() and bool(was) and bool(removed or added)
        if differs or is_gap:
            removed, added = removed + was, added + now
            continue
        found += [Marked(text, how) for text, how in ((removed, "removed"), (added, "added")) if text]
        found += [Marked(now)] if now else []
        removed = added = ""
    return found


def _steps(before: str, after: str) -> Iterator[tuple[str, str, bool]]:
    """Both texts from beginning to end: what the one says, what the other, and whether they differ there."""
    cut = WORDS if max(len(before), len(after)) <= MOST * 4 else SENTENCES
    left, right = cut.findall(before), cut.findall(after)
    for how, a, b, c, d in SequenceMatcher(None, left, right, autojunk=len(left) > MOST).get_opcodes():
        yield "".join(left[a:b]), "".join(right[c:d]), how != "equal"


def _add(pieces: list[Piece], text: str, differs: bool) -> None:
    """A space between two words that differ differs with them, which reads better."""
    if not text:
        return
    if pieces and not differs and not text.strip() and pieces[-1].differs:
        text, differs = pieces.pop().text + text, True
    if pieces and pieces[-1].differs == differs:
        text = pieces.pop().text + text
    pieces.append(Piece(text, differs))
