"""Redirect after answers: a short file is looked at again at once, a long one when all are given."""

from django.contrib import messages
from django.utils.translation import gettext as _

from engagement.core.types import AuthenticatedRequest
from engagement.imports.models import Import
from engagement.imports.tasks import start

AT_ONCE = 2_000  # rows that are compared again while somebody waits


def after_answers(request: AuthenticatedRequest, batch: Import, *, is_last: bool = True) -> None:
    """Answers are kept with their rows; reading a long file again for each of them would keep people waiting."""
    if batch.total <= AT_ONCE and is_last:
        start(batch, "preview", request.user)
    elif batch.total > AT_ONCE:
        messages.info(request, _("Decisions saved. Refresh the preview when you have made them all."))


def answers_waiting(batch: Import) -> int:
    """How many rows were decided on since the file was last looked at."""
    if not batch.can_be_committed:
        return 0
    return batch.rows.filter(decided_at__gt=batch.previewed_at).count()
