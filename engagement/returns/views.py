"""Views of returns: the sent ones, the preview of one to be made, and the file as it was sent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import only_for, page_of
from engagement.returns.actions import make, preview
from engagement.returns.drafts import Draft
from engagement.returns.files import TYPES
from engagement.returns.forms import PrepareForm
from engagement.returns.models import Return, ReturnForm, may_send
from engagement.returns.vocabulary import FileFormat

senders_only = only_for(may_send)
ROWS_SHOWN = 5


@senders_only
@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    """The forms to choose from, and every return that was made, the latest first."""
    forms = ReturnForm.objects.visible_to(request.user).select_related("regime").order_by("sort_key", "pk")
    sent = Return.objects.visible_to(request.user).for_list()
    return render(request, "returns/list.html", {"forms": forms, "page_obj": page_of(request, sent)})


@senders_only
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Choose the host and the period; then preview the return with its missing values; then make it."""
    record = get_object_or_404(ReturnForm.objects.visible_to(request.user).select_related("regime"), code=code)
    asked = PrepareForm(request.POST if request.method == "POST" else request.GET, record=record)
    context: dict[str, object] = {"record": record, "form": asked}
    if not asked.is_valid():
        return render(request, "returns/prepare.html", context, status=200 if request.method != "POST" else 422)
    host, period = asked.chosen
    if request.method == "POST":
        try:
            with once(request) as claimed:
                made = make(record, host, period, by=request.user, digest=asked.cleaned_data["digest"])
                answer = claimed.led_to(redirect(made))
            messages.success(request, _("Return made. Download it and send it to the authority."))
            return answer
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
    found = preview(record, host, period, by=request.user)
    context |= {"draft": found, "shown": _first_rows(found), "host": host, "period": period}
    return render(request, "returns/prepare.html", context)


def _first_rows(found: Draft) -> list[dict[str, object]]:
    """Of each table the first rows, each cell with its heading."""
    return [
        {
            "name": table.name,
            "headings": table.headings,
            "number": len(table.rows),
            "rows": [list(zip(table.headings, map(str, row), strict=True)) for row in table.rows[:ROWS_SHOWN]],
        }
        for table in found.tables
    ]


@senders_only
@require_safe
def sent(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One return: its source, its author, and its changes since the one before."""
    rows = Return.objects.visible_to(request.user).for_list()
    found = get_object_or_404(rows.prefetch_related(Prefetch("corrections", rows)), pk=pk)
    return render(request, "returns/sent.html", {"sent": found})


@senders_only
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, byte for byte as it was made."""
    found = get_object_or_404(Return.objects.visible_to(request.user).select_related("form"), pk=pk)
    response = HttpResponse(bytes(found.content), content_type=_type_of(found))
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response


def _type_of(found: Return) -> str:
    """By the name that it was kept under: the form may have changed since."""
    return TYPES[FileFormat(found.file_name.rpartition(".")[2])]
