"""References to a record: foreign keys, selections, and pairs of a kind and a key. Found over ``_meta``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, ManyToManyField, Model

from engagement.core.types import AnyField, Rows

KIND, KEY = "content_type", "object_id"
STAYS: dict[str, str] = {}
"""References that a merge leaves alone, each with the reason."""


def stays(label: str, why: str) -> None:
    """``label`` names a field: ``organizations.merge.kept``."""
    STAYS[label.lower()] = why


@dataclass(frozen=True)
class Reference:
    """A field of another model that points to records of this one."""

    model: type[Any]
    field: Any

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @property
    def is_selection(self) -> bool:
        return isinstance(self.field, ManyToManyField)

    def rows(self, keys: Iterable[int]) -> Rows:
        """The rows that point to one of these records."""
        return self.model._base_manager.filter(**{f"{self.field.name}__in": keys})


@cache
def references(model: type[Model]) -> tuple[Reference, ...]:
    """All foreign keys and selections that point to this model, except history and those that stay."""
    found = {}
    for relation in model._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        if not (relation.auto_created and not relation.concrete and isinstance(field, ForeignKey | ManyToManyField)):
            continue
        other: Any = relation.related_model
        if not _is_history(field) and not other._meta.auto_created:
            reference = Reference(other, field)
            found[reference.label] = reference
    return tuple(one for label, one in sorted(found.items()) if label not in STAYS)


def _is_history(field: AnyField) -> bool:
    """A note about the past points without holding on."""
    return not getattr(field, "db_constraint", True)


@cache
def keyed_models() -> tuple[type[Model], ...]:
    """Models that point to records of any kind, by ``content_type`` and ``object_id``."""
    return tuple(
        model
        for model in apps.get_models()
        if {KIND, KEY} <= {field.name for field in model._meta.concrete_fields}
        and model._meta.get_field(KIND).related_model is ContentType
        and model._meta.app_label != "admin"
    )


def keyed_rows(record: Model) -> Iterator[tuple[type[Model], list[int]]]:
    kind = ContentType.objects.get_for_model(record)
    for model in keyed_models():
        rows = model._base_manager.filter(**{KIND: kind, KEY: record.pk})
        yield model, list(rows.order_by("pk").values_list("pk", flat=True))
