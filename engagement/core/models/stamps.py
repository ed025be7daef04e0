"""Change stamp of the register, by which kept pages are checked: the sum of the marks of recent writes."""

from secrets import randbits

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from . import expiring


def random_mark() -> int:
    return randbits(31)


class StampQuerySet(models.QuerySet["Stamp"]):
    def state(self) -> int:
        """Another number whenever a stamp comes or goes, whatever keys the database gives them."""
        table = connection.ops.quote_name(Stamp._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT SUM(mark) FROM {table}")
            (total,) = cursor.fetchone()
        return int(total or 0)

    def put(self) -> None:
        """Say that something was written. Rows are only added, so that nobody who saves waits for another.

        Every hundredth takes the others away, which changes nothing for kept pages: they are untrue by then. What
        somebody else is just taking away is passed over.
        """
        stamp = self.create()
        if stamp.pk % expiring.CLEAN_EVERY == 0:
            skips = connection.features.has_select_for_update_skip_locked
            others = self.exclude(pk=stamp.pk).select_for_update(skip_locked=skips)
            with transaction.atomic():  # whoever saves outside of one comes here too
                self.filter(pk__in=list(others.values_list("pk", flat=True))).delete()


class Stamp(models.Model):
    """A mark that the register was written, added in the transaction that wrote it."""

    mark = models.IntegerField(_("mark"), default=random_mark)

    objects = StampQuerySet.as_manager()

    class Meta:
        verbose_name = _("stamp")
        verbose_name_plural = _("stamps")

    def __str__(self) -> str:
        return str(self.pk)
