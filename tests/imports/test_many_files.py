"""Several files in one upload: one layout, one preview, one undo; each keeps its own headings and its own year."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engagement.imports.models import Import, Layout
from engagement.imports.sources.bundle import row_label
from meetings.models import Meeting
from organizations.models import Organization
from tests.imports.files import codes, outcomes
from tests.makers import make_host

FIRST = (
    "DfX meetings Jul-Sep 2023.csv",
    "Minister,Date,Name of organisation,Purpose of meeting\n"
    "Jane,Jul,Aaa Ltd,Growth\n,Aug,Bbb Ltd,Work\nSam,Nil return,,\n",
)
SECOND = (
    "DfX meetings Q4 2023.csv",
    "Minister,Meeting date,Person or organisation that meeting was with,Purpose\n"
    "Jane,13/10/2023,Aaa Ltd,Growth\nTom,14/11/2023,Ccc Ltd,Trade\nTom,14/11/2023,Ddd Ltd,Ports\n",
)
GIFTS = ("DfX gifts.csv", "Minister,Date,Gift,Given or received,Value (£)\nJane,Jul,Pen,Received,200\n")


def sent(*files: tuple[str, str]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, text.encode()) for name, text in files]


def archive(*files: tuple[str, str], name: str = "quarter.zip") -> SimpleUploadedFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for path, text in files:
            zipped.writestr(path, text)
    return SimpleUploadedFile(name, content.getvalue())


def fields(page: str) -> dict[str, Any]:
    """What the form of a layout would send, as a browser reads it."""
    form = page[page.index('class="form layout-form"') :]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        named, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if named and ("checkbox" not in tag or " checked" in tag):
            found.setdefault(named[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = text
    return found


def brought_in(client: Client, files: Any, layout: Layout | None = None) -> Import:
    """Upload and, for a guessed layout, its one button."""
    page = client.post("/imports/upload/", {"file": files, "layout": layout.pk if layout else ""}, follow=True)
    batch: Import = Import.objects.latest("pk")
    if not layout:
        client.post(f"/imports/{batch.pk}/columns/", fields(page.content.decode()))
        batch.refresh_from_db()
    return batch


def test_two_files_of_different_shape_become_one_import(client: Client) -> None:
    batch = brought_in(client, sent(FIRST, SECOND, GIFTS))
    assert (outcomes(batch), batch.counts["meetings"]) == (["new", "new", "skipped", "new", "new", "new"], 5)
    assert [row_label(number) for number in batch.rows.values_list("number", flat=True)] == [
        *(f"{row} of file 2" for row in (2, 3, 4)), *(f"{row} of file 3" for row in (2, 3, 4)),
    ]  # fmt: skip
    assert [row.plan["on"] for row in batch.rows.exclude(outcome="skipped")] == [
        "2023-07", "2023-08", "2023-10-13", "2023-11-14", "2023-11-14",
    ]  # fmt: skip
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "One file was skipped" in page and "gifts, hospitality or travel" in page
    client.post(f"/imports/{batch.pk}/commit/", {"digest": batch.digest})
    assert Meeting.objects.count() == 5 and Organization.objects.filter(name="Aaa Ltd").count() == 1
    again = brought_in(client, archive(FIRST, SECOND), batch.layout)
    assert "new" not in outcomes(again)
    client.post(f"/imports/{batch.pk}/undo/")
    assert not Meeting.objects.exists() and not Organization.objects.exists()


def test_the_same_files_are_known_again(client: Client) -> None:
    first = brought_in(client, sent(FIRST, SECOND))
    second = brought_in(client, sent(SECOND, FIRST))
    assert first.sha256 == second.sha256


def test_files_of_one_name_keep_both(client: Client) -> None:
    batch = brought_in(client, sent(FIRST, FIRST))
    assert [one["name"] for one in batch.counts["files"]] == [FIRST[0], "DfX meetings Jul-Sep 2023 (2).csv"]
    assert codes(batch)[0] == "" and set(codes(batch)[3:]) == {"repeated", "nil"}


def test_folders_in_an_archive_tell_the_period(client: Client) -> None:
    text = FIRST[1]
    batch = brought_in(
        client, archive(("2022/Q3/meetings.csv", text), ("2023/Q3/meetings.csv", text), ("readme.pdf", "x"))
    )
    assert {row.plan["on"] for row in batch.rows.filter(outcome="new")} == {"2022-07", "2022-08", "2023-07", "2023-08"}
    assert batch.counts["files"][0]["problem"] == "This is not a CSV, XLSX, XLS, ODS or JSON file."


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (archive(), "zip archive"),
        (archive(("photo.jpg", "x")), "not a CSV"),
        (archive((".hidden.csv", "a,b\n1,2\n")), "no table"),
        (SimpleUploadedFile("cut.zip", b"PK\x03\x04 cut off"), ""),
    ],
)
def test_archives_without_a_table_are_refused(client: Client, file: SimpleUploadedFile, said: str) -> None:
    page = client.post("/imports/upload/", {"file": file, "layout": ""})
    assert said in page.context["form"].errors["file"][0]


def test_a_file_of_another_shape_is_passed_over_and_said(client: Client) -> None:
    batch = brought_in(client, sent(FIRST))
    other = brought_in(client, sent(FIRST, ("staff.csv", "Name,Room\nA,1\n")), batch.layout)
    passed = [one for one in other.counts["files"] if one["problem"]]
    assert [one["name"] for one in passed] == ["staff.csv"] and "has no column" in passed[0]["problem"]
    assert outcomes(other) == ["new", "new", "skipped"]


def test_each_file_without_a_year_is_asked_for_its_own(client: Client) -> None:
    make_host("DfX")
    text = "Host,Date,Organisation,Purpose\nDfX,Jul,Aaa Ltd,Growth\nDfX,Aug,Bbb Ltd,Work\n"
    batch = brought_in(client, sent(("one.csv", text), ("three 2023.csv", text), ("two.csv", text)))
    assert codes(batch).count("date_no_year") == 4
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "Period of one.csv" in page and "Period of two.csv" in page and "Period of three" not in page
    assert page.count('value="July 2023 to August 2023"') == 2  # as the third file says
    client.post(f"/imports/{batch.pk}/period/", {"period-1": "2021", "period-3": "nonsense"})
    assert codes(batch).count("date_no_year") == 4
    client.post(f"/imports/{batch.pk}/period/", {"period-1": "2021"})
    assert codes(batch).count("date_no_year") == 2
    client.post(f"/imports/{batch.pk}/period/", {"period-3": "Jul-Sep 2022"})
    months = [row.plan["on"] for row in batch.rows.all()]
    assert months == ["2021-07", "2021-08", "2023-07", "2023-08", "2022-07", "2022-08"]
