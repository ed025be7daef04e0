"""The addresses that suggest records: for staff who may see them, at a fixed cost."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.makers import make_identifier, make_organization
from tests.people import People

pytestmark = pytest.mark.both_databases

ADDRESS = "/admin/organizations/organization/lookup/"


def test_suggestions_tell_similar_records_apart(people: People, client: Client) -> None:
    arm = make_organization("Alliance for Regenerative Medicine", acronym="ARM", country="BE")
    make_identifier(arm, "244710319190-73")
    make_organization("Armenian Medical Association", country="AM")
    client.force_login(people.secretary)
    results = client.get(ADDRESS, {"q": "arm"}).json()["results"]
    assert [row["label"] for row in results] == [
        "Alliance for Regenerative Medicine (ARM)",
        "Armenian Medical Association",
    ]
    assert "244710319190-73" in results[0]["detail"]
    assert "Armenia" in results[1]["detail"]


def test_accents_and_case_do_not_matter(people: People, client: Client) -> None:
    make_organization("Agência Européia")
    client.force_login(people.secretary)
    assert client.get(ADDRESS, {"q": "AGENCIA europeia"}).json()["results"]


def test_nobody_else_may_ask(people: People, client: Client) -> None:
    for name, user in people:
        if user.is_authenticated:
            client.force_login(user)
        else:
            client.logout()
        answer = client.get(ADDRESS, {"q": "a"})
        assert (answer.status_code == 200) == (name in {"secretary", "manager", "publisher"}), name


def test_staff_who_may_not_see_a_model_get_nothing(people: People, client: Client) -> None:
    people.secretary.groups.clear()
    client.force_login(people.secretary)
    assert client.get(ADDRESS, {"q": "a"}).status_code == 403


def test_users_are_found_through_their_admin(people: People, client: Client) -> None:
    client.force_login(people.secretary)
    results = client.get("/admin/accounts/user/lookup/", {"q": "manager"}).json()["results"]
    assert [row["label"] for row in results] == ["manager"]


def test_suggestions_cost_the_same_however_many_match(
    people: People, client: Client, flat_queries: Callable[..., None]
) -> None:
    client.force_login(people.secretary)

    def make(number: int) -> None:
        for _ in range(number):
            organization = make_organization(country="BE")
            make_identifier(organization, f"{organization.pk + 10000}-01")

    flat_queries(make, lambda: client.get(ADDRESS, {"q": "organization"}), ceiling=8)
