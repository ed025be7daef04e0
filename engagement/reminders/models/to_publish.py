"""Log of the e-mails in which a colleague reminds whoever prepares a meeting to be published."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from engagement.core.models import sees_all
from engagement.core.models.fields import when, who
from engagement.core.types import Reader
from meetings.models import Meeting


class PublishingReminderQuerySet(models.QuerySet["PublishingReminder"]):
    def visible_to(self, user: Reader) -> "PublishingReminderQuerySet":
        return self if sees_all(user) else self.none()


class PublishingReminder(models.Model):
    """One e-mail. It is recorded before it leaves; a meeting has one a day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="publishing_reminders", verbose_name=_("meeting"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="publishing_reminders", verbose_name=_("person")
    )
    told_on = models.DateField(_("day"), db_index=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    asked_by = who(_("asked by"))
    sent_at = when(_("sent at"))
    error = models.TextField(_("error"), blank=True)

    objects = PublishingReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder to publish")
        verbose_name_plural = _("reminders to publish")
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "told_on"],
                name="publishing_reminder_once_a_day",
                violation_error_message=_("Somebody was reminded of this meeting today already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference}: {self.person}, {date_format(self.told_on, 'j F Y')}"

    def note(self, error: str) -> None:
        """Note the outcome of the sending."""
        self.sent_at, self.error = None if error else timezone.now(), error
        self.save(update_fields=["sent_at", "error"])
