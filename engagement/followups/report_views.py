"""Views of reports on a promise: reporting, and confirming or returning one; each POST does one thing once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.core.downloads import Download
from engagement.core.once import once
from engagement.core.types import Label
from engagement.core.views import came_from, sign_in_first

from .forms import ConfirmForm, ReportForm, ReturnForm
from .models import FollowUp, Report
from .models.report import reporting_organization
from .reporting import may_confirm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """View of the form to report, for those who may; errors are shown on a page of its own."""
    user = request.user
    if not user.is_authenticated:
        return sign_in_first(request)
    followup = get_object_or_404(FollowUp.objects.visible_to(user).for_page(user), reference=reference)
    back, form = (
        came_from(request, followup.get_absolute_url()),
        ReportForm(request.POST or None, request.FILES or None),
    )
    if reporting_organization(followup, user) is None:
        raise PermissionDenied
    if form.is_valid():
        with once(request, back) as sent:
            if done(form, lambda: followup.report(by=user, **form.cleaned_data)):
                messages.success(request, _told(form.cleaned_data["kind"]))
                return sent.led_to(HttpResponseRedirect(back))
    return render(request, "followups/report.html", {"followup": followup, "form": form, "back": back})


def _told(kind: str) -> str:
    if kind == Report.Kind.DONE:
        return _("Reported as done. The follow-up closes when the secretariat confirms the report.")
    return _("Progress reported. The secretariat can read it.")


@require_POST
def withdraw_report(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Withdraw a report, as long as nobody has confirmed or returned it."""
    user = request.user
    followup = get_object_or_404(FollowUp.objects.visible_to(user).for_page(user), reference=reference)
    back = came_from(request, followup.get_absolute_url())
    if not user.is_authenticated:
        return redirect_to_login(back)
    if reporting_organization(followup, user) is None:
        raise PermissionDenied
    told = get_object_or_404(Report.objects.visible_to(user), followup=followup, pk=pk)
    with once(request, back) as sent:
        try:
            followup.withdraw_report(told, by=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Report withdrawn. You can report again."))
        return sent.led_to(HttpResponseRedirect(back))


@require_safe
def report_file(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """A file that came with a report, for those who may read the report; always as a download."""
    reports = Report.objects.visible_to(request.user).exclude(file="")
    found = get_object_or_404(reports, followup__reference=reference, pk=pk)
    return Download(found.file, f"{reference} {found.file_name}", found.sha256).answer(request)


@dataclass(frozen=True)
class Answer:
    """An answer of the secretariat to a report: a verb of the follow-up with its form and words."""

    verb: str
    form: type[Form]
    label: Label
    done: Label


CONFIRM = Answer(
    "confirm_report", ConfirmForm, gettext_lazy("Confirm"), gettext_lazy("Report confirmed. The follow-up is done.")
)
RETURN = Answer("return_report", ReturnForm, gettext_lazy("Ask back"), gettext_lazy("Report returned."))


@require_POST
def confirm(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Confirm a report: the promise was kept as reported."""
    return _answered(request, reference, pk, CONFIRM)


@require_POST
def return_report(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Return a report: the promise is not kept yet, and those who reported read why."""
    return _answered(request, reference, pk, RETURN)


def _answered(request: HttpRequest, reference: str, pk: int, answer: Answer) -> HttpResponse:
    user = request.user
    if not user.is_authenticated:
        return sign_in_first(request, reverse("followups:detail", args=[reference]))
    followup = get_object_or_404(FollowUp.objects.visible_to(user).for_page(user), reference=reference)
    back = came_from(request, followup.get_absolute_url())
    if not may_confirm(user, followup):
        raise PermissionDenied
    told, form = get_object_or_404(followup.reports.for_page(), pk=pk), answer.form(request.POST)
    if form.is_valid():
        with once(request, back) as sent:
            verb = getattr(followup, answer.verb)
            if done(form, lambda: verb(told, by=user, **form.cleaned_data)):
                messages.success(request, answer.done)
                return sent.led_to(HttpResponseRedirect(back))
    context = {"followup": followup, "report": told, "form": form, "back": back, "answer": answer}
    return render(request, "followups/report_answer.html", context)


def done(form: Form, verb: Callable[[], object]) -> bool:
    """Carry out the answer; errors are shown in the form."""
    try:
        verb()
    except ValidationError as error:
        for name, said in error.update_error_dict({}).items():
            form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, said)
        return False
    return True
