"""Zip bomb protection: archives from outside are opened within limits, whatever they say of their size.

A few kilobytes unfold to gigabytes: by what is in a part, by how many parts there are, by a method of packing that
cannot be unpacked bit by bit. All of that is looked at before anything is unpacked.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

LARGEST_LIST = 2 * 1024 * 1024
"""Bytes of an archive's list of contents: some ten thousand parts, where documents and workbooks have hundreds."""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What documents and workbooks are packed with. Of others Python unpacks as much as there is in one go."""
PIECE = 1024 * 1024

_END, _LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
_LONGEST_END = 22 + 65_535


class Unusable(zipfile.BadZipFile):
    """Whole, perhaps, and not to be opened all the same."""


class Protected(Unusable):
    """The archive cannot be read without a password."""


@contextmanager
def opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """The archive, if it can be read; its parts are read with ``read_part`` or piece by piece."""
    if _size_of_list(file) > LARGEST_LIST:
        raise Unusable("too many parts")
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        for part in archive.infolist():
            if part.flag_bits & 0x1:
                raise Protected(part.filename)
            if part.compress_type not in METHODS:
                raise Unusable(f"{part.filename} is packed by method {part.compress_type}")
        yield archive


def read_part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A part of this size at most."""
    with archive.open(name) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise Unusable(f"{name} is too large")
    return content


def read_through(archive: zipfile.ZipFile) -> None:
    """Read each member to its checksum; raises for one that is damaged or does not match the directory."""
    for info in archive.infolist():
        with archive.open(info) as part:
            while part.read(PIECE):
                continue


def _size_of_list(file: IO[bytes]) -> int:
    """The size of the directory as declared in either of two places; the largest, where several could be meant."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_END - 76))
    tail = file.read()
    sizes, at = [0], tail.find(_END)
    while at >= 0:
        sizes.append(int.from_bytes(tail[at + 12 : at + 16], "little"))
        if tail[max(0, at - 20) :].startswith(_LOCATOR):  # its numbers are in a longer record, just before
            sizes[-1] = int.from_bytes(tail[max(0, at - 36) : max(0, at - 28)], "little")
        at = tail.find(_END, at + 1)
    return max(sizes)
