"""Glyph coverage: characters that no font at hand has are told to the secretariat before a PDF is made."""

import json
import re
import unicodedata
from functools import lru_cache

from engagement.minutes.pages import MinutesPage

from .bounded_process import NotMade, made
from .data import for_letters, for_pdf

KNOWN = re.compile(r"[\u0000-\u024f\u0370-\u03ff\u0400-\u045f\u2010-\u2027\u2030-\u203a\u20ac\u2122]")
"""Latin, Greek, Cyrillic and the marks of running text: the fonts that come along have them, so nobody is asked."""
NOT_SHOWN = ("M", "C")
"""Accents go with their letter, and control characters have no form; of these only private ones are asked about."""


def not_printed(page: MinutesPage) -> str:
    """The characters of a version that its PDF prints as “?”, or nothing."""
    told = {name: value for name, value in for_pdf(page, ()).items() if name != "attachment"}
    odd = filter(_has_a_form, set(KNOWN.sub("", json.dumps(told, ensure_ascii=False))))
    return _missing(letters) if (letters := "".join(sorted(odd))) else ""


def _has_a_form(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind[0] not in NOT_SHOWN or kind == "Co"


@lru_cache(maxsize=256)
def _missing(letters: str) -> str:
    try:
        told = json.loads(made("missing", data=for_letters(letters), at="2000-01-01T00:00:00+00:00"))
    except NotMade:  # too busy: the PDF itself says so too
        return ""
    return " ".join(told)
