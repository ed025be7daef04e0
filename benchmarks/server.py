"""Benchmark server: the site as it runs in production, for as long as a measurement takes."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.urls import CONSTANT


@dataclass(frozen=True)
class Answer:
    """One response: seconds until the first byte and until the last, and the page itself."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    first: float
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """A running site. Every request opens a connection of its own."""

    port: int
    process: "subprocess.Popen[bytes]"
    cookies: dict[str, str] = field(default_factory=dict)
    """The session of each person who is signed in, by username; "" is a visitor."""

    def get(self, path: str, who: str = "", *, most: int = 0, **headers: str) -> Answer:
        """``most`` stops reading after so many bytes."""
        return self._ask("GET", path, who, None, headers, most)

    def post(self, path: str, who: str, values: "list[tuple[str, str]]") -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{self.port}/"}
        return self._ask("POST", path, who, urlencode(values).encode(), headers, 0)

    def _ask(
        self, method: str, path: str, who: str, body: bytes | None, headers: Mapping[str, str], most: int
    ) -> Answer:
        sent = dict(headers)
        if cookie := self.cookies.get(who, ""):
            sent["Cookie"] = cookie
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            start = response.read(1)
            first = time.perf_counter() - begun
            rest = response.read(most) if most else response.read()
            seconds = time.perf_counter() - begun
        finally:
            connection.close()
        return Answer(response.status, dict(response.getheaders()), start + rest, first, seconds)

    def memory(self) -> float:
        """Memory that the largest worker holds now, in MiB."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return max(_resident(int(child)) for child in children)


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def serving(workers: int = 1) -> Iterator[Server]:
    """A gunicorn as README.md starts it, on the database that DATABASE_URL names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "benchmarks.wsgi", "--bind", f"127.0.0.1:{port}",
               "--workers", str(workers), "--threads", "4", "--timeout", "600",
               "--log-level", "error", "--no-control-socket"]  # fmt: skip
    settings = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "MALLOC_ARENA_MAX": "1"}
    with subprocess.Popen(command, env={**os.environ, **settings}) as process:
        try:
            server = Server(port, process)
            _wait_for(server)
            yield server
        finally:
            process.terminate()


def _wait_for(server: Server) -> None:
    for _attempt in range(300):
        try:
            if server.get(CONSTANT).status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")
