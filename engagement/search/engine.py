"""Finding: what a reader gets for what they typed. The page, its suggestions and its tests ask here.

    query = parse("gene therapy")                       # engagement.search.parser
    found = find(user, query, kinds=["meeting"], years=[2025])
    found.hits        # light rows, the best first; at most 1,000
    found.is_cut      # there are more than these, which nobody counts: the hits are the best of the 1,000 newest
    entries(found.hits[:25])   # the same, with heading, body and meeting, for showing; one query

Everything is computed from what this reader may see: ``Entry.objects.visible_to(user)`` is the only door.
A hit's record is ``(kind, source)``; ``KINDS[kind]`` (engagement.search.record_types) says of which model, what its
plural is called, and how to reach its page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from engagement.topics.models import Theme

from .access import ID, RANK, STATURE, Reader, Row
from .criteria import Asked
from .models import Entry
from .parser import Query
from .record_types import KINDS
from .vocabulary import alike
from .weights import WHOLE

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


@dataclass
class Found:
    """What was found, for one reader."""

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
    user: Any,
    query: Query,
    *,
    kinds: Iterable[str] = (),
    organizations: Iterable[int] = (),
    themes: Iterable[int] = (),
    years: Iterable[int] = (),
    limit: int = CANDIDATES + 1,
) -> Found:
    """What this reader finds: of any of these kinds, and organizations, and themes (with narrower ones), and years.

    With a small ``limit`` (suggestions) the hits are the best among so many that come first by stature.
    """
    if not query:
        return Found([], query)
    kinds = list(kinds)
    known = [kind for kind in kinds if kind in KINDS]
    if kinds and not known:
        return Found([], query)
    reader = Reader(user)
    query = reader.naming_organizations(query)
    asked = Asked.narrowed(query, known, organizations, _branches(themes), years)
    rows = _first(reader, asked, limit)
    is_cut = len(rows) >= limit
    if is_cut and query.loose and sum(map(_is_whole, rows)) < limit // 2:
        rows = _whole_first(_first(reader, replace(asked, query=query.whole()), limit), rows)
    rows = rows[: limit - 1] if is_cut and limit > 1 else rows
    rows.sort(key=lambda row: (row[RANK], row[STATURE], row[ID]), reverse=True)
    return Found([_hit(row) for row in rows], query, is_cut)


def _first(reader: Reader, asked: Asked, limit: int) -> list[Row]:
    """What comes first by stature."""
    rows = reader.names(asked, limit)
    return rows + reader.records(asked, limit - len(rows)) if len(rows) < limit else rows


def _is_whole(row: Row) -> bool:
    return bool(row[RANK] >= WHOLE)


def _whole_first(whole: list[Row], rows: list[Row]) -> list[Row]:
    """Of too many, those that have the words themselves: newer ones with longer words do not take their place."""
    ranked = [(*row[:RANK], row[RANK] + WHOLE) for row in whole]
    keys = {row[ID] for row in ranked}
    return [*ranked, *(row for row in rows if row[ID] not in keys)]


def _hit(row: tuple[Any, ...]) -> Hit:
    key, kind, source, _stature, day, year, organizations, themes, rank = row
    return Hit(key, kind, source, rank, day, year, _keys(organizations), _keys(themes))


@lru_cache(maxsize=5_000)
def _keys(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


def _branches(themes: Iterable[int]) -> list[int]:
    """These themes and every narrower one."""
    keys = list(themes)
    return list(Theme.objects.filter(lineage__in=keys).order_by("pk").values_list("pk", flat=True)) if keys else []


def any_match(user: Any, query: Query) -> bool:
    """Whether the reader would find anything at all; cheap, and cheaper where one ``Reader`` is asked many times."""
    if not query:
        return False
    reader = user if isinstance(user, Reader) else Reader(user)
    asked = Asked(reader.naming_organizations(query))
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


__all__ = ["CANDIDATES", "KINDS", "Found", "Hit", "Reader", "alike", "any_match", "entries", "find"]
