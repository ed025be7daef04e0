"""Commit and undo views, each with a page that asks first; and the view that previews again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.core.once import claim
from engagement.core.types import AuthenticatedRequest
from engagement.imports.actions import obstacles
from engagement.imports.models import Import
from engagement.imports.reporting import made, rows_by_outcome
from engagement.imports.tasks import start
from engagement.imports.views.permission import import_at, importers_only


@importers_only
@require_POST
def look(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Read the file again and compare it with the records of now."""
    batch = import_at(request, pk)
    if batch.is_at_work:
        messages.info(request, _("This is already in progress."))
    elif batch.can_be_previewed and not batch.layout.is_for_invitations:
        with claim(request, reverse("imports:detail", args=[batch.pk])) as sent:
            start(batch, "preview", request.user)
            sent.is_done = True
    return redirect("imports:detail", batch.pk)


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def commit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show the records that will be made, ask once, and commit."""
    batch = import_at(request, pk)
    if not batch.can_be_committed or batch.is_at_work:
        messages.info(request, _why_not(batch))
        return redirect("imports:detail", batch.pk)
    has_changed = request.method == "POST" and request.POST.get("digest", "") != batch.digest
    if request.method == "POST" and not has_changed:
        with claim(request, reverse("imports:detail", args=[batch.pk])) as sent:
            start(batch, "commit", request.user)
            sent.is_done = batch.state == Import.State.COMMITTED or batch.is_at_work
        if batch.state == Import.State.COMMITTED and not batch.is_at_work:
            messages.success(request, _("Imported. All rows are listed below."))
        return redirect("imports:detail", batch.pk)
    outcomes = [(value, label, number) for value, label, number in rows_by_outcome(batch) if number]
    counts = batch.counts
    context = {
        "batch": batch,
        "outcomes": outcomes,
        "made": [(label, number) for label, number in made(batch) if number],
        "left": counts.get("rows_ambiguous", 0) + counts.get("rows_error", 0),
        "joined": counts.get("rows_joined", 0),
        "has_changed": has_changed,
    }
    return render(request, "imports/commit.html", context)


def _why_not(batch: Import) -> str:
    if batch.is_at_work:
        return _("Something is already in progress. Wait until it is done.")
    if batch.state == Import.State.COMMITTED:
        return _("This is already imported. A file is not imported twice.")
    return _("Check the preview before you import.")


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show the obstacles; if there are none, ask once and undo."""
    batch = import_at(request, pk)
    if not batch.can_be_undone or batch.is_at_work:
        messages.info(request, _("Only a finished import can be undone."))
        return redirect("imports:detail", batch.pk)
    in_the_way = obstacles(batch)
    if request.method == "POST" and not in_the_way:
        with claim(request, reverse("imports:detail", args=[batch.pk])) as sent:
            start(batch, "undo", request.user)
            sent.is_done = batch.state == Import.State.UNDONE or batch.is_at_work
        if batch.state == Import.State.UNDONE:
            messages.success(
                request, _("Import undone. What it created was removed, and what it changed was restored.")
            )
        return redirect("imports:detail", batch.pk)
    shown = [(label, number) for label, number in made(batch) if number]
    return render(request, "imports/undo.html", {"batch": batch, "obstacles": in_the_way, "made": shown})
