"""The front page, and whether the site is alive."""

from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engagement.core.listing.tally import MOST
from engagement.core.pages import Counted
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
        "number": Counted(seen.order_by().values("pk")[: MOST + 1].count()),
        "numbers": overview(FollowUp.objects.visible_to(user)),
        "topics": most_discussed(user, year),
        "year": year,
    }
    return render(request, "home.html", context)


@never_cache
def sign_in_for_the_admin(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The site's own page to sign in, and from there to where in the admin one wanted to go."""
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("accounts:login"))


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
