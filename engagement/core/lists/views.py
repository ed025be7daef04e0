"""Class-based list view: subclasses declare the rows, the filters, the orders and the row template.

One request goes through ``get`` from top to bottom: what is asked, how many rows, which page of them, how many each
choice would give; then the template. Files of the same rows take ``ask`` alone.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Self

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views import View

from engagement.core.models import sees_all
from engagement.core.types import Label, Rows

from .counts import count_all, count_text
from .facets import facets_of
from .filterset import ListFilterSet
from .keyset import BadKey, Keyset
from .links import Links
from .pagination import PLACES, KeysetPaginator, Page, offset_page, place_warning, read_place
from .request import PageRequest
from .result import Found, PageResult, Stat
from .sorts import Ordering, Sort

Opener = Callable[[str, HttpRequest], str]


class ListPage(View):
    """Subclass and fill in. The page, its counts and every export come from the same ``PageRequest``."""

    http_method_names = ["get", "head", "options"]

    url_name: ClassVar[str]
    """``followups:list``; the exports are beside it."""
    filterset_class: ClassVar[type[ListFilterSet]]
    sorts: ClassVar[Mapping[str, Sort]]
    default_sort: ClassVar[str]
    as_links: ClassVar[frozenset[str]] = frozenset()
    """Filters that are asked for by links alone and have no field in the form."""
    template_name: ClassVar[str] = "lists/page.html"
    rows_template: ClassVar[str]
    """One partial that draws ``rows``."""
    title: ClassVar[Label]
    lede: ClassVar[Label] = ""
    none_recorded: ClassVar[Label] = ""
    """What to say to those who see everything when there is nothing at all."""
    none_shown: ClassVar[Label] = ""
    """What to say to everybody else, and when something will appear."""

    openers: ClassVar[list[Opener]] = []
    """Asked for the question with which this reader opens the list; see saved views."""

    @classmethod
    def for_request(cls, request: HttpRequest) -> Self:
        """The list as this reader opens it, to be asked elsewhere than on its page."""
        page = cls()
        page.setup(request)
        return page

    def get_queryset(self) -> Rows:
        """Everything this reader may see, before any question."""
        raise NotImplementedError

    def counted(self, number: int) -> str:
        """So many rows, in words: “14 follow-ups”."""
        raise NotImplementedError

    def prepare(self, rows: Rows, request: HttpRequest) -> Rows:
        """The rows of one page, with everything that a row shows."""
        return rows

    def in_short(self, rows: Rows, request: HttpRequest) -> Rows:
        """The rows of a card on a desk, with what a line shows: as a prepared query, so with nothing fetched beside
        them and nothing of the moment but ``MomentAsked``."""
        return self.prepare(rows, request)

    def stat_rows(self, asked: PageRequest) -> Mapping[str, Rows]:
        """The query sets that are counted for the numbers at the top."""
        return {}

    def stats(self, asked: PageRequest, counts: Mapping[str, int]) -> list[Stat]:
        """Numbers at the top that are links which filter; ``counts`` are those of ``stat_rows``."""
        return []

    @property
    def nothing_recorded(self) -> Label:
        """The sentence for this reader when the list is empty without any filter."""
        return self.none_recorded if sees_all(self.request.user) else self.none_shown

    @property
    def path(self) -> str:
        return reverse(self.url_name)

    def opening(self, request: HttpRequest) -> str:
        """The question with which this reader opens the list when asking nothing; usually none."""
        return next((query for ask in self.openers if (query := ask(self.url_name, request))), "")

    def extra_context(self, asked: PageRequest) -> dict[str, object]:
        return {}

    # One request ---------------------------------------------------------------------------------------------

    def get(self, request: HttpRequest) -> HttpResponse:
        by_htmx, target = bool(getattr(request, "htmx", False)), request.headers.get("HX-Target", "")
        if not request.GET and not by_htmx and (query := self.opening(request)):
            return HttpResponseRedirect(f"{self.path}?{query}")
        asked = self.ask()
        if asked.links.has_blanks and not by_htmx:
            return HttpResponseRedirect(asked.links.without_blanks)
        found = self.look_up(asked)
        if by_htmx and target == "counting":
            return render(request, "lists/_counts.html", {"facets": found.choices.by_name})
        context = {"page": self, "result": self.result(asked, found), "by_htmx": by_htmx}
        response = render(request, self.template_name, {**context, **self.extra_context(asked)})
        if by_htmx and not target.startswith(("choices-", "more-")):
            response["HX-Push-Url"] = asked.links.canonical
        patch_vary_headers(response, ["HX-Request"])
        return response

    def ask(self) -> PageRequest:
        """Parse the address. The database is asked only for the records that filters name."""
        request, default = self.request, Ordering.read(self.default_sort, self.sorts)
        assert default is not None
        filterset = self.filterset_class(request.GET, self.get_queryset(), request=request)
        links = Links(self.url_name, request.GET, filterset, self._instead_of_nothing)
        return PageRequest(request, filterset, links, self.sorts, default)

    def _instead_of_nothing(self) -> str:
        """Asking for nothing would be asking for the question a reader opens the list with."""
        return f"sort={self.default_sort}" if self.opening(self.request) else ""

    def look_up(self, asked: PageRequest) -> Found:
        """Count the rows and the numbers at the top, read the page, then offer and count choices; in this order."""
        filterset = asked.filterset
        counts = count_all({"rows": filterset.qs, **self.stat_rows(asked)})
        ordering = self._ordering(asked, counts["rows"])
        keyset = self._keyset(asked, ordering)
        page, misplaced = self._page(asked, keyset, counts["rows"])
        counted = [name for name in filterset.shown if name in filterset.counted]
        waits_for = self._waits_for(filterset)
        choices = facets_of(filterset, counted, counts["rows"], page.object_list, waits_for=waits_for)
        return Found(counts, ordering, keyset, page, misplaced, choices)

    def result(self, asked: PageRequest, found: Found) -> PageResult:
        nothing = not found.page and not found.page.is_beyond and asked.filterset.is_valid()
        return PageResult.of(
            asked,
            found,
            count_words=str(self.counted(found.count)).replace(str(found.count), count_text(found.count), 1),
            stats=self.stats(asked, found.counts),
            hidden=asked.hidden(self.as_links),
            as_links=self.as_links,
            is_of_nothing=nothing and not self.get_queryset().exists(),
        )

    def _ordering(self, asked: PageRequest, count: int) -> Ordering:
        return asked.ordering if asked.ordering.sort.fits(count) else asked.default

    def _keyset(self, asked: PageRequest, ordering: Ordering) -> Keyset | None:
        if ordering.sort.keyset is None:
            return None
        return ordering.keyset(self.prepare(asked.filterset.qs, self.request), self.request.user)

    def _page(self, asked: PageRequest, keyset: Keyset | None, count: int) -> tuple[Page, list[str]]:
        """The first page for a place that is none, and what to say about it."""
        address = self.request.GET
        if keyset is None:
            return offset_page(self.prepare(asked.rows, self.request), address, asked.size, count), []
        paginator = KeysetPaginator(keyset, asked.size)
        try:
            return paginator.get_page(address, count), []
        except BadKey:
            return paginator.first(), [place_warning(address)]

    def misplaced(self, asked: PageRequest) -> list[str]:
        """The warning about a place in the address of a file, which has all rows and no page."""
        if asked.links.place.keys().isdisjoint(PLACES):
            return []
        sort, rows = asked.ordering.sort, asked.filterset.qs
        count = count_all({"rows": rows})["rows"] if sort.keyset is None else 0
        keyset = self._keyset(asked, self._ordering(asked, count))
        try:
            if keyset is not None:
                read_place(keyset, self.request.GET)
        except BadKey:
            return [place_warning(self.request.GET)]
        return []

    def _waits_for(self, filterset: ListFilterSet) -> Sequence[str]:
        """The filters whose choices are counted however long the list: all when asked to, or the one just searched."""
        if self.request.GET.get("numbers") == "1":
            return list(filterset.counted)
        return [self.request.headers.get("HX-Target", "").removeprefix("choices-")]
