"""Spelling correction: an unknown word is taken for one that looks like it; and broader queries with fewer words.

Only words of texts that this reader may see are ever used, and which one is chosen depends on nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from engagement.core.types import Reader

from .engine import ReaderAccess, any_match
from .models import Word
from .parser import Query, all_of, parse
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


def corrected(user: Reader, query: Query) -> Corrected | None:
    """The question with each unknown word replaced by the likeliest one; None where that finds nothing either."""
    reader = ReaderAccess(user)
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


def _known(reader: ReaderAccess, word: str) -> Iterator[str]:
    """Words near this one that stand, in just this form, in a text this reader may see; the nearest first."""
    for other in islice(near(word, alike(word, ALIKE)), TRIED):
        if any_match(reader, Query(other, (Term((other,), is_quoted=True),))):
            yield other


def alike(word: str, limit: int = 20) -> list[str]:
    """Known words that somebody may have meant, the likeliest first.

    Of about the same length, beginning like it or with its first two letters the other way round, and no more than one
    slip away; two in a long word.
    """
    if not Word.SHORTEST <= len(word) <= Word.LONGEST:
        return []
    from rapidfuzz import fuzz, process  # when somebody mistyped: it takes room in every worker
    from rapidfuzz.distance import DamerauLevenshtein

    slips = 1 if len(word) < 7 else 2
    near = Word._base_manager.filter(
        initial__in={word[0], word[1]}, length__gte=len(word) - slips, length__lte=len(word) + slips
    )
    found = process.extract(
        word,
        near.exclude(word=word).values_list("word", flat=True),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=slips,
        limit=None,
    )
    ranked = sorted(found, key=lambda one: (one[1], -fuzz.ratio(word, one[0]), one[0]))
    return [one for one, _distance, _place in ranked[:limit]]


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


MOST_WORDS = 6
"""Of more words, nobody is told which to leave out."""
_PIECE = re.compile(r'-?"[^"]*"?|\S+')


def fewer_words(user: Reader, text: str) -> list[str]:
    """The query without the words that this reader finds nowhere or, if all are somewhere, without any one of them.

    Each of these finds something.
    """
    pieces = _PIECE.findall(text)
    if not 1 < len(pieces) <= MOST_WORDS:
        return []
    reader = ReaderAccess(user)
    known = [piece for piece in pieces if piece.startswith("-") or _finds(reader, [piece])]
    if len(known) < len(pieces) and _finds(reader, known):
        return [" ".join(known)]
    return list(dict.fromkeys(" ".join(some) for some in _without_one(known) if _finds(reader, some)))


def _without_one(pieces: Sequence[str]) -> Iterator[list[str]]:
    for at in range(len(pieces)):
        yield [*pieces[:at], *pieces[at + 1 :]]


def _finds(reader: ReaderAccess, pieces: Sequence[str]) -> bool:
    return any_match(reader, parse(" ".join(pieces), typing=False))
