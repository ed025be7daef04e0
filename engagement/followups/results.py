"""Result messages of an action, row by row, with a button that takes it back; on the site and in the admin."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string

from .actions import UNDO
from .bulk_actions import Result


def told(request: HttpRequest, heading: str, results: Sequence[Result], back: str, *, can_undo: bool = False) -> str:
    """Safe markup; ``back`` is where the undoing leads."""
    followups = [result.followup for result in results]
    seen = " ".join(f"{followup.pk}.{followup.version}" for followup in followups)
    context = {"heading": heading, "results": results, "undo": UNDO if can_undo else None, "back": back, "seen": seen}
    return render_to_string("followups/act_results.html", context, request)
