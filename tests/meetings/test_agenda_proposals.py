"""Agenda from both sides: a representative proposes an item, staff take, merge or decline it, others learn nothing."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from meetings.models import AgendaProposal, Discussion, Meeting
from tests import makers as make
from tests.forms import Data, forms_of
from tests.makers import INTERNAL, SHARED
from tests.pages.reading import page_text, words
from tests.people import People, client_of
from tests.queries import assert_flat_queries

SOON = timezone.localdate() + dt.timedelta(days=30)
SECRET = "Fees for small firms"


@pytest.fixture
def meeting(people: People) -> Meeting:
    """Planned with the representative's organization and the stranger's, which both see it."""
    return make.make_meeting(
        "Next", host=make.make_host("Agency"), counterparts=[people.ours, people.theirs], starts_on=SOON,
        visibility=SHARED,
    )  # fmt: skip


@pytest.fixture
def proposal(meeting: Meeting, people: People) -> AgendaProposal:
    return AgendaProposal.objects.create(
        meeting=meeting, organization=people.ours, title=SECRET, note="They doubled.", by=people.representative
    )


def opened(client: Client, address: str) -> Data:
    (form,) = [one for one in forms_of(client.get(address).content.decode(), address) if "_once" in one.data]
    return form.data


def answer(people: People, proposal: AgendaProposal, **answers: str) -> Any:
    client = client_of(people.secretary)
    address = f"{proposal.meeting.get_absolute_url()}proposals/{proposal.pk}/"
    return client.post(address, {**opened(client, address), **answers})


def test_a_representative_proposes_and_reads_what_became_of_it(meeting: Meeting, people: People) -> None:
    client = client_of(people.representative)
    address = f"{meeting.get_absolute_url()}propose/"
    for page in ("/", meeting.get_absolute_url()):
        assert f'href="{address}"' in client.get(page).content.decode(), page
    form = opened(client, address)
    assert "Subject: Enter the subject of the item." in words(
        client.post(address, {**form, "note": "x"}).content.decode()
    )
    for _twice in range(2):
        sent = client.post(address, {**form, "title": SECRET, "note": "They doubled."})
        assert sent.status_code == 302 and sent.url == meeting.get_absolute_url()
    proposal = AgendaProposal.objects.get()
    assert (proposal.organization, proposal.by, proposal.state) == (people.ours, people.representative, "proposed")
    assert SECRET in page_text(meeting.get_absolute_url(), people.secretary)
    assert f"{SECRET} {meeting.title} Waiting for an answer" in page_text("/", people.representative)
    assert answer(people, proposal, verb="take").status_code == 302
    item = meeting.discussions.get()  # type: ignore[attr-defined]
    assert (item.title, item.internal_notes) == (SECRET, f"Proposed by {people.ours.short_name}: They doubled.")
    assert f"{SECRET} On the agenda" in page_text(meeting.get_absolute_url(), people.representative)


def test_merged_and_declined_with_a_word(meeting: Meeting, proposal: AgendaProposal, people: People) -> None:
    """An item that the representative does not see is not named."""
    hidden = make.make_discussion(meeting, "Hidden item", visibility=INTERNAL)
    with pytest.raises(ValidationError, match="belongs to another meeting"):
        proposal.merge(by=people.secretary, into=make.make_discussion(make.make_meeting()))
    proposal.refresh_from_db()
    refused = answer(people, proposal, verb="merge")
    assert "Choose the item to add it to." in refused.content.decode()
    assert answer(people, proposal, verb="merge", into=str(hidden.pk), answer="We meant that.").status_code == 302
    text = page_text(meeting.get_absolute_url(), people.representative)
    assert "Part of another item" in text and "Answer: We meant that." in text and "Hidden" not in text
    other = AgendaProposal.objects.create(meeting=meeting, organization=people.ours, title="Parking")
    assert "Enter why it is declined." in answer(people, other, verb="decline").content.decode()
    assert answer(people, other, verb="decline", answer="Another body decides that.").status_code == 302
    assert f"Parking {meeting.title} Declined Answer: Another body decides that." in page_text(
        "/", people.representative
    )
    assert list(meeting.discussions.all()) == [hidden]  # type: ignore[attr-defined]


def test_nobody_else_learns_of_it(meeting: Meeting, proposal: AgendaProposal, people: People) -> None:
    """The other party sees the meeting, and nothing of the proposal; nor does who represented the first one once."""
    for name, user in people:
        sees = name in ("secretary", "manager", "publisher", "representative")
        found = AgendaProposal.objects.visible_to(user).exists()
        assert found == sees, name
        for page in ("/", meeting.get_absolute_url()):
            text = client_of(user).get(page).content.decode()
            assert sees or SECRET not in text, f"{name} at {page}"
    meeting.visibility = INTERNAL
    meeting.save()
    assert SECRET not in client_of(people.representative).get("/").content.decode()


def test_who_may_propose_and_who_may_answer(meeting: Meeting, proposal: AgendaProposal, people: People) -> None:
    propose = {"representative": 200, "stranger": 200, "visitor": 302}
    to_answer = {"secretary": 200, "visitor": 302}
    outsider = make.make_user("outsider")
    make.make_representative(make.make_organization("Not at the table"), outsider)
    for name, user in [*people, ("outsider", outsider)]:
        client, base = client_of(user), meeting.get_absolute_url()
        assert client.get(f"{base}propose/").status_code == propose.get(name, 404), name
        expected = to_answer.get(name, 404)
        assert client.get(f"{base}proposals/{proposal.pk}/").status_code == expected, name
    assert client_of(people.secretary).get(f"{base}proposals/999999/").status_code == 404


def test_what_is_over_called_off_or_too_much_is_refused(meeting: Meeting, people: People) -> None:
    host = meeting.parties.get(side="host").organization
    for organization in (host, make.make_organization("Not at the table")):
        with pytest.raises(ValidationError, match="takes part"):
            AgendaProposal(meeting=meeting, organization=organization, title="x").full_clean()
    for _ in range(10):
        AgendaProposal.objects.create(meeting=meeting, organization=people.ours, title="Again")
    with pytest.raises(ValidationError, match="are waiting for an answer"):
        AgendaProposal(meeting=meeting, organization=people.ours, title="x").full_clean()
    AgendaProposal(meeting=meeting, organization=people.theirs, title="x").full_clean()
    meeting.refresh_from_db()
    meeting.cancel(by=None, reason="Storm")
    with pytest.raises(ValidationError, match="no longer accepts proposals"):
        AgendaProposal(meeting=meeting, organization=people.theirs, title="x").full_clean()
    client = client_of(people.representative)
    told = client.get(f"{meeting.get_absolute_url()}propose/", follow=True).content.decode()
    assert "This meeting no longer accepts proposals." in told


def test_the_second_answer_is_told_of_the_first(meeting: Meeting, proposal: AgendaProposal, people: People) -> None:
    client, address = client_of(people.secretary), f"{meeting.get_absolute_url()}proposals/{proposal.pk}/"
    form = opened(client, address)
    AgendaProposal.objects.get().decline(by=people.manager, answer="No.")
    said = client.post(address, {**form, "verb": "take"})
    assert "This proposal was already answered (declined). It cannot be accepted." in said.content.decode()
    assert "This proposal was already answered: Declined." in client.get(address, follow=True).content.decode()
    assert not Discussion.objects.exists()
    proposal.refresh_from_db()
    proposal.state, proposal.answer = "taken", "x"
    proposal.save()
    assert AgendaProposal.objects.get().state == "declined", "only verbs move it"


def test_it_costs_the_same_with_many(meeting: Meeting, people: People) -> None:
    client = client_of(people.representative)

    def more(number: int) -> None:
        for _ in range(number):
            AgendaProposal.objects.create(meeting=meeting, organization=people.ours, title="Again")

    for page in ("/", meeting.get_absolute_url()):
        assert_flat_queries(more, lambda page=page: client.get(page), ceiling=30, many=12)
