"""Reminder digest: recipients and reasons, its text, and that nothing is sent twice, lost or told to outsiders."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from engagement.accounts.models import User
from engagement.followups.models import FollowUp
from engagement.reminders import sending
from engagement.reminders.models import Digest, Preference, Run, SentReminder
from meetings.models import ProposedChange
from tests import makers as make
from tests.people import People, make_people

pytestmark = pytest.mark.both_databases

TODAY = dt.date(2026, 3, 3)  # a Tuesday
MORNING = dt.datetime.combine(TODAY, dt.time(6), dt.UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def later(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def run(**options: Any) -> str:
    out = io.StringIO()
    try:
        call_command("send_reminders", stdout=out, **options)
    except CommandError as error:
        return f"{out.getvalue()}FAILED: {error}"
    return out.getvalue()


def owed(person: Any, due: dt.date | None = TODAY, **fields: Any) -> FollowUp:
    return make.make_followup(due_on=due, assignee=person, **fields)


def sent_to() -> list[str]:
    return sorted(one.to[0].partition("@")[0] for one in mail.outbox)


def the_mail() -> EmailMultiAlternatives:
    [one] = mail.outbox
    assert isinstance(one, EmailMultiAlternatives)
    return one


def html_of(one: EmailMultiAlternatives) -> str:
    [(html, _kind)] = one.alternatives
    return str(html)


@pytest.mark.parametrize("left", range(-30, 20))
def test_on_which_days(people: People, left: int) -> None:
    owed(people.secretary, later(left))
    run()
    assert bool(mail.outbox) == (left in (14, 7, 3, 1, 0, -1, -8, -15, -22, -29))


@pytest.mark.parametrize("days", range(28, 48))
def test_what_waits_on_us(people: People, days: int) -> None:
    followup = owed(people.secretary, due=None)
    with time_machine.travel(MORNING - dt.timedelta(days=days)):
        followup.wait(by=people.manager, on=followup.owner, reason="Our answer.")
    other = owed(people.secretary, due=None)
    with time_machine.travel(MORNING - dt.timedelta(days=days)):
        other.wait(by=people.manager, on=people.theirs, reason="Their answer.")
    run()
    assert bool(mail.outbox) == (days in (31, 38, 45))
    assert not any(other.reference in str(one.body) for one in mail.outbox)


def test_a_counterpart_is_never_told(people: People) -> None:
    make.make_representative(people.theirs, user=make.make_user("theirs", email="theirs@example.org"))
    make.make_followup("Theirs", owner=people.theirs, chaser=people.secretary, due_on=TODAY)
    make.make_followup("Both", is_joint=True, meeting=make.make_held(), chaser=people.secretary, due_on=TODAY)
    run()
    assert sent_to() == ["secretary"]
    assert the_mail().subject == "Stakeholder engagement: 2 promises of counterparts"


def test_one_or_many(people: People) -> None:
    first = owed(people.secretary, later(-1), title="Answer <b>the letter</b>")
    run()
    one = the_mail()
    assert one.subject == "Stakeholder engagement: 1 overdue"
    assert "Your follow-up on Tuesday 3 March 2026:" in one.body
    assert f"- {first.reference} Answer <b>the letter</b>\n  2 March 2026, 1 day overdue; promised by " in one.body
    assert "Answer &lt;b&gt;the letter&lt;/b&gt;</a>" in html_of(one) and "<b>" not in html_of(one)
    mail.outbox.clear()
    for days in (3, 7):
        owed(people.manager, later(days))
    owed(people.manager, later(-8)).move_due(by=people.manager, to=later(1), reason="Later.")
    run()
    assert the_mail().subject == "Stakeholder engagement: 3 due soon"
    assert "Your 3 follow-ups on" in the_mail().body
    assert "postponed once, 9 days in all; promised by" in the_mail().body


def test_headers_and_links(people: People, settings: Any) -> None:
    settings.SITE_URL = "https://register.example.org"
    followup = owed(people.secretary, later(-1))
    make.make_followup(owner=people.theirs, chaser=people.secretary, due_on=later(7))
    run()
    one = the_mail()
    headers = one.message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"] == "<https://register.example.org/accounts/reminders/>"
    assert re.fullmatch(r"<reminder-\d+-20260303@register.example.org>", headers["Message-ID"])
    assert f"https://register.example.org{followup.get_absolute_url()}" in one.body
    client = Client()
    client.force_login(people.secretary)
    lists = re.findall(r"https://register.example.org(/follow-ups/\?\S+)", str(one.body))
    assert len(lists) == 2
    for told, address in zip(re.findall(r"FU-\d+-\d+", re.sub(r"https\S+", "", str(one.body))), lists, strict=True):
        page = client.get(address)
        assert told.lower() in page.text.lower() and "There is a problem" not in page.text


def test_a_run_again_sends_nothing(people: People) -> None:
    owed(people.secretary)
    for _again in range(3):
        run()
    assert sent_to() == ["secretary"]
    assert Digest.objects.get().sent_at is not None


def test_a_dry_run_lists_and_writes_nothing(people: People) -> None:
    soon, late = owed(people.secretary, later(3), title="Soon"), owed(people.secretary, later(-1), title="Late")
    told = run(dry_run=True)
    assert f"secretary <secretary@example.org>: 2 follow-ups\n  Overdue: {late} (1 day overdue)\n" in told
    assert f"  Due soon: {soon} (due in 3 days)" in told
    assert not (mail.outbox or Digest.objects.exists() or Run.objects.exists())
    assert "Soon (due in 1 day)" in run(dry_run=True, date=later(2))
    assert "Nobody is to be reminded." in run(dry_run=True, date=later(5))
    run()
    assert "2 follow-ups (has had today's e-mail)" in run(dry_run=True)
    assert "FAILED: --date is for --dry-run" in run(date=later(1))


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("left", {"is_active": False}, "no longer active"),
        ("moved", {"is_staff": False}, "no longer in the secretariat"),
        ("silent", {"email": ""}, "no e-mail address"),
        ("wrong", {"email": "not an address"}, "not a valid e-mail address"),
        ("unassigned", {}, "nobody is assigned"),
    ],
)
def test_whoever_is_not_reached_is_listed_and_the_managers_are_told(
    people: People, name: str, change: dict[str, Any], why: str
) -> None:
    person = None
    if change:
        person = make.make_user(name, email="x@example.org", is_staff=True)
        person.groups.set(people.secretary.groups.all())
    followup = owed(person)
    User.objects.filter(username=name).update(**change)
    assert f"{name if change else 'Nobody'} ({why}): {followup}" in run()
    assert sent_to() == ["manager"]
    assert f"NOBODY GETS A REMINDER OF THESE\n\n- {followup.reference}" in the_mail().body
    assert f"; {name}: {why}\n" in the_mail().body or not change


def test_a_refused_address_stops_nobody_and_is_tried_again(
    people: People, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    for person in (people.manager, people.publisher, people.secretary):
        owed(person)

    def refuse(self: Any, messages: Any, real: Any = mail.backends.locmem.EmailBackend.send_messages) -> Any:  # type: ignore[attr-defined]
        if messages[0].to == ["manager@example.org"]:
            raise SMTPRecipientsRefused({"manager@example.org": (550, b"unknown")})
        return real(self, messages)

    with monkeypatch.context() as server:
        server.setattr(mail.backends.locmem.EmailBackend, "send_messages", refuse)  # type: ignore[attr-defined]
        told = run()
        assert "refused; the next run tries again" in told
        assert told.endswith("FAILED: 1 of 3 reminder e-mails could not be sent.")
        assert sent_to() == ["publisher", "secretary"]
        for _day in range(2):  # refused for days: it is not forgotten, and stays one e-mail
            clock.shift(dt.timedelta(days=1))
            run()
    clock.shift(dt.timedelta(days=1))
    mail.outbox.clear()
    run()
    assert sent_to() == ["manager"]
    assert Digest.objects.unsent().count() == 0


def test_killed_before_it_was_handed_over_it_is_sent_an_hour_later(
    people: People, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    owed(people.secretary)
    with monkeypatch.context() as crash, pytest.raises(KeyboardInterrupt):
        crash.setattr(sending, "mail_of", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
        run()
    assert "just being sent by another run" in run()  # as long as it may be alive
    assert not mail.outbox
    clock.shift(dt.timedelta(minutes=61))
    run()
    assert sent_to() == ["secretary"]
    assert SentReminder.objects.count() == 1


def test_killed_while_it_was_handed_over_it_is_told_and_not_repeated(
    people: People, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    owed(people.secretary)
    with monkeypatch.context() as crash, pytest.raises(KeyboardInterrupt):
        crash.setattr(Digest, "note_sent", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
        run()
    clock.shift(dt.timedelta(hours=2))
    assert "the e-mail of 2026-03-03 may not have been sent" in run()
    assert sent_to() == ["secretary"]


def test_whether_it_left_is_not_known(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    owed(people.secretary)

    def breaks(self: Any, messages: Any) -> Any:
        raise SMTPServerDisconnected("in the middle")

    with monkeypatch.context() as server:
        server.setattr(mail.backends.locmem.EmailBackend, "send_messages", breaks)  # type: ignore[attr-defined]
        assert "handed over, but perhaps not sent" in run()
    assert "FAILED" not in run()
    assert not mail.outbox


def test_a_server_that_is_away_costs_nothing(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    owed(people.secretary)

    def away(self: Any) -> Any:
        raise ConnectionRefusedError("Connection refused")

    with monkeypatch.context() as server:
        server.setattr(mail.backends.locmem.EmailBackend, "open", away)  # type: ignore[attr-defined]
        assert "FAILED: The mail server cannot be used: Connection refused." in run()
    assert not (Digest.objects.exists() or Run.objects.exists())
    run()
    assert sent_to() == ["secretary"]


def test_a_clock_set_back_sends_nothing(people: People, clock: time_machine.Traveller) -> None:
    owed(people.secretary, later(-1))
    owed(people.secretary, later(0))
    run()
    clock.shift(dt.timedelta(days=-1))
    assert "FAILED: The clock says 2026-03-02, but reminders were sent on 2026-03-03." in run()
    clock.shift(dt.timedelta(days=1))
    run()
    assert sent_to() == ["secretary"]


def test_days_without_a_run_are_made_up_for(people: People, clock: time_machine.Traveller) -> None:
    run()
    followup = owed(people.secretary, later(9))
    clock.shift(dt.timedelta(days=4))  # 5 days before: that of 7 days fell when nothing ran
    run()
    assert f"{followup.reference}" in the_mail().body and "due in 5 days" in the_mail().body


def test_without_a_mail_server_it_says_so(people: People, settings: Any) -> None:
    owed(people.secretary)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "FAILED: EMAIL_URL is not set" in run()
    assert not Digest.objects.exists()


def test_queries_do_not_grow(people: People, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        person = make.make_user(f"one{number}", email=f"one{number}@example.org", is_staff=True)
        person.groups.set(people.secretary.groups.all())
        owed(person)
    with django_assert_max_num_queries(8):
        run(dry_run=True, date=later(7))


RACE = """
    import io
    from django.core.management import call_command
    from django.test import override_settings
    out = io.StringIO()
    with override_settings(EMAIL_BACKEND="engagement.reminders.backends.KeptMailBackend"):
        call_command("send_reminders", stdout=out)
    print(out.getvalue().count(", sent\\n"))
