"""Capability URLs: minutes as they were sent, for somebody without an account, who comments or agrees there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engagement.accounts.link_pages import link_page
from engagement.core.types import Label

from .answers import AGREED, agrees, answer_for
from .content import somebody_of
from .file_views import TYPES, file_of
from .lookup import answering_for
from .models import MinutesLink
from .models.links import Ended
from .pages import MinutesPage
from .printing.bounded_process import NotMade


@link_page("minutes", MinutesLink.objects.behind)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The minutes and the forms to answer; or why the link opens nothing any more, with the typed text."""
    link: MinutesLink | None = MinutesLink.objects.behind(token)
    if link is not None and agrees(request) and link.ended is Ended.USED:  # pressed twice
        return render(request, "minutes/link_thanks.html", {"link": link, "told": AGREED})
    page = _page(request, link)
    if isinstance(page, HttpResponse):
        return page
    assert link is not None and page.answering is not None
    if request.method == "POST":
        if told := answer_for(request, link.minutes, page.answering, link=link):
            if MinutesLink.objects.get(pk=link.pk).ended:
                return render(request, "minutes/link_thanks.html", {"link": link, "told": told})
            messages.success(request, told)
            return HttpResponseRedirect(request.path)
    else:
        link.note_use()
    return render(request, "minutes/by_link.html", {"page": page, "link": link, "minutes": link.minutes})


@link_page("minutes", MinutesLink.objects.behind)
@require_safe
def file_by_link(request: HttpRequest, token: str, extension: str) -> HttpResponse:
    """The sent minutes as a file, for as long as the link opens them."""
    page = _page(request, MinutesLink.objects.behind(token))
    if isinstance(page, HttpResponse):
        return page
    if extension not in TYPES:
        raise Http404
    try:
        return file_of(page, extension, set())
    except NotMade as why:
        messages.error(request, " ".join(why.messages))
        return redirect("minutes:by_link", token)


def _page(request: HttpRequest, link: MinutesLink | None) -> MinutesPage | HttpResponse:
    """The version that was sent, for the holder of the link; or why it opens nothing."""
    if link is None:
        return _ended(request, _("This link does not exist. Check the address."), status=404)
    if (ended := link.ended) is not None:
        return _ended(request, ended.label)
    version = link.minutes.sent_version
    assert version is not None  # minutes with the counterpart were sent
    page = MinutesPage(link.minutes, somebody_of(link.organization_id), version)
    page.answering = answering_for(link.minutes, version, link.organization, request.path)
    page.answering.is_by_link = True
    return page


def _ended(request: HttpRequest, told: Label, status: int = 410) -> HttpResponse:
    context = {"told": told, "typed": request.POST.get("text", "")}
    return render(request, "minutes/link_ended.html", context, status=status)
