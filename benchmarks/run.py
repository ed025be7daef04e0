"""Benchmark runner: measures the jobs on the database that DATABASE_URL names, and prints JSON.

DEMO=1 DATABASE_URL=... python -m benchmarks.run [--rounds 15] [--load 200]
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from typing import Any

import django

CLIENTS = (1, 8)
SETTLES = 1.5
"""Seconds until the server has noticed that nobody reads on what it exports."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--load", type=int, default=200, help="requests for each measurement of load")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    json.dump(measure(given.rounds, given.load), sys.stdout)


def measure(rounds: int, load: int) -> dict[str, Any]:
    """One worker for times and memory, two for load: this machine's cores serve and ask at once."""
    from django.db import connection

    from benchmarks.jobs import MANAGER, SECRETARY, jobs
    from benchmarks.server import serving
    from engagement.followups.models import FollowUp

    connection.ensure_connection()
    version = ".".join(map(str, connection.get_database_version()))
    found: dict[str, Any] = {
        "database": connection.vendor,
        "version": version,
        "followups": FollowUp.objects.count(),
    }
    with serving() as server:
        server.cookies = {"": "", **{name: cookie_of(name) for name in (MANAGER, SECRETARY)}}
        work = jobs(server)
        found["memory_before"] = server.memory()
        found["jobs"] = in_rounds(server, work, rounds)
        found["memory"] = server.memory()
    with serving(workers=2) as server:
        server.cookies = {"": "", **{name: cookie_of(name) for name in (MANAGER, SECRETARY)}}
        for job in work:
            if job.name in ("J1", "J2 staff", "J2 visitor", "J3 two"):
                found["jobs"][job.name]["load"] = {
                    str(clients): requests_a_second(lambda job=job: job.ask(server), clients, load)
                    for clients in CLIENTS
                }
    return found


def cookie_of(username: str) -> str:
    """A session of this person, for the server to find, and a secret for the forms they send."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.utils.crypto import get_random_string

    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    session, secret = client.cookies[settings.SESSION_COOKIE_NAME].value, get_random_string(32)
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={secret}"


def in_rounds(server: Any, work: list[Any], rounds: int) -> dict[str, Any]:
    """Every round does every job once, each beside the page that does nothing: all meet the same noise."""
    from benchmarks.queries import ANEW, ASK, TOLD
    from benchmarks.urls import CONSTANT

    found: dict[str, Any] = {}
    for job in work:
        checked(job, job.ask(server))
        asked = {ASK: "1"} | ({ANEW: "1"} if job.anew else {})
        told = server.get(job.path, job.who, **asked) if job.target or job.anew else None
        size = len(job.ask(server).body)
        found[job.name] = {"says": job.says, "path": job.path, "target": job.target, "growth": job.growth,
                           "queries": int(told.headers[TOLD]) if told else None, "bytes": size}  # fmt: skip
    times: dict[str, list[float]] = {job.name: [] for job in work}
    units: list[float] = []
    for _round in range(rounds):
        for job in work:
            units.append(server.get(CONSTANT).seconds)
            answer = checked(job, job.ask(server))
            times[job.name].append(answer.first if job.name == "J6" else answer.seconds)
            if job.name == "J6":
                time.sleep(SETTLES)
    unit = median(units)
    for name, taken in times.items():
        low, middle, high = quantiles([one / unit for one in taken], n=4)
        found[name] |= {"times": round(middle, 1), "from": round(low, 1), "to": round(high, 1)}
    found["nothing"] = {"says": "the page that does nothing", "milliseconds": round(unit * 1000, 2)}
    return found


def checked(job: Any, answer: Any) -> Any:
    if wrong := job.wrong(answer):
        raise SystemExit(f"{job.name} {job.path}: {wrong}")
    return answer


def requests_a_second(ask: Callable[[], Any], clients: int, number: int) -> float:
    """With so many asking at once, each starting again as soon as it is answered."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for answer in pool.map(lambda _number: ask(), range(number)):
            assert answer.status == 200
    return round(number / (time.perf_counter() - begun), 1)


if __name__ == "__main__":
    main()
