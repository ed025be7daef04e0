"""Characters that no font at hand has (glyph coverage): told to the secretariat before a PDF is made."""

import json
import unicodedata
from functools import lru_cache

from engagement.minutes.pages import MinutesPage

from .data import for_letters, for_pdf
from .parent import NotMade, made

LAST_LATIN = "\u024f"
"""Up to here the fonts that come along have every letter."""
NOT_SHOWN = ("M", "C")
"""Accents go with their letter, and control characters have no form; of these only private ones are asked about."""


def not_printed(page: MinutesPage) -> str:
    """Those of a version that its PDF prints as “?”, or nothing."""
    told = {name: value for name, value in for_pdf(page, ()).items() if name != "attachment"}
    odd = {one for one in json.dumps(told, ensure_ascii=False) if one > LAST_LATIN and _has_a_form(one)}
    return _missing("".join(sorted(odd))) if odd else ""


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
