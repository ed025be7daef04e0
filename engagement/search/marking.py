"""Which words of a text a query is to be seen in."""

from .analysis import LONGEST, stems
from .query import Query
from .snippets import Marker, Wanted


def marker_of(query: Query) -> Marker:
    """Marks what this query looks for."""
    wanted = []
    for term in query.terms:
        if term.single:
            tails = frozenset(term.tails)
            wanted.append(Wanted(term.single, frozenset(term.forms), is_prefix=term.is_beginning, tails=tails))
        for word in term.words if term.is_phrase else ():
            is_last = word == term.words[-1]
            wanted.append(Wanted(word[:LONGEST], is_prefix=term.is_beginning and is_last))
    return Marker(wanted, lambda word: frozenset(stems(word)))
