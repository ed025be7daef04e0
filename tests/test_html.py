"""Every page of the site and of its admin is valid HTML."""

import datetime as dt
from collections.abc import Callable
from copy import deepcopy

import pytest
from django.contrib import admin
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone

from engagement.core.lists import request
from engagement.followups.actions import ACTIONS
from meetings.models import AgendaProposal
from tests import makers as make
from tests.addresses import (
    LOGIN,
    MISSING,
    admin_addresses,
    chief,
    each,
    make_site,
    return_addresses,
    staff_addresses,
    visitor_addresses,
)
from tests.people import People, client_of
from tests.validity import NuChecker
from tests.world import World

FAILURES = ["400.html", "500.html", "429.html", "403.html", "403_csrf.html"]


@pytest.fixture(scope="module")
def module_site(module_people: People) -> World:
    return make_site(module_people)


@pytest.fixture
def world(module_site: World, db: None) -> World:
    return deepcopy(module_site)


def faults(vnu: NuChecker, html: bytes | str) -> list[str]:
    return vnu.problems(html.decode() if isinstance(html, bytes) else html)


def assert_valid(vnu: NuChecker, client: Client, addresses: list[str]) -> None:
    found = []
    for address in each(addresses):
        response = client.get(address)
        assert response.status_code in (200, 404), f"{address}: {response.status_code}"
        found += [f"{address} {fault}" for fault in faults(vnu, response.content)]
    assert not found, "\n".join(found)


def test_pages_for_a_visitor(vnu: NuChecker, world: World, people: People) -> None:
    assert_valid(vnu, client_of(people.visitor), [*visitor_addresses(world), MISSING])


def test_pages_for_a_secretary(vnu: NuChecker, world: World, people: People) -> None:
    assert_valid(vnu, client_of(people.secretary), [*staff_addresses(world, people.secretary), MISSING])


def test_pages_of_returns(vnu: NuChecker, world: World, people: People) -> None:
    assert_valid(vnu, client_of(people.publisher), return_addresses(world, people.publisher))


def test_pages_of_a_proposal(vnu: NuChecker, people: People) -> None:
    """As whoever proposed reads them, and as whoever answers."""
    day = timezone.localdate() + dt.timedelta(days=9)
    meeting = make.make_meeting(counterparts=[people.ours], starts_on=day, visibility=make.SHARED)
    proposal = AgendaProposal.objects.create(meeting=meeting, organization=people.ours, title="Fees", note="Why")
    page = meeting.get_absolute_url()
    assert_valid(vnu, client_of(people.representative), ["/", page, f"{page}propose/"])
    assert_valid(
        vnu,
        client_of(people.secretary),
        [page, f"{page}proposals/{proposal.pk}/", f"{page}send-agenda/", f"{page}publication/"],
    )


def test_lists_of_several_pages(vnu: NuChecker, world: World, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an order by day, which can be jumped to, and in one by letters."""
    monkeypatch.setattr(request, "SIZES", (1, 2))
    addresses = ["/meetings/?sort=date", "/follow-ups/?sort=due&show=all", "/organizations/"]
    client = client_of(people.secretary)
    assert all(b'id="jump-at"' in client.get(address).content for address in addresses)
    assert_valid(vnu, client, addresses)


def test_a_login_that_failed(vnu: NuChecker, db: None) -> None:
    response = Client().post(LOGIN, {"username": "nobody", "password": "nothing"})
    assert response.status_code == 200
    assert faults(vnu, response.content) == []


@pytest.mark.parametrize("template", FAILURES)
def test_pages_of_failures(vnu: NuChecker, people: People, template: str) -> None:
    request = RequestFactory().get("/somewhere/?a=b&c=d")
    request.user = people.visitor
    assert faults(vnu, render_to_string(template, {}, request)) == []


def test_pages_of_the_admin(vnu: NuChecker, world: World, people: People) -> None:
    assert_valid(vnu, client_of(chief(people)), admin_addresses(world))


def test_pages_of_the_admin_for_those_who_may_only_read(vnu: NuChecker, world: World, people: People) -> None:
    meeting = world.records["founding"]
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    assert_valid(vnu, client_of(people.manager), ["/admin/", "/admin/meetings/meeting/", address])


def test_forms_of_the_admin_with_mistakes(vnu: NuChecker, world: World, people: People) -> None:
    """Nothing filled in, and each form is shown again with what is to be fixed."""
    client, found = client_of(chief(people)), []
    for model, model_admin in admin.site._registry.items():
        if getattr(model_admin, "is_read_only", False):
            continue
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/"
        response = client.post(address, {"parties-TOTAL_FORMS": "2", "parties-0-organization": "Nobody knows"})
        assert response.status_code == 200, address
        found += [f"{address} {fault}" for fault in faults(vnu, response.content)]
    assert not found, "\n".join(found)


def test_a_conflict_in_the_admin(vnu: NuChecker, world: World, people: People) -> None:
    client, organization = client_of(people.secretary), world.records["long_organization"]
    address = f"/admin/organizations/organization/{organization.pk}/change/"
    form = client.get(address).context["adminform"].form
    organization.acronym = "OTHER"
    organization.save()
    response = client.post(address, {"_version": "0", "name": form["name"].value()})
    assert b'id="meanwhile"' in response.content
    assert faults(vnu, response.content) == []


def test_the_question_before_a_bulk_action(vnu: NuChecker, world: World, people: People) -> None:
    client, followup = client_of(people.manager), world.records["followup"]
    address = "/admin/followups/followup/"
    for action in ("complete", "wait", "assign"):
        response = client.post(address, {"action": action, "_selected_action": [followup.pk]})
        assert b"_confirmed" in response.content
        assert faults(vnu, response.content) == []


def test_the_questions_before_an_act(vnu: NuChecker, world: World, people: People) -> None:
    """Every verb of the site's own list, for one follow-up and for all that match; also with nothing filled in."""
    client, found = client_of(people.manager), []
    picked = {"pick": [world.records["followup"].reference], "next": "/follow-ups/"}
    for action in ACTIONS:
        for which in (picked, {"all": "1", "query": "show=all", "next": "/follow-ups/?show=all"}):
            for more in ({}, {"confirmed": "1"}):
                response = client.post(f"/follow-ups/act/{action.slug}/", {**which, **more})
                if response.status_code == 302:  # nothing to fill in, so it was done
                    continue
                assert response.status_code == 200, action.slug
                found += [f"{action.slug} {fault}" for fault in faults(vnu, response.content)]
    assert not found, "\n".join(found)


def test_the_checker_finds_a_fault(vnu: Callable[..., None]) -> None:
    with pytest.raises(AssertionError, match="Stray end tag"):
        vnu("<!doctype html><html lang=en><title>Wrong</title><p>Wrong</div></html>")
