"""Several processes doing the same thing at the same moment, as several people would."""

import json
import os
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings

from tests import lazy_upkeep
from tests.databases import url_of_test_database
from tests.forking import Answer
from tests.missing import ROOT


def together(code: str, *, processes: int = 4, timeout: int = 60) -> list[str]:
    """Run the code in several processes that start it at one moment; what each of them printed.

    The code sees Django set up on the test database and ``NUMBER``, counting from 0. The test needs
    ``transactional_db``, or the other processes do not see its records. A process that fails, fails the test.
    """
    asked = {"code": textwrap.dedent(code), "processes": processes, "media": str(settings.MEDIA_ROOT)}
    for status, _, errors in (answers := _ask(json.dumps(asked), timeout)):
        assert status == 0, f"a process failed:\n{errors}"
    return [said.strip() for _, said, _ in answers]


@contextmanager
def running(code: str) -> Iterator[subprocess.Popen[str]]:
    """One process beside this one, for as long as it is needed; it sets Django up itself."""
    process = _started("-c", code)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)


def _ask(question: str, timeout: int) -> list[Answer]:
    lazy_upkeep.catch_up()
    process = _forker(frozenset(_environment().items()))
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{question}\n")
    process.stdin.flush()
    in_time, _, _ = select.select([process.stdout], [], [], timeout)
    answer = process.stdout.readline() if in_time else ""
    if not answer:
        _forker.cache_clear()
        os.killpg(process.pid, signal.SIGKILL)  # with its forks
        _, errors = process.communicate(timeout=10)
        raise AssertionError(f"the processes did not end within {timeout} s:\n{errors}")
    return [tuple(one) for one in json.loads(answer)]


@lru_cache(maxsize=1)
def _forker(_environment: frozenset[tuple[str, str]]) -> subprocess.Popen[str]:
    """The process that forks; another one where the environment is another, which was read as it started."""
    return _started("-m", "tests.forking", start_new_session=True)


def _environment() -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
        "DATABASE_URL": url_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "engagement.settings",
        "PYTHONPATH": str(ROOT),
    }


def _started(*arguments: str, start_new_session: bool = False) -> subprocess.Popen[str]:
    lazy_upkeep.catch_up()
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**_environment(), "MEDIA_ROOT": str(settings.MEDIA_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=start_new_session,
    )
