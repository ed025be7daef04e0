"""What somebody typed into a search box, taken apart.

    parse('gene therapy -vaccin "real world" BM-2025-014')

Words must all occur, in whatever form of English, French or German; the last one may be unfinished. What stands in
quotation marks, or hangs together with dashes and the like, occurs in just that order. What follows a minus must not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from engagement.core.text import fold

from .analysis import SMALL_WORDS, stems, words_of

MOST_TERMS = 12
SHORTEST_BEGINNING = 2  # letters a word needs to be looked for by its beginning
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


@dataclass(frozen=True)
class Term:
    """One thing that must (or must not) occur: a word in any of its forms, or words in just this order."""

    words: tuple[str, ...]
    is_quoted: bool = False
    is_beginning: bool = False
    """Whether its last word may be unfinished."""
    organizations: tuple[int, ...] = ()
    """Organizations that the reader knows and the term names: what is theirs matches as well."""

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1

    @property
    def forms(self) -> tuple[str, ...]:
        """The stems a single word may stand for."""
        return () if self.is_phrase or self.is_quoted else stems(self.words[0])

    def matches(self, word: str) -> bool:
        """Whether a folded word of a text is (part of) what this looks for; for showing it."""
        if word in self.words:
            return True
        if self.is_beginning and word.startswith(self.words[-1]):
            return True
        return bool(self.forms) and not set(stems(word)).isdisjoint(self.forms)


@dataclass(frozen=True)
class Query:
    """What is looked for. Falsy where nothing is."""

    text: str
    """As typed."""
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    _matched: dict[str, bool] = field(default_factory=dict, repr=False, compare=False, hash=False)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def matches(self, word: str) -> bool:
        """Whether a folded word (``analysis.shown_words``) is to be marked in what is shown."""
        if word not in self._matched:
            self._matched[word] = any(term.matches(word) for term in self.terms)
        return self._matched[word]

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
            return replace(term, words=words, is_beginning=False)

        text = self.text
        for wrong, better in corrections.items():
            text = re.sub(rf"\b{re.escape(wrong)}\b", better, fold(text))
        return Query(text, tuple(right(term) for term in self.terms), self.excluded)

    def whole(self) -> "Query":
        """The query with every word finished: no beginnings."""
        return Query(self.text, tuple(replace(term, is_beginning=False) for term in self.terms), self.excluded)


def parse(text: str, *, typing: bool = True) -> Query:
    """What was typed. With ``typing`` the last word may be unfinished, unless a space or quotation mark ends it."""
    terms: list[Term] = []
    excluded: list[Term] = []
    plain = text.translate(_QUOTES).replace("\x00", " ")
    last = None
    for piece in _PIECE.finditer(plain):
        quoted = piece["quoted"]
        words = tuple(words_of(piece["plain"] if quoted is None else quoted))
        if not words:
            continue
        last = piece
        term = Term(words, is_quoted=quoted is not None)
        (excluded if piece["minus"] else terms).append(term)
    terms, excluded = list(dict.fromkeys(terms))[:MOST_TERMS], list(dict.fromkeys(excluded))[:MOST_TERMS]
    terms = _without_small(terms)
    if typing and terms and last is not None and last.end() == len(plain) and not last["minus"]:
        final = terms[-1]
        if (
            not final.is_quoted
            and len(final.words[-1]) >= SHORTEST_BEGINNING
            and words_of(last[0])[-1:] == [final.words[-1]]
        ):
            terms[-1] = replace(final, is_beginning=True)
    return Query(" ".join(text.split()), tuple(terms), tuple(excluded))


def _without_small(terms: list[Term]) -> list[Term]:
    """Nobody looks for "of" and "the", unless for nothing else."""
    telling = [term for term in terms if term.is_quoted or term.is_phrase or term.words[0] not in SMALL_WORDS]
    return telling or terms


def all_of(words: Iterable[str]) -> Query:
    """A query for whole words that are folded already."""
    terms = tuple(Term((word,)) for word in words)
    return Query(" ".join(term.words[0] for term in terms), terms)