"""


def test_two_runs_at_one_moment_send_each_e_mail_once(race: Callable[..., list[str]]) -> None:
    from engagement.reminders.models import KeptMail

    make_people()
    for person in User.objects.filter(is_staff=True):
        for _n in range(3):
            owed(person, timezone.localdate())
    with time_machine.travel(dt.datetime.now(dt.UTC)):
        FollowUp.objects.is_open()
    told = race(RACE, processes=3)
    assert KeptMail.objects.values("to").distinct().count() == KeptMail.objects.count() == sum(map(int, told))


def test_whoever_publishes_is_told_once_of_what_is_ready_and_of_changes(people: People) -> None:
    meeting = make.make_held("Leaflets", visibility=make.PUBLIC)
    changed = make.make_public("Posters")
    run()
    assert not mail.outbox
    meeting.mark_ready(by=people.secretary)
    ProposedChange.objects.create(meeting=changed, proposed_by=people.secretary, form_version=1)
    assert "publisher <publisher@example.org>: 2 meetings, sent" in run() and sent_to() == ["publisher"]
    one = the_mail()
    assert one.subject == "Stakeholder engagement: 2 to publish"
    assert "marked as ready by secretary on 3 March 2026" in one.body
    assert "a change by secretary has been waiting since 3 March 2026" in one.body
    assert f"{meeting.get_absolute_url()}publication/" in one.body
    for days, number in ((1, 1), (6, 1), (7, 2), (8, 2)):
        with time_machine.travel(MORNING + dt.timedelta(days=days), tick=False):
            run()
        assert len(mail.outbox) == number, days
    Preference.objects.create(user=people.publisher, unwanted=["publish"])
    with time_machine.travel(MORNING + dt.timedelta(days=14), tick=False):
        run()
    assert len(mail.outbox) == 2
