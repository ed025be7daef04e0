"""The number beside every choice: how many rows there would be, for this reader and whatever else was asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast

from engagement.core.models import sees_all
from engagement.core.text import fold_key

from .filters import Choices, Counted, Records
from .filterset import FIND, ListFilterSet

MOST = 10_000
"""Counts are exact up to here; beyond, they are said to be more."""
SHOWN, FOUND = 6, 20

Counts = Mapping[str, tuple[str, int]]


@dataclass
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool

    @property
    def count_text(self) -> str:
        return count_text(self.count)


@dataclass
class Facet:
    """A filter with its counted choices, the chosen ones first; ``more`` of them are found by typing."""

    name: str
    label: Any
    choices: list[Choice] = field(default_factory=list)
    more: int = 0
    find: str = ""

    @property
    def find_name(self) -> str:
        return f"{self.name}{FIND}"

    @property
    def is_searchable(self) -> bool:
        return bool(self.more or self.find)


def count_text(count: int) -> str:
    return f"{MOST:,}+" if count > MOST else f"{count:,}"


def facets_of(filterset: ListFilterSet) -> dict[str, Facet]:
    """Every counted filter of the list, all counted in one query."""
    counts = _counts(filterset)
    cleaned = filterset.form.cleaned_data if filterset.is_understood else {}
    return {
        name: _facet(filterset, name, one, counts.get(name, {}), cleaned.get(name) or [])
        for name, one in filterset.counted.items()
    }


def _counts(filterset: ListFilterSet) -> dict[str, dict[str, tuple[str, int]]]:
    """By filter, by value: the label and the number of rows."""
    found: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    if not filterset.is_understood or not filterset.counted:
        return found
    parts = [_grouped(filterset.without(name), name, one) for name, one in filterset.counted.items()]
    for name, value, label, number in parts[0].union(*parts[1:], all=True):
        found[name][value] = (label, number)
    return found


def _grouped(rows: "QuerySet[Any]", name: str, one: Counted) -> "QuerySet[Any]":
    value, label = one.paths()
    text = CharField(max_length=400)
    links, counted = one.links(rows)
    links = links.filter(**{f"{value}__isnull": False})
    if isinstance(one, Records) and not sees_all(one.user):
        links = links.filter(**{f"{one.field_name}__in": one.source(one.user).order_by().values("pk")})
    called = one.called(one.field_name) if isinstance(one, Records) and one.called else label
    grouped: QuerySet[Any] = (
        links.values(facet=Value(name, text), choice=Cast(value, text), called=Cast(called, text))
        .annotate(number=Count(counted, distinct=True))
        .values_list("facet", "choice", "called", "number")
    )
    return grouped


def _facet(filterset: ListFilterSet, name: str, one: Counted, counts: Counts, chosen: list[Any]) -> Facet:
    find = filterset.asked.get(f"{name}{FIND}", "").strip()[:100]
    if isinstance(one, Records):
        picked = {str(getattr(record, one.key)): one.label_of(record) for record in chosen}
        return _ranked(name, one, counts, picked, find, _found_records(one, find))
    assert isinstance(one, Choices)
    labels = {value: str(label) for value, label in one.choices}
    if one.is_long:
        counts = {value: (labels.get(value, value), number) for value, (_l, number) in counts.items() if value}
        picked = {value: labels[value] for value in dict.fromkeys(chosen)}
        return _ranked(name, one, counts, picked, find, _found(labels.items(), find))
    choices = [Choice(value, label, counts.get(value, ("", 0))[1], value in chosen) for value, label in labels.items()]
    return Facet(name, one.label, choices)


def _found(labels: Iterable[tuple[str, str]], find: str) -> dict[str, str]:
    """Choices in whose label every word of the text occurs."""
    words = fold_key(find).split()
    return {value: label for value, label in labels if words and all(word in fold_key(label) for word in words)}


def _found_records(one: Records, find: str) -> dict[str, str]:
    """Visible records that a typed text finds, by every name they are known by."""
    words = fold_key(find).split()
    if not words:
        return {}
    rows = one.source(one.user)
    if not hasattr(rows.model, "search_text"):
        return _found(((str(getattr(row, one.key)), one.label_of(row)) for row in rows), find)
    for word in words:
        rows = rows.filter(search_text__contains=word)
    return {str(getattr(row, one.key)): one.label_of(row) for row in rows.order_by("search_text", "pk")[:FOUND]}


def _ranked(
    name: str, one: Counted, counts: Counts, picked: Mapping[str, str], find: str, found: Mapping[str, str]
) -> Facet:
    """What is chosen, then what was found by typing, else the choices with most rows."""
    offered = {value: (label, counts.get(value, ("", 0))[1]) for value, label in found.items()} if find else counts
    ranked = sorted((item for item in offered.items() if item[0] not in picked), key=lambda i: (-i[1][1], i[1][0]))
    shown = ranked[: FOUND if find else SHOWN]
    choices = [Choice(value, label, counts.get(value, ("", 0))[1], True) for value, label in picked.items()]
    choices += [Choice(value, label, number, False) for value, (label, number) in shown]
    more = 0 if find else len(ranked) - len(shown)
    return Facet(name, one.label, choices, more=more, find=find)
