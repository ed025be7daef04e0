"""Two people at one moment: a report is decided once, and of two that report, one waits and the other is told."""

import json
from collections.abc import Callable

import pytest

from engagement.followups.models import FollowUp, FollowUpEvent, Report
from tests import makers as make
from tests.people import make_people

pytestmark = pytest.mark.both_databases

ACT = """
    import json, time
    from django.core.exceptions import ValidationError
    from engagement.accounts.models import User
    from engagement.followups.models import FollowUp, Report, ReportLink

    promise, report, link = FollowUp.objects.get(), Report.objects.first(), ReportLink.objects.get()
    name, verb = {each}[NUMBER]
    who = User.objects.get(username=name)
    time.sleep(1)  # until both have read them
    try:
        verb(promise, report, link, who)
    except ValidationError as error:
        print(json.dumps(error.messages))
    else:
        print(json.dumps([]))
"""
CONFIRM = "lambda promise, report, link, who: promise.confirm_report(report, by=who)"
RETURN = "lambda promise, report, link, who: promise.return_report(report, by=who, reason='Which?')"
REPORT = "lambda promise, report, link, who: promise.report('done', by=who, comment='Mine.')"
THROUGH = "lambda promise, report, link, who: promise.report_through(link, 'done', comment='Ours.')"


def made() -> FollowUp:
    people = make_people()
    meeting = make.make_held(counterparts=[people.ours], visibility=10)
    promise = make.make_followup(meeting=meeting, owner=people.ours, chaser=people.secretary, visibility=10)
    make.make_report_link(promise)
    return promise


def raced(race: Callable[..., list[str]], *each: tuple[str, str]) -> list[list[str]]:
    code = ACT.format(each="[" + ", ".join(f"({name!r}, {verb})" for name, verb in each) + "]")
    return [json.loads(said) for said in race(code, processes=2)]


@pytest.mark.parametrize("other", [CONFIRM, RETURN])
def test_a_report_is_decided_once(race: Callable[..., list[str]], other: str) -> None:
    promise = made()
    promise.report("done", by=promise.owner.representatives.get().user)  # type: ignore[union-attr]
    told = raced(race, ("manager", CONFIRM), ("secretary", other))
    report, promise = Report.objects.get(), FollowUp.objects.get()
    assert FollowUpEvent.objects.count() == 2 and report.decided_by is not None
    if other == CONFIRM:
        assert told == [[], []] and promise.closed_by == report.decided_by
    else:
        lost = told[report.state == "confirmed"]
        assert [len(said) for said in told].count(0) == 1 and "is no longer waiting" in lost[0]
    assert (promise.status == "done") == (report.state == "confirmed")


def test_of_two_that_report_one_waits(race: Callable[..., list[str]]) -> None:
    made()
    told = raced(race, ("representative", REPORT), ("representative", THROUGH))
    assert sorted(map(len, told)) == [0, 1] and "is being checked" in str(told)
    assert Report.objects.pending().count() == Report.objects.count() == FollowUpEvent.objects.count() == 1
