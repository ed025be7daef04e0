"""Several processes doing the same thing at the same moment, as several people would."""

import os
import subprocess
import sys
import textwrap

from tests.databases import url_of_test_database
from tests.missing import ROOT

START = "import sys, django\ndjango.setup()\nprint('ready', flush=True)\nNUMBER = int(sys.stdin.readline())\n"


def together(code: str, *, processes: int = 4, timeout: int = 60) -> list[str]:
    """Run the code in several processes that start it at one moment; what each of them printed.

    The code sees Django set up on the test database and ``NUMBER``, counting from 0. The test needs
    ``transactional_db``, or the other processes do not see its records. A process that fails, fails the test.
    """
    script = START + textwrap.dedent(code)
    environment = {
        **os.environ,
        "DATABASE_URL": url_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "engagement.settings",
        "PYTHONPATH": str(ROOT),
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    try:
        return _finish(running, timeout)
    finally:
        for process in running:
            process.kill()


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
