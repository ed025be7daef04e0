"""Rate limiting of sign-ins: ten wrong passwords, then a page that says what to do; one count for all processes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from engagement.accounts.models import FailedSignIn
from tests.people import People

LOGIN, FAR = "/accounts/login/", "198.51.100.7"


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


@pytest.mark.parametrize("name", ["ｍａｎａｇｅｒ", "\u3000manager ", "MANAGER", "manag\u212fr"])
def test_one_name_in_other_letters_is_one_name(people: People, name: str) -> None:
    """Django lets somebody in by each of them, or tells nobody apart who tries."""
    fail("manager", 5)
    fail(name, 5)
    assert attempt("manager", "secret").status_code == 429
    assert attempt(name, "secret").status_code == 429


def test_names_that_only_look_alike_are_two(people: People) -> None:
    fail("mаnager", 10)  # the second letter is Cyrillic
    assert attempt("manager", "secret").status_code == 302


def test_several_processes_count_together(race: Callable[..., list[str]]) -> None:
    """Six processes try at one moment, three times each, and have ten attempts between them."""
    code = """
    from django.test import RequestFactory
    from engagement.accounts.throttle import Attempt
    request = RequestFactory().post("/accounts/login/", REMOTE_ADDR="198.51.100.7")
    for number in range(3):
        print(Attempt(request, "ｓｏｍｅｂｏｄｙ" if number else "somebody").wait > 0)
    """
    waits = " ".join(race(code, processes=6)).split()
    assert (waits.count("False"), waits.count("True")) == (10, 8)
    assert FailedSignIn.objects.values("source").distinct().count() == 2


def test_what_no_longer_counts_is_taken_away(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engagement.accounts.models.failed_sign_ins.CLEAN_UP_ONE_IN", 0)
    with time_machine.travel("2025-06-01 12:00Z", tick=False) as clock:
        fail("manager", 3)
        clock.shift(901)
        fail("secretary", 1)
        assert FailedSignIn.objects.count() == 2  # of the name, and of the address


def test_where_nothing_can_be_written_it_is_counted_all_the_same(people: People) -> None:
    """Neither may somebody guess on, nor does counting make an error of the page."""
    with connection.execute_wrapper(_refuse_writing):
        fail("nobody-of-that-name", 10)
        assert attempt("nobody-of-that-name").status_code == 429


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


def _refuse_writing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        raise OperationalError("attempt to write a readonly database")
    return execute(sql, params, many, context)
