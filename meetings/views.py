"""Detail views of meetings and series."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.core.page_cache import cache_for_visitors, render_cached
from engagement.core.views import at_address, moved_to

from .dossiers.series import SeriesDossier
from .ledger_page import LedgerPage, organization_ledger, register_ledger, topic_ledger
from .models import Meeting, Series
from .tombstones import Tombstone


def meeting_at(request: HttpRequest, slug: str) -> Meeting:
    """The meeting at this address, now or formerly, if this reader may know of it; else 404."""
    found: Meeting = at_address(Meeting.objects.visible_to(request.user), slug)
    return found


@require_safe
@cache_for_visitors
def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:
    def read() -> dict[str, Any] | HttpResponse:
        try:
            meeting = at_address(Meeting.objects.visible_to(request.user).for_page(request.user), slug)
        except Http404:
            if (tombstone := Tombstone.at(slug)) is None:
                raise
            return render(request, "meetings/withdrawn.html", {"tombstone": tombstone}, status=410)
        return {"meeting": meeting} if meeting.slug == slug else moved_to(request, meeting)

    return render_cached(request, "meetings/meeting_detail.html", read)


@require_safe
@cache_for_visitors
def withdrawn_meetings(request: HttpRequest) -> HttpResponse:
    """Meetings that were public and were withdrawn: when, and why where a reason was given."""
    return render(request, "meetings/withdrawn_list.html", {"tombstones": Tombstone.all_for(AnonymousUser())})


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    series = at_address(Series.objects.visible_to(request.user).for_page(request.user), slug)
    if series.slug != slug:
        return moved_to(request, series)
    dossier = SeriesDossier(series, request.user)
    return render(request, "meetings/series_detail.html", {"series": series, "dossier": dossier})


@require_safe
def series_book(request: HttpRequest, slug: str) -> HttpResponse:
    """The minutes of a series as one document: every meeting held that this reader may see, in their order."""
    series = at_address(Series.objects.visible_to(request.user).for_page(request.user), slug)
    if series.slug != slug:
        return moved_to(request, "meetings:series_book", series.slug)
    held = Meeting.objects.visible_to(request.user).held().filter(series=series)
    chapters = list(held.for_page(request.user).order_by("starts_at", "pk"))
    return render(request, "meetings/series_book.html", {"series": series, "chapters": chapters})


@require_safe
def positions(request: HttpRequest) -> HttpResponse:
    """Every stance at the latest meetings, by date."""
    page = register_ledger(request)
    return render(request, "meetings/positions.html", {"page": page, "filter": page.filter})


@require_safe
def topic_positions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every stance on a topic, by date."""
    return _positions(topic_ledger(request, slug), slug)


@require_safe
def organization_positions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every stance of an organization, by date."""
    return _positions(organization_ledger(request, slug), slug)


def _positions(page: LedgerPage, slug: str) -> HttpResponse:
    if page.record is None or page.record.slug != slug:
        return moved_to(page.request, page.path)
    return render(page.request, "meetings/positions.html", {"page": page, "filter": page.filter})
