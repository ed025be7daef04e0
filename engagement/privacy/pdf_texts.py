"""PDF text extraction: the text of its pages, its bookmarks and its metadata, unpacked.

Fonts number their letters; of which number is which letter a file tells in tables (ToUnicode), and every text is read
by each table there is, since one too many only adds words that nobody looks for. A page that is a picture, and a file
that is encrypted, have no words.
"""

import re
from collections.abc import Iterator, Mapping

from meetings.pdf_actions import STREAM, TooMuch, inflated

MOST_UNPACKED = 256 * 1024 * 1024
MOST_OF_OBJECTS = 4 * 1024 * 1024
_SHOWS = re.compile(rb"[\])>]\s*T[jJ]\b")
_MAPPING = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_SHOWN = re.compile(
    rb"\((?P<plain>(?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<gap>-?\d+\.?\d*)(?=[\s\](<])"
    rb"|(?P<line>\b(?:Td|TD|Tm|ET)\b|T\*|'|\")",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
WORD_GAP = 180
"""Thousandths of a letter's height by which a text moves on between two words."""
Letters = Mapping[bytes, str]


def is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def texts_of_pdf(content: bytes) -> Iterator[str]:
    """All that can be read in it; nothing more once it unpacks into too much."""
    pieces = list(_unpacked(content))
    tables = [table for piece in pieces if b"begincmap" in piece and (table := _table(piece))]
    for piece in (STREAM.sub(b" ", content), *pieces):
        yield piece.decode("utf-8", "ignore")
        is_page = _SHOWS.search(piece) is not None
        if is_page or len(piece) < MOST_OF_OBJECTS:  # else it is a picture or a font
            shown = list(_SHOWN.finditer(piece))
            for table in ({}, *tables) if is_page else ({},):
                yield from _read(shown, table)


def shows_words(content: bytes) -> bool:
    """Whether its pages show any text: a scan does not, and an encrypted file tells none."""
    pieces = [] if b"/Encrypt" in content else _unpacked(content)
    return any(_SHOWS.search(piece) for piece in pieces)


def _unpacked(content: bytes) -> Iterator[bytes]:
    left = MOST_UNPACKED
    for match in STREAM.finditer(content):
        try:
            piece = inflated(match[1], left)
        except TooMuch:
            return
        left -= len(piece)
        yield piece


def _table(piece: bytes) -> Letters:
    """Which letters the numbers of one font stand for."""
    found: dict[bytes, str] = {}
    for mapping in _MAPPING.finditer(piece):
        tokens = [token[1] if token[1] is not None else token[0] for token in _TOKEN.finditer(mapping[2])]
        found |= dict(_singles(tokens) if mapping[1] == b"bfchar" else _ranges(tokens))
    return found


def _singles(tokens: list[bytes]) -> Iterator[tuple[bytes, str]]:
    for code, letters in zip(tokens[::2], tokens[1::2], strict=False):
        yield _bytes(code), _utf16(letters)


def _ranges(tokens: list[bytes]) -> Iterator[tuple[bytes, str]]:
    """From one number to another: from one letter on, or letters one by one in brackets."""
    rest = iter(tokens)
    for first, last in zip(rest, rest, strict=False):
        start, size = int(first or b"0", 16), len(_bytes(first))
        number = min(int(last or b"0", 16) - start + 1, 65_536)
        to = next(rest, b"")
        if to == b"[":
            letters = iter(lambda: next(rest, b"]"), b"]")
            yield from (((start + at).to_bytes(size, "big"), _utf16(one)) for at, one in enumerate(letters))
        elif (begin := _utf16(to)) and ord(begin[-1]) + number <= 0x110000:
            ends = (chr(ord(begin[-1]) + at) for at in range(number))
            yield from (((start + at).to_bytes(size, "big"), begin[:-1] + end) for at, end in enumerate(ends))


def _read(shown: list["re.Match[bytes]"], table: Letters) -> Iterator[str]:
    """The texts in their order as one; letters by the table, or as they stand."""
    words: list[str] = []
    for one in shown:
        if one["line"]:
            words.append("\n")
        elif one["gap"]:
            words.append(" " if float(one["gap"]) < -WORD_GAP else "")
        else:
            code = _bytes(one["hex"]) if one["hex"] is not None else _ESCAPE.sub(_unescaped, one["plain"])
            words.append(_letters(code, table))
    yield "".join(words)
    yield re.sub(r"\s+", " ", "".join(words))


def _letters(code: bytes, table: Letters) -> str:
    if not table:
        return code.decode("utf-16" if code[:2] in (b"\xfe\xff", b"\xff\xfe") else "cp1252", "ignore")
    size = len(next(iter(table)))
    return "".join(table.get(code[at : at + size], "") for at in range(0, len(code), size))


def _unescaped(match: "re.Match[bytes]") -> bytes:
    if match[1].isdigit():
        return bytes([int(match[1], 8) & 0xFF])
    return _ESCAPED.get(match[1], match[1])


def _bytes(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _utf16(digits: bytes) -> str:
    return _bytes(digits).decode("utf-16-be", "ignore")
