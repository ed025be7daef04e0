"""Views of the site itself: front page, brief, about, accessibility, health check."""

import datetime as dt

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db import Error
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engagement.core.lists.counts import count_all
from engagement.core.models import sees_all
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import Counted, at_address, moved_to, only_for
from engagement.followups import list_stats
from engagement.followups.models import FollowUp
from meetings.dossiers.at_a_glance import meetings_by_month, months_chart, themes_lately
from meetings.dossiers.queries import most_discussed
from meetings.models import Meeting
from organizations.duplicates import number_worked_out
from organizations.models.merging import may_merge

from .about import about
from .admin_front import DESCRIBED, groups_of, work_of
from .briefs import Brief
from .dashboard import Dashboard
from .dashboard_form import DashboardForm
from .desks import Desk, own_organization
from .publication_clock import clock, on_time_this_year

LATEST_SHOWN = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: a desk for people who signed in, the overview for everybody else."""
    user = request.user
    if sees_all(user):
        return render(request, "home/desk.html", {"desk": Desk(request)})
    if user.is_authenticated and (own := own_organization(user)):
        return render(request, "home/own_organization.html", {"own": own})
    return overview(request)


@only_for(sees_all)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The secretariat's work of today, at an address of its own."""
    return render(request, "home/desk.html", {"desk": Desk(request)})


@only_for(sees_all)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """How promises are kept, whom we met, and whom we heard; nothing is counted of what cannot be understood."""
    form = DashboardForm(request.GET)
    found = Dashboard(request, form.asked) if form.is_valid() else None
    return render(request, "dashboard.html", {"form": form, "dashboard": found})


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The front page of visitors: the latest and next meetings, how promises stand, and the most discussed topics."""
    user, year = request.user, timezone.localdate().year
    seen = Meeting.objects.visible_to(user)
    promises = FollowUp.objects.visible_to(user)
    counted = {"meetings": seen, **list_stats.overview(promises), **meetings_by_month(user)}
    counted |= {**on_time_this_year(seen), **list_stats.kept_this_year(promises)}
    numbers = count_all(counted)
    context = {
        "latest": seen.latest().for_list().with_agenda(user)[:LATEST_SHOWN],
        "upcoming": seen.upcoming()[:5],
        "number": Counted(numbers["meetings"]),
        "numbers": numbers,
        "due": numbers["published_by_deadline"] + numbers["published_late"],
        "kept": list_stats.Kept.of(numbers),
        "topics": most_discussed(user, year),
        "months": months_chart(numbers),
        "themes": themes_lately(user),
        "year": year,
    }
    return render(request, "home.html", context)


@require_safe
def meeting_brief(request: HttpRequest, slug: str) -> HttpResponse:
    """The brief that the secretariat reads on its way to a meeting."""
    if not sees_all(request.user):
        raise Http404
    meeting = at_address(Meeting.objects.visible_to(request.user).for_page(request.user), slug)
    if meeting.slug != slug:
        return moved_to(request, "meeting_brief", meeting.slug)
    return render(request, "brief.html", {"meeting": meeting, "brief": Brief(meeting, request.user)})


@only_for(sees_all)
@require_safe
def publication(request: AuthenticatedRequest) -> HttpResponse:
    """The publication clock, for the secretariat: meetings to publish with their deadlines, and the share on time."""
    found = clock(request.user, by_lead=request.GET.get("leads") == "1")
    return render(request, "publication/clock.html", {"clock": found})


@require_safe
def about_page(request: HttpRequest) -> HttpResponse:
    """The about page for citizens: which meetings are published and when, which are exempt, how to complain."""
    return render(request, "about.html", {"about": about(request.user)})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: how the site was made usable for everyone, how it was tested, and whom to tell."""
    return render(request, "accessibility.html")


@never_cache
def admin_index(request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
    """The admin's front page: this person's work first, then all models."""
    shown: dict[str, object] = {"groups": groups_of(request), "described": DESCRIBED, **(extra_context or {})}
    if sees_all(request.user):
        desk = Desk(request)
        shown |= {"desk": desk, "work": work_of(desk)}
    if may_merge(request.user):
        shown["duplicates"] = number_worked_out()
    return admin.AdminSite.index(admin.site, request, shown)


@never_cache
def sign_in_for_the_admin(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """The site's own page to sign in, and from there to where in the admin one wanted to go."""
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("accounts:login"))


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For the machine that watches the site: 200 while the database answers and has its tables, 503 when not."""
    try:
        MigrationRecorder.Migration.objects.exists()
    except Error:
        return JsonResponse({"status": "error", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Addresses that search engines leave alone: those behind a sign-in, and every further order of the same lists."""
    closed = (
        ["/"] if settings.DEMO else ["/admin/", "/accounts/", "/imports/", "/calendar/", "/respond/", "/search/", "/*?"]
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return _plain(lines)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116). It says so for half a year from today, for as long as the site stands."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    until = timezone.now().date() + dt.timedelta(days=180)
    return _plain(
        [
            f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
            f"Expires: {until.isoformat()}T00:00:00Z",
            f"Canonical: {request.build_absolute_uri(request.path)}",
            "Preferred-Languages: en",
        ]
    )


def _plain(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
