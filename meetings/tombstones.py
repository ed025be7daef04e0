"""Tombstone (410 Gone): what is said at the address of a meeting that was public and was withdrawn.

Only an address under which the public read it has one, so that a title given afterwards leads nowhere. What is said of
the meeting was public then: its reference and date, from its history. The title may be what was wrong: it is not said.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from engagement.core.models import Visibility
from engagement.core.partial_dates import PartialDate

from .models import Meeting


@dataclass(frozen=True)
class Tombstone:
    """What stood here, when it was withdrawn, and the reason given to readers."""

    reference: str
    date: PartialDate | None
    withdrawn_at: datetime
    notice: str

    @classmethod
    def at(cls, slug: str) -> Self | None:
        """The one at this address; None where nothing ever was public, as for any wrong address."""
        public = Meeting.history.filter(slug=slug, published_at__isnull=False, visibility=Visibility.PUBLIC)
        last = public.order_by("-history_id").values("id", "reference", "starts_on", "date_precision").first()
        if last is None:
            return None
        gone = Meeting._base_manager.filter(pk=last["id"], withdrawn_at__isnull=False)
        found = gone.values_list("withdrawn_at", "withdrawal_notice").first()
        date = PartialDate.of(last["starts_on"], last["date_precision"])
        return cls(last["reference"], date, *found) if found else None
