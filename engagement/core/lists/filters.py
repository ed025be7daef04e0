"""Filters for django-filter: words, choices, records, days, and answers of one's own.

Each filter knows how it narrows the rows, how it reads as a chip, and, if its choices can be counted, along which
path. What a reader may not see can be neither chosen nor counted: values are looked up among visible records only,
and a path through records with an audience of their own goes through the visible ones (``through``).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, Model, OuterRef, Q
from django.db.models.expressions import Expression
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from engagement.core.folding import fold_key
from engagement.core.search_hooks import narrowing
from engagement.core.types import FieldValue, Label, Reader, Row, Rows, SeenBy

from .counts import Keys
from .fields import ChosenField, RecordsField
from .filter_lookups import KeyCache, filter_by_linked, filter_by_path

Narrow = Callable[[Any, Reader], Rows]
"""What an app narrows its own rows by, for whoever reads."""
Answer = tuple[Label, Narrow]


@dataclass(frozen=True)
class Chosen:
    """One value a list is narrowed by: its text in the address, and its label."""

    parameter: str
    value: str
    text: str


class ListFilter(django_filters.Filter):
    """Base of the filters of a list. ``staff_only`` filters do not exist for anybody else."""

    kind = "text"
    takes_many = False
    field_options: Mapping[str, object] = {}
    """Of the form field that reads the address."""

    def __init__(self, path: str | None = None, **options: FieldValue) -> None:
        self.staff_only = options.pop("staff_only", False)
        self.signed_in_only = options.pop("signed_in_only", False)
        super().__init__(path, **{**self.field_options, **options})

    def __deepcopy__(self, memo: object) -> "ListFilter":
        """For the filter set of one request. Choices are shared: to copy those of a list takes three milliseconds."""
        return copy(self)

    @property
    def user(self) -> Reader:
        """Who reads the list."""
        user: Reader = self.parent.request.user
        return user

    def chosen(self, name: str, value: FieldValue) -> list[Chosen]:
        """The chips for a cleaned value."""
        return [Chosen(name, str(value), f"{self.label}: {value}")] if value not in (None, "", []) else []


class Words(ListFilter):
    """Every word occurs in the row's text, as far as the reader may read it.

    Without an index of texts: in its folded text, or in that of a record it names (``also``: path to that text).
    """

    field_class = forms.CharField
    field_options = {"max_length": 200, "strip": True}
    kind = "words"

    def __init__(self, *, also: Sequence[str] = (), **options: FieldValue) -> None:
        self.also = also
        super().__init__(**{"label": _("Search in this list"), **options})

    def filter(self, rows: Rows, value: str) -> Rows:
        words = fold_key(value or "").split()
        if value and not words:
            return rows.none()
        if words and (found := self._found(rows.model, value)) is not None:
            return rows.filter(found)
        for word in words:
            has = Q(search_text__contains=word)
            for path in self.also:
                inner = rows.model._base_manager.filter(pk=OuterRef("pk"), **{f"{path}__contains": word})
                has |= Q(Exists(inner))
            rows = rows.filter(has)
        return rows

    def _found(self, model: type[Model], text: str) -> Q | None:
        """The index's answer, asked once however often a page narrows its rows."""
        if text not in self._answers:
            self._answers[text] = narrowing(model, text, self.user)
        return self._answers[text]

    @cached_property
    def _answers(self) -> dict[str, Q | None]:
        """Of this page alone: each has filters of its own."""
        return {}

    def chosen(self, name: str, value: FieldValue) -> list[Chosen]:
        return [Chosen(name, value, f"“{value}”")] if value else []


class Text(ListFilter):
    """Words within one of some fields, in whatever case."""

    field_class = forms.CharField
    field_options = {"max_length": 200, "strip": True}
    kind = "words"

    def __init__(self, *, paths: Sequence[str], **options: FieldValue) -> None:
        self.paths = paths
        super().__init__(**options)

    def filter(self, rows: Rows, value: str) -> Rows:
        found = Q()
        for path in self.paths if value else ():
            found |= Q(**{f"{path}__icontains": value})
        return rows.filter(found)


