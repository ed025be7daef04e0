"""Read back a PDF that Chromium wrote: its sheets, and the words on each, without a library for it."""

import re
import unicodedata
import zlib

OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj|\b(ET)\b")


class Pdf:
    """The objects of a file by number, and what its sheets say."""

    def __init__(self, content: bytes) -> None:
        self.objects = {int(number): body for number, body in OBJECT.findall(content)}
        pages = [body for body in self.objects.values() if re.search(rb"/Type /Page\b", body)]
        self.sheets = [self._words(page) for page in pages]

    def _stream(self, number: int) -> bytes:
        body = self.objects[number]
        found = STREAM.search(body)
        assert found, f"object {number} has no stream"
        return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]

    def _words(self, page: bytes) -> str:
        fonts = {name: self._letters(int(number)) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page)}
        contents = re.search(rb"/Contents (\d+) 0 R", page)
        assert contents, "a sheet without content"
        text, letters = "", dict[int, str]()
        for font, glyphs, end in SHOWN.findall(self._stream(int(contents[1]))):
            letters = fonts[font] if font else letters
            text += "".join(letters.get(int(glyphs[at : at + 4], 16), "") for at in range(0, len(glyphs), 4))
            text += "\n" if end else ""
        return unicodedata.normalize("NFKC", text)

    def _letters(self, font: int) -> dict[int, str]:
        """Which letters the glyphs of a font are."""
        named = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        letters: dict[int, str] = {}
        for line in self._stream(int(named[1])).splitlines() if named else ():
            if len(codes := HEX.findall(line)) == 2:
                letters[int(codes[0], 16)] = bytes.fromhex(codes[1].decode()).decode("utf-16-be")
            elif len(codes) == 3:
                first, last, letter = (int(code, 16) for code in codes)
                letters |= {glyph: chr(letter + glyph - first) for glyph in range(first, last + 1)}
        return letters
