"""Log of reminders, an outbox: each is claimed by one run, handed over, sent. Unique constraints forbid repeats."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from engagement.core.models import SecretariatQuerySet
from engagement.core.models.fields import when, who
from engagement.followups.models import FollowUp
from meetings.models import Meeting

from .preferences import Kind


class Run(models.Model):
    """One run of the reminders for a day; the days since the last run are made up for."""

    ran_on = models.DateField(_("day"), unique=True)

    class Meta:
        verbose_name = _("run of the reminders")
        verbose_name_plural = _("runs of the reminders")
        ordering = ["-ran_on", "-pk"]

    def __str__(self) -> str:
        return str(self.ran_on)


class DigestQuerySet(models.QuerySet["Digest"]):
    def unsent(self) -> "DigestQuerySet":
        """Claimed, but certainly not handed over to be sent."""
        return self.filter(handed_at=None)

    def unsure(self) -> "DigestQuerySet":
        """Handed over, and nobody knows whether it left: the run ended just then."""
        return self.exclude(handed_at=None).filter(sent_at=None)


class Digest(models.Model):
    """One e-mail of one person and day. It is claimed before it is made, and noted before and after it is sent."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_digests", verbose_name=_("person")
    )
    told_on = models.DateField(_("day"), db_index=True)
    claimed_at = models.DateTimeField(_("claimed at"), default=timezone.now)
    handed_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder e-mail")
        verbose_name_plural = _("reminder e-mails")
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "told_on"],
                name="digest_once_a_day",
                violation_error_message=_("This person was already reminded that day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {date_format(self.told_on, 'j F Y')}"

    def hand_over(self) -> bool:
        """Whether it is ours to send now: still claimed by this run, and sent by nobody."""
        now = timezone.now()
        return bool(type(self).objects.filter(pk=self.pk, handed_at=None).update(handed_at=now, error=""))

    def note_sent(self) -> None:
        type(self).objects.filter(pk=self.pk).update(sent_at=timezone.now())

    def note_refused(self, error: str) -> None:
        """Note that it certainly did not leave, so that the next run tries again."""
        type(self).objects.filter(pk=self.pk).update(handed_at=None, error=error)


class SentReminder(models.Model):
    """One follow-up that a digest told its person of."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="reminders", verbose_name=_("reminder e-mail"))
    followup = models.ForeignKey(FollowUp, models.CASCADE, related_name="reminders", verbose_name=_("follow-up"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("why"), max_length=7, choices=Kind.choices)
    told_on = models.DateField(_("day"), db_index=True)

    class Meta:
        verbose_name = _("sent reminder")
        verbose_name_plural = _("sent reminders")
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "told_on", "followup", "kind"],
                name="sent_reminder_once",
                violation_error_message=_("This person was already reminded of this follow-up that day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.followup.reference}: {self.get_kind_display()}"


class PublishingReminder(models.Model):
    """One e-mail in which a colleague reminds whoever prepares a meeting to be published.

    It is recorded before it leaves; a meeting has one a day.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="publishing_reminders", verbose_name=_("meeting"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="publishing_reminders", verbose_name=_("person")
    )
    told_on = models.DateField(_("day"), db_index=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    asked_by = who(_("asked by"))
    sent_at = when(_("sent at"))
    error = models.TextField(_("error"), blank=True)

    objects = SecretariatQuerySet.as_manager()

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


class KeptMail(models.Model):
    """An e-mail as it would have left."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    to = models.TextField(_("to"))
    subject = models.TextField(_("subject"))
    headers = models.TextField(_("headers"), blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)

    class Meta:
        verbose_name = _("kept e-mail")
        verbose_name_plural = _("kept e-mails")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.subject
