"""Signed, expiring links: whoever is given one reports on one follow-up, without an account."""

import datetime as dt
import logging
import secrets

from django.core.exceptions import ValidationError
from django.db import Error, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models.calendar_links import digest_of
from engagement.core.models import Visibility, sees_all
from engagement.core.models.days import years_bounded
from engagement.core.models.fields import required_text, when, who
from engagement.core.readers import ONLY_SECRETARIAT
from engagement.core.types import Reader, SignedIn
from engagement.core.unavailable import briefly
from organizations.models import Organization
from organizations.models.organization import OrganizationQuerySet

from .followup import FollowUp
from .report import promising_organizations

logger = logging.getLogger(__name__)

DAYS, MOST_DAYS = 14, 90
"""A link lasts so long unless another day is given, and no longer than that."""


class Ended(models.TextChoices):
    """Why a link opens nothing any more, as whoever holds it is told."""

    USED = "used", _("This link was used: it was reported as done.")
    REVOKED = "revoked", _("This link was withdrawn.")
    EXPIRED = "expired", _("This link has expired.")
    CLOSED = "closed", _("What this link was for is closed. There is nothing left to report.")


class ReportLinkQuerySet(models.QuerySet["ReportLink"]):
    def visible_to(self, user: Reader) -> "ReportLinkQuerySet":
        """Whom the secretariat gave a link is its own."""
        return self if sees_all(user) else self.none()

    def for_page(self) -> "ReportLinkQuerySet":
        done = Q(reports__kind="done")
        return self.select_related("organization", "made_by").annotate(
            reported=models.Count("reports"), done=models.Count("reports", filter=done)
        )

    def make(
        self,
        followup: FollowUp,
        *,
        by: SignedIn,
        name: str,
        organization: Organization,
        expires_on: dt.date,
        form: str = "",
    ) -> "tuple[ReportLink, str]":
        """A new link, and the secret part of its address: to be shown now, and never again.

        ``form`` is the token of the form that asks: sent twice, it makes one link, and shows its address both times.
        """
        link = ReportLink(followup=followup, name=name, organization=organization, expires_on=expires_on, made_by=by)
        link.name = required_text(name, "name", _("Enter the name of the person you give the link to."))
        check_may_be_linked(followup, organization)
        check_expiry(expires_on)
        link.full_clean(exclude=["followup", "organization", "made_by", "digest"])
        about = f"{by.pk} {followup.pk} {form}"
        secret = (
            salted_hmac("report link", about, algorithm="sha256").hexdigest() if form else secrets.token_urlsafe(32)
        )
        given = {name: getattr(link, name) for name in ("followup", "name", "organization", "expires_on", "made_by")}
        link, _made = self.get_or_create(digest=digest_of(secret), defaults=given)
        return link, secret

    def behind(self, token: str) -> "ReportLink | None":
        """The link that a token belongs to, whether or not it still opens anything."""
        return self.select_related("followup__owner", "organization").filter(digest=digest_of(token)).first()


class ReportLink(models.Model):
    """Whoever has the link reads what one promise is and reports on it, until it was reported as done.

    The token is long and random, so that its plain digest is enough to recognize it by.
    """

    readers = ONLY_SECRETARIAT

    followup = models.ForeignKey(
        FollowUp, models.PROTECT, editable=False, related_name="report_links", verbose_name=_("follow-up")
    )
    name = models.CharField(_("given to"), max_length=120)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="report_links", verbose_name=_("organization")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    made_by = who(_("created by"))
    expires_on = models.DateField(_("valid until"))
    revoked_at = when(_("revoked at"))
    revoked_by = who(_("revoked by"))
    times_opened = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    last_opened_on = models.DateField(_("last opened on"), null=True, editable=False)

    objects = ReportLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to report")
        verbose_name_plural = _("links to report")
        ordering = ["-made_at", "-pk"]
        constraints = [years_bounded("report_link_years", "expires_on")]

    def __str__(self) -> str:
        return f"{self.followup.reference}: {self.name}"

    def path_of(self, token: str) -> str:
        return reverse("followups:respond", args=[token])

    @property
    def ended(self) -> Ended | None:
        """Why it opens nothing any more; asked of the database now."""
        if self.reports.filter(kind="done").exists():
            return Ended.USED
        if self.revoked_at is not None:
            return Ended.REVOKED
        if self.expires_on < timezone.localdate():
            return Ended.EXPIRED
        if self.followup.is_closed:
            return Ended.CLOSED
        return Ended.REVOKED if self.followup.effective_visibility == Visibility.INTERNAL else None

    @property
    def told(self) -> str:
        """How it stands, for the secretariat; made by ``for_page``."""
        if getattr(self, "done", 0):
            return str(_("used"))
        if self.revoked_at is not None:
            return str(_("revoked"))
        return str(_("expired")) if self.expires_on < timezone.localdate() else ""

    def revoke(self, *, by: SignedIn) -> None:
        """It opens nothing any more; doing it twice changes nothing."""
        type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)

    def note_use(self) -> None:
        """Count that it was opened. Reading does not depend on it."""
        try:
            with briefly():
                rows = type(self).objects.filter(pk=self.pk)
                rows.update(times_opened=F("times_opened") + 1, last_opened_on=timezone.localdate())
        except Error as error:
            logger.warning("That a link to report was used was not written: %s", error)


def may_be_linked(followup: FollowUp) -> bool:
    """Whether the other side has something to report on it that it may know of."""
    is_theirs = followup.side != FollowUp.Side.OURS
    return is_theirs and not followup.is_closed and followup.effective_visibility > Visibility.INTERNAL


def organizations_to_link(followup: FollowUp) -> OrganizationQuerySet:
    """Those that may report on it, without the host."""
    return promising_organizations(followup).filter(is_host=False)


def check_may_be_linked(followup: FollowUp, organization: Organization) -> None:
    if not may_be_linked(followup):
        text = _("Links are given for what others promised, while it is open and not internal.")
        raise ValidationError(text, code="not_to_link")
    if not organizations_to_link(followup).filter(pk=organization.pk).exists():
        raise ValidationError({"organization": _("Choose an organization that made this promise.")}, code="other")


def check_expiry(day: dt.date) -> None:
    today = timezone.localdate()
    if not today <= day <= today + dt.timedelta(days=MOST_DAYS):
        text = _("Choose a day from today to %(days)s days from now.")
        raise ValidationError({"expires_on": ValidationError(text, code="expiry", params={"days": MOST_DAYS})})
