"""The questions a list can be asked, and what was asked of it."""

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from engagement.core.models import sees_all

from .filters import Chosen, Counted, ListFilter

# Parameters of the address that say how a list is shown, not which rows it has.
SHOWING = frozenset({"page", "sort", "size"})


class ListFilterSet(django_filters.FilterSet):
    """Base of every list's filters. What cannot be understood is told and never widens the list."""

    defaults: dict[str, str] = {}
    """What a list shows when an address asks for nothing; an explicit value, also ``all``, replaces it."""

    def __init__(self, data: QueryDict, queryset: "QuerySet[Any]", *, request: Any) -> None:
        self.asked = data
        given = data.copy()
        for name, value in self.defaults.items():
            if name not in given:
                given[name] = value
        super().__init__(given, queryset, request=request)
        inside = sees_all(request.user)
        for name, one in list(self.filters.items()):
            if isinstance(one, ListFilter) and one.staff_only and not inside:
                del self.filters[name]
        for one in self.filters.values():
            if hasattr(one.field, "user"):
                one.field.user = request.user

    @cached_property
    def unknown(self) -> list[str]:
        """Parameters of the address that mean nothing to this list."""
        return [name for name in self.asked if name not in self.filters and name not in SHOWING]

    @property
    def is_understood(self) -> bool:
        return bool(self.form.is_valid())

    @property
    def qs(self) -> "QuerySet[Any]":
        """The rows asked for; none when something asked for cannot be understood."""
        if not hasattr(self, "_qs"):
            rows = self.queryset.all()
            self._qs = self.filter_queryset(rows) if self.is_understood else rows.none()
        return self._qs

    def without(self, name: str) -> "QuerySet[Any]":
        """The rows asked for, but for what one filter asks."""
        rows = self.queryset.all()
        if not self.is_understood:
            return rows.none()
        for other, value in self.form.cleaned_data.items():
            if other != name:
                rows = self.filters[other].filter(rows, value)
        return rows

    @cached_property
    def chosen(self) -> list[Chosen]:
        """What the list is narrowed by, in the order of the filters."""
        if not self.is_understood:
            return []
        values = self.form.cleaned_data
        return [chip for name, one in self.filters.items() for chip in one.chosen(name, values.get(name))]

    @property
    def counted(self) -> dict[str, Counted]:
        return {name: one for name, one in self.filters.items() if isinstance(one, Counted)}
