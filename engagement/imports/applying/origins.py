"""Provenance: which row of which file made or changed each record."""

from typing import TypedDict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from engagement.imports.models import Import, Origin
from engagement.imports.models.rows import Value
from engagement.imports.planning.plan import Plan

BATCH = 2000


class Before(TypedDict, total=False):
    """The former values of a record, and the parts it was given, so that the import can be undone."""

    fields: dict[str, Value]
    parts: list[list[str | int]]  # label of the model, key
    status: list[str]


class OriginRecorder:
    """Collects origins; ``close`` writes them."""

    def __init__(self, batch: Import, plan: Plan) -> None:
        self.batch, self.at = batch, timezone.now()
        self.rows = {row.number: row for row in plan.rows}
        self.origins: list[Origin] = []

    def made(self, record: Model, row: int) -> None:
        self.origins.append(self._origin(record, row, is_created=True))

    def changed(self, record: Model, row: int, before: Before) -> None:
        origin = self._origin(record, row, is_created=False)
        origin.before = before
        self.origins.append(origin)

    def _origin(self, record: Model, row: int, *, is_created: bool) -> Origin:
        origin = Origin(batch=self.batch, row=row, object_id=record.pk, is_created=is_created)
        origin.content_type = ContentType.objects.get_for_model(record)
        origin.record_version = getattr(record, "version", 1)
        planned = self.rows[row]
        origin.key, origin.stated = planned.key, planned.stated
        return origin

    def close(self) -> None:
        Origin.objects.bulk_create(self.origins, batch_size=BATCH)
