"""Storage interface beyond Django's: ranges, everything that is there, and a clear error when it is away."""

import datetime as dt
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol, cast

from django.core.files.base import File
from django.core.files.storage import storages


class StorageUnavailable(OSError):
    """The storage does not answer, or refuses; answered with 503, see ``engagement/core/outages.py``."""


class FileStorage(Protocol):
    """The interface of ``LocalStorage`` and ``BucketStorage``. Names are paths with slashes, below the storage."""

    def open(self, name: str, mode: str = "rb") -> "File[bytes]": ...

    def size(self, name: str) -> int:
        """Bytes; FileNotFoundError if there is no such file."""

    def delete(self, name: str) -> None: ...

    def open_range(self, name: str, start: int, stop: int) -> IO[bytes]:
        """The bytes from ``start`` up to and without ``stop``, as a stream; whoever reads it stops there."""

    def copy_here(self, name: str) -> tuple[Path, object]:
        """A path of this machine with the content, and a handle that removes the copy when nobody holds it any more."""

    def walk(self) -> Iterator[tuple[str, dt.datetime]]:
        """Every file with when it was written; without those that a restore has put aside."""

    def put_aside(self, label: str) -> None:
        """Move everything that ``walk`` finds below ``.replaced-label``."""

    def put(self, name: str, path: Path) -> None:
        """Take a file of this machine in, under exactly this name."""

    def workshop(self) -> AbstractContextManager[Path]:
        """A folder of this machine for as long as a restore takes, near to where the files will be."""

    def check_reachable(self) -> None:
        """Raises StorageUnavailable."""


def file_storage() -> FileStorage:
    """The one that the settings choose."""
    return cast(FileStorage, storages["default"])
