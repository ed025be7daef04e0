"""Form field factory: which input a model's field gets in an admin form; prepares a form class for one request."""

import copy
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminFileWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from engagement.core.readers import note_readers
from engagement.core.types import AnyField

from ..lookups.fields import BaseLookupField, LookupField, MultiLookupField
from ..lookups.widgets import NativeDate, NativeMoment, NativeTime, WholeNumber
from .form_state import state_of
from .forms import OrderField, RecordForm


class FileInput(AdminFileWidget):
    """Django's own in plain words."""

    initial_text = _("Now")  # type: ignore[assignment]
    input_text = _("Replace with")  # type: ignore[assignment]
    clear_checkbox_label = _("Remove it")  # type: ignore[assignment]


# Django's field for an address repeats it as "Currently" above the box that has it already.
NATIVE_INPUTS: dict[type[AnyField], dict[str, object]] = {
    models.URLField: {"assume_scheme": "https", "widget": forms.URLInput(attrs={"class": "vURLField"})},
    models.FileField: {"widget": FileInput},
    models.DateField: {"widget": NativeDate},
    models.TimeField: {"widget": NativeTime},
    models.DateTimeField: {"form_class": forms.DateTimeField, "widget": NativeMoment},
    models.IntegerField: {"widget": WholeNumber},
}


def ask_in_words(field: forms.Field, model: type[models.Model], name: str) -> None:
    """Set the error message of an empty field, in the words of the model."""
    asked = getattr(model, "asked_for", {}).get(name)
    if asked is None and isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        asked = _("Choose one from the list.")
    if asked is not None:
        field.error_messages["required"] = asked


def asked_in_words(model: type[models.Model]) -> dict[str, dict[str, object]]:
    """The same for ``Meta.error_messages`` of a form outside the admin."""
    return {name: {"required": asked} for name, asked in getattr(model, "asked_for", {}).items()}


class KitFields(BaseModelAdmin):  # type: ignore[type-arg]
    """Lookups instead of drop-downs, the browser's own date inputs, an order field where rows have an order."""

    formfield_overrides = NATIVE_INPUTS
    lookups: ClassVar[Mapping[str, Mapping[str, object]]] = {}
    order_field: ClassVar[str] = ""
    boxes: ClassVar[tuple[str, ...]] = ()
    """Relations to a few records, shown as boxes to tick."""

    def formfield_for_dbfield(self, db_field: AnyField, request: HttpRequest, **kwargs: object) -> Any:
        if self.order_field and db_field.name == self.order_field:
            return OrderField()
        if db_field.name in self.boxes:
            return db_field.formfield(widget=forms.CheckboxSelectMultiple)
        if db_field.name in self.lookups:
            return self._lookup(db_field, request, dict(self.lookups[db_field.name]))
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            if isinstance(field.widget, RelatedFieldWidgetWrapper):  # whose icons open windows of their own
                field.widget = field.widget.widget
            ask_in_words(field, db_field.model, db_field.name)
            note_readers(field, db_field.model, db_field.name)
            field.show_hidden_initial = False  # a default that is computed needs no hidden twin: ``_base`` remembers
        return field

    def _lookup(self, db_field: Any, request: HttpRequest, options: dict[str, Any]) -> BaseLookupField:
        queryset = options.pop("queryset", None)
        if queryset is None:
            queryset = db_field.remote_field.model._default_manager.all()
        queryset = queryset() if callable(queryset) else queryset
        queryset = queryset.complex_filter(db_field.get_limit_choices_to())
        options = {
            "required": not db_field.blank,
            "label": capfirst(db_field.verbose_name),
            "help_text": db_field.help_text,
            **options,
        }
        field = (MultiLookupField if db_field.many_to_many else LookupField)(queryset, **options)
        ask_in_words(field, db_field.model, db_field.name)
        return field

    def lookup_relations(self) -> tuple[list[str], list[str]]:
        """The relations the form shows by label: to one record, to several."""
        form: Any = self.form
        one = [record for record, _words in getattr(form, "either", {}).values()]
        several: list[str] = []
        for name in self.lookups:
            field = self.opts.get_field(name)
            (several if field.many_to_many else one).append(name)
        return one, several

    def prepared(self, form: type[Any], request: HttpRequest) -> type[Any]:
        """The form class of this request: its lookups know which records this person may see and add."""
        if issubclass(form, RecordForm):
            form.state, form.order_field = state_of(request), self.order_field
        for name, field in list(form.base_fields.items()):
            if isinstance(field, BaseLookupField):
                form.base_fields[name] = field = copy.deepcopy(field)
                field.bind(request, self.admin_site)
        return form
