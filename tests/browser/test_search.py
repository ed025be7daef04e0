"""Searching in a browser: the box by keyboard, its suggestions, the key "/", the page narrowed; and without scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engagement.search import indexing
from tests import makers as make
from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import looks

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = """new Set([".brand", ".site-menu__button", ".site-nav", ".find", ".account"]
    .map((name) => document.querySelector(`.site-header ${name}`))
    .map((part) => part.getBoundingClientRect()).filter((box) => box.width)
    .map((box) => Math.round((box.top + box.bottom) / 20))).size"""
"""In how many rows the parts of the header stand."""


@pytest.fixture
def talks(people: People) -> list[Any]:
    """Thirty talks on gene therapy at one meeting, and one on fees."""
    indexing._known.clear()
    theme = make.make_theme("Advanced therapies")
    societies = [make.make_organization(f"{name} Society") for name in ("Gene", *"ABCDEFGH")]
    meeting = make.make_public("Bilateral on gene therapy", counterparts=societies)
    found = []
    for number in range(30):
        talk = make.make_discussion(meeting, f"Gene therapy {number:02d}", said="What was said about the gene. " * 20)
        talk.themes.add(theme)
        make.make_position(talk, statement="Wants gene therapy.")
        found.append(talk)
    make.make_discussion(meeting, "Fees", said="Low ones.")
    return found


def field(page: Page) -> Any:
    """The box; in a narrow window the menu has it."""
    found = page.locator("form.find input[type=search]")
    menu = page.get_by_role("button", name="Menu", exact=True)
    if menu.is_visible() and not found.is_visible():
        menu.click()
    return found


def test_suggestions_by_keyboard(browse: Windows, talks: list[Any], axe: Callable[[Page], None]) -> None:
    """The key "/" leads to the box, typing suggests, arrows go through and round, Escape closes, Enter goes there."""
    page = browse("/meetings/")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")
    page.keyboard.type("gene th")
    options = page.locator("[role=listbox] [role=option]")
    expect(options.first).to_have_text(re.compile("Bilateral on gene therapy"))
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form.find [role=status]")).to_have_text(re.compile(r"\d suggestions"))
    axe(page)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("gene th")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/meetings/bilateral-on-gene-therapy/$"))


def test_enter_without_a_suggestion_searches(browse: Windows, talks: list[Any]) -> None:
    page = browse("/topics/")
    field(page).fill("gene therapy")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=gene\+therapy$"))
    expect(page.locator("#list-heading")).to_have_text("61 results")
    expect(field(page)).to_have_value("gene therapy")


def test_a_part_is_reached_and_seen(browse: Windows, talks: list[Any]) -> None:
    page = browse("/search/?q=gene&noun=position")
    page.locator(".hit__title a").last.click()
    expect(page).to_have_url(re.compile(r"#position-\d+$"))
    assert page.locator(":target").evaluate("(e) => e.getBoundingClientRect().top < innerHeight")


def test_the_key_opens_the_menu_of_a_narrow_window(browse: Windows, talks: list[Any]) -> None:
    page = browse("/meetings/", width=390)
    page.keyboard.press("/")
    expect(page.locator("form.find input[type=search]")).to_be_focused()


def test_a_slash_typed_in_a_field_is_a_slash(browse: Windows, talks: list[Any]) -> None:
    page = browse("/meetings/")
    page.locator("#f-q").fill("and")
    page.locator("#f-q").press("End")
    page.keyboard.press("/")
    expect(page.locator("#f-q")).to_have_value("and/")


def test_the_key_can_be_turned_off(browse: Windows, talks: list[Any]) -> None:
    """A key of one sign must be possible to turn off (WCAG 2.1.4)."""
    page = browse("/search/")
    tick = page.get_by_label("Press / to search")
    expect(tick).to_be_checked()
    tick.uncheck()
    page.goto("/meetings/")
    page.keyboard.press("/")
    expect(field(page)).not_to_be_focused()
    page.goto("/search/")
    expect(tick).not_to_be_checked()
    tick.check()
    page.goto("/meetings/")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()


def test_narrowing_without_a_full_reload(browse: Windows, talks: list[Any]) -> None:
    page = browse("/search/?q=gene")
    page.locator("#f-noun-position").check()
    expect(page).to_have_url(re.compile(r"/search/\?q=gene&noun=position$"))
    expect(page.locator("#list-heading")).to_have_text("30 results")
    expect(page.locator("#list-told")).to_have_text("30 results")
    expect(page.locator("#f-noun-position")).to_be_focused()
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".hit")).to_have_count(5)
    page.get_by_role("link", name="Remove: Positions").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=gene$"))
    page.locator("#find-organization").fill("gene soc")
    expect(page.locator("#f-organization-gene-society")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/search/\?q=gene$"))
    page.go_back()
    expect(page.locator(".hit")).to_have_count(5)


def test_without_scripts(browse: Windows, talks: list[Any]) -> None:
    page = browse("/", javascript=False, width=390)
    field(page).fill("gene therapy")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#list-heading")).to_have_text("61 results")
    page.locator(".filters__summary").click()
    page.locator("#f-noun-position").check()
    page.locator("#filter-go").click()
    expect(page.locator("#list-heading")).to_have_text("30 results")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".hit")).to_have_count(5)
    page.goto("/search/")
    expect(page.get_by_text("Press /")).to_be_hidden()


@looks(3)
def test_every_state(browse: Windows, people: People, talks: list[Any], width: int, dark: bool) -> None:
    """Nothing for axe, nothing too wide, one heading; what was meant is said."""
    page, faults = browse("/search/", user=people.manager, width=width, dark=dark), []
    for address in (
        "/search/",
        "/search/?q=gene&noun=position&theme=advanced-therapies",
        "/search/?q=therpay",
        "/search/?q=therap",
        "/search/?q=zebra+aardvark",
        "/search/?q=gene&year=1999",
        "/search/?q=%22gene&noun=cheese&page=zzz",
    ):
        page.goto(address)
        if width < 960 and page.locator(".filters__summary").count():
            page.locator(".filters__summary").click()
        faults += look(page)
    page.goto("/search/?q=therpay")
    expect(page.get_by_text("Showing results for therapy instead of “therpay”")).to_be_visible()
    page.goto("/follow-ups/")
    field(page).press_sequentially("gene")
    expect(page.get_by_role("listbox")).to_be_visible()
    faults += look(page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_box_moves_nothing(browse: Windows, people: People, talks: list[Any], width: int) -> None:
    """The header is one row, on a phone too, and neither the script nor the suggestions move anything below it."""
    page = browse("/meetings/", user=people.manager, width=width)
    place = "document.querySelector('h1').getBoundingClientRect().top"
    still = browse("/meetings/", user=people.manager, width=width, javascript=False)
    top, rows = page.evaluate(place), page.evaluate(ROWS)
    assert rows == 1
    assert top == still.locator("h1").bounding_box()["y"]  # type: ignore[index]
    field(page).press_sequentially("gene")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.evaluate(place) == top


def test_in_the_admin(browse: Windows, people: People, talks: list[Any]) -> None:
    page = browse("/admin/meetings/meeting/", user=people.secretary)
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("bilat")
    page.locator("[role=option]").first.click()
    expect(page).to_have_url(re.compile("/meetings/bilateral-on-gene-therapy/$"))
