"""Publication states of a demonstration's meetings: some are exempt, one was withdrawn."""

import datetime as dt

from django.db import transaction

from engagement.core.models import Visibility
from engagement.core.types import SignedIn
from meetings.models import Ground, Meeting
from meetings.models.times import local_day

EXEMPT = 3
NOTICE = "A name was in it by mistake."
TEXT = "The inspection ends in spring; this is looked at again then."


@transaction.atomic
def exempt_some(*, publisher: SignedIn) -> None:
    """Exempt some meetings of the fictional agency; nobody decides on a meeting of their own."""
    waiting = Meeting.objects.held().filter(published_at=None, withdrawn_at=None, series__regimes__code="sample")
    inside = waiting.filter(visibility=Visibility.INTERNAL).exclude(prepared_by=publisher)
    ground = Ground.objects.filter(regime__code="sample").first()
    for meeting in inside.order_by("-starts_at", "pk")[:EXEMPT] if ground is not None else ():
        meeting.exempt(by=publisher, ground=ground, text=TEXT)


@transaction.atomic
def withdraw_one(*, publisher: SignedIn) -> None:
    """A meeting that was loaded as withdrawn, else the oldest that is public: its history says that it was read."""
    ours = Meeting.objects.held().filter(series__regimes__code="sample")
    meeting = ours.exclude(withdrawn_at=None).first() or ours.exclude(published_at=None).earliest("starts_on", "pk")
    with meeting.locked(by=publisher):
        if meeting.withdrawn_at is not None:
            meeting.published_at, meeting.published_by = meeting.withdrawn_at - dt.timedelta(days=1), publisher
            meeting.published_on = meeting.public_since = local_day(meeting.published_at, meeting.time_zone)
            meeting.withdrawn_at, meeting.withdrawn_by, meeting.withdrawal_reason = None, None, ""
        meeting.save()
    meeting.withdraw(by=publisher, reason="A name was in it that should not have been.", notice=NOTICE)
