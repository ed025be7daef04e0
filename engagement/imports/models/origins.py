"""Origin, the provenance of a record: which row of which file made it or changed it."""

from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.imports.models.imports import Import
from engagement.imports.models.permissions import ImportersQuerySet


class OriginQuerySet(ImportersQuerySet):
    def of(self, record: models.Model) -> Self:
        """The origins of a record, the latest first, with file, layout and importer."""
        mine = self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)
        return mine.select_related("batch__layout", "batch__committed_by").order_by("-pk")


class Origin(models.Model):
    """One row made or changed one record. Rows that were joined in one meeting each have their own."""

    batch = models.ForeignKey(Import, models.PROTECT, related_name="origins", verbose_name=_("import"))
    row = models.PositiveIntegerField(_("row"))
    key = models.CharField(_("source"), max_length=64, db_index=True, blank=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("kind of record"))
    object_id = models.BigIntegerField(_("record"))
    record = GenericForeignKey("content_type", "object_id")
    is_created = models.BooleanField(_("created by this import"), default=True)
    record_version = models.PositiveIntegerField(_("version after the import"), default=1)
    stated = models.JSONField(_("value in the row"), default=dict)
    before = models.JSONField(_("value before"), default=dict)

    objects = OriginQuerySet.as_manager()

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        ordering = ["batch", "row", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="origin_of_record")]

    def __str__(self) -> str:
        return f"{self.batch}, {self.row}"
