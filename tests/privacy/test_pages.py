"""The pages of erasing: what is shown before, what is asked first, and that an open form brings no name back."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagement.privacy.erasing import Target, erase
from engagement.privacy.models import ErasedName, Erasure
from meetings.models import Discussion, Meeting, Participant
from tests import makers as make
from tests.core.posting import opened, problems, send, shown
from tests.people import People
from tests.privacy.everywhere import NAME

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def manager(client: Client, people: People) -> Client:
    client.force_login(people.manager)
    return client


def address(person: Any) -> str:
    return reverse("privacy:erase_person", args=[person.pk])


def test_it_is_for_whoever_may_handle_personal_data(client: Client, people: People) -> None:
    person = make.make_person(NAME)
    for where in (address(person), reverse("privacy:erase_name")):
        assert client.get(where).status_code == 302
        for who, expected in ((people.secretary, 404), (people.representative, 404), (people.manager, 200)):
            client.force_login(who)
            assert client.get(where).status_code == expected
        client.logout()
    client.force_login(people.secretary)
    page = client.get(reverse("admin:organizations_person_change", args=[person.pk])).content.decode()
    assert "Erase this person" not in page


def test_the_page_says_where_the_name_stands_and_then_it_is_erased(manager: Client) -> None:
    person = make.make_person(NAME, email="zoe@example.org")
    organization = make.make_organization(acronym="ARM")
    meeting = make.make_held("Cells", counterparts=[organization])
    party = meeting.parties.get(organization=organization)
    one = make.make_participant(party, NAME, person=person, function="Head of unit")
    talk = make.make_discussion(meeting, "Cells", said=f"As {NAME} told us.")
    kept = make.make_discussion(meeting, "Genes", said=f"{NAME} agreed.")
    text = manager.get(address(person)).content.decode()
    for words in (
        "Named at one meeting",
        "At one of them nobody else is named",
        "Head of unit, ARM",
        "As Zoë Quärtzfeld told us.",
    ):
        assert words in text
    assert f'value="meetings.discussion:{talk.pk}" checked' in text
    shown = [f"meetings.discussion:{row.pk}" for row in (talk, kept)]
    form = {"step": "erase", "stand_in": "Head of unit, ARM", "reason": "Asked.", "shown": shown, "text": shown[:1]}
    assert "Enter a reason." in manager.post(address(person), {**form, "reason": ""}).content.decode()
    unseen = manager.post(address(person), {**form, "shown": shown[:1]}).content.decode()
    assert "now appears in more texts" in unseen
    assert not Erasure.objects.exists()
    answer = manager.post(address(person), form)
    assert answer.status_code == 302
    assert "Head of unit, ARM" in str(next(iter(get_messages(answer.wsgi_request))))
    said = dict(Discussion.objects.values_list("pk", "said"))
    assert said == {talk.pk: "As Head of unit, ARM told us.", kept.pk: f"{NAME} agreed."}
    one.refresh_from_db()
    assert one.name == ""
    assert manager.get(reverse("admin:privacy_erasure_changelist")).status_code == 200
    assert "Do this first" in manager.get(address(person)).content.decode()
    change = manager.get(reverse("admin:organizations_person_change", args=[person.pk]))
    assert f"Erased person {person.pk} | View person" in change.content.decode()


def test_by_name_it_is_posted_and_one_word_is_not_enough(manager: Client) -> None:
    one = make.make_participant(make.make_held().parties.last(), NAME)
    where = reverse("privacy:erase_name")
    assert "One word alone could be anyone" in manager.post(where, {"name": "Zoë"}).content.decode()
    assert "Named at one meeting" in manager.post(where, {"name": NAME}).content.decode()
    form = {"name": NAME, "step": "erase", "stand_in": "Somebody", "reason": "Asked."}
    assert manager.post(where, form).status_code == 302
    one.refresh_from_db()
    assert one.name == ""


def test_an_account_in_use_is_told_and_there_is_no_button(manager: Client) -> None:
    make.make_user("zoe", first_name="Zoë", last_name="Quärtzfeld", email="zoe@example.org")
    person = make.make_person(NAME, email="zoe@example.org")
    text = manager.get(address(person)).content.decode()
    assert "The account “zoe” is active." in text
    assert 'value="erase"' not in text and 'value="look"' in text


def test_a_namesake_is_told(manager: Client) -> None:
    person = make.make_person(NAME)
    make.make_person(NAME)
    assert "Someone else has this name" in manager.get(address(person)).content.decode()


def test_sent_twice_it_is_erased_once(manager: Client) -> None:
    person = make.make_person(NAME)
    form = {"step": "erase", "stand_in": "Somebody", "reason": "Asked.", "_once": "once-and-no-more"}
    for _n in range(2):
        assert manager.post(address(person), form).status_code in (200, 302)
    assert Erasure.objects.count() == 1


def meeting_form(people: People) -> tuple[Meeting, Participant, str]:
    meeting = make.make_held("Cells")
    person = make.make_person(NAME)
    one = make.make_participant(meeting.parties.last(), NAME, person=person, function="Head of unit")
    make.make_discussion(meeting, "Cells", said=f"{NAME} was there.")
    return meeting, one, reverse("admin:meetings_meeting_change", args=[meeting.pk])


def test_a_form_that_was_open_does_not_bring_the_name_back(client: Client, people: People) -> None:
    """What was changed elsewhere in it is saved; the name is not."""
    meeting, one, where = meeting_form(people)
    client.force_login(people.secretary)
    form = opened(client, where)
    erase(Target(one.person), by=people.manager, reason="Asked.", stand_in="The head")
    answer = send(client, where, form, title="Cells and genes")
    assert answer.status_code == 200, "what others changed meanwhile is shown first"
    assert send(client, where, shown(answer)).status_code == 302
    one.refresh_from_db()
    meeting.refresh_from_db()
    assert (one.name, one.person) == ("", None)
    assert meeting.title == "Cells and genes"
    assert [talk.said for talk in meeting.discussions.all()] == ["The head was there."]


def test_words_with_the_name_are_refused_for_a_while(client: Client, people: People) -> None:
    _meeting, one, where = meeting_form(people)
    client.force_login(people.secretary)
    erase(Target(one.person), by=people.manager, reason="Asked.", stand_in="The head")
    form = opened(client, where)
    answer = send(client, where, form, purpose=f"To talk with {NAME.upper()}.")
    assert "contains the name of an erased person" in str(problems(answer))
    added = opened(client, reverse("admin:organizations_person_add"))
    refused = send(client, reverse("admin:organizations_person_add"), added, name=NAME)
    assert "contains the name of an erased person" in str(problems(refused))
    ErasedName.objects.update(forgotten_on=timezone.localdate() - timezone.timedelta(days=1))
    assert send(client, where, form, purpose=f"To talk with {NAME}.").status_code == 302


def test_a_text_that_was_left_can_be_saved_again(client: Client, people: People) -> None:
    meeting, one, where = meeting_form(people)
    left = frozenset(("meetings.discussion", talk.pk) for talk in meeting.discussions.all())
    erase(Target(one.person), by=people.manager, reason="Asked.", stand_in="The head", left=left)
    client.force_login(people.secretary)
    assert send(client, where, opened(client, where), title="Genes").status_code == 302
