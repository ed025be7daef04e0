"""Exports of the list of follow-ups: file, feed and calendar."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.exports import Column, Entry, Export
from engagement.core.models import sees_all

from .calendar import event_of, todo_of
from .lists import FollowUpList
from .models import FollowUp, FollowUpEvent
from .models.events import postponements
from .next_step import NextStep


def reasons(followup: FollowUp) -> list[str]:
    return [event.reason for event in postponements(followup.events.all())]


COLUMNS = [
    Column("reference", gettext_lazy("Names the follow-up and never changes.")),
    Column("title", gettext_lazy("What was promised.")),
    Column("url", gettext_lazy("Its page."), "address"),
    Column("details", gettext_lazy("Details.")),
    Column("owner", gettext_lazy("Promised by; empty: both sides."), "owner.name"),
    Column("side", gettext_lazy("Promised by: ours, theirs or joint (both sides).")),
    Column("status", gettext_lazy("open, in_progress, waiting, done or cancelled.")),
    Column("waiting_on", gettext_lazy("Organization it waits on."), "waiting_on.name"),
    Column("next_step", gettext_lazy("Whose move it is, as the list says; empty: closed."), "next.who"),
    Column("next_step_since", gettext_lazy("Since when; of a month or year the first day."), "next.since.day"),
    Column("due_on", gettext_lazy("Due by the end of this day.")),
    Column("original_due_on", gettext_lazy("Original due date.")),
    Column("times_postponed", gettext_lazy("How often the due date was moved or taken away.")),
    Column("days_slipped", gettext_lazy("Days from the original due date to this one; negative: it is earlier.")),
    Column("overdue", gettext_lazy("Whether it is overdue today."), "is_overdue"),
    Column("closed_at", gettext_lazy("When it was done or cancelled.")),
    Column("result", gettext_lazy("The result.")),
    Column("evidence", gettext_lazy("Where that can be seen.")),
    Column("meeting", gettext_lazy("Reference of the meeting it comes from."), "meeting.reference"),
    Column("meeting_title", gettext_lazy("Title of that meeting."), "meeting.title"),
    Column("meeting_date", gettext_lazy("Day of that meeting."), "meeting.starts_on"),
    Column(
        "meeting_date_precision",
        gettext_lazy("How much of that date is known: day, month or year. Of a month or year the first day is given."),
        "meeting.date_precision",
    ),
    Column("topic", gettext_lazy("Topic it is about."), "discussion.topic.title"),
    Column("changed_at", gettext_lazy("When the record was last changed.")),
    Column("audience", gettext_lazy("Who can see it."), lambda f: f.get_effective_visibility().name.lower(), True),
    Column("priority", gettext_lazy("low, normal or high."), lambda f: f.Priority(f.priority).name.lower(), True),
    Column("assignee", gettext_lazy("Colleague it is assigned to."), staff_only=True),
    Column("chaser", gettext_lazy("Colleague who reminds the counterpart."), staff_only=True),
    Column("postponement_reasons", gettext_lazy("Why it was postponed, each time."), reasons, True),
]


class FollowUpsExport(Export):
    name = "follow-ups"
    url_name = "followups:export"
    calendar_url_name = "followups:calendar"
    page_class = FollowUpList
    formats = ("csv", "xlsx", "ics", "json", "atom")
    columns = COLUMNS

    def prepare(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        followups: QuerySet[Any] = rows.for_list(self.user).with_last_move(self.user).with_report(self.user)  # type: ignore[attr-defined]
        followups = followups.select_related("assignee", "chaser")
        events = FollowUpEvent.objects.visible_to(self.user)
        return followups.prefetch_related(Prefetch("events", queryset=events)) if sees_all(self.user) else followups

    def rows(self) -> Iterator[FollowUp]:
        for row in super().rows():
            row.next = None if row.is_closed else NextStep(row, self.user)
            yield row

    def entry(self, row: Any) -> Entry:
        who = row.owner.name if row.owner else _("Both sides")
        due = _("due %(day)s") % {"day": row.due_on.isoformat()} if row.due_on else _("no due date")
        facts = f"{row.get_status_display()}, {due}, {who}"
        lines = [facts, row.details, row.result]
        return Entry.of(row, row.reference, row.title, lines, row.get_status_display())

    def components(self, row: Any) -> Iterable[object]:
        """A thing to do, and if it has a date, that day too: many programs show only one of the two."""
        if row.due_on:
            yield event_of(row, self)
        yield todo_of(row, self)
