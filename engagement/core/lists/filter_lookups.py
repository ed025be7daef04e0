"""Filter by related keys with EXISTS, resolving short key lists first: each row once, and quickly in a large register.

A path is taken apart at its first step. What it leads to there is named by key as far as that is a short list, since a
database plans well for keys it is told, and badly for those it has to find: "by one of these twelve organizations" and
not "by an organization above which stands that one".
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, ForeignKey, ManyToManyField, ManyToOneRel, Model, OuterRef

from engagement.core.types import FieldValue, Rows

NAMED = 1_000
"""So many keys are named in a statement."""


class KeyCache(dict[tuple[FieldValue, ...], "list[int] | None"]):
    """The keys that values along a path stand for, looked up once while a page is made."""

    def keys_of(self, model: type[Model], path: str, values: Sequence[FieldValue]) -> list[int] | None:
        """The keys of the rows; None when there are too many to be named."""
        asked = (model, path, *values)
        if asked not in self:
            keys = filter_by_path(model._base_manager.all(), path, values, self).order_by().values_list("pk", flat=True)
            found = list(keys[: NAMED + 1])
            self[asked] = found if len(found) <= NAMED else None
        return self[asked]


def filter_by_path(rows: Rows, path: str, values: Sequence[FieldValue], cache: KeyCache | None) -> Rows:
    """Rows that have one of the values at the end of a path; a ``cache`` keeps the keys that the path leads to."""
    first, _dot, rest = path.partition("__")
    if first == "pk":
        return rows.filter(pk__in=values)
    field = rows.model._meta.get_field(first)
    related: Any = field.related_model
    if isinstance(field, ManyToOneRel):
        inner = filter_by_path(related._base_manager.all(), rest, values, cache)
        return rows.filter(Exists(inner.filter(**{field.field.name: OuterRef("pk")})))
    named: object = values
    if rest:
        named = cache.keys_of(related, rest, values) if cache is not None else None
        if named is None:
            named = filter_by_path(related._base_manager.all(), rest, values, cache).order_by().values("pk")
    if isinstance(field, ForeignKey) or not field.is_relation:
        return rows.filter(**{f"{first}__in": named})
    assert isinstance(field, ManyToManyField)
    pairs: Any = field.remote_field.through
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    return rows.filter(Exists(pairs._base_manager.filter(**{own: OuterRef("pk"), f"{other}__in": named})))


def filter_by_linked(rows: Rows, linked: Rows, back: str) -> Rows:
    """The rows to which one of the linked records leads; asked the short way round where the row itself names it."""
    field = linked.model._meta.get_field(back.partition("__")[0])
    if isinstance(field, ManyToOneRel) and field.related_model is rows.model and "__" not in back:
        return rows.filter(**{f"{field.field.name}__in": linked.values("pk")})
    return rows.filter(pk__in=linked.values(back))
