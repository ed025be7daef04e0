"""E-mails of a demonstration: kept as they would have left, and read by the administrator without running anything."""

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from engagement.reminders.models import KeptMail
from tests import makers as make
from tests.people import People, client_of
from tests.test_settings import COMPLETE, setting

pytestmark = pytest.mark.both_databases

HOSTILE = '<script>alert("x")</script><img src="https://example.org/seen.png">'

TEXT = f"Hello {HOSTILE}\n\nagenda.ics:\nBEGIN:VCALENDAR"
"""With what was attached, if it can be read."""


@pytest.fixture
def kept(db: None, settings: Any) -> KeptMail:
    settings.EMAIL_BACKEND = "engagement.reminders.backends.KeptMailBackend"
    headers = {"Auto-Submitted": "auto-generated"}
    one = EmailMultiAlternatives("1 overdue", f"Hello {HOSTILE}", to=["ann@example.org"], headers=headers)
    one.attach("agenda.ics", "BEGIN:VCALENDAR", "text/calendar")
    one.attach_alternative(f"<p>Hello</p>{HOSTILE}", "text/html")
    assert one.send() == 1
    return KeptMail.objects.get()


def test_it_is_kept_whole(kept: KeptMail) -> None:
    assert (kept.to, kept.subject, kept.text) == ("ann@example.org", "1 overdue", TEXT)
    assert kept.html.startswith("<p>Hello</p>") and "Auto-Submitted: auto-generated" in kept.headers
    assert kept.headers.endswith("Attached: agenda.ics")


def test_the_administrator_reads_it_and_nothing_runs(kept: KeptMail, people: People) -> None:
    boss = client_of(make.make_user("boss", is_staff=True, is_superuser=True))
    page = boss.get(f"/admin/reminders/keptmail/{kept.pk}/change/")
    assert "<script>alert" not in page.text and "&lt;script&gt;alert" in page.text
    frame = f"/admin/reminders/keptmail/{kept.pk}/html/"
    assert f'sandbox src="{frame}"' in page.text
    shown = boss.get(frame)
    policy = shown["Content-Security-Policy"]
    assert policy.startswith("sandbox;") and "default-src 'none'" in policy and "script" not in policy
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    for user in (people.visitor, people.representative, people.manager):
        client: Client = client_of(user)
        assert client.get(frame).status_code in (302, 403)
        assert client.get("/admin/reminders/keptmail/").status_code in (302, 403)


def test_of_text_alone_no_empty_frame_is_shown(kept: KeptMail) -> None:
    kept.html = ""
    kept.save()
    page = client_of(make.make_user("boss", is_staff=True, is_superuser=True)).get(
        f"/admin/reminders/keptmail/{kept.pk}/change/"
    )
    assert "<iframe" not in page.text and "This e-mail is text only." in page.text


def test_only_a_demonstration_keeps_them_and_sends_none() -> None:
    url = "smtp+tls://user:secret@mail.example.org:587"
    assert "KeptMailBackend" in setting("EMAIL_BACKEND", DEMO="1", EMAIL_URL=url)
    assert "smtp.EmailBackend" in setting("EMAIL_BACKEND", **COMPLETE, EMAIL_URL=url)
    assert "dummy" in setting("EMAIL_BACKEND", **COMPLETE)
    assert setting("SITE_URL", **COMPLETE) == "'https://engagement.example.org'"
    assert setting("SITE_URL", DEMO="1", PORT="8080") == "'http://localhost:8080'", "where make demo serves it"
