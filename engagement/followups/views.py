"""Detail views of follow-ups."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.page_cache import cache_for_visitors

from .models import FollowUp


@require_safe
@cache_for_visitors
def followup_detail(request: HttpRequest, reference: str) -> HttpResponse:
    seen = FollowUp.objects.visible_to(request.user).for_page(request.user)
    followup = get_object_or_404(seen, reference=reference)
    return render(request, "followups/followup_detail.html", {"followup": followup})
