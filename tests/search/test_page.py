"""The page of what was found: hits with where they belong, filters with numbers, pages, orders, and bad questions."""

import html as html_of
import re
from copy import deepcopy
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.search import engine
from tests import makers as make
from tests.lists.asking import ODD, raw
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People, client_of
from tests.queries import count_queries
from tests.thorough import drawn
from tests.validity import NuChecker

CEILINGS = {"visitor": 14, "representative": 19, "manager": 13}
"""Queries of a page: two sign in, up to nine find what this reader knows of, the rest name and place what is shown."""


def page(user: Any, query: str) -> str:
    response = client_of(user).get(f"/search/?{query}")
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def titles(html: str) -> list[str]:
    """The titles of the hits, in order."""
    found = re.findall(r'<h3 class="hit__title">(.*?)</h3>', html, re.S)
    return [html_of.unescape(re.sub(r"<[^>]+>", "", title)) for title in found]


def nouns(html: str) -> list[str]:
    return re.findall(r'<p class="hit__noun">\s*<strong>(.*?)</strong>', html)


def number(html: str, choice: str) -> str | None:
    """What stands beside a choice of a filter."""
    found = re.search(rf'id="n-{re.escape(choice)}" data-count="(\d*)"', html)
    return found and found[1]


def counted(html: str) -> str:
    found = re.search(r'id="list-heading"[^>]*>(.*?)<', html)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def module_talks(module_people: People) -> list[Any]:
    """Meetings of three years about cells, each with everything a meeting has."""
    broad = make.make_theme("Advanced therapies")
    narrow = make.make_theme("Cells", parent=broad)
    umbrella = make.make_organization("Federation of Makers")
    member = make.make_organization("Cell Makers Ltd", parent=umbrella)
    found = []
    for year in (2023, 2024, 2025):
        meeting = make.make_public(
            f"Bilateral on cells {year}",
            counterparts=[member],
            starts_on=make.LONG_AGO.replace(year=year),
            summary="Cells were spoken of.",
        )
        discussion = make.make_discussion(meeting, f"Cell supply {year}", said="How many <b>cells</b> & whose?")
        discussion.themes.add(narrow)
        make.make_position(discussion, member, statement="Wants more cells.")
        make.make_outcome(meeting, "More cells.", discussion=discussion)
        make.make_document(meeting, "Paper on cells")
        promise = {"owner": member, "visibility": PUBLIC, "due_on": meeting.starts_on}
        promise["chaser"] = module_people.secretary
        make.make_followup(f"Count the cells {year}", discussion=discussion, **promise)
        found.append(meeting)
    return found


@pytest.fixture
def talks(module_talks: list[Any], db: None) -> list[Any]:
    return deepcopy(module_talks)


# What is shown ----------------------------------------------------------------------------------------------


def test_a_hit_says_what_it_is_and_leads_there(people: People, talks: list[Any]) -> None:
    html = page(people.visitor, "q=cells&year=2025")
    meeting = talks[-1]
    discussion = meeting.discussions.get()
    position, outcome = discussion.positions.get(), meeting.outcomes.get()
    address = meeting.get_absolute_url()
    assert set(nouns(html)) == {"Meeting", "Discussion", "Position", "Outcome", "Document", "Follow-up"}
    for part in (
        f'href="{address}"',
        f'href="{address}#discussion-{discussion.pk}"',
        f'href="{address}#position-{position.pk}"',
        f'href="{address}#outcome-{outcome.pk}"',
        'href="https://example.org/agenda.pdf"',
        f'href="{meeting.followups.get().get_absolute_url()}"',
        "<span>Cell Makers Ltd</span>",
        '<time datetime="2025-05-08">8 May 2025</time>',
        "How many &lt;b&gt;<mark>cells</mark>&lt;/b&gt; &amp; whose?",
        '<meta name="robots" content="noindex">',
    ):
        assert part in html, part


def test_the_places_that_hits_lead_to_are_on_the_page(people: People, talks: list[Any]) -> None:
    html = page(people.visitor, "q=cells&year=2025")
    shown = client_of(people.visitor).get(talks[-1].get_absolute_url()).content.decode()
    places = re.findall(r'href="[^"#]*#([a-z]+-\d+)"', html)
    assert {place.partition("-")[0] for place in places} == {"discussion", "position", "outcome"}
    for place in places:
        assert f'id="{place}"' in shown, place


