"""Keyset pagination: rows from any place in an order, at the cost of the first page.

An order is read segment by segment. A segment has rows that an index holds in just this order, in either direction:
those that have a value, by it; those that have none, by key; those in one state, by key. So one plain index serves both
directions and both databases, and what has no value stands last without the database sorting for it.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BooleanField, F, Field, Func, Model, Q, Value, prefetch_related_objects
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import AND

from engagement.core.queries import read_in_chunks
from engagement.core.types import AnyField, FieldValue, Reader, Row, Rows

COMPARING = frozenset({"lt", "lte", "gt", "gte", "exact"})  # no database finds these of nothing
LONGEST = 2_000
"""No key is longer than that."""


class BadKey(ValueError):
    """The text of an address is no place in this order."""


@dataclass(frozen=True)
class Segment:
    """A segment of rows in an order: a condition, and the field they are ordered by before the key.

    Rows without a value are ordered by it nevertheless: then the index that has them serves. Rare rows are found by
    an index first and then put in order: in the order of keys, a database would go through all others to find them.
    """

    which: Q
    by: str = ""
    is_empty: bool = False
    is_rare: bool = False

    def ordered(self, rows: Rows, *, descending: bool) -> Rows:
        mark = "-" if descending else ""
        if self.is_rare:
            key = F("pk") + 0
            return rows.filter(self.which).order_by(key.desc() if descending else key.asc())
        return rows.filter(self.which).order_by(*(f"{mark}{name}" for name in (self.by, "pk") if name))


class KeysetOrder(Protocol):
    """An order that an index gives: for these rows and this reader."""

    @property
    def jump(self) -> str:
        """The kind of place that people can jump to: "day" (also a "moment", which has one), "text" or nothing."""

    def query(self, rows: Rows, *, descending: bool, user: Reader) -> "Keyset": ...


class Keyset(Protocol):
    """Rows in an order, taken from anywhere."""

    @property
    def order(self) -> KeysetOrder: ...
    @property
    def descending(self) -> bool: ...

    def take(self, number: int, *, after: "Key | None" = None, backwards: bool = False, skip: int = 0) -> list[Row]: ...
    def key(self, row: Row) -> "Key": ...
    def check(self, key: "Key") -> None: ...


@dataclass(frozen=True)
class ByField:
    """By a stored field; rows without a value last or, if said so, first in descending order."""

    path: str
    first_when_descending: bool = False
    jump: str = ""

    def field(self, model: type[Model]) -> AnyField:
        field = model._meta.get_field(self.path)
        assert isinstance(field, Field)
        return field

    def segments(self, model: type[Model], *, descending: bool) -> Sequence[Segment]:
        if not self.field(model).null:
            return [Segment(Q(), self.path)]
        known = Segment(Q(**{f"{self.path}__isnull": False}), self.path)
        found = [known, Segment(Q(**{self.path: None}), self.path, True)]
        return found[::-1] if descending and self.first_when_descending else found

    def value(self, row: Row) -> FieldValue:
        return getattr(row, self.path)

    def query(self, rows: Rows, *, descending: bool, user: Reader) -> "KeysetQuery":
        return KeysetQuery(rows, self, descending)

    def place(self, model: type[Model], value: FieldValue, *, descending: bool) -> tuple[int, FieldValue]:
        field = self.field(model)
        if value is None and not field.null:
            raise BadKey
        is_last = self.first_when_descending and descending
        return int((value is None) != is_last) if field.null else 0, stored(field, value)


@dataclass(frozen=True)
class ByChoice:
    """An order by a few choices; rows with another value come last."""

    path: str
    values: Callable[[], Sequence[str]]
    jump: str = ""

    def segments(self, model: type[Model], *, descending: bool) -> Sequence[Segment]:
        values = list(self.values())
        known = [Segment(Q(**{self.path: value})) for value in (values[::-1] if descending else values)]
        return [*known, Segment(self._another(sorted(values)), is_rare=True)]

    def _another(self, values: Sequence[str]) -> Q:
        """Any other value, said in a way that an index answers: before, between and after the known ones."""
        least, most = Q(**{f"{self.path}__lt": values[0]}), Q(**{f"{self.path}__gt": values[-1]})
        found = least | most
        for value, following in pairwise(values):
            found |= Q(**{f"{self.path}__gt": value, f"{self.path}__lt": following})
        return found & ~Q(**{f"{self.path}__in": values})

    def value(self, row: Row) -> FieldValue:
        return getattr(row, self.path)

    def query(self, rows: Rows, *, descending: bool, user: Reader) -> "KeysetQuery":
        return KeysetQuery(rows, self, descending)

    def place(self, model: type[Model], value: FieldValue, *, descending: bool) -> tuple[int, FieldValue]:
        values = list(self.values())[:: -1 if descending else 1]
        return values.index(value) if value in values else len(values), None


def stored(field: AnyField, value: FieldValue) -> FieldValue:
    """A value of a key as the field takes it. Raises ``BadKey`` for one that the field could never hold."""
    if value is None or isinstance(value, dt.date):
        return value
    try:
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise BadKey
        if isinstance(value, str):
            value.encode()
        python = field.to_python(value)
        if isinstance(python, dt.datetime):
            python = python.astimezone(dt.UTC)
    except (ValidationError, ValueError, TypeError, OverflowError) as error:
        raise BadKey from error
    if isinstance(python, str) and (not isinstance(value, str) or "\x00" in python):
        raise BadKey
    if python is None or not _fits(python):
        raise BadKey
    return python


def _fits(value: FieldValue) -> bool:
    return not isinstance(value, int) or abs(value) < 2**31


class RowValues(Func):
    """Whether a row stands after (or before) a place: two values at once, which an index over both answers."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, by: str, field: AnyField, value: FieldValue, pk: int, sign: str) -> None:
        self.sign = sign
        super().__init__(F(by), F("pk"), Value(value, field), Value(pk, BigIntegerField()))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:  # type: ignore[override]
        parts = [compiler.compile(one) for one in self.source_expressions]
        by, key, value, pk = (sql for sql, _params in parts)
        return f"({by}, {key}) {self.sign} ({value}, {pk})", [one for _sql, params in parts for one in params]


