"""Form widgets: autocomplete, and the browser's own date inputs. All are plain HTML; scripts make them quicker."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from .values import LookupValue, LookupValues, every, first


def several_lines() -> forms.Textarea:
    """A box for a reason or a note."""
    return forms.Textarea(attrs={"rows": 3})


class NativeDate(forms.DateInput):
    """The browser's own date input."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class NativeTime(forms.TimeInput):
    """The browser's own time input, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class NativeMoment(forms.DateTimeInput):
    """The browser's own input for a date with a time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class WholeNumber(forms.NumberInput):
    """A number as text: of "about 5" a browser's own number input sends nothing, and so nobody would say so."""

    input_type = "text"

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = context["widget"]["attrs"]
        for limit in ("min", "max", "step"):  # which the server tells
            given.pop(limit, None)
        given["inputmode"] = "numeric"
        return context


class OrderInput(forms.NumberInput):
    """A row's place among its rows: a number to type; with scripts, buttons that move the row."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs={"class": "row-order", "min": "0", "step": "1", **(attrs or {})})


class BaseLookupWidget(forms.Widget):
    """Base of both lookup widgets; the field sets it up and, for addresses, the admin."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs)
        self.noun = ""
        self.url = ""
        self.add_url = ""
        self.add_param = ""
        """The field of the new record that starts with the text typed here."""
        self.can_create = False
        self.sources = ""
        self.words: Mapping[str, object] = {}
        self.offers: list[str] = []
        """Texts that found nothing and may be added as new."""

    def id_for_label(self, id_: str) -> str:
        return id_

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(
            noun=self.noun,
            url=self.url,
            add_url=self.add_url,
            add_param=self.add_param,
            add_label=_("New %(noun)s") % {"noun": self.noun},
            can_create=self.can_create,
            sources=self.sources,
            words=[str(label) for label in self.words.values()],
        )
        return context


class LookupWidget(BaseLookupWidget):
    """A text input that finds one record, with the record's key beside it."""

    template_name = "core/widgets/lookup.html"

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> LookupValue:
        return LookupValue(
            text=first(data, name).strip(),
            pk=first(data, f"{name}_id"),
            was=first(data, f"{name}_was"),
            new=first(data, f"{name}_new"),
            near=self._near(data),
        )

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        return name not in data and f"{name}_id" not in data

    def _near(self, data: Mapping[str, object]) -> frozenset[str]:
        if not self.sources:
            return frozenset()
        pattern = re.compile(re.escape(self.sources).replace(r"\*", r"\d+") + "_id")
        return frozenset(first(data, name) for name in data if pattern.fullmatch(name)) - {""}

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, Any]:
        value = value if isinstance(value, LookupValue) else LookupValue()
        context = super().get_context(name, value, attrs)
        context["widget"].update(
            value=value.text,
            pk=value.pk if value.is_chosen else "",
            was=value.was if value.is_chosen else "",
            new=value.new if value.wants_new else "",
            offers=self.offers,
        )
        return context

    def to_post(self, name: str, value: LookupValue) -> dict[str, list[str]]:
        return {name: [value.text], f"{name}_id": [value.pk], f"{name}_was": [value.was]}


class MultiLookupWidget(BaseLookupWidget):
    """Chosen records as ticked boxes, and a text input that finds further ones."""

    template_name = "core/widgets/multi_lookup.html"

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> LookupValues:
        pks = dict.fromkeys(pk for pk in every(data, name) if pk)
        new = dict.fromkeys(text.strip() for text in every(data, f"{name}_new") if text.strip())
        return LookupValues(tuple(pks), first(data, f"{name}_text").strip(), tuple(new))

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        return False

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, Any]:
        value = value if isinstance(value, LookupValues) else LookupValues()
        context = super().get_context(name, value, attrs)
        context["widget"].update(
            value=value.text,
            chosen=value.labels,
            new=value.new,
            offers=[text for text in self.offers if text not in value.new],
        )
        return context

    def to_post(self, name: str, value: LookupValues) -> dict[str, list[str]]:
        return {name: list(value.pks), f"{name}_text": [value.text], f"{name}_new": list(value.new)}
