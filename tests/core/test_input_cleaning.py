"""What no database can keep ends in no server error, wherever it comes in: addresses, forms, cookies, keys."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from engagement import asgi, wsgi
from engagement.followups.models import FollowUp
from meetings.models import Meeting
from tests import makers as make
from tests.addresses import chief
from tests.core.posting import opened, send
from tests.people import People

pytestmark = pytest.mark.both_databases

MEETINGS = "/admin/meetings/meeting/"
HUGE = "9" * 30


@pytest.fixture
def client(people: People) -> Client:
    client = Client()
    client.force_login(chief(people))
    return client


def test_nul_in_a_lookup_of_a_user(client: Client) -> None:
    followup = make.make_followup()
    asked = {"pick": followup.reference, "confirmed": "1", "seen": f"{followup.pk}.{followup.version}"}
    answer = client.post("/follow-ups/act/assign/", {**asked, "to": "somebody\0else"})
    assert answer.status_code == 200
    assert FollowUp.objects.get().assignee is None
    organization = make.make_organization()
    address = f"/admin/organizations/organization/{organization.pk}/change/"
    answer = send(client, address, opened(client, address), lead="\0")
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize(
    "path", [f"{MEETINGS}?status=%00", f"{MEETINGS}?q=%00", "/calendar/%00/meetings.ics", "/accounts/login/?next=/%00"]
)
def test_nul_in_an_address(client: Client, path: str) -> None:
    assert client.get(path).status_code in (200, 302, 404)


def test_nul_is_marked_where_it_stood(client: Client) -> None:
    assert "a\N{REPLACEMENT CHARACTER}b" in client.get(f"{MEETINGS}?q=a%00b").content.decode()


def test_nul_in_the_key_of_a_session(db: None) -> None:
    assert Client().get("/meetings/", headers={"Cookie": r'sessionid="aaaaaaaaaaaa\000bbbb"'}).status_code == 200


@pytest.mark.parametrize("charset", ["hex", "utf-7", "unicode_escape", "utf-16", '"ROT13"'])
@pytest.mark.parametrize("entry", [wsgi, asgi])
def test_encodings_other_than_utf8(charset: str, entry: Any) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800+2AA-\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    if entry is wsgi:
        body = {"wsgi.input": BytesIO(part), "CONTENT_LENGTH": str(len(part)), "CONTENT_TYPE": kind}
        sent = {"PATH_INFO": "/", "QUERY_STRING": "q=%5Cud800%2B2AA-", "REQUEST_METHOD": "POST"}
        request = wsgi.Request({**sent, **body})
    else:
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(part)).encode())]
        scope = {"path": "/", "query_string": b"q=%5Cud800%2B2AA-", "method": "POST", "headers": headers}
        request = asgi.Request(scope, BytesIO(part))
    assert (request.GET["q"], request.POST["name"]) == ("\\ud800+2AA-", "\\ud800+2AA-")
    assert entry.application.request_class is entry.Request


@pytest.mark.parametrize("key", [HUGE, "-" + HUGE, "1\0", "no key", "²", ""])
def test_keys_that_are_none_in_an_action(client: Client, key: str) -> None:
    make.make_meeting()
    for action in ("delete_selected", "confirm"):
        answer = client.post(MEETINGS, {"action": action, "_selected_action": [key]})
        assert answer.status_code in (200, 302)
    assert Meeting.objects.count() == 1


def test_numbers_no_column_can_hold(client: Client) -> None:
    meeting = make.make_held()
    assert list(Meeting.objects.filter(pk__in=[int(HUGE), meeting.pk, -int(HUGE)])) == [meeting]
    assert not Meeting.objects.filter(series__in=[int(HUGE)]).exists()
    assert client.get(f"{MEETINGS}?id__in={HUGE}").status_code == 200


@pytest.mark.parametrize("number", ["²", "9" * 5000, HUGE, "-1"])
def test_versions_and_counts_that_are_no_numbers(client: Client, number: str) -> None:
    meeting = make.make_held()
    address = f"{MEETINGS}{meeting.pk}/change/"
    data = opened(client, address)
    answer: Any = send(client, address, data, _version=number)
    assert answer.status_code in (200, 302)
    answer = send(client, address, data, _more="parties", parties__TOTAL_FORMS=number[:1])
    assert answer.status_code == 200
    name = f"discussions-{number[:400]}-said"
    assert client.post(address, {**data, name: ["x"], "_save": "1"}).status_code == 302


@pytest.mark.parametrize("noun", ["meetings/meeting", "organizations/organization", "accounts/user", "topics/topic"])
def test_save_as_new_is_an_ordinary_save(client: Client, people: People, noun: str) -> None:
    make.make_held(), make.make_topic()
    model = {"meetings/meeting": Meeting, "accounts/user": type(people.manager)}.get(noun)
    model = model or (type(people.ours) if "organization" in noun else type(make.make_topic()))
    record = model.objects.order_by("pk").last()
    before = model.objects.count()
    address = f"/admin/{noun}/{record.pk}/change/"
    answer = client.post(address, {**opened(client, address), "_saveasnew": "1"})
    assert answer.status_code == 302
    assert model.objects.count() == before


def test_a_secretary_cannot_add_by_save_as_new(people: People) -> None:
    """Whoever may change and not add does not add by asking for a copy."""
    group = people.secretary.groups.get()
    group.permissions.remove(*Permission.objects.filter(codename="add_meeting"))
    meeting = make.make_held()
    client = Client()
    client.force_login(people.secretary)
    address = f"{MEETINGS}{meeting.pk}/change/"
    answer = client.post(address, {**opened(client, address), "_saveasnew": "1"})
    assert answer.status_code == 302 and Meeting.objects.count() == 1
