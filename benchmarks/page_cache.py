"""Benchmark of the page cache under writes: visitors and the secretariat read, one save every ten seconds.

DEMO=1 DATABASE_URL=... python -m benchmarks.page_cache [--seconds 120] [--every 10] [--rate 5]

Readers ask at a steady rate; few pages are asked for often and most seldom (Zipf). Prints how many were kept, and what
a kept and a made page took, as multiples of the page that does nothing.
"""

import argparse
import itertools
import os
import random
import time
from statistics import mean, median
from typing import Any

import django

QUERIES_OF_KEPT = {"": 1, "manager": 3}
PAGES = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--every", type=float, default=10, help="seconds between two saves")
    parser.add_argument("--rate", type=float, default=5, help="requests a second")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    from benchmarks.run import cookie_of
    from benchmarks.server import serving

    with serving() as server:
        server.cookies = {"": "", "manager": cookie_of("manager")}
        for who, found in measure(server, given.seconds, given.every, given.rate).items():
            print(who or "visitor", told(found))


def addresses() -> dict[str, list[str]]:
    """The addresses that each kind of reader asks for, the most wanted first."""
    from engagement.core.models import Visibility
    from meetings.models import Meeting
    from organizations.models import Organization

    public = Meeting.objects.filter(effective_visibility=Visibility.PUBLIC)[:PAGES]
    inside = [*Meeting.objects.all()[: PAGES // 2], *Organization.objects.filter(merged_into=None)[: PAGES // 2]]
    found = {
        "": [meeting.get_absolute_url() for meeting in public],
        "manager": [one.get_absolute_url() for one in inside],
    }
    random.Random(1).shuffle(found["manager"])
    return found


def measure(server: Any, seconds: float, every: float, rate: float) -> dict[str, list[tuple[bool, float]]]:
    """Of each answer whether it was kept, and how long it took beside the page that does nothing."""
    from benchmarks.queries import ASK, TOLD
    from benchmarks.urls import CONSTANT

    rng, pages = random.Random(2), addresses()
    weights = {who: [1 / place for place in range(1, len(all_) + 1)] for who, all_ in pages.items()}
    found: dict[str, list[tuple[bool, float]]] = {who: [] for who in pages}
    begun = written = time.monotonic()
    for number, who in zip(itertools.count(), itertools.cycle(pages), strict=False):
        if (now := time.monotonic()) - begun > seconds:
            return found
        if now - written > every:
            written = now
            write(number)
        unit = server.get(CONSTANT).seconds
        (path,) = rng.choices(pages[who], weights[who])
        answer = server.get(path, who, **{ASK: "1"})
        assert answer.status == 200, path
        found[who].append((int(answer.headers[TOLD]) == QUERIES_OF_KEPT[who], answer.seconds / unit))
        time.sleep(max(0.0, begun + (number + 1) / rate - time.monotonic()))
    raise AssertionError("unreachable")


def write(number: int) -> None:
    """Somebody saves a meeting that hardly anybody reads."""
    from meetings.models import Meeting

    meeting = Meeting.objects.order_by("pk")[number % 50]
    meeting.purpose = f"Measured {number}."
    meeting.save()


def told(found: list[tuple[bool, float]]) -> str:
    kept, made = ([times for was_kept, times in found if was_kept is which] for which in (True, False))
    parts = [f"{len(kept)} of {len(found)} kept ({len(kept) / len(found):.0%})"]
    parts += [f"{name} {median(times):.1f}" for name, times in (("kept", kept), ("made", made)) if times]
    return ", ".join([*parts, f"all on average {mean(times for _kept, times in found):.1f}"])


if __name__ == "__main__":
    main()
