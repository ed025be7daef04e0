"""A layout made in the browser from a file nobody has seen, rows decided on, imported, undone; every page looked at."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from engagement.imports.models import Import
from meetings.models import Meeting
from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.imports.files import committed, previewed
from tests.makers import make_followup, make_organization, make_user
from tests.people import People
from tests.thorough import looks, today

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Arzneimittelzulassungsverfahrensvereinheitlichungsabkommensverhandlungen"
UNSEEN = f"""Ministerial diary 2022

Minister;Termin;Organisation;Thema;Ort
Cabinet Almond;27/01/2022;Kay Pharma;Access to {LONG};Brussels
;28/02/2022;Twin Association;Budget;Videoconference
;28/03/2022;Twin Association;Budget again;Strasbourg
;31/02/2022;Kay Pharma;A day that never was;Brussels
"""


@pytest.fixture
def importer(people: People) -> Any:
    user = make_user("importer", is_staff=True)
    user.groups.add(Group.objects.get(name="importer"))
    return user


@pytest.fixture
def unseen(tmp_path: Path) -> Path:
    make_organization("Twin Association")
    make_organization("Twin Association Ltd")
    file = tmp_path / "unseen.csv"
    file.write_text(UNSEEN)
    return file


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_unseen_file_all_the_way(browse: Windows, importer: Any, unseen: Path, javascript: bool) -> None:
    page = browse("/", user=importer, javascript=javascript)
    page.get_by_role("link", name="Imports").click()
    page.get_by_role("link", name="Import a file").click()
    page.get_by_label("File").set_input_files(unseen)
    press(page, "Read the file")
    page.get_by_label("Name", exact=True).fill("A ministry’s diary")
    expect(page.get_by_label("Meaning: Minister")).to_have_value("host")
    cells, meaning = page.locator("#c0-head").bounding_box(), page.locator("#c0-target").bounding_box()
    assert cells and meaning and meaning["x"] > cells["x"] + 400 and meaning["y"] < cells["y"] + 80, "side by side"
    if javascript:  # what is missing is said at once, before anything is sent
        page.get_by_label("Meaning: Minister").select_option("ignored")
        expect(page.get_by_role("link", name=re.compile("Choose the column with the host"))).to_be_visible()
        page.get_by_label("Meaning: Minister").select_option("host")
        expect(page.get_by_text("Nothing is missing.")).to_be_visible()
    press(page, "Save and preview")
    page.get_by_role("link", name=re.compile("To decide")).click()
    first = page.locator("fieldset.question").first
    if javascript:
        first.get_by_label("Another recorded organization").check()
        first.get_by_role("combobox").press_sequentially("Twin Association L")
        page.get_by_role("option", name=re.compile("Twin Association Ltd")).click()
    else:
        first.get_by_role("radio", name=re.compile("Twin Association Ltd")).check()
    first.get_by_label(re.compile("Remember this")).check()
    press(page, "Save decisions")
    expect(page.get_by_text("Decided on 2 rows")).to_be_visible()
    page.get_by_role("link", name="Import", exact=True).click()
    press(page, "Yes, import")
    expect(page.get_by_text("Imported. All rows are listed below.")).to_be_visible()
    assert Meeting.objects.count() == 3
    page.get_by_role("link", name="Undo this import").click()
    press(page, "Yes, undo it")
    expect(page.get_by_role("heading", name="This import was undone")).to_be_visible()
    assert not Meeting.objects.exists()


@looks(2)
def test_every_page(browse: Windows, importer: Any, unseen: Path, width: int, dark: bool) -> None:
    page = browse("/imports/", user=importer, width=width, dark=dark)
    faults = look(page)
    for address in today(addresses(importer), parts=2):
        page.goto(address)
        faults += look(page)
    page.goto("/imports/upload/")
    page.get_by_label("File").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"%PDF-"})
    press(page, "Read the file")
    faults += look(page)
    page.get_by_label("File").set_input_files(unseen)
    press(page, "Read the file")
    faults += look(page)
    for summary in page.locator("main details > summary").all():
        summary.click()
    faults += look(page)
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_label("Row with the headings").fill("x")
    press(page, "Save and preview")
    faults += look(page)
    page.get_by_label("Name", exact=True).fill("A ministry’s diary")
    page.get_by_label("Row with the headings").fill("0")
    press(page, "Save and preview")
    faults += look(page)
    page.get_by_label("Another recorded organization").first.check()
    press(page, "Save decisions")
    faults += look(page)
    assert not faults, "\n".join(faults)


def addresses(importer: Any) -> list[str]:
    """An import in each state, and the pages that are asked from it."""
    line = "Cabinet A,2022-01-27,Kay,,Talk,Brussels"
    waiting = previewed([f"Cabinet B,2023-01-27,Kay,,{LONG},"], importer)
    working = previewed([f"Cabinet B,2023-02-27,Kay,,{LONG},"], importer)
    done, built_on = committed([line], importer), committed(["Cabinet A,2023-01-27,Em,,Talk,"], importer)
    make_followup(meeting=Meeting.objects.get(starts_on="2023-01-27"), chaser=importer)
    changed = previewed([line.replace("Talk", f"Talk of {LONG}")], importer)
    Import.objects.filter(pk=working.pk).update(work="waiting", worked_at=working.previewed_at)
    pages = ["upload/", "layouts/", f"layouts/{done.layout.slug}/", f"layouts/{done.layout.slug}/?copy=1"]
    pages += [f"{batch.pk}/" for batch in (waiting, working, done, built_on, changed)]
    pages += [f"{waiting.pk}/commit/", f"{done.pk}/undo/", f"{built_on.pk}/undo/", f"{waiting.pk}/?q=nothing-is-so"]
    pages.append(f"{waiting.pk}/rows/2/")
    return [f"/imports/{page}" for page in pages]