class Exactly(ListFilter):
    """One field has exactly this value: for a link to one row of a list, or to its file."""

    field_class = forms.CharField
    field_options = {"max_length": 50, "strip": True}
    kind = "words"

    def filter(self, rows: Rows, value: str) -> Rows:
        return rows.filter(**{self.field_name: value}) if value else rows


class Counted(ListFilter):
    """A filter with choices that carry a number.

    ``path`` leads from a row to the value. With ``through`` (user -> visible records) it leads from one of those
    instead, and ``back`` from it to the row. ``of`` gives the values of a row as a page has read it, without asking
    the database: what to offer beside a list that is too long to be grouped; ``reads`` is what else it reads of it.
    """

    kind = "choices"
    takes_many = True
    is_long = False
    """Whether there are more choices than are shown, so that they can be searched."""

    def __init__(
        self,
        path: str,
        *,
        through: SeenBy | None = None,
        back: str = "",
        of: Callable[[Row], Iterable[FieldValue]] = lambda row: (),
        reads: str = "",
        **options: FieldValue,
    ) -> None:
        self.through, self.back, self.of, self.reads = through, back, of, reads
        super().__init__(path, **options)

    def paths(self) -> tuple[str, str]:
        """The path to a row's value, and the path to its label; the same when choices have labels of their own."""
        raise NotImplementedError

    def links(self, keys: Keys) -> tuple[Rows, str]:
        """The query set that the path starts from for the rows with these keys, and the column to be counted there."""
        if self.through is None:
            return keys.narrow(self.parent.queryset.model._base_manager.all(), "pk"), "pk"
        return keys.narrow(self.through(self.user).order_by(), self.back), self.back

    def among(self, rows: Rows, values: Sequence[FieldValue], *, is_first: bool = True) -> Rows:
        """The rows with one of the values. ``is_first`` when rows are to be found, not one number of many."""
        cache = self._keys if is_first else None
        if self.through is None:
            return filter_by_path(rows, self.field_name, values, cache)
        linked = filter_by_path(self.through(self.user), self.field_name, values, cache)
        return filter_by_linked(rows, linked.order_by(), self.back)

    @cached_property
    def _keys(self) -> KeyCache:
        """Of this page alone: each has filters of its own."""
        return KeyCache()


class Choices(Counted):
    """One or more of some fixed choices; ``is_long`` shows only those that occur."""

    field_class = ChosenField

    def __init__(
        self, path: str, choices: Iterable[tuple[FieldValue, Label]], *, is_long: bool = False, **options: FieldValue
    ) -> None:
        self.choices = [(str(value), label) for value, label in choices]
        self.is_long = is_long
        super().__init__(path, choices=self.choices, **options)

    def paths(self) -> tuple[str, str]:
        return self.field_name, self.field_name

    def filter(self, rows: Rows, value: list[str]) -> Rows:
        return self.among(rows, value) if value else rows

    def chosen(self, name: str, value: FieldValue) -> list[Chosen]:
        labels = dict(self.choices)
        return [Chosen(name, one, f"{self.label}: {labels[one]}") for one in dict.fromkeys(value or ())]


