"""Redirect after answers: they are kept with their rows, and the file is looked at again when none is open."""

from django.contrib import messages
from django.utils.translation import gettext as _

from engagement.core.types import AuthenticatedRequest
from engagement.imports.models import Import, Outcome
from engagement.imports.tasks import start

AT_ONCE = 2_000  # rows that are compared again while somebody waits


def after_answers(request: AuthenticatedRequest, batch: Import) -> None:
    """An answer changes the rows it is about and nothing else; the last one asks for their results."""
    if not batch.rows.filter(outcome=Outcome.AMBIGUOUS).exists():
        start(batch, "preview", request.user)


def after_corrections(request: AuthenticatedRequest, batch: Import, *, is_last: bool) -> None:
    """Other cells are to be read: of a short file at once, of a long one when all are corrected."""
    if batch.total <= AT_ONCE and is_last:
        start(batch, "preview", request.user)
    elif batch.total > AT_ONCE:
        messages.info(request, _("Corrections saved. Refresh the preview when you have made them all."))


def answers_waiting(batch: Import) -> int:
    """How many rows were decided on or corrected since the file was last looked at."""
    if not batch.can_be_committed:
        return 0
    return batch.rows.filter(decided_at__gt=batch.previewed_at).count()
