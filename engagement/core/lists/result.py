"""Result of a list, for its template: rows, counts and facets that were looked up, and the links around them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engagement.core.types import Label

from .counts import MOST, count_text
from .facets import Facet, Facets
from .filter_form import Control, controls_of, unfold
from .filterset import ListFilterSet
from .keyset import Keyset
from .links import Links
from .pagination import Page, page_number
from .request import PRINTED, SIZES, PageRequest
from .sorts import Ordering

FIRST_OPEN = 3
"""So many groups of choices are unfolded to begin with."""
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class SizeLink:
    size: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class SortLink:
    name: str
    label: Label
    url: str
    state: str
    """"ascending", "descending" or "none", as aria-sort says it."""
    said: Label = ""
    """What the present order is called, where an arrow need not say it."""


@dataclass(frozen=True)
class Stat:
    """A number at the top of a list, which is a link that filters it."""

    number: str
    label: str
    url: str
    is_current: bool
    tone: str = ""


@dataclass(frozen=True)
class Found:
    """The answers of the database to one request, in the order in which they are asked."""

    counts: Mapping[str, int]
    """How many rows, and the numbers at the top; exact up to ten thousand, one more than that means more."""
    ordering: Ordering
    """That of the page: the one asked for, if as many rows can be put in it."""
    keyset: Keyset | None
    """The rows in this order, if an index gives them so."""
    page: Page
    misplaced: Sequence[str]
    """What to say about a place in the address that is none."""
    choices: Facets

    @property
    def count(self) -> int:
        return self.counts["rows"]


@dataclass(frozen=True)
class PageResult:
    """The result: everything was looked up before the template begins; ``links`` only make addresses meanwhile."""

    filterset: ListFilterSet
    links: Links
    count: int
    count_text: str
    count_words: str
    """“14 follow-ups”."""
    stats: Sequence[Stat]
    warnings: Sequence[str]
    """Sentences about whatever in the address could not be understood."""
    notes: Sequence[str]
    """What else is to be said about the page: that it is not quite what was asked for."""
    facets: Mapping[str, Facet]
    controls: Sequence[Control]
    """The form's fields, in the order of the filters."""
    hidden: Pairs
    first_controls: Sequence[Control]
    more_controls: Sequence[Control]
    more_url: str
    """This page with the rarer filters; empty where there are none or they are there."""
    counting_url: str
    """The same page with the choices of a long list counted as well; empty where they are."""
    sort_links: Mapping[str, SortLink]
    """A column head's link: sorts by it, and the other way round when it already does."""
    size_links: Sequence[SizeLink]
    print_url: str
    """All rows on one page, as far as it takes them; empty where they are on this one."""
    is_to_print: bool
    page: Page
    previous_url: str
    next_url: str
    first_url: str
    last_url: str
    jump: str
    """What people can jump to in this order, if there is more than one page: "day", "text" or nothing."""
    is_of_nothing: bool
    """Whether there is nothing that this reader may see, whatever is asked."""

    @property
    def is_too_long_to_print(self) -> bool:
        return self.count > PRINTED

    @property
    def number_to_print(self) -> str:
        return f"{min(self.count, PRINTED):,}"

    @classmethod
    def of(
        cls,
        asked: PageRequest,
        found: Found,
        *,
        count_words: str,
        stats: list[Stat],
        hidden: Pairs,
        as_links: Collection[str],
        is_of_nothing: bool,
    ) -> "PageResult":
        filterset, page, links = asked.filterset, found.page, asked.links
        controls = controls_of(filterset, filterset.shown, found.choices.by_name)
        first = [one for one in controls if one.name not in filterset.more and one.name not in as_links]
        rare = [one for one in controls if one.name in filterset.more]
        unfold(first, FIRST_OPEN)
        unfold(rare)
        rarer = filterset.filters.keys() & set(filterset.more) if not filterset.is_more_open else None
        more = {"more": "1"} if links.asked.get("more") == "1" else {}
        jump = found.keyset.order.jump if found.keyset and not page.is_alone else ""
        return cls(
            filterset=filterset,
            links=links,
            count=found.count,
            count_text=count_text(found.count),
            count_words=count_words,
            stats=stats,
            warnings=[*asked.warnings, *found.misplaced],
            notes=_notes(asked, found.count),
            facets=found.choices.by_name,
            controls=controls,
            hidden=hidden,
            first_controls=first,
            more_controls=rare,
            more_url=links.asking(**links.place, more="1") if rarer else "",
            counting_url="" if found.choices.is_whole else links.asking(**links.place, **more, numbers="1"),
            sort_links=_sort_links(asked, found),
            size_links=[SizeLink(size, links.asking(size=str(size)), size == asked.size) for size in SIZES],
            print_url="" if page.is_alone or asked.is_to_print else links.asking(size=str(PRINTED)),
            is_to_print=asked.is_to_print,
            page=page,
            previous_url="" if page.previous is None else links.asking(**page.previous),
            next_url="" if page.next is None else links.asking(**page.next),
            first_url="" if page.previous is None else links.asking(),
            last_url="" if page.next is None else links.asking(page="last"),
            jump="day" if jump == "moment" else jump,
            is_of_nothing=is_of_nothing,
        )


def _notes(asked: PageRequest, count: int) -> list[str]:
    notes, most, sort = [], f"{MOST:,}", asked.ordering.sort
    if not sort.fits(count):
        words = {"most": most, "order": sort.label}
        notes.append(_("Only up to %(most)s rows can be sorted by “%(order)s”. Filter the list first.") % words)
    if count > MOST and page_number(asked.links.asked) > MOST // asked.size:
        notes.append(_("Only the first %(most)s rows have page numbers.") % {"most": most})
    return notes


def _sort_links(asked: PageRequest, found: Found) -> dict[str, SortLink]:
    links, now = {}, found.ordering
    for name, sort in asked.sorts.items():
        state = "none" if name != now.name else "descending" if now.descending else "ascending"
        to = f"-{name}" if state == "ascending" else name
        said = sort.names[now.descending] if sort.names and name == now.name else ""
        url = asked.links.asking(sort=to) if sort.fits(found.count) else ""
        links[name] = SortLink(name, sort.label, url, state, said)
    return links
