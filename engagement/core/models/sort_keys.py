"""Sort key column: names in their natural order, compared byte by byte on both databases."""

from collections.abc import Iterable
from typing import Any

from django.db import migrations, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from django.db.models import Q

from engagement.core.folding import SORT_KEY_LENGTH, sort_key
from engagement.core.updating import update_rows

COLLATIONS = {"postgresql": "C", "sqlite": "BINARY"}
BATCH = 2_000


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """The sort key of the first of some attributes that says anything, worked out with every save, in bulk too.

    An index over it and the primary key gives rows in the order of names, forwards and backwards, a page at a time.
    """

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        super().__init__(**{"max_length": SORT_KEY_LENGTH, "editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, self.sources, kwargs

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, object]:
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
    """The field by which rows are put in this field's order: its sort key where it has one."""
    return next((field.name for field in sort_key_fields(model) if field.sources == (name,)), name)


def fill_sort_keys(models_to_fill: Iterable[type[models.Model]], alias: str) -> None:
    """Work out the keys of rows that have none, a batch and a transaction at a time; for migrations.

    One that is broken off goes on where it stopped, and between two batches others read and write.
    """
    for model in models_to_fill:
        fields = sort_key_fields(model)
        names, sources = [field.name for field in fields], {source for field in fields for source in field.sources}
        empty = Q(*((name, "") for name in names), _connector=Q.OR)
        rows = model._base_manager.using(alias).filter(empty).only("pk", *sources).order_by("pk")
        last: object = 0
        while last is not None:
            with transaction.atomic(using=alias):
                batch = list(rows.filter(pk__gt=last).select_for_update()[:BATCH])
                keys = [(row.pk, *(field.key_of(row) for field in fields)) for row in batch]
                update_rows(model, names, keys, alias)
            last = batch[-1].pk if batch else None


class AddIndexWhereMissing(migrations.AddIndex):
    """An index that a site may have got from an earlier form of its migrations."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            known = connection.introspection.get_constraints(cursor, model._meta.db_table)
        if self.index.name not in known:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
