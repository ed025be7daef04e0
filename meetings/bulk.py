"""What saving a meeting works out, for many at once; see ``engagement/core/bulk.py``."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from engagement.core.bulk import Rule, refer
from engagement.core.models import Visibility

from .models import Meeting


def meetings(rows: Sequence[Any]) -> None:
    """References by the year of the date, or by ``reference_year`` where there is none; moments; who may see it."""
    refer("BM", rows, [row.starts_on.year if row.starts_on else row.reference_year for row in rows])
    for row in rows:
        row._set_moments()
        if row.published_at is None:
            row.level_cap_in_bulk = Visibility.SHARED


RULES: dict[type[Model], Rule] = {Meeting: meetings}
