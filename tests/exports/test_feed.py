"""Feeds: identities that stay, corrections that come back."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree

import time_machine
from django.test import Client

from tests import makers as make
from tests.exports.reading import ATOM, entries, fetch
from tests.makers import INTERNAL
from tests.people import People, client_of


def of(entry: Any, name: str) -> str:
    return entry.find(f"{ATOM}{name}").text


def test_a_feed_has_what_atom_asks_for(people: People) -> None:
    make.make_public("Über & <alles> \x07")
    root = ElementTree.fromstring(fetch(Client(), "/meetings.atom?q=alles"))
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Test Body"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/meetings.atom?q=alles"
    assert links["alternate"] == "http://testserver/meetings/?q=alles"
    [entry] = root.findall(f"{ATOM}entry")
    assert of(entry, "title") == "Über & <alles> "
    assert of(entry, "id").startswith("tag:") and of(entry, "updated")
    assert of(root, "updated") == of(entry, "updated")


def test_a_feed_without_entries_was_never_updated(people: People) -> None:
    """Said anew each time, it would look like news to whoever follows it."""
    with time_machine.travel("2025-06-01 12:00Z", tick=False) as clock:
        first = fetch(Client(), "/meetings.atom?q=nothing-is-called-so")
        clock.shift(3600)
        assert fetch(Client(), "/meetings.atom?q=nothing-is-called-so") == first
    assert of(ElementTree.fromstring(first), "updated") == "2000-01-01T00:00:00+00:00"


def test_each_filter_is_a_feed_of_its_own(people: People) -> None:
    ids = {
        of(ElementTree.fromstring(fetch(Client(), f"/meetings.atom{query}")), "id") for query in ("", "?q=a", "?q=b")
    }
    assert len(ids) == 3


def test_a_corrected_record_comes_back_under_its_name(people: People) -> None:
    meeting = make.make_public("Befor")
    [first] = entries(fetch(Client(), "/meetings.atom"))
    meeting.refresh_from_db()
    meeting.title = "Before"
    meeting.save()
    [then] = entries(fetch(Client(), "/meetings.atom"))
    assert of(then, "id") == of(first, "id")
    assert of(then, "updated") >= of(first, "updated")
    assert of(then, "title") == "Before"


def test_a_corrected_part_is_a_correction_of_the_whole_for_those_who_may_know(people: People) -> None:
    with time_machine.travel(dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC), tick=False):
        meeting = make.make_public()
        discussion = make.make_discussion(meeting, "Agenda")
        inside = make.make_position(discussion, visibility=INTERNAL, statement="inside")
    with time_machine.travel(dt.datetime(2025, 6, 2, 12, tzinfo=dt.UTC), tick=False):
        discussion.refresh_from_db()
        discussion.said = "More was said"
        discussion.save()
    with time_machine.travel(dt.datetime(2025, 6, 3, 12, tzinfo=dt.UTC), tick=False):
        inside.refresh_from_db()
        inside.statement = "something else"
        inside.save()
    [seen] = entries(fetch(Client(), "/meetings.atom"))
    [known] = entries(fetch(client_of(people.secretary), "/meetings.atom"))
    assert of(seen, "updated").startswith("2025-06-02")
    assert of(known, "updated").startswith("2025-06-03")


def test_the_list_leads_to_its_feed(people: People) -> None:
    for name in ("meetings", "series", "organizations", "topics", "follow-ups"):
        page = Client().get(f"/{name}/?q=a").content.decode()
        assert f'href="/{name}.atom?q=a"' in page and 'rel="alternate" type="application/atom+xml"' in page
