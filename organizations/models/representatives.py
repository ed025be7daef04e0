"""Model of representatives: who may act for an organization when signed in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, sees_all
from engagement.core.models.days import years_bounded
from engagement.core.models.history import History
from engagement.core.queries import valid_on
from engagement.core.types import Reader

from .organization import Organization


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    def current(self) -> "RepresentativeQuerySet":
        """The representatives in force today."""
        return self.filter(valid_on())

    def visible_to(self, user: Reader) -> "RepresentativeQuerySet":
        return self if sees_all(user) else self.filter(user=user.pk or 0)


class Representative(Record):
    """A user who may act for an organization: read its shared records, report on its promises."""

    asked_for = {
        "user": _("Choose the person who acts for the organization."),
        "organization": _("Choose the organization that the person acts for."),
    }
    root_field = "organization"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="representations", verbose_name=_("user")
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="representatives", verbose_name=_("organization")
    )
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    history = History()
    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["organization", "user", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                name="representative_once",
                violation_error_message=_("This user already represents this organization."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="representation_in_order",
                violation_error_message=_("A representation cannot end before it begins."),
            ),
            years_bounded("representation_years", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.organization}"
