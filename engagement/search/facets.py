"""Facets: the names of the organizations and themes of some hits, their ancestors, and the number of hits of each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from engagement.core.folding import fold_key
from engagement.core.types import Reader
from engagement.topics.models import Theme
from organizations.models import Organization

from .criteria import Row

LOOKED_UP = 40
"""Choices whose names are looked up, to show the first six that the reader may know."""
FOUND = 20


class Name(NamedTuple):
    """A record that is named, and no more of it than that."""

    pk: int
    slug: str
    name: str
    short: str
    search_text: str

    def is_called(self, text: str) -> bool:
        return all(word in self.search_text for word in fold_key(text).split())


_COLUMNS = {
    Organization: ("pk", "slug", "name", "acronym", "search_text"),
    Theme: ("pk", "slug", "name", "search_text"),
}


def named(model: type[Organization] | type[Theme], user: Reader, keys: Iterable[int]) -> dict[int, Name]:
    """The records among these that the reader may know."""
    rows = model.objects.visible_to(user).filter(pk__in=keys)
    return {row[0]: _name(row) for row in rows.order_by().values_list(*_COLUMNS[model])}


def called(model: type[Organization] | type[Theme], user: Reader, text: str) -> dict[int, Name]:
    """Records that the reader may know and that are called so."""
    rows = model.objects.visible_to(user)
    for word in fold_key(text).split():
        rows = rows.filter(search_text__contains=word)
    rows = rows.order_by("sort_key", "pk")[:FOUND]
    return {row[0]: _name(row) for row in rows.values_list(*_COLUMNS[model])}


def _name(row: Row) -> Name:
    key, slug, name, short, text = row if len(row) == 5 else (*row[:3], "", row[3])
    return Name(key, slug, name, short or name, text)


def counted(
    model: type[Organization] | type[Theme], keys: Sequence[Sequence[int]], *, is_exact: bool
) -> "Counter[int]":
    """In how many hits each record occurs: itself or something below it; itself where no number is shown anyway."""
    numbers: Counter[int] = Counter()
    if not is_exact:
        numbers.update(key for some in keys for key in some)
        return numbers
    above = _lineage(model, {key for some in keys for key in some})
    for some in keys:
        numbers.update({up for one in some for up in above.get(one, (one,))})
    return numbers


def _lineage(model: type[Organization] | type[Theme], keys: Iterable[int]) -> Mapping[int, set[int]]:
    """The ancestors of each of these, itself included, where it has any."""
    above: dict[int, set[int]] = {}
    name = model._meta.model_name
    pairs = model.lineage.through._base_manager.filter(**{f"from_{name}__in": list(keys)})
    for key, up in pairs.values_list(f"from_{name}_id", f"to_{name}_id"):
        above.setdefault(key, {key}).add(up)
    return above


def most(numbers: "Counter[int]") -> set[int]:
    """The records in most hits; ties by key, so that the answer is always the same."""
    ordered = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    return {key for key, _number in ordered[:LOOKED_UP]}
