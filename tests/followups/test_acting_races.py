"""Two managers act on the same follow-ups at one moment: each follow-up goes one way, and the other manager is told."""

import datetime as dt
import json
from collections.abc import Callable

import pytest

from engagement.followups.models import FollowUp, FollowUpEvent
from tests import makers
from tests.people import make_people

pytestmark = pytest.mark.both_databases

LATE, NEW = dt.date(2025, 5, 8), dt.date(2031, 1, 31)

ACT = """
    import datetime as dt, json, time
    from engagement.accounts.models import User
    from engagement.followups.bulk_actions import Plan, carry_out
    from engagement.followups.actions import BY_SLUG
    from engagement.followups.models import FollowUp

    verb, answers = {verbs}[NUMBER]
    who = User.objects.get(username=["manager", "secretary"][NUMBER])
    plan = Plan(BY_SLUG[verb], list(FollowUp.objects.by_due_date()))
    time.sleep(1)  # until both have read them
    results = carry_out(plan, by=who, answers=answers)
    print(json.dumps({{result.followup.pk: result.failure for result in results}}))
"""
COMPLETE = '("complete", {"result": "Sent."})'
POSTPONE = '("move_due", {"to": dt.date(2031, 1, 31), "reason": "Strike."})'


@pytest.mark.parametrize("verbs", [(COMPLETE, POSTPONE), (COMPLETE, COMPLETE), (POSTPONE, POSTPONE)])
def test_each_goes_one_way(race: Callable[..., list[str]], verbs: tuple[str, str]) -> None:
    people, meeting = make_people(), makers.make_public()
    keys = [makers.make_followup(meeting=meeting, due_on=LATE, visibility=20).pk for _n in range(12)]
    code = ACT.format(verbs=f"[{verbs[0]}, {verbs[1]}]".replace("move_due", "move-due"))
    told = [{int(pk): failure for pk, failure in json.loads(said).items()} for said in race(code, processes=2)]
    for pk in keys:
        followup = FollowUp.objects.get(pk=pk)
        [event] = FollowUpEvent.objects.filter(followup=pk)
        won = [people.manager, people.secretary].index(event.by)
        assert told[won][pk] == ""
        assert f"{event.by} has changed it" in told[1 - won][pk]
        assert FollowUp.history.filter(id=pk).count() == 2
        expected = ("done", LATE, "Sent.") if "complete" in verbs[won] else ("open", NEW, "")
        assert (followup.status, followup.due_on, followup.result) == expected
