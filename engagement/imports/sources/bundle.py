"""Bundles: several files brought in as one, in a zip archive, or several sheets of one workbook with the same headings.

Each is a table of its own with rows counted apart.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from engagement.core.archives import Unusable, opened
from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.limits import Limits
from engagement.imports.sources.open import open_table
from engagement.imports.sources.table import Table

ROWS_OF_A_FILE = 1_000_000
"""The rows of the second file begin at two million, and so on: every row of a bundle has a number of its own."""
MOST_FILES = 500
MOST_SHEETS = 100
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json")
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same files make the same archive
_PIECE = 1 << 20


@dataclass
class Member:
    """One file, or why it is none that can be read; ``start`` is added to the numbers of its rows."""

    name: str
    start: int = 0
    table: Table | None = None
    problem: str = ""


@dataclass
class Files:
    """The files of one import: one file, or those of an archive."""

    sha256: str
    members: list[Member] = field(default_factory=list)
    folder: "TemporaryDirectory[str] | None" = None  # goes when nothing needs it any more

    @property
    def tables(self) -> list[Table]:
        return [member.table for member in self.members if member.table]


def row_label(number: int) -> str:
    """A row's number as people say it."""
    file, row = divmod(number, ROWS_OF_A_FILE)
    return _("%(row)d of file %(file)d") % {"row": row, "file": file} if file else str(row)


def open_files(path: Path, name: str, **options: str | int) -> Files:
    """The tables in a file; raises ``Unreadable`` where there is none."""
    if not _is_bundle(path):
        tables = list(_sheets(path, name, options))
        if len(tables) == 1:
            return Files(tables[0].sha256, [Member(name, 0, tables[0])])
        return Files(tables[0].sha256, list(_members_of(name, tables, 1)))
    with path.open("rb") as file:
        found = Files(hashlib.file_digest(file, "sha256").hexdigest(), folder=TemporaryDirectory())
    assert found.folder
    try:
        found.members = list(_members(path, Path(found.folder.name), options))
    except (Unusable, zipfile.BadZipFile, OSError, EOFError) as error:
        raise Unreadable(_("The archive is damaged, protected by a password or too large. Unpack it first.")) from error
    if not found.tables:
        raise Unreadable(found.members[0].problem if found.members else _("There is no table in this archive."))
    return found


def _is_bundle(path: Path) -> bool:
    """Whether it is an archive of files, and not a workbook or a document, which are archives too."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return False
        try:
            with opened(file) as archive:
                names = set(archive.namelist())
        except (zipfile.BadZipFile, OSError):
            return False
    return not names & {"[Content_Types].xml", "xl/workbook.xml", "content.xml", "mimetype"}


def _members(path: Path, folder: Path, options: dict[str, str | int]) -> Iterator[Member]:
    left = Limits().unpacked
    place = 1
    with path.open("rb") as file, opened(file) as archive:
        for at, info in enumerate(_wanted(archive), start=1):
            name = info.filename
            if PurePosixPath(name).suffix.lower() not in TABLES:
                found = [Member(name, problem=_("This is not a CSV, XLSX, XLS, ODS or JSON file."))]
            else:
                copy = folder / f"{at}{PurePosixPath(name).suffix.lower()}"
                left -= _unpack(archive, info, copy, left)
                found = _opened(copy, name, place, options)
            place += len(found)
            yield from found


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
    if len(found) > MOST_FILES:
        raise Unreadable(_("The archive has more than %(most)d files.") % {"most": MOST_FILES})
    return sorted(found, key=lambda info: (str(PurePosixPath(info.filename).parent), PurePosixPath(info.filename).stem))


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX", "~$")) for part in PurePosixPath(name).parts)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, copy: Path, most: int) -> int:
    size = 0
    with archive.open(info) as part, copy.open("wb") as file:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > most:
                raise Unreadable(_("The files in this archive are too large together."))
            file.write(piece)
    return size


def _opened(copy: Path, name: str, place: int, options: dict[str, str | int]) -> list[Member]:
    try:
        return list(_members_of(name, list(_sheets(copy, name.replace("/", " "), options)), place))
    except Unreadable as error:
        return [Member(name, place * ROWS_OF_A_FILE, problem=error.sentence)]


def _sheets(path: Path, name: str, options: dict[str, str | int]) -> Iterator[Table]:
    """The table of a file; of a workbook, those of the other sheets with the same headings as well."""
    table = open_table(path, name, **options)  # type: ignore[arg-type]
    others = [title for title in table.alike if title != table.sheet] if not options.get("sheet") else []
    found = {table.sheet: table}
    for title in others[: MOST_SHEETS - 1]:
        found[title] = open_table(path, name, **{**options, "sheet": title})  # type: ignore[arg-type]
    yield from (found[title] for title in table.alike or [table.sheet] if title in found)


def _members_of(name: str, tables: list[Table], place: int) -> Iterator[Member]:
    """Each table under the name of its file, and of its sheet where there are several."""
    for at, table in enumerate(tables):
        whole = f"{name} – {table.sheet}" if len(tables) > 1 else name
        yield Member(whole, (place + at) * ROWS_OF_A_FILE, table)


def bundle(files: Iterable["UploadedFile[bytes]"]) -> tuple[IO[bytes], int]:
    """The archive of several files, and how many there are; files of one name are told apart by a number."""
    taken: set[str] = set()
    archive = TemporaryFile()  # noqa: SIM115 - whoever keeps it closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        for file in sorted(files, key=lambda one: one.name or ""):
            name = _free_name(PurePosixPath(file.name or "file").name, taken)
            with writer.open(zipfile.ZipInfo(name, _WHEN), "w") as part:
                for chunk in file.chunks():
                    part.write(chunk)
    archive.seek(0)
    return archive, len(taken)


def _free_name(name: str, taken: set[str]) -> str:
    path, number = PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = f"{path.stem} ({number}){path.suffix}"
    taken.add(name)
    return name
