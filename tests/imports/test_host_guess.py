"""Whose meetings a register is about: from the names around its tables, or because only one host is recorded."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engagement.core.models import Visibility
from engagement.imports import actions
from engagement.imports.models import Import
from engagement.imports.planning.host_guess import guess_host
from meetings.models import Participant, Party
from tests.imports.files import outcomes
from tests.imports.sources.files import table_of
from tests.makers import make_host, make_organization

HEAD = "Minister,Date,Organisation,Purpose\n"
ROWS = HEAD + "Jo Roe MP,2024-01-08,Aaa Ltd,Growth\nAl Doe MP,2024-01-09,Bbb Ltd,Work\n"
TOLD = {
    "an acronym": (ROWS, "dft-ministerial-meetings.csv", "Department for Transport"),
    "a heading": (ROWS.replace("Minister", "MEP"), "x.csv", "European Parliament"),
    "two acronyms": (ROWS, "dft-and-dfe.csv", ""),
    "a title": ("Department for Education\n" + ROWS, "x.csv", "Department for Education"),
    "a longer title": (
        "Ministers' meetings at the Ministry of Justice in 2024\n" + ROWS,
        "x.csv",
        "Ministry of Justice",
    ),
    "a list in a title": (
        "Department for Culture and Sport: meetings\n" + ROWS,
        "x.csv",
        "Department for Culture and Sport",
    ),
    "the name of the file": (ROWS, "Cabinet_Office_ministerial_meetings__2023.csv", "Cabinet Office"),
    "hyphens": (ROWS, "Home-Office-meetings-jan-2024.csv", "Home Office"),
    "French": ("Ministère de la Transition écologique – agenda\n" + ROWS, "x.csv", "Ministère de la Transition"),
    "German": (ROWS, "Bundesministerium der Finanzen Kontakte 2024.csv", "Bundesministerium der Finanzen"),
    "a recorded acronym": (ROWS, "DEX_meetings_2024.csv", "Department of Examples"),
    "a recorded name": ("Meetings of the Department of Examples, 2024\n" + ROWS, "x.csv", "Department of Examples"),
    "an acronym inside a word": (ROWS, "DEXTER_meetings_2024.csv", ""),
    "nothing": (ROWS, "meetings.csv", ""),
}


def host(name: str, acronym: str) -> None:
    make_organization(name, acronym=acronym, is_host=True)


@pytest.mark.parametrize(("content", "name", "expected"), TOLD.values(), ids=TOLD)
@pytest.mark.django_db
def test_what_the_names_around_a_table_tell(tmp_path: Path, content: str, name: str, expected: str) -> None:
    host("Department of Examples", "DEX"), host("Agency of Samples", "AOS")
    make_organization("Cabinet Office Suppliers")
    found, why = guess_host([table_of(tmp_path, content, name)])
    assert found == expected
    assert bool(why) == bool(expected)


@pytest.mark.django_db
def test_files_of_several_hosts_have_no_one_host(tmp_path: Path) -> None:
    names = ("Home-Office-2024.csv", "Cabinet_Office_2024.csv")
    assert guess_host([table_of(tmp_path, ROWS, name) for name in names]) == ("", "")


@pytest.mark.django_db
def test_the_only_host_is_proposed(tmp_path: Path) -> None:
    make_host("Department of Examples")
    assert guess_host([table_of(tmp_path, ROWS)]) == (
        "Department of Examples",
        "Guessed because no other host is recorded.",
    )


def test_a_register_of_ministers_needs_no_typing(client: Client) -> None:
    """The host stands above the columns with its reason; taken as it is, every row comes in."""
    host("Department of Examples", "DEX")
    client.post("/imports/upload/", {"file": SimpleUploadedFile("DEX_Q1_2024.csv", ROWS.encode())})
    batch = Import.objects.get()
    text = client.get(f"/imports/{batch.pk}/columns/").content.decode()
    assert "Guessed from the name of the file." in text and "Still missing" not in text
    assert text.index('id="constant-host"') < text.index('id="the-columns"')
    assert text.count('name="constant-host"') == 1
    client.post(f"/imports/{batch.pk}/look/")
    assert outcomes(batch) == ["new", "new"]


def test_a_column_with_the_host_needs_no_guess(client: Client) -> None:
    make_host("Department of Examples")
    content = ROWS.replace("Minister,", "Ministry,").encode()
    client.post("/imports/upload/", {"file": SimpleUploadedFile("x.csv", content)})
    assert "host" not in Import.objects.get().layout.spec.get("constants", {})


@pytest.mark.parametrize(
    ("names", "seen_by"), [("", Visibility.INTERNAL), ("shared", Visibility.SHARED), ("public", Visibility.PUBLIC)]
)
def test_the_layout_says_who_can_see_the_names(client: Client, importer: Any, names: str, seen_by: Visibility) -> None:
    make_host("Department of Examples")
    client.post("/imports/upload/", {"file": SimpleUploadedFile("x.csv", ROWS.encode())})
    batch = Import.objects.get()
    batch.layout.spec = {**batch.layout.spec, **({"names": names} if names else {})}
    batch.layout.save()
    actions.preview(batch, by=importer)
    actions.commit(batch, by=importer)
    assert set(Participant.objects.values_list("visibility", flat=True)) == {seen_by}
    assert set(Participant.objects.values_list("effective_visibility", flat=True)) == {Visibility.INTERNAL}
    assert Party.objects.filter(side="host").count() == 2
