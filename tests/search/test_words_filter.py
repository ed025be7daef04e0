"""The words of a list, of a change list and of a lookup are found by the index, for this reader."""

from typing import Any

import pytest
from django.test import Client

from engagement.core.search_hooks import narrowed
from engagement.followups.models import FollowUp
from meetings.models import Meeting
from tests import makers as make
from tests.people import People
from tests.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def meetings(user: Any, text: str) -> list[str]:
    rows = narrowed(Meeting.objects.visible_to(user), text, user)
    assert rows is not None
    return sorted(meeting.title for meeting in rows)


def test_a_word_of_internal_notes_finds_nothing_for_others(people: People) -> None:
    make.make_public("Board", internal_notes="Zebrafish")
    assert meetings(people.secretary, "zebrafish") == ["Board"]
    assert meetings(people.visitor, "zebrafish") == []
    assert meetings(people.visitor, "board") == ["Board"]


def test_words_forms_phrases_and_minus(people: People) -> None:
    make.make_public("Vaccine supply", summary="In the real world")
    make.make_public("Vaccines and trials")
    assert meetings(people.visitor, "vaccine") == ["Vaccine supply", "Vaccines and trials"]
    assert meetings(people.visitor, "vaccine -trial") == ["Vaccine supply"]
    assert meetings(people.visitor, '"real world"') == ["Vaccine supply"]
    assert meetings(people.visitor, "-trial") == []


def test_the_list_answers(people: People, client: Client) -> None:
    make.make_public("Board", internal_notes="Zebrafish")
    for user, is_found in ((people.manager, True), (people.representative, False)):
        client.force_login(user)
        page = client.get("/meetings/", {"q": "zebrafish"})
        assert (b"Board" in page.content) is is_found


def test_a_page_asks_once_for_its_words(people: People, client: Client) -> None:
    """However many filters are counted without one another."""
    make.make_public("Board", counterparts=[make.make_organization("Board of the Alliance")])
    for user in (people.manager, people.representative, None):
        client.logout()
        if user is not None:
            client.force_login(user)
        plain, asked = (
            len(count_queries(lambda words=words: client.get(f"/meetings/?{words}status=held")))
            for words in ("", "q=board+alliance+of+regulators&")
        )
        assert asked <= plain + 3


def test_an_organization_finds_its_meetings(people: People) -> None:
    arm = make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")
    make.make_public("First", counterparts=[arm])
    make.make_public("Second")
    assert meetings(people.visitor, "ARM") == ["First"]


def test_a_lookup_finds_by_beginnings_and_parts_of_references(people: People) -> None:
    meeting, followup = make.make_held("Annual board"), make.make_followup("Send the annual report")
    number = meeting.reference.rsplit("-", 1)[1]
    for text in (meeting.reference, number, "ann boa", "BOARD"):
        assert meeting in Meeting.objects.lookup(text), text
    assert list(FollowUp.objects.lookup("rep ann")) == [followup]
    assert not Meeting.objects.lookup("nonsense")
