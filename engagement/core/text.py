"""Folding of names, so that what people type finds what was written."""

import re

from anyascii import anyascii

_LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "aisbl",
        "aps",
        "asbl",
        "as",
        "asa",
        "bv",
        "bvba",
        "co",
        "company",
        "corp",
        "corporation",
        "doo",
        "eeig",
        "ev",
        "ggmbh",
        "gmbh",
        "inc",
        "incorporated",
        "ivzw",
        "kft",
        "kg",
        "kgaa",
        "lda",
        "limited",
        "llc",
        "llp",
        "ltd",
        "nv",
        "nyrt",
        "oy",
        "oyj",
        "plc",
        "sa",
        "sarl",
        "sas",
        "scrl",
        "se",
        "sl",
        "spa",
        "sprl",
        "srl",
        "sro",
        "vzw",
        "zoo",
        "zrt",
    ]
)
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "de",
        "der",
        "des",
        "die",
        "du",
        "e",
        "en",
        "et",
        "for",
        "fur",
        "la",
        "le",
        "les",
        "of",
        "pour",
        "the",
        "und",
    ]
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_INITIALS = re.compile(r"\b[a-z](?:[./][a-z]\b)+\.?")  # s.a., e.v., a/s, e.f.p.i.a


def fold(text: str) -> str:
    """Lower case, no accents, any script in Latin letters, single spaces: ``Agência`` becomes ``agencia``."""
    return " ".join(anyascii(text).casefold().split())


def fold_key(text: str) -> str:
    """Folded words without punctuation."""
    joined = _INITIALS.sub(lambda initials: re.sub("[./]", "", initials[0]) + " ", fold(text))
    return " ".join(_NOT_WORD.split(joined)).strip()


def match_key(name: str) -> str:
    """What two spellings of one organization's name have in common.

    Accents, case, punctuation, legal forms (``GmbH``, ``AISBL``, ``Ltd.``) and small words are left out.
    A name of nothing else keeps its folded words.
    """
    words = fold_key(name).split()
    kept = [word for word in words if word not in _LEGAL_FORMS and word not in _SMALL_WORDS]
    return " ".join(kept or words)


_WHOLE_NUMBER = re.compile(r"[0-9]{1,18}")


def whole_number(text: str) -> int | None:
    """A number that somebody's browser sent, if that is what it is and a database can hold it: ``²`` is a digit too."""
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else None
