"""Views of a meeting's documents: downloads, earlier versions, the inventory, and a request for access."""

from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from engagement.core.downloads import Download
from engagement.core.lookups.widgets import several_lines
from engagement.core.models import Visibility, sees_all
from engagement.core.once import once
from engagement.core.readers import ONLY_SECRETARIAT, read_by
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import at_address, moved_to, only_for

from .holdings import Holdings
from .models import Document, DocumentVersion, Meeting
from .views import meeting_at


class EraseForm(forms.Form):
    """Why the file of an earlier version is not kept."""

    reason = forms.CharField(
        label=gettext_lazy("Why the file is not kept"),
        widget=several_lines(),
        max_length=500,
        error_messages={"required": gettext_lazy("Enter why the file is not kept.")},
        help_text=read_by(ONLY_SECRETARIAT, gettext_lazy("Its size, SHA-256 and this reason stay.")),
    )


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The latest file of a document, always at this address, for those who may see it."""
    meeting = meeting_at(request, slug)
    paper = _document(request, meeting, pk)
    if meeting.slug != slug:
        return moved_to(request, "meetings:document", meeting.slug, pk)
    return _sent(request, paper)


@require_safe
def document_version(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponseBase:
    """An earlier file, for those who could read it then and may see the document now. How many there were is told to
    the secretariat alone, so the number of the latest leads nowhere for others."""
    meeting = meeting_at(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "meetings:document_version", meeting.slug, pk, number)
    if sees_all(request.user) and (paper := _document(request, meeting, pk)).file_version == number:
        return _sent(request, paper)
    return _sent(request, get_object_or_404(_versions(request, meeting, pk).exclude(file=""), number=number))


def _document(request: HttpRequest, meeting: Meeting, pk: int) -> Document:
    papers = Document.objects.visible_to(request.user).exclude(file="").select_related("meeting")
    return get_object_or_404(papers, meeting=meeting, pk=pk)


def _versions(request: HttpRequest, meeting: Meeting, pk: int) -> Any:
    rows = DocumentVersion.objects.visible_to(request.user).select_related("document__meeting")
    return rows.filter(document=pk, document__meeting=meeting)


def _sent(request: HttpRequest, paper: Document | DocumentVersion) -> HttpResponseBase:
    is_public = paper.effective_visibility == Visibility.PUBLIC
    return Download(paper.file, paper.download_name, paper.sha256, is_public=is_public).answer(request)  # type: ignore[arg-type]


@only_for(sees_all)
@require_safe
def holdings(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Everything that is held on a meeting, for the secretariat."""
    rows = Meeting.objects.visible_to(request.user).select_related("exemption_ground__regime")
    meeting: Meeting = at_address(rows, slug)
    if meeting.slug != slug:
        return moved_to(request, "meetings:holdings", meeting.slug)
    return render(request, "meetings/holdings.html", {"meeting": meeting, "held": Holdings.of(meeting, request.user)})


@only_for(sees_all)
@require_http_methods(["GET", "HEAD", "POST"])
def erase_version(request: AuthenticatedRequest, slug: str, pk: int, number: int) -> HttpResponseBase:
    """Erase the file of an earlier version, with a reason; by those who may change the meeting."""
    meeting = meeting_at(request, slug)
    version: DocumentVersion = get_object_or_404(_versions(request, meeting, pk), number=number)
    if not request.user.has_perm("meetings.change_meeting"):
        raise PermissionDenied
    form = EraseForm(request.POST or None, use_required_attribute=False)
    if form.is_valid():
        with once(request) as sent:
            version.erase(by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("File erased. Its SHA-256 and the reason are kept."))
            return sent.led_to(redirect("meetings:holdings", meeting.slug))
    if version.is_erased and not form.is_bound:
        raise Http404
    return render(request, "meetings/erase_version.html", {"meeting": meeting, "version": version, "form": form})


@require_safe
def ask_for_documents(request: HttpRequest, slug: str) -> HttpResponse:
    """A text by which anybody asks for documents: the same whatever is held, so it hints at nothing."""
    meeting = meeting_at(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "meetings:ask_for_documents", meeting.slug)
    about = {"meeting": meeting, "site": settings.SITE_URL}
    text = render_to_string("meetings/documents_request.txt", about).strip()
    subject = _("Request for access to documents: %(reference)s") % {"reference": meeting.reference}
    mail = urlencode({"subject": subject, "body": text.replace("\n", "\r\n")}, quote_via=quote)
    return render(request, "meetings/ask_for_documents.html", {"meeting": meeting, "text": text, "mail": mail})
