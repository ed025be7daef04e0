"""The rules of reminders once more, in the plainest words, for whoever wants to know what they imply on a day."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from engagement.accounts.models import User
from engagement.followups.models import FollowUp

WEEK = dt.timedelta(days=7)
Told = set[tuple[str, str]]
"""The heading a follow-up stands below, and its reference."""


def days_for(due: dt.date, until: dt.date) -> set[dt.date]:
    found = {due - dt.timedelta(days=number) for number in (14, 7, 3, 1, 0)}
    late = due + dt.timedelta(days=1)
    while late <= until:
        found.add(late)
        late += WEEK
    return found


def days_while_waiting(since: dt.date, until: dt.date) -> set[dt.date]:
    found, day = set(), since + dt.timedelta(days=31)
    while day <= until:
        found.add(day)
        day += WEEK
    return found


@dataclass
class Statement:
    """``people`` by name: the user, how often, and what is not wanted. ``waits`` says since when a follow-up waits on
    us; ``told`` keeps on which days somebody was told of one."""

    people: dict[str, tuple[Any, str, set[str]]]
    managers: set[str]
    waits: dict[int, dt.date] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    told: dict[tuple[str, int], set[dt.date]] = field(default_factory=lambda: defaultdict(set))

    def implied(self, today: dt.date, last: dt.date | None) -> dict[str, Told]:
        """Who is told what today, when everybody was last looked at on that day."""
        found: dict[str, Told] = defaultdict(set)
        users = User.objects.filter(username__in=self.people)
        self.reached = {user.username for user in users if user.is_active and user.is_staff and "@" in user.email}
        for followup in FollowUp.objects.filter(closed_at=None).select_related("assignee", "chaser").order_by("pk"):
            for name in self.people:
                heading = self._heading(followup, name, today, last)
                if heading:
                    found[name].add((heading, followup.reference))
                    self.told[name, followup.pk].add(today)
        return dict(found)

    def _heading(self, followup: FollowUp, name: str, today: dt.date, last: dt.date | None) -> str:
        """The first reason for which this person is told of it today, if there is one."""
        for reason, days in self._reasons(followup, name, today):
            if reason in self.people[name][2]:
                continue
            for day in days & self._days(name, today, last):
                if not any(told >= day for told in self.told[name, followup.pk]):
                    return reason
        return ""

    def _days(self, name: str, today: dt.date, last: dt.date | None) -> set[dt.date]:
        """The days that this person is told of today."""
        often = self.people[name][1]
        if often == "never":
            return set()
        first = max(last, today - WEEK) if last else today
        days = {first + dt.timedelta(days=number) for number in range((today - first).days + 1)}
        if often == "weekly":
            mondays = [day for day in days if day.strftime("%a") == "Mon" and day != last]
            if not mondays:
                return set()
            days = {today - dt.timedelta(days=number) for number in range((today - max(mondays)).days + 8)}
        return days

    def _reasons(self, followup: FollowUp, name: str, today: dt.date) -> list[tuple[str, set[dt.date]]]:
        """Why this person could be told of it, the most telling first, and on which days."""
        mine = followup.assignee.username if followup.assignee else ""
        theirs = followup.chaser.username if followup.chaser and followup.side != "ours" else ""
        asked: list[tuple[str, str, set[dt.date]]] = []
        if followup.due_on:
            days = days_for(followup.due_on, today)
            if theirs:
                asked.append(("REMIND THE COUNTERPART", theirs, days))
            if (mine or not theirs) and (mine != theirs or not mine):
                asked.append(("OVERDUE" if followup.due_on < today else "DUE SOON", mine, days))
        if followup.pk in self.waits and followup.status == "waiting":
            days = days_while_waiting(self.waits[followup.pk], today)
            asked.append(("WAITING ON US FOR MORE THAN 30 DAYS", mine or theirs, days))
        found = [(reason, days) for reason, whom, days in asked if whom == name and self._can_be_told(whom)]
        if name in self.managers:
            found += [
                ("NOBODY GETS A REMINDER OF THESE", days) for _r, whom, days in asked if not self._can_be_told(whom)
            ]
        return found

    def _can_be_told(self, name: str) -> bool:
        return name in self.reached
