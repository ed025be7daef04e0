"""A server of the site as it runs in production, for as long as a measurement takes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from benchmarks.urls import CONSTANT


@contextmanager
def serving(workers: int = 1) -> Iterator[str]:
    """The address of a gunicorn with sync workers on the database that DATABASE_URL names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "benchmarks.wsgi", "--bind", f"127.0.0.1:{port}",
               "--workers", str(workers), "--log-level", "error", "--no-control-socket"]  # fmt: skip
    with subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}) as server:
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_for(base)
            yield base
        finally:
            server.terminate()


def fetch(address: str, cookie: str = "") -> tuple[float, int]:
    """Seconds, and bytes of the body. Raises HTTPError for anything but a page."""
    begun = time.perf_counter()
    with urlopen(Request(address, headers={"Cookie": cookie} if cookie else {})) as response:
        size = len(response.read())
    return time.perf_counter() - begun, size


def _wait_for(base: str) -> None:
    for _attempt in range(200):
        try:
            fetch(base + CONSTANT)
        except HTTPError:
            raise
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")
