"""Factory of papers and eligibility of fictional organizations: a replaced paper, criteria and who met them."""

import datetime as dt

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from engagement.core.models import Visibility
from engagement.core.types import SignedIn
from meetings.models import Document, DocumentVersion, Meeting, Party
from organizations.models import Assessment, Criterion, Organization

CRITERIA = (
    ("Legitimacy", "The organization is registered, and its statutes are public."),
    ("Mission and activities", "It works on the subjects of this body, and its activities can be looked up."),
    ("Transparency of funding", "It publishes each year who funds it and with how much."),
)
YEARS = dt.timedelta(days=730)
PAPER = "Position on clock stops"
FIRST = "Position on clock stops\n\nClock stops are too long for small members. We ask for an end within six months.\n"
SECOND = "Position on clock stops\n\nClock stops are too long for small members. We ask for an end within a year.\n"


@transaction.atomic
def replace_a_paper(organization: Organization) -> None:
    """A paper of its latest meeting that is shared and not public, and the one sent after it: both are kept."""
    if DocumentVersion.objects.exists():
        return
    seats = Party.objects.filter(organization=organization, side=Party.Side.COUNTERPART)
    held = Meeting.objects.held().filter(pk__in=seats.values("meeting"), effective_visibility=Visibility.SHARED)
    meeting = held.order_by("-starts_at", "-pk").first()
    if meeting is None:
        return
    paper = Document(meeting=meeting, kind=Document.Kind.POSITION_PAPER, title=PAPER, dated_on=meeting.starts_on)
    paper.direction, paper.exchanged_on = Document.Direction.RECEIVED, meeting.starts_on
    paper.visibility, paper.accessibility = Visibility.SHARED, Document.Accessibility.ACCESSIBLE
    for content in (FIRST, SECOND):
        paper.file = ContentFile(content.encode(), "position-on-clock-stops.txt")
        paper.save()


@transaction.atomic
def assess(organization: Organization, other: Organization | None, *, by: SignedIn) -> None:
    """The first meets all, of which one is to be reviewed by now; the other one does not tell who funds it."""
    if Criterion.objects.exists():
        return
    today = timezone.localdate()
    for order, (name, text) in enumerate(CRITERIA, start=1):
        criterion = Criterion.objects.create(name=name, text=text, order=order, is_public=True)
        is_last = order == len(CRITERIA)
        told = {"criterion": criterion, "assessed_on": today - YEARS, "recorded_by": by}
        review = today - dt.timedelta(days=7) if is_last else today + YEARS
        Assessment.objects.create(organization=organization, next_review_on=review, **told)
        if other is not None:
            result = Assessment.Result.NOT_MET if is_last else Assessment.Result.MET
            Assessment.objects.create(organization=other, result=result, next_review_on=today + YEARS, **told)
