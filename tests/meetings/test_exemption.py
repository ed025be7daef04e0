"""Exemption and withdrawal: who decides, on which ground, and what is left at the address of what was public."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting
from meetings.tombstones import Tombstone
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People, client_of


def plain(content: bytes) -> bytes:
    """Without the token of its form, which is another one each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", content)


def make_due(people: People, **fields: Any) -> Meeting:
    """Held, to be published under a rule with one ground, prepared by the secretary."""
    meeting = make.make_held(visibility=PUBLIC, prepared_by=people.secretary, prepared_at=timezone.now(), **fields)
    meeting.regimes.add(make.make_regime(grounds=("Embassies",)))
    return meeting


def ground_of(meeting: Meeting) -> Any:
    return meeting.regimes.get().grounds.get()


@pytest.mark.both_databases
def test_a_ground_a_text_and_a_second_person(people: People) -> None:
    meeting = make_due(people)
    ground, other = ground_of(meeting), make.make_regime(grounds=("Elsewhere",)).grounds.get()
    for by, which, text, words in [
        (people.publisher, ground, " ", "Enter why"),
        (people.publisher, other, "Why.", "not a ground of this meeting"),
        (people.secretary, ground, "Why.", "someone else must exempt it"),
    ]:
        with pytest.raises(ValidationError, match=words):
            meeting.exempt(by=by, ground=which, text=text)
        assert not Meeting.objects.get().is_exempt
    meeting.exempt(by=people.publisher, ground=ground, text=" An embassy came. ")
    assert (meeting.exempted_by, meeting.exemption_text) == (people.publisher, "An embassy came.")
    lines = meeting.history.count()
    meeting.exempt(by=people.manager, ground=ground, text="Again.")
    assert meeting.history.count() == lines and meeting.exempted_by == people.publisher
    with pytest.raises(ValidationError, match="End the exemption first"):
        meeting.publish(by=people.publisher)
    with pytest.raises(ValidationError, match="Enter why the exemption ends"):
        meeting.end_exemption(by=people.publisher, reason="")
    meeting.end_exemption(by=people.publisher, reason="It was a company.")
    assert not Meeting.objects.get().is_exempt
    assert meeting.history.latest("history_id").history_change_reason == "It was a company."
    meeting.publish(by=people.publisher)
    with pytest.raises(ValidationError, match="Withdraw it first"):
        meeting.exempt(by=people.publisher, ground=ground, text="Why.")


def test_a_form_moves_no_exemption(people: People) -> None:
    meeting = make_due(people)
    meeting.exempt(by=people.publisher, ground=ground_of(meeting), text="An embassy came.")
    stale = Meeting.objects.get()
    stale.exempted_at = stale.exempted_by = stale.exemption_ground = None
    stale.exemption_text = ""
    stale.save()
    assert Meeting.objects.get().is_exempt


def test_what_is_exempt_is_not_overdue(people: People) -> None:
    meeting = make_due(people)
    address = "/meetings/?publication=due"
    assert meeting.title in client_of(people.publisher).get(address).content.decode()
    assert meeting.publication_delay
    meeting.exempt(by=people.publisher, ground=ground_of(meeting), text="An embassy came.")
    assert meeting.title not in client_of(people.publisher).get(address).content.decode()
    assert meeting.publication_delay is None


def test_it_is_decided_in_the_admin_and_read_in_the_staff_box(people: People) -> None:
    meeting = make_due(people)
    client, address = client_of(people.publisher), f"/admin/meetings/meeting/{meeting.pk}/verb/exempt/"
    other = make.make_regime("Other rule", grounds=("Elsewhere",)).grounds.get()
    page = client.get(address).content.decode()
    assert f"{ground_of(meeting).regime}: Embassies" in page and "Elsewhere" not in page, (
        "only grounds of its own rules"
    )
    answer = {"_confirmed": "1", "text": "An embassy came."}
    refused = client.post(address, {**answer, "ground": other.pk})
    assert "Choose a ground of this meeting" in refused.content.decode()
    empty = client.post(address, {"_confirmed": "1"}).content.decode()
    assert "Ground: Choose a ground." in empty and "Reason: Enter why the meeting is exempt." in empty
    done = client.post(address, {**answer, "ground": ground_of(meeting).pk}, follow=True)
    assert Meeting.objects.get().exempted_by == people.publisher
    assert "Meeting exempt from publication. It is no longer due." in done.content.decode()
    for user, is_there in ((people.secretary, True), (people.representative, False)):
        Meeting.objects.get().parties.filter(side="counterpart").update(organization=people.ours)
        page = client_of(user).get(meeting.get_absolute_url())
        assert page.status_code == 200 and ("An embassy came." in page.content.decode()) == is_there
    assert client_of(people.secretary).post(address, answer).status_code == 403


