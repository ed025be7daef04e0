"""Signed, expiring, revocable links (abstract): an address by which one person without an account does one thing."""

import datetime as dt
import logging
import secrets
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import Error, models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models.calendar_links import digest_of
from engagement.core.models import SecretariatQuerySet
from engagement.core.models.fields import when, who
from engagement.core.readers import ONLY_SECRETARIAT
from engagement.core.types import SignedIn
from engagement.core.unavailable import briefly

logger = logging.getLogger(__name__)

DAYS, MOST_DAYS = 14, 90
"""A link lasts so long unless another day is given, and no longer than that."""


class SignedLinkQuerySet(SecretariatQuerySet):
    def behind(self, token: str) -> Any:
        """The link that a token belongs to, whether or not it still opens anything; None if there is none."""
        return self.with_whole().filter(digest=digest_of(token)).first()

    def with_whole(self) -> Self:
        """With the record that a link is for."""
        return self

    def keep(self, link: "SignedLink", about: str, form: str) -> tuple[Any, str]:
        """Save a new link; with it comes the secret part of its address: to be shown now, and never again.

        ``form`` is the token of the form that asks: sent twice, it makes one link, and shows its address both times.
        """
        given = {
            field.name: getattr(link, field.name) for field in link._meta.concrete_fields if field.name in link.GIVEN
        }
        kind = str(link._meta.verbose_name_raw)
        secret = salted_hmac(kind, f"{about} {form}", algorithm="sha256").hexdigest() if form else ""
        secret = secret or secrets.token_urlsafe(32)
        kept, _made = self.get_or_create(digest=digest_of(secret), defaults=given)
        return kept, secret


class SignedLink(models.Model):
    """A link by which its holder does one thing, in the name of the person it was given to, for a time.

    The token is long and random, so that its plain digest is enough to recognize it by.
    """

    readers = ONLY_SECRETARIAT
    GIVEN: tuple[str, ...] = ("name", "organization", "expires_on", "made_by")
    """What is said when one is made."""

    name = models.CharField(_("given to"), max_length=120)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    made_by = who(_("created by"))
    expires_on = models.DateField(_("valid until"))
    revoked_at = when(_("revoked at"))
    revoked_by = who(_("revoked by"))
    times_opened = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    last_opened_on = models.DateField(_("last opened on"), null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-made_at", "-pk"]

    @property
    def is_expired(self) -> bool:
        return self.expires_on < timezone.localdate()

    @property
    def told(self) -> str:
        """How it stands, for the secretariat."""
        if self.revoked_at is not None:
            return str(_("revoked"))
        return str(_("expired")) if self.is_expired else ""

    def revoke(self, *, by: SignedIn) -> None:
        """Revoke the link; doing it twice changes nothing."""
        rows = type(self)._base_manager.filter(pk=self.pk, revoked_at=None)
        rows.update(revoked_at=timezone.now(), revoked_by=by)

    def note_use(self) -> None:
        """Count that it was opened. Reading does not depend on it."""
        try:
            with briefly():
                rows = type(self)._base_manager.filter(pk=self.pk)
                rows.update(times_opened=F("times_opened") + 1, last_opened_on=timezone.localdate())
        except Error as error:
            logger.warning("That a link was used was not written: %s", error)


def check_expiry(day: dt.date) -> None:
    today = timezone.localdate()
    if not today <= day <= today + dt.timedelta(days=MOST_DAYS):
        text = _("Choose a day from today to %(days)s days from now.")
        raise ValidationError({"expires_on": ValidationError(text, code="expiry", params={"days": MOST_DAYS})})
