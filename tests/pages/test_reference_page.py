"""The page of a reference: who spoke of this law, when, and on which side; for this reader."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from engagement.samples.loading import load
from engagement.topics.models import Reference
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers as make
from tests.makers import INTERNAL
from tests.pages.reading import page_text
from tests.people import People

pytestmark = pytest.mark.django_db


def talk_on(reference: Reference, title: str, year: int = 2025, **fields: Any) -> Any:
    meeting = make.make_public(f"Meeting {title}", starts_on=dt.date(year, 5, 8), **fields)
    talk = make.make_discussion(meeting, title)
    talk.references.add(reference)
    return talk


def rows(html: str) -> list[str]:
    table = html.split("<tbody>")[1].split("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in table.split("</tr>") if row.strip()]


def test_it_tells_who_spoke_of_it_when_and_on_which_side(people: People) -> None:
    law = make.make_reference("Regulation on wildebeests", identifier="32025R0001", kind="legislation")
    host, herd = make.make_host("The Agency"), make.make_organization("Herd")
    for year, stances in ((2024, ("opposes",)), (2025, ("requests", "supports"))):
        talk = talk_on(law, f"Item {year}", year, host=host, counterparts=[herd])
        for stance in stances:
            make.make_position(talk, herd, stance=stance, statement="On wildebeests.")
    make.make_position(talk, host, stance="informs", statement="It is in force.")
    make.make_position(talk, stance="supports", statement="Both are for wildebeests.")
    html = Client().get(law.get_absolute_url()).content.decode()
    assert rows(html) == [
        "Herd Counterpart opposes, requests, supports 2 8 May 2025",
        "The Agency Host informs 1 8 May 2025",
        "Both sides Both sides supports 1 8 May 2025",
    ]
    text = page_text(law.get_absolute_url())
    assert "Referred to in 2 discussions" in text and "32025R0001" in text
    assert text.index("Meeting Item 2025") < text.index("Meeting Item 2024")


def test_what_is_hidden_is_neither_told_nor_counted(people: People) -> None:
    law, unknown = make.make_reference("Open law"), make.make_reference("Unknown law")
    seen = talk_on(law, "Seen")
    hidden = make.make_discussion(make.make_held("Closed meeting"), "Closed")
    hidden.references.add(law, unknown)
    make.make_position(hidden, hidden.meeting.parties.first().organization, statement="Closed")
    make.make_position(seen, seen.meeting.parties.first().organization, statement="Closed", visibility=INTERNAL)
    text = page_text(law.get_absolute_url())
    assert "Referred to in 1 discussion." in text and "Closed" not in text and "Who took a position" not in text
    assert "Referred to in 2 discussions" in page_text(law.get_absolute_url(), people.manager)
    for user, status in ((None, 404), (people.stranger, 404), (people.secretary, 200)):
        client = Client()
        if user:
            client.force_login(user)
        assert client.get(unknown.get_absolute_url()).status_code == status


def test_a_former_address_leads_on(people: People) -> None:
    law = make.make_reference("Old law")
    talk_on(law, "Item")
    before = law.get_absolute_url()
    law.title = "New law"
    law.save()
    assert Client().get(before)["Location"] == law.get_absolute_url() != before


def test_pages_of_meetings_and_topics_lead_to_it(people: People) -> None:
    law, topic = make.make_reference("Law on wildebeests", url="https://example.org/law"), make.make_topic("Herds")
    talk = talk_on(law, "Item")
    talk.topic = topic
    talk.save()
    link = f'<a href="{law.get_absolute_url()}">Law on wildebeests</a>'
    for record in (talk.meeting, topic):
        assert link in Client().get(record.get_absolute_url()).content.decode(), record
    assert 'href="https://example.org/law"' in Client().get(law.get_absolute_url()).content.decode()


# Who is spoken of ------------------------------------------------------------------------------------------------


def test_an_organization_leads_to_where_it_was_mentioned(people: People) -> None:
    known, herd = make.make_host("The Agency"), make.make_organization("Herd")
    seen = make.make_discussion(make.make_public("Open meeting", host=known), "On herds")
    hidden = make.make_discussion(make.make_held("Closed meeting"), "Closed talk")
    own = make.make_discussion(make.make_public("Own meeting", counterparts=[herd]), "Own talk")
    for talk in (seen, hidden, own):
        talk.mentions.add(herd)
    for user, is_seen in ((None, False), (people.stranger, False), (people.manager, True)):
        client = Client()
        if user:
            client.force_login(user)
        html = client.get(herd.get_absolute_url()).content.decode()
        mentions = html.split('id="mentions"')[1].split("</section>")[0]
        assert f'href="{seen.meeting.get_absolute_url()}#discussion-{seen.pk}"' in mentions
        assert ("Closed" in mentions) is is_seen and "Own talk" not in mentions
    assert 'id="mentions"' not in Client().get(known.get_absolute_url()).content.decode()


def test_a_kept_page_learns_of_a_mention_and_of_its_end(people: People) -> None:
    herd = make.make_organization("Herd")
    make.make_public("Own meeting", counterparts=[herd])
    talk = make.make_discussion(make.make_held("About herds", visibility=make.PUBLIC), "On herds")
    page = herd.get_absolute_url()
    assert "On herds" not in page_text(page)
    talk.mentions.add(herd)
    assert "On herds" not in page_text(page)  # the meeting is not public
    talk.meeting.publish(by=None)
    assert "On herds" in page_text(page)
    talk.mentions.clear()
    assert "On herds" not in page_text(page)
    talk.mentions.add(herd)
    assert "On herds" in page_text(page)


def test_the_founding_example_is_found_by_what_it_refers_to(people: People) -> None:
    meeting: Meeting = load(by=people.secretary, publisher=people.publisher)
    address = meeting.get_absolute_url()
    client = Client()
    for text in (
        "second bilateral", "8 May 2025", "mutual recognition", "unified regulatory environment", "expert groups",
        "FDA", "2nd bilateral", "2025-05-08", "May 2025",
    ):  # fmt: skip
        assert f'href="{address}' in client.get("/search/", {"q": text}).content.decode(), text
    fda = Organization.objects.get(acronym="FDA")
    assert f'href="{address}#discussion-' in client.get(fda.get_absolute_url()).content.decode()
    for text in ("second bilateral", "8 May 2025", "May 2025"):
        assert address in client.get("/meetings/", {"q": text}).content.decode(), text
