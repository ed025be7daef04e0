"""Questions that ask for less, where no text has all the words of one."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .engine import Reader, any_match
from .parser import parse

MOST_WORDS = 6
"""Of more words, nobody is told which to leave out."""
_PIECE = re.compile(r'-?"[^"]*"?|\S+')


def fewer_words(user: Any, text: str) -> list[str]:
    """What is asked without the words that this reader finds nowhere or, if all are somewhere, without any one of them.

    Each of these finds something.
    """
    pieces = _PIECE.findall(text)
    if not 1 < len(pieces) <= MOST_WORDS:
        return []
    reader = Reader(user)
    known = [piece for piece in pieces if piece.startswith("-") or _finds(reader, [piece])]
    if len(known) < len(pieces) and _finds(reader, known):
        return [" ".join(known)]
    return list(dict.fromkeys(" ".join(some) for some in _without_one(known) if _finds(reader, some)))


def _without_one(pieces: Sequence[str]) -> Iterator[list[str]]:
    for at in range(len(pieces)):
        yield [*pieces[:at], *pieces[at + 1 :]]


def _finds(reader: Reader, pieces: Sequence[str]) -> bool:
    return any_match(reader, parse(" ".join(pieces), typing=False))
