"""Reminders of publications, for whoever may publish: meetings that are ready, and changes that wait; then every week.

Told along with the follow-ups of the day, in the one e-mail. What an e-mail told that was handed over is not told
again.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from meetings.models import Meeting, ProposedChange

from .models import Digest
from .schedule import WEEK, Falls, last_fall


@dataclass(frozen=True)
class Publication:
    """A meeting that waits for somebody who may publish, since when, and who says so."""

    meeting: Meeting
    since: dt.datetime
    said_by: object
    is_change: bool

    @property
    def title(self) -> str:
        return f"{self.meeting.reference} {self.meeting.title}"

    @property
    def facts(self) -> str:
        day = date_format(timezone.localtime(self.since), "j F Y")
        words = {"name": self.said_by or _("someone"), "day": day}
        if self.is_change:
            return _("a change by %(name)s has been waiting since %(day)s") % words
        due = self.meeting.publication_due_on
        told = _("marked as ready by %(name)s on %(day)s") % words
        return f"{told}; {_('due on %(day)s') % {'day': date_format(due, 'j F Y')}}" if due else told

    @property
    def falls(self) -> Falls:
        return partial(_falls, timezone.localdate(self.since))


def _falls(since: dt.date, day: dt.date) -> bool:
    return day >= since and (day - since).days % WEEK == 0


def publications() -> list[Publication]:
    """The meetings to publish, those due first; then changes, those first that wait longest."""
    ready = Meeting.objects.filter(ready_at__isnull=False).select_related("ready_by")
    changes = ProposedChange.objects.waiting().select_related("meeting", "proposed_by").order_by("proposed_at", "pk")
    return [
        *(Publication(one, one.ready_at, one.ready_by, False) for one in ready.order_by("publication_due_on", "pk")),
        *(Publication(one.meeting, one.proposed_at, one.proposed_by, True) for one in changes),
    ]


def publishers() -> list[User]:
    may = Q(groups__permissions__codename="publish_meeting") | Q(user_permissions__codename="publish_meeting")
    rows = User.objects.of_the_secretariat().filter(may).distinct().order_by("pk")
    return list(rows.with_roles().select_related("reminder_preference"))


def last_told(people: Sequence[User]) -> dict[int, dt.datetime]:
    """When each of them last got an e-mail."""
    rows = Digest.objects.filter(person__in=people).exclude(handed_at=None).order_by()
    return {row["person"]: row["last"] for row in rows.values("person").annotate(last=Max("claimed_at"))}


def to_tell(
    days: Sequence[dt.date], told_at: dt.datetime | None, found: Sequence[Publication]
) -> Iterator[Publication]:
    """The reminders of these days that the last e-mail did not tell."""
    for one in found:
        day = last_fall(days, one.falls)
        if day and (told_at is None or one.since > told_at or day > timezone.localdate(told_at)):
            yield one
