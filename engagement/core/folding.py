"""Text folding: names without accents, case and signs, to find them however somebody types them; natural sort keys."""

import re
from collections.abc import Iterable, Iterator

from anyascii import anyascii

_LEGAL_FORMS = frozenset([
    "ab", "ag", "aisbl", "aps", "asbl", "as", "asa", "bv", "bvba", "co", "company", "corp", "corporation", "doo",
    "eeig", "ev", "ggmbh", "gmbh", "inc", "incorporated", "ivzw", "kft", "kg", "kgaa", "lda", "limited", "llc", "llp",
    "ltd", "nv", "nyrt", "oy", "oyj", "plc", "sa", "sarl", "sas", "scrl", "se", "sl", "spa", "sprl", "srl", "sro",
    "vzw", "zoo", "zrt",
])  # fmt: skip
_SMALL_WORDS = frozenset([
    "a", "an", "and", "de", "der", "des", "die", "du", "e", "en", "et", "for", "fur", "la", "le", "les", "of", "pour",
    "the", "und",
])  # fmt: skip
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_INITIALS = re.compile(r"\b[a-z](?:[./][a-z]\b)+\.?")  # s.a., e.v., a/s, e.f.p.i.a

_COMPOUND = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:[-'`/][a-z0-9]++)+")  # without going back: a word may be long
_THOUSANDS = re.compile(r"(?<![a-z0-9.,'/-])[1-9][0-9]{0,2}([ .,'])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])")
_LEVELS = (re.compile("['`/]"), re.compile("/"), re.compile("$^"))
_SEPARATORS = re.compile("[^a-z0-9]+")
_FIRST_OF_COMPOUND = re.compile(r"(?<![a-z0-9-])([a-z0-9]+)-([a-z0-9]+)")
_BETWEEN_LETTERS = re.compile(r"(?<![0-9]) | (?![0-9])")


def fold(text: str) -> str:
    """Lower case, no accents, any script in Latin letters, single spaces: ``Agência`` becomes ``agencia``."""
    return " ".join(anyascii(text).casefold().split())


def fold_key(text: str) -> str:
    """Folded words without punctuation."""
    joined = _INITIALS.sub(lambda initials: re.sub("[./]", "", initials[0]) + " ", fold(text))
    return " ".join(_NOT_WORD.split(joined)).strip()


def compounds(folded: str) -> Iterator[tuple[int, int, str]]:
    """Compound words written as one: where each stands in a folded text, and ``cooperation`` for ``co-operation``.

    Hyphens, apostrophes and slashes join words; so do the signs between the thousands of a number (``250 000``).
    A word joined by several kinds of sign is given for each of them: ``anti-rust/primer`` as ``antirust``, and whole.
    """
    for found in _COMPOUND.finditer(folded):
        given = set()
        for level in _LEVELS:
            at = found.start()
            for part in level.split(found[0]):
                word = _SEPARATORS.sub("", part)
                if word != part and word not in given and not part.endswith(("'s", "`s")):
                    given.add(word)
                    yield at, at + len(part), word
                at += len(part) + 1
    for found in _THOUSANDS.finditer(folded):
        yield *found.span(), _SEPARATORS.sub("", found[0])


_PREFIXES = re.compile(
    "anti|auto|bio|co|cross|extra|hyper|inter|intra|macro|meta|micro|mini|mono|multi|nano|neo|non|over|para|poly|post|pre"
    "|pseudo|radio|semi|sub|super|supra|trans|ultra|under"
)
_SHORTEST_REST = 4


def apart(word: str) -> tuple[str, str] | None:
    """A folded word and the prefix before it: ``pre clinical`` for ``preclinical``, which many write as two words."""
    found = _PREFIXES.match(word)
    if found is None or not word.isalpha() or len(word) - found.end() < _SHORTEST_REST:
        return None
    return found[0], word[found.end() :]


def fold_terms(terms: Iterable[str]) -> str:
    """The search text of a record with these names: their folded words, then their compound words as one."""
    folded = [fold(term) for term in terms if term]
    joined = (word for text in folded for _start, _end, word in compounds(text))
    return " ".join(dict.fromkeys([*map(fold_key, folded), *joined]))


def bare_key(text: str) -> str:
    """Folded letters and digits alone: ``Bio-Sim Council`` and ``BioSim Council`` become ``biosimcouncil``."""
    return _BETWEEN_LETTERS.sub("", fold_key(text))


def name_words(name: str) -> str:
    """The words of an organization's name without accents, case, punctuation, legal forms and small words.

    A name of nothing else keeps its folded words.
    """
    words = fold_key(name).split()
    kept = [word for word in words if word not in _LEGAL_FORMS and word not in _SMALL_WORDS]
    return " ".join(kept or words)


def match_key(name: str) -> str:
    """The key that two spellings of one organization's name share: its ``name_words``, written as one.

    ``Bio-Sim Council Ltd.``, ``BioSim Council`` and ``Bio Sim Council`` have the same key.
    """
    return bare_key(_key_words(name))


def _key_words(name: str) -> str:
    return name_words(_FIRST_OF_COMPOUND.sub(_joined, fold(name)))


def _joined(compound: re.Match[str]) -> str:
    """``co-operation`` without its hyphen: its beginning is no legal form; ``ile-de`` and ``bayer-ag`` as they are."""
    first, second = compound.groups()
    return compound[0] if second in _LEGAL_FORMS or second in _SMALL_WORDS else first + second


_WHOLE_NUMBER = re.compile(r"[0-9]{1,18}")


def whole_number(text: str) -> int | None:
    """Parse a whole number from a request, or None: a database can hold it, and ``²`` is no digit."""
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else None


def with_acronym(name: str) -> list[tuple[str, str]]:
    """The keys of a name and of the acronym beside it, last or first, if it is one: ``Medicines Agency (MA)``."""
    words = _key_words(name).split()
    ends = [(words[:-1], words[-1]), (words[1:], words[0])] if len(words) > 1 else []
    return [(bare_key(" ".join(rest)), acronym) for rest, acronym in ends]


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]+")


def without_controls(text: str) -> str:
    """A line without characters that break it or turn the order of others around; marks of direction stay."""
    return _CONTROLS.sub(" ", text).strip()


SORT_KEY_LENGTH = 300

_SORTED_INITIALS = re.compile(r"\b[a-z](?:[./][a-z]\b)+")  # e.f.p.i.a stands with efpia
_APOSTROPHE = re.compile(r"['`]")
_NUMBER = re.compile(r"[0-9]+")


def sort_key(text: str) -> str:
    """The natural sort key of a name or title, so that comparing bytes puts names as people expect them.

    Accents, case and punctuation count for nothing, any script is read in Latin letters, and a number stands by its
    value: Éclair before Zeta, "eco" among capitals, "Group 9" before "Group 10". Articles stay: "The" is found under T.
    A name of signs only keeps them, and stands before all letters.
    """
    folded = fold(text)
    joined = _SORTED_INITIALS.sub(lambda initials: re.sub("[./]", "", initials[0]), _APOSTROPHE.sub("", folded))
    words = " ".join(_NOT_WORD.sub(" ", joined).split())
    return _NUMBER.sub(_by_value, words)[:SORT_KEY_LENGTH] or folded.replace("\0", "")[:SORT_KEY_LENGTH]


def _by_value(number: "re.Match[str]") -> str:
    """The digits behind how many they are, which no shorter number can outrun: 9 is "19", 10 is "210"."""
    digits = number[0].lstrip("0") or "0"
    nines, rest = divmod(len(digits), 9)
    return f"{'9' * nines}{rest}{digits}"
