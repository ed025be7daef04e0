"""FilterSet of the list of follow-ups."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from engagement.accounts.filters import colleagues, printed_name
from engagement.accounts.models import User
from engagement.core.lists import filters
from engagement.core.lists.date_filters import on_days
from engagement.core.lists.filterset import ListFilterSet
from engagement.core.models import Visibility, sees_all
from engagement.core.models.visibility import shown_by
from engagement.core.types import Reader
from engagement.topics.filters import themes, topics
from meetings.filters import discussions, meetings, serieses
from organizations.filters import organizations
from organizations.models import Organization

from .list_stats import SOON_DAYS, on_time, with_closing_day
from .models import CarryOver, FollowUp, FollowUpQuerySet
from .models.status import CLOSED

Rows = FollowUpQuerySet


def mine(rows: Rows, user: Reader) -> Rows:
    """Follow-ups that I do or remind of; for a representative, those that own organizations owe or others wait for."""
    if sees_all(user):
        return rows.filter(Q(assignee=user.pk) | Q(chaser=user.pk))
    # They are few, and what they owe is found by an index if it is asked for by key.
    own = list(Organization.objects.represented_by(user).values_list("pk", flat=True))
    return rows.filter(Q(owner__in=own) | Q(waiting_on__in=own))


def of_nobody(rows: Rows, user: Reader) -> Rows:
    """Open, and nobody does it or, where it is the counterpart's, reminds them."""
    theirs = Q(side=FollowUp.Side.THEIRS)
    return rows.is_open().filter((theirs & Q(chaser=None)) | (~theirs & Q(assignee=None)))


def carried(rows: Rows, user: Reader) -> Rows:
    return rows.filter(Exists(_carried_over(user)))


def carried_twice(rows: Rows, user: Reader) -> Rows:
    return rows.filter(Exists(_carried_over(user).order_by("pk").values("pk")[1:2]))


def _carried_over(user: Reader) -> QuerySet[CarryOver]:
    kept = CarryOver.objects.visible_to(user).standing().kept()
    return kept.filter(followup=OuterRef("pk"))


def reported(rows: Rows, user: Reader) -> Rows:
    return rows.reported(user)


class WithPeopleWhoLeft(filters.Flag):
    """Open, and with somebody who is no longer of the secretariat. Few have left with anything open in their hands, so
    they are named by key: then each half has an index, where PostgreSQL would join all that is open with all users."""

    def __init__(self, **options: Any) -> None:
        super().__init__(lambda rows, user: rows, **options)

    def filter(self, rows: Any, value: str) -> Any:
        if not value:
            return rows
        held = Q(assignee__in=self.people_who_left) | Q(chaser__in=self.people_who_left)
        return rows.is_open().filter(held)

    @cached_property
    def people_who_left(self) -> list[int]:
        """Asked once for a page, which narrows its rows several times."""
        held = FollowUp._base_manager.filter(closed_at=None)
        has_any = shown_by(held, "assignee") | shown_by(held, "chaser")
        return list(User.objects.not_of_the_secretariat().filter(has_any).values_list("pk", flat=True))


SHORT = dt.timedelta(days=92)
LONG_DAYS = 30
"""A promise that slipped by more days in all has slipped far."""


def closed_from(rows: Rows, day: Any, user: Reader) -> Rows:
    return rows.filter(on_days("closed_at", day, None))


def closed_until(rows: Rows, day: Any, user: Reader) -> Rows:
    return rows.filter(on_days("closed_at", None, day))


def promised_on(rows: Any, user: Reader) -> Any:
    """With the day the promise was made: that of its meeting, if this reader may know it, else when it was recorded."""
    seen = meetings(user).filter(pk=OuterRef("meeting")).values("starts_on")
    first = FollowUp.history.filter(id=OuterRef("pk")).order_by("history_date", "history_id")
    day = Coalesce(Subquery(seen), Subquery(first.values(day=TruncDate("history_date"))[:1]))
    return rows.alias(promised_on=day)


def promised(rows: Rows, first: dt.date | None, last: dt.date | None, user: Reader) -> Rows:
    """Promised within these days. In a few weeks there were few meetings, so these are asked for what they promised;
    of a longer time every row is asked, as enough of them soon say yes."""
    if first is None or (last or timezone.localdate()) - first > SHORT:
        return _within(promised_on(rows, user), "promised_on", first, last)
    known = meetings(user).order_by()
    then = _within(known, "starts_on", first, last).values("pk")
    recorded = FollowUp.history.filter(on_days("history_date", first, last)).order_by().values("id")
    everything = FollowUp._base_manager.order_by()
    alone = promised_on(everything.filter(pk__in=recorded), user).exclude(
        Exists(known.filter(pk=OuterRef("meeting"), starts_on__isnull=False))
    )
    at_meetings = everything.filter(meeting__in=then)
    found = at_meetings.values("pk").union(_within(alone, "promised_on", first, last).values("pk"))
    return rows.filter(pk__in=found)


