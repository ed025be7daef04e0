"""Bulk history: of rows written, or taken away, many at a time, in one statement for each table."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from engagement.core.queries import batched
from engagement.core.types import Actor

PORTION = 5_000  # keys that one statement names


def write_history(model: type[Model], last: int, by: Actor = None) -> None:
    """One row of history for each record above this key that has none."""
    past = model.history.model  # type: ignore[attr-defined]
    where = f"t.id > %s AND NOT EXISTS (SELECT 1 FROM {_table(past)} h WHERE h.id = t.id)"
    version = 1 if getattr(model, "root_field", "") else None
    _copy(model, past, "+", version, by, where, [last])
    for field in past._history_m2m_fields:
        with connection.cursor() as cursor:
            cursor.execute(*_links(model, past, field, last))


def write_changes(model: type[Model], keys: Sequence[int], by: Actor = None) -> None:
    """One row of history for each of these records as it is now: it was changed past its ``save()``."""
    past = model.history.model  # type: ignore[attr-defined]
    last = past._base_manager.order_by("-history_id").values_list("history_id", flat=True).first() or 0
    for portion in batched(keys, PORTION):
        marks = ", ".join(["%s"] * len(portion))
        _copy(model, past, "~", None, by, f"t.id IN ({marks})", portion)
    for field in past._history_m2m_fields:
        with connection.cursor() as cursor:
            cursor.execute(*_links(model, past, field, 0, written_after=last))


def write_farewell(model: type[Model], keys: Sequence[int], by: Actor = None) -> None:
    """One row of history for each of these records, saying that it was removed."""
    past = model.history.model  # type: ignore[attr-defined]
    for portion in batched(keys, PORTION):
        marks = ", ".join(["%s"] * len(portion))
        _copy(model, past, "-", None, by, f"t.id IN ({marks})", portion)


def _copy(
    model: type[Model], past: Any, kind: str, version: int | None, by: Actor, where: str, parameters: list[int]
) -> None:
    fields = [connection.ops.quote_name(field.column) for field in past.tracked_fields]
    columns, values = ", ".join(fields), ", ".join(f"t.{field}" for field in fields)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_table(past)} ({columns}, root_version, history_date, history_type, history_user_id) "
            f"SELECT {values}, %s, %s, %s, %s FROM {_table(model)} t WHERE {where} ORDER BY t.id",
            [version, now, kind, by.pk if by else None, *parameters],
        )


def _links(model: type[Model], past: Any, field: Any, last: int, written_after: int = 0) -> tuple[str, list[int]]:
    """The history of a many-to-many field: of records above this key, in rows of history above the other."""
    through = field.remote_field.through
    link = apps.get_model(model._meta.app_label, f"Historical{through.__name__}")
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    return (
        f"INSERT INTO {_table(link)} (history_id, id, {own}, {other}) "
        f"SELECT h.history_id, l.id, l.{own}, l.{other} FROM {_table(through)} l "
        f"JOIN {_table(past)} h ON h.id = l.{own} WHERE h.id > %s AND h.history_id > %s "
        f"AND NOT EXISTS (SELECT 1 FROM {_table(link)} o WHERE o.history_id = h.history_id) ORDER BY l.id",
        [last, written_after],
    )


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
