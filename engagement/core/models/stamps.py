"""Marks that something a page shows was written: what pages that are kept are checked against."""

from secrets import randbits

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .passing import Passing, PassingQuerySet


def random_mark() -> int:
    return randbits(31)


class StampQuerySet(PassingQuerySet):
    days_kept = 2
    """Longer than a page is kept, so that taking old stamps away does nothing worse than have a page made again."""

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
        self.clean_up_after(rows)


class Stamp(Passing):
    """That something was written, by its name ("meetings.meeting:12"), in the transaction that wrote it."""

    name = models.CharField(_("what was written"), max_length=60)
    mark = models.IntegerField(_("mark"), default=random_mark)

    objects = StampQuerySet.as_manager()

    class Meta:
        verbose_name = _("stamp")
        verbose_name_plural = _("stamps")
        indexes = [models.Index(fields=["name", "mark"], name="stamp_name_mark")]

    def __str__(self) -> str:
        return self.name
