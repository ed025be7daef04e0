"""Text normalization: letters composed, nothing invisible that turns the direction of reading."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u061c]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_NOTHING = frozenset(
    [
        *("", "-", "--", "–", "—", "/", "?", "n/a", "na", "n.a.", "none", "nil", "sans objet"),
        *("tbc", "tbd", "to be confirmed", "to be decided", "to be determined", "à confirmer", "noch offen"),
    ]
)
TITLE = 250


def storable(text: str) -> str:
    """A text as published, without what no database keeps: zero bytes and halves of letters."""
    return _UNSTORABLE.sub("\ufffd", text)


def clean(text: str) -> str:
    """A name or a line: composed, on one line, without what cannot be seen."""
    visible = _CONTROL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return " ".join(visible.split())


def whole(text: str) -> str:
    """A text as published; only its line ends are made alike."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def title_of(text: str) -> str:
    """The first line that says something, cut between words when it is too long."""
    line = next((found for raw in text.splitlines() if (found := clean(raw))), "")
    if len(line) <= TITLE:
        return line
    return line[: TITLE - 1].rsplit(" ", 1)[0][: TITLE - 1].rstrip(" ,;:") + "…"


def is_nothing(text: str) -> bool:
    """An empty cell, or a word for one."""
    return clean(text).casefold() in _NOTHING
