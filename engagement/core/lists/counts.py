"""Bounded counts in one statement: they cost the same in a small register and a large one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL

from engagement.core.queries import batched
from engagement.core.query_cache import KeptAnswers
from engagement.core.types import FieldValue, Label, Rows

MOST = 10_000
"""Counts are exact up to here; beyond, they are said to be more."""

AT_ONCE = 300  # SQLite takes at most 500 parts of a union
COUNTED = "'' AS choice, '' AS called, COUNT(*) AS number, 0 AS ident"

Statement = tuple[str, tuple[FieldValue, ...]]
Written = TypeVar("Written")


def count_text(count: int) -> str:
    return f"{MOST:,}+" if count > MOST else f"{count:,}"


@dataclass(frozen=True)
class Figure:
    """A number and what it is called; where a list has just these rows, its address."""

    label: Label
    number: int
    url: str = ""
    tone: str = ""

    @property
    def number_text(self) -> str:
        return count_text(self.number)


@dataclass(frozen=True)
class Group:
    """The number of rows with a value: the value as the address has it, its label, and its record's key."""

    value: str
    called: str
    number: int
    key: int


@dataclass
class Groups:
    """The values with most rows, the wanted ones among them, and how many values there are in all."""

    shown: list[Group] = field(default_factory=list)
    in_all: int = 0

    @property
    def number(self) -> int:
        """The number of a single count."""
        return self.shown[0].number if self.shown else 0

    @property
    def keys(self) -> list[int]:
        """The keys of the rows that came first, in their order."""
        return [group.key for group in sorted(self.shown, key=lambda group: group.number)]


