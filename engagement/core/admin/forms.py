"""ModelForm of one record or of one row, with its nested formsets."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..lookups.fields import BaseLookupField, MultiLookupField
from ..lookups.widgets import OrderInput
from .form_state import FormState


class OrderField(forms.IntegerField):
    """A row's place; a number typed into an otherwise blank row is no content."""

    widget = OrderInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, min_value=0, label=_("Place in the order"), **kwargs)

    def has_changed(self, initial: object, data: object) -> bool:
        return False


def readable(field: forms.Field, posted: list[str]) -> str:
    """A posted value as a person reads it."""
    if isinstance(field, forms.BooleanField):
        return str(_("yes") if posted else _("no"))
    if isinstance(field, MultiLookupField):
        return ", ".join(label for _pk, label in field.prepare_value(posted).labels)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ()) if not isinstance(label, list)}
    return ", ".join(labels.get(value, value) for value in posted if value)


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A model form that can show errors found late, holds nested rows, and keeps all typed text.

    ``either`` lets one field stand for a record or a word: ``{"who": ("organization", {"joint": "is_joint"})}``.
    """

    state: ClassVar[FormState | None] = None
    order_field: ClassVar[str] = ""
    either: ClassVar[Mapping[str, tuple[str, Mapping[str, str]]]] = {}
    starts_filled = False
    """Not saved yet, and begun with something to keep."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nested: list[Any] = []
        self.reordered = False
        self.place: int | None = None
        given = kwargs.get("initial") or {}
        for name in set(self.fields) - set(given):
            self._show_record(name)
        if self.state is not None:
            self.state.forms.append(self)

    def _show_record(self, name: str) -> None:
        """Start a lookup from the record already at hand rather than from its key."""
        if name in self.either:
            self.initial[name] = self._either_initial(*self.either[name])
        elif isinstance(self.fields[name], BaseLookupField) and name in self.initial:
            self.initial[name] = self._at_hand(name, self.initial[name])

    def _at_hand(self, name: str, otherwise: object) -> object:
        try:
            field = self.instance._meta.get_field(name)
        except FieldDoesNotExist:
            return otherwise
        is_cached = getattr(field, "is_cached", None)
        return getattr(self.instance, name) if field.many_to_one and is_cached(self.instance) else otherwise  # type: ignore[misc]

    def _either_initial(self, record: str, words: Mapping[str, str]) -> object:
        for word, flag in words.items():
            if getattr(self.instance, flag):
                return word
        return self._at_hand(record, getattr(self.instance, f"{record}_id"))

    # Checking ----------------------------------------------------------------------------------------------

    def full_clean(self) -> None:
        if self.state is not None and self.state.more and self.is_bound:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data = {}
            return
        super().full_clean()
        if self.state is not None and self.is_bound:
            self._add_late_errors(self.state)

    def _add_late_errors(self, state: FormState) -> None:
        for error in state.late_errors.get(self.prefix or "", ()):
            self.add_error(None, error)
        for name in set(self.fields) - {self.order_field}:
            if (theirs := state.clashes.get(self.add_prefix(name))) is not None:
                self.add_error(name, self._clash(name, theirs))

    def _clash(self, name: str, theirs: list[str]) -> ValidationError:
        message = _("Someone else has changed this. Your text is kept: save to replace theirs, “%(value)s”")
        shown = readable(self.fields[name], theirs) or _("nothing")
        return ValidationError(message, code="clash", params={"value": shown})

    def is_valid(self) -> bool:
        valid = all([super().is_valid(), *(formset.is_valid() for formset in self.nested)])
        return valid and not (self.state is not None and self.state.refuses)

    def _post_clean(self) -> None:
        if self.order_field:
            self.place = self.cleaned_data.pop(self.order_field, None)
        for name, (record, words) in self.either.items():
            if name in self.cleaned_data:
                self._write_either(self.cleaned_data[name], record, words)
        super()._post_clean()  # type: ignore[misc]

    def _write_either(self, value: object, record: str, words: Mapping[str, str]) -> None:
        for word, flag in words.items():
            setattr(self.instance, flag, value == word)
        setattr(self.instance, record, value if isinstance(value, Model) else None)

    def _get_validation_exclusions(self) -> set[str]:
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        if self.order_field:
            exclude.add(self.order_field)
        for name, (record, words) in self.either.items():
            if name in self.cleaned_data:
                exclude -= {record, *words.values()}
        return exclude

    def add_error(self, field: str | None, error: Any) -> None:
        """Like Django's, but an error of a field that is not on the screen is shown rather than raised."""
        error = error if isinstance(error, ValidationError) else ValidationError(error)
        if field is not None or not hasattr(error, "error_dict"):
            super().add_error(field if field in self.fields else None, error)
            return
        for name, errors in error.error_dict.items():
            shown = self._shown_as(name)
            if shown is None and name != NON_FIELD_ERRORS:
                label = self._label(name)
                errors = [ValidationError(f"{label}: {m}") for e in errors for m in e.messages]
            super().add_error(shown, ValidationError(errors))

    def _shown_as(self, name: str) -> str | None:
        if name in self.fields:
            return name
        return next((n for n, (record, words) in self.either.items() if name in {record, *words.values()}), None)

    def _label(self, name: str) -> str:
        try:
            return str(capfirst(self.instance._meta.get_field(name).verbose_name))
        except (FieldDoesNotExist, AttributeError):
            return name

    # What has changed --------------------------------------------------------------------------------------

    @cached_property
    def changed_data(self) -> list[str]:
        changed = list(super().changed_data)
        return [*changed, self.order_field] if self.reordered else changed

    def has_changed(self) -> bool:
        return super().has_changed() or any(formset.has_changed() for formset in self.nested)

    def has_own_changes(self) -> bool:
        """Whether the row itself must be saved, not only rows within it."""
        return bool(self.changed_data)

    def move_to(self, number: int) -> None:
        """Give the row its number among its rows."""
        setattr(self.instance, self.order_field, number)
        self.reordered = True
        self.__dict__.pop("changed_data", None)
