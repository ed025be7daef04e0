"""What PostgreSQL read to answer: every statement of a call, explained with the rows it really went through."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

Statement = tuple[str, Any]
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "


@dataclass(frozen=True)
class Step:
    """One step of a plan: how many rows it read, or sorted, over all its repetitions."""

    kind: str
    table: str
    index: str
    rows: int
    blocks: int
    """Blocks of 8 kB that it and the steps below it went through."""

    @property
    def is_sort(self) -> bool:
        return self.kind in ("Sort", "Incremental Sort")

    def __str__(self) -> str:
        over = f" of {self.table}" if self.table else ""
        return f"{self.kind}{over}{f' by {self.index}' if self.index else ''}: {self.rows:,} rows, {self.blocks:,} blocks"


@dataclass
class Plans:
    """Explains statements, each only once, however often it is asked."""

    steps: dict[str, list[Step]] = field(default_factory=dict)

    def of(self, call: Callable[[], object]) -> dict[str, list[Step]]:
        """The steps of each statement that this call is the first to run."""
        asked: list[Statement] = []

        def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(keep):
            call()
        return {key: steps for sql, params in asked if (key := self._key(sql, params)) and (steps := self._explain(key, sql, params))}

    def _key(self, sql: str, params: Any) -> str:
        key = f"{sql} {params}"
        return key if key not in self.steps and sql.lstrip("( ").startswith(("SELECT", "WITH")) else ""

    def _explain(self, key: str, sql: str, params: Any) -> list[Step]:
        with connection.cursor() as cursor:
            cursor.execute(EXPLAIN + sql, params)
            found = cursor.fetchone()[0]
        plan = json.loads(found) if isinstance(found, str) else found
        self.steps[key] = list(_steps(plan[0]["Plan"]))
        return self.steps[key]


def _steps(node: dict[str, Any]) -> Iterator[Step]:
    below = node.get("Plans", [])
    own = node["Actual Rows"] + sum(node.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Index Recheck"))
    rows = sum(_rows(one) for one in below) if "Sort Key" in node else own * node["Actual Loops"]
    blocks = node.get("Shared Hit Blocks", 0) + node.get("Shared Read Blocks", 0)
    yield Step(node["Node Type"], node.get("Relation Name", ""), node.get("Index Name", ""), round(rows), blocks)
    for one in below:
        yield from _steps(one)


def _rows(node: dict[str, Any]) -> float:
    return float(node["Actual Rows"] * node["Actual Loops"])
