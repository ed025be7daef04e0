"""Pages that say no also say where to go instead."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from tests.people import People

LISTS = ["/meetings/", "/organizations/", "/topics/", "/follow-ups/", "/"]


def leads_on(markup: str) -> bool:
    return all(f'href="{address}"' in markup.split("<main", 1)[1] for address in LISTS)


def test_a_page_that_is_not_here_leads_to_the_lists(db: None) -> None:
    response = Client().get("/meetings/never-was/")
    assert response.status_code == 404
    assert leads_on(response.content.decode())
    assert "/accounts/login/?next=/meetings/never-was/" in response.content.decode()


def test_a_page_one_may_not_open_leads_to_the_lists(people: People) -> None:
    client = Client()
    client.force_login(people.manager)
    response = client.get("/admin/meetings/meeting/add/")
    assert response.status_code == 403
    assert leads_on(response.content.decode())


@pytest.mark.parametrize("template", ["429.html", "500.html"])
def test_pages_of_failures_lead_to_the_lists(db: None, template: str) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert leads_on(render_to_string(template, {}, request))


def test_a_request_for_another_address_gets_a_page(settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.DEBUG = ["register.example"], False
    response = Client().get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "This request could not be read" in response.content.decode() and leads_on(response.content.decode())


def test_the_page_of_an_error_needs_no_database() -> None:
    """Without the ``db`` fixture any query would fail the test."""
    assert leads_on(render_to_string("500.html"))


def test_an_address_for_forms_alone_says_so_and_leads_to_the_lists(people: People) -> None:
    client = Client()
    client.force_login(people.manager)
    address = "/follow-ups/act/move-due/"
    response = client.get(address)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "This address only receives forms." in response.content.decode() and leads_on(response.content.decode())
    assert client.get(address, headers={"Accept": "application/json"}).content == b""
