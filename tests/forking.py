"""Prefork: a process that sets Django up once, then runs code in forks of itself that start at one moment.

It reads a request a line, as JSON, and answers with what each fork printed: see ``processes.py``.
"""

import json
import os
import sys
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import django
from django.test import override_settings
from django.urls import get_resolver

Answer = tuple[int, str, str]
"""Exit status, standard output, standard error."""


def serve() -> None:
    """Until nobody asks any more."""
    django.setup()
    assert get_resolver().url_patterns  # imports what a request would
    for line in sys.stdin:
        asked = json.loads(line)
        with override_settings(MEDIA_ROOT=asked["media"]):
            print(json.dumps(at_once(asked["code"], asked["processes"])), flush=True)


def at_once(code: str, processes: int) -> list[Answer]:
    (ready, tell), (go, hold) = os.pipe(), os.pipe()
    with TemporaryDirectory() as folder:
        files = [(Path(folder, f"{number}.out"), Path(folder, f"{number}.err")) for number in range(processes)]
        children = [_fork(code, number, tell, (go, hold), files[number]) for number in range(processes)]
        os.close(tell)
        told = b""
        while len(told) < processes and (more := os.read(ready, processes)):
            told += more
        for end in (hold, go, ready):  # the end of what they read lets them go
            os.close(end)
        statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        return [(status, out.read_text(), err.read_text()) for status, (out, err) in zip(statuses, files, strict=True)]


def _fork(code: str, number: int, tell: int, gate: tuple[int, int], files: tuple[Path, Path]) -> int:
    if child := os.fork():
        return child
    for path, stream in zip(files, (1, 2), strict=True):
        os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY), stream)
    os.close(gate[1])
    os.write(tell, b".")
    os.close(tell)
    os.read(gate[0], 1)
    _run(code, number)


def _run(code: str, number: int) -> NoReturn:
    status = 1
    try:
        exec(compile(code, "<raced>", "exec"), {"__name__": "__main__", "sys": sys, "NUMBER": number})
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve()
