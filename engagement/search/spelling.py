"""Typing errors forgiven: a word that finds nothing is taken for one that looks like it and does find something.

Only words of texts that this reader may see are ever used, and which one is chosen depends on nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from .engine import Reader, alike, any_match
from .parser import Query, all_of
from .terms import Term

SHORTEST = 4  # letters of a word that is worth correcting
LONG = 8  # from so many letters on, two mistakes are forgiven
ALIKE, TRIED = 200, 40
OFFERED, COMBINED = 4, 12


@dataclass(frozen=True)
class Corrected:
    """The question as it was probably meant."""

    query: Query
    wrong: tuple[str, ...]
    """The words that were replaced."""


def corrected(user: Any, query: Query) -> Corrected | None:
    """The question with each unknown word replaced by the likeliest one; None where that finds nothing either."""
    reader = Reader(user)
    offers = {
        word: list(islice(_known(reader, word), OFFERED))
        for word in query.words
        if len(word) >= SHORTEST and not any_match(reader, all_of([word]))
    }
    if not offers or not all(offers.values()):
        return None
    for chosen in islice(product(*offers.values()), COMBINED):
        better = query.corrected(dict(zip(offers, chosen, strict=True)))
        if any_match(reader, better):
            return Corrected(better, tuple(offers))
    return None


def _known(reader: Reader, word: str) -> Iterator[str]:
    """Words near this one that stand, in just this form, in a text this reader may see; the nearest first."""
    for other in islice(near(word, alike(word, ALIKE)), TRIED):
        if any_match(reader, Query(other, (Term((other,), is_quoted=True),))):
            yield other


def near(word: str, others: list[str]) -> Iterator[str]:
    """Those at most one mistake away, or two where the word is long; a swap of two letters is one mistake."""
    from rapidfuzz.distance import OSA  # see ``alike``

    most = 2 if len(word) >= LONG else 1
    found = []
    for other in others:
        distance = OSA.distance(word, other, score_cutoff=most)
        if 0 < distance <= most and other.isalpha() >= word.isalpha():
            found.append((distance, other[:1] != word[:1], abs(len(other) - len(word)), other))
    yield from (other for *_rest, other in sorted(found))
