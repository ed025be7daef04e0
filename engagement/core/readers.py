"""Help text that says who reads a text box: derived from the model for its fields, said by the form for its own."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Label

ONLY_SECRETARIAT = _("Not visible outside the secretariat.")
ONLY_YOU = _("Visible to you only.")
WHOEVER_SEES = _("Visible to everyone who can see this %(noun)s.")
WHOEVER_SEES_NAME = _("Visible to everyone who can see the name.")

SECRETARIAT_AND_PERSON = _("Visible to the secretariat and this person.")
SECRETARIAT_AND_ORGANIZATION = _("Visible to the secretariat and this organization.")
SECRETARIAT_AND_COMMENTER = _("Visible to the secretariat and the organization that comments.")
WHOEVER_READS_MINUTES = _("Visible to everyone who reads minutes.")
YOU_AND_OTHERS = _("Visible to you and those you share the view with.")

_MARKS = [
    (ONLY_SECRETARIAT, _("Secretariat only")),
    (ONLY_YOU, _("Only you")),
    (SECRETARIAT_AND_PERSON, _("Secretariat and this person")),
    (SECRETARIAT_AND_ORGANIZATION, _("Secretariat and the organization")),
    (SECRETARIAT_AND_COMMENTER, _("Secretariat and the organization")),
    (WHOEVER_READS_MINUTES, _("Readers of minutes")),
    (YOU_AND_OTHERS, _("You and those you share it with")),
]

_TEXT = (forms.TextInput, forms.Textarea, forms.URLInput, forms.EmailInput)
_NO_TEXT = (forms.PasswordInput, forms.NumberInput, forms.widgets.DateTimeBaseInput)


def is_text_box(field: forms.Field) -> bool:
    """Whether people write words into it; days, numbers, passwords and names to choose by are none."""
    widget = field.widget
    return isinstance(widget, _TEXT) and not isinstance(widget, _NO_TEXT) and not widget.is_hidden


def readers_of(model: type[Model], name: str) -> Label:
    """Who reads this field of a model."""
    if name in getattr(model, "inside_fields", ()):
        return ONLY_SECRETARIAT
    return getattr(model, "readers", "") or _whoever_sees(model)


def _whoever_sees_now(model: type[Model]) -> str:
    return str(WHOEVER_SEES) % {"noun": model._meta.verbose_name}


_whoever_sees = lazy(_whoever_sees_now, str)  # once: it makes a class


@dataclass(frozen=True)
class Help:
    """A help text that ends with who reads the box; beside the label a mark tells the exceptions."""

    readers: object
    more: object = ""

    def __str__(self) -> str:
        return f"{self.more} {self.readers}" if self.more else str(self.readers)

    @property
    def mark(self) -> Label:
        """Who reads it, in two words, if not whoever sees the record or the name."""
        return next((mark for readers, mark in _MARKS if readers == self.readers), "")


def read_by(readers: object, more: object = "") -> Any:
    """A help text that ends with who reads the box."""
    return Help(readers, more)


def note_readers(field: forms.Field, model: type[Model], name: str) -> None:
    """Add it to the form field of a model's field."""
    if is_text_box(field):
        field.help_text = read_by(readers_of(model, name), field.help_text)
