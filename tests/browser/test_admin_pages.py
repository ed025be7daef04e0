"""Every page of the admin: accessible, no wider than a phone, silent in the console, worked by keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests import makers as make
from tests.addresses import admin_addresses, chief, each, make_site, told
from tests.browser.looking import look, skip
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import ALL, looks, today

pytestmark = pytest.mark.django_db(transaction=True)

MEETINGS, ADD = "/admin/meetings/meeting/", "/admin/meetings/meeting/add/"
WALKS = [(1280, False, 0), (390, True, 1), (1280, False, 1), (390, True, 0)]
"""In halves, which two cores share; in the ordinary run a twelfth of all pages each, tomorrow the next."""


@pytest.mark.parametrize(("width", "dark", "half"), WALKS if ALL else WALKS[:2])
@pytest.mark.slow("every page of the admin in a browser")
def test_every_page(browse: Windows, people: People, width: int, dark: bool, half: int) -> None:
    world = make_site(people)
    page, faults = browse("/admin/", user=chief(people), width=width, dark=dark), []
    addresses = list(each(admin_addresses(world)))
    assert len(addresses) > 50
    for address in addresses[half::2] if ALL else today(addresses, parts=12, turn=half):
        answer = page.goto(address)
        assert answer and answer.status == 200, address
        faults += look(page)
    faults += skip(page, ".skip-to-content-link")
    assert not faults, told(faults)


@looks(3)
def test_those_who_may_only_read(browse: Windows, people: People, width: int, dark: bool) -> None:
    meeting = make_site(people).records["founding"]
    page = browse("/admin/", user=people.manager, width=width, dark=dark)
    faults = look(page)
    page.goto(f"{MEETINGS}{meeting.pk}/change/")
    assert page.locator(".save-button[name]").count() == 0
    faults += look(page)
    assert not faults, told(faults)


@looks(0)
def test_a_list_filtered_and_acted_on(browse: Windows, people: People, width: int, dark: bool) -> None:
    followup = make_site(people).records["followup"]
    page = browse("/admin/followups/followup/?side=ours", user=people.manager, width=width, dark=dark)
    if width == 390:
        page.locator(".filter-fold > summary").press("Enter")
    expect(page.locator("#changelist-filter")).to_be_visible()
    faults = look(page)
    page.goto("/admin/followups/followup/")
    page.locator(f'[name=_selected_action][value="{followup.pk}"]').check()
    page.locator("[name=action]").select_option("complete")
    page.locator("#changelist-form .actions button").click()
    expect(page.locator("[name=_confirmed]")).to_be_attached()
    faults += look(page)
    page.locator("[name=result]").fill("As promised")
    page.locator(".verb-form [type=submit]").click()
    expect(page.locator(".messagelist")).to_contain_text("One follow-up completed.")
    faults += look(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".messagelist")).to_contain_text("Undone. The follow-up is as it was before.")
    assert page.url.endswith("/admin/followups/followup/")
    assert not faults, told(faults)


@looks(1)
def test_a_form_with_mistakes(browse: Windows, people: People, width: int, dark: bool) -> None:
    page, faults = browse(ADD, user=chief(people), width=width, dark=dark), []
    page.locator('[name="parties-0-organization"]').fill("Nobody knows this one")
    for address in (ADD, "/admin/followups/followup/add/", "/admin/accounts/user/add/"):
        if address not in page.url:
            page.goto(address)
        page.locator('.save-button[name="_save"]').click()
        expect(page.get_by_role("alert")).to_be_focused()
        faults += look(page)
    assert not faults, told(faults)


def test_deleting_is_asked_and_left_without_scripts(browse: Windows, people: People) -> None:
    topic = make.make_topic("Delete me")
    change = f"/admin/topics/topic/{topic.pk}/change/"
    page = browse(change.replace("change", "delete"), user=chief(people), javascript=False)
    page.get_by_role("link", name="Go back").click()
    assert page.url.endswith(change)
    page.get_by_role("link", name="Delete").click()
    faults = look(page) if ALL else []
    page.get_by_role("button", name="Yes, delete").click()
    assert page.url.endswith("/admin/topics/topic/") and not faults, told(faults)


@looks(2)
def test_a_conflict(browse: Windows, people: People, width: int, dark: bool) -> None:
    organization = make.make_organization("Organization of two")
    page = browse(
        f"/admin/organizations/organization/{organization.pk}/change/", user=people.secretary, width=width, dark=dark
    )
    organization.acronym = "OTHER"
    organization.save()
    page.locator('[name="description"]').fill("Mine")
    page.locator('.save-button[name="_save"]').click()
    expect(page.get_by_role("alert")).to_contain_text("OTHER")
    expect(page.get_by_role("alert")).to_be_focused()
    faults = look(page)
    assert not faults, told(faults)


@looks(3)
def test_suggestions_and_rows_in_use(browse: Windows, people: People, width: int, dark: bool) -> None:
    """The form at its busiest: a list of suggestions open, something to tick, a row removed."""
    make.make_theme("Advanced therapies")
    page, faults = browse(ADD, user=people.secretary, width=width, dark=dark), []
    take(page, "discussions-0-themes_text", "Adv", "Advanced therapies")
    expect(page.locator(".chip")).to_have_text("Advanced therapies")
    row_of(page, "discussions-0").locator("> .row-head [data-remove]").press("Enter")
    add(page, "discussions")
    page.locator('[name="parties-0-organization"]').press_sequentially("Assoc")
    expect(page.get_by_role("option", name="Association of Representatives")).to_be_visible()
    faults += look(page)
    assert not faults, told(faults)


# By keyboard alone --------------------------------------------------------------------------------------------


def tab_to(page: Page, wanted: str, most: int = 60) -> None:
    """Go on by Tab until there; every stop on the way can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """(wanted) => { const e = document.activeElement, b = e.getBoundingClientRect();
            return [e.matches(wanted), b.width > 0 && b.height > 0, e.outerHTML.slice(0, 120)] }""",
            wanted,
        )
        assert stop[1], f"focus went where nothing is seen: {stop[2]}"
        if stop[0]:
            return
    raise AssertionError(f"Tab does not lead to {wanted} in {most} steps")


