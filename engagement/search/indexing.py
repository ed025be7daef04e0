"""Writing the index: from records to entries, many at a time.

What is written is right whoever else writes at that moment: the entries of the records are locked first, and only then
the records are read, so whoever comes second reads what the first one wrote.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from engagement.core.inserting import insert_new

from . import backends
from .analysis import Analysed, analyse
from .marks import kind_mark, organization_mark, theme_mark, time_marks, year_mark
from .models import Entry
from .nouns import Draft, drafts
from .vocabulary import remember

PORTION = 1_000
WRITTEN = (
    "is_outside", "level", "meeting", "owner", "happened_on", "year", "stature", "organizations", "themes", "heading",
    "body", "digest", "words",
)  # fmt: skip
ANALYSIS = "3"  # rises when the same text gives other words than before: then rebuild_index writes every entry anew
HALF = 16


def portions(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in order, so many at a time that neither database nor memory minds."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), PORTION):
        yield ordered[start : start + PORTION]


def reindex(kind: str, keys: Iterable[int]) -> set[int]:
    """Make the entries of these records true; returns those whose parts have to be looked at too.

    That is: what others take from it (heading, date, audience, organizations, themes) is not what it was.
    """
    moved: set[int] = set()
    for portion in portions(keys):
        with transaction.atomic(savepoint=False):
            moved |= _reindex(kind, portion)
    return moved


def _reindex(kind: str, keys: Sequence[int]) -> set[int]:
    rows = Entry._base_manager.filter(kind=kind, source__in=keys).order_by("source", "is_inside")
    locked = rows.select_for_update().values_list("source", "is_inside", "pk", "digest")
    old = {(source, is_inside): (pk, digest) for source, is_inside, pk, digest in locked}
    wanted = {(entry.source, entry.is_inside): (entry, draft) for entry, draft in entries_for(kind, keys)}
    if gone := [pk for place, (pk, _digest) in old.items() if place not in wanted]:
        Entry._base_manager.filter(pk__in=gone).delete()
    changed = [pair for place, pair in wanted.items() if old.get(place, ("", ""))[1] != pair[0].digest]
    write(changed)
    return {
        source
        for (source, is_inside), (entry, _draft) in wanted.items()
        if not is_inside and (source, False) in old and old[source, False][1][:HALF] != entry.digest[:HALF]
    }


def write(changed: Iterable[tuple[Entry, Draft]], *, are_new: bool = False) -> None:
    """Analyse and write entries; what was there of the same record is overwritten.

    ``are_new`` says that these records were made in this very transaction, so that nobody else can have indexed them.
    """
    entries: list[Entry] = []
    words: set[str] = set()
    column = backends.of(connection).column
    for entry, draft in changed:
        analysed = _analysed(entry, draft)
        entry.words = column(analysed, _marks(draft))
        entries.append(entry)
        words.update(*analysed.parts())
    if not entries:
        return
    if are_new:
        insert_new(entries)
    else:
        place = ["kind", "source", "is_inside"]
        Entry._base_manager.bulk_create(entries, update_conflicts=True, unique_fields=place, update_fields=WRITTEN)
    remember(words)


def _analysed(entry: Entry, draft: Draft) -> Analysed:
    heading = (draft.heading, draft.also_called) if draft.is_own_heading else ("",)
    context = (draft.context,) if draft.is_own_heading else (draft.heading, draft.context)
    return analyse("\n".join(heading), entry.body, "\n".join(context))


def _marks(draft: Draft) -> list[str]:
    return [
        kind_mark(draft.kind),
        *([year_mark(draft.year)] if draft.year else []),
        *map(organization_mark, sorted(draft.organizations)),
        *map(theme_mark, sorted(draft.themes)),
        *time_marks(draft.days),
    ]


def entries_for(kind: str, keys: Sequence[int]) -> Iterator[tuple[Entry, Draft]]:
    """What should stand in the index for these records, all but its words."""
    for draft in drafts(kind, keys):
        yield _entry(draft, draft.body, is_outside=bool(draft.inside)), draft
        if draft.inside:
            body = f"{draft.body}\n{draft.inside}" if draft.body else draft.inside
            yield _entry(draft, body, is_inside=True), draft


def _entry(draft: Draft, body: str, *, is_inside: bool = False, is_outside: bool = False) -> Entry:
    entry = Entry(
        kind=draft.kind,
        source=draft.source,
        is_inside=is_inside,
        is_outside=is_outside,
        level=0 if is_inside else draft.level,
        meeting_id=draft.meeting,
        owner_id=draft.owner,
        happened_on=draft.happened_on,
        year=draft.year,
        stature=draft.stature,
        organizations=" ".join(map(str, sorted(draft.organizations))),
        themes=" ".join(map(str, sorted(draft.themes))),
        heading=draft.heading,
        body=body,
    )
    taken = (entry.heading, entry.organizations, entry.themes, entry.happened_on, entry.level, entry.meeting_id)
    found_by = (draft.also_called, draft.context, draft.days)
    own = (entry.body, entry.is_outside, entry.owner_id, entry.year, *found_by, ANALYSIS)
    entry.digest = _digest(*taken)[:HALF] + _digest(*own)[:HALF]
    return entry


def _digest(*values: Any) -> str:
    return hashlib.blake2b("\x1f".join(map(str, values)).encode(), digest_size=8).hexdigest()
