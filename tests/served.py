"""The site as it is deployed, in a Gunicorn of its own, for as long as a test takes."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests import lazy_upkeep
from tests.missing import ROOT


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str
    seconds: float


@dataclass
class Served:
    """A running site, and the cookies of one person."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, values: Mapping[str, str]) -> Answer:
        token = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode({**token, **values}).encode(), headers)

    def sign_in(self, name: str, password: str) -> None:
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", {"username": name, "password": password})
        assert answer.status == 302, answer.text

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {**headers, **({"Cookie": cookies} if cookies else {})})
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for told in response.headers.get_all("Set-Cookie") or []:
            if found := re.match(r"([^=]+)=([^;]*)", told):
                self.cookies[found[1]] = found[2].strip('"')
        return Answer(response.status, dict(response.getheaders()), text, time.monotonic() - begun)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def served(url: str, *, workers: int = 1, **environment: str) -> Iterator[Served]:
    """A Gunicorn as README.md starts it, on the database of this address."""
    lazy_upkeep.catch_up()
    site = Served(free_port())
    command = [sys.executable, "-m", "gunicorn", "engagement.wsgi", "--bind", f"127.0.0.1:{site.port}",
               "--workers", str(workers), "--threads", "4", "--log-level", "error", "--no-control-socket"]  # fmt: skip
    given = {"DJANGO_SETTINGS_MODULE": "tests.served_settings", "DATABASE_URL": url, "LOG_LEVEL": "CRITICAL"}
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **given, **environment}) as process:
        try:
            _wait_for(site)
            yield site
        finally:
            process.terminate()


def _wait_for(site: Served) -> None:
    for _attempt in range(300):
        try:
            if site.get("/healthz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("the site did not start")
