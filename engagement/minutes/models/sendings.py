"""Log of sent minutes (append-only): when, to whom, and until when they may answer."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, SecretariatQuerySet
from engagement.core.models.days import years_bounded
from engagement.core.models.fields import who
from engagement.core.models.history import History
from engagement.core.readers import ONLY_SECRETARIAT


class MinutesSendingQuerySet(SecretariatQuerySet):
    def claim_reminder(self, sending: "MinutesSending", today: dt.date) -> bool:
        """Whether the sender is still to be reminded today; of two runs at one moment one is told so."""
        due = self.filter(pk=sending.pk).filter(Q(reminded_on=None) | Q(reminded_on__lt=today))
        return bool(due.update(reminded_on=today))


class MinutesSending(Record):
    """One sending. It is recorded before the first message leaves, and told complete after the last."""

    readers = ONLY_SECRETARIAT

    version_sent = models.ForeignKey(
        "minutes.MinutesVersion", models.CASCADE, related_name="sendings", verbose_name=_("version of minutes")
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = who(_("by"))
    recipients = models.TextField(_("recipients"), blank=True, help_text=_("One per line."))
    failed = models.TextField(_("not delivered to"), blank=True)
    deadline_on = models.DateField(_("comments until"), null=True)
    is_silence_agreement = models.BooleanField(_("silence is agreement"), default=False)
    reminded_on = models.DateField(_("sender reminded on"), null=True, editable=False)
    is_complete = models.BooleanField(_("complete"), default=False)

    history = History()
    objects = MinutesSendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sending of minutes")
        verbose_name_plural = _("sendings of minutes")
        ordering = ["at", "pk"]
        constraints = [
            years_bounded("minutes_sending_years", "deadline_on"),
            models.CheckConstraint(
                condition=Q(is_silence_agreement=False) | Q(deadline_on__isnull=False),
                name="minutes_sending_silence_has_a_deadline",
                violation_error_message=_("Silence is agreement only after a deadline."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_sent}, {self.at:%Y-%m-%d %H:%M}"
