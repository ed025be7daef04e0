"""What a text is made of, for finding it: folded words and their stems. The same on every database.

A word is indexed as itself and as its stem in the language of the text, which its small words give away. A word that is
looked for is taken as itself and as its stem in each language, since two words do not say which one they are in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from anyascii import anyascii

LANGUAGES = ("english", "french", "german")
LONGEST = 60  # letters of a word that count
_WORD = re.compile(r"[a-z0-9]+")
_INITIALS = re.compile(r"\b[a-z](?:[./][a-z]\b)+\.?")  # s.a., e.f.p.i.a, as in core.text
_SHOWN = re.compile(r"\b[^\W_](?:[./][^\W_]\b)+|[^\W_]+")
_SMALL_TEXTS = {
    "english": (
        "a an and are as at be been by for from has have in is it its of on or that the their there they this to was"
        " we were which will with would"
    ),
    "french": (
        "au aux ce ces cette d dans de des du elle en est et il ils l la le les leur mais ne nous on ont ou par pas"
        " pour qu que qui sa se ses son sont sur un une"
    ),
    "german": (
        "als am an auch auf aus bei das dass dem den der des die durch ein eine einen einer eines er es fur hat im in"
        " ist mit nach nicht oder sich sie sind so und uber von vom war werden wie wird zu zum zur"
    ),
}
_SMALL = {language: frozenset(words.split()) for language, words in _SMALL_TEXTS.items()}
SMALL_WORDS = frozenset[str]().union(*_SMALL.values())


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # type: ignore[import-untyped]  # with every language there is: when the first is needed

    return snowballstemmer.stemmer(language)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The word's form in a language; numbers and short words are their own."""
    if len(word) < 3 or not word.isalpha():
        return word
    return str(_stemmer(language).stemWord(word)) or word


@lru_cache(maxsize=10_000)
def stems(word: str) -> tuple[str, ...]:
    """The forms a word that is looked for may have been indexed under, whatever the language; each once."""
    return tuple(dict.fromkeys(stem(word, language) for language in LANGUAGES))


def folded(text: str) -> str:
    """Lower case, Latin letters, no accents; initials joined: ``E.F.P.I.A.`` becomes ``efpia``."""
    plain = (text if text.isascii() else anyascii(text)).lower()
    if "." in plain or "/" in plain:
        plain = _INITIALS.sub(lambda found: re.sub("[./]", "", found[0]) + " ", plain)
    return plain


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:LONGEST] for word in _WORD.findall(folded(text))]


def shown_words(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Where words stand in a text as people read it (start, end), and what each is when folded."""
    for found in _SHOWN.finditer(text):
        yield found.start(), found.end(), words_of(found[0])


def language_of(words: list[str]) -> str:
    """The language whose small words occur most; English if none does."""
    counts = dict.fromkeys(LANGUAGES, 0)
    for word in words:
        for language, small in _SMALL.items():
            if word in small:
                counts[language] += 1
    return max(counts, key=lambda language: counts[language])


@dataclass(frozen=True)
class Analysed:
    """The three parts of a record's text, as words in order and in one language."""

    heading: list[str]
    body: list[str]
    context: list[str]
    language: str

    def parts(self) -> tuple[list[str], list[str], list[str]]:
        return self.heading, self.body, self.context

    def stems(self, words: list[str]) -> list[str]:
        """The stems that differ from their word."""
        found = []
        for word in words:
            form = stem(word, self.language)
            if form != word:
                found.append(form)
        return found


def analyse(heading: str, body: str, context: str = "") -> Analysed:
    parts = words_of(heading), words_of(body), words_of(context)
    return Analysed(*parts, language_of([*parts[0], *parts[1]]))
