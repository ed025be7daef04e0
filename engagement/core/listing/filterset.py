"""The questions a list can be asked, and what was asked of it."""

from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from engagement.core.models import sees_all

from .filters import Chosen, Counted, ListFilter

# Parameters of the address that say how a list is shown, not which rows it has.
SHOWING = frozenset({"page", "after", "before", "at", "sort", "size", "numbers", "more"})
FIND = "_find"
"""``organization_find=alli`` searches the choices of the filter ``organization``."""


class ListFilterSet(django_filters.FilterSet):
    """Base of every list's filters. What cannot be understood is told and never widens the list."""

    defaults: Mapping[str, str] = {}
    """What a list shows when an address asks for nothing; an explicit value, also ``all``, replaces it."""
    yields: Mapping[str, frozenset[str]] = {}
    """A default does not apply when one of these is asked for: whoever asks for what is done gets it."""
    keeps: frozenset[str] = frozenset()
    """Defaults that clearing the list leaves alone."""
    more: tuple[str, ...] = ()
    """Filters that are asked for rarely, and stand behind "More filters"."""
    covers: Mapping[str, str] = {}
    """Fields of the model that are asked for by a filter of another name."""
    exempt: Mapping[str, str] = {}
    """Fields of the model that no filter asks for, and why."""

    @classmethod
    def offer(cls, filters: Mapping[str, ListFilter], *, after: str, more: Iterable[str] = ()) -> None:
        """Further filters, from an app above, which knows what the app of this list does not."""
        found: dict[str, Any] = {}
        for name, one in cls.base_filters.items():
            found[name] = one
            if name == after:
                found |= filters
        cls.base_filters = found
        cls.more = (*more, *cls.more)

    # Django-filter's own copies every filter with all its choices, and makes a form with a field for each.
    def __init__(self, data: QueryDict, queryset: "QuerySet[Any]", *, request: Any) -> None:
        self.asked = data
        given = data.copy()
        self.defaulted: set[str] = set()
        for name, value in self.defaults.items():
            if not any(data.getlist(name)) and not any(any(data.getlist(one)) for one in self.yields.get(name, ())):
                given[name] = value
                self.defaulted.add(name)
        self.data, self.queryset, self.request = given, queryset, request
        self.is_bound, self.form_prefix = True, None
        self.filters = {}
        inside, signed_in = sees_all(request.user), request.user.is_authenticated
        for name, one in self.base_filters.items():
            if (inside or not one.staff_only) and (signed_in or not one.signed_in_only):
                self.filters[name] = own = copy(one)
                own.parent, own.model = self, queryset.model

    def get_form_class(self) -> Any:
        """A form that understands what was asked for. It is never drawn, so it has no fields for anything else."""
        fields = {name: one.field for name, one in self.filters.items() if name in self.data}
        for field in fields.values():
            if hasattr(field, "user"):
                field.user = self.request.user
        return type("Question", (self._meta.form,), fields)

    @cached_property
    def unknown(self) -> list[str]:
        """Parameters of the address that mean nothing to this list."""
        return [name for name in self.asked if not self.knows(name)]

    def knows(self, name: str) -> bool:
        return name in self.filters or name in SHOWING or name.removesuffix(FIND) in self.searchable

    @property
    def searchable(self) -> set[str]:
        """The filters whose choices can be searched by typing."""
        return {name for name, one in self.counted.items() if one.kind == "records" or getattr(one, "is_long", False)}

    @cached_property
    def repeated(self) -> list[str]:
        """Filters that take one value and were given several."""
        return [name for name in self.filters if not self.filters[name].takes_many and len(self._given(name)) > 1]

    def _given(self, name: str) -> set[str]:
        return {value for value in self.asked.getlist(name) if value}

    @cached_property
    def is_understood(self) -> bool:
        """Whether every value asked for means something; the form's errors and ``complaints`` say what does not."""
        return bool(self.form.is_valid()) and not self.repeated

    @property
    def complaints(self) -> list[str]:
        """Sentences about whatever was asked for and could not be understood."""
        said = [_("“%(name)s” means nothing to this list.") % {"name": _quoted(name)} for name in self.unknown]
        said += [_("%(label)s: choose one value.") % {"label": self.filters[name].label} for name in self.repeated]
        for name, errors in self.form.errors.items():
            label = self.filters[name].label if name in self.filters else name
            said += [f"{label}: {message}" for message in errors]
        return said

    @property
    def qs(self) -> "QuerySet[Any]":
        """The rows asked for; none when something asked for cannot be understood."""
        if not hasattr(self, "_qs"):
            self._qs = self.without()
        found: QuerySet[Any] = self._qs
        return found

    def without(self, *names: str) -> "QuerySet[Any]":
        """The rows asked for, but for what some filters ask, as if these had another value."""
        rows: QuerySet[Any] = self.queryset.all()
        if not self.is_understood:
            return rows.none()
        for name in self.narrowing(*names):
            rows = self.filters[name].filter(rows, self.form.cleaned_data[name])
        return rows

    def narrowing(self, *without: str) -> tuple[str, ...]:
        """The filters that narrow the rows, but for some: with the same filters, the rows are the same."""
        asked = self.form.cleaned_data.items() if self.is_understood else ()
        return tuple(
            name
            for name, value in asked
            if value not in (None, "", []) and name not in without and not self._gives_way(name, without)
        )

    def _gives_way(self, name: str, to: tuple[str, ...]) -> bool:
        return name in self.defaulted and not self.yields.get(name, frozenset()).isdisjoint(to)

    @cached_property
    def chosen(self) -> list[Chosen]:
        """What the list is narrowed by, in the order of the filters."""
        if not self.is_understood:
            return []
        values = self.form.cleaned_data
        return [chip for name, one in self.filters.items() for chip in one.chosen(name, values.get(name))]

    @cached_property
    def is_more_open(self) -> bool:
        """Whether the rarer filters are shown: asked for, in use (understood or not), or their choices searched."""
        used = {name for name in self.filters if self._given(name)}
        searched = {name.removesuffix(FIND) for name in self.asked if name.endswith(FIND) and self.asked[name]}
        return self.asked.get("more") == "1" or not (used | searched).isdisjoint(self.more)

    @cached_property
    def shown(self) -> list[str]:
        """The filters that have a place on the page, in their order."""
        return [name for name in self.filters if self.is_more_open or name not in self.more]

    @cached_property
    def counted(self) -> dict[str, Counted]:
        return {name: one for name, one in self.filters.items() if isinstance(one, Counted)}


def _quoted(name: str) -> str:
    return name[:60].replace("\x00", "?")
