"""A list longer than is counted at once: its page comes without the numbers beside the choices, which follow."""

from typing import Any

import pytest
from django.test import Client

from engagement.core.lists import counts, facets
from engagement.core.lists.views import ListPage
from engagement.followups.lists import FollowUpList
from tests import makers as make
from tests.lists.lists import LISTS, ask, keys, listing
from tests.lists.test_counts import choosing, module_readers, readers
from tests.people import People
from tests.queries import count_queries
from tests.thorough import today
from tests.world import ALL_MARKS, SEEN_BY

pytestmark = pytest.mark.both_databases

__all__ = ["module_readers", "readers"]

LIST = "/follow-ups/"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are long from the third row on, and counted up to five."""
    monkeypatch.setattr(facets, "SOME", 2)
    monkeypatch.setattr(facets, "MOST", 5)
    monkeypatch.setattr(counts, "MOST", 5)


def numbers(page_class: type[ListPage], user: Any, question: str) -> dict[tuple[str, str], int | None]:
    found = listing(page_class, user, question)
    return {(name, one.value): one.count for name, facet in found.facets.items() for one in facet.choices}


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
@pytest.mark.parametrize("who", ["manager", "representative", "visitor"])
def test_numbers_asked_for_are_those_of_the_rows(
    readers: People, short: None, page_class: type[ListPage], who: str
) -> None:
    """Up to the most that is counted, and one more for "more than that"."""
    user = getattr(readers, who)
    found = numbers(page_class, user, "numbers=1")
    assert found
    for (name, value), number in found.items():
        rows = len(keys(ask(page_class, user, choosing([], name, value))))
        assert number == min(rows, 6), (name, value)


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_every_choice_offered_is_counted_afterwards(readers: People, short: None, page_class: type[ListPage]) -> None:
    before, after = (numbers(page_class, readers.manager, question) for question in ("", "numbers=1"))
    assert before.keys() == after.keys()
    assert None in before.values() and None not in after.values()


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_no_choice_names_what_a_reader_may_not_see(readers: People, short: None, page_class: type[ListPage]) -> None:
    """They are those of the rows of the page, which the reader may see; and each can be chosen by its reader."""
    for name, user in today(list(readers), parts=2, turn=LISTS.index(page_class)):
        for query in ("more=1", "more=1&numbers=1"):
            offered = listing(page_class, user, query).facets
            told = " ".join(f"{one.value} {one.label}" for facet in offered.values() for one in facet.choices).lower()
            assert not {mark for mark in ALL_MARKS - SEEN_BY[name] if mark in told}, name
        for parameter, facet in offered.items():
            for one in facet.choices:
                assert ask(page_class, user, [(parameter, one.value)]).filterset.is_valid(), (name, one.value)


def test_the_page_says_where_the_numbers_are(readers: People, short: None, client: Client) -> None:
    page = client.get(LIST, {"due": "overdue"}).content.decode()
    assert 'data-hx-trigger="load"' in page and "Count the rows of each choice" in page
    address = f"{LIST}?due=overdue&amp;numbers=1"
    assert page.count(address) == 2, "for scripts, and as a link for whoever has none"
    counted = client.get(LIST, {"due": "overdue", "numbers": "1"}).content.decode()
    assert 'data-hx-trigger="load"' not in counted
    assert 'id="n-status-open" data-count="4">4<' in counted


def test_the_numbers_come_alone(readers: People, short: None, client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "counting"}
    response = client.get(LIST, {"numbers": "1"}, headers=headers)
    assert 'id="n-status-open" data-hx-swap-oob="true"' in response.content.decode()
    assert "<html" not in response.content.decode() and "HX-Push-Url" not in response.headers


def test_a_choice_found_by_typing_comes_with_its_number(readers: People, short: None, client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "choices-organization"}
    page = client.get(LIST, {"organization_find": "member 0"}, headers=headers).content.decode()
    assert 'id="n-organization-member-0" data-count="2"' in page
    assert 'id="n-status-open" data-count=""' in page


def test_another_way_to_count_is_told(people: People, client: Client) -> None:
    page = client.get(LIST, {"numbers": "yes"}).content.decode()
    assert "“yes” is not a way to count the choices." in page


def test_a_long_list_is_not_asked_more_often(readers: People, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get(LIST)
    plain = len(count_queries(lambda: client.get(LIST)))
    monkeypatch.setattr(facets, "SOME", 2)
    assert len(count_queries(lambda: client.get(LIST))) <= plain
    assert len(count_queries(lambda: client.get(LIST, {"numbers": "1"}))) <= plain + 2


def test_numbers_at_the_top_of_many(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The share done on time is that of the latest that are counted."""
    monkeypatch.setattr("engagement.followups.list_stats.LATEST", 2)
    later = make.LONG_AGO.replace(year=2060)
    for number, due in enumerate([make.LONG_AGO, later, later]):
        make.make_followup(f"Promise {number}", chaser=people.manager, due_on=due).complete(by=people.manager)
    found = listing(FollowUpList, people.manager, "show=all")
    assert [stat.number for stat in found.stats][-1] == "100%"


def test_more_choices_than_a_statement_takes(people: People, short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "AT_ONCE", 3)
    organizations = [make.make_organization(f"Society {number}") for number in range(7)]
    for one in organizations:
        make.make_followup(owner=one, chaser=people.manager)
    asked = "&".join(f"organization={one.slug}" for one in organizations)
    found = numbers(FollowUpList, people.manager, f"numbers=1&{asked}")
    assert [found["organization", one.slug] for one in organizations] == [1] * 7
