"""From a calendar invitation to a proposed meeting, in the browser, without scripts."""

from typing import Any

import pytest
from django.test import Client

from engagement.imports.invitations.guess_parties import guess_parties, is_free, site_of
from engagement.imports.invitations.parse import Invited
from engagement.imports.models import Import, Layout, Origin
from meetings.models import Meeting, Participant, Party
from organizations.models import Organization, Post
from tests import makers
from tests.imports.files import layout_of, records
from tests.imports.invitations.files import GOOGLE, OUTLOOK, file_of, ics
from tests.people import People, client_of
from tests.validity import NuChecker

Fields = dict[str, str]
NASTY = """UID:nasty
DTSTART:20270308T090000Z
SUMMARY:=HYPERLINK("x") <script>alert(1)</script> \u202eفريق
LOCATION:<img src=x>
ATTENDEE;CN="<b>Bold</b>":mailto:bold@unknown.example
ATTENDEE:mailto:other@unknown.example
"""


@pytest.fixture
def host(db: None) -> Organization:
    host = makers.make_host("Medicines Agency")
    Organization.objects.filter(pk=host.pk).update(website="https://www.ema.example/en")
    return host


@pytest.fixture
def kay(db: None) -> Organization:
    return makers.make_organization("Kay", website="https://www.kay.example")


def text_of(response: Any) -> str:
    return str(response.content.decode())


def upload(client: Client, *events: str, **how: Any) -> Any:
    return client.post("/imports/invitation/", {"file": file_of(ics(*events, **how))}, follow=True)


def answers(page: Any, **changes: str) -> Fields:
    """The form as it came, with some answers changed."""
    found: Fields = {}
    for form in (page.context["form"], *page.context["addresses"]):
        for field in form:
            value = field.value()
            if field.name != "organization":
                found[field.html_name] = "" if value is None else str(value)
    return found | changes


def address_of(page: Any) -> str:
    return str(page.redirect_chain[-1][0])


# One invitation, from the file to the meeting ---------------------------------------------------------------


def test_an_invitation_becomes_a_proposed_meeting(
    client: Client, importer: Any, host: Organization, kay: Organization
) -> None:
    before = records()
    page = upload(client, OUTLOOK)
    shown = text_of(page)
    assert "The recorded website is at kay.example" in shown
    assert "does not show the organization" in shown
    assert "A room or a piece of equipment" in shown
    refused = client.post(address_of(page), answers(page))
    assert "Choose the organization of this address, or leave the address out." in text_of(refused)
    assert {**records(), **before} == before
    page = client.post(address_of(page), answers(page, **{"a3-choice": "new", "a3-new_name": "Society of Sam"}))
    meeting = Meeting.objects.get()
    assert page.headers["Location"] == meeting.get_absolute_url()
    assert (meeting.status, meeting.visibility, meeting.prepared_by) == ("proposed", 0, importer)
    assert (meeting.title, meeting.time_zone) == ("Second bilateral meeting", "Europe/Berlin")
    assert f"{meeting.starts_at:%Y-%m-%d %H:%M}" == "2027-03-08 13:00"
    assert (meeting.city, str(meeting.country), meeting.attendance_mode) == ("Amsterdam", "NL", "in_person")
    assert meeting.purpose == "Shortages\nand trials"
    sides = list(meeting.parties.values_list("organization__name", "side"))
    assert sides == [("Medicines Agency", "host"), ("Kay", "counterpart"), ("Society of Sam", "counterpart")]
    people = Participant.objects.order_by("party__order", "order", "pk")
    assert list(people.values_list("name", flat=True)) == ["Vera Host", "Kay, Kim", "Lou Kay", "Sam"]
    assert set(people.values_list("attendance", "visibility")) == {("invited", 0)}


def proposed(client: Client, *events: str) -> Import:
    page = upload(client, *(events or (GOOGLE,)), zones="")
    answer = client.post(address_of(page), answers(page))
    assert answer.status_code == 302, answer.context["wrong"] or answer.context["form"].errors
    return Import.objects.latest("pk")


def test_it_stands_in_the_log_and_can_be_undone(client: Client, importer: Any, kay: Organization) -> None:
    batch = proposed(client)
    assert (batch.file_name, len(batch.sha256), batch.committed_by) == ("invite.ics", 64, importer)
    meeting = Meeting.objects.get()
    assert [origin.batch for origin in Origin.objects.of(meeting)] == [batch]
    assert meeting.attendance_mode == "online"
    assert "invite.ics" in text_of(client.get("/imports/"))
    shown = text_of(client.get(f"/imports/{batch.pk}/"))
    assert meeting.get_absolute_url() in shown
    client.post(f"/imports/{batch.pk}/undo/")
    assert not Meeting.objects.exists()
    assert not Party.objects.exists()
    assert Organization.objects.filter(pk=kay.pk).exists()
    proposed(client)
    assert Meeting.objects.count() == 1


