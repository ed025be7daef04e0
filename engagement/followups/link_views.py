"""Capability URLs: the page on which a promise is reported on without signing in, and where its addresses are made."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from engagement.accounts.link_pages import link_page
from engagement.core.once import once, token_of
from engagement.core.types import Label, SignedIn
from engagement.core.views import typed_texts

from .forms import ReportForm, ReportLinkForm
from .models import FollowUp, Report, ReportLink
from .report_views import done
from .reporting import may_confirm


@link_page("respond", ReportLink.objects.behind)
def respond(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one promise with the form to report on it, for whoever was given the address."""
    link = ReportLink.objects.behind(token)
    if link is None:
        return _ended(request, _("This link does not exist. Check the address."), 404)
    form = ReportForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        followup = FollowUp.objects.get(pk=link.followup_id)
        if done(form, lambda: followup.report_through(link, **form.cleaned_data)):
            return _thanks(request, link, form.cleaned_data["kind"])
    if (ended := link.ended) is not None:
        return _ended(request, ended.label, 410)
    if request.method == "GET":
        link.note_use()
    context = {"link": link, "followup": link.followup, "form": form, "reports": link.reports.for_page()}
    return render(request, "followups/respond.html", context)


def _ended(request: HttpRequest, told: Label, status: int) -> HttpResponse:
    """Why nothing was sent, with what was written, so that it can be copied."""
    context = {"told": told, "typed": "\n".join(typed_texts(request))}
    return render(request, "followups/respond_ended.html", context, status=status)


def _thanks(request: HttpRequest, link: ReportLink, kind: str) -> HttpResponse:
    is_done = kind == Report.Kind.DONE
    return render(request, "followups/respond_thanks.html", {"link": link, "is_done": is_done})


# Where the secretariat makes and revokes them ----------------------------------------------------------


def _to_link(request: HttpRequest, reference: str) -> tuple[FollowUp, SignedIn] | HttpResponse:
    """Whoever may confirm a report may ask for one."""
    user = request.user
    followup = get_object_or_404(FollowUp.objects.visible_to(user).for_page(user), reference=reference)
    if not user.is_authenticated:
        return redirect_to_login(followup.get_absolute_url())
    if not may_confirm(user, followup):
        raise PermissionDenied
    return followup, user


@never_cache
@require_POST
def make_link(request: HttpRequest, reference: str) -> HttpResponse:
    """The address of a new link is in the answer to the form, and nowhere else."""
    found = _to_link(request, reference)
    if isinstance(found, HttpResponse):
        return found
    followup, user = found
    form = ReportLinkForm(request.POST, followup=followup)
    context: dict[str, object] = {"followup": followup}
    if form.is_valid():
        try:
            made, token = ReportLink.objects.make(followup, by=user, form=token_of(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            address = request.build_absolute_uri(made.path_of(token))
            context |= {"link": made, "address": address, "title": followup.title}
            return render(request, "followups/report_link_made.html", context)
    return render(request, "followups/report_link.html", {**context, "form": form})


@require_POST
def revoke_link(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    found = _to_link(request, reference)
    if isinstance(found, HttpResponse):
        return found
    followup, user = found
    with once(request, followup.get_absolute_url()) as sent:
        link = get_object_or_404(ReportLink.objects.visible_to(user), followup=followup, pk=pk)
        link.revoke(by=user)
        messages.success(request, _("The link given to %(name)s was revoked.") % {"name": link.name})
        return sent.led_to(HttpResponseRedirect(followup.get_absolute_url()))
