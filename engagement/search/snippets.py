"""Snippets and highlighting: a title, or a few lines of a text, with the words of the query marked.

Words are found as the query finds them: folded, in another form, by their beginning. The text is read from its
beginning and no further than needed, and its letters are looked at one expression at a time, not word by word.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from anyascii import anyascii
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from engagement.core.folding import apart, fold

from .analysis import LONG, LONGEST, SHORTEST_HEAD, TAIL, is_german, language_of, stems, tails, words_of
from .parser import Query

LENGTH = 230
"""Letters of a text that are shown."""
LEAD = 70
"""Letters before the first word found."""
FIRST_LOOK, LAST_LOOK = 3_000, 30_000
SHORTEST_COMPOUND = 4  # letters of a word that may be written in two parts
ENOUGH = 40  # words found, after which the best place is chosen among them

_JOINS = "\x1d"  # a hyphen, an apostrophe or a slash, which may stand between two parts of a word
_FOLDS_TO_MORE = "\x1a"  # one letter that folds to several, or to none: the word has to be folded whole
_NO_WORD = re.compile(r"[^a-z0-9]+")


class _Plain(dict[int, str]):
    """Each letter in lower case and without its accents, one for one, so that places stay the same."""

    def __missing__(self, code: int) -> str:
        plain = anyascii(chr(code)).casefold()
        if len(plain) == 1:
            plain = plain if plain.isalnum() else _JOINS if plain in "-'`/" else " "
        elif not plain:
            plain = _FOLDS_TO_MORE if not chr(code).isspace() else " "
        else:
            plain = _FOLDS_TO_MORE if any(letter.isalnum() for letter in plain) else " "
        self[code] = plain
        return plain


_PLAIN = _Plain()


@dataclass(frozen=True)
class Wanted:
    """One word of a query: folded, with its stems, and whether it is only the beginning of a word."""

    word: str
    stems: frozenset[str] = frozenset()
    is_prefix: bool = False
    tails: frozenset[tuple[str, bool]] = frozenset()
    """How it stands in German compounds: ``Term.tails``."""
    prefix: int = 0
    """Letters of it that may stand apart: three of ``pre clinical``."""

    @property
    def head(self) -> str:
        """How every word it may find begins; forms of a word often differ from the stem in its last letter."""
        common = min((self.word, *self.stems), key=len)
        common = common[:-1] if len(common) > 3 and self.stems else common
        while not self.word.startswith(common):
            common = common[:-1]
        return common

    @property
    def pattern(self) -> str:
        """The head, in one piece or as a compound; thousands may stand apart."""
        if len(self.word) < SHORTEST_COMPOUND:
            return re.escape(self.head)
        between = f"[{_JOINS} ]?" if self.head.isdigit() else f"{_JOINS}?"
        letters = list(map(re.escape, self.head))
        if 0 < self.prefix < len(letters):
            return between.join(letters[: self.prefix]) + f"[{_JOINS} ]?" + between.join(letters[self.prefix :])
        return between.join(letters)

    def ends(self, word: str) -> bool:
        """Whether a German compound has it at its end or, unfinished, further on."""
        found = tails(word)
        return any(
            any(tail.startswith(one) for tail in found) if is_beginning else one in found
            for one, is_beginning in self.tails
        )


@dataclass
class Marker:
    """Marks the words of one query in any number of texts; ``stems`` gives those of a word in all languages."""

    wanted: Sequence[Wanted]
    stems: Callable[[str], frozenset[str]]
    _known: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        heads = sorted({one.pattern for one in self.wanted}, key=len)
        ends = sorted(
            {re.escape(tail.strip(TAIL)) for one in self.wanted for tail, _is_beginning in one.tails}, key=len
        )
        more = f"[a-z0-9]*{_FOLDS_TO_MORE}[a-z0-9{_FOLDS_TO_MORE}]*"
        begins = f"(?:{'|'.join(heads)})[a-z0-9{_FOLDS_TO_MORE}]*|" if heads else ""
        begins += f"[a-z]{{{SHORTEST_HEAD},}}(?:{'|'.join(ends)})[a-z]*|" if ends else ""
        self._candidates = re.compile(rf"(?<![a-z0-9{_FOLDS_TO_MORE}])(?:{begins}{more})")

    def marked(self, text: str) -> SafeString:
        """The whole text, escaped, with the words marked."""
        return _drawn(text, 0, len(text), list(self._found(text)))

    def snippet(self, text: str, *, length: int = LENGTH) -> SafeString:
        """The part of a text where most of the words stand; its beginning where none does."""
        return self.snippet_to(text, length=length)[0]

    def snippet_to(self, text: str, *, length: int = LENGTH) -> tuple[SafeString, int]:
        """The same, and where in the text it ends."""
        text = text[:LAST_LOOK]
        found: list[tuple[int, int, int]] = []
        for one in self._found(text, first=FIRST_LOOK):
            found.append(one)
            if len(found) == ENOUGH:
                break
        start, end = _window(text, found, length)
        return _drawn(text, start, end, [one for one in found if start <= one[0] and one[1] <= end]), end

    def has(self, text: str) -> bool:
        """Whether any of the words stands in the text."""
        return next(self._found(text[:LAST_LOOK]), None) is not None

    def places(self, text: str) -> frozenset[int]:
        """Which of the words stand in the text."""
        return frozenset(which for _start, _end, which in self._found(text[:LAST_LOOK]))

    def _found(self, text: str, first: int = 0) -> Iterator[tuple[int, int, int]]:
        """Where words stand, and which of the query's each is: the beginning of a long text before the rest."""
        if not self.wanted or not text:
            return
        cut = _after_word(text, first) if first and len(text) > first else len(text)
        is_found = False
        for base, part in ((0, text[:cut]), (cut, text[cut:])):
            if is_found or not part:
                return
            for match in self._candidates.finditer(part.translate(_PLAIN)):
                which = self._which(match[0], part[match.start() : match.end()], text)
                if which >= 0:
                    is_found = True
                    yield base + match.start(), base + match.end(), which

    def _which(self, plain: str, written: str, text: str) -> int:
        """The place in the query of a word of the text, or -1."""
        is_odd = _FOLDS_TO_MORE in plain
        language = _language(text) if any(one.tails for one in self.wanted) and len(plain) >= LONG else ""
        key = (written if is_odd else plain, language)
        if (known := self._known.get(key)) is None:
            words = _NO_WORD.split(fold(written)) if is_odd else []
            words.append(_NO_WORD.sub("", plain))
            places = (self._place(word, language) for word in words if word)
            known = self._known[key] = max(places, default=-1)
        return known

    def _place(self, word: str, language: str) -> int:
        stems: frozenset[str] | None = None
        for place, one in enumerate(self.wanted):
            if word == one.word or (one.is_prefix and word.startswith(one.word)):
                return place
            if one.stems:
                stems = self.stems(word) | {word} if stems is None else stems
                if not stems.isdisjoint(one.stems):
                    return place
            if language and one.tails and is_german(word, language) and one.ends(word):
                return place
        return -1


