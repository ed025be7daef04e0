"""History of every field of every record, with who and when, kept by django-simple-history."""

from typing import Any

from django.db import models
from django.dispatch import receiver
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record


class Trace(models.Model):
    """What a history row knows beyond the record itself: the version of the whole the record is a part of."""

    root_version = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        abstract = True


class History(HistoricalRecords):
    """``history = History()`` on a record. Many-to-many fields are named: ``History(m2m_fields=[themes])``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("bases", [Trace])
        super().__init__(**kwargs)


@receiver(pre_create_historical_record, dispatch_uid="core.tracing.root_version")
def _note_root_version(instance: models.Model, history_instance: Any, **kwargs: Any) -> None:
    history_instance.root_version = getattr(instance, "root_version", None)
