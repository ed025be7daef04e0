"""Model fields that many records share."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Label


def who(label: Label) -> "models.ForeignKey[Any, Any]":
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


def when(label: Label) -> "models.DateTimeField[Any, Any]":
    """The moment something was done; stands beside who did it."""
    return models.DateTimeField(label, null=True, blank=True, editable=False)


def required_text(text: str, field: str, message: Label) -> str:
    """The reason a verb asks for, trimmed; a blank one raises ValidationError beside its field."""
    if not text.strip():
        raise ValidationError({field: message}, code="required")
    return text.strip()


class SeveralChoicesField(models.JSONField):
    """Some of a fixed list of choices, stored as a JSON list in the order of that list."""

    def __init__(
        self, verbose_name: Label | None = None, *, options: type[models.TextChoices] | None = None, **kwargs: Any
    ) -> None:
        self.options = options
        super().__init__(verbose_name, **{"default": list, "blank": True, **kwargs})

    def words(self, values: list[str]) -> list[str]:
        """The chosen options, as people read them."""
        return [str(label) for value, label in (self.options.choices if self.options else ()) if value in values]

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        known = set(self.options.values) if self.options else set()
        if not isinstance(value, list) or not known.issuperset(map(str, value)):
            raise ValidationError(_("Choose from the list."), code="invalid_choice")

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=self.options.choices if self.options else (),
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            initial=list,
            widget=forms.CheckboxSelectMultiple,
        )
