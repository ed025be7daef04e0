"""What was public and was withdrawn is told where it was read: in the feed, in the open data, in a list."""

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting
from tests import makers as make
from tests.exports.reading import fetch
from tests.pages.reading import page_text
from tests.people import People, client_of

DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@pytest.fixture
def withdrawn(people: People) -> Meeting:
    """One that was public and was withdrawn, beside others that the public never read, or reads again."""
    gone = make.make_public("A title that was wrong", counterparts=[people.ours])
    gone.withdraw(by=people.publisher, reason="Inside reason", notice="It named somebody.")
    silent = make.make_public("Without a notice")
    silent.withdraw(by=people.publisher, reason="Inside reason")
    back = make.make_public("Published again")
    back.withdraw(by=people.publisher, reason="Inside reason")
    back.refresh_from_db()
    back.publish(by=None)
    make.make_held("Never published", visibility=20)
    narrowed = make.make_public("Narrowed")
    narrowed.visibility = make.SHARED
    narrowed.save()
    return gone


def deleted(user: Any) -> dict[str, str]:
    feed = ElementTree.fromstring(fetch(client_of(user), "/meetings.atom"))
    return {one.attrib["ref"].rpartition("/")[2]: one[0].text or "" for one in feed.iter(DELETED)}


def test_the_feed_tells_its_readers_to_drop_it(withdrawn: Meeting, people: People) -> None:
    told = deleted(people.visitor)
    assert told[withdrawn.reference] == "It named somebody."
    assert sorted(told.values()) == ["It named somebody.", "No reason was given to the public."]
    feed = fetch(client_of(people.visitor), "/meetings.atom").decode()
    assert withdrawn.title not in feed and "Inside reason" not in feed


def test_whoever_still_reads_it_is_not_told_that_it_is_gone(withdrawn: Meeting, people: People) -> None:
    withdrawn.refresh_from_db()
    withdrawn.visibility = make.SHARED
    withdrawn.save()
    assert withdrawn.reference not in deleted(people.representative), "it is shared with them"
    assert withdrawn.reference in deleted(people.stranger)
    assert deleted(people.manager) == {}


def test_open_data_has_it_without_its_title(withdrawn: Meeting, people: People) -> None:
    text = fetch(client_of(people.visitor), "/meetings.json").decode()
    told = {one["reference"]: one["reason"] for one in json.loads(text)["withdrawn"]}
    assert told[withdrawn.reference] == "It named somebody." and len(told) == 2
    assert withdrawn.title not in text


def test_the_list_of_them(withdrawn: Meeting, people: People) -> None:
    for user in (people.visitor, people.representative, people.manager):
        text = page_text("/withdrawn/", user)
        assert withdrawn.reference in text and "It named somebody." in text and withdrawn.title not in text
        assert text.count("BM-") == 2, "what is public again, or was only narrowed, does not stand there"


def test_with_nothing_withdrawn_it_says_so(people: People) -> None:
    assert "No meeting was withdrawn." in page_text("/withdrawn/")
    assert deleted(people.visitor) == {}


def test_published_again_it_is_back_everywhere_with_a_sentence(people: People) -> None:
    """The words that were public before the withdrawal are taken back for good; the deadline is missed by both."""
    due = dt.date(2025, 5, 22)
    held = make.make_held("Back again", visibility=make.PUBLIC, starts_on=dt.date(2025, 5, 8), publication_due_on=due)
    held.publish(by=people.publisher)
    meeting, address, visitor = Meeting.objects.get(pk=held.pk), held.get_absolute_url(), Client()
    meeting.withdraw(by=people.publisher, reason="Inside reason", notice="It is being checked.")
    assert visitor.get(address).status_code == 410 and meeting.reference in deleted(people.visitor)
    Meeting.objects.get(pk=meeting.pk).publish(by=people.publisher, note="It was checked.")
    page = page_text(address)
    assert "Version 2, published again on" in page and "It was checked." in page and "Inside reason" not in page
    assert deleted(people.visitor) == {} and "No meeting was withdrawn." in page_text("/withdrawn/")
    data = json.loads(fetch(visitor, "/meetings.json"))
    assert [row["reference"] for row in data["rows"]] == [meeting.reference] and "withdrawn" not in data
    assert "Version 2" in (versions := page_text(f"/meetings/{meeting.slug}/versions/")) and "Version 1" not in versions
    assert visitor.get(f"{address}versions/1/").status_code == 404
    days = (timezone.localdate() - due).days
    assert f"published late, by {days:,} days" in page_text(f"{address}publication/", people.publisher)
