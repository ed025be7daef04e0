"""Create a backup: the database as it was at one moment, and every file that its rows name."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField

from engagement.core.storage.base import file_storage

from . import databases
from .archive import MEDIA, Writer, is_safe, writing
from .portable import counted, write_rows

ROUNDS = 5
"""So often the database is read again when files went while they were being copied."""


def back_up(path: Path, *, portable: bool = False) -> dict[str, Any]:
    """Write the archive; returns its contents, and the files that rows name and that are missing."""
    with writing(path) as archive, tempfile.TemporaryDirectory(prefix="backup-", dir=path.parent) as folder:
        missing: set[str] | None = None
        for number in range(ROUNDS):
            staged = Path(folder) / str(number)
            staged.mkdir()
            with _snapshot(staged, portable) as (database, using):
                named, facts = set(_named(using)), _facts(using)
            _add_files(archive)
            gone = {name for name in named if f"{MEDIA}{name}" not in archive.members}
            if gone == (missing or set()):
                break
            missing = gone  # taken away meanwhile, or missing before: the next glance tells
        archive.add(database.name, database)
        facts |= {"database": database.name, "missing": sorted(gone)}
        archive.finish(facts)
    return facts


@contextmanager
def _snapshot(folder: Path, portable: bool) -> Iterator[tuple[Path, str]]:
    """The database of one moment as a file, and the alias under which the same moment can be read."""
    if connection.vendor == "sqlite":
        copy = folder / databases.SQLITE
        databases.copy_sqlite(copy)
        with databases.opened_copy(copy) as using:
            rows = folder / databases.PORTABLE
            if portable:
                write_rows(rows, using)
            yield (rows if portable else copy), using
        return
    with databases.one_moment() as moment:
        if portable or not databases.can_dump():
            path = folder / databases.PORTABLE
            write_rows(path, DEFAULT_DB_ALIAS)
        else:
            path = folder / databases.PGDUMP
            databases.dump_postgres(path, moment)
        yield path, DEFAULT_DB_ALIAS


def _named(using: str) -> Iterator[str]:
    """Every file that a row names."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                rows = model._base_manager.using(using).exclude(**{field.name: ""})
                yield from rows.values_list(field.name, flat=True)


def _facts(using: str) -> dict[str, object]:
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return {
        "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "vendor": connection.vendor,
        "migrations": sorted(".".join(key) for key in applied),
        "rows": dict(counted(using)),
    }


def _add_files(archive: Writer) -> None:
    """Add the stored files that are not yet in the archive; a file is written once and never changed."""
    storage = file_storage()
    for name, _written in storage.walk():
        if f"{MEDIA}{name}" in archive.members or not is_safe(name):
            continue
        try:
            size = storage.size(name)
            with closing(storage.open_range(name, 0, size)) as file:
                archive.add_stream(f"{MEDIA}{name}", file, size)
        except FileNotFoundError:
            continue
