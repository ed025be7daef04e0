"""Private calendar links (capability URLs): an address that a calendar program reads without signing in."""

import hashlib
import logging
import secrets

from django.conf import settings
from django.db import Error, models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from engagement.core.readers import ONLY_YOU
from engagement.core.types import SignedIn
from engagement.core.unavailable import briefly

logger = logging.getLogger(__name__)


class Opens(models.TextChoices):
    """The addresses that a link can open; each link opens one kind."""

    CALENDARS = "calendars", _("Calendars")
    ACTIVITY = "activity", _("Activity feeds")


class CalendarLinkQuerySet(models.QuerySet["CalendarLink"]):
    def in_force(self) -> "CalendarLinkQuerySet":
        return self.filter(revoked_at=None, user__is_active=True)

    def of(self, user: SignedIn) -> "CalendarLinkQuerySet":
        return self.filter(user=user, revoked_at=None)

    def make(
        self, user: SignedIn, name: str = "", *, form: str = "", opens: str = Opens.CALENDARS
    ) -> "tuple[CalendarLink, str]":
        """A new link, and the secret part of its address: to be shown now, and never again.

        ``form`` is the token of the form that asks: sent twice, it makes one link, and shows its address both times.
        """
        secret = salted_hmac("calendar link", f"{user.pk} {form}", algorithm="sha256").hexdigest() if form else ""
        if not secret or self.filter(digest=digest_of(secret)).exclude(revoked_at=None).exists():
            secret = secrets.token_urlsafe(32)
        link, _made = self.get_or_create(
            digest=digest_of(secret), defaults={"user": user, "name": name, "opens": opens}
        )
        return link, secret

    def behind(self, token: str, opens: str = Opens.CALENDARS) -> "CalendarLink | None":
        """The link in force that a token is, if it opens this."""
        return self.in_force().select_related("user").filter(digest=digest_of(token), opens=opens).first()


class CalendarLink(models.Model):
    """Whoever has the link sees the dates, or the activity, that its owner sees, as long as it is not revoked and the
    owner may sign in.

    The token is long and random, so that its plain digest is enough to recognize it by.
    """

    readers = ONLY_YOU
    Opens = Opens

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_links", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=60, blank=True, help_text=_("Where you use it, such as “Phone”."))
    opens = models.CharField(
        _("what it opens"), max_length=10, choices=Opens.choices, default=Opens.CALENDARS, editable=False
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    last_used_on = models.DateField(_("last used on"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name or str(_("Calendar link"))

    def revoke(self) -> None:
        """Revoke the link; doing it twice changes nothing."""
        type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())

    def note_use(self) -> None:
        """Note the day of use, by which the owner sees which links are still needed. Reading does not depend on it."""
        today = timezone.localdate()
        if self.last_used_on == today:
            return
        try:
            with briefly():
                type(self).objects.filter(pk=self.pk).update(last_used_on=today)
        except Error as error:
            logger.warning("That a calendar link was used was not written: %s", error)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
