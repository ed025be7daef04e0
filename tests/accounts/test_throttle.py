"""Wrong passwords: ten, then a page that says what to do; whichever cache counts them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache, caches
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from tests.people import People

LOGIN, FAR = "/accounts/login/", "198.51.100.7"
CACHES = {
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "throttle"},
    "database": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "throttle_cache"},
}


@pytest.fixture(params=CACHES, autouse=True)
def counted(request: Any, db: None) -> Iterator[None]:
    """On each kind of cache that needs no server."""
    with override_settings(CACHES={**settings.CACHES, "default": CACHES[request.param]}):
        if request.param == "database":
            call_command("createcachetable", verbosity=0)
        cache.clear()
        yield
        caches["default"].clear()


def attempt(name: str, password: str = "wrong", *, address: str = FAR, **more: Any) -> Any:
    fields = {"username": name, "password": password, "next": "/topics/"}
    return Client(REMOTE_ADDR=address, **more).post(LOGIN, fields)


def fail(name: str, times: int, **more: Any) -> None:
    for _time in range(times):
        assert attempt(name, **more).status_code == 200


def test_after_ten_wrong_ones_even_the_right_one_waits(people: People) -> None:
    fail("manager", 10)
    answer = attempt("manager", "secret")
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 900
    page = answer.content.decode()
    assert "Wait 15 minutes, then try again." in page
    assert "_auth_user_id" not in answer.client.session
    assert re.search(rf'href="{LOGIN}"', page.split("<main", 1)[1])


def test_after_a_while_it_may_be_tried_again(people: People) -> None:
    with time_machine.travel("2025-06-01 12:00Z", tick=False) as clock:
        fail("manager", 9)
        clock.shift(600)
        fail("manager", 1)
        assert attempt("manager", "secret")["Retry-After"] == "300"
        clock.shift(301)
        assert attempt("manager", "secret").status_code == 302


def test_success_begins_anew(people: People) -> None:
    for _time in range(3):
        fail("manager", 9)
        assert attempt("manager", "secret")["Location"] == "/topics/"


def test_others_are_not_kept_out(people: People) -> None:
    """Somebody elsewhere cannot lock anybody out, nor one name another."""
    fail("manager", 10)
    assert attempt("manager").status_code == 429
    assert attempt(" Manager ").status_code == 429
    assert attempt("manager", "secret", address="203.0.113.9").status_code == 302
    assert attempt("secretary", "secret").status_code == 302


def test_one_address_with_many_names(people: People) -> None:
    for number in range(5):
        fail(f"guess{number}", 10)
    assert attempt("secretary", "secret").status_code == 429
    assert attempt("secretary", "secret", address="203.0.113.9").status_code == 302


def test_signing_in_all_day_from_one_office_is_no_failure(people: People) -> None:
    for _time in range(60):
        assert attempt("secretary", "secret").status_code == 302


def test_what_was_not_filled_in_does_not_count(people: People) -> None:
    for _time in range(12):
        assert attempt("manager", "").status_code == 200
    assert attempt("manager", "secret").status_code == 302


def test_ipv6_counts_by_network(people: People) -> None:
    for number in range(10):
        fail("manager", 1, address=f"2001:db8::{number + 1:x}")
    assert attempt("manager", "secret", address="2001:db8::ffff").status_code == 429
    assert attempt("manager", "secret", address="2001:db8:0:1::1").status_code == 302


def test_behind_a_proxy_its_last_word_counts(people: People, settings: Any) -> None:
    settings.TRUSTED_PROXY = True
    for number in range(10):
        fail("manager", 1, address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"10.9.8.{number}, {FAR}")
    behind = {"address": "127.0.0.1", "HTTP_X_FORWARDED_FOR": f"1.2.3.4, {FAR}"}
    assert attempt("manager", "secret", **behind).status_code == 429
    behind["HTTP_X_FORWARDED_FOR"] = f"{FAR}, 203.0.113.9"
    assert attempt("manager", "secret", **behind).status_code == 302


def test_without_a_proxy_nobody_is_believed(people: People) -> None:
    for number in range(10):
        fail("manager", 1, HTTP_X_FORWARDED_FOR=f"10.9.8.{number}")
    assert attempt("manager", "secret", HTTP_X_FORWARDED_FOR="10.9.8.77").status_code == 429


def test_the_limits_are_the_installation_s(people: People, settings: Any) -> None:
    settings.SIGN_IN_FAILURES, settings.SIGN_IN_MINUTES = 2, 60
    fail("manager", 2)
    assert "Wait 60 minutes" in attempt("manager").content.decode()


@pytest.mark.parametrize("name", ["\x00", "x" * 5000, "\U0001f642", "a b\nc", "%s"])
def test_any_name_can_be_counted(people: People, name: str) -> None:
    fail(name, 10)
    assert attempt(name).status_code == 429


def test_the_admin_has_no_other_door(people: People) -> None:
    answer = Client().get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"{LOGIN}?next=/admin/")
    assert Client().post("/admin/login/", {"username": "manager", "password": "secret"}).status_code == 302
    fields = {"username": "manager", "password": "secret", "next": "/admin/"}
    client = Client(REMOTE_ADDR=FAR)
    assert client.post(LOGIN, fields)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_page_is_valid(vnu: Any, people: People) -> None:
    fail("manager", 10)
    assert vnu.problems(attempt("manager").content.decode()) == []
