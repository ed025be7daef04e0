"""View that takes the period of a file whose dates have no year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engagement.core.once import claim
from engagement.core.types import AuthenticatedRequest
from engagement.imports.models import Import, ImportRow
from engagement.imports.parsing.periods import period_of
from engagement.imports.tasks import start
from engagement.imports.views.permission import import_at, importers_only


def rows_without_year(batch: Import) -> int:
    """How many rows wait for the period of the file."""
    if not batch.counts.get("rows_error") or not batch.can_be_committed:
        return 0
    return ImportRow.objects.filter(batch=batch, outcome="error").about("date_no_year").count()


@importers_only
@require_POST
def period(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Keep what somebody says of this one file, and look at it again."""
    batch = import_at(request, pk)
    said = request.POST.get("period", "").strip()[:60].replace("\x00", "")
    if not period_of(said):
        messages.error(request, _("Enter a year or a period, such as 2023, 2023-24, Q3 2024 or Jul-Sep 2023."))
    elif batch.can_be_previewed and not batch.is_at_work and not batch.layout.is_for_invitations:
        with claim(request, reverse("imports:detail", args=[batch.pk])) as sent:
            batch.spec = {**batch.spec, "period": said}
            batch.save(update_fields=["spec"])
            start(batch, "preview", request.user)
            sent.is_done = True
    return redirect("imports:detail", batch.pk)
