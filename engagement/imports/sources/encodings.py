"""Encoding detection: by proof where there is one, said aloud where it is an estimate."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from engagement.imports.sources.errors import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What somebody may choose, by Python's names.
CHOICES = (
    *("utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "cp1252", "iso8859_1", "iso8859_15"),
    *("cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253", "iso8859_7", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("mac_roman", "cp850", "cp437", "shift_jis", "gb18030", "big5", "euc_kr"),
)
_OLD = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859_2", "iso8859_15", "mac_roman", "cp850"]
_CHUNK = 1 << 18
_MIXED = "engagement.cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Error handler of a file of several hands: a byte that is not UTF-8 is a letter of cp1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_MIXED, _as_cp1252)


def errors_of(encoding: str) -> str:
    """How a file of this encoding is opened, once ``find_encoding`` has found it."""
    return _MIXED if encoding == "utf-8" else "strict"


_SIGN_IN_WORD = re.compile(r"[^\W\d_][\u00a1-\u00bf\u00d7\u00f7][^\W\d_]")


@dataclass(frozen=True)
class Encoding:
    """An encoding, and a sentence when it was not proven."""

    name: str
    note: str = ""


def find_encoding(path: Path, chosen: str = "") -> Encoding:
    """The encoding of a whole file, read to its end; raises ``Unreadable`` with the first line that does not fit."""
    if chosen:
        return _as_chosen(path, chosen)
    start = path.open("rb").read(4096)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return _checked(path, name)
    if name := _wide(start):
        return _checked(path, name)
    bad = _first_bad_line(path, "utf-8")
    if not bad:
        return _checked(path, "utf-8")
    return _old_encoding(path, bad)


def _as_chosen(path: Path, chosen: str) -> Encoding:
    """An encoding somebody chose, unless a byte order mark says another one: a file saved anew keeps its layout."""
    start = path.open("rb").read(4)
    if marked := next((name for mark, name in _MARKS if start.startswith(mark)), ""):
        return _checked(path, marked)
    try:
        name = codecs.lookup(chosen).name.replace("-", "_")
    except (LookupError, ValueError):
        name = ""
    if name not in CHOICES:
        raise Unreadable(_("There is no encoding called “%(name)s”.") % {"name": chosen[:40]})
    return _checked(path, "utf-8-sig" if name == "utf_8" else name)


def _checked(path: Path, name: str) -> Encoding:
    """The encoding, once every line was read in it."""
    if bad := _first_bad_line(path, name):
        raise Unreadable(
            _("Line %(line)s is not written in %(name)s like the lines before. Save the file again in one encoding.")
            % {"line": bad, "name": name}
        )
    return Encoding(name)


def _wide(start: bytes) -> str:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    enough = max(2, len(start) // 10)
    if odd >= enough and not even:
        return "utf-16-le"
    return "utf-16-be" if even >= enough and not odd else ""


def decoded(path: Path, encoding: str) -> Iterator[str]:
    """The text of a file in pieces; raises ``UnicodeError`` at the first byte that does not fit."""
    decoder = codecs.getincrementaldecoder(encoding)(errors_of(encoding))
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _first_bad_line(path: Path, encoding: str) -> int:
    """The number of the first line that is not in this encoding; 0 when all are."""
    line, decoder = 1, codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while True:
            piece = file.read(_CHUNK)
            try:
                line += decoder.decode(piece, final=not piece).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            except UnicodeError:
                return line
            if not piece:
                return 0


def _old_encoding(path: Path, bad: int) -> Encoding:
    """One byte for each letter: nothing in the file proves which of them, so the best guess is said aloud."""
    sample = _lines_beyond_ascii(path)
    if sum(map(_is_utf8, sample)) * 2 >= len(sample):
        sentence = _("Most of the file is UTF-8. Line %(line)s and others were read as cp1252. Check their accents.")
        return Encoding("utf-8", sentence % {"line": bad})
    name = _likely(b"\n".join(sample))
    if not name or _first_bad_line(path, name):
        raise Unreadable(
            _("Line %(line)s cannot be read: this is not a text file, or its encoding is unknown. Save it as UTF-8.")
            % {"line": bad}
        )
    return Encoding(
        name,
        _("The file is not UTF-8. It was read as %(name)s. Check the accents, or choose another encoding.")
        % {"name": name},
    )


def _lines_beyond_ascii(path: Path, most: int = 4000) -> list[bytes]:
    """The lines in which an encoding shows."""
    found: list[bytes] = []
    with path.open("rb") as file:
        while len(found) < most and (line := file.readline(20_000)):
            if not line.isascii():
                found.append(line)
    return found


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _likely(sample: bytes) -> str:
    """The most likely old encoding. Western Europe's is preferred where the text makes sense in it."""
    from charset_normalizer import from_bytes  # slow to load, and seldom needed

    matches = from_bytes(sample[:200_000], cp_isolation=_OLD)
    names = [name for match in matches for name in match.could_be_from_charset]
    if "cp1252" in names and _is_western(sample.decode("cp1252", "replace")):
        return "cp1252"
    sensible = (name for name in names if not _SIGN_IN_WORD.search(sample.decode(name, "replace")))
    return next(sensible, names[0] if names else "")


def _is_western(text: str) -> bool:
    """Whether accented letters are the exception, and no sign stands inside a word where a letter belongs."""
    if _SIGN_IN_WORD.search(text):
        return False
    letters = [letter for letter in text if letter.isalpha()]
    accented = sum(1 for letter in letters if not letter.isascii())
    return accented * 5 <= len(letters)
