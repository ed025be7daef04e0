"""Last-modified times from history: when records and their parts last changed, as far as a reader may know.

A corrected position is a correction of its meeting. What a reader may not see does not count, neither internal notes
nor parts that are hidden: that they changed is nobody else's business. See docs/decisions/when-it-changed.md.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, Value

from engagement.core.history import choices_kept, parts_of
from engagement.core.models import Leveled, Visibility, sees_all
from engagement.core.types import FieldValue, Reader, Rows

NOTHING_TO_READ = frozenset({"id", "version", "order", "visibility"})
"""What a history keeps that nobody reads: who sees a record shows in whether it is there."""

Moments = dict[int, dt.datetime]
Kind = type[Any]
"""A model with a history, or a part of one."""
Values = dict[str, FieldValue]
"""One row of history."""


def changed_at(model: Kind, keys: Iterable[int], user: Reader) -> Moments:
    """By key, the moment of the last change; as many queries for one row as for many."""
    rows = list(keys)
    if not sees_all(user):
        return _Noticed(model, rows, user).latest
    return _last([(_history(kind, field, rows), field) for kind, field in _kinds(model)])


def _kinds(model: Kind) -> list[tuple[Kind, str]]:
    """The model and its parts, each with the field of its history that names the record."""
    return [(model, "id"), *((part, f"{part.root_field}_id") for part in parts_of(model))]


def _history(model: Kind, field: str, keys: Sequence[int]) -> Rows:
    rows: Rows = model.history.filter(**{f"{field}__in": keys})
    return rows


def _last(histories: Sequence[tuple[Rows, str]]) -> Moments:
    """The last moment in any of them; one query."""
    found: Moments = {}
    each = [
        rows.order_by().values(row=F(field)).annotate(at=Max("history_date")).values_list("row", "at")
        for rows, field in histories
    ]
    for key, at in each[0].union(*each[1:], all=True):
        found[key] = max(at, found.get(key, at))
    return found


class _Noticed:
    """The last moment at which a reader outside the secretariat could notice that a record reads differently.

    Whatever is seen was noticed when it was made. Only of what was changed since is the history read row by row.
    """

    def __init__(self, model: Kind, keys: Sequence[int], user: Reader) -> None:
        self.model, self.keys, self.user = model, keys, user
        made = [
            (_history(kind, field, keys).filter(self._is_seen(kind, "id"), history_type="+"), field)
            for kind, field in _kinds(model)
        ]
        self.latest = _last(made)
        self.shared = self._shared()
        for kind, field in _kinds(model):
            self._read(kind, field)

    def _is_seen(self, kind: Kind, key: str) -> Q:
        """Whether the reader sees the record of this kind that a row of history names; the whole is seen."""
        if kind is self.model:
            return Q(Value(True))
        return Q(Exists(kind._default_manager.visible_to(self.user).filter(pk=OuterRef(key))))

    def _shared(self) -> set[int]:
        """Which of the records are this reader's business; of the others they see what is public."""
        if not (issubclass(self.model, Leveled) and self.user.is_authenticated):
            return set()
        rows: Any = self.model._default_manager.filter(pk__in=self.keys)
        return set(rows.filter(rows.shared_with(self.user)).values_list("pk", flat=True))

    def _read(self, kind: Kind, field: str) -> None:
        """Each row compared with the one before it of the same record."""
        changed = _history(kind, field, self.keys).exclude(history_type="+").values("id")
        chosen = self._chosen(kind, changed)
        before: Values | None = None
        for row in self._rows(kind, field, changed):
            row["chosen"] = chosen.get(row["history_id"])
            if before is not None and before["id"] != row["id"]:
                before = None
            notices = self._reads_differently if row["is_seen"] else self._was_taken_away
            if notices(kind, before, row, row[field]):
                key, at = row[field], row["history_date"]
                self.latest[key] = max(at, self.latest.get(key, at))
            before = row

    def _rows(self, kind: Kind, field: str, changed: Rows) -> Iterator[Values]:
        hidden = NOTHING_TO_READ.union(kind.inside_fields)
        names = [one.attname for one in kind.history.model.tracked_fields if one.name not in hidden]
        about = {"id", "history_id", "history_date", "history_type", field}
        about |= {"visibility"} if issubclass(kind, Leveled) else set()
        rows = kind.history.filter(id__in=changed).order_by("id", "history_id")
        rows = rows.annotate(is_seen=self._is_seen(kind, "id"), is_within=self._is_within(kind))
        for values in rows.values(*about.union(names), "is_seen", "is_within").iterator(chunk_size=2000):
            yield {**values, "read": [values[name] for name in names]}

    def _is_within(self, kind: Kind) -> Q:
        """Whether the reader sees what a part belongs to beside the whole: the discussion of a position."""
        seen = Q(Value(True))
        for name in getattr(kind, "level_parents", ()) if kind.root_field else ():
            if name != kind.root_field:
                parent = kind._meta.get_field(name).related_model
                seen &= Q(**{f"{name}_id": None}) | self._is_seen(parent, f"{name}_id")
        return seen

    def _chosen(self, kind: Kind, changed: Rows) -> dict[int, set[tuple[str, int]]]:
        """By row of history, what was chosen in its many-to-many fields, of what this reader may know of."""
        found: dict[int, set[tuple[str, int]]] = {}
        for name, rows, target in choices_kept(kind):
            if name in kind.inside_fields:
                continue
            kept = list(rows.filter(history__id__in=changed).values_list("history_id", target))
            if not kept:
                continue
            known = kind._meta.get_field(name).related_model._default_manager.visible_to(self.user)
            seen = set(known.filter(pk__in={key for _id, key in kept}).values_list("pk", flat=True))
            for history_id, key in kept:
                if key in seen:
                    found.setdefault(history_id, set()).add((name, key))
        return found

    def _reads_differently(self, kind: Kind, before: Values | None, row: Values, key: int) -> bool:
        if before is None or (before["read"], before["chosen"]) != (row["read"], row["chosen"]):
            return True
        return self._is_open(before, key) != self._is_open(row, key)

    def _was_taken_away(self, kind: Kind, before: Values | None, row: Values, key: int) -> bool:
        """A part that this reader saw until then, and that would still be seen but for that."""
        if not row["is_within"]:
            return False
        if row["history_type"] == "-":
            return self._is_open(row, key) if issubclass(kind, Leveled) else kind.seen_with_whole
        return before is not None and self._is_open(before, key) and not self._is_open(row, key)

    def _is_open(self, row: Values, key: int) -> bool:
        """Whether the audience chosen for a part let this reader in; the whole decides for what has none."""
        level = Visibility.SHARED if key in self.shared else Visibility.PUBLIC
        return bool(row.get("visibility", Visibility.PUBLIC) >= level)
