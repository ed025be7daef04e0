"""Form data as plain values: the POST of a form that nobody touched, to compare and to merge."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.db.models import Model
from django.forms import BaseModelForm

Data = dict[str, list[str]]
_SALT = "engagement.form.base"


def posted_as(bound: forms.BoundField) -> Data:
    """The values that one field posts when it is sent as shown."""
    name = bound.html_name
    widget: Any = getattr(bound.field.widget, "widget", bound.field.widget)
    value = bound.field.prepare_value(bound.initial)
    if hasattr(widget, "to_post"):
        posted: Data = widget.to_post(name, value)
        return posted
    if isinstance(widget, forms.FileInput):
        return {}
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"]} if widget.check_test(value) else {}
    if isinstance(widget, forms.MultiWidget):
        return _parts_posted_as(widget, name, value)
    formatted = widget.format_value(value)
    values = formatted if isinstance(formatted, list | tuple) else [formatted]
    return {name: ["" if v is None else str(v) for v in values]}


def _parts_posted_as(widget: Any, name: str, value: object) -> Data:
    parts = value if isinstance(value, list) else widget.decompress(value)
    shown = zip(widget.widgets_names, widget.widgets, parts, strict=False)
    return {name + suffix: [str(part.format_value(v) or "")] for suffix, part, v in shown}


def form_data(form: BaseModelForm[Model], formsets: Iterable[Any]) -> Data:
    """Everything a record's form contains: its own fields, its rows, their rows."""
    data: Data = {}
    for name in form.fields:
        data.update(posted_as(form[name]))
    for formset in formsets:
        count = len(formset.initial_forms)
        data[f"{formset.prefix}-TOTAL_FORMS"] = data[f"{formset.prefix}-INITIAL_FORMS"] = [str(count)]
        for row in formset.initial_forms:
            data.update(form_data(row, getattr(row, "nested", ())))
    return data


def pack(data: Data) -> str:
    """For a hidden input: short, and not to be forged."""
    return signing.dumps(data, salt=_SALT, compress=True)


def unpack(text: str) -> Data | None:
    """The data that ``pack`` packed; None if it was damaged on the way."""
    try:
        data: Data = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return data
