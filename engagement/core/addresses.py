"""Addresses of records, worked out once for each kind of page: a list writes a hundred of them."""

from functools import cache

from django.urls import get_script_prefix, get_urlconf, reverse

WORD = "word-that-stands-in"


def address_of(name: str, word: str = "") -> str:
    """The address that ``reverse`` gives for a pattern with one word in it, a slug or a reference, or with none."""
    before, after = _around(name, get_urlconf(), get_script_prefix(), *([WORD] if word else []))
    return f"{before}{word}{after}"


@cache
def _around(name: str, urlconf: str | None, prefix: str, *words: str) -> tuple[str, str]:
    before, _word, after = reverse(name, args=words).partition(WORD)
    return before, after
