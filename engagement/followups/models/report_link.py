"""Signed, expiring links to report: whoever is given one reports on one follow-up, without an account."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Visibility
from engagement.core.models.days import years_bounded
from engagement.core.models.fields import required_text
from engagement.core.types import SignedIn
from organizations.models import Organization
from organizations.models.organization import OrganizationQuerySet
from organizations.models.signed_links import SignedLink, SignedLinkQuerySet, check_expiry

from .followup import FollowUp
from .report import Report, promising_organizations


class Ended(models.TextChoices):
    """Why a link opens nothing any more, as whoever holds it is told."""

    USED = "used", _("This link was used: the follow-up was reported as done.")
    REVOKED = "revoked", _("This link was revoked.")
    EXPIRED = "expired", _("This link has expired.")
    CLOSED = "closed", _("The follow-up of this link is closed. There is nothing left to report.")


class ReportLinkQuerySet(SignedLinkQuerySet):
    def for_page(self) -> "ReportLinkQuerySet":
        done = Q(reports__kind="done")
        rows: ReportLinkQuerySet = self.select_related("organization", "made_by").annotate(
            reported=models.Count("reports"), done=models.Count("reports", filter=done)
        )
        return rows

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
        kept: tuple[ReportLink, str] = self.keep(link, f"{by.pk} {followup.pk}", form)
        return kept

    def with_whole(self) -> "ReportLinkQuerySet":
        return self.select_related("followup__owner", "organization")


class ReportLink(SignedLink):
    """A link by which its holder reads one promise and reports on it, until it was reported as done."""

    GIVEN = ("followup", *SignedLink.GIVEN)

    followup = models.ForeignKey(
        FollowUp, models.PROTECT, editable=False, related_name="report_links", verbose_name=_("follow-up")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="report_links", verbose_name=_("organization")
    )

    objects = ReportLinkQuerySet.as_manager()

    class Meta(SignedLink.Meta):
        verbose_name = _("link to report")
        verbose_name_plural = _("links to report")
        constraints = [years_bounded("report_link_years", "expires_on")]

    def __str__(self) -> str:
        return f"{self.followup.reference}: {self.name}"

    def path_of(self, token: str) -> str:
        return reverse("followups:respond", args=[token])

    @property
    def revoke_path(self) -> str:
        return reverse("followups:revoke_link", args=[self.followup.reference, self.pk])

    @property
    def ended(self) -> Ended | None:
        """Why it opens nothing any more; asked of the database now."""
        if self.reports.filter(kind="done").exists():
            return Ended.USED
        if self.revoked_at is not None:
            return Ended.REVOKED
        if self.is_expired:
            return Ended.EXPIRED
        if self.followup.is_closed:
            return Ended.CLOSED
        return Ended.REVOKED if self.followup.effective_visibility == Visibility.INTERNAL else None

    @property
    def asked_back(self) -> Report | None:
        """The report that was returned last, with its reason: whoever is asked again reads what is missing."""
        returned = Report.objects.returned().filter(followup=self.followup_id, organization=self.organization_id)
        found: Report | None = returned.order_by("-decided_at").first()
        return found

    @property
    def told(self) -> str:
        """How it stands, for the secretariat; made by ``for_page``."""
        return str(_("used")) if getattr(self, "done", 0) else super().told


def may_be_linked(followup: FollowUp) -> bool:
    """Whether the other side has something to report on it that it may know of."""
    is_theirs = followup.side != FollowUp.Side.OURS
    return is_theirs and not followup.is_closed and followup.effective_visibility > Visibility.INTERNAL


def organizations_to_link(followup: FollowUp) -> OrganizationQuerySet:
    """The organizations that may report on a promise, without the host."""
    return promising_organizations(followup).filter(is_host=False)


def check_may_be_linked(followup: FollowUp, organization: Organization) -> None:
    if not may_be_linked(followup):
        text = _("You can give a link only for an open promise of someone else that is not internal.")
        raise ValidationError(text, code="not_to_link")
    if not organizations_to_link(followup).filter(pk=organization.pk).exists():
        raise ValidationError({"organization": _("Choose an organization that made this promise.")}, code="other")
