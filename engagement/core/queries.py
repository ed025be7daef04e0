"""Queryset helpers: bounded numbers, rows fetched as they are needed, conditions that several apps use."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, IntegerField, Model, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

M = TypeVar("M", bound=Model)
T = TypeVar("T")
FEW = 1_000
"""Numbers beside a list are exact up to here; beyond, they are said to be more."""

FIRST, FETCHED = 25, 100
"""Of rows that are read as they are needed: so many are ready first, and fetched at a time."""


class Few(Subquery):
    """How many rows, counted no further than one more than ``most``."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) few)"
    output_field = IntegerField()

    def __init__(self, rows: "QuerySet[Model]", most: int = FEW, **extra: Any) -> None:
        super().__init__(rows.order_by().values("pk")[: most + 1], **extra)


class _OneOf(Func):
    """Whether a key is among these, which go to PostgreSQL as one array."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, path: str, keys: Sequence[int]) -> None:
        super().__init__(F(path))
        self.keys = list(keys)

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: object
    ) -> tuple[str, tuple[object, ...]]:
        sql, params = compiler.compile(self.source_expressions[0])
        return f"{sql} = ANY(%s)", (*params, self.keys)


def among(path: str, keys: Sequence[int]) -> Q:
    """Rows whose key there is among many that are known. The same as ``__in``, whose thousand placeholders take the
    driver longer than the database takes to answer."""
    if connection.vendor == "postgresql" and keys:
        return Q(_OneOf(path, keys))
    return Q(**{f"{path}__in": keys})


def distinct_from(column: str, right: str) -> Q:
    """IS DISTINCT FROM: rows in which one of the two columns is null and the other not, or both differ."""
    known, known_right = Q(**{f"{column}__isnull": False}), Q(**{f"{right}__isnull": False})
    return (known ^ known_right) | (known & known_right & ~Q(**{column: F(right)}))


def few_text(number: int, most: int = FEW) -> str:
    """A number that was counted only so far."""
    return f"{most:,}+" if number > most else f"{number:,}"


def valid_on(day: dt.date | None = None, start: str = "starts_on", end: str = "ends_on") -> Q:
    """Rows in force on a day (today): started or without a start, not ended or without an end."""
    day = day or timezone.localdate()
    return (Q(**{start: None}) | Q(**{f"{start}__lte": day})) & (Q(**{end: None}) | Q(**{f"{end}__gte": day}))


def keys_of(model: type[Model], texts: Iterable[object]) -> list[Any]:
    """The texts that are keys of a model, as keys: no words, and no numbers that no row can have."""
    field, keys = model._meta.pk, []
    for text in texts:
        try:
            keys.append(field.clean(text, None))
        except ValidationError:
            continue
    return [key for key in keys if key is not None]


@contextmanager
def reading_on() -> Iterator[None]:
    """While many rows are read as they are needed, all as they were at the beginning.

    PostgreSQL gives them from the first on within a transaction, and otherwise not before it has written down the last.
    SQLite gives them anyway, and a transaction would keep everybody else from writing.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def batched(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """So many at a time, as ``itertools.batched`` of Python 3.12."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch


def chunks(rows: Iterable[M], most: int) -> Iterator[list[M]]:
    """Rows in portions: a small one first, which can leave while the others are read."""
    left, size = iter(rows), min(FIRST, most)
    while chunk := list(islice(left, size)):
        yield chunk
        size = most


def read_in_chunks(rows: "QuerySet[M]", most: int) -> Iterator[M]:
    """Rows one by one, with their prefetched records for so many at a time."""
    beside = rows._prefetch_related_lookups  # type: ignore[attr-defined]
    for chunk in chunks(rows.prefetch_related(None).iterator(chunk_size=min(FETCHED, most)), most):
        prefetch_related_objects(chunk, *beside)
        yield from chunk
