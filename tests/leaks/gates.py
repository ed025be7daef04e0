"""Mutation testing of what keeps secrets: each gate by its name, and the hole that leaves it open.

Gates are found in the code itself, so that a new one is tried as soon as it is written: every ``visible_to`` and
``shared_with`` of a queryset, every door of ``opens``, every bound of a level, every question ``sees_all``, every view
behind ``only_for``. What keeps words back otherwise is named in ``OTHERS``.
"""

import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any
from unittest.mock import ANY

from django.db.models import Q, QuerySet, Value
from pytest import MonkeyPatch

from engagement.accounts.models import User
from engagement.core.exports.base import Export
from engagement.core.models import Leveled, LeveledQuerySet, Visibility, sees_all
from engagement.core.models.visibility import _doors, leveled_models
from engagement.minutes.content import narrowed, somebody
from engagement.returns import selection
from engagement.returns.selection import held_by, published
from engagement.search.models import EntryQuerySet, _shared_with
from engagement.view_as import Audience
from meetings import tombstones
from meetings.models import Meeting
from meetings.version_redaction import _Redaction
from tests.leaks.addresses import NOT_READ, door_of, guard_of, routes

Hole = Callable[[MonkeyPatch], None]
OURS = ("engagement", "meetings", "organizations")


def gates() -> dict[str, Hole]:
    """By name: ``meetings.models.parties.PartyQuerySet.visible_to`` and what leaves it open."""
    return dict([*_querysets(), *_open_doors(), *_bounds(), *_questions(), *_views(), *OTHERS])


def _is_ours(name: str) -> bool:
    return name.split(".")[0] in OURS


def _querysets() -> Iterator[tuple[str, Hole]]:
    holes = {"visible_to": lambda rows, user: rows, "shared_with": lambda rows, user: Q(pk__isnull=False)}
    for kind in sorted(set(_below(QuerySet)), key=lambda one: f"{one.__module__}.{one.__qualname__}"):
        for name in sorted(holes.keys() & vars(kind).keys()) if _is_ours(kind.__module__) else ():
            if (kind, name) != (LeveledQuerySet, "shared_with"):  # which says nothing by itself
                yield f"{kind.__module__}.{kind.__qualname__}.{name}", _instead(kind, name, holes[name])


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _instead(owner: Any, name: str, value: Any) -> Hole:
    return lambda patch: patch.setattr(owner, name, value)


def _open_doors() -> Iterator[tuple[str, Hole]]:
    """Whoever knows of one such record in some way knows of all of them."""
    for label, doors in _doors.items():
        for number, door in enumerate(doors):
            hole = [*doors[:number], lambda user: Q(pk__isnull=False), *doors[number + 1 :]]
            yield f"door of {label}: {door.__module__}.{door.__name__}", _of(_doors, label, hole)


def _of(where: dict[str, Any], key: str, value: Any) -> Hole:
    return lambda patch: patch.setitem(where, key, value)


MADE_WITH = "level of "
"""Gates that records go through when they are saved: the world is made with the hole."""


def _bounds() -> Iterator[tuple[str, Hole]]:
    for model in leveled_models():
        if model.level_cap.__func__ is not Leveled.level_cap.__func__:
            hole = classmethod(lambda cls: Value(int(Visibility.PUBLIC)))
            yield f"{MADE_WITH}{model.__name__}: its own bound", _instead(model, "level_cap", hole)
        for parent in model.level_parents:
            others = tuple(name for name in model.level_parents if name != parent)
            yield f"{MADE_WITH}{model.__name__}: that of its {parent}", _instead(model, "level_parents", others)


def _questions() -> Iterator[tuple[str, Hole]]:
    """``sees_all(user)``, module by module; templates ask ``display``."""
    for module in _modules():
        if vars(module).get("sees_all") is sees_all and module.__name__ != sees_all.__module__:
            yield f"{module.__name__}.sees_all", _instead(module, "sees_all", lambda user: True)


def _modules() -> list[ModuleType]:
    return [module for name, module in sorted(sys.modules.items()) if _is_ours(name)]


