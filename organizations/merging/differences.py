"""Character diff of two values that are nearly the same, so that a letter more or less is seen."""

from dataclasses import dataclass
from difflib import SequenceMatcher

LEAST_ALIKE = 0.6
"""Of two that have less in common nearly every letter would be marked."""
LONGEST = 300


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool


def pieces(text: str, other: str) -> list[Piece]:
    """The text cut where it differs from the other; in one piece where there is nothing to point at."""
    matcher = SequenceMatcher(None, other, text, autojunk=False)
    if not (text and other) or max(len(text), len(other)) > LONGEST or matcher.ratio() < LEAST_ALIKE:
        return [Piece(text, False)]
    parts = [(text[start:end], tag != "equal") for tag, _from, _to, start, end in matcher.get_opcodes()]
    return [Piece(part, differs) for part, differs in parts if part]
