"""A session ends after a time without use, which is not written each time; and no page of it is kept on the way."""

from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.people import People

HOUR = 3600


def signed_in(name: str) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"username": name, "password": "secret"})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return bool(client.get("/accounts/views/").status_code == 200)


def test_staff_are_signed_out_after_twelve_hours_without_use(people: People) -> None:
    with time_machine.travel("2025-06-02 08:00Z", tick=False) as clock:
        client, unused = signed_in("manager"), signed_in("secretary")
        for _time in range(3):  # used all the time, for longer than that
            clock.shift(11 * HOUR)
            assert is_in(client)
        clock.shift(12 * HOUR + 1)
        assert not is_in(client)
        assert not is_in(unused)


def test_a_session_that_was_never_used_ends_as_well(people: People) -> None:
    with time_machine.travel("2025-06-02 08:00Z", tick=False) as clock:
        client = signed_in("manager")
        clock.shift(12 * HOUR + 1)
        assert not is_in(client)


def test_representatives_have_two_weeks(people: People) -> None:
    with time_machine.travel("2025-06-02 08:00Z", tick=False) as clock:
        client = signed_in("representative")
        clock.shift(13 * 24 * HOUR)
        assert is_in(client)


def test_how_long_is_the_installation_s(people: People, settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS = 600
    with time_machine.travel("2025-06-02 08:00Z", tick=False) as clock:
        client = signed_in("manager")
        clock.shift(590)
        assert is_in(client)
        clock.shift(601)
        assert not is_in(client)


def test_a_page_writes_nothing_most_of_the_time(people: People) -> None:
    with time_machine.travel("2025-06-02 08:00Z", tick=False) as clock:
        client = signed_in("manager")
        written = []
        for _minute in range(12):
            clock.shift(60)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert is_in(client)
            written.append(sum("UPDATE" in query["sql"] for query in queries))
        assert sum(written) == 2, written


def test_moving_on_brings_back_no_session_that_was_ended(people: People) -> None:
    with time_machine.travel("2025-06-02 08:00Z", tick=False) as clock:
        client = signed_in("manager")
        clock.shift(HOUR)
        session = client.session
        session.load()
        Session.objects.all().delete()
        session.move_on(HOUR)
        assert not Session.objects.exists()
        assert not is_in(client)


PAGES = [
    "/",
    "/meetings/",
    "/follow-ups/?due=overdue",
    "/search/?q=x",
    "/nothing-here/",
    "/accounts/views/",
    "/healthz",
]
ADDRESSES = [*PAGES, "/meetings.csv", "/meetings.atom", "/admin/", "/admin/meetings/meeting/add/", "/admin/jsi18n/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_people_who_are_signed_in_are_kept_by_nobody_else(people: People, address: str) -> None:
    client = signed_in("secretary")
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.get(address, headers=headers)
        told = set(answer["Cache-Control"].replace(",", " ").split())
        assert "private" in told and told & {"no-cache", "no-store"}, answer["Cache-Control"]
        assert not told & {"public", "immutable"}


def test_the_answer_to_a_form_as_well(people: People) -> None:
    client = signed_in("secretary")
    answer = client.post("/accounts/views/add/", {"list": "meetings:list", "query": "", "name": ""})
    assert answer.status_code == 200
    assert {"private", "no-cache"} <= set(answer["Cache-Control"].split(", "))


def test_visitors_may_keep_what_is_public(people: People) -> None:
    assert Client().get("/meetings/")["Cache-Control"] == "no-cache"


def test_the_browser_forgets_at_signing_out(people: People) -> None:
    answer = signed_in("secretary").post(reverse("accounts:logout"))
    assert answer["Clear-Site-Data"] == '"cache"'
