"""Folding of names, so that what people type finds what was written."""

import re

from anyascii import anyascii

_LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "aisbl",
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
        "kg",
        "lda",
        "limited",
        "llc",
        "llp",
        "ltd",
        "nv",
        "oy",
        "oyj",
        "plc",
        "sa",
        "sarl",
        "sas",
        "se",
        "sl",
        "spa",
        "sprl",
        "srl",
        "sro",
        "vzw",
        "zoo",
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
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")


def fold(text: str) -> str:
    """Lower case, no accents, any script in Latin letters, single spaces: ``Agência`` becomes ``agencia``."""
    return " ".join(anyascii(text).casefold().split())


def fold_key(text: str) -> str:
    """Folded words without punctuation."""
    joined = _INITIALS.sub(lambda initials: initials[0].replace(".", "") + " ", fold(text))
    return " ".join(_NOT_WORD.split(joined)).strip()


def match_key(name: str) -> str:
    """What two spellings of one organization's name have in common.

    Accents, case, punctuation, legal forms (``GmbH``, ``AISBL``, ``Ltd.``) and small words are left out.
    A name of nothing else keeps its folded words.
    """
    words = fold_key(name).split()
    kept = [word for word in words if word not in _LEGAL_FORMS and word not in _SMALL_WORDS]
    return " ".join(kept or words)
