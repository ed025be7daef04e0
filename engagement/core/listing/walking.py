"""Rows taken a page at a time from anywhere in an order, at the cost of the first page.

An order is walked stretch by stretch. A stretch has rows that an index holds in just this order, in either direction:
those that have a value, by it; those that have none, by key; those in one state, by key. So one plain index serves both
directions and both databases, and what has no value stands last without the database sorting for it.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import (
    BigIntegerField,
    BooleanField,
    F,
    Field,
    Func,
    Model,
    Q,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.db.models.expressions import Col
from django.db.models.sql.where import AND

from engagement.core.queries import read_in_chunks

Rows = QuerySet[Any]
COMPARING = frozenset({"lt", "lte", "gt", "gte", "exact"})  # no database finds these of nothing
LONGEST = 2_000
"""No key is longer than that."""


class BadKey(ValueError):
    """What stands in an address is no place in this order."""


@dataclass(frozen=True)
class Stretch:
    """Rows that stand together in an order: which, and by what field they are ordered before the key.

    Rows without a value are ordered by it nevertheless: then the index that has them serves. Rare rows are found by
    an index first and then put in order: in the order of keys, a database would go through all others to find them.
    """

    which: Q
    by: str = ""
    is_empty: bool = False
    is_rare: bool = False

    def ordered(self, rows: Rows, *, falls: bool) -> Rows:
        mark = "-" if falls else ""
        if self.is_rare:
            key = F("pk") + 0
            return rows.filter(self.which).order_by(key.desc() if falls else key.asc())
        return rows.filter(self.which).order_by(*(f"{mark}{name}" for name in (self.by, "pk") if name))


class Walked(Protocol):
    """An order that can be walked: for these rows and this reader."""

    @property
    def jump(self) -> str:
        """What people can jump to: "day" (also a "moment", which has one), "text" or nothing."""

    def walk(self, rows: Rows, *, falls: bool, user: Any) -> "Walking": ...


class Walking(Protocol):
    """Rows in an order, taken from anywhere."""

    @property
    def order(self) -> Walked: ...
    @property
    def falls(self) -> bool: ...

    def take(self, number: int, *, after: "Key | None" = None, backwards: bool = False, skip: int = 0) -> list[Any]: ...
    def key(self, row: Any) -> "Key": ...
    def check(self, key: "Key") -> None: ...


@dataclass(frozen=True)
class ByField:
    """By a stored field; rows without a value last or, if said so, first in falling order."""

    path: str
    first_when_falling: bool = False
    jump: str = ""

    def field(self, model: type[Model]) -> "Field[Any, Any]":
        field = model._meta.get_field(self.path)
        if not isinstance(field, Field):
            raise FieldDoesNotExist(self.path)
        return field

    def stretches(self, model: type[Model], *, falls: bool) -> Sequence[Stretch]:
        if not self.field(model).null:
            return [Stretch(Q(), self.path)]
        known = Stretch(Q(**{f"{self.path}__isnull": False}), self.path)
        found = [known, Stretch(Q(**{self.path: None}), self.path, True)]
        return found[::-1] if falls and self.first_when_falling else found

    def value(self, row: Any) -> Any:
        return getattr(row, self.path)

    def walk(self, rows: Rows, *, falls: bool, user: Any) -> "Walk":
        return Walk(rows, self, falls)

    def place(self, model: type[Model], value: Any, *, falls: bool) -> tuple[int, Any]:
        field = self.field(model)
        if value is None and not field.null:
            raise BadKey
        is_last = self.first_when_falling and falls
        return int((value is None) != is_last) if field.null else 0, stored(field, value)


@dataclass(frozen=True)
class ByChoice:
    """By one of a few choices, in an order of theirs; what has another value stands last."""

    path: str
    values: Callable[[], Sequence[str]]
    jump: str = ""

    def stretches(self, model: type[Model], *, falls: bool) -> Sequence[Stretch]:
        values = list(self.values())
        known = [Stretch(Q(**{self.path: value})) for value in (values[::-1] if falls else values)]
        return [*known, Stretch(self._another(sorted(values)), is_rare=True)]

    def _another(self, values: Sequence[str]) -> Q:
        """Any other value, said in a way that an index answers: before, between and after the known ones."""
        least, most = Q(**{f"{self.path}__lt": values[0]}), Q(**{f"{self.path}__gt": values[-1]})
        found = least | most
        for value, following in pairwise(values):
            found |= Q(**{f"{self.path}__gt": value, f"{self.path}__lt": following})
        return found & ~Q(**{f"{self.path}__in": values})

    def value(self, row: Any) -> Any:
        return getattr(row, self.path)

    def walk(self, rows: Rows, *, falls: bool, user: Any) -> "Walk":
        return Walk(rows, self, falls)

    def place(self, model: type[Model], value: Any, *, falls: bool) -> tuple[int, Any]:
        values = list(self.values())[:: -1 if falls else 1]
        return values.index(value) if value in values else len(values), None


def stored(field: "Field[Any, Any]", value: Any) -> Any:
    """A value of a key as the field takes it. Raises ``BadKey`` for what it could never hold."""
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


def _fits(value: Any) -> bool:
    return not isinstance(value, int) or abs(value) < 2**31


class Beyond(Func):
    """Whether a row stands after (or before) a place: two values at once, which an index over both answers."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, by: str, field: "Field[Any, Any]", value: Any, pk: int, sign: str) -> None:
        self.sign = sign
        super().__init__(F(by), F("pk"), Value(value, field), Value(pk, BigIntegerField()))

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:  # type: ignore[override]
        parts = [compiler.compile(one) for one in self.source_expressions]
        by, key, value, pk = (sql for sql, _params in parts)
        return f"({by}, {key}) {self.sign} ({value}, {pk})", [one for _sql, params in parts for one in params]


