"""HTML validity by the Nu checker, which runs as one small local server for a whole session."""

import http.client
import json
import socket
import subprocess
import time
from html.parser import HTMLParser
from pathlib import Path
from types import TracebackType

# Said of correct HTML that Django writes, and harmless: <input ... /> as in XHTML.
QUICKLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
"""For a server that lives a few minutes: without the second compiler, which takes longer than it saves."""

HARMLESS = ("Trailing slash on void elements has no effect",)


class NuChecker:
    """A running checker; ``with NuChecker(java, jar) as check: check(html)``."""

    def __init__(self, java: str, jar: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [
                *(java, *QUICKLY, "-Xmx256m", "-Xss8m", "-Dnu.validator.servlet.bind-address=127.0.0.1"),
                *("-cp", str(jar), "nu.validator.servlet.Main", str(self.port)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> "NuChecker":
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.2)
        self.process.kill()
        raise RuntimeError("the Nu HTML checker did not start")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()

    def problems(self, html: str) -> list[str]:
        """What is wrong with the page, each with its line and the text around it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "tests"}
        connection.request("POST", "/?out=json", body=html.encode(), headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"the Nu HTML checker answered {answer.status}: {body[:300]!r}")
        return [
            f"line {m.get('lastLine', '?')}: {m['message']}\n    {' '.join(m.get('extract', '').split())}"
            for m in json.loads(body)["messages"]
            if not m["message"].startswith(HARMLESS)
        ]

    def __call__(self, html: str | bytes) -> None:
        """Fail unless the page is valid HTML."""
        found = self.problems(html.decode() if isinstance(html, bytes) else html)
        assert not found, f"{len(found)} problems of HTML validity:\n" + "\n".join(found)


# Which attribute belongs to which type of input: https://html.spec.whatwg.org/multipage/input.html
TYPED = {"text", "search", "url", "tel", "email", "password"}
NUMBERS = {"date", "month", "week", "time", "datetime-local", "number", "range"}
WRITTEN = (TYPED | NUMBERS) - {"range"}
BELONGS = {
    **dict.fromkeys(("maxlength", "minlength", "size", "pattern"), TYPED),
    **dict.fromkeys(("min", "max", "step"), NUMBERS),
    "placeholder": TYPED | {"number"},
    "readonly": WRITTEN,
    "required": WRITTEN | {"checkbox", "radio", "file"},
    "list": (WRITTEN - {"password"}) | {"range", "color"},
    "checked": {"checkbox", "radio"},
    "multiple": {"email", "file"},
    "accept": {"file"},
}


class Inputs(HTMLParser):
    """The inputs of a page, and those of their attributes that mean nothing on an input of that type."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.kinds: list[str] = []
        self.misplaced: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "input":
            return
        given = dict(attrs)
        kind = (given.get("type") or "text").lower()
        self.kinds.append(kind)
        self.misplaced += [f"{n} on {kind} {given.get('name')}" for n in given if kind not in BELONGS.get(n, {kind})]
