"""Duplicate detection (fuzzy matching): pairs that may be one organization, with the evidence, the strongest first.

Only records that share something are compared: a number, a name, an acronym, a website, a rare word or a beginning. So
ten thousand take seconds. What was found is kept until an organization, or one of its names and numbers, changes.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from engagement.core.folding import fold_key, match_key, name_words, sort_key

from .models import Identifier, NotSame, Organization, OtherName

NUMBER, NAME, OTHER_NAME, ACRONYM, WEBSITE, SPELLING = "number", "name", "other_name", "acronym", "website", "spelling"
BESIDE = "beside"
WEIGHTS = {NUMBER: 98, NAME: 93, BESIDE: 91, OTHER_NAME: 88, ACRONYM: 70, WEBSITE: 55}
WORDS: dict[str, Any] = {
    NUMBER: _("The same register number, written differently"),
    NAME: _("The same name"),
    BESIDE: _("The same name, but for an acronym or a number beside it"),
    OTHER_NAME: _("The name of one is another name of the other"),
    ACRONYM: _("The same acronym"),
    WEBSITE: _("The same website"),
    SPELLING: _("Similar names"),
}
LEAST = 88  # how alike two spellings must be, of 100
TOO_COMMON = 40  # a name or word of more organizations says nothing about two of them
TOO_SHARED = 8  # nor does an acronym or a website of more
NEIGHBOURS = 6  # names are compared with so many that follow in the alphabet, read forwards and backwards
KEPT_FOR = 24 * 3600
_LONG_WORD, _SHORT_WORD = 7, 5  # letters, in which one may be mistyped, or two may have changed places
_LONG_NUMBER = 5  # digits, from which on it is no year and no count
_FORMS = frozenset(["mtu", "cic", "ry", "e", "v", "sociedad", "sociedade", "incorporated", "group", "aisbl", "sgps"])

Key = tuple[int, int]
_NOT_ALNUM = re.compile(r"[^0-9a-z]")
_DIGITS = re.compile(r"[0-9]+")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_REGISTERED = re.compile(r"(?<!\d)\d{7,13}(?:-\d{2})?(?!\d)")
_BEFORE_A_DASH = re.compile(r"^([^\W\d_]{2,12})(?:\s+[-–—]|:)\s+(?=\S)")
_BEHIND_A_SIGN = re.compile(r"(?:,|\s[-–—])\s+([^\W\d_]{2,12})$")


@dataclass
class Likely:
    """Two organizations by key, the lower one first, and their common features: (kind, value)."""

    first: int
    second: int
    evidence: list[tuple[str, str]] = field(default_factory=list)
    strength: int = 0

    @property
    def is_strong(self) -> bool:
        return self.strength >= 90


@dataclass(slots=True)
class _Known:
    pk: int
    name: str
    key: str
    words: str
    acronym: str
    host: str
    parent: int | None


def likely_pairs() -> list[Likely]:
    """Every pair that nobody has said is different, the strongest first."""
    said = set(NotSame.objects.values_list("first", "second"))
    return [pair for pair in _kept() if (pair.first, pair.second) not in said]


def number_worked_out() -> int | None:
    """How many pairs there are, if that was worked out since an organization was last changed: it takes its time."""
    return None if cache.get(_fingerprint()) is None else len(likely_pairs())


def _fingerprint() -> str:
    """Of all organizations: every change raises a version."""
    rows = Organization.objects.aggregate(number=Count("pk"), versions=Sum("version"))
    last = Organization.history.aggregate(at=Max("history_date"))["at"]
    return f"duplicates:{rows['number']}:{rows['versions']}:{last.timestamp() if last else 0}"


def _kept() -> list[Likely]:
    """The pairs as last worked out, unless an organization changed."""
    fingerprint = _fingerprint()
    found: list[Likely] | None = cache.get(fingerprint)
    if found is None:
        found = find_pairs()
        cache.set(fingerprint, found, KEPT_FOR)
    return found


def find_pairs() -> list[Likely]:
    return _compared({row.pk: row for row in _load(Organization.objects.current())})


def pairs_among(group: Sequence[Organization]) -> list[Likely]:
    """The evidence that these are one, whatever was said of them, archived ones too."""
    return _compared({row.pk: row for row in _load(Organization.objects.filter(pk__in=[one.pk for one in group]))})


def _compared(known: dict[int, _Known]) -> list[Likely]:
    pairs: dict[Key, Likely] = {}
    names = _other_names(known)
    for kind, groups in (
        (NUMBER, _numbers(known)),
        (NAME, _groups((row.key, row.pk) for row in known.values())),
        (BESIDE, _groups([*((row.key, row.pk) for row in known.values()), *_without_asides(known.values())])),
        (OTHER_NAME, _groups([*((row.key, row.pk) for row in known.values()), *names])),
        (ACRONYM, _acronyms(known.values(), names)),
        (WEBSITE, _groups(((row.host, row.pk) for row in known.values()), TOO_SHARED)),
    ):
        for what, keys in groups:
            _note_group(pairs, kind, what, keys, known)
    for one, other, ratio in _spellings(list(known.values())):
        _note(pairs, SPELLING, str(round(ratio)), one, other)
    for pair in pairs.values():
        pair.strength = strength(pair.evidence)
    places = {pk: sort_key(known[pk].name) for pk in {pair.first for pair in pairs.values()}}
    return sorted(pairs.values(), key=lambda pair: (-pair.strength, places[pair.first], pair.first, pair.second))


def strength(evidence: Iterable[tuple[str, str]]) -> int:
    """A score of 100: independent evidence adds up, and is never certain."""
    doubt = 1.0
    for kind, what in evidence:
        doubt *= 1 - (WEIGHTS.get(kind) or int(what) - 15) / 100
    return min(99, round(100 * (1 - doubt)))


def _load(organizations: QuerySet[Organization]) -> Iterator[_Known]:
    fields = ("pk", "name", "match_key", "acronym_key", "website", "parent")
    for pk, name, key, acronym, website, parent in organizations.values_list(*fields).order_by("pk"):
        yield _Known(pk, name, key, name_words(name), acronym, website_host(website), parent)


def website_host(website: str) -> str:
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def spelled_out(value: str) -> str:
    """A register number without separators between its digits, and without leading zeros."""
    return _NOT_ALNUM.sub("", value.casefold()).lstrip("0")


def _other_names(known: dict[int, _Known]) -> list[tuple[str, int]]:
    rows = OtherName.objects.values_list("match_key", "organization").order_by("pk")
    return [(key, pk) for key, pk in rows if pk in known]


def _without_asides(known: Iterable[_Known]) -> Iterator[tuple[str, int]]:
    """Names by what is left of them without a register's number, and without their acronym."""
    for row in known:
        bare = _REGISTERED.sub(" ", _IN_BRACKETS.sub(_unless_acronym, row.name)).strip(" ,;:-–()[]")
        for form in (_BEFORE_A_DASH, _BEHIND_A_SIGN):
            found = form.search(bare)
            if found and found[1].isupper() and _abbreviates(found[1], form.sub("", bare)):
                bare = form.sub("", bare)
        if bare and bare != row.name:
            yield match_key(bare), row.pk


