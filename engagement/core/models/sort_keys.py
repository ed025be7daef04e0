"""A column by which names are put in order: natural sort keys, compared byte by byte on both databases."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from engagement.core.sort_keys import MAX_LENGTH, sort_key

COLLATIONS = {"postgresql": "C", "sqlite": "BINARY"}
BATCH = 500


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """The sort key of the first of some attributes that says anything, worked out with every save, in bulk too.

    An index over it and the primary key gives rows in the order of names, forwards and backwards, a page at a time.
    """

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        super().__init__(**{"max_length": MAX_LENGTH, "editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, self.sources, kwargs

    def db_parameters(self, connection: Any) -> Any:
        return {**super().db_parameters(connection), "collation": COLLATIONS[connection.vendor]}

    def key_of(self, record: models.Model) -> str:
        texts = (str(getattr(record, source) or "") for source in self.sources)
        return sort_key(next((text for text in texts if text), ""))

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.key_of(model_instance)
        setattr(model_instance, self.attname, key)
        return key


def sort_key_fields(model: type[models.Model]) -> list[SortKeyField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SortKeyField)]


def ordering_field(model: type[models.Model], name: str) -> str:
    """By what rows are put in the order of this field: by its sort key where it has one."""
    return next((field.name for field in sort_key_fields(model) if field.sources == (name,)), name)


def fill_sort_keys(models_to_fill: Iterable[type[models.Model]], alias: str) -> None:
    """Work out the keys of every row there is, a batch at a time; for migrations."""
    for model in models_to_fill:
        fields = sort_key_fields(model)
        sources = {source for field in fields for source in field.sources}
        rows = model._base_manager.using(alias).only("pk", *sources).order_by("pk")
        last = 0
        while batch := list(rows.filter(pk__gt=last)[:BATCH]):
            for row in batch:
                for field in fields:
                    setattr(row, field.attname, field.key_of(row))
            model._base_manager.using(alias).bulk_update(batch, [field.name for field in fields])
            last = batch[-1].pk
