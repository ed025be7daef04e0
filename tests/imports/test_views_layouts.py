"""Layouts made in the browser, for a file that nobody has seen yet, and used again."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engagement.imports import actions
from engagement.imports.layouts.validation import parse_spec
from engagement.imports.models import Import, Layout
from engagement.imports.models.layouts import spec_of
from tests.imports.files import DIARY, REGISTER, layout_of, outcomes, previewed

UNSEEN = (
    "Ministerial diary 2022\r\n\r\n"
    "Minister;Termin;Organisation;Thema;Ort\r\n"
    "Cabinet Almond;27/01/2022;Kay Pharma;Access;Brussels\r\n"
    ";28/02/2022;Tinkerers;Access again;Paris\r\n"
)


@pytest.fixture
def guessed(client: Client) -> Import:
    client.post("/imports/upload/", {"file": SimpleUploadedFile("unseen.csv", UNSEEN.encode())})
    return Import.objects.get()


def fields_of(page: Any) -> dict[str, Any]:
    """What the form would send as it is shown."""
    draft = page.context["draft"]
    found: dict[str, Any] = {"name": draft.name, "noun": draft.data["noun"], "version": draft.layout.version}
    for block in page.context["blocks"]:
        found |= {
            f"c{block.at}-target": block.data["target"],
            f"c{block.at}-headers": block.headers,
            f"c{block.at}-values": block.values,
            f"c{block.at}-separators": [one.value for one in block.separators if one.is_chosen],
            f"c{block.at}-other_separators": block.other_separators,
            f"c{block.at}-date_forms": [one.value for one in block.date_forms if one.is_chosen],
            **{f"c{block.at}-{name}": "1" for name in ("carry_down", "is_required") if block.data.get(name)},
        }
    found["columns"] = len(page.context["blocks"])
    found["date_forms"] = [one.value for one in page.context["date_forms"] if one.is_chosen]
    found |= {name: draft.data.get(name, "") for name in ("time_zone", "scheme", "sheet", "encoding", "credit")}
    found |= {name: draft.data[name] for name in ("series", "rows_go_on", "file_name_dates") if draft.data.get(name)}
    found |= {"delimiter": draft.data.get("delimiter", ""), "header_row": draft.data.get("header_row", 0)}
    found |= {f"constant-{one.name}": one.value for one in page.context["constants"]}
    return found


def test_what_is_wrong_stands_at_its_own_field(client: Client, guessed: Import) -> None:
    page = client.get(f"/imports/{guessed.pk}/columns/")
    answer = client.post(f"/imports/{guessed.pk}/columns/", {**fields_of(page), "c3-other_separators": "and"}).text
    said = "A cell of this column can hold one value only."
    box = answer[answer.index('id="c3-separators"') :].split("</fieldset>")[0]
    assert answer.count(f"<p>{said}</p>") == box.count(f"<p>{said}</p>") == 1
    assert "[&#x27;" not in answer and 'name="c3-values" rows="2" aria-invalid' not in " ".join(answer.split())


def test_an_unseen_file_goes_in_through_a_guess(client: Client, guessed: Import) -> None:
    page = client.get(f"/imports/{guessed.pk}/columns/")
    targets = {block.heading: block.data["target"] for block in page.context["blocks"]}
    assert targets["Minister"] == "host"
    assert targets["Termin"] == "date"
    given = {**fields_of(page), "name": "A ministry", "credit": "City of Ghent, CC0"}
    answer = client.post(f"/imports/{guessed.pk}/columns/", given)
    assert answer.status_code == 302
    assert outcomes(guessed) == ["new", "new"]
    assert "<dt>Source</dt><dd>City of Ghent, CC0</dd>" in client.get(f"/imports/{guessed.pk}/").content.decode()
    assert Layout.objects.filter(name="A ministry", noun="meetings").exists()


def test_the_layout_serves_the_next_file(client: Client, guessed: Import) -> None:
    page = client.get(f"/imports/{guessed.pk}/columns/")
    client.post(f"/imports/{guessed.pk}/columns/", {**fields_of(page), "name": "A ministry"})
    later = SimpleUploadedFile("later.csv", UNSEEN.replace("2022", "2023").encode())
    layout = Layout.objects.get(name="A ministry")
    client.post("/imports/upload/", {"file": later, "layout": layout.pk})
    assert outcomes(Import.objects.get(file_name="later.csv")) == ["new", "new"]


def test_mistakes_stand_beside_their_fields(client: Client, guessed: Import) -> None:
    fields = fields_of(client.get(f"/imports/{guessed.pk}/columns/"))
    wrong = {**fields, "name": "", "c0-target": "nonsense", "c1-headers": "", "header_row": "x", "time_zone": "Nowhere"}
    page = client.post(f"/imports/{guessed.pk}/columns/", {**wrong, "constant-country": "ZZ"})
    assert page.status_code == 200
    errors = page.context["draft"].errors
    assert {"name", "columns.0.target", "columns.1.headers", "header_row", "time_zone"} <= set(errors)
    assert "constants.country" in errors
    text = page.content.decode()
    assert text.count('aria-invalid="true"') >= 5
    assert all(f'id="{anchor}"' in text for anchor, _said in page.context["faults"])


def test_mistakes_are_said_while_one_types(client: Client, guessed: Import) -> None:
    fields = fields_of(client.get(f"/imports/{guessed.pk}/columns/"))
    for address in (f"/imports/{guessed.pk}/columns/?check=1", f"/imports/layouts/{guessed.layout.slug}/?check=1"):
        assert "Nothing is missing" in client.post(address, fields).content.decode()
        said = client.post(address, {**fields, "c0-target": "ignored"}).content.decode()
        assert "Choose the column with the host" in said
    assert outcomes(guessed) == []


@pytest.mark.parametrize("columns", ["", "x", "-1", "99999", "250"])
def test_a_form_that_was_tampered_with(client: Client, guessed: Import, columns: str) -> None:
    page = client.post(f"/imports/{guessed.pk}/columns/", {"columns": columns, "noun": "nonsense"})
    assert page.status_code == 200
    assert page.context["faults"]


def test_guessed_anew_as_something_else(client: Client, guessed: Import) -> None:
    page = client.get(f"/imports/{guessed.pk}/columns/?guess=organizations")
    assert page.context["draft"].data["noun"] == "organizations"


def test_a_layout_that_is_not_finished(client: Client) -> None:
    client.post("/imports/upload/", {"file": SimpleUploadedFile("vague.csv", b"A,B\r\n1,x\r\n")})
    batch = Import.objects.get()
    page = client.get(f"/imports/{batch.pk}/columns/")
    assert "Still missing" in page.content.decode()
    assert client.post(f"/imports/{batch.pk}/look/", follow=True).status_code == 200
    assert client.get("/imports/layouts/").context["rows"]
    again = {"file": SimpleUploadedFile("vague.csv", b"A,B\r\n1,x\r\n"), "layout": batch.layout.pk}
    assert client.post("/imports/upload/", again).context["form"].errors["layout"]


def test_every_layout_comes_back_as_it_was(client: Client) -> None:
    """Shown in the form and sent again unchanged, a layout is the same."""
    layout_of(DIARY), layout_of(REGISTER)
    for layout in Layout.objects.all():
        before = parse_spec({**layout.spec, "noun": layout.noun})[0]
        fields = fields_of(client.get(f"/imports/layouts/{layout.slug}/"))
        assert client.post(f"/imports/layouts/{layout.slug}/", fields).status_code == 302, layout
        layout.refresh_from_db()
        assert spec_of(layout.spec, layout.noun) == before


def test_a_copy_and_a_name_that_is_taken(client: Client) -> None:
    layout = layout_of(DIARY)
    page = client.get(f"/imports/layouts/{layout.slug}/?copy=1")
    fields = {**fields_of(page), "as_new": "1"}
    assert client.post(f"/imports/layouts/{layout.slug}/", fields).status_code == 302
    assert Layout.objects.filter(name__startswith="Copy of", made_by__username="importer").count() == 1
    page = client.post(f"/imports/layouts/{layout.slug}/", fields)
    assert "has this name" in page.context["draft"].errors["name"][0]


def test_two_people_change_one_layout(client: Client) -> None:
    layout = layout_of(DIARY)
    fields = fields_of(client.get(f"/imports/layouts/{layout.slug}/"))
    layout.save()
    page = client.post(f"/imports/layouts/{layout.slug}/", {**fields, "name": "Mine"})
    assert "Someone else has changed" in page.context["draft"].errors["name"][0]
    layout.refresh_from_db()
    assert layout.name != "Mine"


def test_how_an_imported_file_is_read_cannot_be_changed(client: Client, importer: Any) -> None:
    batch = previewed(["Cabinet A,2022-01-27,Kay,,Talk,"], importer)
    actions.commit(batch, by=importer)
    assert client.get(f"/imports/{batch.pk}/columns/").status_code == 302
    assert client.post(f"/imports/{batch.pk}/columns/", {}).status_code == 302


def test_a_file_that_is_gone(client: Client, guessed: Import) -> None:
    guessed.file.storage.delete(guessed.file.name)
    assert "no longer exists" in client.get(f"/imports/{guessed.pk}/columns/").content.decode()
