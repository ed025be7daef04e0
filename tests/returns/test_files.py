"""Every shipped form: its file equals one made by hand from the facts, and comes back through our own import."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import override_settings
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker

from engagement.imports import actions as imports
from engagement.imports.models import Import, Layout
from engagement.returns.actions import make
from engagement.returns.models import Return
from engagement.returns.shipped import SHIPPED
from meetings.models import Meeting, Party
from organizations.models import Organization
from tests import lazy_upkeep
from tests.makers import make_user
from tests.people import People, make_people
from tests.returns.world import MOMENT, SITE, form_of, make_register, period_of

FILES = Path(__file__).parent / "files"
WORKBOOKS = [one.code for one in SHIPPED if one.fields.get("file_format") == "xlsx"]
CANADA = "canada-communications"
CSV = [one.code for one in SHIPPED if one.code not in (*WORKBOOKS, CANADA)]


def made(code: str, host: Organization, people: People) -> Return:
    form = form_of(code)
    return make(form, host, period_of(form), by=people.publisher)


def archive(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def cells(content: bytes) -> list[list[str]]:
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [["" if cell is None else _said(cell) for cell in row] for row in rows]


def _said(cell: object) -> str:
    return cell.date().isoformat() if isinstance(cell, dt.datetime) else str(cell)


@pytest.mark.parametrize("code", CSV)
def test_a_csv_file_is_byte_for_byte_the_one_made_by_hand(register: Organization, people: People, code: str) -> None:
    assert bytes(made(code, register, people).content) == (FILES / f"{code}.csv").read_bytes()


@pytest.mark.parametrize("code", WORKBOOKS)
def test_a_workbook_is_cell_by_cell_the_one_made_by_hand(register: Organization, people: People, code: str) -> None:
    sent = made(code, register, people)
    with (FILES / f"{code}.csv").open(encoding="utf-8", newline="") as file:
        by_hand = list(csv.reader(file))
    assert cells(bytes(sent.content)) == by_hand


def test_the_archive_has_the_four_files_made_by_hand(register: Organization, people: People) -> None:
    parts = archive(bytes(made(CANADA, register, people).content))
    names = [
        f"Communication_{name}Export.csv" for name in ("Primary", "Dpoh", "SubjectMatters", "SubjectMatterDetails")
    ]
    assert list(parts) == names
    for name, content in parts.items():
        assert content == (FILES / name).read_bytes(), name


def test_the_founding_meeting_stands_in_the_files_of_five_authorities(register: Organization, people: People) -> None:
    codes = ["commission-cabinets", "united-kingdom-ministers", "ireland-returns", "scotland-returns", CANADA]
    for code in codes:
        assert "BM-2025-001" in made(code, register, people).entries, code


NAMES = {
    "commission-cabinets": "european-commission-members-and-cabinets-may-2025.xlsx",
    "commission-directorates-general": "european-commission-directors-general-may-2025.xlsx",
    "parliament-members": "european-parliament-members-may-2025.csv",
    "united-kingdom-ministers": "european-medicines-agencys-ministerial-meetings-april-to-june-2025.csv",
    "united-kingdom-senior-officials": "european-medicines-agencys-senior-officials-meetings-april-to-june-2025.csv",
    "united-kingdom-special-advisers": "european-medicines-agencys-special-advisers-meetings-april-to-june-2025.csv",
    "united-kingdom-media": "european-medicines-agencys-special-advisers-meetings-with-media-april-to-june-2025.csv",
    "ireland-returns": "ireland-lobbying-returns-may-august-2025.csv",
    "ireland-designated-officials": "european-medicines-agency-designated-public-officials-august-2025.csv",
    "scotland-returns": "scotland-lobbying-returns-january-june-2025.csv",
    CANADA: "canada-communication-reports-may-2025.zip",
}


def test_each_file_is_called_by_its_form_and_whole_period(register: Organization, people: People) -> None:
    assert {one.code: made(one.code, register, people).file_name for one in SHIPPED} == NAMES


# And back -------------------------------------------------------------------------------------------------------


def layout(*columns: tuple[str, str], **more: Any) -> dict[str, Any]:
    named = [{"target": target, "headers": [heading]} for target, heading in columns]
    return {"noun": "meetings", "columns": named, "scheme": "eu_transparency", **more}


OURS = {"constants": {"host": "European Medicines Agency"}}
BRITISH = [("date", "Date"), ("purpose", "Purpose of meeting")]
OF_PERSON = "Name of organisation or individual"
COMMISSION = [
    ("date", "Date of meeting"),
    ("place", "Location"),
    ("counterparts", "Name of interest representative"),
    ("counterpart_numbers", "Transparency register ID"),
    ("purpose", "Subject of the meeting"),
]
LAYOUTS: dict[str, dict[str, Any]] = {
    "commission-cabinets": layout(("host", "Name of cabinet"), *COMMISSION),
    "commission-directorates-general": layout(("host", "Name of DG/EA - full name"), *COMMISSION),
    "united-kingdom-senior-officials": layout(*BRITISH, ("counterparts", OF_PERSON), date_forms=["dmy"], **OURS),
    "ireland-returns": layout(
        ("date", "Meeting date"),
        ("counterparts", "Lobbyist Name"),
        ("purpose", "Specific Details"),
        date_forms=["dmy"],
        **OURS,
    ),
    "united-kingdom-ministers": layout(*BRITISH, ("counterparts", OF_PERSON), date_forms=["dmy"], **OURS),
    "united-kingdom-special-advisers": layout(*BRITISH, ("counterparts", OF_PERSON), date_forms=["dmy"], **OURS),
    "united-kingdom-media": layout(
        *BRITISH, ("counterparts", "Media organisation represented"), date_forms=["dmy"], **OURS
    ),
    "scotland-returns": layout(
        ("date", "Date of lobbying activity"),
        ("counterparts", "Registrant name"),
        ("purpose", "Purpose of lobbying"),
        ("place", "Location"),
        date_forms=["dmy"],
        **OURS,
    ),
    "parliament-members": {
        **layout(("date", "date"), ("place", "location"), date_forms=["dmy"], **OURS),
        "columns": [
            {"target": "date", "headers": ["date"]},
            {"target": "place", "headers": ["location"]},
            {"target": "counterparts", "headers": ["lobbyists"], "separators": [";"]},
        ],
    },
    CANADA: layout(("date", "COMM_DATE"), ("counterparts", "EN_CLIENT_ORG_CORP_NM_AN"), **OURS),
}
KNOWN = {
    "commission-cabinets": {"purpose", "number", "place"},
    "commission-directorates-general": {"purpose", "number", "place"},
    "scotland-returns": {"purpose", "place"},
    "parliament-members": {"place"},
    CANADA: set(),
}
"""What the form says besides day, host and organization; the others say the purpose."""


def test_every_form_of_meetings_is_read_back() -> None:
    assert {one.code for one in SHIPPED} - {"ireland-designated-officials"} == LAYOUTS.keys()


def facts(known: set[str], sent: Collection[str] = ()) -> list[tuple[object, ...]]:
    """One for each meeting and organization: what a form that knows so much can say of it."""
    rows = Party.objects.filter(side="counterpart").select_related("organization", "meeting")
    rows = rows.filter(meeting__reference__in=sent) if sent else rows
    return sorted(
        (
            str(row.meeting.starts_on),
            row.meeting.parties.get(side="host").organization.name,
            row.organization.name,
            " ".join(row.meeting.purpose.split()) if "purpose" in known else "",
            row.register_number if "number" in known else "",
            (row.meeting.city, str(row.meeting.country)) if "place" in known else "",
        )
        for row in rows
    )


Sent = tuple[str, bytes, list[tuple[object, ...]]]
"""A file by its name, its content, and what it says."""


@pytest.fixture(scope="module")
def module_sent(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Sent]:
    """Made of a register that is not there any more."""
    found = {}
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(MOMENT, tick=False),
        override_settings(SITE_URL=SITE),
    ):
        people = make_people()
        register = make_register(people)
        for code in LAYOUTS:
            sent = made(code, register, people)
            said = facts(KNOWN.get(code, {"purpose"}), sent.entries)
            found[code] = (sent.file_name, bytes(sent.content), said)
        transaction.set_rollback(True)
    lazy_upkeep.forget()
    return found


@pytest.mark.parametrize("code", LAYOUTS)
def test_what_was_sent_comes_back_as_the_same_meetings(module_sent: dict[str, Sent], db: None, code: str) -> None:
    known = KNOWN.get(code, {"purpose"})
    file_name, content, before = module_sent[code]
    assert not Meeting.objects.exists()
    if code == CANADA:
        content = archive(content)["Communication_PrimaryExport.csv"]
    record = Layout.objects.create(name="Back", noun="meetings", spec=LAYOUTS[code])
    by = make_user("importer", is_superuser=True, is_staff=True)
    name = file_name.replace(".zip", ".csv")
    batch = Import.objects.take_in(ContentFile(content, name), layout=record, by=by)
    imports.preview(batch, by=by)
    imports.commit(batch, by=by)
    assert facts(known) == before
