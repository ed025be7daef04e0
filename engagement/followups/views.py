"""Pages about follow-ups."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.pages import page_of

from .models import FollowUp
from .overview import SHOWN, overview


@require_safe
def followup_list(request: HttpRequest) -> HttpResponse:
    """Open follow-ups, or those the address names in ``show``; the earliest due first."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "open"
    seen = FollowUp.objects.visible_to(request.user)
    numbers = overview(seen)
    chosen = SHOWN[show](seen).for_list(request.user).by_due_date()
    context = {"page_obj": page_of(request, chosen, count=numbers.get(show)), "show": show, "numbers": numbers}
    return render(request, "followups/followup_list.html", context)


@require_safe
def followup_detail(request: HttpRequest, reference: str) -> HttpResponse:
    seen = FollowUp.objects.visible_to(request.user).for_page(request.user)
    followup = get_object_or_404(seen, reference=reference)
    return render(request, "followups/followup_detail.html", {"followup": followup})
