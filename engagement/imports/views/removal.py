"""Views that remove what nobody needs any more: an import that was given up, a layout by which nothing was imported."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.core.once import claim
from engagement.core.types import AuthenticatedRequest
from engagement.imports.models import Import, Layout
from engagement.imports.models.imports import State
from engagement.imports.views.permission import import_at, importers_only, layout_at

GIVEN_UP = (State.UPLOADED, State.PREVIEWED, State.REFUSED)


def can_be_removed(batch: Import) -> bool:
    """Nothing came of it; what was imported, or undone, stays in the log."""
    return batch.state in GIVEN_UP and not batch.is_at_work


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove_import(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask once, then delete a file that was never imported, with its rows."""
    batch = import_at(request, pk)
    if not can_be_removed(batch):
        messages.info(request, _("An import stays in the log. Undo it to remove what it created."))
        return redirect("imports:detail", batch.pk)
    if request.method == "POST":
        with claim(request, reverse("imports:list")) as sent, transaction.atomic():
            batch.delete()
            sent.is_done = True
        messages.success(request, _("The file and its rows are deleted."))
        return redirect("imports:list")
    context = {"batch": batch, "what": batch.file_name, "back": reverse("imports:detail", args=[batch.pk])}
    return render(request, "imports/remove.html", context)


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove_layout(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Ask once, then delete a layout made here by which no file was read."""
    layout = layout_at(request, slug)
    if layout.shipped or layout.imports.exists():
        messages.info(request, _("Only a layout made here that no import uses can be deleted."))
        return redirect("imports:layouts")
    if request.method == "POST":
        with claim(request, reverse("imports:layouts")) as sent, transaction.atomic():
            _delete(layout, request)
            sent.is_done = True
        messages.success(request, _("Layout “%(name)s” deleted.") % {"name": layout.name})
        return redirect("imports:layouts")
    context = {"layout": layout, "what": layout.name, "back": reverse("imports:layouts")}
    return render(request, "imports/remove.html", context)


def _delete(layout: Layout, request: AuthenticatedRequest) -> None:
    layout._history_user = request.user
    layout.delete()
