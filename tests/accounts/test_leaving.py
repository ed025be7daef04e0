"""Somebody leaves: what is in their hands is handed over or left on purpose, never silently; lists say who left."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from engagement.accounts.models import User
from engagement.followups.models import FollowUp
from engagement.followups.reassignment import Duties
from tests import makers as make
from tests.forms import FormReader
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, people: People) -> User:
    chief = User.objects.create_superuser("chief", "chief@example.org", "secret")
    client.force_login(chief)
    return chief


@pytest.fixture
def promises(people: People) -> tuple[FollowUp, FollowUp, FollowUp]:
    """One that the secretary does, one that she chases for somebody else to do, and one that she did."""
    partner = make.make_organization("Partner")
    done = make.make_followup("Done by her", assignee=people.secretary)
    done.complete(by=people.secretary)
    chased = make.make_followup("Chased by her", owner=partner, chaser=people.secretary, assignee=people.publisher)
    return make.make_followup("Done soon by her", assignee=people.secretary), chased, done


def form_of(person: User) -> str:
    return reverse("admin:accounts_user_change", args=[person.pk])


def lose(person: User, **marks: Any) -> None:
    """Past every form."""
    for name, value in marks.items():
        person.groups.set(value) if name == "groups" else setattr(person, name, value)
    person.save()


def send(client: Client, person: User, *without: str, **given: Any) -> Any:
    """The form as it is, with some boxes unticked and other answers."""
    reader = FormReader(form_of(person))
    reader.feed(client.get(form_of(person)).content.decode())
    [form] = [one for one in reader.forms if one.id == "user_form"]
    data = {name: values for name, values in form.data.items() if name not in without}
    return client.post(form_of(person), {**data, **given})


def test_it_is_refused_while_it_is_unsaid(client: Client, admin: User, people: People, promises: Any) -> None:
    led = make.make_organization("Led", lead=people.secretary)
    for n in range(10):
        make.make_followup(f"Another {n}", assignee=people.secretary)
    page = send(client, people.secretary, "is_active", last_name="Typed").content.decode()
    assert "Choose who takes over, or leave them." in page
    assert "12 open follow-ups" in page
    assert "and 2 more" in page
    assert f'href="{led.get_absolute_url()}"' in page
    assert 'value="Typed"' in page
    people.secretary.refresh_from_db()
    assert (people.secretary.is_active, people.secretary.last_name) == (True, "")


def test_handing_over_keeps_the_history(client: Client, admin: User, people: People, promises: Any) -> None:
    does, chased, done = promises
    led = make.make_organization("Led", lead=people.secretary)
    assert send(client, people.secretary, "is_active", hand_over_to="manager").status_code == 302
    for record in (people.secretary, *promises, led):
        record.refresh_from_db()
    assert not people.secretary.is_active
    assert (does.assignee, does.chaser, does.version) == (people.manager, None, 2)
    assert (chased.assignee, chased.chaser, chased.version) == (people.publisher, people.manager, 2)
    assert done.assignee == people.secretary
    assert (led.lead, led.version) == (people.manager, 2)
    for record in (does, chased, led):
        assert record.history.latest().history_user == admin
    assert does.events.get().by == admin
    send(client, people.manager, "is_active", leave="on")
    assert FollowUp.objects.get(pk=does.pk).assignee == people.manager


def test_without_what_is_in_hand_nothing_is_asked(client: Client, admin: User, people: People, promises: Any) -> None:
    assert "hand_over_to" not in client.get(form_of(people.manager)).content.decode()
    assert send(client, people.manager, "is_active").status_code == 302
    assert send(client, people.secretary, last_name="Typed").status_code == 302  # she stays


@pytest.mark.parametrize("lost", ["is_staff", "groups"])
def test_losing_the_role_is_leaving_too(client: Client, admin: User, people: People, promises: Any, lost: str) -> None:
    assert "still has follow-ups or organizations" in send(client, people.secretary, lost).content.decode()
    assert send(client, people.secretary, lost, leave="on").status_code == 302
    promises[0].refresh_from_db()
    assert (promises[0].assignee, promises[0].version) == (people.secretary, 1)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"hand_over_to": "secretary"}, "this person already has it"),
        ({"hand_over_to": "gone"}, "is not in the secretariat"),
        ({"hand_over_to": "manager", "leave": "on"}, "Either hand it over or leave it"),
    ],
)
def test_not_to_just_anybody(
    client: Client, admin: User, people: People, promises: Any, given: dict[str, str], told: str
) -> None:
    make.make_user("gone", is_staff=True, is_active=False)
    assert told in send(client, people.secretary, "is_active", **given).content.decode()
    people.secretary.refresh_from_db()
    assert people.secretary.is_active


def test_one_that_cannot_be_handed_over_stops_all(
    client: Client, admin: User, people: People, promises: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(organization: Any, *args: Any, **kwargs: Any) -> None:
        raise ValidationError("It is broken.")

    led = make.make_organization("Led", lead=people.secretary)
    monkeypatch.setattr(type(led), "save", refuse)
    page = send(client, people.secretary, "is_active", hand_over_to="manager").content.decode()
    assert "“Led” could not be handed over: It is broken." in page
    people.secretary.refresh_from_db()
    promises[0].refresh_from_db()
    assert (people.secretary.is_active, promises[0].assignee) == (True, people.secretary)


def test_what_went_to_somebody_else_meanwhile_stays_there(people: People, promises: Any) -> None:
    does, *_rest = promises
    duties = Duties(people.secretary, people.manager)
    duties.followups = list(duties.followups)  # read before the other one acts
    FollowUp.objects.get(pk=does.pk).assign(by=people.manager, to=people.publisher)
    duties.hand_over(to=people.manager)
    does.refresh_from_db()
    assert (does.assignee, does.version) == (people.publisher, 2)


def test_who_may_not_assign_only_leaves_it(client: Client, people: People, promises: Any) -> None:
    clerk = make.make_user("clerk", is_staff=True)
    clerk.groups.add(Group.objects.get(name="importer"))
    clerk.user_permissions.add(Permission.objects.get(codename="change_user"))
    client.force_login(clerk)
    page = send(client, people.secretary, "is_active", hand_over_to="manager").content.decode()
    assert "ask a manager to assign them" in page
    assert send(client, people.secretary, "is_active", leave="on").status_code == 302
    promises[0].refresh_from_db()
    assert promises[0].assignee == people.secretary


@pytest.mark.parametrize(
    ("lost", "mark"),
    [
        ({"is_active": False}, "(no longer active)"),
        ({"is_staff": False}, "(no longer in the secretariat)"),
        ({"groups": []}, "(no longer in the secretariat)"),
    ],
)
def test_people_who_left_are_marked_for_the_secretariat_alone(
    client: Client, people: People, lost: dict[str, Any], mark: str
) -> None:
    partner = make.make_organization("Partner", lead=people.secretary)
    promise = make.make_followup(
        "Promise", meeting=make.make_public(counterparts=[partner, people.ours]), owner=partner,
        chaser=people.secretary, assignee=people.publisher, visibility=make.PUBLIC,
    )  # fmt: skip
    lose(people.secretary, **lost)
    pages = [reverse("followups:list"), promise.get_absolute_url(), partner.get_absolute_url()]
    for address in pages:
        assert mark not in client.get(address).content.decode()
    client.force_login(people.manager)
    admins = [reverse("admin:followups_followup_changelist"), reverse("admin:organizations_organization_changelist")]
    for address in [*pages, *admins]:
        assert mark in client.get(address).content.decode(), address
    assert "Promise" in client.get(reverse("followups:list"), {"left": "1"}).content.decode()
    client.force_login(people.representative)
    for address in pages:
        assert mark not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("lost", "told"), [({"is_active": False}, "no longer active"), ({"groups": []}, "not in the secretariat")]
)
def test_nobody_who_left_is_newly_chosen(people: People, promises: Any, lost: dict[str, Any], told: str) -> None:
    does, chased, _done = promises
    lose(people.secretary, **lost)
    kept = FollowUp.objects.get(pk=does.pk)
    kept.full_clean()
    with pytest.raises(ValidationError, match=told):
        chased.assign(by=people.manager, to=User.objects.get(pk=people.secretary.pk))
    other = make.make_followup("Other")
    other.assignee = User.objects.get(pk=people.secretary.pk)
    organization = make.make_organization("Led")
    organization.lead = other.assignee
    for record in (other, organization):
        with pytest.raises(ValidationError, match=told):
            record.full_clean()


def test_who_is_named_by_records_is_not_deleted_but_made_inactive(
    client: Client, admin: User, people: People, promises: Any
) -> None:
    one = reverse("admin:accounts_user_delete", args=[people.secretary.pk])
    several = {"action": "delete_selected", "_selected_action": [people.secretary.pk]}
    for answer in (client.get(one), client.post(reverse("admin:accounts_user_changelist"), several)):
        assert "Clear “Active” in its form instead" in answer.content.decode()
    free = reverse("admin:accounts_user_delete", args=[people.stranger.pk])
    assert "Untick" not in client.get(free).content.decode()
