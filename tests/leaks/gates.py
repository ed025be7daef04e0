"""Mutation testing of what keeps secrets: each gate by its name, and the hole that leaves it open.

Gates are found in the code itself, so that a new one is tried as soon as it is written: every ``visible_to`` and
``shared_with`` of a queryset, every door of ``opens``, every bound of a level, every question ``sees_all``, every view
behind ``only_for``. What keeps words back otherwise is named in ``_others``.
"""

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import Any
from unittest.mock import ANY

from django.db.models import Q, QuerySet, Value
from pytest import MonkeyPatch

from engagement.accounts.models import User
from engagement.core.exports.base import Export
from engagement.core.models import Leveled, LeveledQuerySet, Visibility, sees_all
from engagement.core.models.visibility import _rules, leveled_models
from engagement.minutes.content import narrowed, somebody
from engagement.minutes.verbs import BY_SLUG, Verb
from engagement.returns import selection
from engagement.returns.selection import held_by, published
from engagement.search.models import EntryQuerySet, _shared_with
from engagement.topics.models import ThemeQuerySet
from engagement.view_as import Audience
from meetings import tombstones
from meetings.four_eyes import may_publish
from meetings.models import Meeting
from meetings.version_redaction import _Redaction
from tests.late_imports import import_late_modules
from tests.leaks.addresses import NOT_READ, door_of, guard_of, routes


@dataclass(frozen=True)
class Gate:
    """Where it stands, and what stands there when it is left open."""

    name: str
    places: tuple["Place | Item | DoorPlace", ...]
    hole: Any
    route: str = ""
    """In front of which it stands; views that are opened alike share one condition, and each is tried for itself."""

    def open(self, patch: MonkeyPatch) -> None:
        for place in self.places:
            place.put(patch, self.hole)

    def watch(self, patch: MonkeyPatch, note: Callable[[str], None]) -> None:
        """Say ``name`` whenever it is asked."""
        for place in self.places:
            place.put(patch, _noting(place.now, partial(note, self.name)))


@dataclass(frozen=True)
class Place:
    """An attribute of a module, class or cell."""

    owner: Any
    attribute: str

    @property
    def now(self) -> Any:
        return vars(self.owner)[self.attribute] if isinstance(self.owner, type) else getattr(self.owner, self.attribute)

    def put(self, patch: MonkeyPatch, value: Any) -> None:
        patch.setattr(self.owner, self.attribute, value)


@dataclass(frozen=True)
class Item:
    """One of a dictionary's."""

    owner: dict[Any, Any]
    key: str

    @property
    def now(self) -> Any:
        return self.owner[self.key]

    def put(self, patch: MonkeyPatch, value: Any) -> None:
        patch.setitem(self.owner, self.key, value)


@dataclass(frozen=True)
class DoorPlace:
    """One of the conditions under which records of a model are seen."""

    label: str
    number: int

    @property
    def now(self) -> Any:
        return _rules[self.label][self.number]

    def put(self, patch: MonkeyPatch, value: Any) -> None:
        doors = _rules[self.label]
        patch.setitem(_rules, self.label, [*doors[: self.number], value, *doors[self.number + 1 :]])


def _noting(asked: Any, note: Callable[[], None]) -> Any:
    if isinstance(asked, property):
        return property(_noting(asked.fget, note))
    if isinstance(asked, Verb):
        return replace(asked, may=_noting(asked.may, note))

    def noted(*arguments: Any, **named: Any) -> Any:
        note()
        return asked(*arguments, **named)

    return noted


OURS = ("engagement", "meetings", "organizations")


def gates() -> dict[str, Gate]:
    """By name: ``meetings.models.parties.PartyQuerySet.visible_to`` and what leaves it open."""
    import_late_modules()
    found = [*_querysets(), *_open_doors(), *_bounds(), *_questions(), *_views(), *_others()]
    return {gate.name: gate for gate in found}


def _gate(name: str, owner: Any, attribute: str, hole: Any) -> Gate:
    return Gate(name, (Place(owner, attribute),), hole)


def _is_ours(name: str) -> bool:
    return name.split(".")[0] in OURS


NO_GATES = {(LeveledQuerySet, "shared_with"), (ThemeQuerySet, "visible_to")}
"""The one says nothing by itself; the vocabulary is public."""


def _querysets() -> Iterator[Gate]:
    holes = {"visible_to": lambda rows, user: rows, "shared_with": lambda rows, user: Q(pk__isnull=False)}
    for kind in sorted(set(_below(QuerySet)), key=lambda one: f"{one.__module__}.{one.__qualname__}"):
        for name in sorted(holes.keys() & vars(kind).keys()) if _is_ours(kind.__module__) else ():
            if (kind, name) not in NO_GATES:
                yield _gate(f"{kind.__module__}.{kind.__qualname__}.{name}", kind, name, holes[name])


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _open_doors() -> Iterator[Gate]:
    """Whoever knows of one such record in some way knows of all of them."""
    for label, doors in _rules.items():
        for number, door in enumerate(doors):
            name = f"door of {label}: {door.__module__}.{door.__name__}"
            yield Gate(name, (DoorPlace(label, number),), lambda user: Q(pk__isnull=False))


STORED = "level of "
"""Gates that records go through when they are saved: levels are computed anew behind the hole."""


