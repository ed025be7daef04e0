"""Marks that something a page shows was written: what pages that are kept are checked against."""

import datetime as dt
from secrets import randbits

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAYS_KEPT = 2
"""Longer than a page is kept, so that taking old stamps away does nothing worse than have a page made again."""
CLEAN_EVERY, CLEAN_AT_MOST = 100, 1000


def random_mark() -> int:
    return randbits(31)


class StampQuerySet(models.QuerySet["Stamp"]):
    def state(self, names: "list[str]") -> tuple[int, int]:
        """How many stamps these have, and the sum of their marks: another one whenever a stamp comes or goes."""
        table = connection.ops.quote_name(Stamp._meta.db_table)
        places = ", ".join(["%s"] * len(names))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*), SUM(mark) FROM {table} WHERE name IN ({places})", names)
            number, total = cursor.fetchone()
        return number, int(total or 0)

    def put(self, names: "set[str]") -> None:
        """Say that what these name was written. Rows are only added, so that nobody who saves waits for another."""
        rows = self.bulk_create(Stamp(name=name) for name in sorted(names))
        if any(row.pk % CLEAN_EVERY == 0 for row in rows):
            self.clean_up()

    def clean_up(self) -> None:
        """Take the oldest away; what somebody else is just taking away is passed over."""
        skips = connection.features.has_select_for_update_skip_locked
        before = timezone.localdate() - dt.timedelta(days=DAYS_KEPT)
        with transaction.atomic():
            oldest = self.order_by("pk").select_for_update(skip_locked=skips).values_list("pk", "made_on")
            self.filter(pk__in=[key for key, day in oldest[:CLEAN_AT_MOST] if day < before]).delete()


class Stamp(models.Model):
    """That something was written, by its name ("meetings.meeting:12"), in the transaction that wrote it."""

    name = models.CharField(_("what was written"), max_length=60)
    mark = models.IntegerField(_("mark"), default=random_mark)
    made_on = models.DateField(_("made on"), default=timezone.localdate)

    objects = StampQuerySet.as_manager()

    class Meta:
        verbose_name = _("stamp")
        verbose_name_plural = _("stamps")
        indexes = [models.Index(fields=["name", "mark"], name="stamp_name_mark")]

    def __str__(self) -> str:
        return self.name
