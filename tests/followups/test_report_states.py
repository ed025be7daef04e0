"""Property test of a promise and its reports: in whatever order things happen, the rules hold and nothing is lost."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from

from engagement.followups.models import FollowUp, FollowUpEvent, Report, ReportLink
from tests import makers as make
from tests.people import People
from tests.thorough import drawn

NOON = dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)
KINDS = sampled_from(["done", "progress"])


class Promise(RuleBasedStateMachine):
    """A counterpart's promise, two people who report on it, one link, and two members of the secretariat."""

    people: People

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = time_machine.travel(NOON, tick=False)
        self.now = self.clock.start()
        people = self.people
        meeting = make.make_held(counterparts=[people.ours], visibility=10, starts_on=dt.date(2026, 3, 2))
        self.promise = make.make_followup(meeting=meeting, owner=people.ours, chaser=people.secretary, visibility=10)
        self.link = make.make_report_link(self.promise)
        self.words = 0

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def stored(self) -> tuple[Any, ...]:
        without = [
            field.name for field in FollowUp._meta.concrete_fields if field.name not in ("version", "search_text")
        ]
        return FollowUp.objects.values(*without).get(pk=self.promise.pk), list(Report.objects.order_by("pk").values())

    def try_to(self, verb: Callable[[], object], *, closes: bool = False) -> None:
        """Refused with a sentence, or done with one event; and never closed by who only reports."""
        before, events = self.stored(), list(FollowUpEvent.objects.order_by("pk").values())
        try:
            verb()
        except ValidationError as error:
            assert error.messages and self.stored() == before and FollowUpEvent.objects.count() == len(events)
            return
        after = self.stored()
        told = list(FollowUpEvent.objects.order_by("pk").values())
        assert told[: len(events)] == events, "what was told stays"
        assert len(told) - len(events) == (after != before), "one event for what changed"
        was_open, is_done = before[0]["closed_at"] is None, after[0]["status"] == "done"
        assert not (was_open and is_done) or closes
        self.check()

    def check(self) -> None:
        promise = FollowUp.objects.get(pk=self.promise.pk)
        pending = list(promise.reports.pending())
        assert len(pending) <= (0 if promise.is_closed else 1)
        for report in promise.reports.exclude(decided_at=None):
            deciders = (self.people.secretary, self.people.manager)
            assert report.decided_by in ((self.people.representative,) if report.state == "withdrawn" else deciders)
        if promise.result.startswith("Reported by"):
            assert promise.is_closed and promise.reports.filter(state="confirmed").exists()

    def some_words(self) -> str:
        self.words += 1
        return f"Words {self.words}"

    def report_of(self, place: int) -> Report | None:
        reports = list(self.promise.reports.filter(kind="done").order_by("pk"))
        return reports[place % len(reports)] if reports else None

    @rule(kind=KINDS)
    def report(self, kind: str) -> None:
        words = self.some_words()
        self.try_to(lambda: self.promise.report(kind, by=self.people.representative, comment=words))
        self.try_to(lambda: self.promise.report(kind, by=self.people.stranger, comment=words))

    @rule(kind=KINDS)
    def report_by_link(self, kind: str) -> None:
        words = self.some_words()
        self.try_to(lambda: self.promise.report_through(self.link, kind, comment=words))

    @rule(place=integers(0, 5))
    @precondition(lambda self: self.report_of(0) is not None)
    def confirm(self, place: int) -> None:
        report = self.report_of(place)
        assert report is not None
        self.try_to(lambda: self.promise.confirm_report(report, by=self.people.secretary), closes=True)

    @rule(place=integers(0, 5))
    @precondition(lambda self: self.report_of(0) is not None)
    def ask_back(self, place: int) -> None:
        report = self.report_of(place)
        assert report is not None
        self.try_to(lambda: self.promise.return_report(report, by=self.people.manager, reason="Which?"))

    @rule(place=integers(0, 5))
    @precondition(lambda self: self.report_of(0) is not None)
    def withdraw(self, place: int) -> None:
        report = self.report_of(place)
        assert report is not None
        for by in (self.people.representative, self.people.stranger, self.people.secretary):
            self.try_to(lambda by=by: self.promise.withdraw_report(report, by=by))  # type: ignore[misc]

    @rule(verb=sampled_from(["start", "complete", "cancel", "reopen", "wait", "move_due"]))
    def act(self, verb: str) -> None:
        by = self.people.manager
        how: dict[str, Callable[[], object]] = {
            "start": lambda: self.promise.start(by=by),
            "complete": lambda: self.promise.complete(by=by, result="Seen."),
            "cancel": lambda: self.promise.cancel(by=by, reason="Overtaken."),
            "reopen": lambda: self.promise.reopen(by=by, reason="Not yet."),
            "wait": lambda: self.promise.wait(by=by, on=self.people.ours, reason="Figures."),
            "move_due": lambda: self.promise.move_due(
                by=by, to=dt.date(2030, 1, 1 + self.words % 27), reason="Holidays."
            ),
        }
        self.try_to(how[verb], closes=verb == "complete")

    @rule()
    def undo(self) -> None:
        for by in (self.people.manager, self.people.secretary):
            self.try_to(lambda by=by: self.promise.undo(by=by), closes=True)  # type: ignore[misc]

    @rule(is_active=sampled_from([True, False]))
    def stop_or_go_on(self, is_active: bool) -> None:
        type(self.people.representative).objects.filter(username="representative").update(is_active=is_active)

    @rule(until=sampled_from([None, dt.date(2026, 3, 1)]))
    def represent(self, until: dt.date | None) -> None:
        self.people.ours.representatives.update(ends_on=until)

    @rule()
    def revoke(self) -> None:
        self.link.revoke(by=self.people.secretary)
        ended = ReportLink.objects.get(pk=self.link.pk).ended
        assert ended in ("used", "revoked")

    @rule(days=integers(-3, 9))
    def set_the_clock(self, days: int) -> None:
        """Forwards, and backwards too."""
        self.now.move_to(NOON + dt.timedelta(days=days), tick=False)


def test_no_sequence_breaks_a_rule_or_closes_what_nobody_confirmed(people: People) -> None:
    Promise.people = people
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    most = settings(max_examples=drawn(40), stateful_step_count=15, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Promise, settings=most)