@pytest.mark.both_databases
def test_everything_about_an_organization_is_found_by_its_name(people: People, talks: list[Any]) -> None:
    """Also what does not have the name in its text; and then it says so."""
    html = page(people.visitor, "q=makers")
    assert titles(html)[0] == "Cell Makers Ltd"
    assert "Federation of Makers" not in html  # which the public knows nothing of
    assert "involves Cell <mark>Makers</mark> Ltd" in html
    for group in html.split('<li class="hit-group">')[1:]:
        assert group.split("</ol>", 1)[0].count("involves Cell") <= 1  # once, not on every row of a meeting


def test_the_audience_is_said_where_it_is_not_everybody(people: People) -> None:
    meeting = make.make_public("Open", counterparts=[people.ours])
    make.make_discussion(meeting, "Cells open", internal_notes="Nothing")
    make.make_discussion(meeting, "Cells shared", visibility=SHARED)
    make.make_discussion(meeting, "Cells inside", visibility=INTERNAL)
    html = page(people.manager, "q=cells")
    badges = dict(re.findall(r'Discussion</strong>(.*?)</p>\s*<h3 class="hit__title"><a [^>]*>(.*?)</a>', html, re.S))
    found = {re.sub("<[^>]+>", "", title): re.findall(">(Internal|Shared)<", said) for said, title in badges.items()}
    assert found == {"Cells open": [], "Cells shared": ["Shared"], "Cells inside": ["Internal"]}


def test_a_snippet_of_internal_notes_says_so(people: People) -> None:
    meeting = make.make_public("Open", counterparts=[people.ours])
    make.make_discussion(meeting, "First", said="Spoken. " * 60, internal_notes="A word on vaccines.")
    make.make_discussion(meeting, "Second", said="On vaccines. " + "Spoken. " * 60, internal_notes="Nothing.")
    html = page(people.manager, "q=vaccines&sort=date")
    said = {title: "Text from internal notes" in part for part, title in _parts(html)}
    assert said == {"First": True, "Second": False}
    assert "internal notes" not in page(people.visitor, "q=vaccines")


def _parts(html: str) -> list[tuple[str, str]]:
    return [(part, titles(part)[0]) for part in html.split('<li class="hit">')[1:]]


# Filters ----------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_the_number_beside_a_choice_is_what_it_gives(people: People, talks: list[Any]) -> None:
    for user in (people.visitor, people.manager):
        for start in ("q=cells", "q=cells&year=2025", "q=cells&noun=meeting&noun=position", "q=cells&theme=cells"):
            html = page(user, start)
            choices = re.findall(
                r'name="(\w+)" value="([^"]+)"(?! checked)>\s*<span class="choice__label">.*?</span>\s*'
                r'<span class="choice__count" id="[^"]+" data-count="(\d+)"',
                html,
            )
            assert len(choices) > 5
            for name, value, count in choices:
                chosen = re.findall(rf'name="{name}" value="([^"]+)" checked', html)
                if chosen:  # it would come on top of these
                    continue
                assert counted(page(user, f"{start}&{name}={value}")).split()[0] == count, (start, name, value)


@pytest.mark.both_databases
def test_a_theme_brings_the_narrower_ones_and_an_umbrella_its_members(people: People, talks: list[Any]) -> None:
    broad, narrow = (
        page(people.manager, "q=cells&theme=advanced-therapies"),
        page(people.manager, "q=cells&theme=cells"),
    )
    # The theme itself is called so.
    assert counted(broad) == counted(narrow)
    assert titles(broad) == titles(narrow)
    umbrella = page(people.manager, "q=cells&organization=federation-of-makers")
    member = page(people.manager, "q=cells&organization=cell-makers-ltd")
    assert counted(umbrella) == counted(member) != "0 results"
    assert number(page(people.manager, "q=cells"), "organization-federation-of-makers") == counted(member).split()[0]


def test_choices_are_found_by_typing(people: People, talks: list[Any]) -> None:
    for at in range(8):
        make.make_public(f"Cells again {at}", counterparts=[make.make_organization(f"Zebra {at}"), people.ours])
    html = page(people.visitor, "q=cells")
    assert "Type to find" in html
    html = page(people.visitor, "q=cells&organization_find=zebra+7")
    assert number(html, "organization-zebra-7") == "1" and number(html, "organization-zebra-6") is None


