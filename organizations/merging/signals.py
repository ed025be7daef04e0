"""Signals that refuse a foreign key to a merged organization: whoever chose it before the merge is told."""

from collections.abc import Iterable
from functools import cache

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from organizations.models import Organization

from .references import references


@cache
def _pointers(model: type[Model]) -> tuple[str, ...]:
    """The columns by which a model names organizations."""
    return tuple(
        one.field.attname
        for one in references(Organization)
        if one.model is model and not one.is_selection and model is not Organization
    )


@cache
def _selections() -> frozenset[type[Model]]:
    """The tables in which selections of organizations are kept."""
    return frozenset(one.field.remote_field.through for one in references(Organization) if one.is_selection)


@receiver(post_save, dispatch_uid="organizations.merging.saved")
def _refuse_saved(sender: type[Model], instance: Model, raw: bool = False, **kwargs: object) -> None:
    """After the row is written, it cannot be overtaken: a merge waits for it, or it has waited for the merge."""
    if not raw and (columns := _pointers(sender)):
        refuse_merged(getattr(instance, column) for column in columns)


@receiver(m2m_changed, dispatch_uid="organizations.merging.chosen")
def _refuse_chosen(sender: type[Model], action: str, model: type[Model], pk_set: set[int], **kwargs: object) -> None:
    if action == "post_add" and model is Organization and sender in _selections():
        refuse_merged(pk_set)


def refuse_merged(keys: Iterable[int | None]) -> None:
    """Raises ValidationError for one that was merged; on PostgreSQL the others cannot be until the transaction ends."""
    wanted = sorted({key for key in keys if key is not None})
    if not wanted:
        return
    if connection.vendor == "postgresql":
        _hold(wanted)
    merged = Organization._base_manager.filter(pk__in=wanted, merged_into__isnull=False).order_by("pk")
    if key := next(iter(merged.values_list("pk", flat=True)[:1]), None):  # hardly ever, so no more is read
        one = merged.select_related("merged_into").get(pk=key)
        message = _("%(organization)s was merged into %(other)s; choose that one.")
        raise ValidationError(message % {"organization": one, "other": one.merged_into}, code="merged")


def _hold(keys: list[int]) -> None:
    """Check a foreign key now instead of at the end of the transaction: many may hold a row, a merge waits for them."""
    table = connection.ops.quote_name(Organization._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [keys])
