"""Rate limit in the database: failed attempts to sign in, counted for all processes of the site together.

Each failure takes one of a fixed number of places of its source and leaves it some minutes later. A place is taken by
one statement, which the database carries out at one moment: of those who try together each gets another place or none.
"""

import datetime as dt
from random import random

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CLEAN_UP_ONE_IN = 50


class FailedSignInQuerySet(models.QuerySet["FailedSignIn"]):
    def counted(self, source: str) -> "FailedSignInQuerySet":
        """The failures from this source that are not too old to count."""
        return self.filter(source=source, expires_at__gt=timezone.now())

    def take(self, source: str, most: int, lasts: dt.timedelta) -> int | None:
        """The number of the place taken, or None when all are."""
        if random() * CLEAN_UP_ONE_IN < 1:
            self.filter(expires_at__lte=timezone.now()).delete()
        taken = set(self.counted(source).values_list("place", flat=True))
        free = (number for number in range(most) if number not in taken)
        return next((number for number in free if self._take(source, number, lasts)), None)

    def _take(self, source: str, place: int, lasts: dt.timedelta) -> bool:
        now = timezone.now()
        table = connection.ops.quote_name(FailedSignIn._meta.db_table)
        past = f"{table}.expires_at <= %s"
        until = connection.ops.adapt_datetimefield_value(now + lasts)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (source, place, expires_at) VALUES (%s, %s, %s) "
                f"ON CONFLICT (source, place) DO UPDATE SET expires_at = excluded.expires_at WHERE {past}",
                [source, place, until, connection.ops.adapt_datetimefield_value(now)],
            )
            return bool(cursor.rowcount == 1)


class FailedSignIn(models.Model):
    """One wrong password that still counts; whose, only a digest says."""

    source = models.CharField(_("source"), max_length=40)
    place = models.PositiveSmallIntegerField(_("place"))
    expires_at = models.DateTimeField(_("counts until"), db_index=True)

    objects = FailedSignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "place"],
                name="failed_sign_in_place",
                violation_error_message=_("This failed sign-in is counted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.place}"