class _AnyOf(Func):
    """Whether a value is one of the keys. Looked up key by key: in many joins PostgreSQL does not see that they are
    few, and reads the whole tables first."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, value: F, *, table: str) -> None:
        super().__init__(value, template=f"%(expressions)s = ANY(ARRAY(SELECT * FROM {table}))")


@dataclass(frozen=True)
class Keys:
    """The keys of some rows, looked up once in a statement."""

    table: str

    def narrow(self, rows: Rows, path: str) -> Rows:
        """The rows whose value there is one of the keys."""
        if connection.vendor == "postgresql":
            return rows.filter(_AnyOf(F(path), table=self.table))
        return rows.filter(**{f"{path}__in": RawSQL(f"SELECT * FROM {self.table}", ())})


class CountBatch:
    """Collects queries to count, and counts them in one statement.

    PostgreSQL and SQLite differ in what they let stand in a union, hence a few lines of SQL around what the ORM writes.
    """

    def __init__(self, *, is_kept: bool = False) -> None:
        """One that is kept is sent again and again: the server plans it once."""
        self.is_kept = is_kept
        self._sets: list[Statement] = []
        self._parts: list[Statement] = []
        self._names: list[str] = []
        self._counted: dict[Statement, str] = {}
        self._same: dict[str, str] = {}

    def some_of(self, name: str, rows: Rows, most: int) -> "Keys | None":
        """Count these rows and give their keys, of one more than ``most``; None where there are none."""
        statement = _compiled(rows.order_by().values("pk")[: most + 1])
        if statement is None:
            return None
        table = f"some_{len(self._sets)}"
        self._sets.append(statement)
        self._add(name, f"SELECT {COUNTED} FROM {table}", (), limit="")
        return Keys(table)

    def count(self, name: str, rows: Rows) -> None:
        """How many rows, exact up to the most; of rows that are already cut, how many have a ``hit``."""
        column = "COUNT(*)"
        if rows.query.is_sliced:
            column = "COUNT(hit)"
        else:
            rows = rows.order_by().values("pk")[: MOST + 1]
        statement = _compiled(rows)
        if statement is None:
            return
        if statement in self._counted:  # the same rows are counted once
            self._same[name] = self._counted[statement]
            return
        self._counted[statement] = name
        counted = COUNTED.replace("COUNT(*)", column)
        self._add(name, f"SELECT {counted} FROM ({statement[0]}) c", statement[1], limit="")

    def first(self, name: str, rows: Rows, most: int) -> None:
        """The keys of the first rows, in the order that these have."""
        statement = _compiled(rows.values("pk")[:most])
        if statement is not None:
            numbered = "SELECT '' AS choice, '' AS called, ROW_NUMBER() OVER () AS number, pk AS ident"
            self._add(name, f"{numbered} FROM ({statement[0]}) c", statement[1], limit=" ORDER BY number")

    def groups(self, name: str, grouped: Rows, *, most: int, wanted: Collection[str] = ()) -> None:
        """The largest groups of a query that gives ``choice``, ``called``, ``place``, ``number`` and ``ident``, and the
        wanted."""
        statement = _compiled(grouped)
        if statement is None:
            return
        marks = ", ".join(["%s"] * len(wanted))
        first = f"CASE WHEN choice IN ({marks}) THEN 0 ELSE 1 END, " if wanted else ""
        limit = f" ORDER BY {first}number DESC, place, choice LIMIT {most + len(wanted)}"
        self._add(name, statement[0], (*statement[1], *wanted), limit=limit)

    def _add(self, name: str, sql: str, params: tuple[FieldValue, ...], *, limit: str) -> None:
        number = len(self._names)
        self._names.append(name)
        columns = f"{number} AS part, choice, called, number, ident, COUNT(*) OVER () AS in_all"
        self._parts.append((f"SELECT * FROM (SELECT {columns} FROM ({sql}) g{limit}) p{number}", params))

    def answered(self, kept: KeptAnswers) -> "defaultdict[str, Groups]":
        """The same as of ``run``, or as it was answered before."""
        return kept.answer(self._question, self.run)

    @cached_property
    def _question(self) -> str:
        return repr((self._sets, self._parts))

    def run(self) -> "defaultdict[str, Groups]":
        """The counts by the names they were asked under; an empty query counts none without asking the database."""
        found: defaultdict[str, Groups] = defaultdict(Groups)
        for statement in self._statements:
            for part, value, called, number, key, in_all in self._fetched(*statement):
                groups = found[self._names[part]]
                groups.shown.append(Group(str(value), str(called), number, key or 0))
                groups.in_all = in_all
        for name, other in self._same.items():
            found[name] = found[other]
        return found

    @cached_property
    def _statements(self) -> list[tuple[str, tuple[FieldValue, ...] | None]]:
        """As they are sent: to PostgreSQL with the values in their places, as finding all of these takes the driver
        longer than most questions take the database."""
        backend: Any = connection.ops
        sets = ", ".join(f"some_{number} AS ({sql})" for number, (sql, _params) in enumerate(self._sets))
        written: list[tuple[str, tuple[FieldValue, ...] | None]] = []
        for parts in batched(self._parts, AT_ONCE):
            union = " UNION ALL ".join(sql for sql, _params in parts)
            sql = f"WITH {sets} {union}" if sets else union
            params = tuple(value for _sql, values in (*self._sets, *parts) for value in values)
            if connection.vendor == "postgresql":
                written.append((backend.compose_sql(sql, params), None))
            else:
                written.append((sql, params))
        return written

    def _fetched(self, sql: str, params: tuple[FieldValue, ...] | None) -> list[tuple[FieldValue, ...]]:
        backend: Any = connection
        is_planned_once = self.is_kept and params is None
        with backend.planning_once() if is_planned_once else connection.cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchall())


MOST_KEPT = 500
_written: dict[Hashable, object] = {}


def written_once(key: Hashable, write: Callable[[], Written]) -> Written:
    """Memoization of a statement: to write many questions in SQL takes longer than to ask them. In the key stands all
    that they depend on: as a rule whoever asks, and the day."""
    if key not in _written:
        if len(_written) >= MOST_KEPT:
            _written.clear()
        _written[key] = write()
    return cast(Written, _written[key])


def count_all(rows: "Mapping[str, Rows]", kept: KeptAnswers | None = None) -> dict[str, int]:
    """How many rows of each, exact up to the most; in one query, or as it was answered before."""
    batch = CountBatch()
    for name, some in rows.items():
        batch.count(name, some)
    found = batch.answered(kept) if kept else batch.run()
    return {name: found[name].number for name in rows}


def _compiled(rows: Rows) -> Statement | None:
    try:
        sql, params = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(params)
