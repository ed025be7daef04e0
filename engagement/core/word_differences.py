"""Word-level differences of two texts (difflib), for a comparison side by side."""

import re
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
    """Both texts in pieces; those that differ are what was removed from the one and added in the other."""
    cut = WORDS if max(len(before), len(after)) <= MOST * 4 else SENTENCES
    left, right = cut.findall(before), cut.findall(after)
    removed: list[Piece] = []
    added: list[Piece] = []
    for how, a, b, c, d in SequenceMatcher(None, left, right, autojunk=len(left) > MOST).get_opcodes():
        _add(removed, "".join(left[a:b]), how != "equal")
        _add(added, "".join(right[c:d]), how != "equal")
    return removed, added


def _add(pieces: list[Piece], text: str, differs: bool) -> None:
    """A space between two words that differ differs with them, which reads better."""
    if not text:
        return
    if pieces and not differs and not text.strip() and pieces[-1].differs:
        text, differs = pieces.pop().text + text, True
    if pieces and pieces[-1].differs == differs:
        text = pieces.pop().text + text
    pieces.append(Piece(text, differs))
