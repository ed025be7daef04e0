"""Bringing in a file in the browser, without scripts: upload, preview, decide, take, take back."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engagement.imports.models import Answer, Import, Layout
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers
from tests.imports.files import DIARY_HEAD, committed, layout_of, outcomes, previewed, records
from tests.people import People, client_of

KAY = "1111111111-11"
LINE = f"Cabinet A,2022-01-27,Kay,{KAY},Talk,Brussels"
LATER = f"Cabinet A,2022-02-27,Kay,{KAY},Talk again,"
BAD = f"Cabinet A,soon,Kay,{KAY},Wrong day,"


@pytest.fixture
def twins(db: None) -> list[Organization]:
    return [makers.make_organization("Kay"), makers.make_organization("Kay Ltd")]


def file_of(*lines: str, name: str = "diary.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\r\n".join([DIARY_HEAD, *lines, ""]).encode())


def send(client: Client, file: Any, layout: Layout | None = None) -> Any:
    return client.post("/imports/upload/", {"file": file, "layout": layout.pk if layout else ""}, follow=True)


def text_of(response: Any) -> str:
    return str(response.content.decode())


# Uploading ----------------------------------------------------------------------------------------------


def test_a_file_is_uploaded_previewed_imported_and_undone(client: Client) -> None:
    before = records()
    page = send(client, file_of(LINE, BAD), layout_of())
    batch = Import.objects.get()
    assert page.redirect_chain[-1][0] == f"/imports/{batch.pk}/"
    shown = text_of(page)
    assert 'id="row-2"' in shown
    assert "Cannot be read" in shown
    assert "Brussels" in shown
    assert records() == before
    page = client.get(f"/imports/{batch.pk}/commit/")
    assert "<strong>1</strong> meeting<" in text_of(page)
    page = client.post(f"/imports/{batch.pk}/commit/", {"digest": page.context["batch"].digest}, follow=True)
    meeting = Meeting.objects.get()
    assert meeting.get_absolute_url() in text_of(page)
    page = client.post(f"/imports/{batch.pk}/undo/", follow=True)
    assert "was undone" in text_of(page)
    assert not Meeting.objects.exists()
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.csv", "empty"),
        (b"Host,Day,With\r\n", "headings.csv", "no rows under them"),
        (b"%PDF-1.7 ...", "list.pdf", "PDF document"),
        (b"\x1f\x8b\x08\x00", "list.csv.gz", "compressed"),
        (b"<!doctype html><html>", "list.csv", "web page"),
        (b"PK\x03\x04 not a workbook", "list.xlsx", ""),
        (b"Host,Host\r\na,b\r\n", "twice.csv", "Two columns are called"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(client: Client, content: bytes, name: str, said: str) -> None:
    page = send(client, SimpleUploadedFile(name, content), layout_of())
    errors = page.context["form"].errors["file"]
    assert said in errors[0]
    assert 'id="id_file_error"' in text_of(page)
    assert not Import.objects.exists()


def test_nothing_sent_and_an_unknown_layout(client: Client) -> None:
    assert client.post("/imports/upload/", {}).context["form"].errors["file"]
    page = client.post("/imports/upload/", {"file": file_of(LINE), "layout": "999"})
    assert page.context["form"].errors["layout"]


def test_a_file_that_is_too_large(client: Client, monkeypatch: Any) -> None:
    from engagement.imports import forms

    monkeypatch.setattr(forms, "Limits", lambda: forms_limits())
    page = send(client, file_of(LINE), layout_of())
    assert "larger than" in page.context["form"].errors["file"][0]


def forms_limits() -> Any:
    from engagement.imports.sources.limits import Limits

    return Limits(size=10)


def test_the_same_file_is_pointed_out(client: Client) -> None:
    send(client, file_of(LINE), layout_of())
    first = Import.objects.get()
    page = send(client, file_of(LINE), layout_of())
    assert "uploaded before" in text_of(page)
    assert f'href="/imports/{first.pk}/"' in text_of(page)


def test_a_file_of_another_layout_is_refused_with_a_way_on(client: Client) -> None:
    page = send(client, SimpleUploadedFile("other.csv", b"A,B\r\n1,2\r\n"), layout_of())
    assert "has no column" in text_of(page)
    assert "Check the columns" in text_of(page)


# Rows ---------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_rows_are_narrowed_by_outcome_and_words(client: Client, importer: Any) -> None:
    batch = previewed([LINE, LATER, BAD, "Cabinet A,2022-03-01,Émile,,Été,"], importer)
    address = f"/imports/{batch.pk}/"

    def numbers(query: str) -> list[int]:
        return [one.row.number for one in client.get(address + query).context["rows"]]

    assert numbers("") == [4, 2, 3, 5]
    assert numbers("?outcome=error") == [4]
    assert numbers("?q=again") == [3]
    assert numbers("?q=Été") == [5]
    assert numbers("?q=nothing-is-so") == []
    assert numbers("?outcome=nonsense&page=x") == [4, 2, 3, 5]


def test_pages_of_rows_cost_the_same(client: Client, importer: Any, django_assert_num_queries: Any) -> None:
    from tests.queries import count_queries

    few = previewed([f"Cabinet A,2022-01-{day:02d},Kay {day},,Talk," for day in (1, 2)], importer)
    many = previewed([f"Cabinet A,2022-01-{1 + n % 28:02d},Kay {n},,Talk {n}," for n in range(80)], importer)
    costs = []
    for batch in (few, many):
        client.get(f"/imports/{batch.pk}/")
        costs.append(len(count_queries(lambda pk=batch.pk: client.get(f"/imports/{pk}/"))))
    assert costs[0] == costs[1] <= 14
    assert len(client.get(f"/imports/{many.pk}/").context["rows"]) == 50


def test_what_changed_is_shown_before_and_after(client: Client, importer: Any) -> None:
    committed([LINE], importer)
    Meeting.objects.update(source_url="")
    batch = previewed([LINE, LATER], importer)
    assert outcomes(batch) == ["same", "new"]
    assert "Already recorded" in text_of(client.get(f"/imports/{batch.pk}/"))


# Deciding -----------------------------------------------------------------------------------------------


def test_one_answer_for_all_rows_that_ask_the_same(client: Client, importer: Any, twins: list[Organization]) -> None:
    batch = previewed([LINE, LATER], importer)
    assert outcomes(batch) == ["ambiguous", "ambiguous"]
    page = client.get(f"/imports/{batch.pk}/?outcome=ambiguous")
    assert "Also for the other row that asks this" in text_of(page)
    answer = {"row": ["2", "3"], "q2-0-choice": f"this:{twins[1].pk}", "q2-0-everywhere": "on", "q2-0-remember": "on"}
    client.post(f"/imports/{batch.pk}/decide/?outcome=ambiguous", answer)
    assert outcomes(batch) == ["new", "new"]
    assert Answer.objects.get().organization == twins[1]


def test_another_organization_by_its_name(client: Client, importer: Any, twins: list[Organization]) -> None:
    other = makers.make_organization("Quite another one")
    batch = previewed([LINE], importer)
    answer = {"row": "2", "q2-0-choice": "other", "q2-0-organization": "Quite another one"}
    client.post(f"/imports/{batch.pk}/decide/", answer)
    assert batch.rows.get().plan["parties"][1]["key"] == f"#{other.pk}"


def test_a_name_that_nobody_has_is_said_in_place(client: Client, importer: Any, twins: list[Organization]) -> None:
    batch = previewed([LINE], importer)
    for name in ("", "Nobody is called so"):
        answer = {"row": "2", "q2-0-choice": "other", "q2-0-organization": name}
        page = client.post(f"/imports/{batch.pk}/decide/", answer)
        assert page.status_code == 200
        assert 'id="id_q2-0-organization_error"' in text_of(page)
    assert outcomes(batch) == ["ambiguous"]


def test_left_out_and_asked_again(client: Client, importer: Any, twins: list[Organization]) -> None:
    batch = previewed([LINE], importer)
    client.post(f"/imports/{batch.pk}/decide/", {"row": "2", "q2-0-choice": "skip"})
    assert outcomes(batch) == ["skipped"]
    assert "Decide on row 2 again" in text_of(client.get(f"/imports/{batch.pk}/"))
    client.post(f"/imports/{batch.pk}/decide/", {"again": "2"})
    assert outcomes(batch) == ["ambiguous"]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"row": "99", "q99-0-choice": "new"},
        {"row": "x"},
        {"again": "999"},
        {"row": "2", "q2-0-choice": ""},
    ],
)
def test_answers_to_nothing_change_nothing(
    client: Client, importer: Any, twins: list[Organization], answer: dict[str, str]
) -> None:
    batch = previewed([LINE], importer)
    assert client.post(f"/imports/{batch.pk}/decide/", answer).status_code == 302
    assert outcomes(batch) == ["ambiguous"]


def test_an_answer_that_was_not_offered(client: Client, importer: Any, twins: list[Organization]) -> None:
    stranger = makers.make_organization("Not offered")
    batch = previewed([LINE], importer)
    answer = {"row": "2", "q2-0-choice": f"this:{stranger.pk}"}
    assert client.post(f"/imports/{batch.pk}/decide/", answer).status_code == 200
    assert outcomes(batch) == ["ambiguous"]


# Taking and taking back ---------------------------------------------------------------------------------


def test_sent_twice_it_is_imported_once(client: Client, importer: Any) -> None:
    batch = previewed([LINE], importer)
    for _time in range(2):
        page = client.post(f"/imports/{batch.pk}/commit/", {"digest": batch.digest}, follow=True)
        assert page.status_code == 200
    assert "not imported twice" in text_of(page)
    assert Meeting.objects.count() == 1
    assert Import.objects.get().problem == ""


def test_what_was_confirmed_is_not_what_is_there_now(client: Client, importer: Any) -> None:
    batch = previewed([LINE], importer)
    page = client.post(f"/imports/{batch.pk}/commit/", {"digest": "of another preview"})
    assert "The numbers have changed since you opened" in text_of(page)
    assert not Meeting.objects.exists()


def test_a_preview_that_has_grown_stale_is_not_taken(client: Client, importer: Any) -> None:
    batch = previewed([LINE], importer)
    makers.make_identifier(makers.make_organization("Kay"), KAY)
    page = client.post(f"/imports/{batch.pk}/commit/", {"digest": batch.digest}, follow=True)
    assert "have changed since" in text_of(page)
    assert not Meeting.objects.exists()
    client.post(f"/imports/{batch.pk}/look/")
    batch.refresh_from_db()
    assert batch.problem == ""
    client.post(f"/imports/{batch.pk}/commit/", {"digest": batch.digest})
    assert Meeting.objects.count() == 1


def test_what_stands_in_the_way_of_undoing_is_listed(client: Client, importer: Any) -> None:
    batch = committed([LINE], importer)
    makers.make_followup(meeting=Meeting.objects.get())
    for page in (client.get(f"/imports/{batch.pk}/undo/"), client.post(f"/imports/{batch.pk}/undo/")):
        assert "is needed by the follow-up" in text_of(page)
    assert Meeting.objects.exists()


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_rows_in_question_come_as_a_file(client: Client, importer: Any, extension: str) -> None:
    batch = previewed([LINE, BAD], importer)
    response = client.get(f"/imports/{batch.pk}/questions.{extension}")
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert (b"Wrong day" in body) == (extension == "csv")
    again = SimpleUploadedFile(f"rows.{extension}", body)
    page = send(client, again, layout_of())
    assert not page.context.get("form"), page.context["form"].errors
    assert outcomes(Import.objects.get(file_name=f"rows.{extension}")) == ["error"]
    assert client.get(f"/imports/{batch.pk}/questions.exe").status_code == 404


# Who may ------------------------------------------------------------------------------------------------


def test_nobody_else_learns_that_imports_are_there(people: People, importer: Any) -> None:
    batch = previewed([LINE], importer)
    pages = ["", "upload/", "layouts/", f"layouts/{batch.layout.slug}/", "999/", f"{batch.pk}/"]
    pages += [f"{batch.pk}/{page}" for page in ("columns/", "commit/", "undo/", "questions.csv")]
    for name, user in people:
        client = client_of(user)
        for page in pages:
            response = client.get(f"/imports/{page}")
            assert response.status_code == (302 if name == "visitor" else 404), f"{name} at {page}"
        for page in ("decide/", "look/", "commit/", "undo/"):
            response = client.post(f"/imports/{batch.pk}/{page}")
            assert response.status_code == (302 if name == "visitor" else 404), f"{name} at {page}"
        assert "/imports/" not in text_of(client.get("/"))


def test_an_import_that_is_not_there(client: Client) -> None:
    for page in ("", "columns/", "commit/", "undo/", "questions.csv"):
        assert client.get(f"/imports/999/{page}").status_code == 404
    assert client.get("/imports/layouts/nothing/").status_code == 404
    assert client.get("/imports/999/decide/").status_code == 405


def test_what_looks_like_a_formula_comes_back_as_it_was(client: Client, importer: Any) -> None:
    batch = previewed([BAD.replace("Wrong day", "=1+1")], importer)
    body = b"".join(client.get(f"/imports/{batch.pk}/questions.xlsx").streaming_content)  # type: ignore[attr-defined]
    send(client, SimpleUploadedFile("rows.xlsx", body), layout_of())
    row = Import.objects.get(file_name="rows.xlsx").rows.get()
    assert row.cells["About"] == "=1+1"
    text = b"".join(client.get(f"/imports/{batch.pk}/questions.csv").streaming_content)  # type: ignore[attr-defined]
    assert b"'=1+1" in text


def test_how_a_party_was_recognized_and_where_they_met_are_told_once(client: Client, importer: Any) -> None:
    makers.make_organization("Emmanuel Ltd")
    batch = previewed(["Cabinet A,2022-01-27,Emmanuel Ltd,,Talk,Online"], importer)
    page = text_of(client.get(f"/imports/{batch.pk}/"))
    assert page.count("ecognized by its name") == 1 and page.count("Online") == 2  # once as published


def test_rows_in_question_come_first_in_two_lines_with_their_source_on_demand(
    client: Client, importer: Any, twins: list[Organization]
) -> None:
    lines = ["Cabinet A,2022-01-27,Em,,Plain,Brussels", "Cabinet A,2022-02-31,Em,,Never,Brussels"]
    batch = previewed([*lines, "Cabinet A,2022-03-27,Kay,,Asked,Brussels"], importer)
    assert outcomes(batch) == ["new", "error", "ambiguous"]
    address = f"/imports/{batch.pk}/"
    page = client.get(address).content.decode()
    assert re.findall(r'<tr class="import-row" id="row-(\d+)"', page) == ["4", "3", "2"]
    assert "Rows 1 to 3 of 3, those to check first" in " ".join(page.split())
    numbers = [int(number) for number in re.findall(r'class="stat__number">(\d+)<', page)]
    assert numbers[0] == sum(numbers[1:]) == 3
    asked = page.split('id="row-4"')[1].split("</tr>")[0]
    assert asked.index("fieldset") < asked.index("<details") < asked.index("Cabinet A</dd>")
    unread = page.split('id="row-3"')[1].split("</tr>")[0]
    assert "<strong>Never</strong>" in unread
    new = client.get(f"{address}?outcome=new").content.decode()
    assert "those to check first" not in new and 'id="row-2"' in new


# Deleting -----------------------------------------------------------------------------------------------


def test_what_was_given_up_is_deleted_and_what_was_imported_stays(client: Client, importer: Any) -> None:
    kept, given_up = committed([LINE], importer), previewed([LATER], importer)
    path = given_up.file.path
    assert f"/imports/{given_up.pk}/delete/" in text_of(client.get(f"/imports/{given_up.pk}/"))
    assert "was not imported" in text_of(client.get(f"/imports/{given_up.pk}/delete/"))
    for batch in (kept, given_up):
        client.post(f"/imports/{batch.pk}/delete/")
    assert list(Import.objects.all()) == [kept]
    assert not given_up.rows.exists() and path


def test_a_layout_that_nothing_uses_is_deleted(client: Client, importer: Any) -> None:
    used = committed([LINE], importer).layout
    spare = Layout.objects.create(name="Spare", noun="meetings", spec=used.spec)
    shipped = Layout.objects.exclude(shipped="").first()
    assert shipped
    page = text_of(client.get("/imports/layouts/"))
    assert "layouts/spare/delete/" in page and f"layouts/{used.slug}/delete/" not in page
    for layout in (used, spare, shipped):
        client.post(f"/imports/layouts/{layout.slug}/delete/")
    assert set(Layout.objects.all()) >= {used, shipped} and not Layout.objects.filter(pk=spare.pk).exists()
