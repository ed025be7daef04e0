"""Private calendar links: what their owner sees, for as long as the owner wants it."""

import logging
import re
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from engagement.accounts.models import CalendarLink, ExportLog
from tests.exports.reading import addresses_in, fetch
from tests.people import People, client_of
from tests.world import ALL_MARKS, SEEN_BY, World

PAGE = "/accounts/calendar/"
LOGGING: Any = settings.LOGGING


@pytest.mark.parametrize("who", ["stranger", "representative", "secretary", "manager"])
def test_a_link_shows_what_its_owner_sees(world: World, people: People, who: str) -> None:
    owner = getattr(people, who)
    _link, token = CalendarLink.objects.make(owner, "Phone")
    for name, query in (("meetings", ""), ("meetings", "?q=renamed"), ("follow-ups", "?show=all")):
        private = fetch(Client(), f"/calendar/{token}/{name}.ics{query}")
        signed_in = fetch(client_of(owner), f"/{name}.ics{query}")
        assert addresses_in("ics", private) == addresses_in("ics", signed_in)
        text = re.sub(r"\r?\n[ \t]", "", private.decode())
        assert not [mark for mark in ALL_MARKS - SEEN_BY[who] if mark in text]
        assert token not in text


def test_it_opens_nothing_else(world: World, people: People) -> None:
    _link, token = CalendarLink.objects.make(people.secretary)
    client = Client()
    fetch(client, f"/calendar/{token}/meetings.ics")
    assert not client.cookies
    assert client.get("/meetings/").context["user"].is_anonymous
    for address in (f"/calendar/{token}/meetings.csv", f"/calendar/{token}/", f"/calendar/{token[:-1]}/meetings.ics"):
        assert client.get(address).status_code == 404, address
    assert client.get(f"/calendar/{token}/meetings.ics?nonsense=1").status_code == 400
    assert client.get("/calendar/%00%ff/meetings.ics").status_code == 404


def test_a_revoked_link_is_gone(people: People) -> None:
    link, token = CalendarLink.objects.make(people.manager, "Old tablet")
    client = client_of(people.manager)
    assert client_of(people.secretary).post(f"{PAGE}{link.pk}/revoke/").status_code == 404
    assert Client().get(f"/calendar/{token}/meetings.ics").status_code == 200
    assert client.get(f"{PAGE}{link.pk}/revoke/").status_code == 405
    assert client.post(f"{PAGE}{link.pk}/revoke/").status_code == 302
    assert Client().get(f"/calendar/{token}/meetings.ics").status_code == 404
    assert "Old tablet" in client.get(PAGE).content.decode()  # the message that it is gone
    assert "Old tablet" not in client.get(PAGE).content.decode()


def test_it_ends_with_its_owner(people: People) -> None:
    _link, token = CalendarLink.objects.make(people.manager)
    people.manager.is_active = False
    people.manager.save()
    assert Client().get(f"/calendar/{token}/meetings.ics").status_code == 404


def test_it_loses_what_its_owner_loses(world: World, people: People) -> None:
    _link, token = CalendarLink.objects.make(people.secretary)
    people.secretary.groups.clear()
    private = fetch(Client(), f"/calendar/{token}/meetings.ics")
    assert addresses_in("ics", private) == addresses_in("ics", fetch(Client(), "/meetings.ics"))


def test_making_a_link(people: People) -> None:
    """The address is in the answer, once; the database has no way back to it."""
    client = client_of(people.manager)
    answer = client.post(PAGE, {"name": "Phone", "list": "meetings", "query": 'status=held"><b>'})
    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    first, second = re.findall(r'value="http://testserver(/calendar/[^"]+)"', page)
    assert first.endswith("/meetings.ics?status=held%22%3E%3Cb%3E") and second.endswith("/follow-ups.ics")
    token = first.split("/")[2]
    assert token not in client.get(PAGE).content.decode()
    assert token not in str(list(CalendarLink.objects.values_list()))
    fetch(Client(), second)
    assert CalendarLink.objects.get().last_used_on is not None


def test_the_page_is_for_those_who_signed_in(people: People) -> None:
    CalendarLink.objects.make(people.secretary, "Hers")
    assert Client().get(PAGE).status_code == 302
    assert "Hers" not in client_of(people.manager).get(PAGE).content.decode()


def test_programs_that_come_back_all_day_are_noted_once(people: People) -> None:
    _link, token = CalendarLink.objects.make(people.manager)
    for _time in range(3):
        fetch(Client(), f"/calendar/{token}/meetings.ics")
    fetch(Client(), f"/calendar/{token}/follow-ups.ics")
    assert sorted(ExportLog.objects.values_list("what", flat=True)) == ["follow-ups", "meetings"]


def test_the_address_is_kept_out_of_indexes_caches_and_logs(people: People) -> None:
    """Whether the link works, is revoked, or asks what nobody understands."""
    link, token = CalendarLink.objects.make(people.manager)
    addresses = [f"/calendar/{token}/meetings.ics", f"/calendar/{token}/meetings.ics?nonsense=1"]
    answers = [Client().get(address) for address in addresses] + [Client().head(addresses[0])]
    link.revoke()
    answers += [Client().get(addresses[0]), Client().post(addresses[0])]
    for answer in answers:
        body = answer.getvalue()
        assert answer["Referrer-Policy"] == "no-referrer", answer.status_code
        assert "noindex" in answer["X-Robots-Tag"]
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", ")), body[:80]
    assert [answer.status_code for answer in answers] == [200, 400, 200, 404, 405]


def logged(*arguments: Any, level: int = logging.WARNING, name: str = "django.request") -> str:
    """A line as the site would write it."""
    [console] = [one for one in LOGGING["handlers"].values() if one["class"] == "logging.StreamHandler"]
    made = {**LOGGING["formatters"][console["formatter"]]}
    formatter = import_string(made.pop("()"))(made["format"], style=made["style"])
    try:
        raise ValueError(arguments[-1])
    except ValueError:
        record = logging.LogRecord(name, level, __file__, 1, arguments[0], arguments[1:], sys.exc_info())
    return formatter.format(record)


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /calendar/{}/meetings.ics",
        "Not Found: /calendar/{}",
        "Not Found: /calendar/{}?x=1",
        '"GET /calendar/{}/follow-ups.ics?show=all HTTP/1.1" 200 17',
        "Internal Server Error: http://localhost/calendar/{}/meetings.ics",
    ],
)
def test_no_line_of_the_log_says_it(people: People, line: str) -> None:
    _link, token = CalendarLink.objects.make(people.manager)
    said = logged("%s", line.format(token))
    assert token not in said
    assert "/calendar/[secret]" in said


def test_everything_is_written_that_way() -> None:
    """No logger has a handler of its own beside the one of the settings."""
    assert set(LOGGING["handlers"]) == {"console"} == set(LOGGING["root"]["handlers"])
    for name in ("django", "django.request", "django.security", "django.server"):
        assert not logging.getLogger(name).handlers, name
        assert logging.getLogger(name).propagate
    assert "/accounts/calendar/7/revoke/" in logged("%s", "Not Found: /accounts/calendar/7/revoke/")


def test_the_page_of_a_new_link_is_valid(people: People, vnu: Any) -> None:
    fields = {"name": "<Phone>", "list": "follow-ups", "query": "due=overdue&q=%22%3E"}
    client = client_of(people.representative)
    for answer in (client.post(PAGE, fields), client.post(PAGE, {"name": "x" * 99}), client.get(PAGE)):
        assert vnu.problems(answer.content.decode()) == []
