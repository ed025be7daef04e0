"""Front pages of those who signed in: every number is that of its list, and nobody sees more than is theirs."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from engagement.desks import Desk, desk, own_organization
from engagement.followups.lists import FollowUpList
from meetings.lists import MeetingList
from meetings.models import Meeting
from tests import makers as make
from tests.lists.lists import ask, keys
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People


def desk_of(user: Any) -> Desk:
    request = RequestFactory().get("/")
    request.user = user
    return desk(request)


def page_of(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/").content.decode()


@pytest.fixture
def work(people: People) -> People:
    """One of everything that waits for somebody, and beside each something that does not."""
    today, host = timezone.localdate(), make.make_host("Agency")
    soon, later = today + dt.timedelta(days=3), today + dt.timedelta(days=40)
    for name, day, status in (
        ("Soon", soon, "confirmed"),
        ("Called off", soon, "cancelled"),
        ("Later", later, "confirmed"),
    ):
        reason = {"cancellation_reason": "Strike"} if status == "cancelled" else {}
        make.make_meeting(name, host=host, counterparts=[people.ours], starts_on=day, status=status, **reason)
    empty = make.make_held("Empty", host=host, counterparts=[people.ours], starts_on=today - dt.timedelta(days=20))
    full = make.make_held("Full", host=host, counterparts=[people.ours], starts_on=today - dt.timedelta(days=20))
    make.make_discussion(full)
    full.publication_due_on = today - dt.timedelta(days=1)
    full.save()
    assert empty.publication_due_on is None
    owed = {"chaser": people.secretary, "visibility": INTERNAL, "meeting": full}
    for name, owner, due in (
        ("Ours late", host, make.LONG_AGO),
        ("Theirs late", people.ours, make.LONG_AGO),
        ("Theirs soon", people.ours, soon),
        ("Theirs later", people.ours, later),
    ):
        make.make_followup(name, owner=owner, due_on=due, **owed)
    return people


EXPECTED = {
    "meetings in 7 days": ["Soon"],
    "to write up": ["Empty"],
    "to publish": ["Full"],
    "ours, overdue": ["Ours late"],
    "theirs, overdue": ["Theirs late"],
    "due in 7 days": ["Theirs soon"],
    "mine, open": ["Ours late", "Theirs late", "Theirs soon", "Theirs later"],
}


def test_what_is_published_late_is_told(work: People) -> None:
    day = timezone.localdate() - dt.timedelta(days=1)
    late = f'<span class="late">to be public by {day.day} {day:%b %Y}, overdue</span>'
    assert page_of(work.secretary).count(late) == 1
    Meeting.objects.filter(title="Full").update(publication_due_on=timezone.localdate())
    page = page_of(work.secretary)
    assert "to be public by" in page and f"{timezone.localdate().year}, overdue" not in page


def test_what_waits_for_the_secretariat(work: People) -> None:
    found = {str(card.asked.short): [row.title for row in card.rows] for card in desk_of(work.secretary).cards}
    assert found == EXPECTED
    html = page_of(work.secretary)
    assert all(title in html for titles in EXPECTED.values() for title in titles)
    assert "Called off" not in html and "Later" not in html.replace("Theirs later", "")


def test_every_number_is_that_of_the_list_it_leads_to(work: People) -> None:
    for card in desk_of(work.manager).cards:
        page = MeetingList if card.is_of_meetings else FollowUpList
        assert card.url.startswith(page().path)
        rows = ask(page, work.manager, card.url.partition("?")[2])
        assert not rows.filterset.repeated and rows.filterset.is_valid(), card.url
        assert card.number == len(keys(rows)), card.url
        assert set(row.pk for row in card.rows) <= set(keys(rows))


def test_what_is_asked_for_links_to_the_tool(work: People) -> None:
    assert "/admin/meetings/meeting/add/" in page_of(work.secretary)
    assert "/admin/meetings/meeting/add/" not in page_of(work.manager)


@pytest.fixture
def ours(people: People) -> People:
    """What is shared with the representative's organization, with another one, and with nobody."""
    host, today = make.make_host("Agency"), timezone.localdate()
    for name, who, level in (
        ("Shared", people.ours, SHARED),
        ("Foreign", people.theirs, SHARED),
        ("Kept", people.ours, INTERNAL),
    ):
        planned = make.make_meeting(
            f"{name} next", host=host, counterparts=[who], starts_on=today + dt.timedelta(days=9), status="confirmed",
            visibility=level,
        )  # fmt: skip
        make.make_discussion(planned, f"{name} item", visibility=PUBLIC)
        held = make.make_held(f"{name} past", host=host, counterparts=[who], visibility=level)
        make.make_document(held, f"{name} paper", visibility=PUBLIC)
        made = {"chaser": people.secretary, "meeting": held, "visibility": level}
        make.make_followup(f"{name} owed", owner=who, due_on=make.LONG_AGO, **made)
        make.make_followup(f"{name} awaited", owner=host, **made)
        make.make_followup(f"{name} together", is_joint=True, **made)
    return people


def test_a_representative_finds_the_own_organization(ours: People) -> None:
    own = own_organization(ours.representative)
    assert own is not None and own.next_meeting is not None
    assert (own.organization, own.next_meeting.title) == (ours.ours, "Shared next")
    assert [one.title for one in own.promised] == ["Shared owed", "Shared together"]
    assert [one.title for one in own.awaited] == ["Shared awaited"]
    assert [one.title for one in own.meetings] == ["Shared past"]
    assert [one.title for one in own.papers] == ["Shared paper"]
    assert (own.number_of_meetings, own.number_late) == (1, 1)
    html = page_of(ours.representative)
    assert ours.ours.name in re.findall(r"<h1>(.*?)</h1>", html, re.S)[0]
    assert "Shared with you, not public" in html and "Shared item" in html
    assert "Foreign" not in html and "Kept" not in html


def test_each_representative_finds_another_one(ours: People) -> None:
    html = page_of(ours.stranger)
    assert "Foreign owed" in html and "Shared" not in html.replace("Shared with you", "")


def test_who_acts_for_nobody_reads_what_everybody_reads(people: People) -> None:
    people.representative.representations.all().delete()
    assert own_organization(people.representative) is None
    assert "What is expected of us" not in page_of(people.representative)


def test_the_contact_stands_in_the_footer_and_in_the_statement(db: None, settings: Any) -> None:
    settings.CONTACT, settings.PRIVACY_NOTICE = "write@example.org", "https://example.org/privacy"
    for address in ("/", "/accessibility/"):
        html = Client().get(address).content.decode()
        assert 'href="mailto:write@example.org"' in html and 'href="https://example.org/privacy"' in html
    settings.CONTACT = "https://example.org/contact"
    assert 'href="https://example.org/contact"' in Client().get("/accessibility/").content.decode()
    settings.CONTACT = settings.PRIVACY_NOTICE = ""
    assert "mailto:" not in Client().get("/").content.decode()
