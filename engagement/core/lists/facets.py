"""Facet counts beside a list: which choices to offer, and how many rows each would give.

All numbers are true for this reader and whatever else was asked, exact up to ten thousand. The choices of a short list
are counted with its page, by grouping its rows. Of a longer one, the rows of the page tell which choices to offer; how
many rows each of these has is asked for separately, so that nobody waits for it, and the price does not grow with the
register.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import CharField, Count, F, IntegerField, Value, prefetch_related_objects
from django.db.models.expressions import Expression
from django.db.models.functions import Cast

from engagement.core.folding import fold_key, fold_terms, sort_key
from engagement.core.models import sees_all
from engagement.core.models.sort_keys import sort_key_fields
from engagement.core.types import FieldValue, Label, Row, Rows

from .counts import MOST, CountBatch, Group, Groups, Keys, count_text
from .filters import Choices, Counted, Records
from .filterset import FIND, ListFilterSet

SHOWN, FOUND = 6, 20
SOME = 250
"""The choices of a list of up to so many rows are counted with its page."""


@dataclass
class Choice:
    value: str
    label: str
    count: int | None
    """None while it is not counted."""
    is_chosen: bool
    mark: str = ""
    """What its elements on the page are called after; a facet gives it."""
    count_text: str = ""

    def __post_init__(self) -> None:
        self.count_text = "" if self.count is None else count_text(self.count)


@dataclass
class Facet:
    """A filter with its counted choices, the chosen ones first; ``more`` of them are found by typing."""

    name: str
    label: Label
    choices: list[Choice] = field(default_factory=list)
    more: int = 0
    find: str = ""
    is_open: bool = False
    """Whether there may be more choices than anybody counted."""

    def __post_init__(self) -> None:
        for choice in self.choices:
            choice.mark = f"{self.name}-{choice.value}"
        self.find_name = f"{self.name}{FIND}"
        self.is_searchable = bool(self.more or self.find or self.is_open)
        self.is_offered = self.is_searchable or any(one.is_chosen or one.count != 0 for one in self.choices)


@dataclass
class Facets:
    """The filters with choices that are shown beside a list."""

    by_name: dict[str, Facet]
    is_whole: bool
    """Whether every choice on offer was counted."""


class _FacetQuery:
    """One counted filter of a list: what of it is chosen, what was typed to find a choice, and what that found."""

    def __init__(self, filterset: ListFilterSet, name: str, one: Counted) -> None:
        self.name, self.one = name, one
        self.rows, self.base, self.links = filterset.without(name), f"rows {filterset.active(name)}", f"links {name}"
        self.find = filterset.asked.get(f"{name}{FIND}", "").strip()[:100]
        self.keys: dict[str, FieldValue] = {}
        self.offered = Groups()
        chosen = dict.fromkeys(filterset.form.cleaned_data.get(name) or [])
        if isinstance(one, Records):
            self.labels: dict[str, str] = {}
            self.picked = self._named(chosen)
            self.found = self._named(_found_records(one, self.find))
        else:
            assert isinstance(one, Choices)
            self.labels = {value: str(label) for value, label in one.choices}
            self.picked = list(chosen)
            self.found = list(_found(self.labels.items(), self.find))

    def _named(self, records: Iterable[Row]) -> list[str]:
        """The values of records; what they are called and their keys are kept."""
        assert isinstance(self.one, Records)
        named = {str(getattr(record, self.one.key)): record for record in records}
        self.labels |= {value: self.one.label_of(record) for value, record in named.items()}
        self.keys |= {value: record.pk for value, record in named.items()}
        return list(named)

    @property
    def is_short(self) -> bool:
        """A few fixed choices, all of them offered, in their own order."""
        return isinstance(self.one, Choices) and not self.one.is_long

    def offer_from(self, batch: CountBatch, base: Keys) -> None:
        """Group some rows: the choices with most of them, the chosen and the found."""
        most = len(self.labels) if self.is_short else SHOWN
        self._group(batch, base, SOME, most, [*self.picked, *self.found])

    def offer_of(self, page: list[Row]) -> None:
        """Offer the commonest choices on one page of a long list."""
        if self.is_short or self.find:
            return
        if self.one.reads:
            prefetch_related_objects(page, self.one.reads)
        times = Counter(value for row in page for value in self.one.of(row) if value)
        most = [value for value, _number in times.most_common(SHOWN)]
        values = self._named(most) if isinstance(self.one, Records) else [str(one) for one in most]
        groups = [
            Group(value, self.labels[value], 0, self.keys.get(value, 0)) for value in values if value in self.labels
        ]
        self.offered = Groups(groups, len(times))

    def _group(self, batch: CountBatch, base: Keys, some: int, most: int, wanted: list[str]) -> None:
        links, counted = self.one.links(base)
        if self.one.through is not None:
            bounded = batch.some_of(self.links, links, some)
            if bounded is None:
                return
            links = bounded.narrow(links, "pk")
        batch.groups(self.name, _by_value(links, counted, self.one), most=most, wanted=dict.fromkeys(wanted))

    def is_long(self, found: Mapping[str, Groups], most: int) -> bool:
        """Whether there were more rows, or more links to the choices, than were looked at."""
        return max(found[self.base].number, found[self.links].number) > most

    def keep(self, offered: Groups) -> None:
        """Set the choices to count."""
        self.offered = offered
        self.keys |= {group.value: group.key for group in offered.shown}

    @property
    def values(self) -> list[str]:
        """Every choice on offer."""
        on_offer = dict.fromkeys([*self.picked, *self.found, *(group.value for group in self.offered.shown)])
        return list(self.labels) if self.is_short else list(on_offer)

    def count_grouped(self, batch: CountBatch, base: Keys) -> None:
        self._group(batch, base, MOST, 0, self.values)

    def count_singly(self, batch: CountBatch) -> None:
        for value in self.values:
            key = self.keys[value] if isinstance(self.one, Records) else value
            batch.count(f"{self.name}={value}", self.one.among(self.rows, [key], is_first=False))

    def counted(self, numbers: Mapping[str, int]) -> Groups:
        """The choices on offer with these numbers."""
        called = {group.value: group.called for group in self.offered.shown}
        groups = [Group(value, called.get(value, ""), numbers.get(value, 0), 0) for value in self.values]
        return Groups(groups, self.offered.in_all)

    def facet(self, groups: Groups, *, is_counted: bool, is_open: bool) -> Facet:
        """The choices of a facet: chosen ones, then those found by typing, else those with most rows."""
        numbers = {group.value: group.number for group in groups.shown}
        labels = {group.value: group.called for group in groups.shown} | self.labels

        def choice(value: str) -> Choice:
            number = numbers.get(value, 0) if is_counted else None
            return Choice(value, labels[value], number, value in self.picked)

        if self.is_short:
            return Facet(self.name, self.one.label, [choice(value) for value in self.labels])
        others = [value for value in (self.found if self.find else numbers) if value not in self.picked]
        others.sort(key=lambda value: (-numbers.get(value, 0), sort_key(labels[value]), value))
        shown = [*self.picked, *others[: FOUND if self.find else SHOWN]]
        more = 0 if self.find or is_open else max(0, groups.in_all - len(numbers.keys() & set(shown)))
        return Facet(self.name, self.one.label, [choice(value) for value in shown], more, self.find, is_open)


def facets_of(
    filterset: ListFilterSet, names: Iterable[str], count: int, page: list[Row], *, waits_for: Collection[str] = ()
) -> Facets:
    """The filters with their choices, in one statement or, of a long list, in none.

    ``count`` is how many rows the list has and ``page`` those that are shown. ``waits_for`` names the filters whose
    choices are to be counted even if the list is long.
    """
    asked = [_FacetQuery(filterset, name, filterset.counted[name]) for name in names]
    is_long = count > SOME
    for one in asked if is_long else ():
        one.offer_of(page)
    long = asked if is_long else _grouped(asked)
    pending = [one for one in long if one.name not in waits_for]
    groups = {one.name: one.offered for one in asked} | _counted([one for one in long if one not in pending])
    facets = {one.name: one.facet(groups[one.name], is_counted=one not in pending, is_open=is_long) for one in asked}
    return Facets(facets, is_whole=not pending)


def _grouped(asked: "list[_FacetQuery]") -> "list[_FacetQuery]":
    """Count the choices of a short list; returns the filters without which it would be long, which are not counted."""
    batch = CountBatch()
    for one, base in _bases(batch, asked, SOME):
        one.offer_from(batch, base)
    found = batch.run()
    for one in asked:
        one.keep(found[one.name])
    return [one for one in asked if one.is_long(found, SOME)]


def _bases(batch: CountBatch, asked: "list[_FacetQuery]", most: int) -> "Iterator[tuple[_FacetQuery, Keys]]":
    """Each filter with the rows its choices are counted in; the same rows are looked up once."""
    bases: dict[str, Keys | None] = {}
    for one in asked:
        if one.base not in bases:
            bases[one.base] = batch.some_of(one.base, one.rows, most)
        if (base := bases[one.base]) is not None:
            yield one, base


def _counted(asked: "list[_FacetQuery]") -> dict[str, Groups]:
    """The choices on offer, counted: together up to the most rows, beyond that each for itself."""
    together, singly = CountBatch(), CountBatch()
    for one, base in _bases(together, asked, MOST):
        one.count_grouped(together, base)
    found = together.run()
    numbers = {one.name: {group.value: group.number for group in found[one.name].shown} for one in asked}
    for one in (longest := [one for one in asked if one.is_long(found, MOST)]):
        one.count_singly(singly)
    each = singly.run()
    for one in longest:
        numbers[one.name] = {value: each[f"{one.name}={value}"].number for value in one.values}
    return {one.name: one.counted(numbers[one.name]) for one in asked}


def _by_value(links: Rows, counted: str, one: Counted) -> Rows:
    """The number of rows by value."""
    value, label = one.paths()
    text = CharField(max_length=400)
    shown: dict[str, FieldValue] = {f"{value}__isnull": False}
    called: str | Expression = label
    key: F | Value = Value(0, IntegerField())
    if isinstance(one, Records):
        key = F(one.field_name)
        called = one.called(one.field_name) if one.called else label
        if not (one.is_seen or sees_all(one.user)):
            shown[f"{one.field_name}__in"] = one.source(one.user).order_by().values("pk")
    links = links.filter(**shown)
    if isinstance(one, Choices) and one.is_long:
        links = links.exclude(**{value: ""})
    values = links.values(
        choice=Cast(value, text), called=Cast(called, text), place=_place(one, label, called), ident=key
    )
    grouped: Rows = values.annotate(number=Count(counted, distinct=True))
    return grouped


def _place(one: Counted, label: str, called: str | Expression) -> F | Cast:
    """By what values that are equally frequent are put in order."""
    if isinstance(one, Records) and not one.called and sort_key_fields(one.source(one.user).model):
        return F("__".join([*label.split("__")[:-1], "sort_key"]))
    return Cast(called, CharField(max_length=400))


def _found(labels: Iterable[tuple[str, str]], find: str) -> list[str]:
    """Choices in whose label every word of the text occurs."""
    words = fold_key(find).split()
    return [value for value, label in labels if words and all(word in fold_terms([label]) for word in words)]


def _found_records(one: Records, find: str) -> "Iterable[Row]":
    """Visible records that a typed text finds, by every name they are known by."""
    words = fold_key(find).split()
    if not words:
        return []
    rows = one.source(one.user)
    if not hasattr(rows.model, "search_text"):
        return [row for row in rows if all(word in fold_terms([one.label_of(row)]) for word in words)]
    for word in words:
        rows = rows.filter(search_text__contains=word)
    return rows.order_by("sort_key", "pk")[:FOUND]
