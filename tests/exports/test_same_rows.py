"""The page, the files, the feed and the calendar of one question show the same records, and nobody sees more."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from engagement.core.exports import Export
from tests import makers as make
from tests.exports.reading import addresses_in, body, csv_rows, fetch, xlsx_rows
from tests.people import People, client_of
from tests.thorough import some
from tests.world import ALL_MARKS, SEEN_BY, World

AUDIENCES = [
    "visitor",
    "stranger",
    pytest.param("representative", marks=pytest.mark.both_databases),
    "secretary",
    "manager",
]
READERS = ["visitor", "stranger", "representative", "secretary", "manager"]
LISTS = {
    "meetings:list": ["", "q=insidemark", "status=held&sort=title", "size=100&page=3"],
    "followups:list": ["", "q=oursmark&sort=-title", "show=all"],
    "organizations:list": ["", "q=pubmark"],
    "topics:list": ["", "q=mark"],
    "meetings:series_list": ["", "q=mark"],
}
QUESTIONS = [(name, query) for name, queries in LISTS.items() for query in queries]


def listed(name: str, user: Any, query: str) -> set[str]:
    """The records of the page's own list, all its pages together."""
    config = Export.by_list[name].page_class()
    request = RequestFactory().get("/" + (f"?{query}" if query else ""))
    request.user = user
    config.setup(request)
    asked = config.ask()
    assert not asked.warnings, asked.warnings
    return {record.get_absolute_url() for record in asked.rows}


def read(extension: str, content: bytes, query: str) -> str:
    """All words of a file, in one piece, but for the question that it repeats."""
    text = str(xlsx_rows(content)) if extension == "xlsx" else re.sub(r"\r?\n[ \t]", "", content.decode())
    text = text.lower().replace("&amp;", "&")
    return text.replace(query.lower(), "") if query else text


def exports_at(name: str) -> list[tuple[str, str]]:
    export = Export.by_list[name]
    return [(extension, export.address(extension, "")) for extension in export.formats]


@pytest.mark.parametrize("who", AUDIENCES)
def test_every_form_has_the_rows_of_the_page_and_no_mark_of_others(world: World, people: People, who: str) -> None:
    user = getattr(people, who)
    client = client_of(user)
    met = 0
    for turn, (name, query) in enumerate(QUESTIONS, start=READERS.index(who)):
        expected = listed(name, user, query)
        met += len(expected)
        for extension, address in some(exports_at(name), turn, parts=3):
            content = fetch(client, f"{address}?{query}" if query else address)
            assert addresses_in(extension, content) == expected, f"{who}: {address}?{query}"
            leaked = [mark for mark in ALL_MARKS - SEEN_BY[who] if mark in read(extension, content, query)]
            assert not leaked, f"{who} met {leaked} at {address}?{query}"
    assert met, "nothing was listed at all, so nothing is proved"


@pytest.mark.parametrize("who", AUDIENCES)
def test_the_page_itself_links_to_these_rows(world: World, people: People, who: str) -> None:
    """What stands on the page is what stands in the files, as long as it fits on one page."""
    user = getattr(people, who)
    client = client_of(user)
    for name in LISTS:
        export = Export.by_list[name]
        page = export.page_class().path
        content = client.get(page, {"size": "100"}).content.decode()
        rows = listed(name, user, "")
        linked = {
            link
            for link in re.findall(r'href="([^"?#]+)"', content.partition("listing__found")[2])
            if re.fullmatch(re.escape(page) + r"[\w-]+/", link)
        }
        assert linked == rows, f"{who}: {page}"
        assert f"{page.rstrip('/')}.csv" in content


def test_staff_meet_every_mark(world: World, people: People) -> None:
    client = client_of(people.secretary)
    text = "".join(fetch(client, f"/{name}.csv").decode() for name in ("meetings", "organizations", "topics"))
    assert {mark for mark in ALL_MARKS if mark in text} == ALL_MARKS


def test_staff_names_stay_inside(world: World, people: People) -> None:
    for who in ("visitor", "representative"):
        heads = fetch(client_of(getattr(people, who)), "/follow-ups.csv").decode().splitlines()[0]
        assert "assignee" not in heads and "audience" not in heads
    assert "assignee" in fetch(client_of(people.manager), "/follow-ups.csv").decode().splitlines()[0]


@pytest.mark.parametrize("query", ["unheard=of", "status=nonsense", "sort=nonsense", "size=7", "status=held&x=1"])
def test_what_is_not_understood_exports_nothing(world: World, people: People, query: str) -> None:
    for extension, address in exports_at("meetings:list"):
        response = client_of(people.secretary).get(f"{address}?{query}")
        assert response.status_code == 400, extension
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert not any(mark in body(response).decode() for mark in ALL_MARKS)


def test_forms_that_are_not_there(db: None) -> None:
    visitor = client_of(AnonymousUser())
    for address in ("/meetings.pdf", "/organizations.ics", "/topics.", "/meetings.CSV"):
        assert visitor.get(address).status_code == 404, address
    assert visitor.post("/meetings.csv").status_code == 405


def test_an_empty_list_is_an_empty_file(people: People) -> None:
    for extension, address in exports_at("meetings:list"):
        assert addresses_in(extension, fetch(client_of(people.visitor), address)) == set(), extension


@pytest.mark.both_databases
def test_meetings_have_a_line_for_each_organization(people: People) -> None:
    meeting = make.make_public(counterparts=[make.make_organization("One"), make.make_organization("Two")])
    rows = csv_rows(fetch(client_of(people.visitor), "/meetings.csv"))
    assert {row["reference"] for row in rows} == {meeting.reference}
    assert {"One", "Two"} < {row["organization"] for row in rows} and len(rows) == 3


def export_of(name: str, user: Any, query: str) -> Export:
    request = RequestFactory().get(reverse(name), QUERY_STRING=query)
    request.user = user
    return Export.by_list[name](request)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", LISTS)
def test_rows_stand_in_the_order_of_the_page(world: World, people: People, name: str) -> None:
    make.make_followup("Whenever it suits", due_on=None)
    make.make_meeting("Some day", starts_on=None)
    assert len(list(export_of(name, people.manager, "").rows())) > 1
    for order in Export.by_list[name].page_class.sorts:
        for asked in (order, f"-{order}"):
            for user in (people.manager, people.visitor):
                export = export_of(name, user, f"sort={asked}")
                found = [row.pk for row in export.rows()]
                assert found == [row.pk for row in export.asked.rows], asked


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_the_first_rows_do_not_wait_for_the_last(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does anybody who writes wait for them, or whoever stops reading leave something open."""
    monkeypatch.setattr("engagement.core.exports.base.CHUNK", 1)
    make.make_followup("First")
    make.make_followup("Second")
    rows = export_of("followups:list", people.manager, "").rows()
    next(rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT is_holdable FROM pg_cursors WHERE name LIKE '_django_curs%%'")
            assert cursor.fetchall() == [(False,)]
    else:
        assert not connection.in_atomic_block
    rows.close()  # type: ignore[attr-defined]
    assert not connection.in_atomic_block
