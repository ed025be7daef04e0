"""Archive file of a backup: a compressed tar with the database, the files of documents, and their checksums.

An archive comes from outside when it is restored. Its members are read one by one and checked against the manifest
before anything is changed; nothing is extracted by a path that the archive says.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.management.base import CommandError

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
MEDIA = "media/"
CHUNK = 1024 * 1024
LARGEST_MANIFEST = 256 * CHUNK
"""A million documents are listed in less."""
_DAMAGE = (tarfile.TarError, EOFError, OSError, zlib.error, ValueError, LookupError, TypeError, AttributeError)


class Writer:
    """Adds members, and counts their bytes while they are read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.tar = tarfile.open(fileobj=file, mode="w:gz", compresslevel=6)  # noqa: SIM115 (closed by finish)
        self.members: dict[str, dict[str, object]] = {}

    def add(self, name: str, path: Path) -> None:
        """A file as it is now. One that grows or shrinks meanwhile stops the backup; ours are written once."""
        with path.open("rb") as file:
            self.add_stream(name, file, os.fstat(file.fileno()).st_size)

    def add_stream(self, name: str, file: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        reading = _Hashing(file)
        self.tar.addfile(info, reading)
        self.members[name] = {"size": info.size, "sha256": reading.hash.hexdigest()}

    def finish(self, facts: dict[str, object]) -> None:
        manifest = json.dumps({"format": FORMAT, **facts, "members": self.members}, indent=1).encode()
        for name, content in ((MANIFEST, manifest), (SEAL, hashlib.sha256(manifest).hexdigest().encode())):
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), 0o600
            self.tar.addfile(info, io.BytesIO(content))
        self.tar.close()


class _Hashing:
    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.hash.update(piece)
        return piece


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """An archive that only its owner may read, and that stands at its place once it is whole."""
    if path.exists():
        raise CommandError(f"{path} is there already. Nothing was overwritten.")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600
    try:
        with os.fdopen(handle, "wb") as file:
            yield Writer(file)
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)  # unlike a rename, never over a file that came meanwhile
    finally:
        os.unlink(name)


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Every member with its content, one after the other."""
    with tarfile.open(path, "r:gz") as tar:
        for info in tar:
            content = tar.extractfile(info) if info.isreg() else None
            if content is None:
                raise ValueError(f"“{info.name}” is no plain file")
            yield info.name, content
        while tar.fileobj and tar.fileobj.read(CHUNK):  # to its end, where gzip says whether it is whole
            continue


def verified(path: Path) -> dict[str, object]:
    """The manifest of an archive whose members match it; CommandError for any other file."""
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    try:
        manifest, found = _read_through(path)
        faults = list(_faults(manifest, found))
    except _DAMAGE as error:
        raise CommandError(f"{path} is damaged or no backup of this system ({error}). Nothing was changed.") from error
    if faults:
        raise CommandError(f"{path} is damaged: {'; '.join(faults[:5])}. Nothing was changed.")
    return manifest


def _read_through(path: Path) -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    found: dict[str, dict[str, object]] = {}
    own: dict[str, bytes] = {}
    for name, content in members(path):
        if name in found or name in own:
            raise ValueError(f"“{name}” is there twice")
        if name in (MANIFEST, SEAL):
            own[name] = content.read(LARGEST_MANIFEST + 1)
            if len(own[name]) > LARGEST_MANIFEST:
                raise ValueError("its list of contents is too large")
            continue
        hashing, size = _Hashing(content), 0
        while piece := hashing.read(CHUNK):
            size += len(piece)
        found[name] = {"size": size, "sha256": hashing.hash.hexdigest()}
    if own.get(SEAL, b"").decode() != hashlib.sha256(own.get(MANIFEST, b"")).hexdigest():
        raise ValueError("its list of contents is missing or was changed")
    return json.loads(own[MANIFEST]), found


def _faults(manifest: dict[str, Any], found: dict[str, dict[str, object]]) -> Iterator[str]:
    if manifest["format"] != FORMAT:
        yield f"it was written in format {manifest['format']}, this version reads {FORMAT}"
    for name, facts in manifest["members"].items():
        if found.pop(name, None) != facts:
            yield f"“{name}” is missing or was changed"
        if name.startswith(MEDIA) and not is_safe(name.removeprefix(MEDIA)):
            yield f"“{name}” is no path within the documents"
    yield from (f"“{name}” is not in its list of contents" for name in found)


def is_safe(name: str) -> bool:
    """Whether a path leads to below where it starts, on every system."""
    parts = PurePosixPath(name).parts
    plain = not any(part in (".", "..", "/") for part in parts)
    return (
        bool(parts)
        and plain
        and not parts[0].startswith(".")
        and "\\" not in name
        and "\0" not in name
        and ":" not in parts[0]
    )