def promised_from(rows: Rows, day: Any, user: Reader) -> Rows:
    return promised(rows, day, None, user)


def promised_until(rows: Rows, day: Any, user: Reader) -> Rows:
    return promised(rows, None, day, user)


def _within(rows: Any, field: str, first: dt.date | None, last: dt.date | None) -> Any:
    rows = rows.filter(**{f"{field}__gte": first}) if first else rows
    return rows.filter(**{f"{field}__lte": last}) if last else rows


def within(days: Callable[[dt.date], tuple[dt.date, dt.date]], field: str) -> Callable[[Rows, Any], Rows]:
    """Rows whose date lies between two days counted from today."""

    def narrow(rows: Rows, user: Reader) -> Rows:
        first, last = days(timezone.localdate())
        if field == "promised_on":
            return promised(rows, first, last, user)
        return rows.filter(on_days(field, first, last)) if field == "closed_at" else _within(rows, field, first, last)

    return narrow


def past(field: str) -> dict[str, Any]:
    """The usual words for a date in the past."""
    return {
        "last_30": (_("Last 30 days"), within(lambda today: (today - dt.timedelta(days=30), today), field)),
        "this_year": (_("This year"), within(lambda today: year(today.year), field)),
        "last_year": (_("Last year"), within(lambda today: year(today.year - 1), field)),
    }


def year(number: int) -> tuple[dt.date, dt.date]:
    return dt.date(number, 1, 1), dt.date(number, 12, 31)


def done_late(rows: Rows, user: Reader) -> Rows:
    done = with_closing_day(rows).filter(status=FollowUp.Status.DONE, due_on__isnull=False)
    return done.filter(closed_on__gt=F("due_on"))


DUE: dict[str, Any] = {
    "overdue": (_("Overdue"), lambda rows, user: rows.overdue()),
    "soon": (_("In the next 30 days"), lambda rows, user: rows.due_within(SOON_DAYS)),
    "this_year": (_("This year"), within(lambda today: year(today.year), "due_on")),
    "none": (_("No due date"), lambda rows, user: rows.filter(due_on=None)),
}
CARRIED: dict[str, Any] = {"1": (_("Once or more"), carried), "2": (_("Twice or more"), carried_twice)}
SHOW: dict[str, Any] = {
    "open": (_("Open"), lambda rows, user: rows.is_open()),
    "closed": (_("Done or cancelled"), lambda rows, user: rows.filter(status__in=CLOSED)),
    "all": (_("All"), lambda rows, user: rows),
}
POSTPONED: dict[str, filters.Answer] = {
    "once": (_("Once or more"), lambda rows, user: rows.postponed()),
    "1": (_("Twice or more"), lambda rows, user: rows.postponed(2)),  # as its address was when it was the only answer
    "long": (_("More than 30 days in all"), lambda rows, user: rows.slipped(LONG_DAYS)),
}
TIMING: dict[str, Any] = {
    "on_time": (_("On time"), lambda rows, user: with_closing_day(rows).filter(on_time())),
    "late": (_("Late"), done_late),
}


PROMISED_HELP = _("The day of its meeting, or the day it was recorded if you cannot see a meeting.")


class Show(filters.OneOf):
    """Open ones unless asked for others; asking for all is no restriction, so it is no chip."""

    def chosen(self, name: str, value: Any) -> list[filters.Chosen]:
        if value in (None, "", "all"):
            return []
        return [filters.Chosen(name, value, str(self.answers[value][0]))]


