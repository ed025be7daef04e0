"""Index writer: from records to entries, many at a time; and the vocabulary that corrections come from.

What is written is right whoever else writes at that moment: the entries of the records are locked first, and only then
the records are read, so whoever comes second reads what the first one wrote.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import Model, Q

from engagement.core.inserting import insert_new
from engagement.core.queries import batched

from . import backends
from .analysis import Analysed, analyse, kind_mark, organization_mark, theme_mark, time_marks, year_mark
from .backends.postgres import word_indexes_made_afterwards
from .models import KINDS, Entry, Word
from .nouns import Draft, names, records

Drafter = Callable[[Sequence[int]], Iterable[Draft]]

DRAFTERS: dict[str, Drafter] = {
    "organization": names.organizations,
    "topic": names.topics,
    "series": names.series,
    "theme": names.themes,
    "reference": names.references,
    "meeting": records.meetings,
    "discussion": records.discussions,
    "position": records.positions,
    "outcome": records.outcomes,
    "document": records.documents,
    "minutes": records.minutes,
    "followup": records.followups,
}


def drafts(kind: str, keys: Sequence[int]) -> Iterator[Draft]:
    """The drafts of these records; those that are gone, or are not to be found, have none."""
    return iter(DRAFTERS[kind](keys))


PORTION = 1_000
WRITTEN = (
    "is_outside", "level", "meeting", "owner", "happened_on", "year", "stature", "organizations", "themes", "heading",
    "body", "digest", "words",
)  # fmt: skip
ANALYSIS = "3"  # rises when the same text gives other words than before: then rebuild_index writes every entry anew
HALF = 16
MOST_KNOWN = 300_000
_known: set[str] = set()
"""Words that are written already."""


def portions(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in order, so many at a time that neither database nor memory minds."""
    return batched(sorted(keys), PORTION)


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
    """Analyse and write entries; earlier ones of the same record are overwritten.

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
    if are_new or connection.vendor == "sqlite":
        # As FTS5 numbers them: a row below the one before makes it write out what it holds.
        entries.sort(key=attrgetter("stature"))
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
    """The entries that should stand in the index for these records, all but their words."""
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
    found_by = (draft.also_called, draft.context, [date.iso for date in draft.days])
    own = (entry.body, entry.is_outside, entry.owner_id, entry.year, *found_by, ANALYSIS)
    entry.digest = _digest(*taken)[:HALF] + _digest(*own)[:HALF]
    return entry


def _digest(*values: object) -> str:
    return hashlib.blake2b("\x1f".join(map(str, values)).encode(), digest_size=8).hexdigest()


def index_new(before: "Mapping[type[Model], int]") -> Iterator[int]:
    """Write the entries of all records with a key after these, in portions; gives how many records each has."""
    with word_indexes_made_afterwards(connection):
        for kind in KINDS.values():
            last = before[kind.model]
            records = kind.model._base_manager.order_by("pk").values_list("pk", flat=True)
            while keys := list(records.filter(pk__gt=last)[:PORTION]):
                write(entries_for(kind.name, keys), are_new=True)
                last = keys[-1]
                yield len(keys)


def remember(words: Iterable[str]) -> None:
    """Take words of a text in, once it is saved; each once, so that two people who use a new word do not wait.

    A word whose last text is gone stays; it is only used where it finds something.
    """
    new = {
        word for word in words if word not in _known and Word.SHORTEST <= len(word) <= Word.LONGEST and word.isalpha()
    }
    if new:
        transaction.on_commit(lambda: _write_words(new), robust=True)


def forget(words: Iterable[str]) -> None:
    """Take words out of the vocabulary that stand in no text any more, and deleted ones out of the index's files."""
    gone = [word for word in words if not Entry._base_manager.filter(_holding(word)).exists()]
    _known.difference_update(gone)
    Word._base_manager.filter(word__in=gone).delete()
    if purge := backends.of(connection).PURGE:
        with connection.cursor() as cursor:
            cursor.execute(purge)


def _holding(word: str) -> Q:
    return Q(heading__icontains=word) | Q(body__icontains=word)


def _write_words(words: set[str]) -> None:
    for some in batched(sorted(words), 500):
        rows = [Word(word=word, initial=word[0], length=len(word)) for word in some]
        Word._base_manager.bulk_create(rows, ignore_conflicts=True)
    if len(_known) > MOST_KNOWN:
        _known.clear()
    _known.update(words)