def is_key(value: Any) -> bool:
    """Whether it could be the key of a row."""
    return type(value) is int and abs(value) < 2**63


@dataclass(frozen=True)
class Key:
    """A place in an order: what a row there is ordered by, and its key. It need not be that of any row."""

    value: Any
    pk: int

    def __str__(self) -> str:
        return json.dumps([self.plain, self.pk], ensure_ascii=False, separators=(",", ":"))

    @property
    def plain(self) -> Any:
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
class Walk:
    """Rows in an order that can be walked."""

    rows: Any
    order: "ByField | ByChoice"
    falls: bool

    @property
    def model(self) -> type[Model]:
        model: type[Model] = self.rows.model
        return model

    def key(self, row: Any) -> Key:
        return Key(self.order.value(row), row.pk)

    def check(self, key: Key) -> None:
        """Raises ``BadKey``."""
        self.order.place(self.model, key.value, falls=self.falls)

    def take(self, number: int, *, after: Key | None = None, backwards: bool = False, skip: int = 0) -> list[Any]:
        """The next rows after a place, or those before it, the nearest last; ``skip`` some from the beginning."""
        found: list[Any] = []
        beside = self.rows._prefetch_related_lookups
        for rows in self._stretches(after, backwards):
            wanted = number - len(found)
            taken = list(rows[skip : skip + wanted])
            found += taken
            if len(found) == number:
                break
            skip = 0 if taken or not skip else skip - rows[:skip].count()
        prefetch_related_objects(found, *beside)
        return found[::-1] if backwards else found

    def each(self, at_a_time: int) -> Iterator[Any]:
        """Every row, read as they are needed."""
        beside = self.rows._prefetch_related_lookups
        for rows in self._stretches(None, False):
            yield from read_in_chunks(rows.prefetch_related(*beside), at_a_time)

    def _stretches(self, after: Key | None, backwards: bool) -> Iterator[Rows]:
        stretches = self.order.stretches(self.model, falls=self.falls)
        falls = self.falls != backwards
        start, value = (0, None) if after is None else self.order.place(self.model, after.value, falls=self.falls)
        places = range(len(stretches))
        for place in reversed(places) if backwards else places:
            if after is not None and (place > start if backwards else place < start):
                continue
            if stretches[place].is_empty and self._has_value(stretches[place].by):
                continue
            rows = stretches[place].ordered(self.rows.prefetch_related(None), falls=falls)
            yield self._beyond(rows, stretches[place], value, after.pk, falls) if after and place == start else rows

    def _has_value(self, path: str) -> bool:
        """Whether the question itself leaves no row without a value, such as "due before today"."""
        query = self.rows.query
        compared = [one.lhs for one in query.where.children if getattr(one, "lookup_name", "") in COMPARING]
        own = {one.target.name for one in compared if isinstance(one, Col) and one.alias == query.base_table}
        return path in own and query.where.connector == AND and not query.where.negated

    def _beyond(self, rows: Rows, stretch: Stretch, value: Any, pk: int, falls: bool) -> Rows:
        sign = "<" if falls else ">"
        if not stretch.by or stretch.is_empty:
            return rows.filter(**{f"pk__{'lt' if falls else 'gt'}": pk})
        assert isinstance(self.order, ByField)
        return rows.filter(Beyond(stretch.by, self.order.field(self.model), value, pk, sign))
