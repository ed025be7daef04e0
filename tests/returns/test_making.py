"""Making returns: who may, what is missing, corrections, nil returns, and what is kept for good."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from engagement.returns import views
from engagement.returns.actions import latest, make, preview
from engagement.returns.models import Return
from engagement.returns.periods import Period, last_over, recent
from meetings.models import Meeting, Party
from organizations.models import Organization
from tests import makers
from tests.makers import PUBLIC
from tests.pages.reading import words
from tests.people import People, client_of
from tests.returns.test_files import CANADA, archive
from tests.returns.world import MAY, form_of, period_of

BRITISH = "united-kingdom-ministers"
EMPTY = dt.date(2024, 5, 1)


def send(code: str, host: Organization, people: People, day: dt.date = MAY) -> Return:
    form = form_of(code)
    return make(form, host, period_of(form, day), by=people.publisher)


def lines(sent: Return) -> list[str]:
    return bytes(sent.content).decode().split("\r\n")


def test_periods_are_named_by_their_first_month() -> None:
    day = dt.date(2025, 6, 2)
    assert [str(Period.of(kind, day)) for kind in ("month", "quarter", "four_months", "half_year")] == [
        *("June 2025", "April – June 2025", "May – August 2025", "January – June 2025")
    ]
    assert last_over("quarter", day) == Period(dt.date(2025, 1, 1), dt.date(2025, 3, 31))
    assert [one.key for one in recent("half_year", day)][:2] == ["2025-01", "2024-07"]
    assert Period.read("quarter", "2025-04") == Period.of("quarter", day)
    for wrong in ("2025-05", "2025-13", "0000-01", "9999-12", "2025-4", "x", "", "٢٠٢٥-٠٤"):
        assert Period.read("quarter", wrong) is None


# Who -------------------------------------------------------------------------------------------------------------


def test_nobody_but_whoever_publishes_learns_of_returns(register: Organization, people: People) -> None:
    sent = send(BRITISH, register, people)
    pages = ["/returns/", f"/returns/{BRITISH}/", sent.get_absolute_url(), f"{sent.get_absolute_url()}file/"]
    pages.append("/admin/returns/returnform/")
    for name, user in people:
        client = client_of(user)
        answers = {client.get(page).status_code for page in pages[:4]}
        assert answers == ({200} if name == "publisher" else {302} if name == "visitor" else {404}), name
        assert (client.get(pages[4]).status_code == 200) == (name == "publisher")
        hint = b"/returns/" in client.get("/publication/").content
        assert hint == (name == "publisher"), name
    missing = {
        page: client_of(people.secretary).get(page).status_code for page in ("/returns/none/", "/returns/sent/0/")
    }
    assert set(missing.values()) == {404}
    with pytest.raises(ValidationError, match="permission to make returns"):
        make(form_of(BRITISH), register, period_of(form_of(BRITISH)), by=people.secretary)


def test_only_what_is_public_goes_in(register: Organization, people: People) -> None:
    makers.make_held("Unpublished talk", host=register, starts_on=MAY, visibility=PUBLIC)
    makers.make_held("Shared talk", host=register, starts_on=MAY, visibility=10)
    found = preview(form_of(BRITISH), register, period_of(form_of(BRITISH)), by=people.publisher)
    said = str([table.rows for table in found.tables])
    assert found.meeting_count == 2
    assert found.left_out_count == 2
    for secret in ("Unpublished", "Shared talk", "Hidden Hand", "Adviser"):
        assert secret not in said


# Keeping ---------------------------------------------------------------------------------------------------------


def test_a_return_is_kept_and_downloaded_byte_for_byte(register: Organization, people: People) -> None:
    sent = send(BRITISH, register, people)
    client = client_of(people.publisher)
    response = client.get(f"{sent.get_absolute_url()}file/")
    assert response.content == bytes(sent.content)
    assert hashlib.sha256(response.content).hexdigest() == sent.sha256
    name = "european-medicines-agencys-ministerial-meetings-april-to-june-2025.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    Meeting.objects.get(title="Labels").withdraw(by=people.publisher, reason="Wrong.")
    assert client.get(f"{sent.get_absolute_url()}file/").content == response.content
    page = words(client.get(sent.get_absolute_url()).content.decode())
    for fact in (sent.sha256, "European Medicines Agency's ministerial meetings, April to June 2025", "Rows 5"):
        assert fact in page


def test_a_return_is_never_changed(register: Organization, people: People) -> None:
    sent = send(BRITISH, register, people)
    acts: list[Callable[[], object]] = [
        sent.save,
        sent.delete,
        Return.objects.all().delete,
        lambda: Return.objects.update(number=9),
        lambda: Return.objects.bulk_create([sent], update_conflicts=True),
    ]
    for act in acts:
        with pytest.raises(ValidationError, match="kept as it was sent"), transaction.atomic():
            act()


# Corrections -----------------------------------------------------------------------------------------------------


def test_a_correction_is_the_next_number_and_says_what_changed(register: Organization, people: People) -> None:
    first = send(BRITISH, register, people)
    with pytest.raises(ValidationError, match="Nothing has changed"):
        send(BRITISH, register, people)
    meeting = Meeting.objects.get(title="Labels")
    meeting.purpose = "Another purpose"
    meeting.save()
    makers.make_public("New one", host=register, starts_on=dt.date(2025, 6, 1))
    Meeting.objects.get(reference="BM-2025-001").withdraw(by=people.publisher, reason="Wrong.")
    second = send(BRITISH, register, people)
    assert (second.number, second.replaces) == (2, first)
    assert second.file_name.endswith("-2.csv")
    assert second.changes == {"new": ["BM-2025-003"], "changed": ["BM-2025-002"], "removed": ["BM-2025-001"]}
    assert latest(second.form, register, period_of(second.form)) == second
    page = words(client_of(people.publisher).get(second.get_absolute_url()).content.decode())
    assert "New: BM-2025-003" in page
    assert "Removed: BM-2025-001" in page


def test_a_canadian_correction_names_the_row_it_replaces(register: Organization, people: People) -> None:
    send(CANADA, register, people)
    for number in (2, 3):
        meeting = Meeting.objects.get(title="Labels")
        meeting.purpose = f"Purpose {number}"
        meeting.save()
        parts = archive(bytes(send(CANADA, register, people).content))
        rows = parts["Communication_PrimaryExport.csv"].decode().split("\r\n")[1:-1]
        before = "BM-2025-002" if number == 2 else "BM-2025-002-2"
        assert [(row.split(",")[0], row.rsplit(",", 1)[1]) for row in rows] == [(f"BM-2025-002-{number}", before)] * 3
        details = parts["Communication_SubjectMatterDetailsExport.csv"].decode().split("\r\n")[1]
        assert details == f"BM-2025-002-{number},Purpose {number}"
    meeting.withdraw(by=people.publisher, reason="Wrong.")
    with pytest.raises(ValidationError, match="no row for that"):
        send(CANADA, register, people)


# Nothing to tell -------------------------------------------------------------------------------------------------


def test_nil_returns_say_what_the_form_has_for_them(register: Organization, people: People) -> None:
    sent = send(BRITISH, register, people, EMPTY)
    assert sent.is_nil
    assert lines(sent)[1:-1] == [
        *("Ana María Ruiz,Nil Return,Nil Return,Nil Return,", "Ben Osei,Nil Return,Nil Return,Nil Return,"),
    ]
    assert lines(send("scotland-returns", register, people, EMPTY))[1] == f"1,,Nil Return{',' * 13}"
    assert lines(send("ireland-returns", register, people, EMPTY))[1:] == [""]
    other = makers.make_host("Ministry")
    assert lines(send(BRITISH, other, people))[1:-1] == ["Nil Return,Nil Return,Nil Return,Nil Return,"]
    with pytest.raises(ValidationError, match="Nothing has changed"):
        send(BRITISH, register, people, EMPTY)


def test_no_nil_return_while_meetings_wait_to_be_published(register: Organization, people: People) -> None:
    rule = makers.make_regime(grounds=("Embassies",))
    waits = makers.make_held(host=register, starts_on=EMPTY, visibility=PUBLIC)
    with pytest.raises(ValidationError, match="nil return would be wrong"):
        send("scotland-returns", register, people, EMPTY)
    waits.regimes.add(rule)
    waits.exempt(by=people.publisher, ground=rule.grounds.get(), text="An embassy.")
    assert send("scotland-returns", register, people, EMPTY).is_nil


def test_whoever_had_a_meeting_that_is_not_public_has_no_nil_row(register: Organization, people: People) -> None:
    """Neither where the meeting is not published, nor where the name is hidden."""
    ben = makers.Person.objects.get(name="Ben Osei")
    waits = makers.make_held(host=register, starts_on=MAY)
    makers.make_participant(waits.parties.get(side="host"), "Ben Osei", person=ben)
    assert "Ben Osei" not in str(lines(send(BRITISH, register, people)))


# Missing ---------------------------------------------------------------------------------------------------------


def test_everything_missing_is_listed_before(register: Organization, people: People) -> None:
    found = preview(form_of("commission-cabinets"), register, Period.of("month", MAY), by=people.publisher)
    told = {one.meeting.reference: one.texts for one in found.missing}
    arm, of = "Alliance for Regenerative Medicine", "Transparency register ID"
    people_missing = [f"Name of EC representative: {arm}", f"Title of EC representative: {arm}"]
    assert told["BM-2025-001"] == [*people_missing, f"{of}: {arm}"]
    assert told["BM-2025-002"] == [f"{of}: Βήτα Φάρμα", f"{of}: =Gamma"]
    assert found.missing_count == 5
    client = client_of(people.publisher)
    page = client.get(f"/returns/commission-cabinets/?host={register.slug}&period=2025-05").content.decode()
    assert "5 things are missing" in words(page)
    assert Meeting.objects.get(reference="BM-2025-001").get_absolute_url() in page


def test_a_host_is_found_by_its_former_address(register: Organization, people: People) -> None:
    client, host = client_of(people.publisher), Organization.objects.get(pk=register.pk)
    before, host.name = host.slug, "Agency of Medicines"
    host.save()
    page = client.get(f"/returns/commission-cabinets/?host={before}&period=2025-05").text
    assert "no such host" not in page and f'value="{host.slug}" selected' in page and before != host.slug
    assert "no such host" in client.get("/returns/commission-cabinets/?host=never-was&period=2025-05").text


def test_a_month_without_a_day_is_told_as_such(register: Organization, people: People) -> None:
    makers.make_public("Vague", host=register, starts_on=MAY, date_precision="month", purpose="Vague")
    found = preview(form_of(BRITISH), register, period_of(form_of(BRITISH)), by=people.publisher)
    [vague] = [one.texts for one in found.missing if one.meeting.title == "Vague"]
    assert "the day: only May 2025 is known" in vague
    assert "May 2025" in str(found.tables[0].rows)


def test_names_of_250_signs_and_other_scripts_stay_whole(register: Organization, people: People) -> None:
    name = "".join(chr(0x4E00 + number) for number in range(250))
    makers.make_public("Long", host=register, counterparts=[makers.make_organization(name)], starts_on=MAY)
    assert name in bytes(send(BRITISH, register, people).content).decode()


# Pages -----------------------------------------------------------------------------------------------------------


def test_the_page_makes_what_was_previewed_and_nothing_else(register: Organization, people: People) -> None:
    client, address = client_of(people.publisher), f"/returns/{BRITISH}/"
    asked = {"host": register.slug, "period": "2025-04"}
    found = preview(form_of(BRITISH), register, period_of(form_of(BRITISH)), by=people.publisher)
    meeting = Meeting.objects.get(title="Labels")
    meeting.purpose = "Changed meanwhile"
    meeting.save()
    stale = client.post(address, {**asked, "digest": found.digest, "_once": "a" * 32})
    assert "The records have changed since this preview" in words(stale.content.decode())
    assert not Return.objects.exists()
    fresh = preview(form_of(BRITISH), register, period_of(form_of(BRITISH)), by=people.publisher)
    for _twice in range(2):
        answer = client.post(address, {**asked, "digest": fresh.digest, "_once": "b" * 32})
        assert answer["Location"] == Return.objects.get().get_absolute_url()
    for wrong in ({"host": "nobody"}, {"period": "2025-05"}, {"period": "\0"}, {"host": "\0"}, {"period": "2025-13"}):
        assert client.get(address, {**asked, **wrong}).status_code == 200
        assert client.post(address, {**asked, **wrong}).status_code == 422
    assert Return.objects.count() == 1


def test_the_preview_says_how_many_rows_it_shows_and_what_is_empty(
    register: Organization, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ROWS_SHOWN", 2)
    client = client_of(people.publisher)
    page = client.get("/returns/united-kingdom-ministers/", {"host": register.slug, "period": "2025-04"})
    shown = page.context["shown"][0]
    assert len(shown["rows"]) < shown["number"] == page.context["draft"].row_count
    text = " ".join(page.content.decode().split())
    assert f"The first {len(shown['rows'])} of {shown['number']} rows" in text
    empty = sum(not cell for row in shown["rows"] for _heading, cell in row)
    assert empty and text.count('<span class="quiet">empty</span>') == empty
    assert text.count('data-label="Date:"') == len(shown["rows"])


def test_many_meetings_ask_no_more_than_few(register: Organization, people: People, flat_queries: Any) -> None:
    def grow(number: int) -> None:
        for _n in range(number):
            meeting = makers.make_public(host=register, starts_on=MAY, visibility=PUBLIC)
            makers.make_participant(Party.objects.get(meeting=meeting, side="host"), visibility=PUBLIC)
            makers.make_position(makers.make_discussion(meeting, visibility=PUBLIC), visibility=PUBLIC)

    client = client_of(people.publisher)
    address = f"/returns/ireland-returns/?host={register.slug}&period=2025-05"
    flat_queries(grow, lambda: client.get(address), ceiling=40, many=20)
