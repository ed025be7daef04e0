"""Log of sent agendas (append-only): when, to whom, and with which date of the meeting."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, SecretariatQuerySet
from engagement.core.models.history import History
from engagement.core.readers import ONLY_SECRETARIAT

from .meeting import Meeting


class AgendaSending(Record):
    """One sending of an agenda. It is recorded before the first message leaves, and told complete after the last."""

    root_field = "meeting"
    readers = ONLY_SECRETARIAT

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_sendings", verbose_name=_("meeting"))
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    recipients = models.TextField(_("recipients"), help_text=_("One per line."))
    failed = models.TextField(_("not delivered to"), blank=True)
    date_told = models.CharField(_("date in it"), max_length=120, blank=True)
    is_complete = models.BooleanField(_("complete"), default=False)

    history = History()
    objects = SecretariatQuerySet.as_manager()

    class Meta:
        verbose_name = _("sending of an agenda")
        verbose_name_plural = _("sendings of agendas")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def number(self) -> int:
        """To how many it went."""
        return len(self.recipients.splitlines()) - len(self.failed.splitlines())
