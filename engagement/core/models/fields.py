"""Fields that many records share."""

from typing import Any

from django.conf import settings
from django.db import models


def who(label: Any) -> "models.ForeignKey[Any, Any]":
    """The user who did something; stands beside the moment it was done."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


def when(label: Any) -> "models.DateTimeField[Any, Any]":
    """The moment something was done; stands beside who did it."""
    return models.DateTimeField(label, null=True, blank=True, editable=False)