def _unless_acronym(found: re.Match[str]) -> str:
    """Brackets with a place or a country tell two organizations apart; an acronym or a number does not.

    An acronym has three capitals, or its letters stand in this order in the name before it.
    """
    inside = found[1].strip()
    is_word = len(inside) <= 12 and " " not in inside
    is_number = inside.isdigit() and len(inside) >= _LONG_NUMBER
    is_acronym = is_word and (sum(map(str.isupper, inside)) > 2 or _abbreviates(inside, found.string[: found.start()]))
    return " " if is_number or is_acronym else found[0]


def _abbreviates(short: str, name: str) -> bool:
    """Whether a word of some letters begins as the name does, and has its letters from there in this order."""
    left, whole = fold_key(short), fold_key(name)
    letters = iter(whole)
    return len(left) > 1 and left[:1] == whole[:1] and all(letter in letters for letter in left)


def _numbers(known: dict[int, _Known]) -> Iterator[tuple[str, list[int]]]:
    """Company registers count for themselves in each country, so their numbers say less; equal ones are shown too."""
    found = defaultdict(list)
    values: dict[str, str] = {}
    for scheme, value, pk in Identifier.objects.values_list("scheme", "value", "organization").order_by("pk"):
        if pk in known and scheme != Identifier.Scheme.INTERNAL:
            place = f"{scheme} {spelled_out(value)}"
            found[place].append(pk)
            values.setdefault(place, value)
    for place, keys in found.items():
        yield values[place], sorted(set(keys))


def _acronyms(known: Iterable[_Known], names: Iterable[tuple[str, int]]) -> Iterator[tuple[str, list[int]]]:
    """An acronym is another's acronym, or all that stands as its name."""
    rows = list(known)
    short = {row.acronym for row in rows if len(row.acronym) > 1}
    said = [(row.acronym, row.pk) for row in rows if row.acronym in short]
    said += [(row.key, row.pk) for row in rows if row.key in short]
    said += [(key, pk) for key, pk in names if key in short]
    yield from _groups(said, TOO_SHARED)


