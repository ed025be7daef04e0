"""List views of meetings and of series."""

from typing import Any

from django.db.models import F, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from engagement.core.lists.keyset import ByField
from engagement.core.lists.keyset_related import ByRelated
from engagement.core.lists.request import PageRequest
from engagement.core.lists.sorts import Sort, first_of, number_of
from engagement.core.lists.views import ListPage
from engagement.core.prepared_queries import MomentAsked
from engagement.core.types import Reader, SeenBy
from organizations.models import Organization

from .filters import MeetingFilter, SeriesFilter, counterparts, held, meetings, serieses, upcoming
from .models import Meeting, Series


def every_series(user: Reader) -> "QuerySet[Model]":
    """Whoever sees a meeting sees of which series it is."""
    return Series.objects.all()


def hosts(user: Reader) -> "QuerySet[Any]":
    """Whoever sees a series sees whose it is."""
    return Organization.objects.all()


IN_SHORT = (
    *("slug", "title", "status", "starts_on", "date_precision", "start_time", "ends_at"),
    *("publication_due_on", "published_at", "ready_at"),
)


class MeetingList(ListPage):
    """Who was met and when, the latest first; those without a date before all."""

    url_name = "meetings:list"
    filterset_class = MeetingFilter
    sorts = {
        "date": Sort(
            _("Date"),
            [F("starts_at").asc(nulls_last=True)],
            [F("starts_at").desc(nulls_first=True)],
            names=(_("Oldest"), _("Newest")),
            keyset=ByField("starts_at", first_when_descending=True, jump="moment"),
        ),
        "title": Sort.on("sort_key", _("Title"), jump="text"),
        "with": Sort.by_expression(
            _("Counterpart"), first_of(counterparts, "meeting", "organization__sort_key", "-is_lead", "order", "pk")
        ),
        "series": Sort(
            _("Series"),
            [F("series__sort_key").asc(nulls_last=True), F("ordinal").asc(nulls_last=True)],
            [F("series__sort_key").desc(nulls_last=True), F("ordinal").desc(nulls_last=True)],
            keyset=ByRelated("series", every_series, ByField("sort_key"), lambda one: one.sort_key, then="ordinal"),
        ),
        "kind": Sort.by_label("kind", Meeting.Kind.choices, _("Kind")),
        "status": Sort.in_order_of("status", Meeting.Status.choices, _("Status")),
        "reference": Sort.on("reference_key", _("Reference"), jump="text"),
    }
    default_sort = "-date"
    as_links = frozenset({"reference"})
    rows_template = "meetings/_list_rows.html"
    title = _("Meetings")
    lede = _("Who we met, when, and what it was about")

    none_recorded = _("No meetings recorded yet.")
    none_shown = _("No meetings to show yet. Meetings appear here once they are published.")

    def get_queryset(self) -> "QuerySet[Model]":
        return meetings(self.request.user)

    def prepare(self, rows: Any, request: HttpRequest) -> "QuerySet[Model]":
        return rows.for_list().with_agenda(request.user)

    def in_short(self, rows: Any, request: HttpRequest) -> "QuerySet[Model]":
        return rows.only(*IN_SHORT)

    def counted(self, number: int) -> str:
        return ngettext("%(number)s meeting", "%(number)s meetings", number) % {"number": number}

    def extra_context(self, asked: PageRequest) -> dict[str, object]:
        if self.request.user.has_perm("meetings.add_meeting"):
            return {"add_url": reverse("admin:meetings_meeting_add"), "add_label": _("Log a meeting")}
        return {}


class SeriesList(ListPage):
    """Meetings that the same parties hold again and again, by title."""

    url_name = "meetings:series_list"
    filterset_class = SeriesFilter
    sorts = {
        "title": Sort.on("sort_key", _("Series"), jump="text"),
        "host": Sort.by_short_name("host", hosts, _("Host")),
        "rhythm": Sort.on("cadence_months", _("How often")),
        "held": Sort.by_expression(_("Meetings held"), number_of(held, "series")),
        "last": Sort.by_expression(_("Last meeting"), first_of(held, "series", "starts_on", "-starts_on")),
        "next": Sort.by_expression(_("Next meeting"), first_of(upcoming, "series", "starts_on")),
    }
    default_sort = "title"
    rows_template = "meetings/_series_list_rows.html"
    title = _("Series")
    lede = _("Recurring meetings")
    none_recorded = _("No series recorded yet.")
    none_shown = _("No series to show yet. A series appears here once one of its meetings is published.")

    def get_queryset(self) -> "QuerySet[Any]":
        return serieses(self.request.user)

    def prepare(self, rows: Any, request: HttpRequest) -> "QuerySet[Model]":
        values = {name: self.sorts[name].expressions[0](request.user) for name in ("held", "last", "next")}
        rows = rows.for_list().annotate(held=values["held"], last_on=values["last"], next_on=values["next"])
        return self._with_precisions(rows, request.user, upcoming)

    def in_short(self, rows: Any, request: HttpRequest) -> "QuerySet[Model]":
        def to_come(user: Reader) -> "QuerySet[Any]":
            return meetings(user).upcoming(MomentAsked())

        last, following = first_of(held, "series", "starts_on", "-starts_on"), first_of(to_come, "series", "starts_on")
        rows = rows.only("slug", "title", "cadence_months")
        rows = rows.annotate(last_on=last(request.user), next_on=following(request.user))
        return self._with_precisions(rows, request.user, to_come)

    def _with_precisions(self, rows: Any, user: Reader, to_come: SeenBy) -> "QuerySet[Model]":
        """With how much is known of the last and the next day."""
        last = first_of(held, "series", "date_precision", "-starts_on")
        following = first_of(to_come, "series", "date_precision", "starts_on")
        return rows.annotate(last_precision=last(user), next_precision=following(user))

    def counted(self, number: int) -> str:
        return ngettext("%(number)s series", "%(number)s series", number) % {"number": number}
