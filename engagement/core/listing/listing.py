"""One list as one reader asked for it: the rows, how many, what narrows them, and the addresses that change that."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from engagement.core.queries import read_in_chunks

from .addresses import PLACES, Addresses
from .controls import Control, controls_of
from .facets import Facet, Facets, facets_of
from .filterset import ListFilterSet
from .pages import Asked, Shown, not_a_place, numbered
from .tally import MOST, count_text, counted
from .walking import BadKey, ByChoice, ByField, Walking

if TYPE_CHECKING:
    from .page import ListPage


SIZES = (25, 50, 100, 200)


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


@dataclass(frozen=True)
class Stat:
    """A number at the top of a list, which is a link that filters it."""

    number: str
    label: str
    url: str
    is_current: bool
    tone: str = ""


class Listing(Addresses):
    """What the template of a list and its exports need; computed when asked for."""

    def __init__(self, page: "ListPage", request: HttpRequest) -> None:
        self.config, self.request = page, request
        self.misplaced: list[str] = []
        self.filterset: ListFilterSet = page.filterset_class(request.GET, page.get_queryset(), request=request)

    # The rows ----------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> "QuerySet[Any]":
        """Every row asked for, in the order asked for; ties by key."""
        name, falls = self.sort
        orders = self.config.sorts[name].orders(self.request.user, falls=falls)
        return self.filterset.qs.order_by(*orders, "-pk" if falls else "pk")

    def each(self, prepare: "Callable[[QuerySet[Any]], QuerySet[Any]]", at_a_time: int) -> Iterator[Any]:
        """Every row asked for, in the order asked for, read as they are needed: by an index where one gives them so."""
        name, falls = self.sort
        order = self.config.sorts[name].walked
        if isinstance(order, ByField | ByChoice):
            return order.walk(prepare(self.filterset.qs), falls=falls, user=self.request.user).each(at_a_time)
        return read_in_chunks(prepare(self.rows), at_a_time)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """How many rows, and the numbers at the top, exact up to the most; in one statement."""
        stats = {f"stat {name}": rows for name, rows in self.config.stat_rows(self).items()}
        return counted({"rows": self.filterset.qs} | stats)

    def number(self, name: str) -> int:
        """A number at the top."""
        return self.numbers[f"stat {name}"]

    @cached_property
    def choices(self) -> Facets:
        names = [name for name in self.filterset.shown if name in self.filterset.counted]
        return facets_of(self.filterset, names, self.count, self.page.object_list, waits_for=self._waits_for)

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
        return self.numbers["rows"]

    @property
    def count_text(self) -> str:
        return count_text(self.count)

    @property
    def count_words(self) -> str:
        """“14 follow-ups”."""
        return str(self.config.counted(self.count)).replace(str(self.count), self.count_text, 1)

    @cached_property
    def page(self) -> Shown:
        """The page asked for: by its place, or by its number."""
        asked = self.request.GET
        if self.walk is None:
            number = asked.get("page", "")
            last = -(-self.count // self.size)
            rows = self.config.prepare(self.rows, self.request)
            return numbered(rows, last if number == "last" else _number(number), self.size, self.count)
        pages = Asked(self.walk, self.size)
        for name in PLACES:
            if asked.get(name):
                try:
                    found: Shown = getattr(pages, name)(asked[name])
                    return found
                except BadKey:
                    self.misplaced.append(not_a_place(name, asked[name]))
                    return pages.first()
        number = asked.get("page", "")
        if number == "last":
            return pages.last()
        return pages.numbered(_number(number), self.count) if _number(number) > 1 else pages.first()

    @cached_property
    def walk(self) -> Walking | None:
        """The rows in their order, if an index gives them so."""
        name, falls = self.shown_sort
        order = self.config.sorts[name].walked
        if order is None:
            return None
        return order.walk(self.config.prepare(self.filterset.qs, self.request), falls=falls, user=self.request.user)

    @property
    def facets(self) -> dict[str, Facet]:
        return self.choices.by_name

    @cached_property
    def controls(self) -> list[Control]:
        """The form's fields, in the order of the filters."""
        return controls_of(self.filterset, self.filterset.shown, self.facets)

    @property
    def first_controls(self) -> list[Control]:
        return [one for one in self.controls if one.name not in self.filterset.more]

    @property
    def more_controls(self) -> list[Control]:
        return [one for one in self.controls if one.name in self.filterset.more]

    @property
    def more_url(self) -> str:
        """This page with the rarer filters; none where there are none or they are there."""
        rarer = self.filterset.filters.keys() & set(self.filterset.more)
        return self.asking(**self.place, more="1") if rarer and not self.filterset.is_more_open else ""

    @property
    def is_of_nothing(self) -> bool:
        """Whether there is nothing that this reader may see, whatever is asked."""
        return not self.config.get_queryset().exists()

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
    def shown_sort(self) -> tuple[str, bool]:
        """The order of the page: that of the list, if as many rows can be put in it."""
        if self.offers(self.sort[0]):
            return self.sort
        default = self.config.default_sort
        return default.removeprefix("-"), default.startswith("-")

    def offers(self, name: str) -> bool:
        """Whether so many rows can be put in this order while somebody waits."""
        return self.config.sorts[name].walked is not None or self.count <= MOST

    @property
    def notes(self) -> list[str]:
        """What else is to be said about the page: that it is not quite what was asked for."""
        said = []
        if not self.offers(self.sort[0]):
            words = {"most": f"{MOST:,}", "order": self.config.sorts[self.sort[0]].label}
            said.append(
                _("Only up to %(most)s rows can be put in the order “%(order)s”. Narrow the list first.") % words
            )
        if self.count > MOST and _number(self.request.GET.get("page", "")) > MOST // self.size:
            said.append(_("Pages have numbers for the first %(most)s rows only.") % {"most": f"{MOST:,}"})
        return said

    @property
    def size(self) -> int:
        asked = self.request.GET.get("size", "")
        return int(asked) if asked in {str(size) for size in SIZES} else SIZES[0]

    # What was not understood -------------------------------------------------------------------------------

    @property
    def complaints(self) -> list[str]:
        """Sentences about whatever in the address could not be understood."""
        if not self.place.keys().isdisjoint(PLACES):
            self.page  # noqa: B018 (whether a place is one, is known once it was looked up)
        return [*self._complaints, *self.misplaced]

    @cached_property
    def _complaints(self) -> list[str]:
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
        if asked and asked != "last" and not (asked.isascii() and asked.isdigit()):
            said.append(_("“%(name)s” is no page of this list.") % {"name": _quoted(asked)})
        return said

    # Links that depend on the rows -------------------------------------------------------------------------

    @property
    def previous_url(self) -> str:
        return self.page_url(self.page.previous)

    @property
    def next_url(self) -> str:
        return self.page_url(self.page.next)

    @property
    def first_url(self) -> str:
        return self.asking() if self.page.previous is not None else ""

    @property
    def last_url(self) -> str:
        return self.asking(page="last") if self.page.next is not None else ""

    @property
    def counting_url(self) -> str:
        """The same page with the choices of a long list counted as well; none where they are."""
        more = {"more": "1"} if self.request.GET.get("more") == "1" else {}
        return "" if self.choices.is_whole else self.asking(**self.place, **more, numbers="1")

    @cached_property
    def sort_links(self) -> dict[str, SortLink]:
        """A column head's link: sorts by it, and the other way round when it already does."""
        now, falls = self.shown_sort
        links = {}
        for name, sort in self.config.sorts.items():
            state = "none" if name != now else "descending" if falls else "ascending"
            to = f"-{name}" if state == "ascending" else name
            url = self.asking(sort=to) if self.offers(name) else ""
            links[name] = SortLink(name, sort.label, url, state)
        return links

    @property
    def jump(self) -> str:
        """What people can jump to in this order, if there is more than one page: "day", "text" or nothing."""
        if self.walk is None or self.page.is_alone:
            return ""
        return {"moment": "day"}.get(self.walk.order.jump, self.walk.order.jump)

    @property
    def jump_hidden(self) -> list[tuple[str, str]]:
        """What the question is, for the form that jumps."""
        return [(name, value) for name, values in self.question.items() for value in values]

    @property
    def size_links(self) -> list[SizeLink]:
        return [SizeLink(size, self.asking(size=str(size)), size == self.size) for size in SIZES]


def _number(asked: str) -> int:
    """The number of a page; the first for what is none."""
    return int(asked[:9]) if asked.isascii() and asked.isdigit() else 1


def _quoted(asked: str) -> str:
    return asked[:60].replace("\x00", "?")