def test_the_same_invitation_leads_to_its_meeting(client: Client, kay: Organization) -> None:
    proposed(client)
    before = records()
    page = upload(client, GOOGLE, zones="")
    assert address_of(page) == Meeting.objects.get().get_absolute_url()
    assert "was already imported" in text_of(page)
    assert records() == before


def test_an_updated_invitation_says_what_differs_and_changes_nothing(client: Client, kay: Organization) -> None:
    proposed(client, GOOGLE + "SEQUENCE:1\n")
    meeting = Meeting.objects.get()
    page = upload(client, GOOGLE.replace("T08", "T07") + "SEQUENCE:2\n", zones="")
    assert page.context["differences"] == [("Begins", "2027-06-01 10:00", "2027-06-01 09:00")]
    assert meeting.get_absolute_url() in text_of(page)
    client.post(address_of(page), {"title": "Taken again"})
    assert Meeting.objects.get().version == meeting.version
    older = upload(client, GOOGLE.replace("T08", "T07") + "SEQUENCE:0\n", zones="")
    assert "older than the one" in text_of(older)


@pytest.mark.both_databases
def test_two_windows_make_one_meeting(client: Client, kay: Organization) -> None:
    first, second = upload(client, GOOGLE, zones=""), upload(client, GOOGLE, zones="")
    for page in (first, first, second):
        client.post(address_of(page), answers(page))
    assert Meeting.objects.count() == 1


def test_of_several_events_one_is_chosen(client: Client, kay: Organization) -> None:
    page = upload(client, GOOGLE, OUTLOOK)
    assert "Which event?" in text_of(page)
    assert "Which event?" in text_of(client.get(f"{address_of(page)}?event=3"))
    chosen = client.get(f"{address_of(page)}?event=1")
    client.post(f"{address_of(page)}?event=1", answers(chosen))
    assert Meeting.objects.get().title == "Call with Kay"


def test_whole_days_and_recurrence(client: Client) -> None:
    event = "UID:d\nSUMMARY:Days\nDTSTART;VALUE=DATE:20270308\nDTEND;VALUE=DATE:20270310\nRRULE:FREQ=YEARLY"
    page = upload(client, event)
    assert "Only its first occurrence" in text_of(page)
    client.post(address_of(page), answers(page))
    meeting = Meeting.objects.get()
    assert (str(meeting.starts_on), str(meeting.ends_on), meeting.is_all_day) == ("2027-03-08", "2027-03-09", True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR", "damaged"),
        (b"PK\x03\x04", "not a calendar file"),
        (ics(OUTLOOK, head="METHOD:CANCEL\n"), "The sender cancelled"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
    ],
)
def test_bad_files_are_said_beside_the_field(client: Client, data: bytes, said: str) -> None:
    page = client.post("/imports/invitation/", {"file": file_of(data)})
    assert said in page.context["form"].errors["file"][0]
    assert 'id="id_file_error"' in text_of(page)
    assert not Import.objects.exists()


# Whom the addresses stand for -------------------------------------------------------------------------------


def test_guesses_have_their_reasons(importer: Any, host: Organization, kay: Organization) -> None:
    makers.make_user("vera", email="Vera@home.example", is_staff=True, first_name="Vera", last_name="Host")
    makers.make_representative(kay, makers.make_user("rep", email="rep@gmail.com"))
    person = makers.make_person("Pia", email="pia@elsewhere.example")
    Post.objects.create(person=person, organization=kay, function="Head")
    (
        makers.make_organization("Ray", website="http://same.example"),
        makers.make_organization("Roy", website="http://www.same.example/roy"),
    )
    makers.make_organization("Mail", website="https://gmail.com")
    asked = ["vera@home.example", "rep@gmail.com", "pia@elsewhere.example", "x@same.example", "y@gmail.com"]
    asked += ["z@de.kay.example", "z@notkay.example", "press@ema.example"]
    found = {one.invited.address: one for one in guess_parties([Invited(address) for address in asked], importer)}
    whom = {address: (one.organization.name if one.organization else None) for address, one in found.items()}
    expected = ["Medicines Agency", "Kay", "Kay", None, None, "Kay", None, "Medicines Agency"]
    assert whom == dict(zip(asked, expected, strict=True))
    assert all(one.reason for one in found.values())
    assert len(found["x@same.example"].organizations) == 2
    assert found["pia@elsewhere.example"].person == person
    assert (found["vera@home.example"].name, found["vera@home.example"].side) == ("Vera Host", "host")
    assert found["press@ema.example"].side == "host"


