"""Streaming JSON reader: a list of objects, or an object with such a list under one name; each object is a row."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from engagement.imports.sources.encodings import decoded, find_encoding
from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.limits import Limits
from engagement.imports.sources.table import RawRow, Source

LISTS = ("rows", "data", "items", "results", "records", "meetings", "organizations")
_BLANK = " \t\r\n"


def open_objects(path: Path, limits: Limits, encoding: str = "") -> Source:
    """A JSON file as rows. Every name used anywhere in it is a column, in the order of first appearance."""
    found = find_encoding(path, encoding)
    headers: dict[str, None] = {}
    for item in _items(path, found.name, limits):
        headers.update(dict.fromkeys(item))
        if len(headers) > limits.columns:
            raise Unreadable(_("The objects of this file have more than %(most)s names.") % {"most": limits.columns})
    if not headers:
        raise Unreadable(_("The file is empty."))
    names = list(headers)
    return Source(
        form="json",
        walk=lambda: _walk(path, found.name, limits, names),
        encoding=found.name,
        headers=names,
        notes=[found.note] if found.note else [],
    )


def _walk(path: Path, encoding: str, limits: Limits, names: list[str]) -> Iterator[RawRow]:
    for number, item in enumerate(_items(path, encoding, limits), start=1):
        yield RawRow(number, [item.get(name, "") for name in names])


def _items(path: Path, encoding: str, limits: Limits) -> Iterator[dict[str, str]]:
    """Each object in turn; only one of them is held."""
    reader = _Reader(decoded(path, encoding), limits.swallowed)
    try:
        _enter_list(reader)
        number = 0
        while not reader.take("]"):
            number += 1
            yield from (_cells(row, number) for row in _rows_in(reader.value()))
            if not reader.take(","):
                reader.expect("]")
                break
    except (ValueError, RecursionError):
        raise Unreadable(_("This is not a complete JSON file: a list of objects is expected.")) from None


def _enter_list(reader: "_Reader") -> None:
    """Up to the first object: the list itself, or the list under a known name."""
    if reader.take("["):
        return
    reader.expect("{")
    while True:
        name = reader.value()
        reader.expect(":")
        if name in LISTS and reader.take("["):
            return
        reader.value()
        reader.expect(",")


def _rows_in(item: object) -> Iterator[object]:
    """An object with one list of objects is a row for each of these, as our own list of meetings is in CSV."""
    pairs = item.pairs if isinstance(item, _Pairs) else []
    lists = [at for at, (_name, value) in enumerate(pairs) if isinstance(value, list) and value]
    nested = [at for at in lists if all(isinstance(part, _Pairs) for part in pairs[at][1])]  # type: ignore[attr-defined]
    if len(nested) != 1:
        yield item
        return
    at = nested[0]
    for part in pairs[at][1]:  # type: ignore[attr-defined]
        yield _Pairs([*pairs[:at], *part.pairs, *pairs[at + 1 :]])


def _cells(item: object, number: int) -> dict[str, str]:
    """One object as cells of text."""
    if not isinstance(item, _Pairs):
        raise Unreadable(_("Item %(number)s of the list is not an object with names.") % {"number": number})
    cells: dict[str, str] = {}
    for raw, value in item.pairs:
        name = " ".join(raw.split())
        if name in cells or not name:
            raise Unreadable(
                _("In item %(number)s the name “%(name)s” is used twice or empty.") % {"number": number, "name": name}
            )
        if isinstance(value, list) and not any(isinstance(part, (list, _Pairs)) for part in value):
            value = "; ".join(filter(None, map(_text, value)))
        if isinstance(value, (list, _Pairs)):
            raise Unreadable(
                _("In item %(number)s, “%(name)s” holds a list or an object. Each name takes texts or numbers.")
                % {"number": number, "name": name}
            )
        cells[name] = _text(value)
    return cells


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Pairs:
    """An object as read, names used twice included."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        self.pairs = pairs


class _Reader:
    """JSON taken from a stream, value by value."""

    def __init__(self, pieces: Iterator[str], most: int) -> None:
        self.pieces, self.most, self.text, self.at = pieces, most, "", 0
        self.decoder = json.JSONDecoder(object_pairs_hook=_Pairs, parse_float=str, parse_int=str, parse_constant=str)

    def take(self, sign: str) -> bool:
        """Whether this sign comes next; it is then behind us."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in _BLANK + "\ufeff":
                self.at += 1
            if self.at < len(self.text):
                found = self.text[self.at] == sign
                self.at += found
                return found
            if not self._more():
                raise ValueError(sign)

    def expect(self, sign: str) -> None:
        """This sign must come next."""
        if not self.take(sign):
            raise ValueError(sign)

    def value(self) -> object:
        """The next value, however many pieces of the file it takes."""
        self.take("\0")  # blanks
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if not self._goes_on(error) or not self._more():
                    raise
                continue
            if end < len(self.text) or not self._more():  # a number may go on in the next piece
                self.at = end
                return value

    def _goes_on(self, error: json.JSONDecodeError) -> bool:
        """Whether the value only broke off where the text read so far ends."""
        return error.msg.startswith(("Unterminated", "Invalid \\u")) or error.pos >= len(self.text) - 12

    def _more(self) -> bool:
        """Reads on; false at the end of the file."""
        if len(self.text) - self.at > self.most:
            raise Unreadable(_("One item of this file is longer than %(most)s characters.") % {"most": self.most})
        piece = next(self.pieces, "")
        self.text, self.at = self.text[self.at :] + piece, 0
        return bool(piece)
