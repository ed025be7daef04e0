"""Search engine: a reader's answer to a query. The page, its suggestions and its tests ask here.

    query = parse("gene therapy")                       # engagement.search.parser
    found = find(user, query, kinds=["meeting"], years=[2025])
    found.hits        # light rows, the best first; at most 1,000
    found.is_cut      # there are more than these, which nobody counts: the hits are the best of the 1,000 newest
    entries(found.hits[:25])   # the same, with heading, body and meeting, for showing; one query

Everything is computed from what this reader may see: ``Entry.objects.visible_to(user)`` is the only way to an entry.
A hit's record is ``(kind, source)``; ``KINDS[kind]`` (engagement.search.models) says of which model, what its
plural is called, and how to reach its page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from engagement.core.models import sees_all
from engagement.core.types import Reader
from engagement.topics.models import Theme

from . import backends
from .criteria import WHOLE, Row, SearchCriteria
from .models import KINDS, Entry, EntryQuerySet
from .parser import Query
from .terms import Term

COLUMNS = ("id", "kind", "source", "stature", "happened_on", "year", "organizations", "themes", "meeting_id")
ID, KIND, SOURCE, STATURE, RANK = 0, 1, 2, 3, len(COLUMNS)
MOST_NAMED = 20
"""A word that more organizations are called by does not stand for them."""
MOST_ASKED = 1_000
"""So many names are looked up by their keys; of more, the database is asked which of them the reader knows."""


class ReaderAccess:
    """Somebody who searches. Who knows which organization or topic is asked once, and only of those that matter."""

    def __init__(self, user: Reader) -> None:
        self.user = user
        self.sees_all = sees_all(user)
        self._known: dict[tuple[str, int], bool] = {}

    def names(self, asked: SearchCriteria, limit: int) -> list[Row]:
        """Organizations, topics and the like that answer, ranked."""
        if self.sees_all:
            return first(Entry.objects.names().for_secretariat(), asked, limit)
        rows = first(Entry.objects.names().filter(is_inside=False), asked, min(limit, MOST_ASKED))
        if len(rows) >= min(limit, MOST_ASKED):
            return first(Entry.objects.visible_to(self.user).names(), asked, limit)
        known = self._of_these([(row[KIND], row[SOURCE]) for row in rows])
        return [row for row in rows if (row[KIND], row[SOURCE]) in known]

    def records(self, asked: SearchCriteria, limit: int) -> list[Row]:
        """Meetings, discussions and promises, ranked; the newest if there are more."""
        everything, *some = self._records
        rows = first(everything, asked, limit, is_long=True)
        rows += [row for seen in some for row in first(seen, asked, limit)]
        if some:
            rows.sort(key=lambda row: (row[STATURE], row[ID]), reverse=True)
        return rows[:limit]

    def has_any(self, asked: SearchCriteria) -> bool:
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


def first(entries: EntryQuerySet, asked: SearchCriteria, limit: int, *, is_long: bool = False) -> list[Row]:
    """The first of these entries by stature that answer, and how well; ``is_long`` where they may be millions."""
    return list(backends.of(connection).ranked(entries, asked, COLUMNS, limit, is_long=is_long))


def _called(terms: Sequence[Term]) -> dict[Term, set[int]]:
    """The organizations of which each of these stands in the name, up to a thousand of each; in one query."""
    naming = [term for term in terms if not (term.is_quoted or term.marks or all(map(str.isdigit, term.words)))]
    found = _at_once([_organizations(Entry.objects.names(), term)[:MOST_ASKED] for term in naming])
    return {**{term: set() for term in terms}, **dict(zip(naming, found, strict=True))}


def _at_once(questions: Sequence[QuerySet[Entry, int]]) -> list[set[int]]:
    """The keys that each of some queries gives."""
    found: list[set[int]] = [set() for _question in questions]
    if not questions:
        return found
    parts: list[str] = []
    values: list[int | str] = []
    for at, question in enumerate(questions):
        sql, parameters = question.query.sql_with_params()
        parts.append(f"SELECT {at}, source FROM ({sql}) AS named_{at}")
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for at, key in cursor.fetchall():
            found[at].add(key)
    return found


def _organizations(names: EntryQuerySet, term: Term) -> QuerySet[Entry, int]:
    """Keys of organizations of which this stands in the name."""
    asked = SearchCriteria(Query("", (term.whole(),)), in_heading=True)
    return (
        names.filter(kind="organization", is_inside=False).matching(asked).order_by().values_list("source", flat=True)
    )


CANDIDATES = 1_000


class Hit(NamedTuple):
    """One record found, without its text."""

    id: int
    """Key of the entry."""
    kind: str
    source: int
    """Key of the record."""
    rank: int
    """How well it answers, from this row alone; higher is better. Hits come sorted by it, then by stature, newest."""
    happened_on: date | None
    year: int | None
    organizations: tuple[int, ...]
    """Keys of the organizations it is of or about, for filters and numbers."""
    themes: tuple[int, ...]
    meeting: int | None
    """Key of the meeting it is or belongs to; of a follow-up none, as in ``entries``."""


@dataclass
class Found:
    """The answer of the engine, for one reader."""

    hits: Sequence[Hit]
    query: Query
    """As it was asked: with the organizations that its words name."""
    is_cut: bool = False
    """There are more than these. How many is not counted: that costs several times the finding."""

    @property
    def has_only_longer_words(self) -> bool:
        """Whether nothing has the words themselves, but something a longer one."""
        return bool(self.query.loose and self.hits) and self.hits[0].rank < WHOLE


def find(
    user: Reader,
    query: Query,
    *,
    kinds: Iterable[str] = (),
    organizations: Iterable[int] = (),
    themes: Iterable[int] = (),
    years: Iterable[int] = (),
    limit: int = CANDIDATES + 1,
) -> Found:
    """Find hits for this reader: of any of these kinds, organizations, themes (with narrower ones) and years.

    With a small ``limit`` (suggestions) the hits are the best among so many that come first by stature.
    """
    if not query:
        return Found([], query)
    kinds = list(kinds)
    known = [kind for kind in kinds if kind in KINDS]
    if kinds and not known:
        return Found([], query)
    reader = ReaderAccess(user)
    query = reader.naming_organizations(query)
    asked = SearchCriteria.narrowed(query, known, organizations, _branches(themes), years)
    rows = _first(reader, asked, limit)
    is_cut = len(rows) >= limit
    if is_cut and query.loose and not all(map(_is_whole, rows)):
        rows = _whole_first(_first(reader, replace(asked, query=query.whole()), limit), rows)
    rows = rows[: limit - 1] if is_cut and limit > 1 else rows
    rows.sort(key=lambda row: (row[RANK], row[STATURE], row[ID]), reverse=True)
    return Found([_hit(row) for row in rows], query, is_cut)


def _first(reader: ReaderAccess, asked: SearchCriteria, limit: int) -> list[Row]:
    """The hits that come first by stature."""
    rows = reader.names(asked, limit)
    return rows + reader.records(asked, limit - len(rows)) if len(rows) < limit else rows


def _is_whole(row: Row) -> bool:
    return bool(row[RANK] >= WHOLE)


def _whole_first(whole: list[Row], rows: list[Row]) -> list[Row]:
    """Of too many, those that have the words themselves: newer ones with longer words do not take their place."""
    ranked = [(*row[:RANK], row[RANK] + WHOLE) for row in whole]
    keys = {row[ID] for row in ranked}
    return [*ranked, *(row for row in rows if row[ID] not in keys)]


def _hit(row: Row) -> Hit:
    key, kind, source, _stature, day, year, organizations, themes, meeting, rank = row
    meeting = None if kind == "followup" else meeting
    return Hit(key, kind, source, rank, day, year, _keys(organizations), _keys(themes), meeting)


@lru_cache(maxsize=5_000)
def _keys(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


def _branches(themes: Iterable[int]) -> list[int]:
    """These themes and every narrower one."""
    keys = list(themes)
    return list(Theme.objects.filter(lineage__in=keys).order_by("pk").values_list("pk", flat=True)) if keys else []


def any_match(user: "Reader | ReaderAccess", query: Query) -> bool:
    """Whether the reader would find anything at all; cheap, cheaper where one ``ReaderAccess`` is asked many times."""
    if not query:
        return False
    reader = user if isinstance(user, ReaderAccess) else ReaderAccess(user)
    asked = SearchCriteria(reader.naming_organizations(query))
    return reader.has_any(asked)


def entries(hits: Iterable[Hit]) -> list[Entry]:
    """The ``Entry`` of each hit, in this order: ``heading``, ``body`` (as people read them), ``meeting``.

    ``meeting`` is there for meeting, discussion, position, outcome and document: whoever sees these sees their meeting.
    Of a follow-up it is None here: an owner may see a promise and not where it was made.
    """
    keys = [hit.id for hit in hits]
    found = Entry._base_manager.filter(pk__in=keys).select_related("meeting").defer("words").in_bulk()
    shown = [found[key] for key in keys if key in found]
    for entry in shown:
        if entry.kind == "followup":
            entry.meeting = None
    return shown


__all__ = ["CANDIDATES", "KINDS", "Found", "Hit", "ReaderAccess", "any_match", "entries", "find"]
