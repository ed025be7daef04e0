"""What PostgreSQL read to answer: every statement of a call, explained with the rows it really went through."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

EXPLAIN = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "


@dataclass(frozen=True)
class Step:
    """One step of a plan: how many rows it read from a table, or put in order, over all its repetitions."""

    kind: str
    table: str
    index: str
    rows: int

    @property
    def is_sort(self) -> bool:
        return self.kind in ("Sort", "Incremental Sort")

    def __str__(self) -> str:
        over = f" of {self.table}" if self.table else ""
        return f"{self.kind}{over}{f' by {self.index}' if self.index else ''}: {self.rows:,} rows"


@dataclass
class Plans:
    """Explains statements, each only once, however often it is asked."""

    seen: set[str] = field(default_factory=set)

    def of(self, call: Callable[[], object]) -> Iterator[tuple[str, list[Step]]]:
        """Each statement that this call is the first to run, with the steps by which it was answered."""
        asked: list[tuple[str, Any]] = []

        def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(keep):
            call()
        for sql, params in asked:
            key = f"{sql} {params}"
            if key not in self.seen and sql.lstrip("( ").startswith(("SELECT", "WITH")):
                self.seen.add(key)
                yield key, explained(sql, params)


def explained(sql: str, params: Any = None) -> list[Step]:
    """The steps of a statement, which is run for it."""
    with connection.cursor() as cursor:
        cursor.execute(EXPLAIN + sql, params)
        found = cursor.fetchone()[0]
    plan = json.loads(found) if isinstance(found, str) else found
    return list(_steps(plan[0]["Plan"]))


def _steps(node: dict[str, Any]) -> Iterator[Step]:
    below = node.get("Plans", [])
    refused = sum(node.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Index Recheck"))
    rows = (node["Actual Rows"] + refused) * node["Actual Loops"]
    if "Sort Key" in node:
        rows = sum(one["Actual Rows"] * one["Actual Loops"] for one in below)
    yield Step(node["Node Type"], node.get("Relation Name", ""), node.get("Index Name", ""), round(rows))
    for one in below:
        yield from _steps(one)


def large_tables(more_than: int) -> set[str]:
    """The tables with more rows than that, as the database last counted them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [more_than])
        return {name for (name,) in cursor.fetchall()}
