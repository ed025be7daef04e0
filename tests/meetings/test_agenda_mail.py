"""The agenda is sent on purpose only: first who gets it, then one message to each with what that person may read."""

import datetime as dt
from smtplib import SMTPException
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from engagement.core.mail import NOWHERE
from meetings.agenda_mail import recipients_of
from meetings.models import AgendaSending, Meeting
from tests import makers as make
from tests.forms import Data, forms_of
from tests.makers import INTERNAL, SHARED
from tests.pages.reading import page_text, words
from tests.people import People, client_of

SOON = timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture
def meeting(people: People) -> Meeting:
    """With the representative's organization; the stranger's is not at the table."""
    meeting = make.make_meeting(
        "Next", host=make.make_host("Agency"), counterparts=[people.ours], starts_on=SOON, start_time=dt.time(10),
        visibility=SHARED, city="Lisbon",
    )  # fmt: skip
    make.make_discussion(meeting, "Fees")
    make.make_discussion(meeting, "Our line on waste", visibility=INTERNAL)
    left, gone = make.make_user("left", email="left@example.org"), make.make_user("gone", email="gone@example.org")
    make.make_representative(people.ours, left, ends_on=timezone.localdate() - dt.timedelta(days=1))
    make.make_representative(people.ours, gone)
    gone.is_active = False
    gone.save()
    make.make_representative(people.ours, make.make_user("mute"))
    return meeting


@pytest.fixture
def secretary(people: People, client: Client) -> Client:
    client.force_login(people.secretary)
    return client


def address(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}send-agenda/"


def opened(client: Client, meeting: Meeting) -> Data:
    (form,) = [one for one in forms_of(client.get(address(meeting)).content.decode(), "") if "recipients" in one.data]
    return form.data


def sequence(mail: Any) -> int:
    ((name, text, kind),) = mail.attachments
    assert name.endswith(".ics") and kind == "text/calendar"
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    return int(event["sequence"])


def test_each_gets_what_they_may_read(meeting: Meeting, secretary: Client, mailoutbox: list[EmailMessage]) -> None:
    """Those who left, cannot sign in or have no address are not offered; a form that comes twice sends once."""
    form = opened(secretary, meeting)
    page = words(secretary.get(address(meeting)).content.decode())
    assert "representative (AR), representative@example.org" in page or "representative@example.org" in page
    assert not any(name in page for name in ("left@", "gone@", "mute", "stranger@")) and not mailoutbox
    for _twice in range(2):
        assert secretary.post(address(meeting), {**form, "word": "We look forward."}).status_code == 302
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["representative@example.org"], "Agenda: Next")
    body = str(mail.body)
    assert "We look forward." in body and "1. Fees" in body and "waste" not in body and "Lisbon" in body
    assert f"http://testserver{meeting.get_absolute_url()}" in body and f"{SOON.day} {SOON:%B %Y}" in body
    assert "waste" not in str(mail.attachments) and sequence(mail) > 0
    sending = AgendaSending.objects.get()
    assert sending.is_complete and not sending.failed and "representative@example.org" in sending.recipients


def test_a_changed_date_is_sent_only_when_staff_say_so(
    meeting: Meeting, people: People, secretary: Client, mailoutbox: list[EmailMessage], time_machine: Any
) -> None:
    now = timezone.now()
    secretary.post(address(meeting), opened(secretary, meeting))
    time_machine.move_to(now + dt.timedelta(minutes=5))
    meeting.refresh_from_db()
    meeting.starts_on = SOON + dt.timedelta(days=7)
    meeting.save()
    assert len(mailoutbox) == 1, "nothing is mailed on save"
    page = secretary.get(address(meeting))
    assert "The date has changed since the agenda was last sent." in page.content.decode()
    shown = page_text(meeting.get_absolute_url(), people.secretary)
    assert "Agenda sent" in shown and f"The date in it was {SOON.day} {SOON:%B %Y}, from 10:00" in shown
    secretary.post(address(meeting), opened(secretary, meeting))
    first, second = mailoutbox
    assert sequence(second) > sequence(first)
    assert (first.subject, second.subject) == ("Agenda: Next", "New date, agenda: Next")
    assert f"The date has changed. It was: {SOON.day} {SOON:%B %Y}" in str(second.body) and "changed" not in str(
        first.body
    )
    assert "The date in it was" not in page_text(meeting.get_absolute_url(), people.secretary)
    assert "The date has changed" not in secretary.get(address(meeting)).content.decode()


def test_what_was_not_delivered_is_told(
    meeting: Meeting, secretary: Client, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make.make_user("other", email="other@example.org")
    make.make_representative(people.ours, other)
    send = EmailMessage.send

    def refuses(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if self.to == ["other@example.org"]:
            raise SMTPException("no such mailbox")
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", refuses)
    told = secretary.post(address(meeting), opened(secretary, meeting), follow=True).content.decode()
    assert "Agenda sent to 1 person." in told and "could not be sent to: other" in told
    assert "Not delivered to: other" in page_text(address(meeting), people.secretary)


def test_nobody_to_send_to_and_nothing_to_send(meeting: Meeting, secretary: Client, mailoutbox: list[Any]) -> None:
    form = opened(secretary, meeting)
    refused = secretary.post(address(meeting), {**form, "recipients": []}).content.decode()
    assert "Select at least one recipient." in refused
    refused = secretary.post(address(meeting), {**form, "recipients": ["999999"]}).content.decode()
    assert "999999 is not one of the available choices" in refused
    meeting.refresh_from_db()
    meeting.visibility = INTERNAL
    meeting.save()
    assert "Share it with the counterpart first." in secretary.get(address(meeting)).content.decode()
    meeting.cancel(by=None, reason="Storm")
    told = secretary.get(address(meeting), follow=True).content.decode()
    assert "You can send the agenda only before the meeting." in told and not mailoutbox


def test_whoever_cannot_sign_in_any_more_is_no_recipient(meeting: Meeting) -> None:
    first, *others = [one.user for one in recipients_of(meeting)]
    first.is_active = False
    first.save()
    assert [one.user for one in recipients_of(meeting)] == others


def test_who_may_send(meeting: Meeting, people: People) -> None:
    expected = {"secretary": 200, "visitor": 302}
    for name, user in people:
        client = client_of(user)
        assert client.get(address(meeting)).status_code == expected.get(name, 404), name
        link = f'href="{address(meeting)}"' in client.get(meeting.get_absolute_url(), follow=True).content.decode()
        assert link == (name == "secretary"), name


def test_without_a_mail_server_nothing_looks_sent(secretary: Client, meeting: Meeting, settings: Any) -> None:
    settings.EMAIL_BACKEND = NOWHERE
    page = secretary.get(address(meeting), follow=True)
    assert page.redirect_chain == [(meeting.get_absolute_url(), 302)]
    assert "No mail server is set up" in page.content.decode()
    secretary.post(address(meeting), {"recipients": []})
    assert not AgendaSending.objects.exists()
