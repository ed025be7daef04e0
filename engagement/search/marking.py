"""Which words of a text a query is to be seen in."""

from engagement.core.folding import apart

from .analysis import LONGEST, stems
from .parser import Query
from .snippets import Marker, Wanted


def marker_of(query: Query) -> Marker:
    """Marks what this query looks for."""
    wanted = []
    for term in query.terms:
        for word in term.singles:
            forms = frozenset(() if term.is_quoted else stems(word))
            tails = frozenset(term.tails if word == term.single else ())
            is_open = term.is_beginning or word in term.beginnings
            wanted.append(Wanted(word, forms, is_prefix=is_open, tails=tails, prefix=_prefix(word)))
        for word in term.words if term.is_phrase else ():
            is_last = word == term.words[-1]
            wanted.append(Wanted(word[:LONGEST], is_prefix=term.is_beginning and is_last))
    return Marker(wanted, lambda word: frozenset(stems(word)))


def _prefix(word: str) -> int:
    """How many of its letters may stand apart."""
    two = apart(word)
    return len(two[0]) if two else 0
