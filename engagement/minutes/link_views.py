"""Capability URLs: minutes as they were sent, for somebody without an account, who comments or agrees there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from engagement.accounts.link_pages import link_page

from .answers import AGREED, agrees, answer_for
from .content import somebody_of
from .models import MinutesLink
from .models.links import Ended
from .pages import MinutesPage
from .reading import answering_for


@link_page("minutes", MinutesLink.objects.behind)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The minutes and the forms to answer; or why the link opens nothing any more, with what was typed."""
    link: MinutesLink | None = MinutesLink.objects.behind(token)
    if link is None:
        context = {"told": _("This link does not exist. Check the address.")}
        return render(request, "minutes/link_ended.html", context, status=404)
    if (ended := link.ended) is Ended.USED and agrees(request):  # pressed twice
        return render(request, "minutes/link_thanks.html", {"link": link, "told": AGREED})
    if ended is not None:
        typed = request.POST.get("text", "")
        return render(request, "minutes/link_ended.html", {"told": ended.label, "typed": typed}, status=410)
    page = _page(request, link)
    if page is None:
        return render(request, "minutes/link_ended.html", {"told": _("This link was revoked.")}, status=410)
    assert page.answering is not None
    if request.method == "POST":
        if told := answer_for(request, link.minutes, page.answering, link=link):
            if MinutesLink.objects.get(pk=link.pk).ended:
                return render(request, "minutes/link_thanks.html", {"link": link, "told": told})
            messages.success(request, told)
            return HttpResponseRedirect(request.path)
    else:
        link.note_use()
    return render(request, "minutes/by_link.html", {"page": page, "link": link, "minutes": link.minutes})


def _page(request: HttpRequest, link: MinutesLink) -> MinutesPage | None:
    version = link.minutes.sent_version
    if version is None:
        return None
    page = MinutesPage(link.minutes, somebody_of(link.organization_id), version)
    page.answering = answering_for(link.minutes, version, link.organization, request.path)
    page.answering.is_by_link = True
    return page
