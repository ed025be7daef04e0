"""A simulated year, or some months of it: each person gets exactly the e-mails that the rules imply, none twice,
whatever crashes between.
"""

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from engagement.followups.models import FollowUp
from engagement.reminders import sending
from engagement.reminders.models import Digest, Frequency, Kind, Preference, Run, SentReminder
from tests import makers as make
from tests.people import People
from tests.reminders.statement import Statement, Told
from tests.thorough import ALL, one_day_in

pytestmark = pytest.mark.both_databases

FIRST, DAYS = dt.date(2026, 1, 1), 365 if ALL else 150
HEADINGS = {
    "OVERDUE",
    "DUE SOON",
    "REMIND THE COUNTERPART",
    "WAITING ON US FOR MORE THAN 30 DAYS",
    "NOBODY GETS A REMINDER OF THESE",
}
NOT_WANTED = {Kind.MINE: {"OVERDUE", "DUE SOON"}, Kind.CHASE: {"REMIND THE COUNTERPART"}}


class Killed(BaseException):
    """As a process that is killed: no handler of the command sees it."""


class Year:
    """A small register, what happens to it day by day, and the rules stated beside it."""

    def __init__(self, people: People) -> None:
        self.rng = random.Random(2026)
        self.boss = people.manager
        self.host, self.theirs = make.make_host("Agency"), people.theirs
        staff = {name: user for name, user in people if name in ("secretary", "manager", "publisher")}
        for name in ("weekly", "never", "picky", "addressless", "leaver"):
            user = make.make_user(name, email=f"{name}@example.org", is_staff=True)
            user.groups.set(people.secretary.groups.all())
            staff[name] = user
        type(self.boss).objects.filter(username="addressless").update(email="")
        Preference.objects.create(user=staff["weekly"], frequency=Frequency.WEEKLY)
        Preference.objects.create(user=staff["never"], frequency=Frequency.NEVER)
        Preference.objects.create(user=staff["picky"], unwanted=[Kind.MINE.value])
        often = {"weekly": "weekly", "never": "never"}
        not_wanted = {"picky": NOT_WANTED[Kind.MINE]}
        self.staff = list(staff.values())
        chosen = {name: (user, often.get(name, "daily"), not_wanted.get(name, set())) for name, user in staff.items()}
        self.statement = Statement(chosen, managers={"manager"})

    def record(self, today: dt.date) -> None:
        """A promise of any side, due in the coming weeks."""
        side, due = self.rng.choice(["ours", "theirs", "joint"]), today + dt.timedelta(days=self.rng.randrange(50))
        fields: dict[str, Any] = {"due_on": due, "assignee": self._somebody()}
        if self.rng.random() < 0.15:
            fields["assignee"] = None
        if side != "ours":
            fields["chaser"] = self._somebody()
        if side == "joint":
            fields |= {"is_joint": True, "meeting": make.make_meeting(host=self.host, counterparts=[self.theirs])}
        else:
            fields["owner"] = self.host if side == "ours" else self.theirs
        make.make_followup(**fields)

    def _somebody(self) -> Any:
        return self.rng.choice([user for user in self.staff if user.is_active])

    def happens(self, today: dt.date) -> None:
        """A few things a week: recorded, postponed, waiting, done; half-way somebody leaves."""
        if today == FIRST + dt.timedelta(days=DAYS // 2):
            leaver = next(user for user in self.staff if user.username == "leaver")
            leaver.is_active = False
            leaver.save()
        for chance, what in ((0.12, self.record), (0.05, self._postpone), (0.03, self._wait), (0.05, self._complete)):
            if self.rng.random() < chance:
                what(today)

    def _one(self) -> FollowUp | None:
        rows = list(FollowUp.objects.is_open().order_by("pk"))
        return self.rng.choice(rows) if rows else None

    def _postpone(self, today: dt.date) -> None:
        if one := self._one():
            one.move_due(by=self.boss, to=today + dt.timedelta(days=self.rng.randrange(40)), reason="Later.")

    def _wait(self, today: dt.date) -> None:
        one = self._one()
        if one and one.status != "waiting":
            one.wait(by=self.boss, on=self.host, reason="Our answer.")
            self.statement.waits[one.pk] = today

    def _complete(self, today: dt.date) -> None:
        if one := self._one():
            one.complete(by=self.boss)


def what_was_sent() -> Iterator[tuple[str, Told]]:
    """To whom, and the references below each heading."""
    for sent in mail.outbox:
        heading, found = "", set()
        for line in str(sent.body).splitlines():
            if line in HEADINGS:
                heading = line
            elif match := re.match(r"- (FU-\d+-\d+) ", line):
                found.add((heading, match[1]))
        yield sent.to[0].partition("@")[0], found


def killed_on(number: int, place: Callable[..., Any]) -> Callable[..., Any]:
    """The process ends where this is called for the so-manieth time."""
    calls = iter(range(1000))

    def call(*args: Any) -> Any:
        if next(calls) == number:
            raise Killed
        return place(*args)

    return call


def run(at: dt.datetime) -> None:
    with time_machine.travel(at, tick=False), suppress(Killed):
        call_command("send_reminders", verbosity=0)


@one_day_in(2)
@pytest.mark.slow("a whole year, day by day, with every run of it")
def test_a_year(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    year, last, wrong, killed = Year(people), None, list[str](), 0
    for number in range(DAYS):
        today = FIRST + dt.timedelta(days=number)
        morning = dt.datetime.combine(today, dt.time(6), dt.UTC)
        with time_machine.travel(morning, tick=False):
            year.happens(today)
        if number % 29 == 28:
            continue  # the server was off
        mail.outbox.clear()
        implied = year.statement.implied(today, last)
        with monkeypatch.context() as crash:
            if implied and number % 3 == 0:  # between claiming and sending, or between sending and noting it
                place, name = (sending, "mail_of") if number % 2 else (Digest, "note_sent")
                crash.setattr(place, name, killed_on(year.rng.randrange(len(implied)), getattr(place, name)))
                killed += 1
                run(morning)
        run(morning + dt.timedelta(hours=2))
        if number % 7 == 0:
            run(morning + dt.timedelta(hours=4))
        found = list(what_was_sent())
        if dict(found) != implied or len(found) != len(implied):
            wrong.append(f"{today}: {found}, not {implied}")
        last = today
    assert not wrong, "\n".join(wrong[:5])
    assert killed > DAYS // 20 and Run.objects.count() == DAYS - DAYS // 29
    reasons = Counter(SentReminder.objects.values_list("kind", flat=True))
    assert min(reasons.values()) >= 5 and set(reasons) == set(Kind.values) - {Kind.PUBLISH}, reasons
    assert {name for name, *_rest in year.statement.told if year.statement.told[name, _rest[0]]} >= {"weekly", "picky"}
