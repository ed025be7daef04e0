"""Search results ready to be shown: the hits of one page, how many there are, and the facets that narrow them.

Up to a thousand hits everything is exact and counted from these very rows, none of which the reader may not see.
Of more, the best of a thousand are shown, and the choices carry no numbers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagement.core.folding import sort_key
from engagement.core.lists.facets import FOUND, SHOWN, Choice, Facet
from engagement.core.views import page_of
from engagement.topics.models import Theme
from organizations.models import Organization

from .engine import Found, Hit, find
from .facets import Name, called, counted, most, named
from .models import KINDS
from .request import Asking, Narrowed
from .spelling import corrected, fewer_words

SIZE = 25


class Results:
    """The answer to one question."""

    def __init__(self, asking: Asking) -> None:
        self.asking, self.user = asking, asking.request.user
        self.instead_of: tuple[str, ...] = ()
        self.query = asking.query_with_longer_words
        self.broad = self._first_that_finds() if asking.asks else Found([], self.query)

    # What is found ------------------------------------------------------------------------------------------

    def _first_that_finds(self) -> Found:
        """With the words as typed and longer ones, the words themselves first; or else as they were probably meant."""
        if (found := find(self.user, self.query)).hits:
            return found
        if (better := corrected(self.user, self.asking.query)) is not None:
            self.query, self.instead_of = better.query, better.wrong
            return find(self.user, self.query)
        return found

    @property
    def has_only_longer_words(self) -> bool:
        return self.broad.has_only_longer_words

    @cached_property
    def found(self) -> Found:
        """The hits that the filters leave."""
        chosen = self.asking.narrowed
        if not self.asking.is_narrowed:
            return self.broad
        if not self.broad.is_cut:
            return Found([hit for hit in self.broad.hits if _fits(hit, chosen)], self.broad.query)
        return find(
            self.user,
            self.query,
            kinds=sorted(chosen["noun"].keys),
            organizations=sorted(chosen["organization"].keys),
            themes=sorted(chosen["theme"].keys),
            years=sorted(chosen["year"].keys),
        )

    @cached_property
    def hits(self) -> Sequence[Hit]:
        """In the order asked for, those without a date last; the best first, with what was found of its meeting."""
        if not self.asking.sort:
            return together(self.found.hits)
        falls = self.asking.sort == "date"
        dated = [hit for hit in self.found.hits if hit.happened_on]
        dated.sort(key=lambda hit: hit.happened_on.toordinal(), reverse=falls)  # type: ignore[union-attr]
        return [*dated, *(hit for hit in self.found.hits if not hit.happened_on)]

    @cached_property
    def page(self) -> Page[Hit]:
        return page_of(self.asking.request, self.hits, SIZE, count=len(self.hits))

    @property
    def is_cut(self) -> bool:
        return self.found.is_cut

    @property
    def previous_url(self) -> str:
        return self._page_url(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._page_url(self.page.next_page_number()) if self.page.has_next() else ""

    def _page_url(self, number: int) -> str:
        return self.asking.address({"page": [str(number)]} if number > 1 else {})

    @property
    def count_text(self) -> str:
        """Exact unless there are more than are listed: to count these costs more than to find the best of them."""
        number = f"{len(self.found.hits):,}"
        return f"{number}+" if self.found.is_cut else number

    @property
    def count_words(self) -> str:
        number = len(self.found.hits)
        if self.found.is_cut:
            return _("More than %(number)s results") % {"number": f"{number:,}"}
        return ngettext("%(number)s result", "%(number)s results", number) % {"number": self.count_text}

    @cached_property
    def with_fewer_words(self) -> list[dict[str, str]]:
        """Where nothing is found: questions of fewer words that find something."""
        texts = fewer_words(self.user, self.asking.text)
        return [{"text": text, "url": self.asking.address({"q": [text]})} for text in texts]

    # What narrows it ----------------------------------------------------------------------------------------

    @cached_property
    def facets(self) -> list[Facet]:
        """The four filters, each counted as if it alone were not set."""
        if not (self.broad.hits or self.asking.is_narrowed):
            return []
        return [self._nouns, self._organizations, self._themes, self._years]

    def _rows(self, name: str) -> tuple[Sequence[Hit], bool]:
        """The hits a filter's choices are counted in, and whether these are all."""
        chosen = self.asking.narrowed
        if not self.broad.is_cut:
            others = {key: one for key, one in chosen.items() if key != name}
            return [hit for hit in self.broad.hits if _fits(hit, others)], True
        if chosen[name].values:
            return self.broad.hits, False
        return self.found.hits, not self.found.is_cut

    @cached_property
    def nouns(self) -> list[tuple[Choice, str]]:
        """Each noun that was found, and the address of its hits alone; none where there is no choice."""
        choices = self.facets[0].choices
        if len(choices) < 2 or self.asking.narrowed["noun"].values:
            return []
        return [(choice, self.asking.address({"noun": [choice.value]})) for choice in choices]

    @property
    def _nouns(self) -> Facet:
        rows, is_exact = self._rows("noun")
        numbers = Counter(hit.kind for hit in rows)
        chosen = self.asking.narrowed["noun"].values
        choices = [
            Choice(name, str(kind.plural), numbers[name] if is_exact else None, name in chosen)
            for name, kind in KINDS.items()
            if numbers[name] or name in chosen
        ]
        return Facet("noun", _("Type"), choices)

    @property
    def _years(self) -> Facet:
        rows, is_exact = self._rows("year")
        numbers = Counter(str(hit.year) for hit in rows if hit.year)
        chosen = self.asking.narrowed["year"].values
        years = sorted({*numbers, *chosen}, reverse=True)
        shown = [*chosen, *(year for year in years if year not in chosen)][: max(12, len(chosen))]
        choices = [Choice(one, one, numbers[one] if is_exact else None, one in chosen) for one in shown]
        return Facet("year", _("Year"), choices)

    @property
    def _organizations(self) -> Facet:
        return self._records("organization", _("Organization (and its members)"), self.organizations)

    @property
    def _themes(self) -> Facet:
        return self._records("theme", _("Theme (and sub-themes)"), self.themes)

    def _records(self, name: str, label: str, names: Mapping[int, Name]) -> Facet:
        """The chosen ones first, then what was found by typing, or those with most hits."""
        numbers, is_exact = self._numbers[name]
        chosen, typed = self.asking.narrowed[name], self.asking.find(name)
        known = {one.slug: one for one in names.values()}
        offered = [one for one in known.values() if one.slug not in chosen.values]
        if typed:
            offered = [one for one in offered if one.is_called(typed)]
        offered = [one for one in offered if numbers[one.pk] or (typed and not is_exact)]
        offered.sort(key=lambda one: (-numbers[one.pk], sort_key(one.name), one.pk))
        shown = offered[: FOUND if typed else SHOWN]
        choices = []
        for slug, called_so in zip(chosen.values, chosen.labels, strict=True):
            number = numbers[known[slug].pk] if slug in known else 0
            choices.append(Choice(slug, called_so, number if is_exact else None, True))
        choices += [Choice(one.slug, one.name, numbers[one.pk] if is_exact else None, False) for one in shown]
        return Facet(name, label, choices, more=len(offered) - len(shown), find=typed)

    @cached_property
    def _numbers(self) -> dict[str, tuple["Counter[int]", bool]]:
        """How many hits each organization and theme has, with those of its members and narrower ones."""
        rows, is_exact = self._rows("organization")
        numbers = counted(Organization, [hit.organizations for hit in rows], is_exact=is_exact)
        found = {"organization": (numbers, is_exact)}
        rows, is_exact = self._rows("theme")
        found["theme"] = counted(Theme, [hit.themes for hit in rows], is_exact=is_exact), is_exact
        return found

    @cached_property
    def organizations(self) -> dict[int, Name]:
        """The organizations that the page may have to name."""
        of_hits = {key for hit in self.page for key in hit.organizations}
        return self._names("organization", Organization, of_hits)

    @cached_property
    def themes(self) -> dict[int, Name]:
        return self._names("theme", Theme, set())

    def _names(self, name: str, model: type[Organization] | type[Theme], more: set[int]) -> dict[int, Name]:
        numbers, _is_exact = self._numbers[name]
        found = named(model, self.user, most(numbers) | more | self.asking.narrowed[name].own)
        if typed := self.asking.find(name):
            found |= called(model, self.user, typed)
        return found


def together(hits: Sequence[Hit]) -> list[Hit]:
    """The hits of one meeting follow the best of them."""
    of_meeting: dict[int, list[Hit]] = {}
    groups: list[list[Hit]] = []
    for hit in hits:
        group = of_meeting.get(hit.meeting) if hit.meeting is not None else None
        if group is None:
            groups.append(group := [])
            if hit.meeting is not None:
                of_meeting[hit.meeting] = group
        group.append(hit)
    return [hit for group in groups for hit in group]


def _fits(hit: Hit, chosen: Mapping[str, Narrowed]) -> bool:
    """Whether a hit has one of what each filter asks for."""
    has = {"noun": (hit.kind,), "organization": hit.organizations, "theme": hit.themes, "year": (hit.year,)}
    return all(not one.values or not one.keys.isdisjoint(has[name]) for name, one in chosen.items())
