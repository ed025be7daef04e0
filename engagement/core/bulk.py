"""Bulk writer: inserts many rows at once, so that they look as if the models had saved them one by one.

Saving a model gives references, addresses, moments, folded search text and effective visibility, and a row of
history; here the same is worked out for whole batches. What only one noun has, its own app says in a ``bulk.py``.
Tests save every row again through the models and find nothing changed.
"""

import gc
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import Max, Model, Q
from django.utils.text import slugify

from engagement.core.bulk_history import write_history
from engagement.core.change_signals import batch_changes, notify
from engagement.core.folding import fold
from engagement.core.inserting import insert_new
from engagement.core.models import Counter, Findable, FormerSlug, Leveled, Lineaged, Record, Slugged, rebuild_lineage
from engagement.core.models.slugs import MAX_LENGTH
from engagement.core.queries import batched
from engagement.core.types import Actor

BATCH = 2000
AT_ONCE = 50  # beginnings of addresses that one query asks for
REMEMBERED = 20_000  # words of addresses that are kept in mind

Rule = Callable[[Sequence[Model]], None]


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Python looks for garbage after so many new objects, in vain: rows in waiting are no garbage. A third faster."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 2, 2)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class BulkWriter:
    """Collects rows and writes them in batches; ``close`` writes the rest and the history of everything."""

    in_order: ClassVar[tuple[type[Model], ...]] = ()
    """Collected rows are written in this order: what others belong to comes first."""
    rules: ClassVar[dict[type[Model], Rule]] = {}
    """What saving works out for one noun only."""

    def __init__(self, batch: int = BATCH) -> None:
        self.batch = batch
        self.waiting: dict[type[Model], list[Model]] = defaultdict(list)
        self.count = 0
        self.before: dict[type[Model], int] = {}
        self.slugs: dict[type[Model], Slugs] = {}

    def write(self, rows: Sequence[Model]) -> None:
        """Write rows of one model now."""
        if not rows:
            return
        model = type(rows[0])
        if model not in self.before:
            self.before[model] = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        self._derive(model, rows)
        insert_new(rows)
        notify(model, [row.pk for row in rows])
        if issubclass(model, Lineaged):
            rebuild_lineage(model)

    def add(self, rows: Iterable[Model]) -> None:
        """Write rows that belong together, sooner or later."""
        for row in rows:
            self.waiting[type(row)].append(row)
            self.count += 1
        if self.count >= self.batch * 5:
            self.flush()

    def flush(self) -> None:
        with batch_changes():
            for model in self.in_order:
                self.write(self.waiting.pop(model, []))
        assert not self.waiting, f"not in order: {list(self.waiting)}"
        self.count = 0

    def close(self, by: Actor = None) -> None:
        """``by`` goes into the history."""
        self.flush()
        for model, last in self.before.items():
            if issubclass(model, Record):
                write_history(model, last, by)

    def _derive(self, model: type[Model], rows: Sequence[Any]) -> None:
        if issubclass(model, Slugged):
            slugs = self.slugs.setdefault(model, Slugs(model)).give([row.slug_source() for row in rows])
            for row, slug in zip(rows, slugs, strict=True):
                row.slug = slug
        if rule := self.rules.get(model):
            rule(rows)
        if issubclass(model, Leveled):
            for row in rows:
                row.effective_visibility = effective_level(row)
        if issubclass(model, Findable):
            for row in rows:
                row.search_text = row.search_text or row.folded_terms()


def effective_level(row: Leveled) -> int:
    """The effective visibility of a row: the lowest of its own level, its cap, and its parents' levels.

    A rule that ran before may have left in ``level_cap_in_bulk`` what the record itself allows at most.
    """
    cap = row.__dict__.pop("level_cap_in_bulk", None)
    levels = [row.visibility] if cap is None else [row.visibility, cap]
    parents = (getattr(row, name) for name in row.level_parents)
    return int(min(levels + [parent.effective_visibility for parent in parents if parent is not None]))


def refer(prefix: str, rows: Sequence[Any], years: Sequence[int]) -> None:
    """Give references from runs of numbers, one run a year."""
    runs = {year: iter(Counter.references(prefix, year, many)) for year, many in sorted(Tally(years).items())}
    for row, year in zip(rows, years, strict=True):
        row.reference = next(runs[year])


class Slugs:
    """Free addresses of one model, many at a time; it remembers some of those it gave, and asks for the rest."""

    def __init__(self, model: type[Model]) -> None:
        self.model: type[Model] = model
        self.former = FormerSlug.objects.filter(kind=model._meta.label_lower)
        self.numbers: dict[str, tuple[int, set[int]]] = {}
        """The last number given with these words, and those that others have; 1 is the words alone."""

    def give(self, sources: Sequence[str]) -> list[str]:
        """An address for each, as if they were saved one after the other."""
        fallback = self.model._meta.model_name or "record"
        bases = [slugify(fold(source))[:MAX_LENGTH].strip("-") or fallback for source in sources]
        stored = self._stored(set(bases) - self.numbers.keys())
        self._look_up_numbers(base for base, many in Tally(bases).items() if self._needs_numbers(base, many, stored))
        given: dict[str, None] = {}
        for base in bases:
            given[self._free(base, given.keys(), is_stored=base in stored)] = None
        while len(self.numbers) > REMEMBERED:
            del self.numbers[next(iter(self.numbers))]
        return list(given)

    def _stored(self, bases: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for portion in batched(sorted(bases), BATCH):
            for rows in (self.model._base_manager, self.former):
                found.update(rows.filter(slug__in=portion).values_list("slug", flat=True))
        return found

    def _needs_numbers(self, base: str, many: int, stored: Set[str]) -> bool:
        """Whether one of so many will have to know which numbers others have."""
        given = self.numbers[base][0] if base in self.numbers else 0
        return given == 1 or (not given and (many > 1 or base in stored))

    def _look_up_numbers(self, bases: Iterable[str]) -> None:
        self.others: dict[str, set[int]] = {base: set() for base in bases}
        for portion in batched(list(self.others), AT_ONCE):
            beginnings = Q()
            for base in portion:
                beginnings |= Q(slug__startswith=base)
            for rows in (self.model._base_manager, self.former):
                for slug in rows.filter(beginnings).order_by().values_list("slug", flat=True):
                    words, last = _apart(slug)
                    for base, number in ((slug, 1), (words, last)):
                        if number and base in self.others:
                            self.others[base].add(number)

    def _free(self, base: str, given: Set[str], *, is_stored: bool) -> str:
        number, taken = self.numbers.pop(base, (0, set()))
        if (is_stored and not number) or number == 1:
            taken = self.others[base]
        number += 1
        while number in taken or (slug := _numbered(base, number)) in given:
            number += 1
        self.numbers[base] = number, taken
        words, last = _apart(base)
        if words in self.numbers:  # a title may itself end with a number
            self.numbers[words][1].add(last)
        return slug


def _apart(slug: str) -> tuple[str, int]:
    """The words of an address and the number at its end; nought where there is none."""
    words, _dash, last = slug.rpartition("-")
    return (words, int(last)) if last.isdigit() else (slug, 0)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"
