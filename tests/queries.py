"""Pages whose cost does not grow with the number of rows."""

import re
from collections import Counter
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import lazy_upkeep
from tests.thorough import ALL

FEW, MANY = 2, 200 if ALL else 30
"""Rows: more than a page of a list shows; with ALL=1 more than any page shows at once."""


def count_queries(call: Callable[[], object]) -> list[str]:
    """The SQL that a call runs."""
    lazy_upkeep.catch_up()
    with CaptureQueriesContext(connection) as captured:
        call()
    return [query["sql"] for query in captured.captured_queries]


def shape(sql: str) -> str:
    """The query without its values, so that a query per row shows as one query, so many times."""
    return re.sub(r"\b\d+\b|'[^']*'", "?", sql)


def assert_flat_queries(
    make: Callable[[int], object], call: Callable[[], object], *, ceiling: int, many: int = MANY
) -> None:
    """Fail unless the call costs the same with few rows as with many, and no more than the ceiling.

    ``make(n)`` adds n rows; ``call()`` is the page. It runs once uncounted, so that what Django remembers
    for the life of the process (content types, say) does not count.
    """
    make(FEW)
    call()
    few = count_queries(call)
    make(many - FEW)
    later = count_queries(call)
    if len(few) != len(later):
        more = Counter(map(shape, later)) - Counter(map(shape, few))
        shown = "\n".join(f"{times:4} x {sql[:300]}" for sql, times in more.most_common(8))
        told = f"{len(few)} queries with {FEW} rows, {len(later)} with {many}"
        raise AssertionError(f"{told}. More of:\n{shown}")
    if len(later) > ceiling:
        listed = "\n".join(sql[:300] for sql in later)
        raise AssertionError(f"{len(later)} queries, over the ceiling of {ceiling}:\n{listed}")
    assert later, "the call ran no query at all, so it proves nothing"
