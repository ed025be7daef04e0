"""Query terms: words, phrases, days, and whatever can be written in several ways.

term_of("co-operation")     # the two words side by side, or "cooperation" in any form
term_of("preclinical")      # in any form, or "pre clinical"
take_out("fu 2026 1 of 8 May 2025 for 250 000")    # a reference, a day and a number are a term each
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from engagement.core.folding import apart, compounds, fold
from engagement.core.months import MONTHS, NAMES

from .analysis import (
    LONGEST,
    SHORTEST_TAIL,
    TAIL,
    day_mark,
    day_of_any_year_mark,
    folded,
    month_mark,
    stem,
    stems,
    words_of,
)

_WEEKDAY = r"(?:(?:[^\W\d_]+day|[^\W\d_]+di|dimanche|[^\W\d_]+tag|mittwoch),?\s+(?:the\s+|le\s+|den\s+)?)?"
_NAME, _YEAR = r"(?P<name>[^\W\d_]{3,10})\.?", r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\w.,/-]){form}(?![\w/-]|[.,]\w)", re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+of)?\s*{_NAME},?\s+{_YEAR}",
        rf"{_WEEKDAY}{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})[-/.]\s?(?P<month>\d{{1,2}})[-/.]\s?{_YEAR}",
        rf"{_NAME},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+of)?\s*{_NAME}",
        rf"{_WEEKDAY}{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.",
    )
)
"""Days before months, so that nothing is left of a day; those without a year last."""
_LEAP = 2000


@dataclass(frozen=True)
class Dated:
    """A stretch of a query that means a day or a month."""

    start: int
    end: int
    marks: tuple[str, ...]
    """Under which meetings of then stand in the index; two where day and month may be the other way round."""
    spellings: tuple[tuple[str, ...], ...]
    """How a text may write it, as folded words."""


def dates_in(text: str) -> Iterator[Dated]:
    """Every day and month that a text names; none overlaps another."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for found in form.finditer(text):
            if all(found.end() <= start or end <= found.start() for start, end in taken):
                days = list(_meant(found))
                if days:
                    taken.append(found.span())
                    yield _dated(found, days)


def _meant(found: re.Match[str]) -> Iterator[tuple[int | None, int, int | None]]:
    """Year, month and day, as far as they are named."""
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    name = parts.get("name")
    month = MONTHS.get(fold(name), 0) if name else int(parts["month"])
    if not parts.get("day"):
        if 1 <= month <= 12:
            yield year, month, None
        return
    day = int(parts["day"])
    is_turnable = "/" in found[0] and found.start("day") < found.start("year") and day != month
    for one, other in ((month, day), (day, month)) if is_turnable else ((month, day),):
        try:
            dt.date(year or _LEAP, one, other)
        except ValueError:
            continue
        yield year, one, other


def _dated(found: re.Match[str], meant: list[tuple[int | None, int, int | None]]) -> Dated:
    marks: list[str] = []
    spellings: list[tuple[str, ...]] = []
    for year, month, day in meant:
        if year is None:
            marks.append(day_of_any_year_mark(month, day or 1))
            spellings += [(f"{day}", NAMES[month]), (NAMES[month], f"{day}")]
        elif day is None:
            marks.append(month_mark(year, month))
            spellings += [(NAMES[month], f"{year}"), (f"{year}", f"{month:02}")]
        else:
            marks.append(day_mark(dt.date(year, month, day)))
            spellings += [
                (f"{day}", NAMES[month], f"{year}"),
                (NAMES[month], f"{day}", f"{year}"),
                (f"{year}", f"{month:02}", f"{day:02}"),
                (f"{day:02}", f"{month:02}", f"{year}"),
                (f"{day}", f"{month}", f"{year}"),
            ]
    return Dated(*found.span(), tuple(marks), tuple(spellings))


SHORTEST_JOINED = 6  # letters of two words that may be written as one


@dataclass(frozen=True)
class Term:
    """One thing that must (or must not) occur: a word in any of its forms, or words in just this order."""

    words: tuple[str, ...]
    is_quoted: bool = False
    is_beginning: bool = False
    """Whether its last word may be unfinished."""
    organizations: tuple[int, ...] = ()
    """Organizations that the reader knows and the term names: what is theirs matches as well."""
    spellings: tuple[tuple[str, ...], ...] = ()
    """Other ways to write the same: what has one of these matches as well."""
    beginnings: tuple[str, ...] = ()
    """Other ways to write it that are unfinished: a word that begins with one of these matches as well."""
    marks: tuple[str, ...] = ()
    """Marks of the days or the month that the term names."""
    in_compounds: bool = False
    """Whether a German compound that ends with it matches as well."""

    @property
    def is_plain(self) -> bool:
        """Whether it is one word, and nothing else is said of it."""
        return len(self.words) == 1 and not self.is_quoted and self.words[0].isalpha() and len(self.words[0]) > 1

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1

    @property
    def single(self) -> str:
        """The term as one word, where it can be written so."""
        return next(iter(self.singles), "")

    @property
    def singles(self) -> tuple[str, ...]:
        """Every way to write the term as one word."""
        return tuple(spelled[0] for spelled in (self.words, *self.spellings) if len(spelled) == 1)

    @property
    def forms(self) -> tuple[str, ...]:
        """The stems a single word may stand for."""
        return () if self.is_quoted else tuple(dict.fromkeys(form for word in self.singles for form in stems(word)))

    @property
    def could_end_a_compound(self) -> bool:
        return not self.is_quoted and self.single.isalpha() and len(stem(self.single, "german")) >= SHORTEST_TAIL

    @property
    def tails(self) -> tuple[tuple[str, bool], ...]:
        """The forms under which a German compound with this word in it is indexed, and whether that may go on."""
        if not self.in_compounds:
            return ()
        whole = (TAIL + stem(self.single, "german"), False)
        return (whole, (TAIL + self.single, True)) if self.is_beginning else (whole,)

    @property
    def every_mark(self) -> tuple[str, ...]:
        return (*(f"o{key}" for key in self.organizations), *self.marks)

    def whole(self) -> "Term":
        """The term as a whole word, which no longer one answers."""
        return replace(self, is_beginning=False, beginnings=(), in_compounds=False) if self.is_loose else self

    @property
    def is_loose(self) -> bool:
        """Whether a longer word will do."""
        return self.is_beginning or self.in_compounds or bool(self.beginnings)

    def matches(self, word: str) -> bool:
        """Whether a folded word of a text is (part of) what this looks for; for showing it."""
        if word in self.words or word == self.single:
            return True
        if self.is_beginning and word.startswith(self.words[-1]):
            return True
        if self.beginnings and word.startswith(self.beginnings):
            return True
        return bool(self.forms) and not set(stems(word)).isdisjoint(self.forms)


