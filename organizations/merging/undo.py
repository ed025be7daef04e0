"""Undo of a merge from its journal: each step in the opposite order, while nobody changed or built on what moved."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.change_signals import batch_changes, merging_records, notify
from engagement.core.models import Record
from engagement.core.planner_statistics import MANY, refresh_statistics
from engagement.core.queries import batched
from engagement.core.types import Actor
from organizations.models import Organization
from organizations.models.merging import Merge, may_merge

from .actions import settle
from .journal import PORTION, Step, plain, save, select, write, write_past
from .locking import lock

ORGANIZATION = Organization._meta.label_lower
MOST = 50  # of what stands in the way, so many are named


# What stands in the way --------------------------------------------------------------------------------


def obstacles(merge: Merge) -> list[str]:
    """Sentences, some fifty at most; none if it can be taken back."""
    if merge.is_undone:
        return [_("This merge has already been undone.")]
    found = list(dict.fromkeys(_obstacles(merge)))
    return [*found[:MOST], _("And more.")] if len(found) > MOST else found


def _obstacles(merge: Merge) -> Iterator[str]:
    if into := Organization._base_manager.get(pk=merge.kept_id).merged_into:
        yield _("%(kept)s was itself merged into %(other)s. Undo that merge first.") % {
            "kept": merge.kept,
            "other": into,
        }
    of_model: dict[str, list[Step]] = {}
    for step in merge.steps:
        of_model.setdefault(step["model"], []).append(step)
    for label, steps in of_model.items():
        model: Any = apps.get_model(label)
        removed = {step["pk"] for step in steps if step["did"] == "removed"}
        wanted = {step["pk"] for step in steps} - removed
        rows = model._base_manager.in_bulk(list(wanted))
        last = {(step["pk"], step.get("field", "")): step for step in steps if step["pk"] not in removed}
        for step in last.values():
            yield from _about(model, rows.get(step["pk"]), step)
        for step in steps:
            if step["did"] == "removed":
                yield from _unrestorable(model, step)


def _about(model: Any, row: Any, step: Step) -> Iterator[str]:
    kind = model._meta.verbose_name
    if row is None:
        if step["did"] != "made":
            yield _("A record was removed since: %(kind)s number %(pk)d.") % {"kind": kind, "pk": step["pk"]}
    elif not as_left(model, row, step):
        yield _("The %(kind)s “%(record)s” was changed since.") % {"kind": kind, "record": row}


def as_left(model: Any, row: Any, step: Step) -> bool:
    """Parts and promises: nothing was changed. Organizations and selections: what the merge set stands as it was."""
    if step["did"] == "chose":
        chosen = getattr(row, step["field"]).values_list("pk", flat=True)
        return sorted(chosen) == step["after"]
    if step["did"] == "changed":
        field = model._meta.get_field(step["field"])
        if plain(field, getattr(row, field.attname)) != step["after"]:
            return False
    if isinstance(row, Organization) or not isinstance(row, Record):
        return True
    return row.version == step["version"]


def _unrestorable(model: Any, step: Step) -> Iterator[str]:
    """A row that was taken out needs what it pointed to."""
    for field in model._meta.concrete_fields:
        key = step["row"].get(field.attname)
        if field.is_relation and key is not None and not field.related_model._base_manager.filter(pk=key).exists():
            name = step["name"]
            yield _("“%(record)s” cannot be restored: the record it belonged to no longer exists.") % {"record": name}


# Taking back -------------------------------------------------------------------------------------------


def undo_merge(merge: Merge, *, by: Actor) -> None:
    """Undo a merge, inside one transaction; raises ValidationError with the obstacles."""
    if by is not None and not may_merge(by):
        raise PermissionDenied
    keys = [merge.kept_id, *(other["pk"] for other in merge.others)]
    try:
        with merging_records(), transaction.atomic(), batch_changes():
            lock(keys)
            merge.refresh_from_db(from_queryset=Merge.objects.select_for_update(of=("self",)))
            if found := obstacles(merge):
                raise ValidationError(found, code="in_the_way")
            for _same, steps in groupby(reversed(merge.steps), key=together):
                take_back(list(steps), by)
            _settle(keys, merge, by)
            if len(merge.steps) >= MANY:
                refresh_statistics()
            merge.undone_at, merge.undone_by = timezone.now(), by
            merge.save()
    except IntegrityError as error:
        message = _("A newer record has replaced a merged record.")
        raise ValidationError([message], code="in_the_way") from error


def together(step: Step) -> tuple[object, ...]:
    """Steps next to each other that are taken back by one statement."""
    if step["did"] == "changed" and step["model"] != ORGANIZATION:
        return step["did"], step["model"], step["field"], str(step["before"])
    return step["did"], step["model"], step["pk"]


def take_back(steps: list[Step], by: Actor) -> None:
    step, model = steps[0], apps.get_model(steps[0]["model"])
    keys = [step["pk"] for step in steps]
    if step["did"] == "removed":
        _bring_back(model, step["row"], by)
    elif step["did"] == "made":
        for row in model._base_manager.filter(pk__in=keys):
            row._history_user = by
            row.delete()
    elif step["did"] == "chose":
        owner = model._base_manager.get(pk=step["pk"])
        select(owner, model._meta.get_field(step["field"]), step["before"], by)
    elif model is Organization:
        organization = Organization._base_manager.get(pk=step["pk"])
        for one in steps:
            field: Any = model._meta.get_field(one["field"])
            setattr(organization, field.attname, _value(field, one["before"]))
        save(organization, by)
    else:
        field = model._meta.get_field(step["field"])
        for portion in batched(keys, PORTION):
            rows = list(model._base_manager.filter(pk__in=portion).order_by("pk"))
            write(model, rows, field, _value(field, step["before"]), by)


def _value(field: Any, plainly: object) -> object:
    return (field.target_field if field.is_relation else field).to_python(plainly)


def _bring_back(model: type[Model], values: dict[str, object], by: Actor) -> None:
    row: Model = model()
    for field in model._meta.concrete_fields:
        if field.attname in values:  # a column may have come since
            setattr(row, field.attname, _value(field, values[field.attname]))
    model._base_manager.bulk_create([row])
    notify(model, [row.pk])
    if isinstance(row, Record):
        row.touch_root()
        write_past(model, [row], "+", by, {})


def _settle(keys: list[int], merge: Merge, by: Actor) -> None:
    moved = [step["pk"] for step in merge.steps if step["model"] == ORGANIZATION and step["pk"] not in keys]
    group = list(Organization._base_manager.filter(pk__in=keys).order_by("pk"))
    if len({one.is_host for one in group}) > 1:  # whose promise it is follows from who is a host
        for one in group:
            save(one, by)
    settle(group, Organization._base_manager.filter(pk__in=moved))
