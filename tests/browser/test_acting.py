"""A manager finds what is late for one theme and deals with it, by keyboard alone; with scripts and without."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from engagement.accounts.models import SavedView
from engagement.followups.models import FollowUp
from tests import makers as make
from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import looks, today

pytestmark = pytest.mark.django_db(transaction=True)

LATE, NEW = dt.date(2025, 5, 8), dt.date(2031, 3, 3)
LIST = "/follow-ups/"


@pytest.fixture
def promises(people: People) -> dict[str, FollowUp]:
    """Three late promises on blood, one on tissue, one on blood that is not late."""
    host = make.make_host("Our body")
    meeting = make.make_public("Meeting on substances", host=host, counterparts=[people.ours])
    made: dict[str, FollowUp] = {}
    for theme, titles in {"Blood": ["Letter", "Survey", "Report", "Plan"], "Tissue": ["Other letter"]}.items():
        discussion = make.make_discussion(meeting, f"On {theme}")
        discussion.themes.add(make.make_theme(theme))
        for title in titles:
            due = NEW if title == "Plan" else LATE
            made[title] = make.make_followup(title, discussion=discussion, owner=host, due_on=due, visibility=20)
    return made


def tab_to(page: Page, selector: str) -> None:
    """Go on with the tab key until the one thing meant has the focus."""
    expect(page.locator(selector)).to_have_count(1)
    for _step in range(250):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def titles(page: Page) -> list[str]:
    return page.locator("table tbody th a").all_inner_texts()


def stored(promises: dict[str, FollowUp], title: str) -> FollowUp:
    return FollowUp.objects.get(pk=promises[title].pk)


@pytest.mark.parametrize(("javascript", "width"), today([(True, 1280), (False, 390)], parts=2))
def test_late_for_one_theme(
    browse: Windows, people: People, promises: dict[str, FollowUp], javascript: bool, width: int
) -> None:
    page, faults = browse(LIST, user=people.manager, javascript=javascript, width=width), []
    find_late_for_blood(page, javascript)
    assert sorted(titles(page)) == ["Letter", "Report", "Survey"]
    narrowed = page.url

    for title in ("Letter", "Survey"):
        press(page, f"#pick-{promises[title].reference}", "Space")
    faults += looked(page, javascript)
    press(page, "#act-move-due")
    expect(page.get_by_role("heading", name="Postpone 2 follow-ups")).to_be_visible()
    assert page.locator("#act-dialog[open]").count() == javascript  # in place, or on a page of its own
    expect(page.locator("[aria-labelledby=will] li")).to_contain_text(["Letter", "Survey"])
    press(page, "[data-acting] button[type=submit]")  # nothing filled in yet
    expect(page.get_by_role("alert")).to_contain_text("New due date")
    faults += looked(page, javascript)
    tab_to(page, "#id_to")
    page.keyboard.type("03032031")  # the day first or the month first, as the browser likes
    tab_to(page, "#id_reason")
    page.keyboard.type("The laboratory is closed.")
    press(page, "[data-acting] button[type=submit]")
    expect(page.locator(".message--success")).to_contain_text("2 follow-ups postponed to 3 March 2031.")
    assert page.url == narrowed
    assert [stored(promises, title).due_on for title in ("Letter", "Survey", "Report")] == [NEW, NEW, LATE]
    assert stored(promises, "Letter").events.last().reason == "The laboratory is closed."
    assert titles(page) == ["Report"]
    faults += looked(page, javascript)

    press(page, f"#pick-{promises['Report'].reference}", "Space")
    press(page, "#act-complete")
    tab_to(page, "#id_result")
    page.keyboard.type("Published.")
    press(page, "[data-acting] button[type=submit]")
    expect(page.locator(".message--success")).to_contain_text("One follow-up completed.")
    assert (stored(promises, "Report").status, stored(promises, "Report").closed_by) == ("done", people.manager)
    assert titles(page) == []

    if page.locator("#list-tools > summary").is_visible():
        press(page, "#list-tools > summary")
    press(page, "#save-view")
    tab_to(page, "#id_name")
    page.keyboard.type("Late on blood")
    tab_to(page, "#id_role")
    page.keyboard.type("manager")
    faults += looked(page, javascript)
    press(page, "main form button[type=submit]")
    expect(page.locator(".views-menu [aria-current]")).to_have_text("Late on blood")
    view = SavedView.objects.get()
    assert (view.role.name, view.owner) == ("manager", people.manager)  # type: ignore[union-attr]
    assert not faults, "\n".join(faults)


def find_late_for_blood(page: Page, javascript: bool) -> None:
    tab_to(page, "#stat-1")
    page.keyboard.press("Enter")
    page.wait_for_url("**due=overdue**")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)  # or keys come too early
    if page.locator("#filters > summary").is_visible() and page.locator("#filters").get_attribute("open") is None:
        press(page, "#filters > summary")
    press(page, "#g-theme > summary")
    press(page, "#f-theme-blood", "Space")
    if not javascript:
        press(page, "#filter-go")
    page.wait_for_url("**theme=blood**")
    expect(page.locator("table tbody tr")).to_have_count(3)


def looked(page: Page, javascript: bool) -> list[str]:
    """axe is itself a script, so without scripts there is no looking with it."""
    return look(page) if javascript else []


@looks(0)
def test_the_pages_look_right(
    browse: Windows, people: People, promises: dict[str, FollowUp], width: int, dark: bool
) -> None:
    page, faults = browse(LIST, user=people.manager, width=width, dark=dark), []
    promises["Letter"].complete(by=people.manager)
    for title in today(("Letter", "Survey", "Report"), parts=3):
        faults += looked_at_each_question(page, promises[title])
    for address in ("/accounts/views/", "/accounts/views/add/?list=followups:list&query=due%3Doverdue"):
        page.goto(address)
        faults += look(page)
    assert not faults, "\n".join(faults)


def looked_at_each_question(page: Page, followup: FollowUp) -> list[str]:
    faults = []
    page.goto(followup.get_absolute_url())
    faults += look(page)
    for number in range(page.locator(".act-here button").count()):
        page.goto(followup.get_absolute_url())
        page.locator(".act-here button").nth(number).click()
        page.wait_for_url("**/act/**")
        faults += look(page)
    return faults


def test_all_on_the_page_and_all_that_match(browse: Windows, people: People, promises: dict[str, FollowUp]) -> None:
    page = browse(f"{LIST}?due=overdue", user=people.manager)
    press(page, "#pick-all-here", "Space")
    expect(page.locator("[data-ticked]")).to_have_text("4 selected")
    page.locator("[data-pick]").first.uncheck()
    expect(page.locator("[data-ticked]")).to_have_text("3 selected")
    page.locator("#pick-all").check()
    page.locator("#act-more summary").click()
    page.locator("#act-start").click()
    expect(page.get_by_role("heading", name="Mark 4 follow-ups in progress")).to_be_visible()
    expect(page.locator(".lede")).to_contain_text("Overdue")
    page.locator("[data-acting] button").click()
    expect(page.locator(".message--success")).to_contain_text("4 follow-ups marked in progress.")


def test_the_bar_is_there_once_something_is_ticked(
    browse: Windows, people: People, promises: dict[str, FollowUp]
) -> None:
    """It says how many, stays in sight, and goes with the last tick."""
    page = browse(LIST, user=people.manager, width=390)
    expect(page.locator(".bulk")).to_be_hidden()
    press(page, f"#pick-{promises['Letter'].reference}", "Space")
    expect(page.locator("[data-ticked]")).to_have_text("1 selected")
    page.evaluate("scrollTo(0, 0)")
    box = page.locator(".bulk").bounding_box()
    assert box and box["y"] + box["height"] <= 844 and box["height"] < 110, box
    assert look(page) == []
    assert [verb.inner_text() for verb in page.locator(".bulk .button:visible").all()] == [
        "Complete", "Waiting on…", "Postpone", "Assign", "More",
    ]  # fmt: skip
    page.locator("#act-more summary").click()
    expect(page.locator("#act-start")).to_be_in_viewport(ratio=1)
    expect(page.locator("#act-reopen")).to_have_count(0)  # nothing here is closed
    page.get_by_role("button", name="Clear selection").click()
    expect(page.locator(".bulk")).to_be_hidden()


def test_a_verb_in_place_by_keyboard(browse: Windows, people: People, promises: dict[str, FollowUp]) -> None:
    """Escape leaves the ticks; an error and a conflict keep what was typed; what was done can be undone."""
    page, letter = browse(LIST, user=people.manager), promises["Letter"]
    press(page, f"#pick-{letter.reference}", "Space")
    press(page, "#act-complete")
    expect(page.get_by_role("dialog", name="Complete one follow-up")).to_be_visible()
    expect(page.locator("#id_on")).to_have_value(timezone.localdate().isoformat())
    page.keyboard.press("Escape")
    expect(page.locator("#act-complete")).to_be_focused()
    expect(page.locator("[data-ticked]")).to_have_text("1 selected")
    page.keyboard.press("Enter")
    tab_to(page, "#id_result")
    page.keyboard.type("Sent by post.")
    page.locator("#id_evidence").fill("no address at all")
    press(page, "[data-acting] button[type=submit]")
    expect(page.get_by_role("alert").first).to_be_focused()
    expect(page.locator("#id_result")).to_have_value("Sent by post.")
    page.locator("#id_evidence").fill("")
    letter.start(by=people.secretary)
    press(page, "[data-acting] button[type=submit]")
    expect(page.get_by_role("alert").first).to_contain_text("changed since you opened")
    expect(page.locator("#id_result")).to_have_value("Sent by post.")
    assert look(page) == []
    press(page, "[data-acting] button[type=submit]")
    expect(page.locator(".message--success")).to_contain_text("One follow-up completed.")
    assert stored(promises, "Letter").result == "Sent by post."
    press(page, ".undo button")
    expect(page.locator(".message--success")).to_contain_text("as it was before")
    assert (stored(promises, "Letter").status, page.url.endswith(LIST)) == ("in_progress", True)


def test_the_question_says_the_new_date_as_it_is_typed(
    browse: Windows, people: People, promises: dict[str, FollowUp]
) -> None:
    """For each follow-up and on the button; a suggested date does the same, and all are undone at once."""
    page = browse(LIST, user=people.manager)
    for title in ("Letter", "Survey"):
        press(page, f"#pick-{promises[title].reference}", "Space")
    press(page, "#act-move-due")
    becomes, submit = page.locator("[data-becomes]"), page.locator("[data-acting] button[type=submit]")
    expect(becomes).to_have_text(["the new date"] * 2)
    page.locator("#id_to").fill(NEW.isoformat())
    expect(becomes).to_have_text(["3 Mar 2031"] * 2)
    expect(submit).to_have_text("Postpone to 3 Mar 2031")
    page.get_by_role("button", name="In 2 weeks").click()
    day = timezone.localdate() + dt.timedelta(days=14)
    expect(becomes).to_have_text([f"{day.day} {day:%b %Y}"] * 2)
    page.locator("#id_reason").fill("Holidays.")
    submit.click()
    page.get_by_role("button", name="Undo all 2").click()
    expect(page.locator(".message--success")).to_contain_text("2 follow-ups are as they were before")
    assert [stored(promises, title).due_on for title in ("Letter", "Survey")] == [LATE, LATE]


def test_a_site_that_is_away_loses_nothing_typed(
    browse: Windows, people: People, promises: dict[str, FollowUp]
) -> None:
    page = browse(LIST, user=people.manager, complaints_expected=True)
    press(page, f"#pick-{promises['Letter'].reference}", "Space")
    press(page, "#act-more summary")
    press(page, "#act-cancel")
    page.locator("#id_reason").fill("No longer needed.")
    page.route("**/act/**", lambda route: route.fulfill(status=503, body="<html>away</html>"))
    press(page, "[data-acting] button[type=submit]")
    expect(page.get_by_role("alert")).to_contain_text("Your text is still here")
    expect(page.locator("#id_reason")).to_have_value("No longer needed.")


def test_on_whom_it_waits_is_suggested(
    browse: Windows, people: People, promises: dict[str, FollowUp], axe: Callable[[Page], None]
) -> None:
    page: Any = browse(promises["Letter"].get_absolute_url(), user=people.manager)
    page.get_by_role("button", name="Waiting on…").click()
    page.locator("#id_on").press_sequentially("stranger", delay=20)
    expect(page.get_by_role("option", name="Society of Strangers")).to_be_visible()
    axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#id_on")).to_have_value("Society of Strangers")
    page.locator("#id_reason").fill("Their answer.")
    page.locator("[data-acting] button[type=submit]").click()
    expect(page.locator(".message--success")).to_be_visible()
    assert stored(promises, "Letter").waiting_on == people.theirs
    assert page.url.endswith(promises["Letter"].get_absolute_url())


def test_two_managers_at_once(browse: Windows, people: People, promises: dict[str, FollowUp]) -> None:
    page = browse(promises["Letter"].get_absolute_url(), user=people.manager, width=390)
    page.get_by_role("button", name="Postpone").click()
    page.locator("#id_to").fill(NEW.isoformat())
    page.locator("#id_reason").fill("The laboratory is closed.")
    promises["Letter"].complete(by=people.secretary)
    page.locator("[data-acting] button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("changed since you opened")
    expect(page.locator("main")).to_contain_text("now: Done")
    assert look(page) == []
    assert stored(promises, "Letter").due_on == LATE
