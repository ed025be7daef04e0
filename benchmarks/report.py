"""Report of the benchmarks: the measurements as tables for benchmarks/RESULTS.md."""

import datetime as dt
import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

Found = Mapping[str, Any]
LIBRARIES = ("Django", "django-filter", "psycopg", "gunicorn")


def tables(found: "list[Found]", loaded: "Sequence[Found]" = ()) -> str:
    """One table for each database, sizes side by side, and the memory of a worker; one of what was just ``loaded``."""
    by_database: dict[str, list[Found]] = {}
    for one in found:
        by_database.setdefault(one["database"], []).append(one)
    parts = [_head(), *(_table(runs) for runs in by_database.values())]
    if loaded:
        parts.append(_as_loaded([one for one in found if one["database"] == "postgresql"], loaded))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head() -> Iterator[str]:
    yield f"## {dt.date.today().isoformat()}"
    yield ""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield f"{_processor()}, {os.cpu_count()} cores; {platform.system()} {platform.release()};"
    yield f"Python {platform.python_version()}, {libraries}."


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _table(runs: "list[Found]") -> Iterator[str]:
    runs = sorted(runs, key=lambda one: one["followups"])
    yield f"### {'PostgreSQL' if runs[0]['database'] == 'postgresql' else 'SQLite'} {runs[0]['version']}"
    yield ""
    sizes = [f"{one['followups']:,}" for one in runs]
    yield _row(["job", *sizes, "growth", "target", "queries", "kB", "a second, 1 and 8 clients"])
    yield _row(["---", *["--:"] * (len(sizes) + 5)])
    for name, last in runs[-1]["jobs"].items():
        if name == "nothing":
            continue
        each = [_times(one["jobs"].get(name)) for one in runs]
        first = runs[0]["jobs"][name]
        growth = f"{last['times'] / first['times']:.2f}" if len(runs) > 1 else ""
        load = " · ".join(f"{number:g}" for number in last.get("load", {}).values())
        yield _row([f"{name}: {last['says']}", *each, growth, _target(last), last["queries"] or "",
                    f"{last['bytes'] / 1000:.0f}", load])  # fmt: skip
    yield ""
    nothing = ", ".join(f"{one['jobs']['nothing']['milliseconds']} ms" for one in runs)
    memory = ", ".join(f"{one['memory']:.0f} MiB" for one in runs)
    yield f"The page that does nothing took {nothing}. A worker held {memory} at the end."


def _as_loaded(runs: "Sequence[Found]", loaded: "Sequence[Found]") -> Iterator[str]:
    """Each size twice: before anything vacuumed it, and after."""
    after = {one["followups"]: one["jobs"] for one in runs}
    yield "### PostgreSQL straight after a load, before a vacuum, and after it"
    yield ""
    names = [f"{one['followups']:,} {when}" for one in loaded for when in ("loaded", "vacuumed")]
    yield _row(["job", *names])
    yield _row(["---", *["--:"] * len(names)])
    for name, job in loaded[-1]["jobs"].items():
        pairs = [(one["jobs"].get(name), after.get(one["followups"], {}).get(name)) for one in loaded]
        if name != "nothing":
            yield _row([f"{name}: {job['says']}", *(_times(state) for pair in pairs for state in pair)])


def _times(job: Any) -> str:
    return f"{job['times']:g} ({job['from']:g}–{job['to']:g})" if job else ""


def _target(job: Found) -> str:
    return f"{job['target']:g}, {job['growth']:g}" if job["target"] else f", {job['growth']:g}"


def _row(cells: Iterable[Any]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
