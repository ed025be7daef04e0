"""The numbers at the top of a list of follow-ups, and the lists they stand for."""

import datetime as dt
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.listing.facets import count_text
from engagement.core.listing.listing import Listing, Stat

from .models import FollowUpQuerySet
from .models.status import CLOSED, Status

SOON_DAYS = 30
ASKS_WHEN = ("due", "due_within", "status", "show", "timing", "closed_from", "closed_to")
"""The filters a number at the top replaces; whatever else was asked, it keeps."""


def is_open() -> Q:
    return ~Q(status__in=CLOSED)


def on_time() -> Q:
    """Done by the end of its last due day."""
    return Q(status=Status.DONE, due_on__isnull=False, closed_at__isnull=False, closed_on__lte=F("due_on"))


def with_closing_day(followups: FollowUpQuerySet) -> FollowUpQuerySet:
    return followups.annotate(closed_on=TruncDate("closed_at"))


def overview(followups: FollowUpQuerySet) -> dict[str, int]:
    """How many are overdue, due soon, open, done this year and of these on time; in one query."""
    today = timezone.localdate()
    soon = today + dt.timedelta(days=SOON_DAYS)
    done = Q(status=Status.DONE, due_on__isnull=False, closed_on__gte=today.replace(month=1, day=1))
    return with_closing_day(followups.order_by()).aggregate(
        overdue=Count("pk", filter=is_open() & Q(due_on__lt=today)),
        soon=Count("pk", filter=is_open() & Q(due_on__gte=today, due_on__lte=soon)),
        open=Count("pk", filter=is_open()),
        done=Count("pk", filter=done),
        on_time=Count("pk", filter=done & on_time()),
    )


def stats_of(listing: Listing) -> list[Stat]:
    """The numbers for whatever else the list is narrowed by; each leads to just these rows."""
    filterset = listing.filterset
    rows: Any = filterset.without(*ASKS_WHEN)
    numbers = overview(rows)
    asked = filterset.form.cleaned_data if filterset.is_understood else {}
    new_year = timezone.localdate().replace(month=1, day=1).isoformat()
    kept = [name for name in ASKS_WHEN if name in listing.question]

    def stat(name: str, number: str, label: str, is_current: bool, tone: str = "", **changes: str) -> Stat:
        return Stat(number, label, listing.asking(*kept, **changes), is_current, tone if numbers[name] else "")

    plain = not any(asked.get(name) for name in ASKS_WHEN if name != "show") and asked.get("show") == "open"
    overdue, soon = asked.get("due") == "overdue", asked.get("due") == "soon"
    found = [
        stat("overdue", count_text(numbers["overdue"]), _("overdue"), overdue, "late", due="overdue"),
        stat("soon", count_text(numbers["soon"]), _("due in the next 30 days"), soon, due="soon"),
        stat("open", count_text(numbers["open"]), _("open in all"), plain),
    ]
    if numbers["done"]:
        share = f"{100 * numbers['on_time'] // numbers['done']}%"
        found.append(
            stat("done", share, _("done on time this year"), asked.get("timing") == "on_time",
                 timing="on_time", closed_from=new_year)
        )  # fmt: skip
    return found
