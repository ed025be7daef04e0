"""Index rebuild and check: the whole of it, written anew or compared with the records."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from engagement.core.planner_statistics import refresh_statistics

from .indexing import PORTION, WRITTEN, entries_for, write
from .models import KINDS, Entry, Kind
from .nouns import Draft

COMPARED = tuple(name for name in WRITTEN if name != "words")


@dataclass(frozen=True)
class Drift:
    """One entry that differs from its record."""

    kind: str
    source: int
    what: str
    """``missing``, ``left over``, or the names of the columns that differ."""

    def __str__(self) -> str:
        return f"{self.kind} {self.source}: {self.what}"


@dataclass(frozen=True)
class Portion:
    """Some records of one kind, and their drift."""

    kind: Kind
    number: int
    """How many records."""
    drifts: list[Drift]


def total() -> int:
    """How many records there are to look at."""
    return sum(kind.model._base_manager.count() for kind in KINDS.values())


def check(*, repair: bool = False) -> Iterator[Portion]:
    """Compare every entry with its record, some at a time, in constant memory."""
    for kind in KINDS.values():
        last = 0
        while True:
            keys = list(
                kind.model._base_manager.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PORTION]
            )
            upto = keys[-1] if len(keys) == PORTION else None
            yield _look_over(kind, last, upto, keys, repair)
            if upto is None:
                break
            last = upto
    if repair:
        refresh_statistics()


def rebuild() -> Iterator[Portion]:
    """Write every entry that is not as it should be. Searching goes on meanwhile."""
    return check(repair=True)


def _look_over(kind: Kind, after: int, upto: int | None, keys: list[int], repair: bool) -> Portion:
    """The differences. Looked at again with all writers held, as somebody may have written between two glances."""
    drifts = _drifts(kind, after, upto, keys)[0]
    if not drifts:
        return Portion(kind, len(keys), [])
    with transaction.atomic():
        _hold_writers()
        records = kind.model._base_manager.filter(pk__gt=after)
        records = records.filter(pk__lte=upto) if upto else records
        keys = list(records.order_by("pk").values_list("pk", flat=True))
        drifts, wrong, left_over = _drifts(kind, after, upto, keys)
        if repair:
            Entry._base_manager.filter(pk__in=left_over).delete()
            write(wrong)
    return Portion(kind, len(keys), drifts)


def _drifts(
    kind: Kind, after: int, upto: int | None, keys: list[int]
) -> tuple[list[Drift], list[tuple[Entry, Draft]], list[int]]:
    there = Entry._base_manager.filter(kind=kind.name, source__gt=after).defer("words").order_by()
    there = there.filter(source__lte=upto) if upto else there
    stored = {(entry.source, entry.is_inside): entry for entry in there}
    drifts, wrong = [], []
    for entry, draft in entries_for(kind.name, keys):
        now = stored.pop((entry.source, entry.is_inside), None)
        if what := _difference(now, entry):
            drifts.append(Drift(kind.name, entry.source, what))
            wrong.append((entry, draft))
    drifts += [Drift(kind.name, source, "left over") for source, _is_inside in stored]
    return drifts, wrong, [entry.pk for entry in stored.values()]


def _difference(now: Entry | None, entry: Entry) -> str:
    if now is None:
        return "missing"
    names = [Entry._meta.get_field(name).attname for name in COMPARED]  # type: ignore[union-attr]
    return ", ".join(name for name in names if getattr(now, name) != getattr(entry, name))


def _hold_writers() -> None:
    """Until the transaction ends nobody else writes to the index; everybody reads it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Entry._meta.db_table} IN EXCLUSIVE MODE")
