"""Links to comment (signed, expiring): whoever is given one answers minutes that were sent, without an account."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Visibility
from engagement.core.models.days import years_bounded
from engagement.core.models.fields import required_text
from engagement.core.types import SignedIn
from meetings.models import Party
from organizations.models import Organization, Representative
from organizations.models.signed_links import SignedLink, SignedLinkQuerySet, check_expiry

from .minutes import Minutes
from .status import Status


class Ended(models.TextChoices):
    """Why a link opens nothing any more, as whoever holds it is told."""

    USED = "used", _("This link was used: your organization has agreed to the minutes.")
    REVOKED = "revoked", _("This link was revoked.")
    EXPIRED = "expired", _("This link has expired.")
    CLOSED = "closed", _("The minutes are no longer open for comments.")


class MinutesLinkQuerySet(SignedLinkQuerySet):
    def with_whole(self) -> "MinutesLinkQuerySet":
        return self.select_related("minutes__meeting", "organization", "person")

    def make(
        self,
        minutes: Minutes,
        *,
        by: SignedIn,
        organization: Organization,
        expires_on: dt.date,
        name: str = "",
        person: User | None = None,
        form: str = "",
    ) -> "tuple[MinutesLink, str]":
        """A new link, and the secret part of its address: to be shown now, and never again.

        For a representative it ends when that person no longer acts for the organization; ``form`` is the token of the
        form that asks.
        """
        name = required_text(str(person or name), "name", _("Enter the name of the person you give the link to."))
        if person is not None and not _acts_for(person, organization):
            raise ValidationError({"person": _("This person does not act for the organization.")}, code="other")
        if organization not in minutes.counterparts():
            raise ValidationError({"organization": _("Choose an organization that took part.")}, code="other")
        check_expiry(expires_on)
        link = MinutesLink(minutes=minutes, name=name, person=person, organization=organization, expires_on=expires_on)
        link.made_by = by
        link.full_clean(exclude=["minutes", "organization", "person", "made_by", "digest"])
        kept: tuple[MinutesLink, str] = self.keep(link, f"{by.pk} {minutes.pk}", form)
        return kept


def _acts_for(person: User, organization: Organization) -> bool:
    rows = Representative.objects.current().filter(user=person, user__is_active=True, organization=organization)
    return rows.exists()


class MinutesLink(SignedLink):
    """A link by which its holder reads the minutes as they were sent, and answers for one organization."""

    GIVEN = ("minutes", "person", *SignedLink.GIVEN)

    minutes = models.ForeignKey(
        Minutes, models.CASCADE, editable=False, related_name="links", verbose_name=_("minutes")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="minutes_links", verbose_name=_("organization")
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="minutes_links", verbose_name=_("representative")
    )

    objects = MinutesLinkQuerySet.as_manager()

    class Meta(SignedLink.Meta):
        verbose_name = _("link to comment on minutes")
        verbose_name_plural = _("links to comment on minutes")
        constraints = [years_bounded("minutes_link_years", "expires_on")]

    def __str__(self) -> str:
        return f"{self.minutes}: {self.name}"

    def path_of(self, token: str) -> str:
        return reverse("minutes:by_link", args=[token])

    @property
    def revoke_path(self) -> str:
        return reverse("minutes:revoke_link", args=[self.minutes.meeting.slug, self.pk])

    @property
    def is_withdrawn(self) -> bool:
        """Taken back, or given to somebody who no longer acts for the organization, or this no longer takes part."""
        if self.revoked_at is not None or (self.person and not _acts_for(self.person, self.organization)):
            return True
        seats = Party.objects.filter(Q(meeting=self.minutes.meeting_id) & Q(organization=self.organization_id))
        is_seen = self.minutes.meeting.effective_visibility >= Visibility.SHARED
        return not is_seen or not seats.exclude(side=Party.Side.HOST).exists()

    @property
    def ended(self) -> Ended | None:
        """Why it opens nothing any more; asked of the database now."""
        if self.is_withdrawn:
            return Ended.REVOKED
        if self.minutes.has_agreed(self.organization):
            return Ended.USED
        if self.is_expired:
            return Ended.EXPIRED
        return None if self.minutes.status == Status.SENT else Ended.CLOSED
