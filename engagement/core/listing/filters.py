"""The kinds of questions a list can be asked.

Each filter knows how it narrows the rows, how it reads as a chip, and, if its choices can be counted, along which
path. What a reader may not see can be neither chosen nor counted: values are looked up among visible records only,
and a path through records with an audience of their own goes through the visible ones (``through``).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from engagement.core.finding import narrowing
from engagement.core.models import SluggedQuerySet
from engagement.core.text import fold_key

from .among import Meant, among, belonging
from .tally import Keys

Rows = QuerySet[Any]
MOST_VALUES = 100


@dataclass(frozen=True)
class Chosen:
    """One value a list is narrowed by: what stands in the address, and how it reads."""

    parameter: str
    value: str
    text: str


class ListFilter(django_filters.Filter):
    """Base of the filters of a list. ``staff_only`` filters do not exist for anybody else."""

    kind = "text"
    takes_many = False

    def __init__(self, *args: Any, staff_only: bool = False, signed_in_only: bool = False, **kwargs: Any) -> None:
        self.staff_only, self.signed_in_only = staff_only, signed_in_only
        super().__init__(*args, **kwargs)

    @property
    def user(self) -> Any:
        """Who reads the list."""
        return self.parent.request.user

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        """The chips for a cleaned value."""
        return [Chosen(name, str(value), f"{self.label}: {value}")] if value not in (None, "", []) else []


class Words(ListFilter):
    """Every word occurs in the row's text, as far as the reader may read it.

    Without an index of texts: in its folded text, or in that of a record it names (``also``: path to that text).
    """

    field_class = forms.CharField
    kind = "words"

    def __init__(self, *, also: Sequence[str] = (), **kwargs: Any) -> None:
        self.also = also
        kwargs.setdefault("label", _("Words"))
        super().__init__(max_length=200, strip=True, **kwargs)

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
        """What the index answers, asked once however often a page narrows its rows."""
        if text not in self._answers:
            self._answers[text] = narrowing(model, text, self.user)
        return self._answers[text]

    @cached_property
    def _answers(self) -> dict[str, Q | None]:
        """Of this page alone: each has filters of its own."""
        return {}

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [Chosen(name, value, f"“{value}”")] if value else []


class Text(ListFilter):
    """Words within one of some fields, in whatever case."""

    field_class = forms.CharField
    kind = "words"

    def __init__(self, *, paths: Sequence[str], **kwargs: Any) -> None:
        self.paths = paths
        super().__init__(max_length=200, strip=True, **kwargs)

    def filter(self, rows: Rows, value: str) -> Rows:
        found = Q()
        for path in self.paths if value else ():
            found |= Q(**{f"{path}__icontains": value})
        return rows.filter(found)


class Counted(ListFilter):
    """A filter with choices that carry a number.

    ``path`` leads from a row to the value. With ``through`` (user -> visible records) it leads from one of those
    instead, and ``back`` from it to the row. ``of`` gives the values of a row as a page has read it, without asking
    the database: what to offer beside a list that is too long to be grouped; ``reads`` is what else it reads of it.
    """

    kind = "choices"
    takes_many = True

    def __init__(
        self,
        path: str,
        *,
        through: Callable[[Any], Rows] | None = None,
        back: str = "",
        of: Callable[[Any], Iterable[Any]] = lambda row: (),
        reads: str = "",
        **kwargs: Any,
    ) -> None:
        self.through, self.back, self.of, self.reads = through, back, of, reads
        super().__init__(field_name=path, **kwargs)

    def paths(self) -> tuple[str, str]:
        """Where a row's value stands, and where its label; the same when choices have labels of their own."""
        raise NotImplementedError

    def links(self, keys: Keys) -> tuple[Rows, str]:
        """What the path starts from for the rows with these keys, and what is to be counted there."""
        if self.through is None:
            return keys.narrow(self.parent.queryset.model._base_manager.all(), "pk"), "pk"
        return keys.narrow(self.through(self.user).order_by(), self.back), self.back

    def among(self, rows: Rows, values: Sequence[Any], *, is_first: bool = True) -> Rows:
        """The rows with one of the values. ``is_first`` when rows are to be found, not one number of many."""
        if is_first and not hasattr(self, "_meant"):
            self._meant = Meant()
        meant = self._meant if is_first else None
        if self.through is None:
            return among(rows, self.field_name, values, meant)
        linked = among(self.through(self.user), self.field_name, values, meant)
        return belonging(rows, linked.order_by(), self.back)


class ChosenField(forms.MultipleChoiceField):
    """Some of a few fixed choices; a refused one is quoted shortened."""

    def validate(self, value: Any) -> None:
        for one in value or ():
            if not self.valid_value(one):
                words = {"value": str(one)[:60].replace("\x00", "?")}
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=words)


class Choices(Counted):
    """One or more of some fixed choices; ``is_long`` shows only those that occur."""

    field_class = ChosenField

    def __init__(self, path: str, choices: Iterable[tuple[Any, Any]], *, is_long: bool = False, **kwargs: Any) -> None:
        self.choices = [(str(value), label) for value, label in choices]
        self.is_long = is_long
        super().__init__(path, choices=self.choices, **kwargs)

    def paths(self) -> tuple[str, str]:
        return self.field_name, self.field_name

    def filter(self, rows: Rows, value: list[str]) -> Rows:
        return self.among(rows, value) if value else rows

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        labels = dict(self.choices)
        return [Chosen(name, one, f"{self.label}: {labels[one]}") for one in dict.fromkeys(value or ())]


