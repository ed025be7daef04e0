"""Confirmation views of bulk actions: the page that asks, and the change itself; then back to where one came from."""

from collections.abc import Mapping
from typing import cast

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from engagement.core.lookups.fields import bind_lookups
from engagement.core.once import Sent, SentBefore, claim, once, say_so
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import came_from

from .actions import BY_SLUG, UNDO, Action
from .bulk_actions import BulkSelection, NotMeant, Plan, Result, carry_out, result_message, seen_from


@require_POST
def act(request: HttpRequest, verb: str) -> HttpResponse:
    """Ask once, do it once, report the result: on a page, or in the dialog of a list, which then loads anew."""
    if not in_dialog(request):
        return _answer(request, verb)
    try:
        response = _answer(request, verb)
    except SentBefore as before:
        say_so(request, before)
        response = HttpResponseRedirect(before.answer or reverse("followups:list"))
    if isinstance(response, HttpResponseRedirect):
        return HttpResponse(headers={"HX-Redirect": response.url})
    return response


def in_dialog(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == "act-dialog"


def _answer(request: HttpRequest, verb: str) -> HttpResponse:
    action, back = BY_SLUG.get(verb), came_from(request, reverse("followups:list"))
    if action is None:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(back)
    if not action.may_be_asked_by(request.user):
        raise PermissionDenied
    return _act(cast("AuthenticatedRequest", request), action, back)


def _act(request: AuthenticatedRequest, action: Action, back: str) -> HttpResponse:
    asked = BulkSelection.from_post(request.POST)
    try:
        if "confirmed" not in request.POST:
            return _ask(request, action, asked, back)
        how = once if len(asked.picked) == 1 and not asked.is_all else claim
        with how(request, back) as sent:
            return _do(request, action, asked, back, sent)
    except NotMeant as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(back)


def _ask(request: AuthenticatedRequest, action: Action, asked: BulkSelection, back: str) -> HttpResponse:
    form: Form = action.form()
    bind_lookups(form, request, admin.site)
    return _asking(request, Plan(action, asked.followups(request), by=request.user), form, asked, back)


def _do(request: AuthenticatedRequest, action: Action, asked: BulkSelection, back: str, sent: Sent) -> HttpResponse:
    """Do what was confirmed; ask again where an answer is missing or something has changed since."""
    form: Form = action.form(request.POST)
    bind_lookups(form, request, admin.site)
    plan = Plan(action, asked.followups(request), seen_from(request.POST.get("seen", "")), request.user)
    if not (plan.will and form.is_valid()) or plan.has_changed:
        return _asking(request, plan, form, asked, back)
    results = carry_out(plan, by=request.user, answers=form.cleaned_data)
    sent.is_done = any(not result.failure for result in results)
    _tell(request, action, results, form.cleaned_data)
    return HttpResponseRedirect(back)


def _asking(request: AuthenticatedRequest, plan: Plan, form: Form, asked: BulkSelection, back: str) -> HttpResponse:
    will, cannot = len(plan.will), len(plan.cannot)
    context = {
        "plan": plan,
        "action": plan.action,
        "form": form,
        "asked": asked,
        "chips": asked.filterset(request).chosen if asked.is_all else [],
        "back": back,
        "heading": plan.action.heading % {"count": will} if will else plan.action.label,
        "cannot_heading": ngettext("One follow-up stays as it is", "%(count)d follow-ups stay as they are", cannot)
        % {"count": cannot},
    }
    if in_dialog(request):
        return render(request, "followups/act_dialog.html", context)
    return render(request, "followups/act.html", context, status=200 if plan.permitted else 403)


def _tell(request: AuthenticatedRequest, action: Action, results: list[Result], answers: Mapping[str, object]) -> None:
    """Row by row: what was done, and what was not and why."""
    back = came_from(request, reverse("followups:list"))
    done = [result for result in results if not result.failure]
    failed = [result for result in results if result.failure]
    if done:
        heading = action.done_words(len(done), answers)
        messages.success(request, result_message(request, heading, done, back, can_undo=action is not UNDO))
    if failed:
        heading = ngettext("One follow-up was not changed.", "%(count)d follow-ups were not changed.", len(failed))
        messages.error(request, result_message(request, heading % {"count": len(failed)}, failed, back))
