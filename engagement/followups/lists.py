"""List view of follow-ups."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Model, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from engagement.core.lists.keyset import ByField
from engagement.core.lists.keyset_related import ByRelated
from engagement.core.lists.request import PageRequest
from engagement.core.lists.result import Stat
from engagement.core.lists.sorts import Sort, first_of
from engagement.core.lists.views import ListPage
from engagement.core.models import sees_all
from engagement.core.types import Reader
from meetings.filters import discussions, meetings, with_first_counterpart
from organizations.models import Organization

from .actions import allowed
from .filters import FollowUpFilter
from .list_stats import ASKS_WHEN, overdue_by_side, rows_of_numbers, stats_of
from .models import FollowUp, FollowUpQuerySet

OF_ORGANIZATION = ("slug", "name", "acronym", "country", "is_host")
SHOWN = [
    "reference", "reference_key", "title", "sort_key", "status", "due_on", "closed_at", "effective_visibility",
    "original_due_on", "times_postponed",
    "meeting", "discussion", "owner__short_sort_key", "assignee", "chaser",
    *(f"{path}__{name}" for path in ("owner", "waiting_on") for name in OF_ORGANIZATION),
]  # fmt: skip
OF_MEETING = ["slug", "reference", "title", "starts_on", "date_precision", "starts_at", "series__slug", "series__title"]
OF_DISCUSSION = ["topic__slug", "topic__title"]


def owners(user: Reader) -> "QuerySet[Model]":
    """Visibility rule: a reader of a promise sees its owner."""
    return Organization.objects.all()


def own_promises(user: Reader) -> Q:
    """Promises that own organizations made, whose meeting a reader need not see."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    return Q(owner__in=list(Organization.objects.represented_by(user).values_list("pk", flat=True)))


class FollowUpList(ListPage):
    """Open promises, the earliest due first, unless asked otherwise."""

    url_name = "followups:list"
    filterset_class = FollowUpFilter
    sorts = {
        "title": Sort.on("sort_key", _("Follow-up"), jump="text"),
        "owner": Sort.by_short_name("owner", owners, _("Promised by")),
        "due": Sort.on("due_on", _("Due"), jump="day"),
        "status": Sort.in_order_of("status", FollowUp.Status.choices, _("Status")),
        "meeting": Sort(
            _("From meeting"),
            expressions=[first_of(meetings, "followups", "starts_at"), first_of(meetings, "followups", "pk")],
            keyset=ByRelated("meeting", meetings, ByField("starts_at"), lambda one: one.starts_at, hidden=own_promises),
        ),
        "postponed": Sort.by_expression(_("Times postponed"), lambda user: F("times_postponed")),
        "closed": Sort.on("closed_at", _("Closed"), jump="moment"),
        "reference": Sort.on("reference_key", _("Reference"), jump="text"),
    }
    default_sort = "due"
    as_links = frozenset({"show"})
    rows_template = "followups/_list_rows.html"
    title = _("Follow-ups")
    lede = _("What was promised, by whom, and whether it was done")
    none_recorded = _("No follow-ups recorded yet. They are recorded with their meeting.")
    none_shown = _("No follow-ups to show yet.")

    def get_queryset(self) -> "QuerySet[Model]":
        return FollowUp.objects.visible_to(self.request.user)

    def prepare(self, rows: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Model]":
        """An owner may see its own promise without seeing the meeting: then the meeting reads as none."""
        talks = discussions(request.user).select_related("topic").only(*OF_DISCUSSION)
        origins = with_first_counterpart(meetings(request.user), request.user).select_related("series")
        origins = origins.only(*OF_MEETING)
        prefetches = Prefetch("meeting", queryset=origins), Prefetch("discussion", queryset=talks)
        assert isinstance(rows, FollowUpQuerySet)
        shown = self._shown(rows.with_times_carried(request.user).with_people(request.user), request)
        return shown.prefetch_related(*prefetches)

    def in_short(self, rows: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Model]":
        """With the name of whoever does it; a line in short says no more of our people."""
        people = (f"assignee__{name}" for name in ("first_name", "last_name", "username"))
        return self._shown(rows, request).select_related("owner", "waiting_on", "assignee").only(*SHOWN, *people)

    def _shown(self, rows: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Any]":
        assert isinstance(rows, FollowUpQuerySet)
        shown = rows.with_last_move(request.user).with_report(request.user)
        return shown.select_related("owner", "waiting_on").only(*SHOWN)

    def counted(self, number: int) -> str:
        return ngettext("%(number)s follow-up", "%(number)s follow-ups", number) % {"number": number}

    def stat_rows(self, asked: PageRequest) -> "Mapping[str, QuerySet[Model]]":
        rows, of_any_side = asked.filterset.without(*ASKS_WHEN), asked.filterset.without(*ASKS_WHEN, "side")
        assert isinstance(rows, FollowUpQuerySet) and isinstance(of_any_side, FollowUpQuerySet)
        found = rows_of_numbers(rows)
        if sees_all(asked.user):  # who sees the sides apart
            found |= {"overdue": of_any_side.overdue()} | overdue_by_side(of_any_side)
        return found

    def stats(self, asked: PageRequest, counts: Mapping[str, int]) -> list[Stat]:
        return stats_of(asked, counts)

    def extra_context(self, asked: PageRequest) -> dict[str, object]:
        """Whether rows are ticked to act on them: for those who may do anything at all."""
        return {"acts": bool(allowed(self.request.user))}
