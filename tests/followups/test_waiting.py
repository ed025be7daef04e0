"""What waits for more than so many days: since its status last changed, in the days of the host."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from engagement.followups.models import FollowUp
from tests import makers as make
from tests.people import People


@pytest.mark.parametrize(("ago", "is_found"), [(29, False), (30, False), (31, True), (90, True)])
def test_the_days_since_it_waits(people: People, ago: int, is_found: bool) -> None:
    """Whoever assigns it or moves its date meanwhile does not make it wait anew."""
    followup = make.make_followup(owner=people.ours, chaser=people.secretary)
    with time_machine.travel(timezone.now() - dt.timedelta(days=ago), tick=False):
        followup.wait(by=people.manager, on=people.ours, reason="A letter.")
    followup.assign(by=people.manager, to=people.secretary)
    followup.move_due(by=people.manager, to=timezone.localdate() + dt.timedelta(days=5), reason="")
    assert FollowUp.objects.waiting_over(30).exists() is is_found
    followup.start(by=people.manager)
    assert not FollowUp.objects.waiting_over(0).exists()
