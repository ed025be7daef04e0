"""Views of the activity stream: of an organization, a topic, a series; and the last-seen mark."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.models import CalendarLink, Look
from engagement.core.once import once, token_of
from engagement.core.types import AuthenticatedRequest, Reader
from engagement.core.views import moved_to, only_for

from .activity import ActivityPage, scope_of

MOST_LINKS = 20
"""Of one person, for calendars and for feeds."""


def is_signed_in(user: Reader) -> bool:
    return user.is_authenticated


@only_for(is_signed_in)
@require_safe
def activity(request: AuthenticatedRequest, kind: str, slug: str) -> HttpResponse:
    """The activity, the latest first, with a mark between new and seen."""
    scope = scope_of(request.user, kind, slug)
    if scope.record.slug != slug:
        return moved_to(request, scope.address())
    return render(request, "activity.html", {"page": ActivityPage(request, scope, request.user), "scope": scope})


@only_for(is_signed_in)
@require_POST
def seen(request: AuthenticatedRequest, kind: str, slug: str) -> HttpResponse:
    """Move the last-seen mark to the moment when the page was made; newer activity stays new."""
    scope = scope_of(request.user, kind, slug)
    with once(request) as sent:
        if until := _moment(request):
            Look.objects.note(request.user, scope.key, min(until, timezone.now()))
        return sent.led_to(redirect(scope.address()))


def _moment(request: HttpRequest) -> dt.datetime | None:
    """As the page wrote it; nothing else is taken for one."""
    try:
        moment = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None


@only_for(is_signed_in)
@require_POST
def link(request: AuthenticatedRequest, kind: str, slug: str) -> HttpResponse:
    """A private address of the feed, which stands in this answer and nowhere else."""
    scope = scope_of(request.user, kind, slug)
    user, page = request.user, ActivityPage(request, scope, request.user)
    made, token = CalendarLink.objects.make(
        user, scope.name[:60], form=token_of(request), opens=CalendarLink.Opens.ACTIVITY
    )
    if CalendarLink.objects.of(user).count() > MOST_LINKS:
        made.delete()
        messages.error(request, _("You have too many links. Revoke one you no longer use."))
        return redirect("accounts:calendar_links")
    address = request.build_absolute_uri(reverse(f"{kind}_activity_private", args=[token, scope.record.slug]))
    return render(request, "activity.html", {"page": page, "scope": scope, "private_address": address})
