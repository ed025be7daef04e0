"""Links of a list: the same question in another order, on another page, without one of its filters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from .filters import Chosen
from .filterset import FIND, SHOWING, ListFilterSet
from .pagination import PLACES

PASSING = frozenset({"page", *PLACES, "numbers", "more"})
"""What an address may say about one page, and not about the list."""

Question = dict[str, list[str]]


@dataclass(frozen=True)
class Chip:
    text: str
    remove_url: str


@dataclass
class Links:
    """``instead_of_nothing`` is what to ask where a reader opens the list with a question of their own when asking
    nothing; it is looked up only if a link asks nothing."""

    url_name: str
    asked: QueryDict
    filterset: ListFilterSet
    instead_of_nothing: Callable[[], str]

    @cached_property
    def path(self) -> str:
        return reverse(self.url_name)

    def url(self, question: Mapping[str, list[str]]) -> str:
        """This list with another question."""
        encoded = urlencode(question, doseq=True) or self.instead_of_nothing()
        return f"{self.path}?{encoded}" if encoded else self.path

    @cached_property
    def question(self) -> Question:
        """The query of the list, without the page, blanks, searches for choices, and defaults."""
        searching = {f"{name}{FIND}" for name in self.filterset.searchable}
        found: Question = {}
        for name, values in self.asked.lists():
            kept = [value for value in dict.fromkeys(values) if value]
            if kept and name not in PASSING and name not in searching and not self._goes_without_saying(name, kept):
                found[name] = kept
        return found

    def _goes_without_saying(self, name: str, values: list[str]) -> bool:
        """Whether the list would be the same without it: the form sends a default like any other choice."""
        return name not in self.filterset.yields and [self.filterset.defaults.get(name)] == values

    @property
    def query(self) -> str:
        """The question without the page, for exports, feeds and saved views of exactly these rows."""
        return urlencode(self.question, doseq=True)

    def asking(self, *drop: str, **changes: str) -> str:
        """This list with some parameters changed; always from its first page."""
        kept = {name: values for name, values in self.question.items() if name not in drop}
        return self.url(kept | {name: [value] for name, value in changes.items()})

    @cached_property
    def place(self) -> dict[str, str]:
        """The parameters of the address that say which page this is."""
        return {name: value for name in ("page", *PLACES) if (value := self.asked.get(name))}

    @property
    def canonical(self) -> str:
        """This very page, at its shortest address."""
        return self.asking() if self.place == {"page": "1"} else self.asking(**self.place)

    @property
    def has_blanks(self) -> bool:
        """Whether the address carries parameters without a value, as a form sends them."""
        return any(not value for _name, values in self.asked.lists() for value in values)

    @property
    def without_blanks(self) -> str:
        return self.url({name: [value for value in values if value] for name, values in self.asked.lists()})

    @property
    def chips(self) -> list[Chip]:
        return [Chip(chosen.text, self._without(chosen)) for chosen in self.filterset.chosen]

    def _without(self, chosen: Chosen) -> str:
        kept, filterset = [], self.filterset
        if filterset.filters[chosen.parameter].takes_many:
            same = [one.value for one in filterset.chosen if one.parameter == chosen.parameter]
            kept = [value for value in same if value != chosen.value]
        if chosen.parameter in filterset.defaults and not kept and chosen.parameter not in filterset.keeps:
            kept = ["all"]
        return self.url(self.question | {chosen.parameter: kept})

    @property
    def clear(self) -> str:
        """Without any filter, in the same order."""
        kept = {name: values for name, values in self.question.items() if name in SHOWING}
        return self.url(kept | {name: ["all"] for name in self.filterset.defaults.keys() - self.filterset.keeps})

    @property
    def everything(self) -> str:
        """Without any filter, the defaults included."""
        return self.url({name: ["all"] for name in self.filterset.defaults})
