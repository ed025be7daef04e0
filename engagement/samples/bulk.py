"""Writes many rows at once so that they look as if the models had saved them one by one.

Saving a model gives references, addresses, moments, folded search text and effective visibility, and a row of
history; here the same is worked out for whole batches. ``tests/samples`` saves every row again through the models
and finds nothing changed.
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Max, Model
from django.utils import timezone
from django.utils.text import slugify

from engagement.core.models import (
    Counter,
    Findable,
    FormerSlug,
    Leveled,
    Lineaged,
    Record,
    Slugged,
    Visibility,
    rebuild_lineage,
)
from engagement.core.models.slugs import MAX_LENGTH
from engagement.core.text import fold, match_key
from engagement.followups.models import CarryOver, FollowUp, FollowUpEvent
from meetings.models import Discussion, Document, Meeting, Outcome, Participant, Party, Position
from organizations.models import Organization, OtherName

BATCH = 2000

# Rows are written in this order: what others belong to comes first.
IN_ORDER: tuple[type[Model], ...] = (
    Meeting,
    Party,
    Participant,
    Discussion,
    Discussion.themes.through,
    Discussion.references.through,
    Discussion.mentions.through,
    Position,
    Outcome,
    Document,
    FollowUp,
    FollowUpEvent,
    CarryOver,
)


class BulkWriter:
    """Collects rows and writes them in batches; ``close`` writes the rest and the history of everything."""

    def __init__(self, batch: int = BATCH) -> None:
        self.batch = batch
        self.waiting: dict[type[Model], list[Any]] = defaultdict(list)
        self.count = 0
        self.before: dict[type[Model], int] = {}
        self.slugs: dict[type[Model], _Slugs] = {}

    def write(self, rows: Sequence[Any]) -> None:
        """Write rows of one model now."""
        if not rows:
            return
        model = type(rows[0])
        if model not in self.before:
            self.before[model] = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        self._derive(model, rows)
        model._base_manager.bulk_create(rows, batch_size=self.batch)
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
        for model in IN_ORDER:
            self.write(self.waiting.pop(model, []))
        assert not self.waiting, f"not in order: {list(self.waiting)}"
        self.count = 0

    def close(self) -> None:
        self.flush()
        for model, last in self.before.items():
            if issubclass(model, Record):
                write_history(model, last)

    def _derive(self, model: type[Model], rows: Sequence[Any]) -> None:
        if issubclass(model, Slugged):
            slugs = self.slugs.setdefault(model, _Slugs(model))
            for row in rows:
                row.slug = slugs.free(row.slug_source())
        if issubclass(model, Organization | OtherName):
            for row in rows:
                row.match_key = match_key(row.name)[:250]
                if isinstance(row, Organization):
                    row.acronym_key = fold(row.acronym)[:60]
        if issubclass(model, Meeting):
            _refer("BM", rows, [row.reference_year for row in rows])
            for row in rows:
                row._set_moments()
        if issubclass(model, FollowUp):
            _refer("FU", rows, [row.reference_year for row in rows])
        if issubclass(model, Leveled):
            for row in rows:
                row.effective_visibility = effective_level(row)
        if issubclass(model, Findable):
            for row in rows:
                row.search_text = row.folded_terms()


def effective_level(row: Any) -> int:
    """The lowest of its own level, what the record itself allows, and the levels of what it belongs to."""
    levels = [row.visibility]
    if isinstance(row, Meeting) and row.published_at is None:
        levels.append(Visibility.SHARED)
    if isinstance(row, FollowUp) and row.meeting is None:
        levels.append(Visibility.SHARED)
    parents = (getattr(row, name) for name in row.level_parents)
    return int(min(levels + [parent.effective_visibility for parent in parents if parent is not None]))


def _refer(prefix: str, rows: Sequence[Any], years: Sequence[int]) -> None:
    """Give references from runs of numbers, one run a year."""
    following: dict[int, int] = {}
    for year, many in sorted(Tally(years).items()):
        following[year] = Counter.take(f"{prefix}-{year}", many) - many + 1
    for row, year in zip(rows, years, strict=True):
        row.reference = Counter.format_reference(prefix, year, following[year])
        following[year] += 1


class _Slugs:
    """Free addresses. What was taken before is known; of our own only the latest ones are remembered: titles of
    meetings end with a month, so an older one cannot come back."""

    REMEMBERED = 20_000

    def __init__(self, model: type[Model]) -> None:
        former = FormerSlug.objects.filter(kind=model._meta.label_lower)
        self.taken = set(model._base_manager.values_list("slug", flat=True)) | set(
            former.values_list("slug", flat=True)
        )
        self.own: dict[str, int] = {}

    def free(self, source: str) -> str:
        base = slugify(fold(source))[:MAX_LENGTH].strip("-")
        number = self.own.pop(base, 0) + 1
        while (slug := base if number == 1 else f"{base}-{number}") in self.taken:
            number += 1
        self.own[base] = number
        if len(self.own) > self.REMEMBERED:
            del self.own[next(iter(self.own))]
        return slug


def write_history(model: type[Model], last: int) -> None:
    """One row of history for each record above this key that has none, in one statement for each table."""
    past = model.history.model  # type: ignore[attr-defined]
    fields = [connection.ops.quote_name(field.column) for field in past.tracked_fields]
    version = 1 if getattr(model, "root_field", "") else None
    columns, values = ", ".join(fields), ", ".join(f"t.{field}" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_table(past)} ({columns}, root_version, history_date, history_type) "
            f"SELECT {values}, %s, %s, '+' FROM {_table(model)} t WHERE t.id > %s "
            f"AND NOT EXISTS (SELECT 1 FROM {_table(past)} h WHERE h.id = t.id) ORDER BY t.id",
            [version, connection.ops.adapt_datetimefield_value(timezone.now()), last],
        )
        for field in past._history_m2m_fields:
            cursor.execute(*_links(model, past, field, last))


def _links(model: type[Model], past: Any, field: Any, last: int) -> tuple[str, list[Any]]:
    """The history of a many-to-many field."""
    through = field.remote_field.through
    link = apps.get_model(model._meta.app_label, f"Historical{through.__name__}")
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    return (
        f"INSERT INTO {_table(link)} (history_id, id, {own}, {other}) "
        f"SELECT h.history_id, l.id, l.{own}, l.{other} FROM {_table(through)} l "
        f"JOIN {_table(past)} h ON h.id = l.{own} WHERE h.id > %s "
        f"AND NOT EXISTS (SELECT 1 FROM {_table(link)} o WHERE o.history_id = h.history_id) ORDER BY l.id",
        [last],
    )


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
