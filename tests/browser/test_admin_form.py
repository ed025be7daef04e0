"""The admin's forms under the fingers: lookups, rows, drafts and popups, by keyboard, on a phone, in the dark."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from meetings.models import Meeting
from organizations.models import Organization
from tests import makers as make
from tests.browser.windows import Windows, closing
from tests.people import People
from tests.thorough import looks

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/meetings/meeting/add/"
PARTY = "#id_parties-0-organization"
KEPT = 700  # a draft is written a moment after the last key


@pytest.fixture
def arm(people: People) -> Organization:
    make.make_organization("Armenian Medical Association")
    return make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")


@pytest.fixture
def meeting(arm: Organization) -> Meeting:
    meeting = make.make_held("Second meeting", counterparts=[arm])
    for title in ("Priorities", "Convergence"):
        make.make_position(make.make_discussion(meeting, topic=make.make_topic(title)), arm)
    return meeting


def change(meeting: Meeting) -> str:
    return f"/admin/meetings/meeting/{meeting.pk}/change/"


def typed(page: Page) -> None:
    """Wait until the draft is kept."""
    page.wait_for_timeout(KEPT)
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved in this browser")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".save-button--main").click()


def focused(page: Page) -> Any:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def a_party(page: Page) -> None:
    if not page.locator(PARTY).count():
        page.locator('[data-add-row="parties"]').click()


# Lookups ---------------------------------------------------------------------------------------------------


def test_what_is_typed_before_the_scripts_are_there_gets_its_suggestions(
    browse: Windows, people: People, arm: Organization
) -> None:
    page = browse("/meetings/", user=people.secretary)
    held: list[Route] = []
    page.route("**/static/js/*.js", lambda route: held.append(route))
    page.goto(ADD, wait_until="commit")
    page.locator(PARTY).fill("alliance")
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.locator(f"{PARTY}-list").get_by_role("option").first).to_contain_text("Alliance for Regenerative")


def test_a_lookup_is_worked_by_keyboard(browse: Windows, people: People, arm: Organization) -> None:
    page = browse(ADD, user=people.secretary)
    a_party(page)
    field = page.locator(PARTY)
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("arm")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[data-news]")).to_have_text("2 suggestions.")
    field.press("ArrowDown")
    expect(page.locator('.lookup-list [aria-selected="true"]')).to_contain_text("Alliance for Regenerative")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("arm")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Alliance for Regenerative Medicine (ARM)")
    expect(page.locator('[name="parties-0-organization_id"]')).to_have_value(str(arm.pk))
    field.press("End")
    field.press("Backspace")
    expect(page.locator('[name="parties-0-organization_id"]')).to_have_value("")


TYPED_ON = """(field, keys) => {
  field.value += "s";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  for (const key of keys) field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}"""


def test_what_was_typed_on_since_the_suggestions_came_counts(
    browse: Windows, people: People, arm: Organization
) -> None:
    """Who types fast presses Enter before the suggestions have followed."""
    page = browse(ADD, user=people.secretary)
    page.locator("#discussions-group [data-add-row]").first.click()
    topic = page.locator("#id_discussions-0-topic")
    topic.press_sequentially("Gene editing technologie")
    expect(page.get_by_role("option", name="Add “Gene editing technologie” as a new topic")).to_be_visible()
    topic.evaluate(TYPED_ON, ["ArrowDown", "Enter"])
    expect(topic).to_have_value("Gene editing technologies")
    expect(page.locator("[data-news]")).to_contain_text("Gene editing technologies")
    expect(page.locator('[name="discussions-0-topic_new"]')).to_have_value("Gene editing technologies")
    party = page.locator(PARTY)
    party.press_sequentially("regenerative")
    expect(page.locator("[data-news]")).to_have_text("One suggestion.")
    party.evaluate(TYPED_ON, ["Enter"])
    expect(party).to_have_value("regeneratives")


def test_a_lost_connection_only_costs_the_suggestions(browse: Windows, people: People, arm: Organization) -> None:
    page = browse(ADD, user=people.secretary, complaints_expected=True)
    a_party(page)
    page.route("**/lookup/**", lambda route: route.abort())
    page.locator(PARTY).press_sequentially("arm")
    expect(page.locator(f"{PARTY}-list")).to_contain_text("Add “arm” as a new organization")
    expect(page.locator("[data-news]")).to_contain_text("You can continue typing")


def test_a_new_organization_comes_back_from_its_popup(browse: Windows, people: People, arm: Organization) -> None:
    page = browse(ADD, user=people.secretary)
    a_party(page)
    page.locator(PARTY).press_sequentially("Patients First")
    with page.expect_popup() as opened:
        page.get_by_role("option", name="Add “Patients First” as a new organization").click()
    popup = opened.value
    expect(popup.locator("#id_name")).to_have_value("Patients First")
    popup.locator("#id_acronym").fill("PF")
    popup.locator("#id_kind").select_option("ngo")
    with closing(popup):
        popup.locator(".save-button--main").click()
    expect(page.locator(PARTY)).to_have_value("Patients First (PF)")
    expect(page.locator(PARTY)).to_be_focused()
    assert page.locator('[name="parties-0-organization_id"]').input_value()


def test_a_lookalike_is_used_instead_of_made_again(browse: Windows, people: People, arm: Organization) -> None:
    page = browse(ADD, user=people.secretary)
    a_party(page)
    page.locator(PARTY).press_sequentially("A.R.M. Ltd")
    with page.expect_popup() as opened:
        page.get_by_role("option", name="Add “A.R.M. Ltd” as a new organization").click()
    popup = opened.value
    popup.locator("#id_kind").select_option("ngo")
    save(popup)
    with closing(popup):
        popup.locator("[data-use-existing]").first.click()
    expect(page.locator('[name="parties-0-organization_id"]')).to_have_value(str(arm.pk))
    assert Organization.objects.filter(name__startswith="A.R.M").count() == 0


# Rows ------------------------------------------------------------------------------------------------------


def test_the_focus_follows_the_rows(browse: Windows, people: People, meeting: Meeting) -> None:
    page = browse(change(meeting), user=people.secretary)
    page.locator('[data-add-row="discussions-0-positions"]').press("Enter")
    assert focused(page) == "id_discussions-0-positions-1-who"
    expect(page.locator("[data-news]")).to_have_text("Position 2 added.")
    page.get_by_role("button", name="Remove Position 2").first.press("Enter")
    assert "Position" in focused(page)
    page.get_by_role("button", name="Move Discussion 2 up").press("Enter")
    assert page.locator("#discussions-group > [data-list] > [data-row]").first.get_attribute("id") == "discussions-1"
    expect(page.get_by_role("button", name="Move Discussion 1 down")).to_be_focused()
    expect(page.locator("[data-news]")).to_have_text("Discussion 2: now number 1 of 2.")
    save(page)
    assert [str(d) for d in meeting.discussions.order_by("order")] == ["Convergence", "Priorities"]


PASTED = "1.\tAnn Roe, PhD, Chair\r\n\r\n• Tom Doe\tSecretary\r\nKay Poe\r\n"


def test_a_pasted_list_of_people_becomes_a_row_each(browse: Windows, people: People, meeting: Meeting) -> None:
    page = browse(change(meeting), user=people.secretary)
    page.locator("#parties-1 > .row-fold").evaluate("fold => { fold.open = true; }")
    page.locator('[data-add-row="parties-1-participants"]').click()
    page.locator("#id_parties-1-participants-0-name").evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        PASTED,
    )
    for number, (name, function) in enumerate((("Ann Roe, PhD", "Chair"), ("Tom Doe", "Secretary"), ("Kay Poe", ""))):
        expect(page.locator(f"#id_parties-1-participants-{number}-name")).to_have_value(name)
        expect(page.locator(f"#id_parties-1-participants-{number}-function")).to_have_value(function)
    save(page)
    assert list(meeting.participants.order_by("order").values_list("name", "function")) == [
        ("Ann Roe, PhD", "Chair"), ("Tom Doe", "Secretary"), ("Kay Poe", ""),
    ]  # fmt: skip


def test_a_removed_row_can_be_put_back(browse: Windows, people: People, meeting: Meeting) -> None:
    page = browse(change(meeting), user=people.secretary)
    count = page.locator('[data-nav="discussions-group"] [data-count]')
    expect(count).to_have_text("2")
    page.get_by_role("button", name="Remove Discussion 1").press("Enter")
    expect(page.get_by_text("Discussion 1 will be removed when you save.")).to_be_visible()
    assert focused(page) == "Undo"
    expect(count).to_have_text("1")
    page.keyboard.press("Enter")
    expect(count).to_have_text("2")
    assert focused(page) == "id_discussions-0-topic"
    page.get_by_role("button", name="Remove Discussion 2").press("Enter")
    save(page)
    assert [str(d) for d in meeting.discussions.all()] == ["Priorities"]


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "plain"])
def test_follow_ups_are_moved_and_taken_out_by_keyboard(
    browse: Windows, people: People, meeting: Meeting, javascript: bool
) -> None:
    page = browse(change(meeting), user=people.secretary, javascript=javascript)
    for number, title in enumerate(("Second", "First", "A mistake")):
        page.locator('[name="_more"][value="followups"]').press("Enter")
        page.locator(f"#id_followups-{number}-title").fill(title)
        page.locator(f"#id_followups-{number}-who").fill("Both sides")
    if javascript:
        page.get_by_role("button", name="Move Follow-up 2 up").press("Enter")
        page.get_by_role("button", name="Remove Follow-up 3").press("Enter")
    else:
        page.locator("#id_followups-0-order").fill("2")
        page.locator("#id_followups-1-order").fill("1")
        page.get_by_role("checkbox", name="Remove").last.press("Space")
    page.locator("#followups-0 summary").filter(has_text="Done already?").press("Enter")
    page.locator("#id_followups-0-done_on").fill("2025-05-20")
    page.locator(".save-button--main").press("Enter")
    page.wait_for_url(re.compile(r"(?<!/admin)/meetings/[^/]+/$"))
    found = list(meeting.followups.as_entered().values_list("title", "status"))
    assert found == [("First", "open"), ("Second", "done")]


# Drafts ----------------------------------------------------------------------------------------------------


def test_rows_chips_and_order_come_back(browse: Windows, people: People, meeting: Meeting) -> None:
    make.make_theme("Gene editing")
    page = browse(change(meeting), user=people.secretary)
    page.locator("#id_discussions-0-themes").press_sequentially("gene")
    page.get_by_role("option", name="Gene editing").first.click()
    page.locator("#id_discussions-1-topic").fill("Something new")
    page.get_by_role("option", name="Add “Something new” as a new topic").click()
    page.get_by_role("button", name="Move Discussion 2 up").click()
    page.get_by_role("button", name="Remove Position 1").first.click()
    page.locator('[data-add-row="discussions-1-positions"]').click()
    page.locator("#id_discussions-1-positions-1-statement").fill("Kept")
    typed(page)
    page.reload()
    expect(page.locator("[data-draft-notice]")).to_contain_text("We restored your unsaved draft")
    expect(page.locator("#discussions-0 .chip")).to_have_text("Gene editing")
    expect(page.locator('[name="discussions-1-topic_new"]')).to_be_checked()
    expect(page.locator("#id_discussions-1-positions-1-statement")).to_have_value("Kept")
    assert page.locator("#discussions-group > [data-list] > [data-row]").first.get_attribute("id") == "discussions-1"
    expect(page.get_by_text("Position 1 will be removed when you save.")).to_be_visible()


def test_a_draft_is_forgotten_once_saved(browse: Windows, people: People, meeting: Meeting) -> None:
    page = browse(change(meeting), user=people.secretary)
    page.locator("#id_title").fill("Typed")
    typed(page)
    save(page)
    page.go_back()
    expect(page.locator("#id_title")).to_have_value("Typed")
    expect(page.locator("[data-draft-notice]")).to_be_empty()
    assert page.evaluate("localStorage.length") == 0


def test_a_draft_survives_a_server_that_fails(browse: Windows, people: People, meeting: Meeting) -> None:
    page = browse(change(meeting), user=people.secretary, complaints_expected=True)
    page.locator("#id_title").fill("Typed")
    page.route(
        "**/change/",
        lambda route: route.fulfill(status=500, body="down") if route.request.method == "POST" else route.continue_(),
    )
    save(page)
    page.go_back()
    expect(page.locator("#id_title")).to_have_value("Typed")


def test_a_draft_can_be_discarded(browse: Windows, people: People, meeting: Meeting) -> None:
    """The notice stands in the save bar: it takes no place of its own, and is seen from everywhere in the form."""
    page = browse(change(meeting), user=people.secretary)
    top = "document.querySelector('#section-0').getBoundingClientRect().top + scrollY"
    before = page.evaluate(top)
    page.locator("#id_title").fill("Typed")
    typed(page)
    page.reload()
    expect(page.locator("[data-save-bar] [data-draft-notice]")).to_contain_text("We restored your unsaved draft")
    assert page.evaluate(top) == before
    page.get_by_role("button", name="Delete draft").click()
    expect(page.locator("#id_title")).to_have_value("Second meeting")
    page.reload()
    expect(page.locator("[data-draft-notice]")).to_be_empty()


def test_a_draft_is_its_owner_s_alone(browse: Windows, people: People, meeting: Meeting) -> None:
    colleague = make.make_user("colleague", is_staff=True, is_superuser=True)
    page = browse(change(meeting), user=people.secretary)
    page.locator("#id_title").fill("Mine alone")
    typed(page)
    other = browse("/", user=colleague)
    page.context.clear_cookies()
    page.context.add_cookies(other.context.cookies())  # somebody else signs in at this screen
    page.goto(change(meeting))
    expect(page.locator("#id_title")).to_have_value("Second meeting")
    expect(page.locator("[data-draft-notice]")).to_be_empty()


def test_signing_out_leaves_no_draft_behind(browse: Windows, people: People, meeting: Meeting) -> None:
    page = browse(change(meeting), user=people.secretary)
    page.locator("#id_title").fill("Typed")
    typed(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.locator(".account summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    assert "unsaved draft" in asked[0]
    assert page.evaluate("localStorage.length") == 0


# For everybody ---------------------------------------------------------------------------------------------


@looks(2)
def test_every_state_of_the_form_is_accessible(
    browse: Windows, people: People, meeting: Meeting, axe: Callable[[Page], None], width: int, dark: bool
) -> None:
    page = browse(change(meeting), user=people.secretary, width=width, dark=dark, complaints_expected=True)
    axe(page)
    page.locator("#id_discussions-0-topic").fill("con")
    expect(page.locator("#id_discussions-0-topic-list")).to_be_visible()
    page.keyboard.press("ArrowDown")
    axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Remove Discussion 2").click()
    page.locator("#id_title").fill("")
    page.wait_for_timeout(KEPT)
    page.reload()
    axe(page)
    Meeting.objects.get(pk=meeting.pk).save()
    save(page)
    expect(page.locator(".conflict")).to_be_focused()
    axe(page)
    save(page)
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_half_a_date_is_not_saved_as_none(browse: Windows, people: People) -> None:
    """Of what it cannot read a browser sends nothing, so it is told before, where it was typed."""
    page = browse("/admin/followups/followup/add/", user=people.secretary)
    page.locator("[name=title]").fill("Send the figures")
    date = page.locator("[name=due_on]")
    date.press_sequentially("12")
    page.locator(".save-button--main").click()
    expect(date).to_be_focused()
    assert page.evaluate("document.querySelector('[name=due_on]').validity.badInput")
    assert page.locator("#to-fix").count() == 0, "nothing was sent"


def test_half_a_date_in_a_row_that_was_taken_out_stops_nothing(browse: Windows, people: People) -> None:
    page = browse(ADD, user=people.secretary)
    page.locator('[data-add-row="followups"]').click()
    page.locator("[name=followups-0-due_on]").press_sequentially("12")
    page.locator("[id=followups-0] > .row-head [data-remove]").click()
    page.locator(".save-button--main").click()
    expect(page.locator("#to-fix")).to_be_focused()
