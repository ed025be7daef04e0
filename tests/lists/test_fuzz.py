"""No question breaks a list, its pages or its files: wrong types, huge numbers, control characters, other scripts,
parameters repeated, combined or unknown. What is understood is answered, what is not is told.
"""

from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engagement.core.exports import Export
from engagement.core.lists.views import ListPage
from tests.exports.reading import body
from tests.lists.asking import ODD, anything, raw, sensible
from tests.lists.lists import ADDRESSES, LISTS, Question, ask, listing
from tests.people import People
from tests.thorough import drawn
from tests.world import World

pytestmark = pytest.mark.both_databases

READERS = ["visitor", "representative", "manager"]
BARE, DRAWN, PAGES, FILES = 320, 40, 20, 30
"""Of each list: questions put to its rows, also to its counts and fields, to its page, to its files."""


def fuzz(examples: int) -> settings:
    return settings(
        max_examples=drawn(examples),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )


def whatever(page: type[ListPage], user: Any) -> st.SearchStrategy[str]:
    """The end of an address: half of them understood, half of them anything."""
    filterset = ask(page, user).filterset
    good = sensible(page, filterset)
    mixed = st.tuples(good, anything(filterset)).map(lambda both: [*both[0], *both[1]])
    return good.map(urlencode) | good.map(urlencode) | mixed.map(urlencode) | raw()


def asked_by(page: type[ListPage], people: People) -> st.SearchStrategy[tuple[str, str]]:
    """Who asks, and what."""
    return st.one_of(*(st.tuples(st.just(who), whatever(page, getattr(people, who))) for who in READERS))


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.__name__)
def test_rows_and_chips(world: World, people: People, page: type[ListPage]) -> None:
    everything = {who: {row.pk for row in ask(page, getattr(people, who)).filterset.queryset} for who in READERS}

    @fuzz(BARE)
    @given(asked_by(page, people))
    def check(asked: tuple[str, str]) -> None:
        who, query = asked
        found = ask(page, getattr(people, who), query)
        rows = {row.pk for row in found.rows}
        assert rows <= everything[who]
        assert not rows or found.filterset.is_valid()
        addresses = [found.links.clear, found.links.canonical, *(chip.remove_url for chip in found.links.chips)]
        assert all(address.startswith(found.links.path) for address in addresses)
        assert found.warnings or found.filterset.is_valid()

    check()


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.__name__)
def test_counts_and_fields(world: World, people: People, page: type[ListPage]) -> None:
    most = {who: ask(page, getattr(people, who)).filterset.queryset.count() for who in READERS}

    @fuzz(DRAWN)
    @given(asked_by(page, people))
    def check(asked: tuple[str, str]) -> None:
        found = listing(page, getattr(people, asked[0]), asked[1])
        drawn = {one.name for one in (*found.first_controls, *found.more_controls)}
        assert drawn == set(found.filterset.shown) - page.as_links
        counts = [choice.count for facet in found.facets.values() for choice in facet.choices]
        assert all(count is None or count <= most[asked[0]] for count in counts)
        assert found.count == ask(page, getattr(people, asked[0]), asked[1]).rows.count()
        assert found.stats is not None and found.sort_links and found.hidden is not None

    check()


def signed_in(people: People, who: str) -> Client:
    client = Client()
    if who != "visitor":
        client.force_login(getattr(people, who))
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages(world: World, people: People, address: str) -> None:
    page = LISTS[ADDRESSES.index(address)]
    clients = {who: signed_in(people, who) for who in READERS}

    @fuzz(PAGES)
    @given(asked_by(page, people), st.booleans())
    def check(asked: tuple[str, str], by_htmx: bool) -> None:
        who, query = asked
        answer = clients[who].get(address, QUERY_STRING=query, headers={"HX-Request": "true"} if by_htmx else {})
        if answer.status_code == 302:
            answer = clients[who].get(answer.headers["Location"])
        assert answer.status_code == 200, asked

    check()


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.__name__)
def test_files(world: World, people: People, page: type[ListPage]) -> None:
    """A file of every kind, read to its end, or a plain no."""
    export = Export.by_list[page.url_name]
    clients = {who: signed_in(people, who) for who in READERS}

    @fuzz(FILES)
    @given(asked_by(page, people), st.sampled_from(export.formats))
    def check(asked: tuple[str, str], extension: str) -> None:
        who, query = asked
        understood = not ask(page, getattr(people, who), query).warnings
        answer = clients[who].get(export.address(extension, ""), QUERY_STRING=query)
        assert answer.status_code == (200 if understood else 400), (asked, extension)
        assert body(answer)

    check()


def test_parameters_of_other_pages(world: World, people: People) -> None:
    """The pages of records that are cut into pages, and what carries a question from one page to another."""
    records = [world.records[name] for name in ("host", "meeting", "followup")]
    records += [world.records["meeting"].series, world.records["discussion"].topic]
    asked: list[tuple[str, Question]] = []
    for odd, record in zip(ODD, cycle(records), strict=False):
        asked.append((record.get_absolute_url(), [("page", odd)]))
        for page in ("/accounts/views/add/", "/accounts/calendar/"):
            asked += [(page, [("list", "meetings:list"), ("query", odd)]), (page, [("list", odd), ("query", "q=x")])]
    client = signed_in(people, "manager")
    for address, question in asked:
        status = client.get(f"{address}?{urlencode(question)}").status_code
        assert status in (200, 302, 400, 404), (address, question)
