"""The inputs around a list of several pages, in each of its orders, carry no attribute that means nothing on them."""

import re

import pytest
from django.test import Client

from engagement.core.lists import request
from engagement.core.lists.views import ListPage
from tests import makers as make
from tests.lists.lists import ADDRESSES, LISTS
from tests.people import People
from tests.validity import Inputs


@pytest.fixture
def several_pages(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "SIZES", (1, 2))
    for _n in range(2):
        meeting = make.make_public(series=make.make_series(), visibility=20)
        discussion = make.make_discussion(meeting, topic=make.make_topic())
        make.make_followup(discussion=discussion, due_on=make.LONG_AGO, visibility=20)


@pytest.mark.parametrize(("page_class", "address"), list(zip(LISTS, ADDRESSES, strict=True)))
def test_inputs_of_every_order(
    several_pages: None, client: Client, people: People, page_class: type[ListPage], address: str
) -> None:
    client.force_login(people.manager)
    jumps: set[str] = set()
    wrong: dict[str, list[str]] = {}
    for sort in page_class.sorts:
        html = client.get(f"{address}?sort={sort}&more=1").content.decode()
        assert "page-next" in html, sort
        jumps |= set(re.findall(r'name="at" type="(\w+)"', html))
        if found := Inputs(html).misplaced:
            wrong[sort] = found
    assert wrong == {}
    assert jumps == {"text", "date"} if address in ("/meetings/", "/follow-ups/") else {"text"} <= jumps
