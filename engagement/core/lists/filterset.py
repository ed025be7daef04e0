"""FilterSet (django-filter) of lists: defaults, filters for some readers only, warnings about invalid values.

django-filter reads the address, cleans it with a form and narrows the queryset. Overridden are ``is_valid``, as a value
too many is refused as well; ``filter_queryset``, as what is not understood finds nothing in place of everything; and
``get_form_class``, since a form that is never drawn needs fields for what was asked only: of all 40 filters it takes
eleven milliseconds, of those asked one. For the same reason ``ListFilter`` copies itself without its choices.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

import django_filters
from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from engagement.core.models import sees_all
from engagement.core.types import Rows

from .filters import Chosen, Counted, ListFilter
from .pagination import PLACES, quoted

SHOWING = frozenset({"page", *PLACES, "sort", "size", "numbers", "more"})
"""Parameters of the address that say how a list is shown, not which rows it has."""
FIND = "_find"
"""``organization_find=alli`` searches the choices of the filter ``organization``."""


class ListFilterSet(django_filters.FilterSet):
    """Base of every list's filters. Values that cannot be understood are told and never widen the list."""

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
    filters: dict[str, ListFilter]
    form: Form

    @classmethod
    def offer(cls, filters: Mapping[str, ListFilter], *, after: str, more: Iterable[str] = ()) -> None:
        """Add filters from an app above, which knows models that the app of this list does not."""
        found: dict[str, ListFilter] = {}
        for name, one in cls.base_filters.items():
            found[name] = one
            if name == after:
                found |= filters
        cls.base_filters = found
        cls.more = (*more, *cls.more)

    def __init__(self, data: QueryDict, queryset: Rows, *, request: HttpRequest) -> None:
        self.asked, given = data, data.copy()
        self.defaulted: set[str] = set()
        for name, value in self.defaults.items():
            if not any(any(data.getlist(one)) for one in (name, *self.yields.get(name, ()))):
                given[name] = value
                self.defaulted.add(name)
        super().__init__(given, queryset, request=request)
        inside, signed_in = sees_all(request.user), request.user.is_authenticated
        self.filters = {
            name: one
            for name, one in self.filters.items()
            if (inside or not one.staff_only) and (signed_in or not one.signed_in_only)
        }

    def get_form_class(self) -> type[Form]:
        fields = {name: one.field for name, one in self.filters.items() if name in self.data}
        form: type[Form] = type(f"{type(self).__name__}Form", (self._meta.form,), fields)
        return form

    def is_valid(self) -> bool:
        """Whether every value of the address is valid; ``warnings`` name those that are not."""
        return bool(super().is_valid()) and not self.repeated

    def filter_queryset(self, queryset: Rows, without: tuple[str, ...] = ()) -> Rows:
        if not self.is_valid():
            return queryset.none()
        for name in self.active(*without):
            queryset = self.filters[name].filter(queryset, self.form.cleaned_data[name])
        return queryset

    def without(self, *names: str) -> Rows:
        """The rows of the list without some of its filters, as if these had another value."""
        return self.filter_queryset(self.queryset.all(), names)

    def active(self, *without: str) -> tuple[str, ...]:
        """The filters that narrow the rows, but for some: with the same filters, the rows are the same."""
        asked = self.form.cleaned_data.items() if self.is_valid() else ()
        return tuple(
            name
            for name, value in asked
            if value not in (None, "", []) and name not in without and not self._gives_way(name, without)
        )

    def _gives_way(self, name: str, to: tuple[str, ...]) -> bool:
        return name in self.defaulted and not self.yields.get(name, frozenset()).isdisjoint(to)

    def knows(self, name: str) -> bool:
        return name in self.filters or name in SHOWING or name.removesuffix(FIND) in self.searchable

    @property
    def searchable(self) -> set[str]:
        """The filters whose choices can be searched by typing."""
        return {name for name, one in self.counted.items() if one.is_long}

    @cached_property
    def repeated(self) -> list[str]:
        """Filters that take one value and were given several."""
        return [name for name, one in self.filters.items() if not one.takes_many and len(self._given(name)) > 1]

    def _given(self, name: str) -> set[str]:
        return {value for value in self.asked.getlist(name) if value}

    @property
    def unknown(self) -> list[str]:
        """Parameters of the address that mean nothing to this list."""
        return [name for name in self.asked if not self.knows(name)]

    @property
    def warnings(self) -> list[str]:
        """Sentences about whatever was asked for and could not be understood."""
        found = [_("This list has no filter “%(name)s”.") % {"name": quoted(name)} for name in self.unknown]
        found += [_("%(label)s: choose one value.") % {"label": self.filters[name].label} for name in self.repeated]
        for name, errors in self.errors.items():
            label = self.filters[name].label if name in self.filters else name
            found += [f"{label}: {message}" for message in errors]
        return found

    @cached_property
    def chosen(self) -> list[Chosen]:
        """The choices that narrow the list, in the order of the filters."""
        if not self.is_valid():
            return []
        values = self.form.cleaned_data
        return [chip for name, one in self.filters.items() for chip in one.chosen(name, values.get(name))]

    @cached_property
    def is_more_open(self) -> bool:
        """Whether the rarer filters are shown: asked for, in use (understood or not), or their choices searched."""
        used = {name for name in self.filters if self._given(name)}
        searched = {name.removesuffix(FIND) for name in self.asked if name.endswith(FIND) and self.asked[name]}
        return self.asked.get("more") == "1" or not (used | searched).isdisjoint(self.more)

    @property
    def shown(self) -> list[str]:
        """The filters that have a place on the page, in their order."""
        return [name for name in self.filters if self.is_more_open or name not in self.more]

    @cached_property
    def counted(self) -> dict[str, Counted]:
        return {name: one for name, one in self.filters.items() if isinstance(one, Counted)}
