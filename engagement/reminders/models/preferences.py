"""Notification preferences: the kinds and the frequency of a colleague's reminders."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.readers import ONLY_YOU


class Kind(models.TextChoices):
    """Why somebody is reminded of a follow-up, or of a meeting."""

    MINE = "mine", _("Follow-ups assigned to me")
    CHASE = "chase", _("Promises of counterparts that I remind them of")
    WAITING = "waiting", _("Follow-ups waiting on us for more than 30 days")
    NOBODY = "nobody", _("Follow-ups without a reminder")
    PUBLISH = "publish", _("Meetings to publish, and changes of published ones")


class Frequency(models.TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Once a week, on Monday")
    NEVER = "never", _("Never")


class Preference(models.Model):
    """The preferences of one person; a person without any gets everything, every day."""

    readers = ONLY_YOU

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_preference", verbose_name=_("user")
    )
    frequency = models.CharField(
        _("how often"),
        max_length=6,
        choices=Frequency.choices,
        default=Frequency.DAILY,
        help_text=_("One e-mail at most."),
    )
    unwanted = models.JSONField(_("not wanted"), default=list, blank=True)

    class Meta:
        verbose_name = _("reminder preference")
        verbose_name_plural = _("reminder preferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values),
                name="reminder_frequency_known",
                violation_error_message=_("Choose from the list how often you are reminded."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_frequency_display())

    def wants(self, kind: str) -> bool:
        return self.frequency != Frequency.NEVER and kind not in self.unwanted