class Records(Counted):
    """One or more records of a kind there may be thousands of: organizations, themes, people of ours.

    ``source(user)`` gives those the reader may choose. ``path`` leads to the record; ``key`` and ``name`` are the
    record's fields that stand in the address and on the screen, ``also_key`` another it may be asked for by.
    Where the path ends in ``lineage``: a record brings everything below it. ``is_seen`` says that whoever
    sees a row, or what the path goes through, sees the record as well, so that it need not be looked up.
    """

    field_class = RecordsField
    kind = "records"
    is_long = True

    def __init__(
        self,
        path: str,
        source: SeenBy,
        *,
        key: str = "slug",
        name: str = "name",
        also_key: str = "",
        called: Callable[[str], Expression] | None = None,
        is_seen: bool = False,
        **options: FieldValue,
    ) -> None:
        self.source, self.key, self.name_field, self.called, self.is_seen = source, key, name, called, is_seen
        keys = (key, also_key) if also_key else (key,)
        super().__init__(path, source=source, keys=keys, **options)

    @property
    def field(self) -> RecordsField:
        field: RecordsField = super().field
        field.user = self.user
        return field

    def paths(self) -> tuple[str, str]:
        if self.field_name == "pk":  # what the path starts from is the record itself
            return self.key, self.name_field
        return f"{self.field_name}__{self.key}", f"{self.field_name}__{self.name_field}"

    def label_of(self, record: Row) -> str:
        return str(record if self.called else getattr(record, self.name_field))

    def filter(self, rows: Rows, value: list[Row]) -> Rows:
        return self.among(rows, [one.pk for one in value]) if value else rows

    def chosen(self, name: str, value: FieldValue) -> list[Chosen]:
        return [Chosen(name, str(getattr(one, self.key)), f"{self.label}: {self.label_of(one)}") for one in value or ()]


class Day(ListFilter):
    """From or until a day, that day included."""

    field_class = forms.DateField
    kind = "day"

    def __init__(
        self,
        narrow: Callable[[Any, dt.date, Reader], Rows] | None = None,
        *,
        field_name: str | None = None,
        lookup_expr: str = "exact",
        **options: FieldValue,
    ) -> None:
        self.narrow = narrow
        super().__init__(field_name, lookup_expr=lookup_expr, **options)

    def filter(self, rows: Rows, value: FieldValue) -> Rows:
        if not value:
            return rows
        if self.narrow:
            return self.narrow(rows, value, self.user)
        return rows.filter(**{f"{self.field_name}__{self.lookup_expr}": value})

    def chosen(self, name: str, value: FieldValue) -> list[Chosen]:
        return [Chosen(name, value.isoformat(), f"{self.label}: {date_format(value)}")] if value else []


class OneOf(ListFilter):
    """One of a few questions, each a word of the queryset: ``{"overdue": (label, (rows, user) -> rows)}``."""

    field_class = forms.ChoiceField
    kind = "one_of"

    def __init__(self, answers: Mapping[str, Answer], **options: FieldValue) -> None:
        self.answers = answers
        choices = [(key, label) for key, (label, _narrow) in answers.items()]
        super().__init__(choices=[("", _("Any")), *choices], **options)

    def filter(self, rows: Rows, value: str) -> Rows:
        return self.answers[value][1](rows, self.user) if value else rows

    def chosen(self, name: str, value: FieldValue) -> list[Chosen]:
        return [Chosen(name, value, f"{self.label}: {self.answers[value][0]}")] if value else []


class Flag(OneOf):
    """Yes, or not asked."""

    kind = "flag"

    def __init__(self, narrow: Narrow, **options: FieldValue) -> None:
        super().__init__({"1": (_("yes"), narrow)}, **options)

    def chosen(self, name: str, value: FieldValue) -> list[Chosen]:
        return [Chosen(name, "1", str(self.label))] if value else []


class WithinDays(ListFilter):
    """Due within so many days from today."""

    field_class = forms.IntegerField
    field_options = {"min_value": 0, "max_value": 3660}
    kind = "number"

    def __init__(self, narrow: Callable[[Any, int], Rows], **options: FieldValue) -> None:
        self.narrow = narrow
        super().__init__(**options)

    def filter(self, rows: Rows, value: int | None) -> Rows:
        return rows if value is None else self.narrow(rows, value)

    def chosen(self, name: str, value: FieldValue) -> list[Chosen]:
        return [] if value is None else [Chosen(name, str(value), f"{self.label}: {value}")]
