"""Querysets of follow-ups: open, late, soon due, and the rows that a list and a page need."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.lists.date_filters import on_days
from engagement.core.models import FindableQuerySet, LeveledQuerySet, sees_all
from engagement.core.types import Reader
from meetings.models import Discussion, Meeting, Party
from organizations.models import Organization

from .status import Status


class FollowUpQuerySet(FindableQuerySet, LeveledQuerySet):
    def shared_with(self, user: Reader) -> Q:
        """Their own promises, and those made at meetings of their organization."""
        own = Q(owner__in=Organization.objects.represented_by(user))
        return own | Q(Exists(Party.objects.of(user).filter(meeting=OuterRef("meeting"))))

    def update(self, **kwargs: Any) -> int:
        """Dates and states move one by one, through the verbs, which keep the reason."""
        if kwargs.keys() & {"due_on", "original_due_on", "times_postponed", "status", "status_changed_at"}:
            raise ValidationError(_("Enter the reason for the new date."), code="needs_reason")
        return super().update(**kwargs)

    def is_open(self) -> "FollowUpQuerySet":
        """Asked by the moment of closing, which only closed ones have: then the indexes of open ones serve."""
        return self.filter(closed_at=None)

    def overdue(self, on: dt.date | None = None) -> "FollowUpQuerySet":
        """Open, waiting ones included, and due before this day (today in the host's time zone)."""
        return self.is_open().filter(due_on__lt=on or timezone.localdate())

    def due_within(self, days: int, on: dt.date | None = None) -> "FollowUpQuerySet":
        """Open and due from this day on, within so many days."""
        today = on or timezone.localdate()
        return self.is_open().filter(due_on__gte=today, due_on__lte=today + dt.timedelta(days=days))

    def waiting_over(self, days: int) -> "FollowUpQuerySet":
        """Waiting, and the status has not changed for more than so many days."""
        lately = on_days("status_changed_at", timezone.localdate() - dt.timedelta(days=days), None)
        return self.is_open().filter(~lately, status=Status.WAITING)

    def postponed(self, times: int = 1) -> "FollowUpQuerySet":
        """Follow-ups whose due date was moved, or taken away, at least so many times."""
        return self.filter(times_postponed__gte=times)

    def slipped(self, days: int) -> "FollowUpQuerySet":
        """Due more than so many days after its first due date."""
        return self.postponed().filter(due_on__gt=F("original_due_on") + dt.timedelta(days=days))

    def by_due_date(self) -> "FollowUpQuerySet":
        """The earliest due first, those without a date last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def for_list(self, user: Reader) -> "FollowUpQuerySet":
        """With who owes it and, where this reader may see it, the meeting it comes from."""
        return self.select_related("owner", "waiting_on").with_origin(user)

    def with_people(self, user: Any) -> "FollowUpQuerySet":
        """With, for the secretariat, who of us does it and chases it, and whether they still can."""
        if not sees_all(user):
            return self
        people = User.objects.with_roles()
        return self.prefetch_related(Prefetch("assignee", queryset=people), Prefetch("chaser", queryset=people))

    def with_last_move(self, user: Reader) -> "FollowUpQuerySet":
        """With when its status last changed, for whoever may read its events."""
        rows: FollowUpQuerySet = self.annotate(moved_at=F("status_changed_at")) if sees_all(user) else self
        return rows

    def with_times_carried(self, user: Reader) -> "FollowUpQuerySet":
        """With how often each was carried over to a later meeting, for the secretariat."""
        from .carry_over import CarryOver  # which names the follow-up

        if not sees_all(user):
            return self
        times = CarryOver.objects.visible_to(user).times(followup=OuterRef("pk"))
        rows: FollowUpQuerySet = self.annotate(times_carried=times)
        return rows

    def with_report(self, user: Reader) -> "FollowUpQuerySet":
        """With when it was reported as done, if that waits for us to confirm it, and when and why such a report was
        last returned, for whoever may read the report."""
        from .report import Report  # which names the follow-up

        if not user.is_authenticated:
            return self
        reports = Report.objects.of(user).filter(followup=OuterRef("pk"))
        returned = reports.returned().order_by("-decided_at")
        rows: FollowUpQuerySet = self.annotate(
            reported_at=Subquery(reports.pending().order_by().values("reported_at")[:1]),
            returned_at=Subquery(returned.values("decided_at")[:1]),
            returned_because=Subquery(returned.values("reason")[:1]),
        )
        return rows

    def reported(self, user: Reader) -> "FollowUpQuerySet":
        """Reported as done, to be confirmed; few are at any time, so they are asked for by key."""
        from .report import Report  # which names the follow-up

        return self.filter(pk__in=Report.objects.of(user).pending().order_by().values("followup"))

    def for_page(self, user: Reader) -> "FollowUpQuerySet":
        """With the reports and, for the secretariat, with the events and carry-overs."""
        from .carry_over import CarryOver  # which names the follow-up
        from .events import FollowUpEvent  # likewise
        from .report import Report  # likewise
        from .report_link import ReportLink  # likewise

        events = FollowUpEvent.objects.visible_to(user).select_related("by")
        carries = CarryOver.objects.visible_to(user).standing().select_related("meeting").order_by("decided_at", "pk")
        rows = self.for_list(user).with_last_move(user).with_report(user).with_people(user).select_related("closed_by")
        return rows.prefetch_related(
            Prefetch("events", queryset=events),
            Prefetch("carry_overs", queryset=carries, to_attr="carried_to"),
            Prefetch("report_links", queryset=ReportLink.objects.visible_to(user).for_page()),
            Prefetch("reports", queryset=Report.objects.of(user).for_page()),
        )

    def as_entered(self) -> "FollowUpQuerySet":
        """The follow-ups of one meeting in its form's order; those without a place there, the earliest due first."""
        return self.order_by("order", F("due_on").asc(nulls_last=True), "pk")

    def with_origin(self, user: Reader) -> "FollowUpQuerySet":
        """An owner may see its own promise without seeing the meeting: then the meeting reads as none."""
        discussions = Discussion.objects.visible_to(user).select_related("topic")
        meetings = Meeting.objects.visible_to(user)
        return self.prefetch_related(
            Prefetch("meeting", queryset=meetings), Prefetch("discussion", queryset=discussions)
        )
