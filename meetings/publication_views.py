"""Views of a meeting's publication: its state, the missing items and where to mend them; for the secretariat."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.core.downloads import Download
from engagement.core.models import sees_all
from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import moved_to, only_for

from .four_eyes import may_publish
from .models import Meeting, ProposedChange, ProposedFile
from .models.publishing import PublicationState
from .publication_preview import preview
from .views import meeting_at

DECIDED_SHOWN = 10


@dataclass(frozen=True)
class Refused:
    """A decision on a proposed change that could not be carried out: the change, the typed text, and the reason."""

    change: int
    reason: str
    errors: list[str]


@only_for(sees_all)
@require_safe
def publication_of(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """Everything that is missing at once; of somebody who may publish, also whether they are the second person."""
    meeting = meeting_at(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "meetings:publication", meeting.slug)
    return _page(request, meeting)


def _page(request: AuthenticatedRequest, meeting: Meeting, refused: Refused | None = None) -> HttpResponse:
    is_open = not (meeting.is_published or meeting.is_exempt)
    told = preview(meeting, request.user if may_publish(request.user) else None) if is_open else None
    changes = ProposedChange.objects.visible_to(request.user).filter(meeting=meeting)
    context = {
        "meeting": meeting,
        "told": told,
        "shortfalls": told.shortfalls if told else [],
        "is_open": is_open,
        "is_ready": meeting.publication_state == PublicationState.READY,
        "changes": list(changes.open().select_related("proposed_by", "decided_by").prefetch_related("files")),
        "decided": list(changes.decided().select_related("proposed_by", "decided_by")[:DECIDED_SHOWN]),
        "asks_second_person": meeting.asks_second_person(),
        "refused": refused,
    }
    return render(request, "meetings/publication.html", context)


@only_for(sees_all)
@require_safe
def proposed_file(request: AuthenticatedRequest, slug: str, pk: int, number: int) -> HttpResponseBase:
    """A file that waits with a change: whoever decides looks at it before."""
    meeting = meeting_at(request, slug)
    rows = ProposedFile.objects.visible_to(request.user).filter(change=pk, change__meeting=meeting)
    kept: ProposedFile = get_object_or_404(rows, pk=number)
    return Download(kept.file, kept.name, kept.sha256).answer(request)  # type: ignore[arg-type]


@only_for(sees_all)
@require_POST
def decide_change(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponseBase:
    """Send it back with a reason, or withdraw one's own. It is accepted in the form of the meeting."""
    meeting = meeting_at(request, slug)
    change: ProposedChange = get_object_or_404(ProposedChange.objects.visible_to(request.user), meeting=meeting, pk=pk)
    verb = request.POST.get("verb", "")
    try:
        with once(request) as sent:
            if verb == "send_back" and may_publish(request.user):
                change.send_back(by=request.user, reason=request.POST.get("reason", "")[:2000])
                messages.success(request, _("Change sent back."))
            elif verb == "withdraw" and request.user == change.proposed_by:
                change.withdraw(by=request.user)
                messages.success(request, _("Change withdrawn."))
            else:
                raise Http404
            return sent.led_to(redirect("meetings:publication", meeting.slug))
    except ValidationError as error:
        return _page(request, meeting, Refused(change.pk, request.POST.get("reason", ""), error.messages))
