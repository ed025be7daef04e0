"""Journal of a merge (undo log): each change of a row, written down. Versions, history and wholes are kept true."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from engagement.core.change_signals import notify
from engagement.core.models import Record
from engagement.core.queries import batched
from engagement.core.types import Actor, AnyField

Step = dict[str, Any]
PORTION = 5_000


class Exact(DjangoJSONEncoder):
    """Moments to the last digit."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, dt.datetime) else super().default(o)


def plain(field: AnyField, value: object) -> object:
    """A value as JSON keeps it."""
    return json.loads(json.dumps(field.get_prep_value(value), cls=Exact))


class Journal:
    """Carries out changes and notes each in ``steps``, in order."""

    def __init__(self, by: Actor) -> None:
        self.by, self.steps = by, list[Step]()

    def point(self, model: type[Any], field: AnyField, keys: Sequence[int], to: int) -> None:
        """Make these rows point to another record."""
        for portion in batched(keys, PORTION):
            rows = list(model._base_manager.filter(pk__in=portion).order_by("pk"))
            for row in rows:
                self._note(row, field, getattr(row, field.attname), to)
            write(model, rows, field, to, self.by)

    def change(self, record: Any, values: dict[str, object]) -> None:
        """Save other values in one record."""
        changed = {name: value for name, value in values.items() if getattr(record, name) != value}
        for name, value in changed.items():
            field = record._meta.get_field(name)
            before = getattr(record, field.attname)
            setattr(record, name, value)
            self._note(record, field, before, getattr(record, field.attname))
        if changed:
            save(record, self.by)

    def choose(self, owner: Any, field: AnyField, keys: set[int]) -> None:
        """Make a selection of many another one."""
        manager = getattr(owner, field.name)
        before = sorted(manager.values_list("pk", flat=True))
        select(owner, field, keys, self.by)
        self.steps.append({**_named("chose", owner), "field": field.name, "before": before, "after": sorted(keys)})

    def add(self, record: Any) -> None:
        """Save a record that was not there."""
        save(record, self.by)
        self.steps.append(_named("made", record))

    def remove(self, record: Any) -> None:
        """Take a record out, remembering every field."""
        row = {field.attname: plain(field, getattr(record, field.attname)) for field in record._meta.concrete_fields}
        self.steps.append({**_named("removed", record), "row": row, "name": str(record)})
        record._history_user = self.by
        record.delete()

    def seal(self) -> list[Step]:
        """With the version each record has now; a later one will mean that somebody changed it."""
        by_model: dict[str, set[int]] = defaultdict(set)
        for step in self.steps:
            by_model[step["model"]].add(step["pk"])
        versions = {label: versions_of(apps.get_model(label), keys) for label, keys in by_model.items()}
        for step in self.steps:
            step["version"] = versions[step["model"]].get(step["pk"])
        return self.steps

    def _note(self, record: Model, field: AnyField, before: object, after: object) -> None:
        step = {"field": field.name, "before": plain(field, before), "after": plain(field, after)}
        self.steps.append({**_named("changed", record), **step})


def _named(did: str, record: Model) -> Step:
    return {"did": did, "model": record._meta.label_lower, "pk": record.pk}


def versions_of(model: type[Model], keys: Iterable[int]) -> dict[int, int]:
    if not issubclass(model, Record):
        return {}
    found: dict[int, int] = {}
    for portion in batched(sorted(keys), PORTION):
        found.update(model._base_manager.filter(pk__in=portion).values_list("pk", "version"))
    return found


def save(record: Any, by: Actor) -> None:
    """Save as a verb does, whatever was saved beside it meanwhile."""
    if record.pk and isinstance(record, Record) and not record._state.adding:
        record.refresh_from_db(fields=["version"])
    record._history_user, record.in_verb = by, True
    try:
        record.save()
    finally:
        record.in_verb = False
        record.__dict__.pop("_history_user", None)


def select(owner: Any, field: AnyField, keys: Iterable[int], by: Actor) -> None:
    owner._history_user = by
    with transaction.atomic():
        getattr(owner, field.name).set(sorted(keys))


def write(model: type[Model], rows: list[Any], field: AnyField, to: object, by: Actor) -> None:
    """One value in many rows: one statement for the rows, one for their wholes, one for their history."""
    notify(model, [row.pk for row in rows])
    if not issubclass(model, Record):
        model._base_manager.filter(pk__in=[row.pk for row in rows]).update(**{field.attname: to})
        return
    if model.history.model._history_m2m_fields:  # type: ignore[attr-defined]  # history of the selections goes along
        for row in rows:
            setattr(row, field.attname, to)
            save(row, by)
        return
    roots = _touch_roots(model, rows, field)
    own: Any = model._base_manager.filter(pk__in=[row.pk for row in rows])
    own.update(**{field.attname: to, "version": F("version") + 1})
    for row in rows:
        setattr(row, field.attname, to)
        row.version += 1
    write_past(model, rows, "~", by, roots)


def _touch_roots(model: type[Record], rows: Sequence[Model], moved: AnyField) -> dict[int, int]:
    """The versions of the wholes, raised; a part that changes its whole belongs to one that is saved afterwards."""
    name = model.root_field
    if not name:
        return {}
    whole: Any = model._meta.get_field(name).related_model
    keys = {getattr(row, f"{name}_id") for row in rows}
    if name == moved.name:
        return {}
    whole._base_manager.filter(pk__in=keys).update(version=F("version") + 1)
    return versions_of(whole, keys)


def write_past(model: type[Any], rows: list[Model], kind: str, by: Actor, roots: dict[int, int]) -> None:
    """A row of history for each of these."""
    past: Any = model.history.model
    name = getattr(model, "root_field", "")
    if name and not roots:
        whole: Any = model._meta.get_field(name).related_model
        roots = versions_of(whole, {getattr(row, f"{name}_id") for row in rows})
    now = timezone.now()
    past._base_manager.bulk_create(
        [
            past(
                history_date=now,
                history_type=kind,
                history_user=by,
                root_version=roots.get(getattr(row, f"{name}_id")) if name else None,
                **{field.attname: getattr(row, field.attname) for field in past.tracked_fields},
            )
            for row in rows
        ],
        batch_size=500,
    )
