"""Before a meeting is published: exactly what everybody will read, what stays inside, and why it was withdrawn."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from meetings.models import Meeting
from meetings.public_content import canonical, contents
from meetings.publication_preview import content_once_published, preview
from tests import makers as make
from tests.core.posting import problems
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People, client_of


def make_ready(people: People, **fields: Any) -> Meeting:
    """A held meeting with parts for each audience."""
    fields = {"visibility": PUBLIC, "purpose": "Shorter leaflets", "prepared_by": people.secretary, **fields}
    meeting = make.make_held("Leaflets", counterparts=[people.ours], internal_notes="Only for us", **fields)
    shown = make.make_discussion(meeting, "Said in public")
    kept = make.make_discussion(meeting, "Kept", visibility=SHARED)
    make.make_position(shown, people.ours, statement="Heard by all")
    make.make_position(kept, people.ours, statement="Within a kept topic")
    make.make_outcome(meeting, discussion=shown, text="Agreed inside", visibility=INTERNAL)
    for title, level in (("Promised in public", PUBLIC), ("Promised inside", INTERNAL)):
        make.make_followup(title, meeting=meeting, owner=people.ours, chaser=people.manager, visibility=level)
    meeting.refresh_from_db()
    return meeting


@pytest.mark.both_databases
def test_what_is_shown_is_what_is_published(people: People) -> None:
    """Byte for byte, but for the day; and trying it changes nothing."""
    meeting = make_ready(people)
    before = Meeting.objects.filter(pk=meeting.pk).values().get()
    tried = content_once_published(meeting)
    assert Meeting.objects.filter(pk=meeting.pk).values().get() == before
    assert contents([meeting.pk]) == {} and not meeting.published_versions.exists()
    assert Client().get(meeting.get_absolute_url()).status_code == 404
    meeting.publish(by=people.publisher)
    now = contents([meeting.pk])[meeting.pk]
    assert canonical({**tried, "public_since": ""}) == canonical({**now, "public_since": ""})
    told = {kind.many: (kind.shown, kind.kept) for kind in preview(meeting, None).kinds}
    assert told == {
        "parties": (2, 0), "discussions": (1, 1), "positions": (1, 1), "outcomes": (0, 1), "follow-ups": (1, 1),
    }  # fmt: skip


def test_the_question_says_what_everybody_will_read_and_leads_to_the_page(people: People) -> None:
    meeting = make_ready(people, publication_due_on=dt.date(2025, 5, 22))
    client, address = client_of(people.publisher), f"/admin/meetings/meeting/{meeting.pk}/verb/publish/"
    asked = client.get(address).content.decode()
    for words in (
        "Heard by all",
        "Promised in public",
        "overdue by",
        "22 May 2025",
        "Internal notes are not published",
    ):
        assert words in asked
    for words in ("Within a kept topic", "Agreed inside", "Promised inside", "Only for us", "What was corrected"):
        assert words not in asked
    done = client.post(address, {"_confirmed": "1"}, follow=True)
    assert done.request["PATH_INFO"] == meeting.get_absolute_url()
    page = done.content.decode()
    assert "Everyone can read it now: 2 parties, 1 discussion, 1 position and 1 follow-up." in page
    assert f'href="/view-as/visitor{meeting.get_absolute_url()}"' in page


def test_what_is_published_is_what_was_shown(people: People) -> None:
    """A colleague who saves between the question and the answer is not published unread."""
    meeting = make_ready(people)
    client, address = client_of(people.publisher), f"/admin/meetings/meeting/{meeting.pk}/verb/publish/"
    shown = _shown(client.get(address))
    late = make.make_outcome(meeting, "Slipped in")
    refused = client.post(address, {"_confirmed": "1", "_shown": shown})
    assert "The meeting was changed while you read it." in refused.content.decode()
    assert "Slipped in" in refused.content.decode()
    assert not Meeting.objects.get(pk=meeting.pk).is_published
    late.visibility = INTERNAL
    late.save()  # what nobody will read stops nothing
    client.post(address, {"_confirmed": "1", "_shown": shown})
    assert Meeting.objects.get(pk=meeting.pk).is_published


def _shown(page: HttpResponse) -> str:
    found = re.search(r'name="_shown" value="(\w{64})"', page.content.decode())
    assert found
    return found[1]


def test_what_is_missing_takes_the_place_of_the_button(people: People) -> None:
    meeting = make_ready(people, visibility=SHARED)
    address = f"/admin/meetings/meeting/{meeting.pk}/verb/publish/"
    asked = client_of(people.publisher).get(address).content.decode()
    assert "First set “Who can see it” to “Public”." in asked
    assert 'type="submit" class="default"' not in asked
    refused = client_of(people.publisher).post(address, {"_confirmed": "1"})
    assert refused.status_code == 200 and "There is a problem" in refused.content.decode()
    assert not Meeting.objects.get(pk=meeting.pk).is_published


def test_publishing_again_tells_why_it_was_withdrawn_and_asks_what_was_corrected(people: People) -> None:
    meeting = make_ready(people)
    meeting.publish(by=people.publisher)
    meeting.withdraw(by=people.publisher, reason="A name was in it.", notice="By mistake.")
    client, address = client_of(people.publisher), f"/admin/meetings/meeting/{meeting.pk}/verb/publish/"
    asked = client.get(address).content.decode()
    for words in ("This meeting was withdrawn on", str(people.publisher), "A name was in it.", "By mistake."):
        assert words in asked
    refused = client.post(address, {"_confirmed": "1", "note": " "})
    assert [target for target, _text in problems(refused)] == ["id_note"]
    client.post(address, {"_confirmed": "1", "note": "The name is out."})
    assert meeting.published_versions.latest("number").note == "The name is out."
    assert "The name is out." in Client().get(f"{meeting.get_absolute_url()}versions/").content.decode()


def test_the_page_of_its_publication_shows_the_same(people: People) -> None:
    meeting = make_ready(people)
    page = client_of(people.secretary).get(f"{meeting.get_absolute_url()}publication/").content.decode()
    assert "Heard by all" in page and "Within a kept topic" not in page
    assert json.loads(canonical(content_once_published(meeting)))["title"] == "Leaflets"
