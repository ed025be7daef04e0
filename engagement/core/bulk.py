"""Writes many rows at once so that they look as if the models had saved them one by one.

Saving a model gives references, addresses, moments, folded search text and effective visibility, and a row of
history; here the same is worked out for whole batches. What only one noun has, its own app says in a ``bulk.py``.
Tests save every row again through the models and find nothing changed.
"""

import gc
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import Max, Model
from django.utils.text import slugify

from engagement.core.models import (
    Counter,
    Findable,
    FormerSlug,
    Leveled,
    Lineaged,
    Record,
    Slugged,
    rebuild_lineage,
)
from engagement.core.models.slugs import MAX_LENGTH
from engagement.core.past import write_history
from engagement.core.statistics import refresh_statistics
from engagement.core.text import fold
from engagement.core.written import gathered, tell

BATCH = 2000

Rule = Callable[[Sequence[Any]], None]


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
    rules: ClassVar[dict[type[Any], Rule]] = {}
    """What saving works out for one noun only."""
    slugs_remembered: ClassVar[int | None] = None
    """How many of its own addresses it keeps in mind, where older ones cannot come back; None is all."""

    def __init__(self, batch: int = BATCH) -> None:
        self.batch = batch
        self.waiting: dict[type[Model], list[Any]] = defaultdict(list)
        self.count = 0
        self.before: dict[type[Model], int] = {}
        self.slugs: dict[type[Model], Slugs] = {}

    def write(self, rows: Sequence[Any]) -> None:
        """Write rows of one model now."""
        if not rows:
            return
        model = type(rows[0])
        if model not in self.before:
            self.before[model] = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        self._derive(model, rows)
        model._base_manager.bulk_create(rows, batch_size=self.batch)
        tell(model, [row.pk for row in rows])
        if issubclass(model, Lineaged):
            rebuild_lineage(model)

    def add(self, rows: Iterable[Any]) -> None:
        """Write rows that belong together, sooner or later."""
        for row in rows:
            self.waiting[type(row)].append(row)
            self.count += 1
        if self.count >= self.batch * 5:
            self.flush()

    def flush(self) -> None:
        with gathered():
            for model in self.in_order:
                self.write(self.waiting.pop(model, []))
        assert not self.waiting, f"not in order: {list(self.waiting)}"
        self.count = 0

    def close(self, by: Any = None) -> None:
        """``by`` goes into the history."""
        self.flush()
        for model, last in self.before.items():
            if issubclass(model, Record):
                write_history(model, last, by)
        refresh_statistics()

    def _derive(self, model: type[Model], rows: Sequence[Any]) -> None:
        if issubclass(model, Slugged):
            slugs = self.slugs.setdefault(model, Slugs(model, self.slugs_remembered))
            for row in rows:
                row.slug = slugs.free(row.slug_source())
        if rule := self.rules.get(model):
            rule(rows)
        if issubclass(model, Leveled):
            for row in rows:
                row.effective_visibility = effective_level(row)
        if issubclass(model, Findable):
            for row in rows:
                row.search_text = row.search_text or row.folded_terms()


def effective_level(row: Any) -> int:
    """The lowest of its own level, what the record itself allows, and the levels of what it belongs to.

    A rule that ran before may have left in ``level_cap_in_bulk`` what the record itself allows at most.
    """
    cap = row.__dict__.pop("level_cap_in_bulk", None)
    levels = [row.visibility] if cap is None else [row.visibility, cap]
    parents = (getattr(row, name) for name in row.level_parents)
    return int(min(levels + [parent.effective_visibility for parent in parents if parent is not None]))


def refer(prefix: str, rows: Sequence[Any], years: Sequence[int]) -> None:
    """Give references from runs of numbers, one run a year."""
    following: dict[int, int] = {}
    for year, many in sorted(Tally(years).items()):
        following[year] = Counter.take(f"{prefix}-{year}", many) - many + 1
    for row, year in zip(rows, years, strict=True):
        row.reference = Counter.format_reference(prefix, year, following[year])
        following[year] += 1


class Slugs:
    """Free addresses of one model: what was taken before is known, and what was given here."""

    def __init__(self, model: type[Model], remembered: int | None = None) -> None:
        former = FormerSlug.objects.filter(kind=model._meta.label_lower)
        slugs: Any = model._base_manager.values_list("slug", flat=True)
        self.taken = set(slugs) | set(former.values_list("slug", flat=True))
        self.fallback = model._meta.model_name or "record"
        self.remembered = remembered
        self.numbers: dict[str, int] = {}

    def free(self, source: str) -> str:
        base = slugify(fold(source))[:MAX_LENGTH].strip("-") or self.fallback
        number = self.numbers.pop(base, 0) + 1
        while (slug := base if number == 1 else f"{base}-{number}") in self.taken:
            number += 1
        self.numbers[base] = number
        if self.remembered is None:
            self.taken.add(slug)
        elif len(self.numbers) > self.remembered:
            del self.numbers[next(iter(self.numbers))]
        return slug
