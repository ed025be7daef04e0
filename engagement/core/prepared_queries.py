"""Prepared queries: written in SQL once in a process, then asked with other keys each time.

Of a few rows, Django writes a query longer than the database answers it. So the parts of several records, which would be
prefetched one model after the other, are read by one union here, each row with its columns as JSON.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from django.db import connection
from django.db.models import BooleanField, F, Func, IntegerField, Model, Value
from django.db.models.functions import JSONObject

from engagement.core.types import AnyField, FieldValue, Row, Rows

_KEYS = object()
"""Stands in the parameters of a query where the keys will."""


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


class PreparedQuery:
    """A query of ``values_list()``, perhaps with ``KeysAsked`` among its conditions. Nothing in it depends on the
    day or on whoever asks."""

    def __init__(self, write: Callable[[], Rows]) -> None:
        self._write = write

    @cached_property
    def _written(self) -> tuple[str, tuple[FieldValue, ...], dict[int, FieldValue]]:
        compiler = self._write().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return sql, tuple(params), compiler.get_converters([column for column, *_rest in compiler.select])

    def ask(self, keys: Collection[int] = ()) -> list[list[FieldValue]]:
        """The rows, as ``values_list()`` gives them."""
        sql, params, converters = self._written
        given: FieldValue = list(keys) if connection.vendor == "postgresql" else f"[{','.join(map(str, keys))}]"
        with connection.cursor() as cursor:
            cursor.execute(sql, [given if value is _KEYS else value for value in params])
            rows = [list(row) for row in cursor.fetchall()]
        for place, (converting, expression) in converters.items():
            for row in rows:
                for convert in converting:
                    row[place] = convert(row[place], expression, connection)
        return rows


@dataclass(frozen=True)
class Part:
    """What is read of a model: these columns, also of records it points to (``organization__name``)."""

    model: type[Model]
    whole: str
    """The path to the key of the record that it is a part of."""
    columns: tuple[str, ...]

    def rows(self, place: int) -> Rows:
        has_order = any(field.name == "order" for field in self.model._meta.fields)
        order = F("order") if has_order else Value(0, output_field=IntegerField())
        read = JSONObject(**{column: F(column) for column in self.columns})
        rows = self.model._base_manager.filter(KeysAsked(self.whole)).order_by()
        return rows.values_list(Value(place, output_field=IntegerField()), F(self.whole), order, F("pk"), read)

    def record(self, key: int, read: dict[str, FieldValue]) -> Row:
        """With what was read of it; the rest is asked for when it is used."""
        record = _record(self.model, {**{name: read[name] for name in self._own}, "id": key})
        for pointer, columns in self._beside.items():
            pointed = read[pointer.attname]
            values = {"id": pointed, **{name: read[column] for name, column in columns.items()}}
            pointer.set_cached_value(record, _record(pointer.related_model, values) if pointed is not None else None)
        return record

    @cached_property
    def _own(self) -> list[str]:
        return [name for name in self.columns if "__" not in name]

    @cached_property
    def _beside(self) -> dict[AnyField, dict[str, str]]:
        """The columns of each record that it points to."""
        found: dict[AnyField, dict[str, str]] = defaultdict(dict)
        for column in self.columns:
            pointer, _joint, name = column.partition("__")
            if name:
                found[self.model._meta.get_field(pointer)][name] = column
        return found


def _record(model: type[Model], read: dict[str, FieldValue]) -> Row:
    """As if a query had read these columns and deferred the others."""
    fields = [field for field in model._meta.concrete_fields if field.attname in read]
    values = [field.to_python(read[field.attname]) for field in fields]
    return model.from_db(connection.alias, [field.attname for field in fields], values)


class Parts:
    """Eager loading by one query: the parts of several records, of each model those of a record in their order."""

    def __init__(self, *parts: Part) -> None:
        self._parts = parts
        self._query = PreparedQuery(self._union)

    def _union(self) -> Rows:
        first, *others = (part.rows(place) for place, part in enumerate(self._parts))
        return first.union(*others, all=True)

    def of(self, keys: Collection[int]) -> "dict[type[Model], defaultdict[int, list[Row]]]":
        """By model and by the key of the whole."""
        found: dict[type[Model], defaultdict[int, list[Row]]] = {part.model: defaultdict(list) for part in self._parts}
        for place, whole, _order, key, read in sorted(self._query.ask(keys), key=itemgetter(2, 3)) if keys else ():
            part = self._parts[place]
            found[part.model][whole].append(part.record(key, read))
        return found
