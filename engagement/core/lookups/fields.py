"""Autocomplete form fields: they find records by a typed text.

They work without scripts: a text alone is enough, it is resolved when the form is sent. With scripts they suggest.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django import forms
from django.contrib.admin.sites import AdminSite
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engagement.core.queries import keys_of

from .resolve import Search, detail_of, label_of, matches, meant, search
from .values import LookupValue, LookupValues, same
from .views import addresses
from .widgets import BaseLookupWidget, LookupWidget, MultiLookupWidget

Create = Callable[[str], Model]
AnyWidget = TypeVar("AnyWidget", bound=BaseLookupWidget)


class BaseLookupField(forms.Field):
    """Base of the fields that find one record, or several."""

    widget: BaseLookupWidget
    default_error_messages = {
        "required": _("Choose one, or type its name."),
        "gone": _("“%(text)s” no longer exists. Choose again."),
        "none": _("No %(noun)s is called “%(text)s”. Correct the name, or add it as new."),
        "several": _("“%(text)s” could be: %(candidates)s. Enter more of the name."),
    }

    def __init__(
        self,
        source: "type[Model] | QuerySet[Model]",
        *,
        create: Create | None = None,
        sources: str = "",
        adds: bool = True,
        **kwargs: Any,
    ) -> None:
        self.queryset: QuerySet[Model] = source if isinstance(source, QuerySet) else source._default_manager.all()
        self.create, self.sources, self.adds = create, sources, adds
        self.search: Search = search
        super().__init__(**kwargs)
        self.widget.noun = str(self.queryset.model._meta.verbose_name)
        self.widget.can_create, self.widget.sources = create is not None, sources

    def bind(self, request: HttpRequest, site: AdminSite) -> None:
        """Bind the field to a request: its suggestions, and whether this person may add records."""
        urls = addresses(self.queryset.model, request, site)
        self.widget.url, self.widget.add_param = urls.suggestions, urls.add_param
        self.widget.add_url = urls.add if self.adds else ""
        self.search = urls.search
        if not urls.may_add:
            self.create = None
        self.widget.can_create = self.create is not None

    def resolve(self, text: str, *, new: bool = False, near: frozenset[str] = frozenset()) -> Model:
        """The record meant by a text; a new one where the person agreed to add it."""
        found = matches(self.queryset, text, self.search)
        if record := meant(text, found, near):
            return record
        if new and self.create:
            return self._created(text)
        if len(found) == 1:
            return found[0]
        if self.create:
            self.widget.offers = [*self.widget.offers, text]
        raise self._unresolved(text, found)

    def _created(self, text: str) -> Model:
        if not transaction.get_connection(self.queryset.db).in_atomic_block:
            raise RuntimeError("A lookup adds new records only inside the transaction in which its form is saved.")
        assert self.create is not None
        try:
            return self.create(text)
        except ValidationError as error:
            raise ValidationError(error.messages) from error

    def _unresolved(self, text: str, found: list[Model]) -> ValidationError:
        code = "several" if found else "none"
        shown = "; ".join(" – ".join(filter(None, [label_of(r), detail_of(r)])) for r in found[:5])
        params = {"text": text, "noun": self.widget.noun, "candidates": shown}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def fetch(self, pks: Iterable[object]) -> dict[str, Model]:
        """Records by key; texts that are no keys find nothing."""
        keys = keys_of(self.queryset.model, pks)
        return {str(record.pk): record for record in self.queryset.filter(pk__in=keys)} if keys else {}


class LookupField(BaseLookupField):
    """One record. ``words`` are texts that stand for no record ("Joint"); choosing one gives its key."""

    widget: LookupWidget = LookupWidget  # type: ignore[assignment]

    def __init__(
        self, source: "type[Model] | QuerySet[Model]", *, words: Mapping[str, object] | None = None, **kwargs: Any
    ) -> None:
        self.words = dict(words or {})
        super().__init__(source, **kwargs)
        self.widget.words = self.words

    def prepare_value(self, value: object) -> LookupValue:
        """The value to show: a record, its key or one of the words, with its label; typed text stays as typed."""
        if isinstance(value, LookupValue):
            is_bare = value.is_chosen and not value.text
            return replace(value, text=value.was or self._label(value.pk)) if is_bare else value
        if value in (None, ""):
            return LookupValue()
        if isinstance(value, str) and value in self.words:
            return LookupValue(text=str(self.words[value]))
        label = label_of(value) if isinstance(value, Model) else self._label(value)
        return LookupValue(text=label, pk=str(getattr(value, "pk", value)), was=label)

    def _label(self, pk: object) -> str:
        record = self.fetch([pk]).get(str(pk))
        return label_of(record) if record else ""

    def _word(self, text: str) -> str | None:
        return next((key for key, label in self.words.items() if same(text, str(label)) or same(text, key)), None)

    def clean(self, value: object) -> object:
        value = value if isinstance(value, LookupValue) else self.prepare_value(value)
        if value.is_empty:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        record = self._word(value.text) or self._chosen(value) or self._typed(value)
        self.run_validators(record)
        return record

    def _chosen(self, value: LookupValue) -> Model | None:
        if not value.pk:
            return None
        record = self.fetch([value.pk]).get(value.pk)
        if value.is_chosen and record is None:
            params = {"text": value.text or value.pk}
            raise ValidationError(self.error_messages["gone"], code="gone", params=params)
        if value.is_chosen or (record and not value.was and same(label_of(record), value.text)):
            return record
        return None

    def _typed(self, value: LookupValue) -> object:
        return self.resolve(value.text, new=value.wants_new, near=value.near)

    def has_changed(self, initial: object, data: object) -> bool:
        if self.disabled:
            return False
        value = data if isinstance(data, LookupValue) else self.prepare_value(data)
        if value.is_empty or initial in (None, ""):
            return not (value.is_empty and initial in (None, ""))
        if isinstance(initial, str) and initial in self.words:
            return self._word(value.text) != initial
        if not value.is_chosen:
            shown = self.prepare_value(initial)
            return not (shown.pk == value.pk and same(shown.text, value.text))
        return value.pk != str(getattr(initial, "pk", initial))


class MultiLookupField(BaseLookupField):
    """Several records; without scripts, names are separated by a semicolon."""

    widget: MultiLookupWidget = MultiLookupWidget  # type: ignore[assignment]

    def prepare_value(self, value: Any) -> LookupValues:
        if isinstance(value, LookupValues):
            found = self.fetch(value.pks) if not value.labels else {}
            labels = tuple((pk, label_of(found[pk])) for pk in value.pks if pk in found)
            return replace(value, labels=value.labels or labels)
        items = list(value or ())
        if items and not isinstance(items[0], Model):
            items = list(self.fetch(items).values())
        labels = tuple((str(item.pk), label_of(item)) for item in items)
        return LookupValues(pks=tuple(pk for pk, _label in labels), labels=labels)

    def clean(self, value: Any) -> list[Model]:
        value = value if isinstance(value, LookupValues) else self.prepare_value(value)
        if value.is_empty and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        chosen = self.fetch(value.pks)
        records = {pk: chosen[pk] for pk in value.pks if pk in chosen}
        errors: list[ValidationError] = []
        if len(records) < len(value.pks):
            lost = ValidationError(self.error_messages["gone"], code="gone", params={"text": _("What was chosen")})
            errors.append(lost)
        for text in dict.fromkeys([*value.texts, *value.new]):
            try:
                record = self.resolve(text, new=any(same(text, new) for new in value.new))
                records[str(record.pk)] = record
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        self.run_validators(list(records.values()))
        return list(records.values())

    def has_changed(self, initial: "Iterable[object] | None", data: object) -> bool:
        if self.disabled:
            return False
        value = data if isinstance(data, LookupValues) else self.prepare_value(data)
        before = {str(getattr(item, "pk", item)) for item in initial or ()}
        return bool(value.texts or value.new) or set(value.pks) != before


def bind_lookups(form: forms.BaseForm, request: HttpRequest, site: AdminSite) -> None:
    """Let every lookup of a plain form know who is asking."""
    for field in form.fields.values():
        if isinstance(field, BaseLookupField):
            field.bind(request, site)


__all__ = ["BaseLookupField", "LookupField", "MultiLookupField", "Search", "bind_lookups"]
