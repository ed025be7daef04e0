"""Query parser: takes apart a text that somebody typed into a search box.

    parse('gene therapy -vaccin "real world" BM-2025-014')

Words must all occur, in whatever form of English, French or German; the last one may be unfinished. What stands in
quotation marks, or hangs together with dashes and the like, occurs in just that order. What follows a minus must not.
Compound words, numbers, references and dates mean the same however they are written (``terms.py``).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from engagement.core.folding import fold

from .analysis import SMALL_WORDS
from .terms import Term, side_by_side, take_out, term_of

MOST_TERMS = 12
SHORTEST_BEGINNING = 2  # letters a word needs to be looked for by its beginning
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


@dataclass(frozen=True)
class Query:
    """A parsed query. Falsy where it asks for nothing."""

    text: str
    """As typed."""
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    _matched: dict[str, bool] = field(default_factory=dict, repr=False, compare=False, hash=False)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def matches(self, word: str) -> bool:
        """Whether a folded word is to be marked in a snippet."""
        if word not in self._matched:
            self._matched[word] = any(term.matches(word) for term in self.terms)
        return self._matched[word]

    @cached_property
    def loose(self) -> tuple[Term, ...]:
        """The terms for which a longer word will do."""
        return tuple(term for term in self.terms if term.is_loose)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words as they may have been mistyped: those of terms that are not quoted, each once."""
        found = (word for term in self.terms if not term.is_quoted for word in term.words)
        return tuple(dict.fromkeys(found))

    def as_phrase(self) -> Term | None:
        """All terms side by side, where there are several."""
        if len(self.terms) < 2:
            return None
        words = tuple(word for term in self.terms for word in term.words)
        return Term(words, is_quoted=True, is_beginning=self.terms[-1].is_beginning)

    def corrected(self, corrections: dict[str, str]) -> "Query":
        """The query with some of its words replaced (``{"vacine": "vaccine"}``); ``text`` reads so too.

        A corrected word is whole.
        """

        def right(term: Term) -> Term:
            words = tuple(corrections.get(word, word) for word in term.words)
            if term.is_quoted or words == term.words:
                return term
            return replace(term, words=words, spellings=(), is_beginning=False, beginnings=(), in_compounds=False)

        text = self.text
        for wrong, better in corrections.items():
            text = re.sub(rf"\b{re.escape(wrong)}\b", better, fold(text))
        return Query(text, tuple(right(term) for term in self.terms), self.excluded)

    def whole(self) -> "Query":
        """The query with every word finished: no beginnings, no parts of compounds."""
        return replace(self, terms=tuple(term.whole() for term in self.terms), _matched={})


def parse(text: str, *, typing: bool = True) -> Query:
    """Parse a text. With ``typing`` longer words answer too, after the words themselves.

    These are words that begin like the last one, unless a space or quotation mark ends it, and German compounds.
    """
    terms: list[Term] = []
    excluded: list[Term] = []
    plain, meant = take_out(text.translate(_QUOTES).replace("\x00", " "))
    last, end = None, 0
    for piece in _PIECE.finditer(plain):
        quoted = piece["quoted"]
        content = piece["plain"] if quoted is None else quoted
        term = meant.get(content.strip()) or term_of(content, is_quoted=quoted is not None)
        if term is None:
            continue
        last, end = (None if piece["minus"] else term), piece.end()
        (excluded if piece["minus"] else terms).append(term)
    terms, excluded = list(dict.fromkeys(terms))[:MOST_TERMS], list(dict.fromkeys(excluded))[:MOST_TERMS]
    terms = _without_small(terms)
    is_open = end == len(plain) and last is not None and terms[-1:] == [last] and not (last.is_quoted or last.marks)
    terms = side_by_side(terms)
    if typing:
        terms = _opened(terms, is_open=is_open)
    return Query(" ".join(text.split()), tuple(terms), tuple(excluded))


def _opened(terms: list[Term], *, is_open: bool) -> list[Term]:
    """Terms that longer words answer too: compounds, and those that begin like the last word, if that is open."""
    opened = [replace(term, in_compounds=term.could_end_a_compound) for term in terms]
    if is_open and len(terms[-1].words[-1]) >= SHORTEST_BEGINNING:
        opened[-1] = replace(opened[-1], is_beginning=True)
        opened[-2:-1] = [_open_with(term, opened[-1]) for term in opened[-2:-1]]
    return opened


def _open_with(term: Term, last: Term) -> Term:
    """The term before the last: what it is together with that is as unfinished (``dose cou`` for ``dosecounting``)."""
    both = [spelled for spelled in term.spellings if spelled in last.spellings]
    return replace(term, beginnings=tuple(spelled[0] for spelled in both)) if both else term


def _without_small(terms: list[Term]) -> list[Term]:
    """Nobody looks for "of" and "the", unless for nothing else."""
    telling = [term for term in terms if term.is_quoted or term.is_phrase or term.words[0] not in SMALL_WORDS]
    return telling or terms


def all_of(words: Iterable[str]) -> Query:
    """A query for whole words that are folded already."""
    terms = tuple(Term((word,)) for word in words)
    return Query(" ".join(term.words[0] for term in terms), terms)
