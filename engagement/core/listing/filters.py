"""The kinds of questions a list can be asked.

Each filter knows how it narrows the rows, how it reads as a chip, and, if its choices can be counted, along which
path. What a reader may not see can be neither chosen nor counted: values are looked up among visible records only.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from engagement.core.text import fold_key

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Chosen:
    """One value a list is narrowed by: what stands in the address, and how it reads."""

    parameter: str
    value: str
    text: str


class ListFilter(django_filters.Filter):
    """Base of the filters of a list. ``staff_only`` filters do not exist for anybody else."""

    kind = "text"
    staff_only = False

    def __init__(self, *args: Any, staff_only: bool = False, **kwargs: Any) -> None:
        self.staff_only = staff_only
        super().__init__(*args, **kwargs)

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        """The chips for a cleaned value."""
        return [Chosen(name, str(value), f"{self.label}: {value}")] if value not in (None, "", []) else []


class Words(ListFilter):
    """Every word occurs in the row's folded text, or in that of a record it names (``also``: path to that text)."""

    field_class = forms.CharField
    kind = "words"

    def __init__(self, *, also: Sequence[str] = (), **kwargs: Any) -> None:
        self.also = also
        kwargs.setdefault("label", _("Words"))
        super().__init__(max_length=200, strip=True, **kwargs)

    def filter(self, rows: Rows, value: str) -> Rows:
        for word in fold_key(value or "").split():
            found = Q(search_text__contains=word)
            for path in self.also:
                inner = rows.model._base_manager.filter(pk=OuterRef("pk"), **{f"{path}__contains": word})
                found |= Q(Exists(inner))
            rows = rows.filter(found)
        return rows

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [Chosen(name, value, f"“{value}”")] if value else []


class Counted(ListFilter):
    """A filter with choices that carry a number."""

    kind = "choices"

    def paths(self) -> tuple[str, str]:
        """Where a row's value stands, and where its label; the same when choices have labels of their own."""
        raise NotImplementedError


class Choices(Counted):
    """One or more of a few fixed choices."""

    field_class = forms.MultipleChoiceField

    def __init__(self, path: str, choices: Iterable[tuple[Any, Any]], **kwargs: Any) -> None:
        self.choices = [(str(value), label) for value, label in choices]
        super().__init__(field_name=path, choices=self.choices, **kwargs)

    def paths(self) -> tuple[str, str]:
        return self.field_name, self.field_name

    def filter(self, rows: Rows, value: list[str]) -> Rows:
        return _among(rows, f"{self.field_name}__in", value) if value else rows

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        labels = dict(self.choices)
        return [Chosen(name, one, f"{self.label}: {labels[one]}") for one in value]


class RecordsField(forms.Field):
    """Records named by what stands in their address; those that a reader may not see do not exist."""

    widget = forms.SelectMultiple
    default_error_messages = {"unknown": _("There is no “%(value)s” among those you can see.")}

    def __init__(self, *, source: Callable[[Any], Rows], key: str, **kwargs: Any) -> None:
        self.source, self.key, self.user = source, key, None
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Any]:
        names = [name for name in dict.fromkeys(value or []) if name]
        if not names:
            return []
        if any("\x00" in name for name in names):
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"value": "?"})
        found = {str(getattr(one, self.key)): one for one in self.source(self.user).filter(**{f"{self.key}__in": names})}
        for name in names:
            if name not in found:
                raise ValidationError(self.error_messages["unknown"], code="unknown", params={"value": name[:60]})
        return [found[name] for name in names]


class Records(Counted):
    """One or more records of a kind there may be thousands of: organizations, themes, people of ours.

    ``source(user)`` gives those the reader may choose. ``path`` leads from a row to the record; ``key`` and ``name``
    are the record's fields that stand in the address and on the screen.
    """

    field_class = RecordsField
    kind = "records"

    def __init__(
        self, path: str, source: Callable[[Any], Rows], *, key: str = "slug", name: str = "name", **kwargs: Any
    ) -> None:
        self.source, self.key, self.name_field = source, key, name
        super().__init__(field_name=path, source=source, key=key, **kwargs)

    def paths(self) -> tuple[str, str]:
        return f"{self.field_name}__{self.key}", f"{self.field_name}__{self.name_field}"

    def filter(self, rows: Rows, value: list[Any]) -> Rows:
        return _among(rows, f"{self.field_name}__in", [one.pk for one in value]) if value else rows

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [
            Chosen(name, str(getattr(one, self.key)), f"{self.label}: {getattr(one, self.name_field)}") for one in value
        ]


class Day(ListFilter):
    """From or until a day, that day included."""

    field_class = forms.DateField
    kind = "day"

    def filter(self, rows: Rows, value: Any) -> Rows:
        return rows.filter(**{f"{self.field_name}__{self.lookup_expr}": value}) if value else rows

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [Chosen(name, value.isoformat(), f"{self.label}: {date_format(value)}")] if value else []


class OneOf(ListFilter):
    """One of a few questions, each a word of the queryset: ``{"overdue": (label, rows -> rows)}``."""

    field_class = forms.ChoiceField
    kind = "one_of"

    def __init__(self, answers: dict[str, tuple[Any, Callable[[Rows, Any], Rows]]], **kwargs: Any) -> None:
        self.answers = answers
        choices = [(key, label) for key, (label, _narrow) in answers.items()]
        super().__init__(choices=[("", _("Any")), *choices], **kwargs)

    def filter(self, rows: Rows, value: str) -> Rows:
        return self.answers[value][1](rows, self.parent.request.user) if value else rows

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [Chosen(name, value, f"{self.label}: {self.answers[value][0]}")] if value else []


class Flag(ListFilter):
    """Yes, or not asked."""

    field_class = forms.BooleanField
    kind = "flag"

    def __init__(self, narrow: Callable[[Rows, Any], Rows], **kwargs: Any) -> None:
        self.narrow = narrow
        super().__init__(**kwargs)

    def filter(self, rows: Rows, value: bool) -> Rows:
        return self.narrow(rows, self.parent.request.user) if value else rows

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [Chosen(name, "1", str(self.label))] if value else []


class WithinDays(ListFilter):
    """Due within so many days from today."""

    field_class = forms.IntegerField
    kind = "number"

    def __init__(self, narrow: Callable[[Rows, int], Rows], **kwargs: Any) -> None:
        self.narrow = narrow
        super().__init__(min_value=0, max_value=3660, **kwargs)

    def filter(self, rows: Rows, value: int | None) -> Rows:
        return rows if value is None else self.narrow(rows, value)

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [] if value is None else [Chosen(name, str(value), f"{self.label}: {value}")]


def _among(rows: Rows, condition: str, values: Any) -> Rows:
    """Rows for which the condition holds, each once, also along many-to-many paths."""
    if "__" not in condition.removesuffix("__in"):
        field = rows.model._meta.get_field(condition.removesuffix("__in"))
        if not (field.many_to_many or field.one_to_many):
            return rows.filter(**{condition: values})
    return rows.filter(Exists(rows.model._base_manager.filter(pk=OuterRef("pk"), **{condition: values})))
