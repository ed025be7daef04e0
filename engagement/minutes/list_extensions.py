"""Extension of the list of meetings: the state of their minutes, and who is to act."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.lists import filters
from meetings.filters import MeetingFilter

from .models import Minutes, MinutesComment, Status

DAYS_NEAR = 3
"""The last days for comments, in which whoever is silent is asked once more."""


def _with(*status: Status) -> Any:
    return lambda rows, user: _of(rows, Q(status__in=status))


def _commented(rows: Any, user: Any) -> Any:
    waiting = MinutesComment.objects.open().filter(version__minutes=OuterRef("pk"))
    return _of(rows, Q(Exists(waiting), status=Status.SENT))


def _ending(rows: Any, user: Any) -> Any:
    until = timezone.localdate() + dt.timedelta(days=DAYS_NEAR)
    return _of(rows, Q(status=Status.SENT, deadline_on__lte=until))


def _of(rows: Any, condition: Q) -> Any:
    return rows.filter(Exists(Minutes._base_manager.filter(condition, meeting=OuterRef("pk"))))


MINUTES: dict[str, Any] = {
    "draft": (_("Draft or in internal review"), _with(Status.DRAFT, Status.REVIEW)),
    "sent": (_("With the counterpart"), _with(Status.SENT)),
    "comments": (_("With comments to resolve"), _commented),
    "ending": (_("Comments end within 3 days, or ended"), _ending),
    "agreed": (_("Agreed, not final yet"), _with(Status.AGREED)),
    "final": (_("Final, not published"), _with(Status.FINAL)),
    "published": (_("Published"), _with(Status.PUBLISHED)),
}
MeetingFilter.offer(
    {"minutes": filters.OneOf(MINUTES, label=_("Minutes"), staff_only=True)}, after="record", more=("minutes",)
)
