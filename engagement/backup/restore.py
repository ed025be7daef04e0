"""Restoring a backup: everything is verified first, then the database is replaced as a whole, then the files."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from engagement.core.models import Stamp
from engagement.core.planner_statistics import refresh_statistics
from engagement.core.storage.base import FileStorage, file_storage

from . import databases
from .archive import MEDIA, members, verified
from .portable import end_the_moment, put_rows, records_here


def restore(path: Path, *, replace: bool = False) -> dict[str, Any]:
    """Replace the site by the archive; refused on a site with records, unless told to replace them."""
    manifest = verified(path)
    check_fit(manifest)
    if not replace and (what := _what_is_here()):
        raise CommandError(
            f"There is something here already: {what}. Nothing was changed. Say --replace to replace it."
        )
    storage = file_storage()
    storage.check_reachable()
    with storage.workshop() as folder:
        database = _unpack(path, folder)
        _put_database(database)
        _put_files(storage, folder / "media")
    _afterwards(manifest)
    return manifest


def check_fit(manifest: dict[str, Any]) -> None:
    """Whether this version of the site and this kind of database can take it."""
    ours = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    installed = {key.partition(".")[0] for key in ours}
    newer = [key for key in manifest["migrations"] if key not in ours and key.partition(".")[0] in installed]
    form = manifest["database"]
    fits = {databases.SQLITE: "sqlite", databases.PGDUMP: "postgresql"}.get(form, connection.vendor)
    if newer:
        raise CommandError(f"The backup is of a newer version of this site ({newer[-1]}). Nothing was changed.")
    if fits != connection.vendor:
        raise CommandError(
            f"The backup is of {manifest['vendor']}, this site uses {connection.vendor}: make one with --portable. "
            "Nothing was changed."
        )
    if form == databases.PORTABLE and (missing := sorted(ours - set(manifest["migrations"]))):
        applied = [key for key in missing if key.partition(".")[0] in installed]
        raise CommandError(
            f"A portable backup is restored by the version of the site that made it; it lacks {applied[0]}. "
            "Nothing was changed."
        )


def _what_is_here() -> str:
    if (found := next(file_storage().walk(), None)) is not None:
        return f"uploaded files, such as {found[0]}"
    return records_here()


def _unpack(path: Path, folder: Path) -> Path:
    """The verified members, below a folder of ours; the database's path."""
    database = folder
    for name, content in members(path):
        is_file = name.startswith(MEDIA)
        if not is_file and name not in (databases.SQLITE, databases.PGDUMP, databases.PORTABLE):
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            shutil.copyfileobj(content, file)
        database = database if is_file else target
    return database


def _put_database(path: Path) -> None:
    if path.name == databases.SQLITE:
        databases.put_sqlite(path)
    elif path.name == databases.PGDUMP:
        databases.put_postgres(path)
    else:
        call_command("migrate", verbosity=0)
        with path.open("rb") as file:
            put_rows(file)


def _put_files(storage: FileStorage, restored: Path) -> None:
    """In the place of those that are here, which are put aside and not removed."""
    storage.put_aside(f"{dt.datetime.now():%Y%m%d-%H%M%S}")
    for path in sorted(restored.rglob("*")):
        if path.is_file():
            storage.put(path.relative_to(restored).as_posix(), path)


def _afterwards(manifest: dict[str, object]) -> None:
    """Bring everything derived up to date: later migrations, kept pages, the index. Everybody signs in again."""
    call_command("migrate", verbosity=0)
    end_the_moment()
    Stamp.objects.put()
    if manifest["database"] == databases.PORTABLE:
        call_command("rebuild_index", verbosity=0)
    refresh_statistics()