def _groups(rows: Iterable[tuple[str, int]], most: int = TOO_COMMON) -> Iterator[tuple[str, list[int]]]:
    found = defaultdict(set)
    for key, pk in rows:
        if key:
            found[key].add(pk)
    yield from ((key, sorted(keys)) for key, keys in found.items() if 1 < len(keys) <= most)


def _note_group(pairs: dict[Key, Likely], kind: str, what: str, keys: Sequence[int], known: dict[int, _Known]) -> None:
    for place, one in enumerate(keys[:TOO_COMMON]):
        for other in keys[place + 1 : TOO_COMMON]:
            related = known[other].parent == one or known[one].parent == other
            same_name = known[one].key == known[other].key
            if (kind == WEBSITE and related) or (kind in (OTHER_NAME, BESIDE) and same_name):
                continue
            _note(pairs, kind, what, one, other)


def _note(pairs: dict[Key, Likely], kind: str, what: str, one: int, other: int) -> None:
    key = (min(one, other), max(one, other))
    pair = pairs.setdefault(key, Likely(*key))
    if all(kind != known for known, _what in pair.evidence):
        pair.evidence.append((kind, what))


# Spellings ---------------------------------------------------------------------------------------------


def _spellings(rows: Sequence[_Known]) -> Iterator[tuple[int, int, float]]:
    """Pairs whose names are nearly the same, of those that could be."""
    from rapidfuzz import fuzz  # compiled, and only this page needs it

    by_pk = {row.pk: row for row in rows}
    ordered = {row.pk: " ".join(sorted(row.words.split())) for row in rows}
    digits = {row.pk: sorted(_DIGITS.findall(row.words)) for row in rows}
    for one, other in _could_be(rows):
        if by_pk[one].key == by_pk[other].key or digits[one] != digits[other]:
            continue
        ratio = max(
            fuzz.ratio(by_pk[one].words, by_pk[other].words, score_cutoff=LEAST),
            fuzz.ratio(ordered[one], ordered[other], score_cutoff=LEAST),
        )
        if ratio >= LEAST and _differ_by_spelling(by_pk[one].words.split(), by_pk[other].words.split()):
            yield one, other, ratio


def _differ_by_spelling(mine: list[str], theirs: list[str]) -> bool:
    """Whether what one name has and the other has not is a slip or a habit of spelling, and no other word.

    ``Society of Radiology`` and ``Society of Cardiology`` are alike in most letters, and two organizations.
    """
    one, other = ([word for word in words if word not in rest] for words, rest in ((mine, theirs), (theirs, mine)))
    if "".join(one) == "".join(other):
        return True
    if not one or not other:
        return _adds_nothing(one or other, theirs if one else mine)
    return len(one) == len(other) and all(any(_is_slip(word, like) for like in other) for word in one)


def _adds_nothing(words: list[str], name: list[str]) -> bool:
    """Whether these are the initials of a name, or a legal form that stands behind it."""
    initials = "".join(word[0] for word in name)
    return all(word in _FORMS or (len(word) > 1 and initials.startswith(word[:2])) for word in words)


def _is_slip(one: str, other: str) -> bool:
    from rapidfuzz import fuzz  # compiled, and only this page needs it

    if min(len(one), len(other)) >= _LONG_WORD:
        return one[0] == other[0] and bool(fuzz.ratio(one, other) >= LEAST)
    return sorted(one) == sorted(other) and one[0] == other[0] and len(one) >= _SHORT_WORD


def _could_be(rows: Sequence[_Known]) -> set[Key]:
    """Pairs that share a rare word, or stand beside each other in the alphabet."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for word in set(row.words.split()):
            if len(word) > 2:
                by_word[word].append(row.pk)
    found: set[Key] = set()
    for keys in by_word.values():
        if len(keys) <= TOO_COMMON:
            found |= {(one, other) for place, one in enumerate(keys) for other in keys[place + 1 :]}
    joined = [(row.words.replace(" ", ""), row.pk) for row in rows if row.key]
    for spelled in (sorted(joined), sorted((key[::-1], pk) for key, pk in joined)):
        for place, (_key, one) in enumerate(spelled):
            near = (pk for _other, pk in spelled[place + 1 : place + 1 + NEIGHBOURS])
            found |= {(min(one, other), max(one, other)) for other in near}
    return found


def described(evidence: Iterable[tuple[str, str]]) -> list[tuple[object, str]]:
    """The evidence in words: the common value, and its kind."""
    return [(WORDS[kind], f"{what} %" if kind == SPELLING else what) for kind, what in evidence]
