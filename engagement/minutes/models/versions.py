"""Versions of minutes: append-only documents made from the record for one audience, numbered, each with its SHA-256."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import AppendOnlyQuerySet, SealedContent, Visibility, sees_all
from engagement.core.models.fields import who
from engagement.core.types import Reader
from meetings.models import Meeting

from .minutes import Minutes
from .sendings import MinutesSending


class MinutesVersionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Reader) -> "MinutesVersionQuerySet":
        """All for the secretariat; for a party the sent ones, as long as its people see the meeting.
        For everybody those for the public, while the meeting is, made since it was last published."""
        if sees_all(user):
            return self
        public = Q(
            audience=Visibility.PUBLIC,
            minutes__meeting__effective_visibility=Visibility.PUBLIC,
            at__gte=F("minutes__meeting__published_at"),
        )
        if not user.is_authenticated:
            return self.filter(public)
        own = Meeting.objects.filter(effective_visibility__gte=Visibility.SHARED)
        own = own.filter(own.shared_with(user))
        sent = Exists(MinutesSending.objects.filter(version_sent=OuterRef("pk")))
        shared = Q(sent, audience=Visibility.SHARED, minutes__meeting__in=own.values("pk"))
        return self.filter(public | shared)

    def sent(self) -> "MinutesVersionQuerySet":
        """The versions that went to the counterpart."""
        return self.filter(Exists(MinutesSending.objects.filter(version_sent=OuterRef("pk"))))

    def without_content(self) -> "MinutesVersionQuerySet":
        """For lists, which need none of it."""
        return self.defer("content")


class MinutesVersion(SealedContent):
    """The minutes as they were at one moment, for one audience."""

    minutes = models.ForeignKey(
        Minutes, models.CASCADE, related_name="versions", editable=False, verbose_name=_("minutes")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    audience = models.PositiveSmallIntegerField(_("made for"), choices=Visibility.choices, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = who(_("by"))
    reason = models.TextField(_("reason"), blank=True, editable=False)

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of minutes")
        verbose_name_plural = _("versions of minutes")
        ordering = ["minutes", "number", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "number"],
                name="minutes_version_once",
                violation_error_message=_("This version already exists."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="minutes_version_from_one",
                violation_error_message=_("Versions are counted from 1."),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Visibility.values),
                name="minutes_version_audience_known",
                violation_error_message=_("Choose the audience from the list."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("version %(number)d") % {"number": self.number})
