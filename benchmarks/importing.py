"""Benchmark of imports: each stage as a multiple of reading the file once with the csv module, and memory.

DEMO=1 DATABASE_URL=... python -m benchmarks.importing FILE [--layout eu_commission]

FILE is a CSV file of meetings. The database should be an empty one of its own, migrated; MEDIA_ROOT is where the file
is kept. The file is looked at, taken, looked at again (everything is there by then) and taken back, in one process.
The unit is measured in the same run, before and after, and is the median. Multiples are of processor time, which a busy
machine changes less than the clock; the work of a database server is not in them, but in the seconds. Memory is the
highest so far of the whole process, Django included: what a stage adds is what it needed more than those before it.
"""

import argparse
import csv
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import django

ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--layout", default="eu_commission")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    measure(given.file, given.layout)


def read_alone(path: Path) -> int:
    """The rows of the file, read and forgotten."""
    with path.open(encoding="utf-8", errors="replace", newline="") as opened:
        return sum(1 for _row in csv.reader(opened))


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock, and of this process at work."""
    begun, at_work = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - at_work


def peak() -> float:
    """The most memory this process has held so far, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def take_in(path: Path, slug: str) -> Any:
    from django.core.files import File

    from engagement.imports.models import Import, Layout

    layout = Layout.objects.filter(slug=slug).first()
    if layout is None:
        raise SystemExit(f"There is no layout “{slug}”. Migrate the database first.")
    with path.open("rb") as opened:
        return Import.objects.take_in(File(opened), layout=layout, by=None, name=path.name)


def measure(path: Path, slug: str) -> None:
    from django.db import connection

    from engagement.imports import actions

    units = [timed(lambda: read_alone(path))[1] for _round in range(ROUNDS)]
    record, again = take_in(path, slug), take_in(path, slug)
    stages: dict[str, Callable[[], Any]] = {
        "looked at": lambda: actions.preview(record, by=None),
        "taken": lambda: actions.commit(record, by=None),
        "looked at again": lambda: actions.preview(again, by=None),
        "taken back": lambda: actions.undo(record, by=None),
    }
    begun = peak()
    found = [(name, *timed(work), peak()) for name, work in stages.items()]
    units += [timed(lambda: read_alone(path))[1] for _round in range(ROUNDS)]
    unit, counts = median(units), record.counts
    print(f"{counts['rows']:,} rows, {counts['meetings']:,} meetings, on {connection.vendor}")
    print(f"read with the csv module alone: {unit * 1000:.0f} ms; memory before: {begun:.0f} MB")
    for name, took, at_work, most in found:
        print(f"{name:18}{took:8.1f} s {at_work / unit:8.0f} times {most:8.0f} MB")


if __name__ == "__main__":
    main()
