"""Files in a folder: Django's storage, which says that it is away where the folder cannot be reached."""

import datetime as dt
import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from .base import StorageUnavailable

SAID_ELSEWHERE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""A full disk and one that can only be read have words of their own."""


class LocalStorage(FileSystemStorage):
    def url(self, name: str | None) -> str:
        raise ValueError("Files are sent by the site, to those who may read them.")

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        with self._reached():
            return super()._open(name, mode)  # type: ignore[misc, no-any-return]

    def _save(self, name: str, content: "File[bytes]") -> str:
        with self._reached():
            return super()._save(name, content)  # type: ignore[misc, no-any-return]

    def delete(self, name: str) -> None:
        with self._reached():
            super().delete(name)

    def size(self, name: str) -> int:
        with self._reached():
            return super().size(name)

    def open_range(self, name: str, start: int, stop: int) -> IO[bytes]:
        with self._reached():
            file = Path(self.path(name)).open("rb")  # noqa: SIM115 (closed by whoever reads it)
            file.seek(start)
        return file

    def copy_here(self, name: str) -> tuple[Path, object]:
        return Path(self.path(name)), None

    def walk(self) -> Iterator[tuple[str, dt.datetime]]:
        root = self._root
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            name = path.relative_to(root)
            if name.parts[0].startswith(".") or path.is_symlink():
                continue
            try:
                if path.is_file():
                    yield name.as_posix(), dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
            except FileNotFoundError:
                continue

    def put_aside(self, label: str) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        aside = self._root / f".replaced-{label}"
        for path in [p for p in self._root.iterdir() if not p.name.startswith(".")]:
            aside.mkdir(exist_ok=True)
            path.rename(aside / path.name)

    def put(self, name: str, path: Path) -> None:
        target = self._root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        self._root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=self._root) as folder:
            yield Path(folder)

    def check_reachable(self) -> None:
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            next(self._root.iterdir(), None)
        except OSError as error:
            raise StorageUnavailable(str(error)) from error

    @property
    def _root(self) -> Path:
        return Path(self.location)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """A file that is not there is that file's trouble, unless the whole folder is gone, as when it is a disk that
        was not mounted."""
        try:
            yield
        except FileExistsError:
            raise
        except FileNotFoundError as error:
            if not self._root.is_dir():
                raise StorageUnavailable(str(error)) from error
            raise
        except OSError as error:
            if error.errno in SAID_ELSEWHERE:
                raise
            raise StorageUnavailable(str(error)) from error
