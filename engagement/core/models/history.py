"""Audit trail of every field of every record, with who and when, kept by django-simple-history."""

from functools import cache
from typing import Any

from django.db import models
from django.dispatch import receiver
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from engagement.core.types import Actor


class Trace(models.Model):
    """Columns of a history row beyond the record's own: the version of the whole that the record is a part of."""

    root_version = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        abstract = True


class OneHistoryManager(HistoryManager):
    """The manager of simple_history, which would make a new class each time somebody writes or reads history."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """``history = History()`` on a record. Many-to-many fields are named: ``History(m2m_fields=[themes])``."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("bases", [Trace])
        kwargs.setdefault("history_manager", OneHistoryManager)
        super().__init__(**kwargs)

    def m2m_changed(self, instance: Any, action: str, attr: str, pk_set: object, reverse: bool, **kwargs: Any) -> None:
        """A changed selection is a change of the record: its version rises. Selecting the same again is none."""
        if reverse or pk_set == set():
            return
        if action in ("post_add", "post_remove", "post_clear"):
            instance.touch()
        super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        """Like simple_history's, which asks for the record again each time; a new record has no selections yet."""
        for field in () if history_instance.history_type == "+" else history_instance._history_m2m_fields:
            model, through = self.m2m_models[field], field.remote_field.through
            names = [column.attname for column in through._meta.concrete_fields]
            rows = through._base_manager.filter(**{field.m2m_field_name(): instance.pk}).values(*names)
            model.objects.bulk_create([model(history=history_instance, **row) for row in rows])


@receiver(pre_create_historical_record, dispatch_uid="core.tracing.root_version")
def _note_root_version(instance: Any, history_instance: Any, **kwargs: Any) -> None:
    history_instance.root_version = getattr(instance, "root_version", None)
    if history_instance.root_version is None and instance.root_field:  # it goes together with another part
        whole = instance._meta.get_field(instance.root_field).related_model
        key = getattr(instance, f"{instance.root_field}_id")
        versions = whole._base_manager.filter(pk=key).values_list("version", flat=True)
        history_instance.root_version = versions.first()


def actor_of(record: models.Model) -> Actor:
    """Who writes: named by the verb, else whoever makes the request; nobody where the system does."""
    request = getattr(HistoricalRecords.context, "request", None)
    user: Actor = getattr(record, "_history_user", None) or getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
