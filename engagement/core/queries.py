"""Small words for querysets."""

import datetime as dt
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Subquery
from django.utils import timezone

FEW = 1_000
"""Numbers beside a list are exact up to here; beyond, they are said to be more."""


class Few(Subquery):
    """How many rows, counted no further than one more than ``most``."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) few)"
    output_field = IntegerField()

    def __init__(self, rows: "QuerySet[Any]", most: int = FEW, **extra: Any) -> None:
        super().__init__(rows.order_by().values("pk")[: most + 1], **extra)


def few_text(number: int, most: int = FEW) -> str:
    """A number that was counted only so far."""
    return f"{most:,}+" if number > most else f"{number:,}"


def valid_on(day: dt.date | None = None, start: str = "starts_on", end: str = "ends_on") -> Q:
    """What is in force on a day (today): started or without a start, not ended or without an end."""
    day = day or timezone.localdate()
    return (Q(**{start: None}) | Q(**{f"{start}__lte": day})) & (Q(**{end: None}) | Q(**{f"{end}__gte": day}))
