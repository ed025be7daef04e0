"""Undo of an import: what it made is removed, what it changed is as before, as long as nobody built on it."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignObjectRel, Max, Model, Q, QuerySet
from django.utils.translation import gettext as _

from engagement.core.bulk_history import write_farewell
from engagement.core.change_signals import notify
from engagement.core.statistics import refresh_statistics
from engagement.core.types import Actor
from engagement.imports.applying.update import set_fields, set_status
from engagement.imports.models import Answer, Import, Origin
from meetings.models import Meeting, Participant, Party, PublishedVersion, Series
from organizations.models import Identifier, Organization, OtherName

MOST = 50  # of what stands in the way, so many are named
MADE: tuple[type[Model], ...] = (Meeting, Series, Organization)
NOT_IN_THE_WAY = {"lineage"}  # worked out from the umbrella, which is asked for itself
GO_ALONG = (Answer, PublishedVersion)


def made_by(batch: Import, model: type[Model]) -> QuerySet[Any]:
    """The keys of the records of a kind that an import made; to be used inside other queries."""
    kind = ContentType.objects.get_for_model(model)
    return Origin.objects.filter(batch=batch, content_type=kind, is_created=True).values("object_id")


# What stands in the way --------------------------------------------------------------------------------


def find_obstacles(batch: Import) -> list[str]:
    """What was changed since, and what refers to records of this import; sentences, some fifty at most."""
    found: list[str] = []
    for sentence in _obstacles(batch):
        found.append(sentence)
        if len(found) >= MOST:
            found.append(_("And more."))
            break
    return found


def _obstacles(batch: Import) -> Iterator[str]:
    yield from _changed_since(batch)
    for model in MADE:
        for relation in model._meta.related_objects:
            yield from _referring(batch, model, relation)


def _changed_since(batch: Import) -> Iterator[str]:
    for model in MADE:
        mine = Origin.objects.filter(batch=batch, content_type=ContentType.objects.get_for_model(model))
        versions = dict(mine.values_list("object_id").annotate(Max("record_version")).order_by())
        rows = model._base_manager.filter(pk__in=mine.values("object_id"))
        for pk, version in rows.values_list("pk", "version").iterator():
            if version != versions.pop(pk):
                record = model._base_manager.get(pk=pk)
                yield _("%(record)s was changed since.") % {"record": record}
        if versions:
            yield _("%(number)d records of this import were removed since.") % {"number": len(versions)}


def _referring(batch: Import, model: type[Model], relation: ForeignObjectRel) -> Iterator[str]:
    """Records made elsewhere that point to one made here. A part raises the version of its whole, so it is known."""
    field, other = relation.field, relation.related_model
    if field.name in NOT_IN_THE_WAY or other in GO_ALONG or getattr(other, "root_field", "") == field.name:
        return
    rows = other._base_manager.filter(**{f"{field.name}__in": made_by(batch, model)})
    rows = rows.exclude(_made_too(batch, other)).distinct().order_by("pk")
    for record in rows[:MOST]:
        target = getattr(record, field.name) if not field.many_to_many else model._meta.verbose_name
        kind = record._meta.verbose_name
        yield _("%(target)s is needed by the %(kind)s “%(record)s”.") % {
            "target": target,
            "kind": kind,
            "record": record,
        }


def _made_too(batch: Import, model: type[Model]) -> Q:
    """Rows that go together with what the import made."""
    if model in MADE:
        return Q(pk__in=made_by(batch, model))
    root = getattr(model, "root_field", "")
    whole = model._meta.get_field(root).related_model if root else None
    return Q(**{f"{root}__in": made_by(batch, whole)}) if whole in MADE else Q(pk__in=[])


# Taking back -------------------------------------------------------------------------------------------


def take_back(batch: Import, by: Actor) -> None:
    """Inside one transaction of the caller's, and after ``find_obstacles`` found none."""
    gone = {model: made_by(batch, model) for model in MADE}
    Series.objects.filter(pk__in=gone[Series]).hold()
    for origin in batch.origins.filter(is_created=False).order_by("-pk"):
        _restore(origin, by)
    _remove(Participant, Q(meeting__in=gone[Meeting]), by)
    _remove(Party, Q(meeting__in=gone[Meeting]), by)
    _remove(PublishedVersion, Q(meeting__in=gone[Meeting]), by)
    _remove(Meeting, Q(pk__in=gone[Meeting]), by)
    _remove(Series.counterparts.through, Q(series__in=gone[Series]), by)
    _remove(Series, Q(pk__in=gone[Series]), by)
    _remove(Identifier, Q(organization__in=gone[Organization]), by)
    _remove(OtherName, Q(organization__in=gone[Organization]), by)
    lineage = Organization.lineage.through
    both = Q(from_organization__in=gone[Organization]) | Q(to_organization__in=gone[Organization])
    _remove(lineage, both, by)
    Answer.objects.filter(organization__in=gone[Organization]).delete()
    _remove(Organization, Q(pk__in=gone[Organization]), by)
    batch.origins.all().delete()
    refresh_statistics()


def _remove(model: type[Model], which: Q, by: Actor) -> None:
    rows = model._base_manager.filter(which).order_by()
    keys = list(rows.values_list("pk", flat=True))
    if hasattr(model, "history"):
        write_farewell(model, keys, by)
    rows._raw_delete(rows.db)
    notify(model, keys)


def _restore(origin: Origin, by: Actor) -> None:
    record = origin.record
    assert isinstance(record, Meeting | Organization)
    for label, pk in reversed(origin.before.get("parts", [])):
        for part in apps.get_model(label)._base_manager.filter(pk=pk):
            part._history_user = by
            part.delete()
    if isinstance(record, Organization) and (status := origin.before.get("status")):
        set_status(record, status[0], status[1], status[2], by)
    record.refresh_from_db()
    set_fields(record, origin.before.get("fields", {}), by)
