"""Undo of an import: its meetings are deleted, records that only they used too, and changed records restored."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.core.bulk_history import write_farewell
from engagement.core.change_signals import notify
from engagement.core.planner_statistics import refresh_statistics
from engagement.core.types import Actor
from engagement.imports.applying.kept_records import (
    CAN_STAY,
    MADE,
    changed_since,
    made_by,
    referring,
    referring_relations,
    staying,
)
from engagement.imports.applying.update import set_fields, set_status
from engagement.imports.models import Answer, Import, Origin
from meetings.models import Meeting, Participant, Party, PublishedVersion, Series
from organizations.models import Identifier, Organization, OtherName

MOST = 50  # of what stands in the way, so many are named


# What stands in the way --------------------------------------------------------------------------------


def find_obstacles(batch: Import) -> list[str]:
    """Reasons against an undo: later imports and people's changes that build on this one; some fifty at most."""
    found: list[str] = []
    for sentence in _obstacles(batch):
        if sentence not in found:
            found.append(sentence)
        if len(found) >= MOST:
            found.append(_("And more."))
            break
    return found


def _obstacles(batch: Import) -> Iterator[str]:
    for model in MADE:
        yield from _changed(batch, model)
    for relation in referring_relations(Meeting):
        for record in referring(batch, Meeting, relation)[:MOST]:
            target = getattr(record, relation.field.name)
            kind = record._meta.verbose_name
            sentence = _("%(target)s is needed by the %(kind)s “%(record)s”.")
            yield sentence % {"target": target, "kind": kind, "record": record}


def _changed(batch: Import, model: type[Model]) -> Iterator[str]:
    """Meetings, and whatever was there before the import, as far as they are no longer as it left them.

    Where a later import did it, that import is named: undone first, it is out of the way.
    """
    changed = changed_since(batch, model)
    may_stay = set(made_by(batch, model).values_list("object_id", flat=True)) if model in CAN_STAY else set()
    gone = sum(version is None for pk, version in changed.items())
    keys = [pk for pk, version in sorted(changed.items()) if version is not None and pk not in may_stay]
    for pk in keys[: 10 * MOST]:
        if (later := _later_import(batch, model, pk, changed[pk] or 0)) is not None:
            sentence = _("The import of %(file)s on %(day)s changed what this one created. Undo that one first.")
            yield sentence % {"file": later.file_name, "day": date_format(later.committed_at or later.uploaded_at)}
        else:
            yield _("%(record)s was changed since.") % {"record": model._base_manager.get(pk=pk)}
    if gone:
        yield _("%(number)d records of this import were removed since.") % {"number": gone}


def _later_import(batch: Import, model: type[Model], pk: int, version: int) -> Import | None:
    """The import that left a record as it is now."""
    kind = ContentType.objects.get_for_model(model)
    rows = Origin.objects.filter(content_type=kind, object_id=pk, record_version=version).exclude(batch=batch)
    found = rows.filter(batch__state=Import.State.COMMITTED).select_related("batch").order_by("-pk").first()
    return found.batch if found else None


# Taking back -------------------------------------------------------------------------------------------


def take_back(batch: Import, by: Actor) -> None:
    """Inside one transaction of the caller's, and after ``find_obstacles`` found none."""
    stay = staying(batch)
    gone: dict[type[Model], QuerySet[Any]] = {
        model: made_by(batch, model).exclude(object_id__in=stay[model]) if model in CAN_STAY else made_by(batch, model)
        for model in MADE
    }
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
