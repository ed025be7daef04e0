"""Result of a list, for its template: rows, counts and facets that were looked up, and the links around them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from engagement.core.types import Label

from .counts import MOST, count_text
from .facets import Facet, Facets
from .filterset import ListFilterSet
from .keyset import Keyset
from .links import Chip, Links, Question
from .pagination import Page, page_number
from .request import PRINTED, SIZES, PageRequest
from .sorts import Ordering


@dataclass
class Control:
    """One field of the form: its label, its value, its choices."""

    name: str
    label: Label
    kind: str
    help: Label = ""
    value: str = ""
    is_used: bool = False
    errors: list[str] = field(default_factory=list)
    options: list[tuple[str, Label, bool]] = field(default_factory=list)
    """For a choice of one: value, label, whether it is the one."""
    facet: Facet | None = None
    is_open: bool = False
    """Whether its choices are shown before anybody unfolds them."""

    def __post_init__(self) -> None:
        kinds = {"day": "date", "number": "number"}
        # What was typed and is no date stays to be seen, which a field for dates would not let it.
        self.input_type = "text" if self.errors and self.kind in kinds else kinds.get(self.kind, "search")
        marks = [("h", self.help), ("e", self.errors)]
        self.described_by = " ".join(f"{mark}-{self.name}" for mark, has in marks if has)

    @property
    def is_group(self) -> bool:
        """Choices below a heading, which folds; one that has nothing to choose from has no place on the page."""
        if self.facet is None:
            return self.kind == "one_of"
        return self.facet.is_offered or bool(self.errors)


def unfold(controls: Iterable[Control], first: int = 0) -> None:
    """Show the choices of the first groups, and of those with something chosen, searched or not understood."""
    for number, one in enumerate(one for one in controls if one.is_group):
        is_searched = one.facet is not None and bool(one.facet.find)
        one.is_open = number < first or one.is_used or is_searched or bool(one.errors)


def controls_of(filterset: ListFilterSet, names: Iterable[str], facets: Mapping[str, Facet]) -> list[Control]:
    return [_control(filterset, name, facets.get(name)) for name in names]


def _control(filterset: ListFilterSet, name: str, facet: Facet | None) -> Control:
    one, form = filterset.filters[name], filterset.form
    value = _value(filterset, name) if facet is None else ""
    offered = [choice for choice in one.extra.get("choices", ()) if choice[0] or name not in filterset.defaults]
    options = [(key, label, key == value) for key, label in offered] if facet is None else []
    errors, is_used = [str(error) for error in form.errors.get(name, ())], bool(form.cleaned_data.get(name))
    return Control(name, one.label, one.kind, one.extra.get("help_text", ""), value, is_used, errors, options, facet)


def _value(filterset: ListFilterSet, name: str) -> str:
    """As it was typed; a date in the form that a date field takes."""
    cleaned = filterset.form.cleaned_data.get(name) if name not in filterset.form.errors else None
    if cleaned and hasattr(cleaned, "isoformat"):
        return str(cleaned.isoformat())
    return str(filterset.data.get(name) or "").replace("\x00", "")


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
    """The result: everything was looked up before the template begins, which only reads it."""

    filterset: ListFilterSet
    links: Links
    count: int
    count_text: str
    count_words: str
    """“14 follow-ups”."""
    chips: Sequence[Chip]
    clear_url: str
    """The list without any filter, in the same order; ``everything_url`` without the defaults too."""
    everything_url: str
    question: Question
    query: str
    """The question as a query string, for exports and saved views of exactly these rows."""
    stats: Sequence[Stat]
    warnings: Sequence[str]
    """Sentences about whatever in the address could not be understood."""
    notes: Sequence[str]
    """What else is to be said about the page: that it is not quite what was asked for."""
    facets: Mapping[str, Facet]
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
            chips=links.chips,
            clear_url=links.clear,
            everything_url=links.everything,
            question=links.question,
            query=links.query,
            stats=stats,
            warnings=[*asked.warnings, *found.misplaced],
            notes=_notes(asked, found.count),
            facets=found.choices.by_name,
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
