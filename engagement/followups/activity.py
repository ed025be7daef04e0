"""Activity of follow-ups, from their events and their history, as far as a reader may know it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.activity import About, Fact, opened_at
from engagement.core.models import Visibility, sees_all
from engagement.core.types import Label, Reader, Rows

from .models import FollowUp, FollowUpEvent, Report
from .models.status import CLOSED, Status

DECIDED: dict[str, Label] = {
    Report.State.CONFIRMED: gettext_lazy("Report confirmed"),
    Report.State.RETURNED: gettext_lazy("Report returned"),
    Report.State.WITHDRAWN: gettext_lazy("Report withdrawn"),
}
FOLLOWUPS = 200
"""So many follow-ups, those recorded last, are looked through."""


@dataclass(frozen=True)
class FollowUpActivity:
    """The happenings of follow-ups that the reader may see: opened, reported on, closed, opened again, postponed.

    The secretariat also reads who did it and why, and that one was started or waits. Everybody else reads nothing from
    before the moment since when a follow-up is open to them. ``meetings`` says when those they see were opened.
    """

    followups: Mapping[int, FollowUp]
    user: Reader
    meetings: Mapping[int, dt.datetime]

    @cached_property
    def is_inside(self) -> bool:
        return sees_all(self.user)

    def facts(self) -> Iterator[Fact]:
        for key, since in self._opened.items():
            yield Fact(since, self._about(key), _("Follow-up added"), who=self._recorded_by.get(key))
        events: Rows = FollowUpEvent._base_manager.filter(followup__in=list(self.followups)).order_by("at", "pk")
        for event in events.defer("comment"):
            opened = self._opened.get(event.followup_id)
            if self.is_inside or (opened is not None and event.at >= opened):
                yield from self._of_event(event)

        yield from self._of_reports()

    def _of_reports(self) -> Iterator[Fact]:
        """Reports, and whether they were confirmed; a representative reads those of own organizations."""
        reports = Report.objects.visible_to(self.user).filter(followup__in=list(self.followups))
        for report in reports.order_by("reported_at", "pk").select_related("link").defer("comment"):
            about = self._about(report.followup_id)
            inside = report.reported_by_id if self.is_inside else None
            said = _("Reported as done") if report.kind == Report.Kind.DONE else _("Progress reported")
            if self.is_inside and report.link:
                said = _("%(what)s through the link given to %(name)s") % {"what": said, "name": report.link.name}
            yield Fact(report.reported_at, about, said, who=inside)
            if report.decided_at:
                who = report.decided_by_id if self.is_inside else None
                yield Fact(report.decided_at, about, str(DECIDED[report.state]), who=who, reason=report.reason)

    def _of_event(self, event: FollowUpEvent) -> Iterator[Fact]:
        for words in self._moves(event):
            about = self._about(event.followup_id)
            who, reason = (event.by_id, event.reason) if self.is_inside else (None, "")
            yield Fact(event.at, about, words, who=who, reason=reason)

    def _moves(self, event: FollowUpEvent) -> Iterator[str]:
        if self.is_inside and event.undoes_id is not None:
            yield _("Last change undone")
            return
        if event.from_status != event.to_status:
            if event.from_status in CLOSED and event.to_status not in CLOSED:
                yield _("Opened again")
            elif event.to_status in CLOSED or self.is_inside:
                yield str(Status(event.to_status).label)
        if event.moved_the_date:
            days = {"then": _day(event.from_due_on), "now": _day(event.to_due_on)}
            yield _("Due date: %(then)s → %(now)s") % days

    def _about(self, key: int) -> About:
        followup = self.followups[key]
        return About(f"followup-{key}", followup.title, followup.get_absolute_url())

    @cached_property
    def _history(self) -> dict[int, list[tuple[dt.datetime, int, int | None]]]:
        found: dict[int, list[tuple[dt.datetime, int, int | None]]] = defaultdict(list)
        rows: Rows = FollowUp.history.filter(id__in=list(self.followups)).order_by("id", "history_id")
        for key, at, level, who in rows.values_list("id", "history_date", "visibility", "history_user"):
            found[key].append((at, level, who))
        return found

    @cached_property
    def _recorded_by(self) -> dict[int, int | None]:
        return {key: rows[0][2] for key, rows in self._history.items()} if self.is_inside else {}

    @cached_property
    def _opened(self) -> dict[int, dt.datetime]:
        """A promise of one's own is seen without its meeting; every other once that is open as well."""
        least = Visibility.INTERNAL if self.is_inside else Visibility.SHARED
        found: dict[int, dt.datetime] = {}
        for key, rows in self._history.items():
            since = opened_at(((at, level) for at, level, _who in rows), least)
            meeting = self.meetings.get(self.followups[key].meeting_id or 0)
            if since is not None:
                found[key] = since if self.is_inside or meeting is None else max(since, meeting)
        return found


def _day(day: dt.date | None) -> str:
    return date_format(day, "j M Y") if day else _("none")


def latest_of(followups: Rows) -> dict[int, FollowUp]:
    """The latest recorded of these follow-ups, by key."""
    rows = followups.order_by("-pk").only("reference", "title", "meeting", "status")
    return {followup.pk: followup for followup in rows[:FOLLOWUPS]}
