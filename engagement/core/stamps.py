"""Which stamps a written record puts, and which of them a page asks for.

Each app says in its ``stamps.py`` what its records are to a page: themselves, or parts of something larger that is
stamped in their place. Finding out takes one query for all that was written together, putting the stamps another.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet, Value

from .models.stamps import Stamp
from .showing import Shown
from .written import Keys, follow

EVERYTHING = "*"
"""Stamped when so much was written together, or something so unclear, that every page is made again."""
MOST = 300


@dataclass(frozen=True)
class Dossier:
    """What the page of a record gathers from many others, most of which name that record."""

    of: type[Model]


Whole = type[Model] | Dossier
Stamped = tuple[Whole, Any]


@dataclass(frozen=True)
class Rule:
    """What a record is to a page."""

    itself: bool
    wholes: Mapping[Whole, str]
    """What is stamped when it is written, by the path that leads there."""


_rules: dict[type[Model], Rule] = {}
_further: list[tuple[Whole, Whole, Callable[[set[Any]], "QuerySet[Any, Any]"]]] = []


def stamped(model: type[Model], *, itself: bool = True, wholes: Mapping[Whole, str] | None = None) -> None:
    """Have what these records belong to stamped whenever one is written, and the record ``itself``.

    Without ``itself``, the first of ``wholes`` stands for it on a page.
    """
    _rules[model] = Rule(itself, wholes or {})
    follow([model], put_stamps)


def stamped_with(first: Whole, then: Whole, rows: Callable[[set[Any]], "QuerySet[Any, Any]"]) -> None:
    """Whenever some of the ``first`` are stamped, the keys that ``rows`` gives for them are stamped as well."""
    _further.append((first, then, rows))


def put_stamps(written: Keys) -> None:
    """Stamp what these rows belong to, and belonged to before."""
    names = {EVERYTHING}
    if sum(map(len, written.values())) <= MOST:
        found = {*_own(written), *_of_wholes(written)}
        for first, then, rows in _further:
            if keys := {key for whole, key in found if whole == first}:
                found |= {(then, key) for key in rows(keys)}
        names = {_name(*one) for one in found}
    Stamp.objects.put(names if len(names) <= MOST else {EVERYTHING})


def stamp_everything() -> None:
    """Have every page made again."""
    Stamp.objects.put({EVERYTHING})


def names_shown(page: Shown) -> set[str]:
    """The stamps that a page depends on."""
    names = {EVERYTHING}
    for record in page.records:
        if rule := _rules.get(type(record)):
            whole, path = next(iter(rule.wholes.items())) if not rule.itself else (type(record), "pk")
            names.add(_name(whole, getattr(record, path)))
    for shown, keys in page.keys.items():
        names |= {_name(shown, key) for key in keys}
    return names


def _name(whole: Whole | None, key: Any) -> str:
    if whole is None:
        return EVERYTHING
    return f"{whole.of._meta.label_lower}+:{key}" if isinstance(whole, Dossier) else f"{whole._meta.label_lower}:{key}"


def _own(written: Keys) -> Iterator[Stamped]:
    for model, keys in written.items():
        if _rules[model].itself:
            yield from ((model, key) for key in keys)


def _of_wholes(written: Keys) -> Iterator[tuple[Whole | None, Any]]:
    """What rows belong to and, as their history knows, belonged to; a row that nobody knows stands for everything."""
    ways = list(_ways(written))
    if not ways:
        return
    rows = [way.rows.values_list(Value(number), way.key, way.path) for number, way in enumerate(ways)]
    unknown = {(model, key) for model, keys in written.items() if _rules[model].wholes for key in keys}
    for number, key, whole in rows[0].union(*rows[1:]) if rows[1:] else rows[0]:
        unknown.discard((ways[number].model, key))
        if whole is not None:
            yield ways[number].whole, whole
    if unknown:
        yield None, None


class Way(NamedTuple):
    """Rows of a model, or of its history, that lead to what they belong to."""

    model: type[Model]
    whole: Whole
    rows: "QuerySet[Any, Any]"
    key: str
    path: str


def _ways(written: Keys) -> Iterator[Way]:
    for model, keys in written.items():
        for whole, path in _rules[model].wholes.items():
            yield Way(model, whole, model._base_manager.filter(pk__in=keys).order_by(), "pk", path)
            if "__" not in path:
                past: Any = getattr(model, "history")  # noqa: B009 (simple_history puts it there)
                yield Way(model, whole, past.filter(id__in=keys).order_by(), "id", path)
