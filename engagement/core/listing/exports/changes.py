"""When rows last changed, as far as a reader may know, from the history of the records and their parts.

A corrected position is a correction of its meeting. Parts that a reader may not see do not count: that they changed
is nobody else's business.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Max, QuerySet

from engagement.core.history import parts_of
from engagement.core.models import sees_all


def changed_at(model: type[Any], keys: Iterable[int], user: Any) -> dict[int, dt.datetime]:
    """By key, the moment of the last change; one query however many rows."""
    parts = [
        rows.order_by().values(row=F(field)).annotate(at=Max("history_date")).values_list("row", "at")
        for rows, field in _histories(model, list(keys), user)
    ]
    found: dict[int, dt.datetime] = {}
    for key, at in parts[0].union(*parts[1:], all=True):
        found[key] = max(at, found.get(key, at))
    return found


def _histories(model: type[Any], keys: Any, user: Any) -> "Iterator[tuple[QuerySet[Any], str]]":
    """Rows of history that belong to these records, and the field that says to which."""
    yield model.history.filter(id__in=keys), "id"
    inside = sees_all(user)
    for part in parts_of(model):
        field = f"{part.root_field}_id"
        rows = part.history.filter(**{f"{field}__in": keys})  # type: ignore[attr-defined]
        if not inside:
            rows = rows.filter(id__in=part._default_manager.visible_to(user).values("pk"))  # type: ignore[attr-defined]
        yield rows, field