@lru_cache(maxsize=64)
def _language(text: str) -> str:
    """Which language a text is in, as its beginning gives away."""
    return language_of(words_of(text[:FIRST_LOOK]))


def _after_word(text: str, at: int) -> int:
    """Where the word that stands here ends."""
    match = re.compile(r"\W|$").search(text, at)
    return match.start() if match else len(text)


def _window(text: str, found: Sequence[tuple[int, int, int]], length: int) -> tuple[int, int]:
    """From where to where to show: most different words first, then most words, then the earliest."""
    if len(text) <= length:
        return 0, len(text)
    best, best_start = (0, 0), 0
    for index, (start, _end, _which) in enumerate(found):
        inside = [one for one in found[index:] if one[1] <= start + length - LEAD]
        worth = (len({one[2] for one in inside}), len(inside))
        if worth > best:
            best, best_start = worth, start
    start = _begin(text, best_start) if found else 0
    end = min(len(text), start + length)
    if end < len(text) and (space := text.rfind(" ", start + length // 2, end)) > 0:
        end = space
    return start, end


def _begin(text: str, at: int) -> int:
    """A good place to begin: a sentence or a line nearby, or else a word."""
    earliest = max(0, at - LEAD)
    if earliest == 0:
        return 0
    before = text[earliest:at]
    for stop in (r"\n\s*", r"[.!?;:]\s+", r"\s+"):
        if matches := list(re.finditer(stop, before)):
            return earliest + (matches[0] if stop == r"\s+" else matches[-1]).end()
    return at


def _drawn(text: str, start: int, end: int, found: Sequence[tuple[int, int, int]]) -> SafeString:
    """This part of the text, with marks, on one line."""
    pieces, at = [], start
    for begins, ends, _which in found:
        pieces += [_escaped(text[at:begins]), "<mark>", _escaped(text[begins:ends]), "</mark>"]
        at = ends
    pieces.append(_escaped(text[at:end]))
    drawn = "".join(pieces).strip()
    return mark_safe(f"{'… ' if start else ''}{drawn}{' …' if end < len(text) else ''}")


def _escaped(text: str) -> str:
    return escape(re.sub(r"\s+", " ", text.replace("\x00", " ")))


def marker_of(query: Query) -> Marker:
    """Marks the words that this query looks for."""
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
