"""Request of a list, read from the address once: filters, order, size of the page."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _

from engagement.core.queries import read_in_chunks
from engagement.core.types import Reader, Row, Rows

from .filterset import ListFilterSet
from .keyset import ByChoice, ByField, KeysetQuery
from .links import Links
from .pagination import quoted
from .sorts import Ordering, Sort

SIZES = (25, 50, 100, 200)
PRINTED = 1_000
"""A page to print has so many rows at most."""


@dataclass
class PageRequest:
    """For the page of a list, and for files of all its rows."""

    request: HttpRequest
    filterset: ListFilterSet
    links: Links
    sorts: Mapping[str, Sort]
    default: Ordering

    @property
    def user(self) -> Reader:
        return self.request.user

    @cached_property
    def ordering(self) -> Ordering:
        return Ordering.read(self._parameter("sort"), self.sorts) or self.default

    @property
    def size(self) -> int:
        size = self._parameter("size")
        return int(size) if size in map(str, (*SIZES, PRINTED)) else SIZES[0]

    @property
    def is_to_print(self) -> bool:
        return self.size == PRINTED

    def _parameter(self, name: str) -> str:
        return self.request.GET.get(name, "")

    @property
    def rows(self) -> Rows:
        """Every row asked for, in the order asked for."""
        return self.ordering.order(self.filterset.qs, self.user)

    def each(self, prepare: Callable[[Rows], Rows], at_a_time: int) -> Iterator[Row]:
        """The same rows read as they are needed, by an index where one gives them so."""
        if isinstance(self.ordering.sort.keyset, ByField | ByChoice):
            keyset = self.ordering.keyset(prepare(self.filterset.qs), self.user)
            assert isinstance(keyset, KeysetQuery)
            return keyset.each(at_a_time)
        return read_in_chunks(prepare(self.rows), at_a_time)

    def hidden(self, as_links: Collection[str]) -> list[tuple[str, str]]:
        """Hidden fields of the form: order, size, and filters that only links ask."""
        names = ["sort", "size", *(name for name in self.filterset.filters if name in as_links)]
        return [(name, value) for name in names if (value := self._parameter(name))]

    @cached_property
    def warnings(self) -> list[str]:
        """Sentences about whatever in the address could not be understood."""
        found = list(self.filterset.warnings)
        sort, size, numbers, page = map(self._parameter, ("sort", "size", "numbers", "page"))
        if sort and sort.removeprefix("-") not in self.sorts:
            found.append(_("This list cannot be sorted by “%(name)s”.") % {"name": quoted(sort)})
        if size and size not in map(str, (*SIZES, PRINTED)):
            found.append(_("A page has %(sizes)s rows.") % {"sizes": ", ".join(map(str, SIZES))})
        if numbers not in ("", "1"):
            found.append(_("“%(name)s” is not a way to count the choices.") % {"name": quoted(numbers)})
        if page and page != "last" and not (page.isascii() and page.isdigit()):
            found.append(_("This list has no page “%(name)s”.") % {"name": quoted(page)})
        return found