def test_free_mail_and_websites() -> None:
    assert all(map(is_free, ["gmail.com", "yahoo.co.uk", "gmx.de", "hotmail.fr"]))
    assert not any(map(is_free, ["ema.europa.eu", "live.example.org", "gmail.example"]))
    assert site_of("https://www.EFPIA.eu/about?x") == "efpia.eu"
    assert site_of("http://[broken") == ""


def test_guesses_cost_the_same(importer: Any, kay: Organization, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(20):
        guess_parties([Invited(f"a{n}@kay{n}.example") for n in range(100)], importer)


def test_what_is_decided_counts(client: Client, kay: Organization) -> None:
    other = makers.make_organization("Quite another one")
    page = upload(client, GOOGLE, zones="")
    told = {"a0-choice": "other", "a0-organization": "Quite another one", "a0-name": ""}
    client.post(address_of(page), answers(page, **told))
    assert Party.objects.get().organization == other
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"a0-choice": "new"}, "Enter the name"),
        ({"a0-choice": "new", "a0-new_name": "KAY"}, "is already recorded"),
        ({"a0-choice": "other"}, "Enter the name"),
        ({"a0-new_name": "Somebody"}, "chose something else"),
        ({"a0-choice": "this:999"}, "Select a valid choice"),
        ({"title": ""}, "required"),
        ({"time_zone": "Mars/North"}, "Enter a time zone"),
        ({"end_time": "01:00"}, "end after it begins"),
    ],
)
def test_mistakes_are_said_in_place(client: Client, kay: Organization, told: Fields, said: str) -> None:
    page = upload(client, GOOGLE, zones="")
    again = client.post(address_of(page), answers(page, **told))
    assert again.status_code == 200
    assert said in text_of(again)
    assert not Meeting.objects.exists()


def test_one_organization_sits_on_one_side(client: Client, host: Organization, kay: Organization) -> None:
    page = upload(client, OUTLOOK)
    told = {"a2-side": "observer", "a3-choice": "leave"}
    assert "on another side above" in text_of(client.post(address_of(page), answers(page, **told)))


def test_two_of_an_unknown_domain_are_one_new_organization(client: Client) -> None:
    page = upload(client, NASTY)
    told = {"a0-choice": "new", "a0-new_name": "Unknown <b>"}
    client.post(address_of(page), answers(page, **told))
    assert Organization.objects.get().name == "Unknown <b>"
    assert Participant.objects.count() == 2
    assert "new" in text_of(client.get(f"/imports/{Import.objects.get().pk}/"))


# Pages ------------------------------------------------------------------------------------------------------


def test_the_pages_are_valid_and_nothing_becomes_markup(vnu: NuChecker, client: Client, host: Organization) -> None:
    page = upload(client, NASTY)
    wrong = client.post(address_of(page), answers(page, title="", **{"a0-choice": "new"}))
    several = upload(client, NASTY, OUTLOOK)
    client.post(address_of(page), answers(page, **{"a0-choice": "leave"}))
    taken = upload(client, NASTY.replace("img", "i"))
    bad = client.post("/imports/invitation/", {"file": file_of(b"x", "<b>.ics")})
    log = client.get(f"/imports/{Import.objects.earliest('pk').pk}/")
    pages = {"first": page, "wrong": wrong, "several": several, "taken": taken, "bad": bad, "log": log}
    pages["list"], pages["empty"] = client.get("/imports/"), client.get("/imports/invitation/")
    faults = [f"{name}: {fault}" for name, one in pages.items() for fault in vnu.problems(text_of(one))]
    assert not faults, "\n".join(faults)
    assert not [name for name, one in pages.items() if "<script>alert" in text_of(one) or "<img src=x" in text_of(one)]


def test_nobody_else_learns_of_it(client: Client, people: People, kay: Organization) -> None:
    page = upload(client, GOOGLE, zones="")
    for name, user in people:
        other = client_of(user)
        for address in ("/imports/invitation/", address_of(page)):
            for response in (other.get(address), other.post(address)):
                assert response.status_code == (302 if name == "visitor" else 404), f"{name} at {address}"


def test_it_is_no_table(client: Client, importer: Any) -> None:
    upload(client, GOOGLE, zones="")
    batch = Import.objects.get()
    for address in ("", "columns/"):
        page = client.get(f"/imports/{batch.pk}/{address}", follow=True)
        assert address_of(page) == f"/imports/invitation/{batch.pk}/"
    client.post(f"/imports/{batch.pk}/look/")
    batch.refresh_from_db()
    assert batch.state == "uploaded"
    assert "Calendar invitation" not in text_of(client.get("/imports/upload/"))
    assert client.get(f"/imports/layouts/{Layout.objects.get(pk=batch.layout_id).slug}/").status_code == 200
    other = Import.objects.take_in(file_of(b"a"), layout=layout_of(), by=importer)
    assert client.get(f"/imports/invitation/{other.pk}/").status_code == 404
