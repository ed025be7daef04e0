"""Text analysis: folded words, their stems, and marks that no text holds. The same on every database.

A word is indexed as itself and as its stem in the language of the text, which its small words give away. A word that is
looked for is taken as itself and as its stem in each language, since two words do not say which one they are in.

Compound words (``co-operation``, ``250 000``) are indexed apart where they stand and, after the text, as one between
their neighbours. Of long German words the tails of the stem are indexed too, so that ``Zulassung`` finds
``Arzneimittelzulassung``; no list of words says where such a word is divided, so none can tell of hidden texts.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from anyascii import anyascii

from engagement.core.folding import compounds
from engagement.core.partial_dates import PartialDate

LANGUAGES = ("english", "french", "german")
LONGEST = 60  # letters of a word that count
BREAK = "\u00b6"  # between two stretches of words: no phrase runs across it, and no text holds it once folded
TAIL = "\u00b7"  # before the tail of a German stem, which is no word of its own
LONG, SHORTEST_HEAD, SHORTEST_TAIL = 10, 4, 5  # letters of a word that is divided, and of its parts
_WORD = re.compile(r"[a-z0-9]+")
_INITIALS = re.compile(r"\b[a-z](?:[./][a-z]\b)+\.?")  # s.a., e.f.p.i.a, as in core.folding
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
_GERMAN = re.compile("ungs?|heit|keit|schaft|sch(?!e|o)|tz|mittel|recht|stoff|verband|kammer")
"""Letters that a word holds where it is German, whatever the words beside it."""
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


@lru_cache(maxsize=20_000)
def tails(word: str) -> tuple[str, ...]:
    """The tails of a long word's German stem, each marked as one."""
    if len(word) < LONG or not word.isalpha():
        return ()
    form = stem(word, "german")
    return tuple(TAIL + form[at:] for at in range(SHORTEST_HEAD, len(form) - SHORTEST_TAIL + 1))


def is_german(word: str, language: str) -> bool:
    """Whether a word of a text in a language is likely to be German: headings have no small words to give it away."""
    return language == "german" or _GERMAN.search(word) is not None


@lru_cache(maxsize=20_000)
def other_forms(word: str, language: str) -> tuple[str, ...]:
    """The stem of a word of a text, where that differs; if it is German, that and its tails."""
    found = {stem(word, language): None}
    if is_german(word, language):
        found |= dict.fromkeys((stem(word, "german"), *tails(word)))
    found.pop(word, None)
    return tuple(found)


def folded(text: str) -> str:
    """Lower case, Latin letters, no accents; initials joined: ``E.F.P.I.A.`` becomes ``efpia``."""
    plain = (text if text.isascii() else anyascii(text)).lower()
    if "." in plain or "/" in plain:
        plain = _INITIALS.sub(lambda found: re.sub("[./]", "", found[0]) + " ", plain)
    return plain


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:LONGEST] for word in _WORD.findall(folded(text))]


def read_twice(text: str) -> list[str]:
    """The folded words of a text, in order; then each compound word as one, between its neighbours."""
    plain = folded(text)
    joined = list(compounds(plain))
    if not joined:
        return [word[:LONGEST] for word in _WORD.findall(plain)]
    found = list(_WORD.finditer(plain))
    words = [word[0][:LONGEST] for word in found]
    starts = [word.start() for word in found]
    runs: dict[tuple[str, ...], None] = {}
    for at, end, word in joined:
        first, after = bisect_left(starts, at), bisect_left(starts, end)
        runs[*words[first - 1 : first], word[:LONGEST], *words[after : after + 1]] = None
    return [*words, *(word for run in runs for word in (BREAK, *run))]


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
        """The other forms of all these words, each once."""
        return list(dict.fromkeys(form for word in words for form in self.forms(word)))

    def forms(self, word: str) -> tuple[str, ...]:
        """The further words by which a word is found."""
        return other_forms(word, self.language)


def analyse(heading: str, body: str, context: str = "") -> Analysed:
    parts = read_twice(heading), read_twice(body), read_twice(context)
    return Analysed(*parts, language_of([*parts[0], *parts[1]]))


def organization_mark(key: int) -> str:
    """The word under which everything of or about an organization stands in the index."""
    return f"o{key}"


def theme_mark(key: int) -> str:
    return f"t{key}"


def year_mark(year: int) -> str:
    return f"y{year}"


def month_mark(year: int, month: int) -> str:
    """The word under which meetings of a month stand."""
    return f"m{year:04}{month:02}"


def day_mark(day: date) -> str:
    """The word under which meetings of a day stand."""
    return f"d{day:%Y%m%d}"


def day_of_any_year_mark(month: int, day: int) -> str:
    """The word under which meetings of a day stand, whatever the year."""
    return f"d{month:02}{day:02}"


def time_marks(dates: Sequence[PartialDate]) -> list[str]:
    """The words under which a meeting of these dates stands; a month has no days, and a year stands under its own."""
    days = [date.day for date in dates if date.is_exact]
    months = dict.fromkeys(month_mark(date.day.year, date.day.month) for date in dates if date.has_month)
    return [*months, *map(day_mark, days), *(day_of_any_year_mark(day.month, day.day) for day in days)]


def kind_mark(kind: str) -> str:
    return f"k{kind}"