def is_key(value: FieldValue) -> bool:
    """Whether it could be the key of a row."""
    return type(value) is int and abs(value) < 2**63


@dataclass(frozen=True)
class Key:
    """A place in an order: the value that rows there are ordered by, and a key. It need not be that of any row."""

    value: FieldValue
    pk: int

    def __str__(self) -> str:
        return json.dumps([self.plain, self.pk], ensure_ascii=False, separators=(",", ":"))

    @property
    def plain(self) -> FieldValue:
        """The value as it stands in an address."""
        value = self.value.astimezone(dt.UTC) if isinstance(self.value, dt.datetime) else self.value
        return value.isoformat() if isinstance(value, dt.date) else value

    @classmethod
    def read(cls, text: str) -> "Key":
        """From an address. Raises ``BadKey``."""
        try:
            value, pk = json.loads(text if len(text) <= LONGEST else "")
        except (ValueError, TypeError, RecursionError) as error:
            raise BadKey from error
        if not is_key(pk):
            raise BadKey
        return cls(value, pk)


@dataclass(frozen=True)
class KeysetQuery:
    """Rows in an order that an index gives."""

    rows: Any
    order: "ByField | ByChoice"
    descending: bool

    @property
    def model(self) -> type[Model]:
        model: type[Model] = self.rows.model
        return model

    def key(self, row: Row) -> Key:
        return Key(self.order.value(row), row.pk)

    def check(self, key: Key) -> None:
        """Raises ``BadKey``."""
        self.order.place(self.model, key.value, descending=self.descending)

    def take(self, number: int, *, after: Key | None = None, backwards: bool = False, skip: int = 0) -> list[Row]:
        """The next rows after a place, or those before it, the nearest last; ``skip`` some from the beginning."""
        found: list[Row] = []
        beside = self.rows._prefetch_related_lookups
        for rows in self._segments(after, backwards):
            wanted = number - len(found)
            taken = list(rows[skip : skip + wanted])
            found += taken
            if len(found) == number:
                break
            skip = 0 if taken or not skip else skip - rows[:skip].count()
        prefetch_related_objects(found, *beside)
        return found[::-1] if backwards else found

    def each(self, at_a_time: int) -> Iterator[Row]:
        """Every row, read as they are needed."""
        beside = self.rows._prefetch_related_lookups
        for rows in self._segments(None, False):
            yield from read_in_chunks(rows.prefetch_related(*beside), at_a_time)

    def _segments(self, after: Key | None, backwards: bool) -> Iterator[Rows]:
        segments = self.order.segments(self.model, descending=self.descending)
        descending = self.descending != backwards
        start, value = (
            (0, None) if after is None else self.order.place(self.model, after.value, descending=self.descending)
        )
        places = range(len(segments))
        for place in reversed(places) if backwards else places:
            if after is not None and (place > start if backwards else place < start):
                continue
            if segments[place].is_empty and self._has_value(segments[place].by):
                continue
            rows = segments[place].ordered(self.rows.prefetch_related(None), descending=descending)
            yield self._beyond(rows, segments[place], value, after.pk, descending) if after and place == start else rows

    def _has_value(self, path: str) -> bool:
        """Whether the question itself leaves no row without a value, such as "due before today"."""
        query = self.rows.query
        compared = [one.lhs for one in query.where.children if getattr(one, "lookup_name", "") in COMPARING]
        own = {one.target.name for one in compared if isinstance(one, Col) and one.alias == query.base_table}
        return path in own and query.where.connector == AND and not query.where.negated

    def _beyond(self, rows: Rows, segment: Segment, value: FieldValue, pk: int, descending: bool) -> Rows:
        sign = "<" if descending else ">"
        if not segment.by or segment.is_empty:
            return rows.filter(**{f"pk__{'lt' if descending else 'gt'}": pk})
        assert isinstance(self.order, ByField)
        return rows.filter(RowValues(segment.by, self.order.field(self.model), value, pk, sign))
