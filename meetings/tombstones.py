"""Tombstone (410 Gone): the page at the address of a meeting that was public and was withdrawn.

Only an address under which the public read it has one, so that a title given afterwards leads nowhere. What is said of
the meeting was public then: its reference and date, from its history. The title may be what was wrong: it is not said.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import OuterRef, QuerySet, Subquery

from engagement.core.models import Visibility
from engagement.core.partial_dates import PartialDate
from engagement.core.types import Reader

from .models import Meeting

MOST = 1_000
"""So many are told at once, the latest."""


def _public() -> "QuerySet[Any]":
    """Meetings as they stood in the history while the public read them, the latest first."""
    rows: QuerySet[Any] = Meeting.history.filter(published_at__isnull=False, visibility=Visibility.PUBLIC)
    return rows.order_by("-history_id")


@dataclass(frozen=True)
class Tombstone:
    """The former record of an address, when it was withdrawn, and the reason given to readers."""

    reference: str
    date: PartialDate | None
    withdrawn_at: datetime
    notice: str

    @classmethod
    def at(cls, slug: str) -> Self | None:
        """The one at this address; None where nothing ever was public, as for any wrong address."""
        last = _public().filter(slug=slug).values("id", "reference", "starts_on", "date_precision").first()
        if last is None:
            return None
        gone = Meeting._base_manager.filter(pk=last["id"], withdrawn_at__isnull=False)
        found = gone.values_list("withdrawn_at", "withdrawal_notice").first()
        date = PartialDate.of(last["starts_on"], last["date_precision"])
        return cls(last["reference"], date, *found) if found else None

    @classmethod
    def all_for(cls, user: Reader) -> list[Self]:
        """The tombstones of all meetings that this reader no longer gets, the last withdrawn first."""
        still = Meeting.objects.visible_to(user).order_by().values("pk")
        gone = Meeting._base_manager.filter(withdrawn_at__isnull=False, published_at=None).exclude(pk__in=still)
        last = Subquery(_public().filter(id=OuterRef("pk")).values("history_id")[:1])
        rows = gone.annotate(last=last).exclude(last=None).order_by("-withdrawn_at", "-pk")
        found = list(rows.values_list("last", "withdrawn_at", "withdrawal_notice")[:MOST])
        as_read = Meeting.history.in_bulk([key for key, _at, _notice in found], field_name="history_id")
        return [
            cls(read.reference, PartialDate.of(read.starts_on, read.date_precision), withdrawn_at, notice)
            for key, withdrawn_at, notice in found
            if (read := as_read.get(key)) is not None
        ]
