"""When a name is public: by seniority of the post, with consent as long as it lasts, never."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from meetings.models import Participant
from meetings.models.participants import relevel_names
from organizations.models import Post
from tests import makers
from tests.makers import PUBLIC
from tests.people import People

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


def row(**fields: Any) -> Participant:
    """Somebody at a published meeting whose name everyone could see."""
    meeting = makers.make_public()
    return makers.make_participant(meeting.parties.last(), "Ada Lovelace", visibility=PUBLIC, **fields)


def is_public(one: Participant) -> bool:
    return Participant.objects.visible_to(AnonymousUser()).filter(pk=one.pk).exists()


@pytest.mark.parametrize(
    ("rule", "rank", "expected"),
    [
        ("", "", True),
        ("never", "head", False),
        ("seniority", "head", True),
        ("seniority", "senior", True),
        ("seniority", "other", False),
        ("seniority", "", False),
        ("consent", "head", False),
    ],
)
def test_the_rule_decides_whether_the_name_is_public(rule: str, rank: str, expected: bool) -> None:
    one = row(name_rule=rule, rank=rank)
    assert is_public(one) is expected
    assert one.is_published_by_name is expected, "what is missing before publication is told by the same rule"


def test_the_body_says_from_which_seniority(settings: Any) -> None:
    settings.NAMES_PUBLIC_FROM = "head"
    assert is_public(row(name_rule="seniority", rank="head"))
    assert not is_public(row(name_rule="seniority", rank="senior"))


def test_a_name_that_may_not_be_public_is_seen_by_the_counterpart(people: People) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    one = makers.make_participant(meeting.parties.first(), visibility=PUBLIC, name_rule="never")
    assert Participant.objects.visible_to(people.representative).filter(pk=one.pk).exists()
    assert not Participant.objects.visible_to(people.stranger).filter(pk=one.pk).exists()


def test_consent_counts_from_its_day_until_it_is_withdrawn(people: People) -> None:
    person = makers.make_person("Ada Lovelace")
    one = row(person=person, name_rule="consent")
    assert not is_public(one)
    person.name_consent_on = TODAY()
    person.save()
    assert is_public(one)
    person.withdraw_consent(by=people.secretary)
    assert not is_public(one)
    person.withdraw_consent(by=people.secretary)
    assert person.history.first().history_user == people.secretary


def test_consent_that_ended_is_noticed_when_it_is_looked_for() -> None:
    until = TODAY() - DAY
    person = makers.make_person(name_consent_on=until - DAY, name_consent_ends_on=TODAY())
    one = row(person=person, name_rule="consent")
    assert is_public(one)
    type(person)._base_manager.filter(pk=person.pk).update(name_consent_ends_on=until)
    assert relevel_names() == 1
    assert not is_public(one)
    assert relevel_names() == 0


def test_consent_for_one_meeting_ends_when_the_person_withdraws_all() -> None:
    person = makers.make_person(name_consent_on=TODAY() - 3 * DAY)
    one = row(person=person, name_rule="consent", consent_on=TODAY() - 2 * DAY)
    person.name_consent_withdrawn_on = TODAY() - DAY
    person.save()
    assert not is_public(one)
    one.refresh_from_db()
    one.consent_on = TODAY()
    one.save()
    assert is_public(one), "given anew, after it was withdrawn"


@pytest.mark.parametrize(
    "fields",
    [
        {"name_consent_withdrawn_on": dt.date(2025, 1, 1)},
        {"name_consent_on": dt.date(2025, 1, 2), "name_consent_withdrawn_on": dt.date(2025, 1, 1)},
        {"name_consent_ends_on": dt.date(2025, 1, 1)},
        {"name_consent_on": dt.date(2199, 1, 1)},
    ],
)
def test_days_of_consent_are_in_order_and_over(fields: dict[str, Any]) -> None:
    person = makers.make_person()
    for name, value in fields.items():
        setattr(person, name, value)
    with pytest.raises(ValidationError):
        person.full_clean()


def test_function_and_seniority_are_those_of_the_post_on_that_day() -> None:
    person = makers.make_person("Ada Lovelace")
    meeting = makers.make_meeting()
    party = makers.make_party(meeting)
    post = {"person": person, "organization": party.organization}
    Post.objects.create(**post, function="Adviser", rank="other", ends_on=makers.LONG_AGO - DAY)
    Post.objects.create(**post, function="Head of unit", rank="senior", starts_on=makers.LONG_AGO)
    one = Participant.objects.create(party=party, person=person)
    assert (one.name, one.function, one.rank) == ("Ada Lovelace", "Head of unit", "senior")
    typed = Participant.objects.create(party=party, person=person, function="Acting head")
    assert (typed.function, typed.rank) == ("Acting head", "senior")


def test_the_page_prints_the_function_where_the_name_was_erased(client: Client) -> None:
    one = row(function="Head of unit")
    Participant._base_manager.filter(pk=one.pk).update(name="", erased_on=TODAY())
    text = client.get(one.meeting.get_absolute_url()).content.decode()
    assert "Head of unit" in text and "Ada" not in text
    one.refresh_from_db()
    assert one.printed_name == f"Head of unit, {one.party.organization.short_name}"


def test_no_name_takes_the_place_of_an_erased_one() -> None:
    one = row(function="Head of unit")
    Participant._base_manager.filter(pk=one.pk).update(name="", erased_on=TODAY())
    one.refresh_from_db()
    one.name = "Ada Lovelace"
    with pytest.raises(ValidationError, match="This name was erased"):
        one.full_clean()
