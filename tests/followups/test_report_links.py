"""Signed links to report without an account: for one promise and one person; how each ended is said."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from engagement.accounts import link_pages
from engagement.accounts.throttle import Places
from engagement.followups.models import FollowUp, ReportLink
from tests import makers as make
from tests.people import People

DONE = {"kind": "done", "comment": "Twelve cases.", "evidence": ""}


@pytest.fixture
def promise(people: People) -> FollowUp:
    meeting = make.make_held("Secret talks", counterparts=[people.ours, people.theirs], visibility=10)
    owed = {"owner": people.ours, "chaser": people.secretary, "details": "Hidden details"}
    return make.make_followup("Send examples", meeting=meeting, visibility=10, **owed)


def link_to(promise: FollowUp, people: People, **given: Any) -> tuple[ReportLink, str]:
    until = timezone.localdate() + dt.timedelta(days=14)
    given = {"by": people.secretary, "name": "Ada Outside", "organization": people.ours, "expires_on": until, **given}
    link, token = ReportLink.objects.make(promise, **given)
    return link, link.path_of(token)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_whoever_has_the_link_reports_once(promise: FollowUp, people: People) -> None:
    link, address = link_to(promise, people)
    assert address.split("/")[2] not in str(ReportLink.objects.values().get()), "only a digest is stored"
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get(address)
    html = page.content.decode()
    assert "Send examples" in html and people.ours.name in html and "given to Ada Outside" in html
    assert "Hidden details" not in html and "Secret talks" not in html and promise.reference not in html
    headers = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
    assert headers.items() <= dict(page.headers).items() and "no-store" in page.headers["Cache-Control"]
    assert visitor.post(address, {**DONE, "kind": "progress"}).status_code == 200
    thanks = visitor.post(address, DONE, headers={"Origin": "null"})
    assert thanks.status_code == 200 and "Thank you" in thanks.content.decode()
    assert "Thank you" in visitor.post(address, DONE).content.decode(), "the same once more is the same"
    report = promise.reports.pending().get()
    assert (report.link, report.reported_by, report.organization) == (link, None, people.ours)
    assert report.reporter == f"Ada Outside for {people.ours.short_name}, through a link"
    promise.refresh_from_db()
    assert promise.status == "open" and promise.reports.count() == 2
    assert promise.events.last().comment == "Reported as done. Through the link given to Ada Outside. Twelve cases."
    for response in (visitor.get(address), visitor.post(address, {**DONE, "comment": "Another."})):
        assert response.status_code == 410 and "This link was used" in response.content.decode()
    promise.confirm_report(report, by=people.secretary)
    assert promise.result == f"Reported by {people.ours.short_name}: Twelve cases."


@pytest.mark.parametrize(
    ("how", "status", "told"),
    [
        ("altered", 404, "This link does not exist. Check the address."),
        ("expired", 410, "This link has expired."),
        ("revoked", 410, "This link was revoked."),
        ("closed", 410, "There is nothing left to report."),
        ("internal", 410, "This link was revoked."),
    ],
)
def test_a_link_that_ended_says_so_and_nothing_else(
    promise: FollowUp, people: People, how: str, status: int, told: str
) -> None:
    link, address = link_to(promise, people)
    later = dt.timedelta(days=15 if how == "expired" else 0)
    if how == "altered":
        address = f"{address[:-5]}{'0' if address[-5] != '0' else '1'}{address[-4:]}"
    elif how == "revoked":
        link.revoke(by=people.secretary)
    elif how == "closed":
        promise.complete(by=people.manager)
    elif how == "internal":
        promise.visibility = 0
        promise.save()
    with time_machine.travel(timezone.now() + later):
        for response in (
            Client().get(address),
            Client().post(address, DONE),
            client_of(people.representative).get(address),
        ):
            html = response.content.decode()
            assert (response.status_code, told in html) == (status, True), html[-800:]
            assert "Send examples" not in html and people.ours.name not in html and "Ada Outside" not in html
            assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not promise.reports.exists()


@pytest.mark.parametrize("how", ["revoked", "altered"])
def test_what_was_written_for_a_dead_link_can_be_copied(promise: FollowUp, people: People, how: str) -> None:
    link, address = link_to(promise, people)
    if how == "revoked":
        link.revoke(by=people.secretary)
    else:
        address = f"{address[:-5]}{'0' if address[-5] != '0' else '1'}{address[-4:]}"
    html = Client().post(address, {**DONE, "comment": "Typed <for> an hour"}).content.decode()
    assert "Nothing was sent." in html and "Typed &lt;for&gt; an hour" in html


def test_a_new_link_says_what_is_missing(promise: FollowUp, people: People, vnu: Any) -> None:
    _link, first = link_to(promise, people)
    Client().post(first, {**DONE, "comment": "Words of the first"})
    promise.return_report(promise.reports.get(), by=people.secretary, reason="Name the method.")
    _link, second = link_to(promise, people)
    html = Client().get(second).content.decode()
    assert "Name the method." in html and "Words of the first" not in html
    Client().post(second, {"kind": "progress", "comment": "Half of it"})
    html = Client().get(second).content.decode()
    assert "Half of it" in html
    vnu(html)


def test_on_its_last_day_a_link_is_good(promise: FollowUp, people: People) -> None:
    _link, address = link_to(promise, people)
    with time_machine.travel(timezone.now() + dt.timedelta(days=14)):
        assert Client().post(address, DONE).status_code == 200
    assert promise.reports.pending().exists()


def test_guesses_and_forms_are_throttled(promise: FollowUp, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    _link, address = link_to(promise, people)
    monkeypatch.setattr(link_pages, "MOST_TRIES", 3)
    visitor = Client()
    for _ in range(5):
        assert visitor.get(address).status_code == 200, "opening a good one does not count"
    assert [visitor.get("/respond/nothing/").status_code for _ in range(4)] == [404, 404, 404, 429]
    assert visitor.post(address, DONE).status_code == 429 and not promise.reports.exists()
    assert visitor.get(address).status_code == 200
    Places("respond 127.0.0.1", 3).clear()
    assert visitor.post(address, DONE).status_code == 200
    assert settings.SIGN_IN_MINUTES > 0


def test_staff_make_see_and_revoke_links(promise: FollowUp, people: People, vnu: Any) -> None:
    client, page = client_of(people.secretary), promise.get_absolute_url()
    given = {"_once": "a" * 16, "name": "Ada Outside", "organization": people.ours.pk}
    wrong = client.post(f"{page}links/", {**given, "expires_on": "2099-01-01"})
    assert "Choose a day from today to 90 days from now." in wrong.content.decode()
    vnu(wrong.content.decode())
    given["expires_on"] = str(timezone.localdate() + dt.timedelta(days=3))
    made = client.post(f"{page}links/", given).content.decode()
    assert client.post(f"{page}links/", given).content.decode().count("/respond/") == 1
    link = ReportLink.objects.get()
    vnu(made)
    address = "/respond/" + made.split("/respond/")[1].split('"')[0]
    vnu(Client().get(address).content.decode())
    html = client.get(page).content.decode()
    assert "Ada Outside" in html and "opened once" in html and address not in html
    vnu(html)
    for user, status in ((people.publisher, 403), (people.representative, 403), (people.stranger, 403)):
        assert client_of(user).post(f"{page}links/", given).status_code == status
        assert client_of(user).post(f"{page}links/{link.pk}/revoke/").status_code == status
    assert "Ada Outside" not in client_of(people.representative).get(page).content.decode()
    told = client.post(f"{page}links/{link.pk}/revoke/", {"_once": "b" * 16}, follow=True).content.decode()
    assert "The link given to Ada Outside was revoked." in told and "Revoked" in told
    link.refresh_from_db()
    assert link.revoked_by == people.secretary and Client().get(address).status_code == 410


def test_links_are_for_what_others_promised(promise: FollowUp, people: People) -> None:
    host = promise.meeting.parties.get(side="host").organization
    ours = make.make_followup(meeting=promise.meeting, owner=host, visibility=10)
    inside = make.make_followup(meeting=promise.meeting, owner=people.ours, chaser=people.secretary, visibility=0)
    both = make.make_followup(meeting=promise.meeting, is_joint=True, chaser=people.secretary, visibility=10)
    today = timezone.localdate()
    for one, given, why in (
        (ours, {"organization": host}, "open promise of someone else"),
        (inside, {}, "not internal"),
        (promise, {"organization": people.theirs}, "Choose an organization"),
        (promise, {"name": " "}, "Enter the name"),
        (promise, {"expires_on": today - dt.timedelta(days=1)}, "Choose a day"),
        (promise, {"expires_on": today + dt.timedelta(days=91)}, "Choose a day"),
        (both, {"organization": host}, "Choose an organization"),
    ):
        with pytest.raises(ValidationError, match=why):
            link_to(one, people, **given)
    assert not ReportLink.objects.exists()
    assert link_to(both, people, organization=people.theirs)[0].organization == people.theirs
