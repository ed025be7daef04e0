"""Who was at the table: register numbers of that day, and names that outlive the people."""

import datetime as dt

import pytest
from django.test import Client

from meetings.models import Meeting, Participant
from organizations.models import Identifier
from tests import makers
from tests.core.posting import opened, problems, send
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People

OLD, NEW = "12345-67", "38526121292-88"


@pytest.fixture
def registered(db: None) -> Identifier:
    organization = makers.make_organization()
    makers.make_identifier(organization, OLD, valid_to=dt.date(2024, 12, 31), status="removed")
    return makers.make_identifier(organization, NEW, valid_from=dt.date(2025, 1, 1), status="active")


@pytest.mark.parametrize(
    ("day", "number", "status"),
    [
        (dt.date(2024, 12, 31), OLD, "removed"),
        (dt.date(2025, 1, 1), NEW, "active"),
        (dt.date(2025, 5, 8), NEW, "active"),
    ],
)
def test_the_register_number_is_that_of_the_day(registered: Identifier, day: dt.date, number: str, status: str) -> None:
    party = makers.make_party(makers.make_meeting(starts_on=day), registered.organization)
    assert (party.register_number, party.register_status) == (number, status)


def test_the_number_stays_when_the_register_changes(registered: Identifier) -> None:
    party = makers.make_party(makers.make_meeting(), registered.organization)
    registered.status = "suspended"
    registered.value = "99999-99"
    registered.save()
    party.save()
    assert (party.register_number, party.register_status) == (NEW, "active")


def test_a_number_written_by_hand_stays(registered: Identifier) -> None:
    party = makers.make_party(makers.make_meeting(), registered.organization, register_number="55555-55")
    assert party.register_number == "55555-55"


def test_numbers_of_other_registers_are_not_taken(db: None) -> None:
    organization = makers.make_organization()
    makers.make_identifier(organization, "Q1", scheme="wikidata")
    assert makers.make_party(makers.make_meeting(), organization).register_number == ""


def test_the_printed_name_outlives_the_person(db: None) -> None:
    person = makers.make_person("Ada Lovelace")
    party = makers.make_party(makers.make_meeting())
    participant = makers.make_participant(party, name="", person=person)
    assert participant.name == "Ada Lovelace"
    person.delete()
    participant.refresh_from_db()
    assert (participant.person, participant.name) == (None, "Ada Lovelace")
    participant.save()


@pytest.mark.parametrize("rule", [INTERNAL, SHARED, PUBLIC])
def test_names_follow_the_rule_of_each_participant(people: People, rule: int) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    party = meeting.parties.first()
    makers.make_participant(party, visibility=rule)
    sees = {name: Participant.objects.visible_to(user).count() for name, user in people}
    staff = {"secretary": 1, "manager": 1, "publisher": 1}
    outside = {"representative": int(rule >= SHARED), "stranger": int(rule == PUBLIC), "visitor": int(rule == PUBLIC)}
    assert sees == staff | outside


def test_names_are_kept_inside_unless_somebody_says_otherwise(people: People) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    makers.make_participant(meeting.parties.first())
    assert not Participant.objects.visible_to(people.visitor).exists()
    assert not Participant.objects.visible_to(people.representative).exists()


def test_a_party_without_a_number_does_not_get_one_years_later(db: None) -> None:
    party = makers.make_party(makers.make_meeting(), makers.make_organization("Not yet registered"))
    makers.make_identifier(party.organization, "12345678-90")
    party.headcount = 3
    party.save()
    assert party.register_number == ""


def test_nobody_meets_themselves(people: People, client: Client) -> None:
    """A body on both sides of the table, or host and counterpart of a series, is refused in a sentence."""
    client.force_login(people.secretary)
    ema = makers.make_host("European Medicines Agency")
    add = "/admin/meetings/meeting/add/"
    data = {**opened(client, add), "title": ["Talk"], "starts_on": ["2025-05-08"], "progress": ["proposed"]}
    sides = {"parties__0__side": "host", "parties__1__side": "counterpart"}
    rows = {"parties__0__organization": ema.name, "parties__1__organization": ema.name}
    response = send(client, add, data, **sides, **rows)
    assert response.status_code == 200
    assert "already a party to the meeting" in response.text
    assert not Meeting.objects.exists()
    series = makers.make_series(host=ema)
    page = f"/admin/meetings/series/{series.pk}/change/"
    response = send(client, page, opened(client, page), counterparts=[str(ema.pk)])
    assert problems(response) == [("id_counterparts", "Counterparts: The host cannot also be a counterpart.")]
    assert not series.counterparts.exists()
