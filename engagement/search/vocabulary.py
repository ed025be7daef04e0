"""The words that occur in the index, for whoever mistyped one.

They are written when the transaction is over, and each once: two people who use a new word at the same time do not wait
for each other. A word whose last text is gone stays; it is only used where it finds something.
"""

from collections.abc import Iterable

from django.db import transaction

from .models import Word

LONGEST, SHORTEST = 40, 3
MOST_KNOWN = 300_000
_known: set[str] = set()


def remember(words: Iterable[str]) -> None:
    """Take words of a text in, once it is saved."""
    new = {word for word in words if word not in _known and SHORTEST <= len(word) <= LONGEST and word.isalpha()}
    if new:
        transaction.on_commit(lambda: _write(new), robust=True)


def _write(words: set[str]) -> None:
    rows = [Word(word=word, initial=word[0], length=len(word)) for word in sorted(words)]
    for start in range(0, len(rows), 500):
        Word._base_manager.bulk_create(rows[start : start + 500], ignore_conflicts=True)
    if len(_known) > MOST_KNOWN:
        _known.clear()
    _known.update(words)


def alike(word: str, limit: int = 20) -> list[str]:
    """Known words that somebody may have meant, the likeliest first.

    Of about the same length, beginning like it or with its first two letters the other way round, and no more than one
    slip away; two in a long word.
    """
    if not SHORTEST <= len(word) <= LONGEST:
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
