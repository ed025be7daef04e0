"""Natural sort keys: text folded so that comparing bytes puts names as people expect them, on every database.

Accents, case and punctuation count for nothing, any script is read in Latin letters, and a number stands by its value:
Éclair before Zeta, "eco" among capitals, "Group 9" before "Group 10". Articles stay: "The" is found under T.
"""

import re

from engagement.core.folding import fold

MAX_LENGTH = 300

_INITIALS = re.compile(r"\b[a-z](?:[./][a-z]\b)+")  # e.f.p.i.a stands with efpia
_APOSTROPHE = re.compile(r"['`]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"[0-9]+")


def sort_key(text: str) -> str:
    """The key of a name or title. A name of signs only keeps them, and stands before all letters."""
    folded = fold(text)
    joined = _INITIALS.sub(lambda initials: re.sub("[./]", "", initials[0]), _APOSTROPHE.sub("", folded))
    words = " ".join(_NOT_WORD.sub(" ", joined).split())
    return _NUMBER.sub(_by_value, words)[:MAX_LENGTH] or folded.replace("\0", "")[:MAX_LENGTH]


def _by_value(number: "re.Match[str]") -> str:
    """The digits behind how many they are, which no shorter number can outrun: 9 is "19", 10 is "210"."""
    digits = number[0].lstrip("0") or "0"
    nines, rest = divmod(len(digits), 9)
    return f"{'9' * nines}{rest}{digits}"