def row_of(page: Page, row: str) -> Any:
    return page.locator(f'[data-row][id="{row}"]')


def take(page: Page, name: str, text: str, label: str) -> None:
    page.locator(f'[name="{name}"]').press_sequentially(text)
    expect(page.get_by_role("option").filter(has_text=label).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def add(page: Page, rows: str) -> None:
    page.locator(f'[data-add-row="{rows}"]').press("Enter")


def focused_row(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.closest('[data-row]')?.id ?? ''")
    return found


def rows_in_order(page: Page, rows: str) -> list[str]:
    found: list[str] = page.evaluate(
        "(rows) => [...document.querySelectorAll(`[data-rows='${rows}'] > [data-list] > [data-row]`)].map((r) => r.id)",
        rows,
    )
    return found


def test_a_lookup_is_worked_by_keyboard(browse: Windows, people: People) -> None:
    make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")
    page = browse(ADD, user=people.secretary)
    page.locator("[name=title]").focus()
    tab_to(page, '[name="parties-0-organization"]')
    field = page.locator('[name="parties-0-organization"]')
    page.keyboard.type("regener")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Alliance for Regenerative Medicine")).to_be_visible()
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Alliance for Regenerative Medicine (ARM)")
    expect(field).to_be_focused()
    assert page.locator('[name="parties-0-organization_id"]').input_value()
    assert not Meeting.objects.exists(), "Enter in a list of suggestions sends nothing"


def test_rows_are_added_moved_and_removed_by_keyboard(browse: Windows, people: People) -> None:
    page = browse(ADD, user=people.secretary)
    page.locator('[name="discussions-0-said"]').focus()
    page.keyboard.type("The first")
    tab_to(page, '[data-add-row="discussions"]')
    page.keyboard.press("Enter")
    assert focused_row(page) == "discussions-1"
    assert page.evaluate("document.activeElement.matches('input, select, textarea')")
    page.locator('[name="discussions-1-said"]').focus()
    page.keyboard.type("The second")

    row_of(page, "discussions-1").locator("> .row-head [data-up]").press("Enter")
    assert rows_in_order(page, "discussions") == ["discussions-1", "discussions-0"]
    assert focused_row(page) == "discussions-1" and page.evaluate("document.activeElement.matches('[data-down]')")
    page.keyboard.press("Enter")
    assert rows_in_order(page, "discussions") == ["discussions-0", "discussions-1"]
    expect(page.locator("[data-news]")).to_contain_text("2")

    row_of(page, "discussions-1").locator("> .row-head [data-remove]").press("Enter")
    expect(row_of(page, "discussions-1").locator("[data-undo]")).to_be_focused()
    page.keyboard.press("Enter")
    assert focused_row(page) == "discussions-1"
    expect(page.locator('[name="discussions-1-said"]')).to_have_value("The second")

    add(page, "discussions")
    row_of(page, "discussions-2").locator("> .row-head [data-remove]").press("Enter")
    expect(page.locator('[data-add-row="discussions"]')).to_be_focused()


def test_sections_and_mistakes_are_reached_by_keyboard(browse: Windows, people: People) -> None:
    page = browse(ADD, user=people.secretary, width=390)
    page.locator('[data-nav="followups-group"]').press("Enter")
    expect(page.locator("#followups-group")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#followups-group').contains(document.activeElement)")
    page.locator('.save-button[name="_save"]').press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.wait_for_load_state()
    tab_to(page, ".error-summary a", 1)
    target = page.evaluate("document.activeElement.hash.slice(1)")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == target
