"""The addresses of a list: the same question in another order, on another page, without one of its conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpRequest

from .filters import Chosen
from .filterset import FIND, SHOWING, ListFilterSet

if TYPE_CHECKING:
    from .page import ListPage

PLACES = ("after", "before", "at")
PASSING = frozenset({"page", "after", "before", "at", "numbers", "more"})
"""What an address may say about one page, and not about the list."""

Question = dict[str, list[str]]


@dataclass(frozen=True)
class Chip:
    text: str
    remove_url: str


class Addresses:
    """What a listing links to. Mixed into ``Listing``, which knows the rows."""

    config: "ListPage"
    request: HttpRequest
    filterset: ListFilterSet

    def url(self, question: Mapping[str, list[str]]) -> str:
        """This list with another question."""
        encoded = urlencode(question, doseq=True)
        if not encoded and self.config.opening(self.request):  # asking for nothing would be asking for that
            encoded = f"sort={self.config.default_sort}"
        return f"{self.config.path}?{encoded}" if encoded else self.config.path

    @cached_property
    def question(self) -> Question:
        """The question as asked, without the page, blanks, what searches for choices, and what goes without saying."""
        searching = {f"{name}{FIND}" for name in self.filterset.searchable}
        found: Question = {}
        for name, values in self.request.GET.lists():
            kept = [value for value in dict.fromkeys(values) if value]
            if kept and name not in PASSING and name not in searching and not self._goes_without_saying(name, kept):
                found[name] = kept
        return found

    def _goes_without_saying(self, name: str, values: list[str]) -> bool:
        """Whether the list would be the same without it: the form sends a default like any other choice."""
        return name not in self.filterset.yields and [self.filterset.defaults.get(name)] == values

    def asking(self, *drop: str, **changes: str) -> str:
        """This list with some parameters changed; always from its first page."""
        kept = {name: values for name, values in self.question.items() if name not in drop}
        return self.url(kept | {name: [value] for name, value in changes.items()})

    def page_url(self, at: Mapping[str, str] | None) -> str:
        return "" if at is None else self.asking(**at)

    @property
    def place(self) -> dict[str, str]:
        """What of the address says which page this is."""
        asked = self.request.GET
        return {name: asked[name] for name in ("page", *PLACES) if asked.get(name)}

    @property
    def canonical_url(self) -> str:
        """This very page, at its shortest address."""
        return self.asking() if self.place == {"page": "1"} else self.asking(**self.place)

    @property
    def has_blanks(self) -> bool:
        """Whether the address carries parameters without a value, as a form sends them."""
        return any(not value for name in self.request.GET for value in self.request.GET.getlist(name))

    @property
    def address_without_blanks(self) -> str:
        return self.url({name: [value for value in values if value] for name, values in self.request.GET.lists()})

    @cached_property
    def chips(self) -> list[Chip]:
        return [Chip(chosen.text, self._without(chosen)) for chosen in self.filterset.chosen]

    def _without(self, chosen: Chosen) -> str:
        kept = []
        if self.filterset.filters[chosen.parameter].takes_many:
            same = [one.value for one in self.filterset.chosen if one.parameter == chosen.parameter]
            kept = [value for value in same if value != chosen.value]
        if chosen.parameter in self.filterset.defaults and not kept and chosen.parameter not in self.filterset.keeps:
            kept = ["all"]
        return self.url(self.question | {chosen.parameter: kept})

    @property
    def clear_url(self) -> str:
        """Without any filter, in the same order."""
        kept = {name: values for name, values in self.question.items() if name in SHOWING}
        return self.url(kept | {name: ["all"] for name in self.filterset.defaults.keys() - self.filterset.keeps})

    @property
    def everything_url(self) -> str:
        """Without any filter, the defaults included."""
        return self.url({name: ["all"] for name in self.filterset.defaults})

    @property
    def exact_query(self) -> str:
        """The question without the page, for exports, feeds and saved views of exactly these rows."""
        return urlencode(self.question, doseq=True)
