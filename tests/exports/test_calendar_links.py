"""Private calendar links: what their owner sees, for as long as the owner wants it."""

import re

import pytest
from django.test import Client

from engagement.accounts.models import CalendarLink, ExportLog
from tests.exports.reading import addresses_in, client_of, fetch
from tests.people import People
from tests.world import ALL_MARKS, SEEN_BY, make_world

PAGE = "/accounts/calendar/"


@pytest.mark.parametrize("who", ["stranger", "representative", "secretary", "manager"])
def test_a_link_shows_what_its_owner_sees(people: People, who: str) -> None:
    make_world(people)
    owner = getattr(people, who)
    _link, token = CalendarLink.objects.make(owner, "Phone")
    for name, query in (("meetings", ""), ("meetings", "?q=renamed"), ("follow-ups", "?show=all")):
        private = fetch(Client(), f"/calendar/{token}/{name}.ics{query}")
        signed_in = fetch(client_of(owner), f"/{name}.ics{query}")
        assert addresses_in("ics", private) == addresses_in("ics", signed_in)
        text = re.sub(r"\r?\n[ \t]", "", private.decode())
        assert not [mark for mark in ALL_MARKS - SEEN_BY[who] if mark in text]
        assert token not in text


def test_it_opens_nothing_else(people: People) -> None:
    make_world(people)
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


def test_it_loses_what_its_owner_loses(people: People) -> None:
    make_world(people)
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
