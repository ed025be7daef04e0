"""Several processes doing the same thing at the same moment, as several people would."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from tests.databases import url_of_test_database
from tests.missing import ROOT

START = "import sys, django\ndjango.setup()\nprint('ready', flush=True)\nNUMBER = int(sys.stdin.readline())\n"


def together(code: str, *, processes: int = 4, timeout: int = 60) -> list[str]:
    """Run the code in several processes that start it at one moment; what each of them printed.

    The code sees Django set up on the test database and ``NUMBER``, counting from 0. The test needs
    ``transactional_db``, or the other processes do not see its records. A process that fails, fails the test.
    """
    running = [_started(START + textwrap.dedent(code)) for _ in range(processes)]
    try:
        return _finish(running, timeout)
    finally:
        for process in running:
            process.kill()


@contextmanager
def running(code: str) -> Iterator[subprocess.Popen[str]]:
    """One process beside this one, for as long as it is needed; it sets Django up itself."""
    process = _started(code)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)


def _started(script: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DATABASE_URL": url_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "engagement.settings",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finish(running: list[subprocess.Popen[str]], timeout: int) -> list[str]:
    """Wait until every process is ready, let all go, and collect what they say."""
    for process in running:
        assert process.stdout
        if process.stdout.readline() != "ready\n":
            raise AssertionError(f"a process did not start:\n{process.communicate(timeout=timeout)[1]}")
    for number, process in enumerate(running):
        assert process.stdin
        process.stdin.write(f"{number}\n")
        process.stdin.flush()
    answers = []
    for process in running:
        out, err = process.communicate(timeout=timeout)
        assert process.returncode == 0, f"a process failed:\n{err}"
        answers.append(out.strip())
    return answers
