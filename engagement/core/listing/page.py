"""A list page is configuration: what it lists, what it can be asked, how a row looks, in which orders."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views import View

from engagement.core.models import sees_all

from .filterset import ListFilterSet
from .listing import Listing, Stat
from .sorts import Sort

Opener = Callable[[str, HttpRequest], str]


class ListPage(View):
    """Subclass and fill in. The page, its counts and every export come from the same ``Listing``."""

    http_method_names = ["get", "head", "options"]

    url_name: ClassVar[str]
    """``followups:list``; the exports are beside it."""
    filterset_class: ClassVar[type[ListFilterSet]]
    sorts: ClassVar[Mapping[str, Sort]]
    default_sort: ClassVar[str]
    as_links: ClassVar[frozenset[str]] = frozenset()
    """Filters that are asked for by links alone and have no field in the form."""
    template_name: ClassVar[str] = "listing/page.html"
    rows_template: ClassVar[str]
    """One partial that draws ``rows``."""
    title: ClassVar[Any]
    lede: ClassVar[Any] = ""
    none_recorded: ClassVar[Any] = ""
    """What to say to those who see everything when there is nothing at all."""
    none_shown: ClassVar[Any] = ""
    """What to say to everybody else, and when something will appear."""

    openers: ClassVar[list[Opener]] = []
    """Asked for the question with which this reader opens the list; see saved views."""

    def get_queryset(self) -> "QuerySet[Any]":
        """Everything this reader may see, before any question."""
        raise NotImplementedError

    def counted(self, number: int) -> str:
        """So many rows, in words: “14 follow-ups”."""
        raise NotImplementedError

    def prepare(self, rows: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Any]":
        """The rows of one page, with what a row shows."""
        return rows

    def stat_rows(self, listing: Listing) -> "Mapping[str, QuerySet[Any]]":
        """What is counted for the numbers at the top."""
        return {}

    def stats(self, listing: Listing) -> list[Stat]:
        """Numbers at the top that are links which filter."""
        return []

    @property
    def nothing_recorded(self) -> Any:
        """What to say to this reader when there is nothing at all."""
        return self.none_recorded if sees_all(self.request.user) else self.none_shown

    @property
    def path(self) -> str:
        return reverse(self.url_name)

    def opening(self, request: HttpRequest) -> str:
        """The question with which this reader opens the list when asking nothing; usually none."""
        return next((query for ask in self.openers if (query := ask(self.url_name, request))), "")

    def extra_context(self, listing: Listing) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest) -> HttpResponse:
        by_htmx = bool(getattr(request, "htmx", False))
        if not request.GET and not by_htmx and (query := self.opening(request)):
            return HttpResponseRedirect(f"{self.path}?{query}")
        listing = Listing(self, request)
        if listing.has_blanks and not by_htmx:
            return HttpResponseRedirect(listing.address_without_blanks)
        if by_htmx and request.headers.get("HX-Target") == "counting":
            return render(request, "listing/_counts.html", {"listing": listing})
        context = {"listing": listing, "page": self, "stats": self.stats(listing), "by_htmx": by_htmx}
        response = render(request, self.template_name, {**context, **self.extra_context(listing)})
        if by_htmx and not request.headers.get("HX-Target", "").startswith(("choices-", "more-")):
            response["HX-Push-Url"] = listing.canonical_url
        patch_vary_headers(response, ["HX-Request"])
        return response
