"""Check of PDF files for scripts and commands: by name outside of streams, and in the compressed streams of objects.

A PDF may run JavaScript, or start a program, in the reader of whoever opens it. No paper of a meeting needs either.
What is encrypted cannot be looked into. No parser: a file that one would repair is read here as it stands.
"""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that the objects of one file may unpack into."""
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = re.compile(rb"/(JavaScript|JS|Launch)(?![A-Za-z0-9_.-])")
_DICTIONARY = 2_000
"""Bytes before a stream in which it says what it is."""


class TooMuch(Exception):
    pass


def why_not(content: bytes) -> str:
    """The sentence that refuses it, or nothing."""
    try:
        if any(_ACTS.search(_ESCAPED.sub(_unescaped, piece)) for piece in _objects(content)):
            return _("This PDF contains a script or starts a program. Print it as a PDF and add that one.")
    except TooMuch:
        return _("This PDF is far larger when unpacked than it should be. Print it as a PDF and add that one.")
    return ""


def _unescaped(match: re.Match[bytes]) -> bytes:
    """Names may write any letter as its number: ``/J#53``."""
    return bytes([int(match[1], 16)])


def _objects(content: bytes) -> Iterator[bytes]:
    """The objects outside of streams, and those in streams that hold objects."""
    at, unpacked = 0, 0
    for match in STREAM.finditer(content):
        yield content[at : match.start()]
        dictionary = content[max(at, match.start() - _DICTIONARY) : match.start()]
        if b"/ObjStm" in _ESCAPED.sub(_unescaped, dictionary):
            objects = inflated(match[1], MOST_UNPACKED - unpacked)
            unpacked += len(objects)
            yield objects
        at = match.end()
    yield content[at:]


def inflated(packed: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(packed, most + 1)
    except zlib.error:
        return packed
    if len(found) > most:
        raise TooMuch
    return found
