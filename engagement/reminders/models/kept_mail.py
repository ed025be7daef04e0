"""E-mails of a demonstration, which are kept instead of sent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
