"""Bulk load of the index: entries of records that were all made in this transaction."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import Model

from .backends.ddl import word_indexes_made_afterwards
from .indexing import PORTION, entries_for, write
from .record_types import KINDS


def index_new(before: "Mapping[type[Model], int]") -> Iterator[int]:
    """Write the entries of all records with a key after these, in portions; gives how many records each has."""
    with word_indexes_made_afterwards(connection):
        for kind in KINDS.values():
            last: Any = before[kind.model]
            records = kind.model._base_manager.order_by("pk").values_list("pk", flat=True)
            while keys := list(records.filter(pk__gt=last)[:PORTION]):
                write(entries_for(kind.name, keys), are_new=True)
                last = keys[-1]
                yield len(keys)