class FollowUpFilter(ListFilterSet):
    """FilterSet of follow-ups: by due date, by owner, by assignee, and by subject."""

    defaults = {"show": "open"}
    yields = {"show": frozenset({"status", "closed", "closed_from", "closed_to", "timing"})}
    more = (
        "chaser", "waiting_on", "country", "priority", "visibility", "meeting", "due_within", "waiting", "due_from",
        "due_to", "opened", "opened_from", "opened_to", "closed", "closed_from", "closed_to", "timing", "carried",
        "moved", "reported", "left",
    )  # fmt: skip
    exempt = {
        "id": "the key",
        "order": "its place among the promises of one meeting",
        "version": "counts changes",
        "search_text": "asked through q",
        "sort_key": "asked through q",
        "reference_key": "asked through q",
        "reference": "asked through q",
        "title": "asked through q",
        "details": "read on the page",
        "discussion": "asked through theme and topic",
        "outcome": "read on the page",
        "is_joint": "asked through side",
        "original_due_on": "asked through moved",
        "times_postponed": "asked through moved",
        "status_changed_at": "asked through waiting",
        "closed_by": "read on the page",
        "result": "read on the page",
        "evidence": "read on the page",
    }
    covers = {"due_on": "due", "closed_at": "closed", "visibility": "visibility"}

    q = filters.Words(also=["owner__search_text"])
    show = Show(SHOW, label=_("Show"))
    due = filters.OneOf(DUE, label=_("Due"))
    mine = filters.Flag(mine, label=_("Assigned to me"), signed_in_only=True)
    unassigned = filters.Flag(of_nobody, label=_("Assigned to nobody"), staff_only=True)
    status = filters.Choices("status", FollowUp.Status.choices, label=_("Status"))
    organization = filters.Records(
        "owner__lineage", organizations, of=lambda row: [row.owner], label=_("Promised by (organization)")
    )
    side = filters.Choices("side", FollowUp.Side.choices, label=_("Promised by"))
    assignee = filters.Records(
        "assignee", colleagues, key="username", called=printed_name, of=lambda row: [row.assignee],
        label=_("Assigned to"), staff_only=True,
    )  # fmt: skip
    theme = filters.Records(
        "themes__lineage", themes, is_seen=True, through=discussions, back="followups",
        of=lambda row: row.discussion.themes.all() if row.discussion else (), reads="discussion__themes",
        label=_("Theme"),
    )  # fmt: skip
    topic = filters.Records(
        "topic", topics, is_seen=True, through=discussions, back="followups", name="title",
        of=lambda row: [row.discussion and row.discussion.topic], label=_("Topic"),
    )  # fmt: skip
    series = filters.Records(
        "series", serieses, is_seen=True, through=meetings, back="followups", name="title",
        of=lambda row: [row.meeting and row.meeting.series], label=_("Series"),
    )  # fmt: skip
    meeting = filters.Records(
        "pk", meetings, is_seen=True, through=meetings, back="followups", key="reference", also_key="slug",
        name="title", of=lambda row: [row.meeting], label=_("From meeting"),
    )  # fmt: skip
    chaser = filters.Records(
        "chaser", colleagues, key="username", called=printed_name, of=lambda row: [row.chaser],
        label=_("Reminder sent by"), staff_only=True,
    )  # fmt: skip
    waiting_on = filters.Records(
        "waiting_on__lineage", organizations, of=lambda row: [row.waiting_on], label=_("Waiting on")
    )
    country = filters.Choices(
        "owner__country", list(countries), is_long=True, of=lambda row: [row.owner and row.owner.country.code],
        label=_("Country of the organization"),
    )  # fmt: skip
    priority = filters.Choices("priority", FollowUp.Priority.choices, label=_("Priority"), staff_only=True)
    visibility = filters.Choices("effective_visibility", Visibility.choices, label=_("Who can see it"), staff_only=True)
    due_within = filters.WithinDays(lambda rows, days: rows.due_within(days), label=_("Due within days"))
    waiting = filters.WithinDays(
        lambda rows, days: rows.waiting_over(days), label=_("Waiting for more than (days)"), staff_only=True
    )
    due_from = filters.Day(field_name="due_on", lookup_expr="gte", label=_("Due from"))
    due_to = filters.Day(field_name="due_on", lookup_expr="lte", label=_("Due by"))
    opened = filters.OneOf(past("promised_on"), label=_("Promised"), help_text=PROMISED_HELP)
    opened_from = filters.Day(promised_from, label=_("Promised from"))
    opened_to = filters.Day(promised_until, label=_("Promised to"))
    closed = filters.OneOf(past("closed_at"), label=_("Closed"))
    closed_from = filters.Day(closed_from, label=_("Closed from"))
    closed_to = filters.Day(closed_until, label=_("Closed to"))
    timing = filters.OneOf(TIMING, label=_("Done"))
    carried = filters.OneOf(CARRIED, label=_("Carried over"), staff_only=True)
    moved = filters.OneOf(POSTPONED, label=_("Postponed"))
    reported = filters.Flag(reported, label=_("Reported, to confirm"), staff_only=True)
    left = WithPeopleWhoLeft(label=_("Assigned to people who left"), staff_only=True)

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: Any, *, request: HttpRequest) -> None:
        super().__init__(data, queryset, request=request)
        if "mine" in self.filters and not sees_all(request.user):
            self.filters["mine"].label = _("My organization's")
