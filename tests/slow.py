"""What single tests cost in processor time: the ten slowest are named, and a slow one has its reason beside it.

``@pytest.mark.slow("why")`` gives the reason. Processor time, unlike the clock, is the same beside other work.
"""

import time
from collections.abc import Iterator

import pytest

LIMIT, TOO_MUCH = 5, 60
"""Seconds: above the first a test without a reason is named after the run, above the second it fails."""


def unexcused(seconds: float, reasons: tuple[str, ...]) -> str:
    """What is said of a test that took so long, if anything."""
    if seconds <= LIMIT or any(reasons):
        return ""
    return f"it took {seconds:.1f} seconds of processor time: make it faster, or give the reason by pytest.mark.slow"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    began = time.process_time()
    yield
    seconds = time.process_time() - began
    reasons = tuple(str(reason) for mark in item.iter_markers("slow") for reason in mark.args)
    complaint = unexcused(seconds, reasons)
    item.user_properties += [("seconds", round(seconds, 1)), ("complaint", complaint)]
    if complaint and seconds > TOO_MUCH:
        pytest.fail(complaint)


def tell_the_slowest(reporter: pytest.TerminalReporter, most: int = 10) -> None:
    """After the run: the slowest, and those that have no reason to be."""
    calls = [dict(report.user_properties) | {"of": report.nodeid} for report in reporter.stats.get("passed", [])]
    calls = sorted((one for one in calls if one.get("seconds")), key=lambda one: -one["seconds"])
    if not calls:
        return
    reporter.write_sep("-", "slowest, in seconds of processor time")
    for number, one in enumerate(calls):
        if number < most or one["complaint"]:
            reporter.write_line(f"{one['seconds']:6.1f} {one['of']}{'  (no reason given)' if one['complaint'] else ''}")
