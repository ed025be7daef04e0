"""The page of a list that has all of its rows, to be printed."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import makers as make
from tests.people import People
from tests.queries import count_queries


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_page_to_print_has_all_rows_at_the_cost_of_one(people: People) -> None:
    """Its list leads there as long as it has more than a page; of too many it says how many are left."""
    client = client_of(people.manager)
    make.make_followup("First")
    assert "size=1000" not in client.get("/follow-ups/").content.decode()
    for number in range(30):
        make.make_followup(f"Promise {number}")
    few = count_queries(lambda: client.get("/follow-ups/"))
    page = client.get("/follow-ups/").content.decode()
    assert 'href="/follow-ups/?size=1000"' in page and ">, rows 1 to 25<" in re.sub(r">,\s+", ">, ", page)
    many = count_queries(lambda: client.get("/follow-ups/?size=1000"))
    page = client.get("/follow-ups/?size=1000").content.decode()
    assert page.count('name="pick"') == 31 and "All 31 rows are on this page." in page and "on-paper" not in page
    assert len(many) <= len(few)


def test_what_is_too_long_to_print_says_so(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("request", "result"):
        monkeypatch.setattr(f"engagement.core.lists.{module}.PRINTED", 20)
    for number in range(23):
        make.make_followup(f"Promise {number}")
    client = client_of(people.manager)
    page = " ".join(client.get("/follow-ups/?size=20").content.decode().split())
    assert "This page has the first 20 rows of 23. Filter the list to print the others." in page
