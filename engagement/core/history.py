"""Audit log: field-level history of a record and its parts, old and new, by whom and when.

The number of queries depends on how many kinds of parts there are, never on how many changes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from engagement.core.models import Record
from engagement.core.models.fields import SeveralChoicesField

_WORKED_OUT = {"id", "version", "slug", "starts_at", "ends_at", "published_on", "order"}


@dataclass(frozen=True)
class Change:
    """One field of one record, changed once."""

    who: str
    when: dt.datetime
    label: str
    field: str
    old: str
    new: str
    reason: str = ""
    model: type[models.Model] = Record
    key: int = 0
    """Whose field it is, beside the label."""
    kind: str = "~"
    """``+`` of a record that was added, ``-`` of one that was removed."""
    is_of_part: bool = False
    name: str = ""
    """Of the field, where it is one."""


def parts_of(model: type[models.Model]) -> list[type[Record]]:
    """The kinds of records that are parts of this one."""
    return [
        part
        for part in apps.get_models()
        if issubclass(part, Record) and part.root_field and part._meta.get_field(part.root_field).related_model is model
    ]


def changes_since(record: Record, version: int) -> list[Change]:
    """Everything that happened to the record and its parts after it had this version, oldest first."""
    return [change for row_version, change in _changes(record) if row_version > version]


def all_changes(record: Record) -> list[Change]:
    """The whole history, latest first."""
    return [change for _version, change in _changes(record)][::-1]


def _changes(record: Record) -> list[tuple[int, Change]]:
    found: list[tuple[int, int, Change]] = []
    names = _Names()
    for model in (type(record), *parts_of(type(record))):
        is_part = model is not type(record)
        key = f"{model.root_field}_id" if is_part else "id"
        rows = list(
            model.history.filter(**{key: record.pk}).select_related("history_user").order_by("id", "history_id")  # type: ignore[attr-defined]
        )
        many = _many_to_many(model, rows)
        names.collect(model, rows, many)
        for before, row in _pairs(rows):
            version = (row.root_version if is_part else row.version) or 0
            for change in _differences(model, before, row, many, names):
                found.append((version, row.history_id, change))
    found.sort(key=lambda item: (item[2].when, item[1]))
    return [(version, change) for version, _order, change in found]


def _pairs(rows: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each row of history with the one before it of the same record."""
    before: Any = None
    for row in rows:
        yield (before if before is not None and before.id == row.id else None), row
        before = row


def _differences(
    model: type[models.Model], before: Any, row: Any, many: dict[str, dict[int, list[int]]], names: "_Names"
) -> Iterator[Change]:
    who = str(row.history_user) if row.history_user else ""
    label = f"{model._meta.verbose_name} “{_title(row, names)}”"
    change = partial(
        Change,
        who,
        row.history_date,
        label,
        reason=row.history_change_reason or "",
        model=model,
        key=row.id,
        kind="+" if before is None and row.history_type != "-" else row.history_type,
        is_of_part=bool(getattr(model, "root_field", "")),
    )
    if row.history_type == "-":
        yield change(_("Removed"), "", "")
        return
    if before is None:
        yield change(_("Added"), "", "")
    for field in _fields(model):
        old = getattr(before, field.attname) if before is not None else None
        new = getattr(row, field.attname)
        if _or_empty(old) != _or_empty(new) and (before is not None or new != field.get_default()):
            texts = names.text(field, old), names.text(field, new)
            yield change(str(field.verbose_name), *texts, name=field.name)
    for name, keys in many.items():
        old_keys = keys.get(before.history_id, []) if before is not None else []
        new_keys = keys.get(row.history_id, [])
        if old_keys != new_keys:
            field = model._meta.get_field(name)
            texts = names.text_of_many(field, old_keys), names.text_of_many(field, new_keys)
            yield change(str(field.verbose_name), *texts)  # type: ignore[union-attr]


def _or_empty(value: object) -> object:
    return "" if value is None else value


def _fields(model: type[models.Model]) -> Iterator[Any]:
    root = getattr(model, "root_field", "")
    for field in model.history.model.tracked_fields:  # type: ignore[attr-defined]
        if field.name not in _WORKED_OUT and field.name != root:
            yield field


def _title(row: Any, names: "_Names") -> str:
    for name in ("title", "name", "value", "statement", "text", "function"):
        if text := getattr(row, name, ""):
            return Truncator(str(text)).chars(60)
    for name in ("organization", "user", "topic", "followup"):
        if hasattr(row, f"{name}_id"):
            return names.text(row._meta.get_field(name), getattr(row, f"{name}_id"))
    return str(row.id)


def choices_kept(model: type[models.Model]) -> "Iterator[tuple[str, models.QuerySet[models.Model], str]]":
    """The many-to-many fields that history keeps: the name, the rows of selections, and the column of their target."""
    for field in model.history.model._history_m2m_fields:  # type: ignore[attr-defined]
        through = apps.get_model(model._meta.app_label, f"Historical{field.remote_field.through.__name__}")
        yield field.name, through._base_manager.all(), f"{field.m2m_reverse_field_name()}_id"


def _many_to_many(model: type[models.Model], rows: list[models.Model]) -> dict[str, dict[int, list[int]]]:
    """For each many-to-many field: history row -> sorted keys it held."""
    result: dict[str, dict[int, list[int]]] = {}
    for name, kept, target in choices_kept(model):
        held: dict[int, list[int]] = defaultdict(list)
        pairs = kept.filter(history__in=[row.pk for row in rows])
        for history_id, key in pairs.order_by(target).values_list("history_id", target):
            held[history_id].append(key)
        result[name] = held
    return result


class _Names:
    """Names of the records that changes point to, fetched once for each kind."""

    def __init__(self) -> None:
        self.known: dict[type[models.Model], dict[object, str]] = defaultdict(dict)

    def collect(
        self, model: type[models.Model], rows: Iterable[models.Model], many: dict[str, dict[int, list[int]]]
    ) -> None:
        wanted: dict[type[models.Model], set[object]] = defaultdict(set)
        for field in model.history.model.tracked_fields:  # type: ignore[attr-defined]
            if field.is_relation:
                wanted[field.related_model] |= {getattr(row, field.attname) for row in rows}
        for name, held in many.items():
            related = model._meta.get_field(name).related_model
            wanted[related] |= {key for keys in held.values() for key in keys}  # type: ignore[index]
        for related, keys in wanted.items():
            missing = {key for key in keys if key is not None and key not in self.known[related]}
            if missing:
                named_by = [key.name for key in related._meta.fields if key.many_to_one]
                found = related._base_manager.select_related(*named_by).in_bulk(missing)
                self.known[related] |= {pk: str(record) for pk, record in found.items()}

    def text(self, field: Any, value: Any) -> str:
        if value is None or value == "":
            return ""
        if field.is_relation:
            return self.known[field.related_model].get(value, _("(removed)"))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, dt.datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        if isinstance(value, dt.date):
            return date_format(value)
        if isinstance(field, SeveralChoicesField):
            return ", ".join(field.words(value))
        choices = dict(field.flatchoices)
        return str(choices.get(value, value))

    def text_of_many(self, field: Any, keys: list[int]) -> str:
        return ", ".join(self.known[field.related_model].get(key, _("(removed)")) for key in keys)
