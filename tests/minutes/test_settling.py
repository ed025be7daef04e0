"""Once a day: silence after a deadline that was announced becomes agreement; whoever commented is not silent."""

from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from engagement.followups.next_meeting import NextMeeting
from engagement.minutes.models import How, Minutes, MinutesAgreement, Status
from meetings.models import Series
from tests import makers as make
from tests.minutes.making import day, make_sent
from tests.people import People


def run(**options: Any) -> str:
    said = StringIO()
    call_command("send_reminders", stdout=said, **options)
    return said.getvalue()


@pytest.fixture(autouse=True)
def mails(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_the_daily_run_takes_silence_for_agreement_once(people: People) -> None:
    minutes = make_sent(people, silence=True)
    assert "agreed by not answering" not in run()
    Minutes.objects.update(deadline_on=day(-1))
    assert "silence becomes agreement" in run(dry_run=True)
    assert not MinutesAgreement.objects.exists()
    assert f"{people.ours.short_name} agreed by not answering before the deadline" in run()
    assert "agreed by not answering" not in run()
    minutes.refresh_from_db()
    assert (minutes.status, MinutesAgreement.objects.count()) == (Status.AGREED, 1)


def test_an_open_comment_is_no_silence(people: People) -> None:
    minutes = make_sent(people, silence=True)
    minutes.comment(1, people.ours, "Not all.", by=people.representative)
    Minutes.objects.update(deadline_on=day(-1))
    run()
    minutes.refresh_from_db()
    assert minutes.status == Status.SENT


@pytest.mark.parametrize(("ahead", "told"), [(8, 0), (7, 1), (3, 1), (2, 0), (0, 1)])
def test_whoever_sent_it_is_reminded_once_a_day(people: People, ahead: int, told: int) -> None:
    """Before the deadline; nobody outside is."""
    make_sent(people, ahead=ahead)
    run()
    run()
    found = [message for message in mail.outbox if "comments until" in message.subject]
    assert [message.to for message in found] == [["secretary@example.org"]] * told
    assert all("comment or agree" in message.body for message in found)


def test_the_plan_of_the_next_meeting_knows_how_far_they_are(people: People) -> None:
    """What is agreed need not be approved there."""
    series = make.make_series("Leaflet talks")
    minutes = make_sent(people, series=series)

    def why() -> list[str]:
        items = NextMeeting(Series.objects.for_page(people.secretary).get(), people.secretary).items
        return [why for item in items if item.key == "minutes" for why in item.why]

    assert "To be approved: With the counterpart since" in why()[0]
    minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    assert why() == []
    Minutes.objects.all().delete()
    assert why() == ["To be approved."]
