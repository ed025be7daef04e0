"""Selection of recipients: who is reminded of which follow-ups on a day, and why not, in a handful of queries."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.followups.models import FollowUp, FollowUpQuerySet
from engagement.followups.models.status import Side, Status

from .models import Digest, Frequency, Kind, Preference, Run, SentReminder
from .publications import Publication, last_told, publications, publishers, to_tell
from .schedule import (
    FIRST_DAY_BEFORE,
    MADE_UP,
    WEEK,
    Falls,
    days_back,
    days_told,
    falls_before_or_after,
    falls_while_waiting,
    last_fall,
)

ASSIGN = "assign_followup"
"""Whoever may assign follow-ups is told of those that nobody is reminded of."""
Task = tuple[Kind, User | None, Falls]


@dataclass(frozen=True)
class Reminder:
    """One follow-up in one person's e-mail."""

    followup: FollowUp
    kind: Kind
    note: str = ""


@dataclass(frozen=True)
class Unreached:
    """A follow-up of which somebody should be reminded and is not."""

    followup: FollowUp
    person: User | None
    why: str


def why_not_reached(person: User | None) -> str:
    """Why this person gets no e-mail, or nothing."""
    if person is None:
        return _("nobody is assigned")
    if not person.is_active:
        return _("no longer active")
    if not person.is_ours:
        return _("no longer in the secretariat")
    if not person.email:
        return _("no e-mail address")
    try:
        validate_email(person.email)
    except ValidationError:
        return _("not a valid e-mail address")
    return ""


def preference_of(person: User) -> Preference:
    return getattr(person, "reminder_preference", None) or Preference(user=person)


@dataclass
class Selection:
    """The follow-ups to tell on a day, by recipient, in the order of due dates."""

    today: dt.date
    is_supposed: bool = False
    """Of a day that is not today: as if the reminders had been sent every day before."""
    reminders: dict[User, list[Reminder]] = field(default_factory=dict)
    unreached: list[Unreached] = field(default_factory=list)
    publications: dict[User, list[Publication]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for followup in self.candidates:
            # Who is told for a reason of their own is not told that somebody else is not.
            for kind, person, falls in sorted(self.tasks(followup), key=lambda task: bool(why_not_reached(task[1]))):
                self._consider(followup, kind, person, falls)
        self._tell_publishers()
        self.reminders = dict(sorted(self.reminders.items(), key=lambda one: (str(one[0]), one[0].pk)))

    def _tell_publishers(self) -> None:
        """Of meetings, whoever may publish them; they have their place beside the follow-ups of the day."""
        if not (found := publications()):
            return
        people = [person for person in publishers() if not why_not_reached(person)]
        told = {} if self.is_supposed else last_told(people)
        for person in people:
            preference = preference_of(person)
            days = days_told(preference.frequency, self.today, self.last_run)
            mine = list(to_tell(days, told.get(person.pk), found)) if preference.wants(Kind.PUBLISH) else []
            if mine:
                self.publications[person] = mine
                self.reminders.setdefault(person, [])

    def _consider(self, followup: FollowUp, kind: Kind, person: User | None, falls: Falls) -> None:
        why = why_not_reached(person)
        if person is not None and not why:
            self._tell(person, followup, kind, falls)
            return
        days = days_told(Frequency.DAILY, self.today, self.last_run)
        if last_fall([day for day in days if day != self.last_run], falls):
            self.unreached.append(Unreached(followup, person, why))
        for manager in self.managers if last_fall(days_back(self.today), falls) else ():
            self._tell(manager, followup, Kind.NOBODY, falls, f"{person}: {why}" if person else why)

    def _tell(self, person: User, followup: FollowUp, kind: Kind, falls: Falls, note: str = "") -> None:
        """Once, under the first reason; not what was told since the reminder fell, but what could not be sent then."""
        preference = preference_of(person)
        mine = self.reminders.get(person, [])
        if not preference.wants(kind) or (mine and mine[-1].followup == followup):
            return
        key = followup.pk, person.pk
        day = last_fall(days_told(preference.frequency, self.today, self.last_run), falls)
        if key in self.not_sent or (day and self.told.get(key, dt.date.min) < day):
            self.reminders.setdefault(person, []).append(Reminder(followup, kind, note))

    def tasks(self, followup: FollowUp) -> Iterator[Task]:
        """For which reason, whom, and on which days."""
        assignee = self.people.get(followup.assignee_id or 0)
        chaser = self.people.get(followup.chaser_id or 0) if followup.side != Side.OURS else None
        if followup.due_on:
            falls = partial(falls_before_or_after, followup.due_on)
            if chaser:
                yield Kind.CHASE, chaser, falls
            if (assignee and assignee != chaser) or not (assignee or chaser):
                yield Kind.MINE, assignee, falls
        waits_on, moved_at = followup.waiting_on, followup.status_changed_at
        if followup.status == Status.WAITING and waits_on and waits_on.is_host and moved_at:
            since = timezone.localdate(moved_at)
            yield Kind.WAITING, assignee or chaser, partial(falls_while_waiting, since)

    @cached_property
    def candidates(self) -> list[FollowUp]:
        soon = Q(due_on__lte=self.today + dt.timedelta(days=FIRST_DAY_BEFORE))
        waiting = Q(status=Status.WAITING, waiting_on__is_host=True)
        rows = FollowUp.objects.is_open().filter(soon | waiting)
        assert isinstance(rows, FollowUpQuerySet)
        return list(rows.select_related("owner", "waiting_on").by_due_date())

    @cached_property
    def people(self) -> dict[int, User]:
        keys = {key for one in self.candidates for key in (one.assignee_id, one.chaser_id) if key}
        return User.objects.with_roles().select_related("reminder_preference").in_bulk(keys)

    @cached_property
    def managers(self) -> list[User]:
        may = Q(groups__permissions__codename=ASSIGN) | Q(user_permissions__codename=ASSIGN)
        rows = User.objects.of_the_secretariat().filter(may).distinct().order_by("pk")
        found = rows.with_roles().select_related("reminder_preference")
        return [person for person in found if not why_not_reached(person)]

    @cached_property
    def last_run(self) -> dt.date | None:
        if self.is_supposed:
            return None
        return Run.objects.filter(ran_on__lt=self.today).aggregate(last=Max("ran_on"))["last"]

    @cached_property
    def told(self) -> dict[tuple[int, int], dt.date]:
        """When a person was last told of a follow-up, as far back as it matters. What did not leave told nobody."""
        since = self.today - dt.timedelta(days=MADE_UP + 2 * WEEK)
        rows = SentReminder.objects.filter(told_on__gte=since, told_on__lt=self.today).exclude(digest__handed_at=None)
        latest = rows.order_by().values("followup", "person").annotate(last=Max("told_on"))
        return {(row["followup"], row["person"]): row["last"] for row in latest}

    @cached_property
    def not_sent(self) -> set[tuple[int, int]]:
        """Follow-ups in e-mails of the last days that were claimed and surely not sent."""
        since = self.today - dt.timedelta(days=MADE_UP)
        unsent = Digest.objects.unsent().filter(told_on__gte=since, told_on__lt=self.today)
        return set(SentReminder.objects.filter(digest__in=unsent).values_list("followup", "person"))