def term_of(text: str, *, is_quoted: bool = False) -> Term | None:
    """The term between two spaces or two quotation marks; None where that is no word."""
    words = tuple(words_of(text))
    if not words:
        return None
    spellings = _spellings(text, words)
    if len(words) == 1 and (two := apart(words[0])):
        spellings += (two,)
    return Term(words, is_quoted=is_quoted, spellings=spellings)


def side_by_side(terms: list[Term]) -> list[Term]:
    """Two plain words in a row may be one: each of ``pre clinical`` is answered by ``preclinical`` too."""
    found = list(terms)
    for at, (one, other) in enumerate(pairwise(terms)):
        joined = (one.single + other.single)[:LONGEST]
        if one.is_plain and other.is_plain and len(joined) >= SHORTEST_JOINED:
            for place in (at, at + 1):
                found[place] = replace(found[place], spellings=(*found[place].spellings, (joined,)))
    return found


def _spellings(text: str, words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The same with its compounds as one word: all that belong together, and only those joined by hyphens."""
    plain = folded(text)
    found = sorted(compounds(plain), key=lambda compound: (compound[0], -compound[1]))
    outer: list[tuple[int, int, str]] = []
    inner: list[tuple[int, int, str]] = []
    for start, end, word in found:
        if not outer or start >= outer[-1][1]:
            outer.append((start, end, word))
        if inner and end <= inner[-1][1]:
            inner.pop()
        inner.append((start, end, word))
    spelled = (tuple(_joined(plain, some)) for some in (outer, inner))
    return tuple(dict.fromkeys(one for one in spelled if one and one != words))


def _joined(plain: str, joined: list[tuple[int, int, str]]) -> list[str]:
    found, at = [], 0
    for start, end, word in joined:
        found += [*words_of(plain[at:start]), word[:LONGEST]]
        at = end
    return [*found, *words_of(plain[at:])]


# What is written with spaces in it ------------------------------------------------------------------------------

REFERENCE = re.compile(r"(?<![\w-])(bm|fu)[\s–/-]*((?:19|20)\d\d)[\s–/-]*(\d{1,6})(?![\w-])", re.IGNORECASE)
"""The number of a meeting or a follow-up, with or without its marks and leading zeros."""
_THOUSANDS = re.compile(r"(?<![\w.,'/-])([1-9]\d{0,2})((?:[ \u00a0\u2007\u2009\u202f]\d{3})+)(?!\w)")
_BEFORE, _AFTER = "\ue000", "\ue001"  # private letters: nobody types them


def take_out(text: str) -> tuple[str, dict[str, Term]]:
    """The text with a place instead of each date and reference, and the term for each place; numbers as one word.

    Within quotation marks only what stands there alone is taken out.
    """
    found: dict[str, Term] = {}
    parts = text.replace(_BEFORE, " ").replace(_AFTER, " ").split('"')
    for at, part in enumerate(parts):
        for start, end, term in sorted(_stretches(part), key=lambda one: one[0], reverse=True):
            if at % 2 and part.strip() != part[start:end]:
                continue
            place = f"{_BEFORE}{len(found)}{_AFTER}"
            found[place] = term
            parts[at] = f"{parts[at][:start]} {place} {parts[at][end:]}".rstrip()
    return _THOUSANDS.sub(lambda match: "'".join([match[1], *match[2].split()]), '"'.join(parts)), found


def _stretches(text: str) -> Iterator[tuple[int, int, Term]]:
    """The parts of a query that mean a record or a time, and their places."""
    taken = []
    for match in REFERENCE.finditer(text):
        taken.append(match.span())
        yield *match.span(), _referring(*match.groups())
    for dated in dates_in(text):
        if all(dated.end <= start or end <= dated.start for start, end in taken):
            words = tuple(words_of(text[dated.start : dated.end]))
            spellings = tuple(spelled for spelled in dated.spellings if spelled != words)
            yield dated.start, dated.end, Term(words, spellings=spellings, marks=dated.marks)


def _referring(prefix: str, year: str, number: str) -> Term:
    prefix, padded = prefix.lower(), f"{int(number):03}"
    spellings: tuple[tuple[str, ...], ...] = ((f"{prefix}{year}{padded}",),)
    if padded != number:
        spellings += ((prefix, year, number),)
    return Term((prefix, year, padded), spellings=spellings)
