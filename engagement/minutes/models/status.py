"""States of minutes (an enumeration), and whose move each is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Internal review")
    SENT = "sent", _("With the counterpart")
    AGREED = "agreed", _("Agreed")
    FINAL = "final", _("Final")
    PUBLISHED = "published", _("Published")


OPEN = (Status.DRAFT, Status.REVIEW, Status.SENT)
"""The text can still change."""
LOCKED = (Status.FINAL, Status.PUBLISHED)
"""Only reopening, with a reason, makes another version."""


class How(models.TextChoices):
    """How an organization agreed."""

    SIGNED_IN = "signed_in", _("by a representative")
    LINK = "link", _("through a link")
    TOLD = "told", _("as told to the secretariat")
    SILENT = "silent", _("by not answering before the deadline")
