"""Every filter of every list finds a named row and leaves another out, is kept by the form, and follows its record
to a new address."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client
from django.urls import reverse

from engagement.core.lists.views import ListPage
from tests.lists.filter_world import CASES, Case, make_filter_world
from tests.lists.lists import LISTS, ask
from tests.people import People

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WIDENS = "all"
"""The answer that asks for nothing, so that no row is left out."""

every_list = pytest.mark.parametrize("page", LISTS, ids=lambda page: page.__name__)


@pytest.fixture(scope="module")
def world(module_db: None) -> People:
    """Made once; what a test does to it is taken back with the test."""
    return make_filter_world()


def titles(page: type[ListPage], user: Any, query: str) -> set[str]:
    found = ask(page, user, query)
    assert not found.warnings, found.warnings
    return {getattr(row, "title", "") or row.name for row in found.rows}


def untried(page: type[ListPage], cases: list[Case]) -> set[str]:
    """Filters, and answers of filters, that no case asks for."""
    asked = {name for name, *_rest in cases} | {f"{name}={value}" for name, value, *_rest in cases}
    answers = {
        f"{name}={answer}"
        for name, one in page.filterset_class.base_filters.items()
        for answer in getattr(one, "answers", {})
        if answer != WIDENS
    }
    return (page.filterset_class.base_filters.keys() | answers) - asked


@every_list
def test_every_filter_and_answer_has_a_case(page: type[ListPage]) -> None:
    assert untried(page, CASES[page]) == set()
    assert all(found != left_out for _name, _value, found, left_out in CASES[page])
    for one in CASES[page]:
        assert untried(page, [other for other in CASES[page] if other[0] != one[0]]), "it would be missed"


@every_list
def test_every_filter_finds_one_row_and_leaves_out_another(world: People, page: type[ListPage]) -> None:
    everything = titles(page, world.manager, f"show={WIDENS}" if "show" in page.filterset_class.base_filters else "")
    wrong = []
    for name, value, found, left_out in CASES[page]:
        assert {found, left_out} <= everything
        rows = titles(page, world.manager, urlencode({name: value}))
        wrong += [f"{name}={value} misses {found}"] if found not in rows else []
        wrong += [f"{name}={value} finds {left_out}"] if left_out in rows else []
    assert wrong == []


class FilterForm(HTMLParser):
    """What a browser would send of the form beside a list."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.is_inside = False
        self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        has = dict(attrs)
        if tag == "form":
            self.is_inside = has.get("id") == "filter-form"
        if not self.is_inside:
            return
        if tag == "select":
            self.select = has["name"]
        is_on = "checked" in has if has.get("type") == "checkbox" else bool(has.get("value"))
        if tag == "input" and is_on:
            self.sent.append((has["name"], has["value"]))
        if tag == "option" and "selected" in has and has["value"]:
            self.sent.append((self.select, has["value"]))

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = self.is_inside and tag != "form"


@every_list
@pytest.mark.parametrize("not_understood", ["", "&from=yesterday&due_from=yesterday&statsu=open"])
def test_the_form_keeps_every_filter_of_the_address(world: People, page: type[ListPage], not_understood: str) -> None:
    """Changing one filter sends all the others again; also where a part of the address is not understood."""
    client = Client()
    client.force_login(world.manager)
    understood = {name: value for name, value, *_rows in reversed(CASES[page])}
    for name, _value in parse_qsl(not_understood):
        understood.pop(name, "")
    answer = client.get(f"{reverse(page.url_name)}?{urlencode(understood)}{not_understood}")
    sent = dict(FilterForm(answer.content.decode()).sent)
    assert understood.items() - sent.items() == set()
