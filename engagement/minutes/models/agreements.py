"""Model of agreements (append-only): one counterpart agreed to a version of the minutes, and how."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import AppendOnly, AppendOnlyQuerySet, Visibility, sees_all
from engagement.core.models.fields import who
from engagement.core.types import Reader
from organizations.models import Organization

from .links import MinutesLink
from .status import How
from .versions import MinutesVersion


class MinutesAgreementQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Reader) -> "MinutesAgreementQuerySet":
        """The agreements to versions that this reader may read at the table."""
        if sees_all(user):
            return self
        seen = MinutesVersion.objects.visible_to(user).filter(audience=Visibility.SHARED)
        return self.filter(version__in=seen.order_by().values("pk"))


class MinutesAgreement(AppendOnly):
    """An organization agrees to a version that was sent to it."""

    version = models.ForeignKey(
        MinutesVersion, models.CASCADE, related_name="agreements", editable=False, verbose_name=_("version of minutes")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="minutes_agreements", verbose_name=_("organization")
    )
    how = models.CharField(_("how"), max_length=9, choices=How.choices)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = who(_("by"))
    link = models.ForeignKey(
        MinutesLink, models.PROTECT, null=True, related_name="agreements", verbose_name=_("through the link")
    )
    word = models.CharField(_("note"), max_length=500, blank=True)

    objects = MinutesAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement to minutes")
        verbose_name_plural = _("agreements to minutes")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organization"],
                name="minutes_agreement_once",
                violation_error_message=_("This organization has already agreed to this version."),
            ),
            models.CheckConstraint(
                condition=Q(how=How.LINK, link__isnull=False, by=None)
                | Q(how=How.SILENT, link=None, by=None)
                | Q(how__in=[How.SIGNED_IN, How.TOLD], link=None),
                name="minutes_agreement_by_somebody_or_silent",
                violation_error_message=_("Say who agreed: a representative, the holder of a link, or nobody."),
            ),
            models.CheckConstraint(
                condition=~Q(how=How.TOLD) | ~Q(word=""),
                name="minutes_agreement_told_with_a_word",
                violation_error_message=_("Enter how you were told."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.get_how_display()}"