def test_of_several_that_are_ticked_each_ground_is_offered_and_refused_where_it_is_not_theirs(people: People) -> None:
    meetings = [make_due(people), make_due(people)]
    ground = ground_of(meetings[0])
    asked = {"action": "exempt", "_selected_action": [one.pk for one in meetings]}
    client = client_of(people.publisher)
    assert "Embassies" in client.post("/admin/meetings/meeting/", asked).content.decode()
    answer = {**asked, "_confirmed": "1", "text": "An embassy came.", "ground": ground.pk}
    assert "not a ground of this meeting" in client.post("/admin/meetings/meeting/", answer).content.decode()
    assert not Meeting.objects.exclude(exempted_at=None).exists()


def test_what_is_exempt_is_not_told_to_be_on_time(people: People) -> None:
    """It was due long ago: publishing it today would be late."""
    meeting = make_due(people, publication_due_on=dt.date(2025, 5, 22))
    Meeting.objects.filter(pk=meeting.pk).update(publication_due_on=dt.date(2025, 5, 22))
    meeting.refresh_from_db()
    meeting.exempt(by=people.publisher, ground=ground_of(meeting), text="An embassy came.")
    address = f"/admin/meetings/meeting/{meeting.pk}/verb/"
    page = client_of(people.publisher).get(f"{address}publish/").content.decode()
    assert "To be public by 22 May 2025 if the exemption ends." in page and "on time" not in page
    done = client_of(people.publisher).post(
        f"{address}end_exemption/", {"_confirmed": "1", "reason": "It was a company."}, follow=True
    )
    assert "Exemption ended. The meeting is to be published." in done.content.decode()


@pytest.mark.both_databases
def test_what_was_public_and_is_withdrawn_leaves_a_tombstone(people: People) -> None:
    meeting = make.make_public("Talks with a secret name", visibility=PUBLIC)
    address = meeting.get_absolute_url()
    meeting.withdraw(by=people.publisher, reason="A name was in it.", notice="It was published by mistake.")
    meeting.starts_on, meeting.title = dt.date(2024, 1, 1), "A title of afterwards"
    meeting.save()
    for client in (Client(), client_of(people.stranger)):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 410
        for words in (meeting.reference, "8 May 2025", "It was published by mistake.", "This meeting was withdrawn"):
            assert words in page
        for words in ("secret name", "A name was in it.", "2024", "afterwards", str(people.publisher)):
            assert words not in page.replace(address, "")
        assert client.get(meeting.get_absolute_url()).status_code == 404, "nobody read it under its new title"
    assert client_of(people.secretary).get(address, follow=True).status_code == 200
    meeting.publish(by=None)
    assert Client().get(address, follow=True).status_code == 200
    assert Meeting.objects.get().withdrawal_notice == ""
    meeting.withdraw(by=people.publisher, reason="Again.")
    assert "No reason was given to the public." in Client().get(meeting.get_absolute_url()).content.decode()


@pytest.mark.both_databases
def test_what_never_was_public_is_as_any_wrong_address(people: People) -> None:
    """Byte for byte, whoever asks and whatever was done to it."""
    hidden = [
        make.make_held("Internal one", visibility=INTERNAL),
        make.make_held("Shared one", visibility=SHARED),
        make.make_held("Meant for the public", visibility=PUBLIC),
        make_due(people, title="Exempt one"),
        make.make_public("Narrowed one"),
    ]
    hidden[3].exempt(by=people.publisher, ground=ground_of(hidden[3]), text="An embassy came.")
    hidden[4].visibility = INTERNAL
    hidden[4].save()
    for client in (Client(), client_of(people.stranger)):
        wrong = client.get("/meetings/no-such-meeting/")
        for meeting in hidden:
            answer = client.get(meeting.get_absolute_url())
            assert answer.status_code == wrong.status_code == 404
            assert plain(answer.content.replace(meeting.slug.encode(), b"no-such-meeting")) == plain(wrong.content)
            assert {**answer.headers, "Content-Length": ""} == {**wrong.headers, "Content-Length": ""}


def test_a_paper_of_a_withdrawn_meeting_is_gone_without_a_word(people: People) -> None:
    meeting = make.make_public()
    meeting.withdraw(by=people.publisher, reason="A name was in it.")
    assert Client().get(f"{meeting.get_absolute_url()}documents/1/").status_code == 404
    assert Tombstone.at("no-such-meeting") is None and Tombstone.at(meeting.slug) is not None


def test_the_public_reason_is_asked_for_and_may_be_left_out(people: People) -> None:
    for notice in ("", "By mistake."):
        meeting = make.make_public()
        address = f"/admin/meetings/meeting/{meeting.pk}/verb/withdraw/"
        client_of(people.publisher).post(address, {"_confirmed": "1", "reason": "Names.", "notice": notice})
        meeting.refresh_from_db()
        assert (meeting.withdrawal_reason, meeting.withdrawal_notice) == ("Names.", notice)