def _bounds() -> Iterator[Gate]:
    for model in leveled_models():
        if model.level_cap.__func__ is not Leveled.level_cap.__func__:
            hole = classmethod(lambda cls: Value(int(Visibility.PUBLIC)))
            yield _gate(f"{STORED}{model.__name__}: its own bound", model, "level_cap", hole)
        for parent in model.level_parents:
            others = tuple(name for name in model.level_parents if name != parent)
            yield _gate(f"{STORED}{model.__name__}: that of its {parent}", model, "level_parents", others)


NO_SECRETS = {
    "engagement.accounts.sessions": "how long a session lasts",
    "engagement.activity_feed": "columns of the secretariat, and it has none",
    "engagement.core.lists.facets": "counts what rows of the reader link to, and that is known through them",
    "engagement.core.lists.views": "which sentence an empty list says",
    "engagement.core.prepared_records": "whose queries are kept, of pages for the secretariat alone; see its own test",
    "engagement.core.templatetags.sheets": "what the margin of a printed page is called",
    "engagement.followups.exports": "reads ahead the events that this reader may know of",
    "engagement.followups.filters": "whom “mine” means; rows are the reader's",
    "engagement.followups.lists": "two numbers more, of the reader's rows",
    "engagement.followups.models.querysets": "reads ahead what templates show the secretariat",
    "engagement.followups.reporting": "what a report is called; whoever gives links needs a permission besides",
    "engagement.minutes.lookup": "the secretariat answers no minutes",
    "engagement.minutes.views": "the secretariat answers no minutes",
    "engagement.returns.models.permissions": "asks for a permission besides",
    "engagement.returns.selection": "an assertion about whoever calls",
    "meetings.agenda_views": "the secretariat proposes nothing to itself",
    "meetings.ledger_exports": "columns of the secretariat, and it has none",
    "organizations.templatetags.organizations_own": "the secretariat acts for no organization",
}
"""Modules that ask ``sees_all`` for something else than to keep words back, and for what."""


MOMENTS = "engagement.core.exports.last_changed"
"""Keeps moments back and no words: test_non_interference.py leaves it open."""


def gate_of_moments() -> Gate:
    return _gate(f"{MOMENTS}.sees_all", sys.modules[MOMENTS], "sees_all", lambda user: True)


def _questions() -> Iterator[Gate]:
    """``sees_all(user)``, module by module, wherever a function asks it; templates ask ``display``."""
    none = {sees_all.__module__, MOMENTS, *NO_SECRETS}
    for module in _modules():
        if vars(module).get("sees_all") is not sees_all or module.__name__ in none:
            continue
        if _asks_it(module):
            yield _gate(f"{module.__name__}.sees_all", module, "sees_all", lambda user: True)


def _asks_it(module: ModuleType) -> bool:
    """Another passes it on, to ``only_for`` or whoever imports it from there."""
    return "sees_all(" in inspect.getsource(module)


def _modules() -> list[ModuleType]:
    return [module for name, module in sorted(sys.modules.items()) if _is_ours(name)]


FOR_OUTSIDERS = {"is_signed_in", "may_propose"}
"""Whoever signed in comes through these; what each finds behind them is asked of the records."""
IN_FRONT_OF = "only_for in front of "


def _views() -> Iterator[Gate]:
    for route, view in routes():
        if (guard := guard_of(view)) is None or route.startswith(tuple(NOT_READ)):
            continue
        if door_of(guard).cell_contents.__name__ not in FOR_OUTSIDERS:
            place = Place(door_of(guard), "cell_contents")
            yield Gate(f"{IN_FRONT_OF}{route}", (place,), lambda user: True, route)


def _wherever(name: str, function: Any, hole: Any) -> Gate:
    """In every module that uses it."""
    places = [
        Place(module, attribute)
        for module in _modules()
        for attribute in [key for key, one in vars(module).items() if one is function]
    ]
    return Gate(name, tuple(places), hole)


def _whole_history() -> Any:
    return Meeting.history.order_by("-history_id")


class _AnyName(dict[int, Any]):
    def get(self, key: int, default: Any = None) -> Any:
        return ANY


def _any_name(self: Any, rows: Any, reader: Any) -> None:
    _made(self, rows, reader)
    self.names = _AnyName()


_made = _Redaction.__init__
CHIEF = User(pk=0, is_superuser=True)


def gate_of_minutes() -> Gate:
    """Minutes go through it when they are made, so it is tried with a world of its own."""
    return _wherever("minutes: read for their audience", somebody, lambda audience, meeting: CHIEF)


def _others() -> list[Gate]:
    """What keeps words back and is none of the kinds above."""
    return [
        _gate("versions: what was hidden since", _Redaction, "of", lambda self, content: content),
        _gate("versions: names that were corrected since", _Redaction, "__init__", _any_name),
        _wherever("minutes: what was hidden since", narrowed, lambda content, reader: content),
        _wherever("tombstones: of what never was public", tombstones._public, _whole_history),
        _wherever("returns: meetings that are public", published, held_by),
        _gate("returns: parts that are public", selection, "AnonymousUser", lambda: CHIEF),
        _gate("view as: who reads", Audience, "reader", CHIEF),
        _wherever("search: what is shared with others", _shared_with, lambda user: Q(level__gte=Visibility.SHARED)),
        _gate("search: what is public", EntryQuerySet, "records_visible_to", lambda rows, user: [rows.records()]),
        _wherever("four eyes: who decides on changes", may_publish, lambda user: True),
        Gate(
            "minutes: who reopens them", (Item(BY_SLUG, "reopen"),), replace(BY_SLUG["reopen"], may=lambda user: True)
        ),
        _gate("exports: columns for the secretariat", Export, "shown", lambda self, columns: list(columns)),
    ]
