"""One list as one reader asked for it: the rows, how many, what narrows them, and the addresses that change that."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from .controls import Control, controls_of
from .facets import Facet, Numbers, numbers_of
from .filters import Chosen
from .filterset import FIND, SHOWING, ListFilterSet
from .tally import count_text

if TYPE_CHECKING:
    from .page import ListPage

SIZES = (25, 50, 100, 200)


@dataclass(frozen=True)
class Chip:
    text: str
    remove_url: str


@dataclass(frozen=True)
class Stat:
    """A number at the top of a list, which is a link that filters it."""

    number: str
    label: str
    url: str
    is_current: bool
    tone: str = ""


@dataclass(frozen=True)
class SizeLink:
    size: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class SortLink:
    name: str
    label: Any
    url: str
    state: str
    """"ascending", "descending" or "none", as aria-sort says it."""


class Listing:
    """What the template of a list and its exports need; computed when asked for."""

    def __init__(self, page: "ListPage", request: HttpRequest) -> None:
        self.config, self.request = page, request
        self.filterset: ListFilterSet = page.filterset_class(request.GET, page.get_queryset(), request=request)

    # The rows ----------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> "QuerySet[Any]":
        """Every row asked for, in the order asked for; ties by key."""
        name, falls = self.sort
        orders = self.config.sorts[name].orders(self.request.user, falls=falls)
        return self.filterset.qs.order_by(*orders, "-pk" if falls else "pk")

    @cached_property
    def numbers(self) -> Numbers:
        return numbers_of(self.filterset, self.config.stat_rows(self), waits_for=self._waits_for)

    @property
    def _waits_for(self) -> Collection[str]:
        """The filters whose choices are counted however long the list: all when asked to, or the one just searched."""
        target = self.request.headers.get("HX-Target", "")
        return (
            list(self.filterset.counted)
            if self.request.GET.get("numbers") == "1"
            else [target.removeprefix("choices-")]
        )

    @property
    def count(self) -> int:
        """How many rows, exact up to ten thousand; one more than that means more."""
        return self.numbers.count

    @property
    def count_text(self) -> str:
        return count_text(self.count)

    @property
    def count_words(self) -> str:
        """“14 follow-ups”."""
        return str(self.config.counted(self.count)).replace(str(self.count), self.count_text, 1)

    @cached_property
    def page(self) -> Page[Any]:
        paginator: Paginator[Any] = Paginator(self.config.prepare(self.rows, self.request), self.size)
        paginator.count = self.count
        return paginator.get_page(self.request.GET.get("page"))

    @property
    def facets(self) -> dict[str, Facet]:
        return self.numbers.facets

    @cached_property
    def controls(self) -> list[Control]:
        """The form's fields, in the order of the filters."""
        return controls_of(self.filterset, self.facets)

    @property
    def first_controls(self) -> list[Control]:
        return [one for one in self.controls if one.name not in self.filterset.more]

    @property
    def more_controls(self) -> list[Control]:
        return [one for one in self.controls if one.name in self.filterset.more]

    @property
    def is_more_open(self) -> bool:
        """Whether one of the rarer filters is in use."""
        return any(one.is_used or one.errors for one in self.more_controls)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries on though it has no field for it: the order and the size of pages."""
        kept = [name for name in ("sort", "size") if self.request.GET.get(name)]
        kept += [name for name in self.filterset.filters if name in self.config.as_links and self.request.GET.get(name)]
        return [(name, self.request.GET[name]) for name in kept]

    # How they are shown ------------------------------------------------------------------------------------

    @cached_property
    def sort(self) -> tuple[str, bool]:
        """The name of the order and whether it falls."""
        asked = self.request.GET.get("sort", "")
        name = asked.removeprefix("-")
        if name in self.config.sorts:
            return name, asked.startswith("-")
        default = self.config.default_sort
        return default.removeprefix("-"), default.startswith("-")

    @property
    def size(self) -> int:
        asked = self.request.GET.get("size", "")
        return int(asked) if asked in {str(size) for size in SIZES} else SIZES[0]

    # What was not understood -------------------------------------------------------------------------------

    @cached_property
    def complaints(self) -> list[str]:
        """Sentences about whatever in the address could not be understood."""
        said = list(self.filterset.complaints)
        asked = self.request.GET.get("sort", "")
        if asked and asked.removeprefix("-") not in self.config.sorts:
            said.append(_("This list cannot be put in the order “%(name)s”.") % {"name": _quoted(asked)})
        asked = self.request.GET.get("size", "")
        if asked and asked not in {str(size) for size in SIZES}:
            said.append(_("A page has %(sizes)s rows.") % {"sizes": ", ".join(map(str, SIZES))})
        asked = self.request.GET.get("numbers", "")
        if asked not in ("", "1"):
            said.append(_("“%(name)s” is no way to count the choices.") % {"name": _quoted(asked)})
        asked = self.request.GET.get("page", "")
        if asked and not (asked.isascii() and asked.isdigit()):
            said.append(_("“%(name)s” is no page of this list.") % {"name": _quoted(asked)})
        return said

    # Addresses ---------------------------------------------------------------------------------------------

    def url(self, query: QueryDict) -> str:
        """This list with another question."""
        encoded = query.urlencode()
        if not encoded and self.config.opening(self.request):  # asking for nothing would be asking for that
            encoded = f"sort={self.config.default_sort}"
        return f"{self.config.path}?{encoded}" if encoded else self.config.path

    @property
    def question(self) -> QueryDict:
        """The question as asked, without the page, blanks, and what searches for choices."""
        query = self.request.GET.copy()
        for name in list(query):
            kept = [value for value in dict.fromkeys(query.getlist(name)) if value]
            query.setlist(name, kept)
            if not kept or name in ("page", "numbers") or (name.endswith(FIND) and self.filterset.knows(name)):
                del query[name]
        return query

    def asking(self, *drop: str, **changes: str) -> str:
        """This list with some parameters changed; always from its first page."""
        query = self.question
        for name in set(drop) & set(query):
            del query[name]
        for name, value in changes.items():
            query[name] = value
        return self.url(query)

    def page_url(self, number: int) -> str:
        return self.asking() if number == 1 else self.asking(page=str(number))

    @property
    def previous_url(self) -> str:
        return self.page_url(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.page_url(self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def canonical_url(self) -> str:
        """This very page, at its shortest address."""
        asked = self.request.GET.get("page", "")
        return self.asking(page=asked) if asked and asked != "1" else self.asking()

    @property
    def counting_url(self) -> str:
        """The same page with the choices of a long list counted as well; none where they are."""
        page = {"page": self.request.GET["page"]} if self.request.GET.get("page") else {}
        return "" if self.numbers.is_whole else self.asking(**page, numbers="1")

    @property
    def has_blanks(self) -> bool:
        """Whether the address carries parameters without a value, as a form sends them."""
        return any(not value for name in self.request.GET for value in self.request.GET.getlist(name))

    @property
    def address_without_blanks(self) -> str:
        query = self.request.GET.copy()
        for name in list(query):
            kept = [value for value in query.getlist(name) if value]
            query.setlist(name, kept)
            if not kept:
                del query[name]
        return self.url(query)

    @cached_property
    def chips(self) -> list[Chip]:
        return [Chip(chosen.text, self._without(chosen)) for chosen in self.filterset.chosen]

    def _without(self, chosen: Chosen) -> str:
        query = self.question
        kept = []
        if self.filterset.filters[chosen.parameter].takes_many:
            same = [one.value for one in self.filterset.chosen if one.parameter == chosen.parameter]
            kept = [value for value in same if value != chosen.value]
        if chosen.parameter in self.filterset.defaults and not kept and chosen.parameter not in self.filterset.keeps:
            kept = ["all"]
        query.setlist(chosen.parameter, kept)
        if not kept:
            query.pop(chosen.parameter, None)
        return self.url(query)

    @property
    def clear_url(self) -> str:
        """Without any filter, in the same order."""
        query = self.question
        for name in list(query):
            if name not in SHOWING:
                del query[name]
        for name in self.filterset.defaults.keys() - self.filterset.keeps:
            query[name] = "all"
        return self.url(query)

    @cached_property
    def sort_links(self) -> dict[str, SortLink]:
        """A column head's link: sorts by it, and the other way round when it already does."""
        now, falls = self.sort
        links = {}
        for name, sort in self.config.sorts.items():
            state = "none" if name != now else "descending" if falls else "ascending"
            to = f"-{name}" if state == "ascending" else name
            links[name] = SortLink(name, sort.label, self.asking(sort=to), state)
        return links

    @property
    def size_links(self) -> list[SizeLink]:
        return [SizeLink(size, self.asking(size=str(size)), size == self.size) for size in SIZES]

    @property
    def exact_query(self) -> str:
        """The question without the page, for exports, feeds and saved views of exactly these rows."""
        return self.question.urlencode()


def _quoted(asked: str) -> str:
    return asked[:60].replace("\x00", "?")
