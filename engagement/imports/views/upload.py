"""Import list, which is the log, and the upload view."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import page_of
from engagement.imports.forms import UploadForm
from engagement.imports.models import Import, Layout
from engagement.imports.models.layouts import INVITATIONS
from engagement.imports.tasks import start
from engagement.imports.views.permission import importers_only


@importers_only
@require_safe
def import_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every file, the latest first: the log of imports."""
    imports: QuerySet[Import] = Import.objects.visible_to(request.user).for_list()
    return render(request, "imports/list.html", {"page_obj": page_of(request, imports)})


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: AuthenticatedRequest) -> HttpResponse:
    """A file, read as a layout says, or as it seems."""
    layouts = Layout.objects.visible_to(request.user).for_list().exclude(slug=INVITATIONS)
    sent = request.method == "POST"
    first = {"layout": request.GET.get("layout", "")}
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None, layouts=layouts, initial=first)
    if not (sent and form.is_valid()):
        return render(request, "imports/upload.html", {"form": form})
    with once(request) as claimed:
        batch = form.take_in(request.user)
        is_new = form.guess is not None
        answer = claimed.led_to(redirect("imports:columns" if is_new else "imports:detail", batch.pk))
    if is_new:  # the page of its columns says how it was read
        return answer
    for note in form.notes:
        messages.info(request, note)
    start(batch, "preview", request.user)
    return answer