def test_chips_take_filters_away(people: People, talks: list[Any]) -> None:
    html = page(people.visitor, "q=cells&noun=meeting&year=2025&organization=cell-makers-ltd&theme=cells")
    chips = re.findall(r'<a class="chip" href="([^"]+)">.*?</span>(.*?)\s*<span', html)
    assert [text for _url, text in chips] == [
        "Meetings", "Organization: Cell Makers Ltd", "Theme: Cells", "Year: 2025"
    ]  # fmt: skip
    for url, _text in chips:
        assert client_of(people.visitor).get(url.replace("&amp;", "&")).status_code == 200
    assert chips[0][0] == "/search/?q=cells&amp;organization=cell-makers-ltd&amp;theme=cells&amp;year=2025"


def test_nothing_left_by_the_filters_says_which_to_leave_out(people: People, talks: list[Any]) -> None:
    html = page(people.visitor, "q=cells&year=1999")
    assert "Remove a filter" in html and 'href="/search/?q=cells"' in html


# Orders and pages ---------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_orders(people: People, talks: list[Any]) -> None:
    newest, oldest = (
        page(people.visitor, "q=cells&noun=meeting&sort=date"),
        page(people.visitor, "q=cells&noun=meeting&sort=-date"),
    )
    assert titles(newest) == [f"Bilateral on cells {year}" for year in (2025, 2024, 2023)]
    assert titles(oldest) == titles(newest)[::-1]


@pytest.mark.both_databases
def test_pages_hold_every_hit_once(people: People) -> None:
    meeting = make.make_public("Open", counterparts=[people.ours])
    for at in range(60):
        make.make_discussion(meeting, f"Cells {at}")
    pages = [titles(page(people.visitor, f"q=cells&page={at}")) for at in (1, 2, 3)]
    assert [len(found) for found in pages] == [25, 25, 10]
    assert len({title for found in pages for title in found}) == 60
    assert "26 to 50 of 60" in page(people.visitor, "q=cells&page=2")
    assert titles(page(people.visitor, "q=cells&page=99")) == pages[2]


@pytest.mark.both_databases
def test_of_very_many_the_best_are_listed(people: People, monkeypatch: Any) -> None:
    monkeypatch.setattr(engine, "CANDIDATES", 10)
    monkeypatch.setitem(engine.find.__kwdefaults__, "limit", 11)
    meeting = make.make_public("Open", counterparts=[people.ours])
    for at in range(30):
        make.make_discussion(meeting, f"Cells {at}")
    html = page(people.visitor, "q=cells")
    assert counted(html) == "More than 10 results" and len(titles(html)) == 10
    assert "the best thousand" in html
    assert number(html, "noun-discussion") == ""
    narrowed = page(people.visitor, "q=cells&noun=discussion&year=2025")
    assert counted(narrowed) == "More than 10 results" and len(titles(narrowed)) == 10


# Forgiving and refusing -----------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_the_beginning_of_a_word_is_enough(people: People, talks: list[Any]) -> None:
    html = page(people.visitor, "q=bilat")
    assert "No exact match for “bilat”" in html and len(titles(html)) == 3
    assert "No exact match" not in page(people.visitor, "q=bilateral")


def test_nothing_found_says_what_to_try(people: People, talks: list[Any]) -> None:
    html = page(people.visitor, "q=cells+aardvarks")
    assert "Nothing found for “cells aardvarks”" in html
    assert '<a href="/search/?q=cells">cells</a>' in html
    assert "look through" in page(people.visitor, "q=aardvarks")


@pytest.mark.both_databases
def test_what_is_offered_with_fewer_words_finds_something(people: People, talks: list[Any]) -> None:
    make.make_public("Lonely zebra", counterparts=[people.ours])
    for asked, offered in {
        "aardvarks gnus": [],
        "cells aardvarks gnus": ["cells"],
        '"cell supply" zebra': ['"cell supply"', "zebra"],
        "cell zebra supply": ["cell supply"],
        "zebra aardvark -lonely": ["zebra"],
        "a b c d e f cells": [],
    }.items():
        html = client_of(people.visitor).get("/search/", {"q": asked}).content.decode()
        assert "Nothing found" in html
        found = [html_of.unescape(one) for one in re.findall(r'<li><a href="/search/\?q=[^"]*">(.*?)</a>', html)]
        assert sorted(found) == sorted(offered), asked


