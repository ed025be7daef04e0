"""Fields that many records share."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from engagement.core.types import Label


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


def required_text(text: str, field: str, message: Label) -> str:
    """The reason a verb asks for, trimmed; a blank one raises ValidationError beside its field."""
    if not text.strip():
        raise ValidationError({field: message}, code="required")
    return text.strip()
