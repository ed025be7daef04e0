"""Form fields that parse the address of a list: choices, and records by their slugs."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models import SluggedQuerySet
from engagement.core.types import FieldValue, Reader, Row, SeenBy

MOST_VALUES = 100


class ChosenField(forms.MultipleChoiceField):
    """Some of a few fixed choices; a refused one is quoted shortened."""

    def validate(self, value: FieldValue) -> None:
        for one in value or ():
            if not self.valid_value(one):
                words = {"value": str(one)[:60].replace("\x00", "?")}
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=words)


class RecordsField(forms.Field):
    """Records by their slugs; those that a reader may not see do not exist."""

    widget = forms.SelectMultiple
    default_error_messages = {"unknown": _("“%(value)s” was not found."), "many": _("Choose at most %(value)s.")}

    def __init__(self, *, source: SeenBy, keys: Sequence[str], **options: FieldValue) -> None:
        self.source, self.keys = source, keys
        self.user: Reader | None = None
        super().__init__(**options)

    def clean(self, value: FieldValue) -> list[Row]:
        names = [name for name in dict.fromkeys(value or []) if name]
        if not names:
            return []
        if len(names) > MOST_VALUES:
            raise self._refusal("many", str(MOST_VALUES))
        found = self._found([name for name in names if "\x00" not in name])
        for name in names:
            if name not in found:
                raise self._refusal("unknown", name[:60].replace("\x00", "?"))
        return list(dict.fromkeys(found[name] for name in names))

    def _found(self, names: Sequence[str]) -> dict[str, Row]:
        """The records so named, or that were once, as far as this reader may know of them."""
        rows = self.source(self.user)
        wanted = Q(pk__in=[])
        for key in self.keys:
            wanted |= Q(**{f"{key}__in": names})
        found: dict[str, Row] = {}
        for one in rows.filter(wanted):
            found.update({str(getattr(one, key)): one for key in reversed(self.keys)})
        missing = [name for name in names if name not in found]
        if missing and isinstance(rows, SluggedQuerySet):
            found |= rows.formerly_at(missing)
        return found

    def _refusal(self, code: str, value: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"value": value})
