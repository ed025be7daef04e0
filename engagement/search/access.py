"""What the database is asked for one reader, so that the cost does not grow with what the reader may not see."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db import connection

from engagement.core.models import sees_all

from . import backends
from .criteria import Asked
from .models import Entry, EntryQuerySet
from .parser import Query
from .record_types import KINDS
from .terms import Term

COLUMNS = ("id", "kind", "source", "stature", "happened_on", "year", "organizations", "themes")
ID, KIND, SOURCE, STATURE, RANK = 0, 1, 2, 3, len(COLUMNS)
MOST_NAMED = 20
"""A word that more organizations are called by does not stand for them."""
MOST_ASKED = 1_000
"""So many names are looked up by their keys; of more, the database is asked which of them the reader knows."""

Row = tuple[Any, ...]


class Reader:
    """Somebody who searches. Who knows which organization or topic is asked once, and only of those that matter."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.sees_all = sees_all(user)
        self._known: dict[tuple[str, int], bool] = {}

    def names(self, asked: Asked, limit: int) -> list[Row]:
        """Organizations, topics and the like that answer, ranked."""
        if self.sees_all:
            return first(Entry.objects.names().for_secretariat(), asked, limit)
        rows = first(Entry.objects.names().filter(is_inside=False), asked, min(limit, MOST_ASKED))
        if len(rows) >= min(limit, MOST_ASKED):
            return first(Entry.objects.visible_to(self.user).names(), asked, limit)
        known = self._of_these([(row[KIND], row[SOURCE]) for row in rows])
        return [row for row in rows if (row[KIND], row[SOURCE]) in known]

    def records(self, asked: Asked, limit: int) -> list[Row]:
        """Meetings, what was said at them and what was promised, ranked; the newest if there are more."""
        everything, *some = self._records
        rows = first(everything, asked, limit, is_long=True)
        rows += [row for seen in some for row in first(seen, asked, limit)]
        if some:
            rows.sort(key=lambda row: (row[STATURE], row[ID]), reverse=True)
        return rows[:limit]

    def has_any(self, asked: Asked) -> bool:
        """Whether anything answers."""
        if self.records(asked, 1):
            return True
        if self.sees_all:
            return Entry.objects.names().for_secretariat().matching(asked).order_by().exists()
        names = Entry.objects.names().filter(is_inside=False).matching(asked).order_by()
        some = list(names.values_list("kind", "source")[:MOST_ASKED])
        if len(some) < MOST_ASKED:
            return bool(self._of_these(some))
        return Entry.objects.visible_to(self.user).names().matching(asked).order_by().exists()

    @cached_property
    def _records(self) -> list[EntryQuerySet]:
        return Entry.objects.all().records_visible_to(self.user)

    def naming_organizations(self, query: Query) -> Query:
        """The query with, for each of its terms, the organizations known to this reader that it names."""
        called = _called(query.terms)
        few = {key for keys in called.values() if len(keys) < MOST_ASKED for key in keys}
        known = {key for _kind, key in self._of_these([("organization", key) for key in sorted(few)])}
        named = {}
        for term, keys in called.items():
            theirs = keys & known if len(keys) < MOST_ASKED else set(self._some_called(term))
            named[term] = tuple(sorted(theirs)) if len(theirs) <= MOST_NAMED else ()
        return replace(query, terms=tuple(replace(term, organizations=named[term]) for term in query.terms))

    def _some_called(self, term: Term) -> Iterable[int]:
        return _organizations(Entry.objects.visible_to(self.user).names(), term)[: MOST_NAMED + 1]

    def _of_these(self, names: list[tuple[str, int]]) -> set[tuple[str, int]]:
        """Those the reader knows."""
        if self.sees_all:
            return set(names)
        for kind in {kind for kind, _key in names}:
            if new := [key for one, key in names if one == kind and (kind, key) not in self._known]:
                rows: Any = KINDS[kind].model._default_manager.visible_to(self.user)  # type: ignore[attr-defined]
                seen = set(rows.filter(pk__in=new).order_by().values_list("pk", flat=True))
                self._known.update({(kind, key): key in seen for key in new})
        return {name for name in names if self._known[name]}


def first(entries: EntryQuerySet, asked: Asked, limit: int, *, is_long: bool = False) -> list[Row]:
    """The first of these entries by stature that answer, and how well; ``is_long`` where they may be millions."""
    return list(backends.of(connection).ranked(entries, asked, COLUMNS, limit, is_long=is_long))


def _called(terms: Sequence[Term]) -> dict[Term, set[int]]:
    """The organizations of which each of these stands in the name, up to a thousand of each; in one query."""
    naming = [term for term in terms if not (term.is_quoted or term.marks or all(map(str.isdigit, term.words)))]
    found = _at_once([_organizations(Entry.objects.names(), term)[:MOST_ASKED] for term in naming])
    return {**{term: set() for term in terms}, **dict(zip(naming, found, strict=True))}


def _at_once(questions: Sequence[Any]) -> list[set[int]]:
    """The keys that each of some queries gives."""
    found: list[set[int]] = [set() for _question in questions]
    if not questions:
        return found
    parts, values = [], []
    for at, question in enumerate(questions):
        sql, parameters = question.query.sql_with_params()
        parts.append(f"SELECT {at}, source FROM ({sql}) AS named_{at}")
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for at, key in cursor.fetchall():
            found[at].add(key)
    return found


def _organizations(names: EntryQuerySet, term: Term) -> Any:
    """Keys of organizations of which this stands in the name."""
    asked = Asked(Query("", (term.whole(),)), in_heading=True)
    return (
        names.filter(kind="organization", is_inside=False).matching(asked).order_by().values_list("source", flat=True)
    )
