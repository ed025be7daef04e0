"""The number beside every choice: how many rows there would be, for this reader and whatever else was asked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast

from .filters import Counted, Records
from .filterset import ListFilterSet

MOST = 10_000
"""Counts are exact up to here; beyond, they are said to be more."""
SHOWN = 8


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
    is_searchable: bool = False


def count_text(count: int) -> str:
    return f"{MOST:,}+" if count > MOST else f"{count:,}"


def facets_of(filterset: ListFilterSet) -> dict[str, Facet]:
    """Every counted filter of the list, all counted in one query."""
    counts = _counts(filterset)
    cleaned = filterset.form.cleaned_data if filterset.is_understood else {}
    return {
        name: _facet(name, one, counts.get(name, {}), cleaned.get(name) or [])
        for name, one in filterset.counted.items()
    }


def _counts(filterset: ListFilterSet) -> dict[str, dict[str, tuple[str, int]]]:
    """By filter, by value: the label and the number of rows."""
    parts = [_grouped(filterset.without(name), name, one) for name, one in filterset.counted.items()]
    found: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    if parts and filterset.is_understood:
        for name, value, label, number in parts[0].union(*parts[1:], all=True):
            found[name][value] = (label, number)
    return found


def _grouped(rows: "QuerySet[Any]", name: str, one: Counted) -> "QuerySet[Any]":
    value, label = one.paths()
    text = CharField(max_length=400)
    grouped = rows.order_by().filter(**{f"{value}__isnull": False})
    return (
        grouped.values(facet=Value(name, text), choice=Cast(value, text), called=Cast(label, text))
        .annotate(number=Count("pk", distinct=True))
        .values_list("facet", "choice", "called", "number")
    )


def _facet(name: str, one: Counted, counts: Mapping[str, tuple[str, int]], chosen: list[Any]) -> Facet:
    if isinstance(one, Records):
        return _records_facet(name, one, counts, chosen)
    labels = dict(getattr(one, "choices", ()))
    choices = [
        Choice(value, str(label), counts.get(value, ("", 0))[1], value in chosen) for value, label in labels.items()
    ]
    return Facet(name, one.label, choices)


def _records_facet(name: str, one: Records, counts: Mapping[str, tuple[str, int]], chosen: list[Any]) -> Facet:
    picked = {str(getattr(record, one.key)): str(getattr(record, one.name_field)) for record in chosen}
    ranked = sorted((item for item in counts.items() if item[0] not in picked), key=lambda i: (-i[1][1], i[1][0]))
    choices = [Choice(value, label, counts.get(value, ("", 0))[1], True) for value, label in picked.items()]
    choices += [Choice(value, label, number, False) for value, (label, number) in ranked[:SHOWN]]
    return Facet(name, one.label, choices, more=max(len(ranked) - SHOWN, 0), is_searchable=len(ranked) > SHOWN)
