"""The front page, and whether the site is alive."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engagement.followups.models import FollowUp
from engagement.followups.overview import overview
from meetings.dossier import most_discussed
from meetings.models import Meeting


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the latest and next meetings, how promises stand, and what was talked about most."""
    user, year = request.user, timezone.localdate().year
    seen = Meeting.objects.visible_to(user)
    context = {
        "latest": seen.latest().for_list().with_agenda(user)[:5],
        "upcoming": seen.upcoming()[:5],
        "number": seen.count(),
        "numbers": overview(FollowUp.objects.visible_to(user)),
        "topics": most_discussed(user, year),
        "year": year,
    }
    return render(request, "home.html", context)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For the machine that watches the site: 200 while the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "error", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})
