"""Expiring rows: of use for some days; new ones take old ones away, so that no clean-up must be planned."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CLEAN_EVERY, CLEAN_AT_MOST = 100, 1000


class ExpiringQuerySet(models.QuerySet[Any]):
    days_kept = 2

    def clean_up_after(self, rows: "Sequence[models.Model]") -> None:
        """Every hundredth row that is added takes old ones away."""
        if any(row.pk % CLEAN_EVERY == 0 for row in rows):
            self.clean_up()

    def clean_up(self) -> None:
        """Delete the oldest rows; rows that somebody else is just deleting are passed over."""
        skips = connection.features.has_select_for_update_skip_locked
        before = timezone.localdate() - dt.timedelta(days=self.days_kept)
        with transaction.atomic():
            oldest = self.order_by("pk").select_for_update(skip_locked=skips).values_list("pk", "made_on")
            self.filter(pk__in=[key for key, day in oldest[:CLEAN_AT_MOST] if day < before]).delete()


class Expiring(models.Model):
    """A row that knows the day it was made on, and goes some days later."""

    made_on = models.DateField(_("created on"), default=timezone.localdate)

    class Meta:
        abstract = True
