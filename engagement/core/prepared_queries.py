"""Prepared queries: written in SQL once in a process, then asked with other keys each time.

Of a few rows, Django writes a query longer than the database answers it. So the parts of several records, which would
be prefetched one model after the other, are read by one union here, each row with its columns as JSON.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from types import SimpleNamespace

from django.db import connection
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    F,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject
from django.utils import timezone

from engagement.core.types import AnyField, FieldValue, Row, Rows

_KEYS, _MOMENT = object(), object()
"""They stand in the parameters of a query where the keys and the moment will."""


class KeysAsked(Func):
    """The condition that what is there is one of the keys that are given when it is asked."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, path: str) -> None:
        is_array = connection.vendor == "postgresql"
        joiner = " = ANY(" if is_array else " IN (SELECT value FROM json_each("
        super().__init__(
            F(path), Value(_KEYS), arg_joiner=joiner, template="%(expressions)s" + (")" if is_array else "))")
        )


class MomentAsked(Value):
    """The moment at which it is asked."""

    def __init__(self) -> None:
        super().__init__(_MOMENT, output_field=DateTimeField())

    def as_sql(self, *_compiling: object) -> tuple[str, list[object]]:  # type: ignore[override]
        return "%s", [_MOMENT]


def given(params: Iterable[FieldValue], keys: Collection[int]) -> list[FieldValue]:
    """The parameters of a query as it is asked now, with these keys."""
    asked: FieldValue = list(keys) if connection.vendor == "postgresql" else f"[{','.join(map(str, keys))}]"
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    return [asked if value is _KEYS else moment if value is _MOMENT else value for value in params]


class PreparedQuery:
    """A query of ``values_list()``, perhaps with ``KeysAsked`` among its conditions. Nothing in it depends on the
    day or on whoever asks."""

    def __init__(self, write: Callable[[], Rows]) -> None:
        self._write = write

    @cached_property
    def _written(self) -> tuple[str, tuple[FieldValue, ...], dict[int, FieldValue]]:
        """Its SQL, parameters, and what converts its columns."""
        compiler = self._write().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return sql, tuple(params), compiler.get_converters([column for column, *_rest in compiler.select])

    @cached_property
    def question(self) -> str:
        """What is asked by a query without keys, for whoever keeps the answer."""
        return repr(self._written[:2])

    def ask(self, keys: Collection[int] = ()) -> list[list[FieldValue]]:
        """The rows, as ``values_list()`` gives them."""
        sql, params, converters = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, given(params, keys))
            rows = [list(row) for row in cursor.fetchall()]
        for place, (converting, expression) in converters.items():
            for row in rows:
                for convert in converting:
                    row[place] = convert(row[place], expression, connection)
        return rows


@dataclass(frozen=True)
class Part:
    """What is read of a model: these columns, and those of a record that it points to."""

    model: type[Model]
    whole: str
    """The path to the key of the record that it is a part of."""
    columns: tuple[str, ...]
    pointer: str = ""
    of_pointed: tuple[str, ...] = ()
    is_record: bool = False
    """Whether more of it is used than the columns. What points to another record is one."""

    def rows(self, place: int) -> Rows:
        """In each its place, the keys of the whole and its own, its order, and its columns."""
        has_order = any(field.name == "order" for field in self.model._meta.fields)
        order = F("order") if has_order else Value(0, output_field=IntegerField())
        read: dict[str, F | Subquery[AnyField]] = {column: F(column) for column in self.columns}
        if self.pointer:  # a subquery, as PostgreSQL would read the whole of a small table for a join
            read_of = JSONObject(**{name: F(name) for name in self.of_pointed})
            pointed = self._pointer.related_model._base_manager.filter(pk=OuterRef(self.pointer))
            read[self.pointer] = Subquery(pointed.values(read=read_of))
        rows = self.model._base_manager.filter(KeysAsked(self.whole)).order_by()
        return rows.values_list(
            Value(place, output_field=IntegerField()), F(self.whole), F("pk"), order, JSONObject(**read)
        )

    def record(self, key: int, read: dict[str, FieldValue]) -> Row:
        """With what was read of it: its columns, or the record, of which the rest is asked for when it is used."""
        if not (self.pointer or self.is_record):
            return SimpleNamespace(pk=key, **read)
        record = self._own.record(key, read)
        if self.pointer:
            pointed = read[self.pointer]
            values = json.loads(pointed) if isinstance(pointed, str) else pointed
            other = values and self._pointed.record(read[self._pointer.attname], values)
            self._pointer.set_cached_value(record, other)
        return record

    @cached_property
    def _pointer(self) -> FieldValue:
        return self.model._meta.get_field(self.pointer)

    @cached_property
    def _own(self) -> "_Loader":
        return _Loader(self.model, self.columns)

    @cached_property
    def _pointed(self) -> "_Loader":
        return _Loader(self._pointer.related_model, self.of_pointed)


class _Loader:
    """Makes records of some of their columns, as if a query had deferred the others."""

    def __init__(self, model: type[Model], columns: tuple[str, ...]) -> None:
        fields = [field for field in model._meta.concrete_fields if field.primary_key or field.attname in columns]
        self._model, self._names = model, [field.attname for field in fields]
        self._days = {field.attname: field.to_python for field in fields if isinstance(field, DateField)}

    def record(self, key: int, read: dict[str, FieldValue]) -> Row:
        values = [key if name == "id" else read[name] for name in self._names]
        for name, convert in self._days.items():
            place = self._names.index(name)
            values[place] = convert(values[place])
        return self._model.from_db(connection.alias, self._names, values)


ReadParts = dict[type[Model], defaultdict[int, list[Row]]]


class Parts:
    """Eager loading by one query: the parts of several records, of each model those of a record in their order."""

    def __init__(self, *parts: Part) -> None:
        self._parts = parts
        self._query = PreparedQuery(self._union)

    def _union(self) -> Rows:
        first, *others = (part.rows(place) for place, part in enumerate(self._parts))
        return first.union(*others, all=True)

    def of(self, keys: Collection[int]) -> ReadParts:
        """By model and by the key of the whole."""
        found: ReadParts = {part.model: defaultdict(list) for part in self._parts}
        for place, whole, key, _order, read in sorted(self._query.ask(keys), key=itemgetter(3, 2)) if keys else ():
            part = self._parts[place]
            found[part.model][whole].append(part.record(key, read))
        return found