FOR_OUTSIDERS = {"is_signed_in", "may_propose"}
"""Whoever signed in comes through these; what each finds behind them is asked of the records."""
IN_FRONT_OF = "only_for in front of "


def _views() -> Iterator[tuple[str, Hole]]:
    for route, view in routes():
        if (guard := guard_of(view)) is None or route.startswith(tuple(NOT_READ)):
            continue
        if door_of(guard).cell_contents.__name__ not in FOR_OUTSIDERS:
            yield f"{IN_FRONT_OF}{route}", _instead(door_of(guard), "cell_contents", lambda user: True)


def _wherever(function: Any, value: Any) -> Hole:
    """In every module that uses it."""

    def hole(patch: MonkeyPatch) -> None:
        for module in _modules():
            for name in [name for name, one in vars(module).items() if one is function]:
                patch.setattr(module, name, value)

    return hole


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
OTHERS: list[tuple[str, Hole]] = [
    ("versions: what was hidden since", _instead(_Redaction, "of", lambda self, content: content)),
    ("versions: names that were corrected since", _instead(_Redaction, "__init__", _any_name)),
    ("minutes: what was hidden since", _wherever(narrowed, lambda content, reader: content)),
    (f"{MADE_WITH}minutes: read for their audience", _wherever(somebody, lambda audience, meeting: CHIEF)),
    ("tombstones: of what never was public", _wherever(tombstones._public, _whole_history)),
    ("returns: meetings that are public", _wherever(published, held_by)),
    ("returns: parts that are public", _instead(selection, "AnonymousUser", lambda: CHIEF)),
    ("view as: who reads", _instead(Audience, "reader", CHIEF)),
    ("search: what is shared with others", _wherever(_shared_with, lambda user: Q(level__gte=Visibility.SHARED))),
    ("search: what is public", _instead(EntryQuerySet, "records_visible_to", lambda rows, user: [rows.records()])),
    ("exports: columns for the secretariat", _instead(Export, "shown", lambda self, columns: list(columns))),
]
"""What keeps words back and is none of the kinds above."""

_OF_RECORDS = [
    "meetings/<slug:slug>/documents/<int:pk>/versions/<int:number>/erase/",
    "meetings/<slug:slug>/publication/changes/<int:pk>/",
    "meetings/<slug:slug>/publication/changes/<int:pk>/files/<int:number>/",
    "organizations/duplicates/not-the-same/",
    "organizations/duplicates/merges/<int:pk>/",
    "meetings/<slug:slug>/minutes/act/<slug:verb>/",
    "meetings/<slug:slug>/minutes/links/<int:pk>/revoke/",
    "imports/invitation/<int:pk>/",
    "imports/layouts/<slug:slug>/",
    "imports/layouts/<slug:slug>/delete/",
    "imports/<int:pk>/",
    "imports/<int:pk>/columns/",
    "imports/<int:pk>/decide/",
    "imports/<int:pk>/lists/",
    "imports/<int:pk>/rows/<int:number>/",
    "imports/<int:pk>/period/",
    "imports/<int:pk>/delete/",
    "imports/<int:pk>/look/",
    "imports/<int:pk>/commit/",
    "imports/<int:pk>/undo/",
    "imports/<int:pk>/questions.<str:extension>",
    "returns/sent/<int:pk>/",
    "returns/sent/<int:pk>/file/",
    "returns/<slug:code>/",
    "people/<int:pk>/erase/",
    "people/<int:pk>/held.<str:extension>",
    "view-as/organizations/<slug:slug>/",
    "view-as/organizations/<slug:slug>/<path:path>",
]
HELD_TWICE: dict[str, str] = dict.fromkeys(
    [f"{IN_FRONT_OF}{route}" for route in _OF_RECORDS],
    "the record is looked up among those that the reader may know of",
) | {
    f"{MADE_WITH}Participant: that of its meeting": "names stand on the page of their meeting and nowhere else",
    f"{MADE_WITH}Position: that of its meeting": "its discussion is bound by the meeting too",
}
"""Gates behind which another one stands: nothing is met although they are open, and why."""
