"""Small words for querysets."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone


def valid_on(day: dt.date | None = None, start: str = "starts_on", end: str = "ends_on") -> Q:
    """What is in force on a day (today): started or without a start, not ended or without an end."""
    day = day or timezone.localdate()
    return (Q(**{start: None}) | Q(**{f"{start}__lte": day})) & (Q(**{end: None}) | Q(**{f"{end}__gte": day}))
