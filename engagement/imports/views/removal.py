"""Views that delete unused things: an import that was given up, a layout by which nothing was imported."""

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
    """Whether an import made nothing; one that was committed, or undone, stays in the log."""
    return batch.state in GIVEN_UP and not batch.is_at_work


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove_import(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask once, then delete a file that was never imported, with its rows."""
    if request.method == "POST":
        return _removed_import(request, pk)
    batch = import_at(request, pk)
    if not can_be_removed(batch):
        return _kept_import(request, batch)
    context = {"batch": batch, "what": batch.file_name, "back": reverse("imports:detail", args=[batch.pk])}
    return render(request, "imports/remove.html", context)


def _removed_import(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form is claimed before the file is looked for: sent twice, the second finds no file, and is told so."""
    with claim(request, reverse("imports:list")) as sent, transaction.atomic():
        batch = import_at(request, pk)
        if not can_be_removed(batch):
            return _kept_import(request, batch)
        batch.delete()
        sent.is_done = True
    messages.success(request, _("File deleted, with its rows."))
    return redirect("imports:list")


def _kept_import(request: AuthenticatedRequest, batch: Import) -> HttpResponse:
    messages.info(request, _("An import stays in the log. Undo it to remove what it created."))
    return redirect("imports:detail", batch.pk)


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove_layout(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Ask once, then delete a layout made here by which no file was read."""
    if request.method == "POST":
        return _removed_layout(request, slug)
    layout = layout_at(request, slug)
    if _is_needed(layout):
        return _kept_layout(request)
    context = {"layout": layout, "what": layout.name, "back": reverse("imports:layouts")}
    return render(request, "imports/remove.html", context)


def _is_needed(layout: Layout) -> bool:
    return bool(layout.shipped) or layout.imports.exists()


def _removed_layout(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    with claim(request, reverse("imports:layouts")) as sent, transaction.atomic():
        layout = layout_at(request, slug)
        if _is_needed(layout):
            return _kept_layout(request)
        layout._history_user = request.user
        layout.delete()
        sent.is_done = True
    messages.success(request, _("Layout “%(name)s” deleted.") % {"name": layout.name})
    return redirect("imports:layouts")


def _kept_layout(request: AuthenticatedRequest) -> HttpResponse:
    messages.info(request, _("You can delete a layout only if it was made here and no import uses it."))
    return redirect("imports:layouts")
