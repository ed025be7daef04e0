"""A filter follows its record to a new address, after a rename or a merge; for whoever may know the record."""

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from engagement.accounts.models import CalendarLink, SavedView
from organizations.merging.actions import merge_organizations
from tests import makers as make
from tests.exports.reading import body
from tests.makers import PUBLIC
from tests.people import People, client_of

FORMER = {
    "/meetings": ["organization", "theme", "topic", "series"],
    "/organizations": ["organization", "theme", "topic", "series"],
    "/topics": ["organization", "theme", "series"],
    "/series": ["organization", "host", "theme", "topic"],
    "/follow-ups": ["organization", "theme", "topic", "series", "meeting", "waiting_on"],
    "/search": ["organization", "theme"],
}
KNOWN_TO_ALL = {"theme", "host"}
FILES = {"/meetings": ("csv", "json", "atom", "ics"), "/follow-ups": ("csv", "atom", "ics"), "/series": ("csv",)}


def make_renamed(people: People, level: int = PUBLIC, name: str = "old") -> None:
    """A meeting of each kind of record, all of them renamed since: from “old-topic” to “new-topic”."""
    host = make.make_host(f"{name} host")
    ours = make.make_organization(f"{name} organization")
    series = make.make_series(f"{name} series", host=host)
    series.counterparts.add(ours)
    topic, theme = make.make_topic(f"{name} topic"), make.make_theme(f"{name} theme")
    topic.themes.add(theme)
    meeting = make.make_held(f"{name} meeting", host=host, counterparts=[ours], series=series, visibility=level)
    talk = make.make_discussion(meeting, topic=topic)
    talk.themes.add(theme)
    if level == PUBLIC:
        meeting.publish(by=None)
    promise = make.make_followup(
        f"{name} promise", discussion=talk, owner=ours, chaser=people.manager, visibility=level, due_on=make.LONG_AGO
    )
    promise.wait(by=people.manager, on=ours, reason="A letter.")
    for record in (host, ours):
        record.name = record.name.replace("old", "new")
        record.save()
    for record in (series, topic, meeting):
        record.title = record.title.replace("old", "new")
        record.save()
    theme.name = theme.name.replace("old", "new")
    theme.save()


def former(name: str, label: str = "old") -> str:
    return f"{label}-{'organization' if name == 'waiting_on' else name}"


@pytest.fixture
def renamed(people: People) -> People:
    make_renamed(people)
    return people


def test_a_list_asked_by_a_former_address_answers_by_the_new_name(renamed: People) -> None:
    client, wrong = Client(), []
    for path, names in FORMER.items():
        for name in names:
            words = "&q=new" if path == "/search" else ""
            asked = client.get(f"{path}/?{name}={former(name)}{words}").content.decode()
            direct = client.get(f"{path}/?{name}={former(name, 'new')}{words}").content.decode()
            now = f": {former(name, 'new').replace('-', ' ')} <span"
            if "Part of the address is not valid." in asked or now not in asked:
                wrong.append(f"{path} by {name} says nothing of {now}")
            if listed(asked) != listed(direct) or not listed(direct):
                wrong.append(f"{path} by {name}: {listed(asked)} and not {listed(direct)}")
            value = f"BM-{make.LONG_AGO.year}-001" if name == "meeting" else former(name, "new")
            if f'value="{value}" checked' not in asked:
                wrong.append(f"{path} by {name} is not ticked")
    assert wrong == []


def listed(html: str) -> list[str]:
    """The addresses of the rows, in their order."""
    found = html.partition('id="list-heading"')[2] or html.partition('class="hits')[2]
    parts = found.split('href="/')[1:]
    kinds = ("meetings/", "organizations/", "topics/", "series/", "follow-ups/")
    return [part.split('"')[0] for part in parts if part.startswith(kinds) and "?" not in part.split('"')[0]]


def test_files_feeds_and_calendars_go_on(renamed: People) -> None:
    client = Client()
    _link, token = CalendarLink.objects.make(renamed.manager, "Phone")
    for path, extensions in FILES.items():
        for extension in extensions:
            answer = client.get(f"{path}.{extension}?organization=old-organization")
            assert answer.status_code == 200, f"{path}.{extension}"
            assert b"new" in body(answer).lower()
    for name in ("meetings", "follow-ups"):
        answer = client.get(f"/calendar/{token}/{name}.ics?organization=old-organization&theme=old-theme")
        assert answer.status_code == 200 and b"BEGIN:VEVENT" in body(answer)


