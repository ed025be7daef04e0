"""The lists of meetings and of series."""

from typing import Any

from django.db.models import Count, F, Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from engagement.core.listing.listing import Listing, Sort
from engagement.core.listing.page import ListPage

from .filters import MeetingFilter, SeriesFilter, meetings, serieses


class MeetingList(ListPage):
    """Who was met and when, the latest first; those without a date before all."""

    url_name = "meetings:list"
    filterset_class = MeetingFilter
    sorts = {
        "date": Sort(_("Date"), [F("starts_at").asc(nulls_last=True)], [F("starts_at").desc(nulls_first=True)]),
        "title": Sort.on("title", _("Title")),
        "kind": Sort.on("kind", _("Kind")),
        "status": Sort.on("status", _("Status")),
        "reference": Sort.on("reference", _("Reference")),
    }
    default_sort = "-date"
    rows_template = "meetings/_list_rows.html"
    title = _("Meetings")
    lede = _("Who was met and when, and what it was about")

    @property
    def none_yet(self) -> Any:
        if self.request.user.has_perm("meetings.add_meeting"):
            return _("No meeting has been recorded yet. Log the first one.")
        return _("No meeting has been published yet. Come back later.")

    def get_queryset(self) -> "QuerySet[Any]":
        return meetings(self.request.user)

    def prepare(self, rows: Any, request: HttpRequest) -> "QuerySet[Any]":
        return rows.for_list().with_agenda(request.user)

    def counted(self, number: int) -> str:
        return ngettext("%(number)s meeting", "%(number)s meetings", number) % {"number": number}

    def extra_context(self, listing: Listing) -> dict[str, Any]:
        if self.request.user.has_perm("meetings.add_meeting"):
            return {"add_url": reverse("admin:meetings_meeting_add"), "add_label": _("Log a meeting")}
        return {}


class SeriesList(ListPage):
    """Meetings that the same parties hold again and again, by title."""

    url_name = "meetings:series_list"
    filterset_class = SeriesFilter
    sorts = {
        "title": Sort.on("title", _("Series")),
        "host": Sort.on("host__name", _("Host")),
        "rhythm": Sort.on("cadence_months", _("How often")),
    }
    default_sort = "title"
    rows_template = "meetings/_series_list_rows.html"
    title = _("Series")
    lede = _("Meetings that the same parties hold again and again")
    none_yet = _("No series to show yet. A series appears here once one of its meetings does.")

    def get_queryset(self) -> "QuerySet[Any]":
        return serieses(self.request.user)

    def prepare(self, rows: Any, request: HttpRequest) -> "QuerySet[Any]":
        seen = meetings(request.user).held().filter(series=OuterRef("pk")).order_by().values("series")
        return rows.for_list().annotate(
            held=Subquery(seen.annotate(number=Count("pk")).values("number")),
            last_on=Subquery(seen.annotate(last=Max("starts_on")).values("last")),
        )

    def counted(self, number: int) -> str:
        return ngettext("%(number)s series", "%(number)s series", number) % {"number": number}

    def extra_context(self, listing: Listing) -> dict[str, Any]:
        return {"has_columns": True}
