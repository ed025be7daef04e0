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
_BYTES = {
    bytes([code]).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_TAIL = f"[{''.join(map(re.escape, _BYTES))}\x80-\xbf]"
_TWICE = re.compile(f"[\xc2\xc3]{_TAIL}|[\xc4-\xdf](?:(?![“”»]){_TAIL}|[“”»](?=\\w))|[\xe0-\xef]{_TAIL}{{2}}")
_WRITTEN = re.compile("[\xa0-\u017f\u0218-\u021b\u0370-\u04ff\u1e00-\u1eff\u2010-\u203a\u20ac\u2122]")


def storable(text: str) -> str:
    """A text as published, without characters that no database keeps: zero bytes and halves of letters."""
    return _UNSTORABLE.sub("\ufffd", text)


def repaired(text: str) -> str:
    """A text without letters that were encoded twice: ``CSC â€“ IT`` is ``CSC – IT``."""
    return text if text.isascii() else _TWICE.sub(_once, text)


def _once(found: re.Match[str]) -> str:
    """The letter that some bytes are, where it is one that people write."""
    codes = bytes(_BYTES.get(sign, ord(sign) & 0xFF) for sign in found[0])
    try:
        letter = codes.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return letter if len(letter) == 1 and _WRITTEN.match(letter) else found[0]


def clean(text: str) -> str:
    """A name or a line: composed, on one line, without invisible characters."""
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
