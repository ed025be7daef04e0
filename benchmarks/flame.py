"""Flame graph (profiling) of one page: J1, the manager's list of overdue follow-ups.

DEMO=1 DATABASE_URL=... python -m benchmarks.flame [--path /follow-ups/?...] [--seconds 20] > benchmarks/J1.svg

A thread looks, every two milliseconds, at what the page is doing. Time is as it passes: waiting for the database
counts. Each box is a function, as wide as its share, upon the one that called it; the title of a box says more.
"""

import argparse
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePath
from types import FrameType

import django

PAUSE = 0.002
WIDE, HIGH, LEAST = 1200, 17, 0.004
"""A box: the whole width, the height of one, and the smallest share that is drawn."""
OURS = "#7fb77e"
COLOURS = {
    "benchmarks": "#d9d9d9",
    "template": "#f2c14e",
    "/db/": "#6fa8dc",
    "psycopg": "#3d7ab8",
    "django": "#e8e0d0",
    "engagement": OURS,
    "meetings": OURS,
    "organizations": OURS,
}
STEPS = {"render", "_render", "render_annotated", "<listcomp>"}
"""What the template engine goes through for each tag within a tag; drawn once."""


@dataclass
class Box:
    """A function where it was called from: how often it was seen, and what it was calling."""

    times: int = 0
    above: dict[str, "Box"] = field(default_factory=dict)

    def add(self, names: list[str]) -> None:
        self.times += 1
        here = self
        for name in names:
            here = here.above.setdefault(name, Box())
            here.times += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--path", default="/follow-ups/?due=overdue&sort=-due")
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    sys.setswitchinterval(PAUSE / 4)
    seen = watched(given.path, given.seconds)
    sys.stdout.write("\n".join(drawn(seen, given.path)) + "\n")


def watched(path: str, seconds: float) -> Box:
    """Ask for the page again and again, and look what it does."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from benchmarks.jobs import MANAGER

    client, seen, worker = Client(HTTP_HOST="127.0.0.1"), Box(), threading.get_ident()
    client.force_login(get_user_model().objects.get(username=MANAGER))
    for _warm in range(5):
        assert client.get(path).status_code == 200
    until = time.monotonic() + seconds

    def look() -> None:
        while time.monotonic() < until:
            time.sleep(PAUSE)
            names = list(named(sys._current_frames()[worker]))[::-1]
            if "_get_response django/core/handlers/base" in names:
                seen.add(shortened(names[names.index("_get_response django/core/handlers/base") :]))

    thread = threading.Thread(target=look)
    thread.start()
    while time.monotonic() < until:
        client.get(path)
    thread.join()
    return seen


def shortened(names: list[str]) -> list[str]:
    """Without the steps of the template engine that follow one another."""
    found: list[str] = []
    for name in names:
        function, _space, module = name.partition(" ")
        if function in STEPS and module.startswith("django/template/"):
            name = "render django/template"
        if not found or name != found[-1]:
            found.append(name)
    return found


def named(frame: FrameType | None) -> Iterator[str]:
    """The functions that are running, the innermost first."""
    while frame is not None:
        parts = PurePath(frame.f_code.co_filename).with_suffix("").parts
        start = max((parts.index(one) + 1 for one in ("site-packages", "python3.11") if one in parts), default=-4)
        yield f"{frame.f_code.co_name} {'/'.join(parts[start:])}"
        frame = frame.f_back


def drawn(seen: Box, path: str) -> Iterator[str]:
    deep = _deep(seen, seen.times)
    high = (deep + 2) * HIGH
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" font-family="sans-serif"'
    yield ' font-size="11">'
    yield f'<rect width="{WIDE}" height="{high}" fill="#fff"/>'
    yield f'<text x="4" y="13">{escape(path)}: {seen.times:,} looks</text>'
    yield from _boxes(seen, seen.times, 0.0, high - HIGH)
    yield "</svg>"


def _deep(box: Box, whole: int) -> int:
    return max((1 + _deep(one, whole) for one in box.above.values() if one.times >= LEAST * whole), default=0)


def _boxes(box: Box, whole: int, left: float, top: int) -> Iterator[str]:
    for name, one in sorted(box.above.items(), key=lambda pair: -pair[1].times):
        wide = WIDE * one.times / whole
        if one.times >= LEAST * whole:
            colour = next((colour for part, colour in COLOURS.items() if part in name), "#eeeeee")
            text = name.split()[0][: int(wide / 6.2)]
            yield (
                f'<g><title>{escape(name)}: {100 * one.times / whole:.1f}%</title><rect x="{left:.1f}" y="{top}" '
                f'width="{wide:.1f}" height="{HIGH - 1}" fill="{colour}" stroke="#fff" stroke-width=".5"/>'
                f'<text x="{left + 2:.1f}" y="{top + 12}">{escape(text) if len(text) > 2 else ""}</text></g>'
            )
            yield from _boxes(one, whole, left, top - HIGH)
        left += wide


if __name__ == "__main__":
    main()
