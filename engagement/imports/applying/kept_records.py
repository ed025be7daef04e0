"""Exceptions from an undo: organizations and series stay that records of others use, or that were changed since.

A fixed point: what stays keeps what it needs itself, such as the organization it is a member of.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignObjectRel, Max, Model, Q, QuerySet

from engagement.imports.models import Answer, Import, Origin
from meetings.models import Meeting, PublishedVersion, Series
from organizations.models import Organization

MADE: tuple[type[Model], ...] = (Meeting, Series, Organization)
CAN_STAY: tuple[type[Model], ...] = (Series, Organization)
NOT_IN_THE_WAY = {"lineage"}  # worked out from the umbrella, which is asked for itself
GO_ALONG = (Answer, PublishedVersion)
Staying: TypeAlias = dict[type[Model], set[int]]


def made_by(batch: Import, model: type[Model]) -> QuerySet[Any]:
    """The keys of the records of a kind that an import made; to be used inside other queries."""
    kind = ContentType.objects.get_for_model(model)
    return Origin.objects.filter(batch=batch, content_type=kind, is_created=True).values("object_id")


def changed_since(batch: Import, model: type[Model]) -> dict[int, int | None]:
    """Records of the import that changed since it, with their version now, or None if one is gone."""
    mine = Origin.objects.filter(batch=batch, content_type=ContentType.objects.get_for_model(model))
    versions = dict(mine.values_list("object_id").annotate(Max("record_version")).order_by())
    now = dict(model._base_manager.filter(pk__in=mine.values("object_id")).values_list("pk", "version"))
    return {pk: now.get(pk) for pk, version in versions.items() if now.get(pk) != version}


def staying(batch: Import) -> Staying:
    """By kind, the records that the import made and that stay."""
    found: Staying = defaultdict(set)
    for model in CAN_STAY:
        made = set(made_by(batch, model).values_list("object_id", flat=True))
        found[model] = made & {pk for pk, version in changed_since(batch, model).items() if version is not None}
        for relation in referring_relations(model):
            found[model] |= _pointed_at(relation, referring(batch, model, relation))
    while more := _kept_by(batch, found):
        for model, keys in more.items():
            found[model] |= keys
    return found


def _kept_by(batch: Import, found: Staying) -> Staying:
    """The records that the remaining ones need, beyond those that are found already."""
    more: Staying = {}
    for model in CAN_STAY:
        for relation in referring_relations(model):
            if relation.related_model in CAN_STAY and (stay := found[relation.related_model]):
                rows = relation.related_model._base_manager.filter(pk__in=stay)
                needed = _pointed_at(relation, rows.filter(**{f"{relation.field.name}__in": made_by(batch, model)}))
                if needed - found[model]:
                    more[model] = more.get(model, set()) | (needed - found[model])
    return more


def _pointed_at(relation: ForeignObjectRel, rows: QuerySet[Any]) -> set[int]:
    """The keys on the other end, of rows whose field was narrowed to them."""
    return set(rows.order_by().values_list(relation.field.name, flat=True)) - {None}


def referring_relations(model: type[Model]) -> Iterator[ForeignObjectRel]:
    """Relations by which other records point to one of these; its own parts left out, which raise its version."""
    for relation in model._meta.related_objects:
        field, other = relation.field, relation.related_model
        is_part = getattr(other, "root_field", "") == field.name
        if field.name not in NOT_IN_THE_WAY and other not in GO_ALONG and not is_part:
            yield relation


def referring(batch: Import, model: type[Model], relation: ForeignObjectRel) -> QuerySet[Any]:
    """Records made elsewhere that point to one made here."""
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": made_by(batch, model)})
    return rows.exclude(_made_too(batch, relation.related_model)).distinct().order_by("pk")


def _made_too(batch: Import, model: type[Model]) -> Q:
    """Rows that go together with what the import made."""
    if model in MADE:
        return Q(pk__in=made_by(batch, model))
    root = getattr(model, "root_field", "")
    whole = model._meta.get_field(root).related_model if root else None
    return Q(**{f"{root}__in": made_by(batch, whole)}) if whole in MADE else Q(pk__in=[])
