"""A colleague is reminded of a meeting that is to be published: the right one, once a day, and it is on record."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from engagement.reminders.models import PublishingReminder
from meetings.models import Meeting
from tests import makers as make
from tests.core.posting import token_in
from tests.people import People, client_of

FORM = "publication/remind/"


def waiting(people: People, **fields: Any) -> Meeting:
    """Held, to be published, with something missing."""
    fields = {"prepared_by": people.secretary, "counterparts": [people.ours], "visibility": make.SHARED, **fields}
    return make.make_held("Leaflets", publication_due_on=timezone.localdate() + dt.timedelta(days=3), **fields)


def press(meeting: Meeting, user: Any, page: str = "/publication/") -> str:
    """As the button of this page does it; what is told afterwards."""
    client = client_of(user)
    action = f"{meeting.get_absolute_url()}{FORM}"
    sent = client.post(action, {**token_in(client.get(page), action), "next": page}, follow=True)
    assert sent.request["PATH_INFO"] == page
    return sent.content.decode()


def test_whoever_prepares_is_reminded_and_it_is_on_record(people: People) -> None:
    meeting = waiting(people)
    said = press(meeting, people.publisher)
    assert f"{people.secretary} was reminded by e-mail." in said
    (sent,) = mail.outbox
    assert sent.to == [people.secretary.email]
    for words in (str(people.publisher), meeting.reference, "First set “Who can see it” to “Public”.", FORM[:-7]):
        assert words in sent.body
    row = PublishingReminder.objects.get()
    assert (row.meeting, row.person, row.asked_by, row.error) == (meeting, people.secretary, people.publisher, "")
    assert row.sent_at is not None
    assert f"{people.secretary} was reminded today by {people.publisher}" in " ".join(said.split())


def test_not_twice_a_day_whoever_presses(people: People) -> None:
    meeting = waiting(people)
    address = f"{meeting.get_absolute_url()}{FORM}"
    press(meeting, people.publisher, f"{meeting.get_absolute_url()}publication/")
    again = client_of(people.manager).post(address, {"_once": "x" * 32}, follow=True).content.decode()
    assert "was reminded of this meeting today already" in again
    assert len(mail.outbox) == PublishingReminder.objects.count() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        press(meeting, people.manager)
    assert len(mail.outbox) == 2


def test_the_lead_is_reminded_where_nobody_prepares_it_any_more(people: People) -> None:
    people.ours.lead = people.manager
    people.ours.save()
    people.secretary.is_active = False
    people.secretary.save()
    press(waiting(people), people.publisher)
    assert mail.outbox[0].to == [people.manager.email]


def test_nobody_outside_and_not_oneself(people: People) -> None:
    """Without a colleague to remind there is no button, and the address says so."""
    own, nobodys = waiting(people, prepared_by=people.publisher), waiting(people, prepared_by=people.representative)
    client = client_of(people.publisher)
    assert FORM not in client.get("/publication/").content.decode()
    for meeting, token in ((own, "y" * 32), (nobodys, "z" * 32)):
        said = client.post(f"{meeting.get_absolute_url()}{FORM}", {"_once": token}, follow=True).content.decode()
        assert "There is nobody to remind of this meeting." in said
    assert not mail.outbox and not PublishingReminder.objects.exists()


def test_what_is_ready_public_or_exempt_reminds_nobody(people: People) -> None:
    ready = waiting(people, visibility=make.PUBLIC, purpose="Shorter leaflets")
    ready.mark_ready(by=people.secretary)
    client = client_of(people.publisher)
    client.post(f"{ready.get_absolute_url()}{FORM}", {"_once": "z" * 32})
    assert not mail.outbox


def test_outsiders_find_nothing_there(people: People) -> None:
    address = f"{waiting(people).get_absolute_url()}{FORM}"
    for name, status in (("representative", 404), ("stranger", 404), ("visitor", 302)):
        assert client_of(getattr(people, name)).post(address).status_code == status
    assert client_of(people.manager).get(address).status_code == 405
    assert not mail.outbox


def test_what_could_not_be_sent_is_told_and_recorded(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Any, messages: Any) -> int:
        raise ConnectionRefusedError("away")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    meeting = waiting(people)
    assert f"The reminder could not be sent to {people.secretary}." in press(meeting, people.publisher)
    assert PublishingReminder.objects.get().error == "ConnectionRefusedError: away"