def test_every_hit_is_a_link_with_words(people: People, talks: list[Any]) -> None:
    """Also what came of a meeting as a whole, which has no heading, and a reference."""
    make.make_outcome(talks[0], "Cells for everybody.")
    reference = make.make_reference("Paper on cells")
    talks[0].discussions.get().references.add(reference)
    for query in ("q=cells", "q=cells&page=2"):
        links = re.findall(
            r'<h3 class="hit__title"><a href="([^"]*)">(.*?)</a></h3>', page(people.visitor, query), re.S
        )
        assert len(links) == len(titles(page(people.visitor, query))) > 0
        assert all(url and re.sub(r"<[^>]+>|\s", "", text) for url, text in links)


def test_each_noun_that_was_found_is_one_step_away(people: People, talks: list[Any]) -> None:
    html = page(people.visitor, "q=cells&year=2025&sort=date")
    nouns = re.findall(r'<a href="([^"]+)">([\w-]+) <span>(\d+)</span></a>', html.split('<nav class="nouns', 1)[1])
    assert ("/search/?q=cells&amp;year=2025&amp;sort=date&amp;noun=position", "Positions", "1") in nouns
    assert 'class="nouns' not in page(people.visitor, "q=cells&noun=position")


def test_before_anything_is_asked_it_says_what_one_can_ask(people: People) -> None:
    assert "Search tips" in page(people.visitor, "")


COMPLAINTS = {
    "q=a%00b": "left out",
    f"q={'word+' * 100}": "Only its first 200",
    "q=-cells+-supply": "not only what to leave out",
    "q=%22cells+supply": "quotation mark is missing",
    "q=%E2%80%A6%21": "Enter a word to search for",
    "q=cells&page=zzz": "have no page “zzz”",
    "q=cells&sort=price": "sorted by “price”",
    "q=cells&noun=cheese": "“cheese” is not a type of record",
    "q=cells&year=soon": "“soon” is not a year",
    "q=cells&organization=never-was": "“never-was” was not found",
    "q=cells&theme=never-was": "“never-was” was not found",
    "q=cells&colour=red": "has no filter “colour”",
    "q=cells&q=supply": "more than once",
}


@pytest.mark.parametrize("query", COMPLAINTS)
def test_a_bad_question_is_told(people: People, talks: list[Any], query: str) -> None:
    assert COMPLAINTS[query] in page(people.visitor, query)


@pytest.mark.parametrize("query", ["noun=cheese", "year=soon", "organization=never-was", "theme=never-was"])
def test_what_is_not_understood_never_widens_the_answer(people: People, talks: list[Any], query: str) -> None:
    html = page(people.visitor, f"q=cells&{query}")
    assert not titles(html) and 'href="/search/?q=cells"' in html


def test_blanks_are_taken_out_of_the_address(people: People) -> None:
    response = client_of(people.visitor).get("/search/?q=cells&noun=&organization_find=&sort=")
    assert (response.status_code, response["Location"]) == (302, "/search/?q=cells")
    assert client_of(people.visitor).get("/search/?q=")["Location"] == "/search/"


def test_only_reading(people: People) -> None:
    assert client_of(people.visitor).post("/search/?q=cells").status_code == 405


NAMES = ["q", "noun", "organization", "theme", "year", "sort", "page", "organization_find", "theme_find", "x", ""]


@pytest.mark.both_databases
@settings(max_examples=drawn(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ODD) | st.text(max_size=9)), max_size=5),
    rest=raw(),
)
def test_nothing_in_an_address_breaks_it(rf: Any, people: People, asked: list[tuple[str, str]], rest: str) -> None:
    parts = "&".join(f"{name}={quote(value.encode('utf-8', 'replace'))}" for name, value in asked)
    for path in ("/search/", "/search/suggestions/"):
        response = client_of(people.visitor).get(f"{path}?{parts}&{rest}")
        assert response.status_code in (200, 302), (parts, rest)


# Numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_number_leads_straight_to_its_page(people: People, talks: list[Any]) -> None:
    meeting, client = talks[-1], client_of(people.visitor)
    promise, organization = meeting.followups.get(), make.Organization.objects.get(name="Cell Makers Ltd")
    make.make_identifier(organization, "244710319190-73")
    make.make_identifier(organization, "0abcdef12", scheme="ror")
    for typed, record in {
        meeting.reference: meeting,
        f"  {meeting.reference.lower()} ": meeting,
        promise.reference: promise,
        promise.reference.replace("-", " "): promise,
        "244710319190-73": organization,
        "0ABCDEF12": organization,
    }.items():
        response = client.get("/search/", {"q": typed})
        assert (response.status_code, response.get("Location")) == (302, record.get_absolute_url()), typed
    for query in (f'"{meeting.reference}"', "cells 2025"):
        assert client.get("/search/", {"q": query}).status_code == 200
    assert client.get("/search/", {"q": meeting.reference, "sort": "date"}).status_code == 200


# Cost and form ------------------------------------------------------------------------------------------------


def test_the_cost_does_not_grow(people: People) -> None:
    """No more queries for twice as many hits of each noun."""
    clients = {who: client_of(getattr(people, who)) for who in CEILINGS}
    meeting = make.make_public("Cells", counterparts=[people.ours])

    def grow(numbers: range) -> None:
        for at in numbers:
            topic = make.make_topic(f"Cells {at}")
            talk = make.make_discussion(meeting, topic=topic, said="Cells", internal_notes="Cells")
            make.make_position(talk, people.ours, statement="Cells")
            make.make_outcome(meeting, "Cells", discussion=talk)
            make.make_document(meeting, "Cells")
            make.make_followup("Cells", discussion=talk, owner=people.ours, chaser=people.manager, visibility=PUBLIC)
            talk.references.add(make.make_reference(f"Cells {at}"))
            talk.themes.add(make.make_theme(f"Cells {at}"))

    grow(range(26))

    def costs() -> dict[str, list[int]]:
        return {
            who: [len(count_queries(lambda client=client, asked=asked: client.get(asked))) for asked in addresses]
            for who, client in clients.items()
        }

    addresses = ["/search/?q=cells", "/search/?q=cells&noun=position&noun=topic", "/search/suggestions/?q=cel"]
    few = costs()
    grow(range(26, 52))
    many = costs()
    for who, ceiling in CEILINGS.items():
        assert all(then <= before for then, before in zip(many[who], few[who], strict=True)), (who, many, few)
        assert max(few[who]) <= ceiling, who


def test_pages_are_valid_html(people: People, talks: list[Any], vnu: NuChecker) -> None:
    for query in (
        "",
        "q=cells",
        "q=cells&year=1999",
        "q=aardvarks+cells",
        "q=bilat",
        "q=%22cells&noun=x",
        "q=makers&theme=cells",
    ):
        vnu(page(people.manager, query))
    piece = client_of(people.visitor).get("/search/suggestions/?q=cel").content.decode()
    vnu(f'<!doctype html><html lang="en"><title>x</title><div role="listbox" aria-label="x">{piece}</div></html>')


def test_robots_stay_out(people: People) -> None:
    for address in ("/search/?q=cells", "/search/suggestions/?q=cells"):
        response = client_of(people.visitor).get(address)
        assert response["X-Robots-Tag"] == "noindex" and "no-store" in response["Cache-Control"]


def test_a_meeting_is_named_once_with_what_was_found_of_it(people: People) -> None:
    """Its parts stand below it, and none says the title of the one above."""
    for number in range(2):
        meeting = make.make_public(f"Meeting {number}", counterparts=[people.ours])
        talk = make.make_discussion(meeting, "On zebrafish")
        make.make_position(talk, people.ours, statement=f"Zebrafish help, {number}.")
        make.make_outcome(meeting, f"A zebrafish is bought, {number}.", discussion=talk)
    html = page(people.visitor, "q=zebrafish")
    groups = html.split('<li class="hit-group">')[1:]
    assert len(groups) == 2
    for group in groups:
        assert group.split("</ol>")[0].count(">Meeting ") == 1
        texts = [re.sub("<.*?>", "", title) for title in titles(group)]
        assert len(texts) == len(set(texts)) >= 3, texts
