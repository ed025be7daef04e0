"""The list of follow-ups."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from engagement.core.listing.listing import Listing, Stat
from engagement.core.listing.page import ListPage
from engagement.core.listing.sorts import Sort, first_of
from meetings.filters import meetings

from .actions import allowed
from .filters import FollowUpFilter
from .models import FollowUp, FollowUpQuerySet
from .overview import ASKS_WHEN, rows_of_numbers, stats_of


class FollowUpList(ListPage):
    """What was promised and is still open, the earliest due first, unless asked otherwise."""

    url_name = "followups:list"
    filterset_class = FollowUpFilter
    sorts = {
        "title": Sort.on("title", _("Follow-up")),
        "owner": Sort.by_short_name("owner", _("Responsible")),
        "due": Sort.on("due_on", _("Due")),
        "status": Sort.in_order_of("status", FollowUp.Status.choices, _("Status")),
        "meeting": Sort.worked_out(
            _("From meeting"),
            first_of(meetings, "followups", "starts_at"),
            first_of(meetings, "followups", "title"),
        ),
        "closed": Sort.on("closed_at", _("Closed")),
        "reference": Sort.on("reference", _("Reference")),
    }
    default_sort = "due"
    as_links = frozenset({"show"})
    rows_template = "followups/_list_rows.html"
    title = _("Follow-ups")
    lede = _("What was promised, by whom, and whether it happened")
    none_yet = _("No follow-ups to show. They are recorded with the meeting at which something is promised.")

    def get_queryset(self) -> "QuerySet[Any]":
        return FollowUp.objects.visible_to(self.request.user)

    def prepare(self, rows: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Any]":
        assert isinstance(rows, type(FollowUp.objects.all()))
        return rows.for_list(request.user)

    def counted(self, number: int) -> str:
        return ngettext("%(number)s follow-up", "%(number)s follow-ups", number) % {"number": number}

    def stat_rows(self, listing: Listing) -> "Mapping[str, QuerySet[Any]]":
        rows = listing.filterset.without(*ASKS_WHEN)
        assert isinstance(rows, FollowUpQuerySet)
        return rows_of_numbers(rows)

    def stats(self, listing: Listing) -> list[Stat]:
        return stats_of(listing)

    def extra_context(self, listing: Listing) -> dict[str, Any]:
        """Whether rows are ticked to act on them: for those who may do anything at all."""
        return {"acts": bool(allowed(self.request.user)), "has_columns": True}