def test_saved_views_go_on(renamed: People) -> None:
    client = client_of(renamed.manager)
    query = "organization=old-organization&topic=old-topic"
    view = SavedView.objects.create(owner=renamed.manager, list_name="followups:list", name="Theirs", query=query)
    page = client.get(f"/follow-ups/?{view.query}").content.decode()
    assert 'aria-current="true">Theirs' in page and "new promise" not in page and "old promise" in page
    assert "new topic" in page


def test_whoever_may_not_know_gets_the_answer_of_an_address_that_never_was(people: People) -> None:
    """The same words, in lists, files and the search."""
    make_renamed(people, make.INTERNAL)
    client = Client()
    for path, names in FORMER.items():
        for name in names:
            if name in KNOWN_TO_ALL:
                continue
            hidden, never = former(name), former(name, "odd")
            for end in ("/", ".csv"):
                if path == "/search" and end != "/":
                    continue
                words = "&q=meeting" if path == "/search" else ""
                answers = [client.get(f"{path}{end}?{name}={slug}{words}") for slug in (hidden, never)]
                texts = [body(answer).decode().replace(slug, "") for answer, slug in
                         zip(answers, (hidden, never), strict=True)]  # fmt: skip
                assert texts[0] == texts[1], f"{path}{end} by {name}"
                assert answers[0].status_code == answers[1].status_code == (200 if end == "/" else 400)


def test_an_organization_that_was_merged_is_found_where_it_went(people: People) -> None:
    """Also when that one is renamed and merged once more; and taken back, it stands for itself again."""
    first, second, third = (make.make_organization(name) for name in ("First", "Second", "Third"))
    make.make_public("Together", counterparts=[first])
    merge_organizations(second, [first], by=people.secretary)
    merge_organizations(third, [second], by=people.secretary)
    third.name = "Fourth"
    third.save()
    for slug in ("first", "second", "third", "fourth"):
        page = Client().get(f"/meetings/?organization={slug}").content.decode()
        assert re.search(r">1 meeting\s*<", page) and "Organization: Fourth" in page, slug


def test_papers_of_a_renamed_meeting(people: People, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    meeting = make.make_public("Before")
    paper = make.make_document(meeting, url="", file=ContentFile(b"%PDF-1.4", name="agenda.pdf"), visibility=PUBLIC)
    meeting.title = "After"
    meeting.save()
    answer = Client().get(f"/meetings/before/documents/{paper.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/meetings/after/documents/{paper.pk}/")
    assert Client().get(f"/meetings/never/documents/{paper.pk}/").status_code == 404


PAGES = [
    *["/meetings/old-meeting/", "/meetings/old-meeting/brief/", "/meetings/old-meeting/publication/"],
    *[f"/meetings/old-meeting/versions/{page}" for page in ("", "1/", "1.json", "compare/")],
    *["/series/old-series/", "/series/old-series/book/", "/series/old-series/plan/", "/themes/old-theme/"],
    *[f"/{kind}/activity/" for kind in ("organizations/old-organization", "topics/old-topic", "series/old-series")],
    *[
        f"/{kind}/{page}"
        for kind in ("organizations/old-organization", "topics/old-topic")
        for page in ("", "positions/")
    ],
    "/view-as/organizations/old-organization/meetings/",
]


def test_a_page_that_moved_is_asked_the_same_there(renamed: People) -> None:
    client = client_of(renamed.secretary)
    for page in PAGES:
        answer = client.get(f"{page}?organization=old-organization&page=2")
        assert answer.status_code == 301, page
        address = page.replace("old-", "new-")
        assert answer["Location"] == f"{address}?organization=old-organization&page=2"
        assert client.get(page)["Location"] == address


def test_ledgers_read_former_addresses(renamed: People) -> None:
    """In pages and files; of what the reader may not know they say what they say of an address that never was."""
    host = make.Organization.objects.get(slug="new-host")
    make.make_position(make.Discussion.objects.get(), host, statement="A word of the host.")
    for page, question, label in (
        ("/topics/new-topic/positions", "organization=old-host", "Organization: new host"),
        ("/organizations/new-host/positions", "topic=old-topic&theme=old-theme", "Topic: new topic; Theme: new theme"),
    ):
        text = Client().get(f"{page}/?{question}").text
        assert "A word of the host." in text and label in text and "there is no choice" not in text
        assert b"A word of the host." in body(Client().get(f"{page}.csv?{question}"))
    make_renamed(renamed, make.INTERNAL, "old hidden")
    for slug in ("old-hidden-topic", "odd"):
        answer = Client().get(f"/organizations/new-host/positions/?topic={slug}").text.replace(slug, "")
        assert "there is no choice “”" in answer and "new hidden" not in answer