class RecordsField(forms.Field):
    """Records named by what stands in their address; those that a reader may not see do not exist."""

    widget = forms.SelectMultiple
    default_error_messages = {
        "unknown": _("There is no “%(value)s” among those you can see."),
        "many": _("Choose at most %(value)s."),
    }

    def __init__(self, *, source: Callable[[Any], Rows], keys: Sequence[str], **kwargs: Any) -> None:
        self.source, self.keys, self.user = source, keys, None
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Any]:
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

    def _found(self, names: Sequence[str]) -> dict[str, Any]:
        """The records so named, or that were once, as far as this reader may know of them."""
        rows = self.source(self.user)
        wanted = Q(pk__in=[])
        for key in self.keys:
            wanted |= Q(**{f"{key}__in": names})
        found: dict[str, Any] = {}
        for one in rows.filter(wanted):
            found.update({str(getattr(one, key)): one for key in reversed(self.keys)})
        missing = [name for name in names if name not in found]
        if missing and isinstance(rows, SluggedQuerySet):
            found |= rows.formerly_at(missing)
        return found

    def _refusal(self, code: str, value: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"value": value})


class Records(Counted):
    """One or more records of a kind there may be thousands of: organizations, themes, people of ours.

    ``source(user)`` gives those the reader may choose. ``path`` leads to the record; ``key`` and ``name`` are the
    record's fields that stand in the address and on the screen, ``also_key`` another it may be asked for by.
    Where the path ends in ``lineage``: a record brings everything below it. ``is_seen`` says that whoever
    sees a row, or what the path goes through, sees the record as well, so that it need not be looked up.
    """

    field_class = RecordsField
    kind = "records"

    def __init__(
        self,
        path: str,
        source: Callable[[Any], Rows],
        *,
        key: str = "slug",
        name: str = "name",
        also_key: str = "",
        called: Callable[[str], Any] | None = None,
        is_seen: bool = False,
        **kwargs: Any,
    ) -> None:
        self.source, self.key, self.name_field, self.called, self.is_seen = source, key, name, called, is_seen
        keys = (key, also_key) if also_key else (key,)
        super().__init__(path, source=source, keys=keys, **kwargs)

    def paths(self) -> tuple[str, str]:
        if self.field_name == "pk":  # what the path starts from is the record itself
            return self.key, self.name_field
        return f"{self.field_name}__{self.key}", f"{self.field_name}__{self.name_field}"

    def label_of(self, record: Any) -> str:
        return str(record if self.called else getattr(record, self.name_field))

    def filter(self, rows: Rows, value: list[Any]) -> Rows:
        return self.among(rows, [one.pk for one in value]) if value else rows

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [Chosen(name, str(getattr(one, self.key)), f"{self.label}: {self.label_of(one)}") for one in value or ()]


class Day(ListFilter):
    """From or until a day, that day included."""

    field_class = forms.DateField
    kind = "day"

    def __init__(self, narrow: Callable[[Any, Any, Any], Rows] | None = None, **kwargs: Any) -> None:
        self.narrow = narrow
        super().__init__(**kwargs)

    def filter(self, rows: Rows, value: Any) -> Rows:
        if not value:
            return rows
        if self.narrow:
            return self.narrow(rows, value, self.user)
        return rows.filter(**{f"{self.field_name}__{self.lookup_expr}": value})

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [Chosen(name, value.isoformat(), f"{self.label}: {date_format(value)}")] if value else []


class OneOf(ListFilter):
    """One of a few questions, each a word of the queryset: ``{"overdue": (label, (rows, user) -> rows)}``."""

    field_class = forms.ChoiceField
    kind = "one_of"

    def __init__(self, answers: dict[str, tuple[Any, Callable[[Any, Any], Rows]]], **kwargs: Any) -> None:
        self.answers = answers
        choices = [(key, label) for key, (label, _narrow) in answers.items()]
        super().__init__(choices=[("", _("Any")), *choices], **kwargs)

    def filter(self, rows: Rows, value: str) -> Rows:
        return self.answers[value][1](rows, self.user) if value else rows

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [Chosen(name, value, f"{self.label}: {self.answers[value][0]}")] if value else []


class Flag(OneOf):
    """Yes, or not asked."""

    kind = "flag"

    def __init__(self, narrow: Callable[[Any, Any], Rows], **kwargs: Any) -> None:
        super().__init__({"1": (_("yes"), narrow)}, **kwargs)

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [Chosen(name, "1", str(self.label))] if value else []


class WithinDays(ListFilter):
    """Due within so many days from today."""

    field_class = forms.IntegerField
    kind = "number"

    def __init__(self, narrow: Callable[[Any, int], Rows], **kwargs: Any) -> None:
        self.narrow = narrow
        super().__init__(min_value=0, max_value=3660, **kwargs)

    def filter(self, rows: Rows, value: int | None) -> Rows:
        return rows if value is None else self.narrow(rows, value)

    def chosen(self, name: str, value: Any) -> list[Chosen]:
        return [] if value is None else [Chosen(name, str(value), f"{self.label}: {value}")]
