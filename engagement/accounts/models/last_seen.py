"""Last-seen marks: up to which moment somebody has seen an activity page."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.core.types import SignedIn


class LookQuerySet(models.QuerySet["Look"]):
    def at(self, user: SignedIn, page: str) -> dt.datetime | None:
        """Up to when this person has seen this page; never, if that was never said."""
        return self.filter(user=user, page=page).values_list("looked_at", flat=True).first()

    def note(self, user: SignedIn, page: str, moment: dt.datetime) -> None:
        """Move the mark on, never back, however often and in whichever order it is said."""
        look, made = self.get_or_create(user=user, page=page, defaults={"looked_at": moment})
        if not made:
            self.filter(pk=look.pk, looked_at__lt=moment).update(looked_at=moment)


class Look(models.Model):
    """Written when somebody says so, and not by reading: see docs/decisions/activity.md."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    page = models.CharField(_("page"), max_length=60)
    looked_at = models.DateTimeField(_("last seen at"))

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page"],
                name="look_once_per_page",
                violation_error_message=_("This page is marked as seen already."),
            )
        ]

    def __str__(self) -> str:
        return self.page
