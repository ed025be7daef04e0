"""Factory of a meeting to come of a fictional organization, with an item for its agenda that it proposed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from engagement.core.models import Visibility
from engagement.core.types import SignedIn
from meetings.models import AgendaProposal, Discussion, Meeting, Party
from organizations.models import Organization

AHEAD = dt.timedelta(days=35)
ITEMS = 2
PROPOSED = "Training for new applicants"
WHY = "Members who apply for the first time ask for examples."


@transaction.atomic
def plan_next(organization: Organization, *, ours: SignedIn, theirs: SignedIn) -> None:
    """After the last one that was held: the same parties, the topics that came first, and a proposal that waits."""
    if AgendaProposal.objects.exists():
        return
    seats = Party.objects.filter(organization=organization, side=Party.Side.COUNTERPART)
    last = Meeting.objects.held().filter(pk__in=seats.values("meeting")).order_by("-starts_at", "-pk").first()
    if last is None:
        return
    day = timezone.localdate() + AHEAD
    meeting = Meeting(title=f"{organization.name}, next meeting", starts_on=day, start_time=dt.time(10))
    for name in ("series", "kind", "city", "country", "time_zone"):
        setattr(meeting, name, getattr(last, name))
    meeting.visibility, meeting.prepared_at, meeting.prepared_by = Visibility.SHARED, timezone.now(), ours
    meeting.save()
    for seat in last.parties.exclude(side=Party.Side.OBSERVER).order_by("order", "pk"):
        told = {"side": seat.side, "is_lead": seat.is_lead, "order": seat.order}
        Party.objects.create(meeting=meeting, organization=seat.organization, **told)
    talks = last.discussions.exclude(topic=None).order_by("order", "pk")[:ITEMS]
    for order, talk in enumerate(talks, start=1):
        Discussion.objects.create(meeting=meeting, order=order, topic=talk.topic, visibility=Visibility.SHARED)
    proposal = AgendaProposal(meeting=meeting, organization=organization, title=PROPOSED, note=WHY, by=theirs)
    proposal.full_clean()
    proposal.save()
