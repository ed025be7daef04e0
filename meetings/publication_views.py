"""How far the publication of a meeting is, what is missing and where it is mended: for the secretariat."""

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from engagement.core.models import sees_all
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import at_address, only_for

from .models import Meeting
from .models.preflight import shortfalls
from .models.publishing import PublicationState


@only_for(sees_all)
@require_safe
def publication_of(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """Everything that is missing at once; of somebody who may publish, also whether they are the second person."""
    meeting: Meeting = at_address(Meeting.objects.visible_to(request.user), slug)
    if meeting.slug != slug:
        return redirect("meetings:publication", meeting.slug, permanent=True)
    may_publish = request.user.has_perm("meetings.publish_meeting")
    is_open = not (meeting.is_published or meeting.is_exempt)
    found = shortfalls(meeting, request.user if may_publish else None) if is_open else []
    context = {
        "meeting": meeting,
        "shortfalls": found,
        "is_open": is_open,
        "is_ready": meeting.publication_state == PublicationState.READY,
    }
    return render(request, "meetings/publication.html", context)
