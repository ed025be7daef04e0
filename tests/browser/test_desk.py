"""The first screen of a manager on a phone: what is late, the way to everything else, and the dashboard."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import makers as make
from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

LATE, HELD = dt.date(2025, 5, 8), dt.date(2025, 3, 3)


def make_work(people: People) -> None:
    """A late promise of each side, discussed at a meeting with a position on a theme."""
    host = make.make_host("Our body")
    people.ours.kind = "company"
    people.ours.save()
    meeting = make.make_held(host=host, counterparts=[people.ours], starts_on=HELD)
    talk = make.make_discussion(meeting, topic=make.make_topic("Leaflets"))
    talk.themes.add(make.make_theme("Plain words"))
    make.make_position(talk, people.ours, stance="supports", statement="They help.")
    for title, owner in (("Send the letter", host), ("Name two experts", people.ours)):
        make.make_followup(title, owner=owner, meeting=meeting, due_on=LATE, chaser=people.manager)
    make.make_followup("Together", is_joint=True, meeting=meeting, due_on=LATE)


def test_the_morning_page_on_a_phone_begins_with_what_is_late(
    browse: Windows, people: People, axe: Callable[[Page], None]
) -> None:
    make_work(people)
    page = browse("/today/", user=people.manager, width=390)
    first = page.get_by_role("link", name="Send the letter")
    expect(first).to_be_in_viewport()
    other = page.get_by_role("region", name="Theirs, overdue").get_by_role("link", name="Name two experts")
    expect(other).to_be_hidden()
    page.get_by_role("heading", name="Theirs, overdue").click()
    expect(other).to_be_visible()
    assert page.locator(".site-header").evaluate("header => header.offsetHeight") < 80, "one line"
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_role("heading", name="Dashboard", level=1)).to_be_visible()


def test_in_a_wide_window_nothing_is_folded(browse: Windows, people: People) -> None:
    make_work(people)
    page = browse("/today/", user=people.manager)
    for name in ("Send the letter", "Name two experts", "Together"):
        expect(page.get_by_role("link", name=name).first).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()


def test_the_dashboard_on_a_phone(browse: Windows, people: People) -> None:
    """Not wider than the phone, each picture with its table, and filters that work."""
    make_work(people)
    page = browse("/dashboard/?from=2025-01-01&to=2025-12-31", user=people.manager, width=390)
    expect(page.locator(".desk-tiles strong").first).to_be_in_viewport()
    assert look(page) == []
    pictures = page.locator("main section.card:has(figure)")
    assert pictures.count() >= 1
    for number in range(pictures.count()):
        card = pictures.nth(number)
        card.get_by_text("Show as table").click()
        expect(card.locator(".chart-table table")).to_be_visible()
    bars = page.locator("main table.table--bars")
    assert bars.count() >= 6
    assert all(bars.nth(number).is_visible() for number in range(bars.count()))
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Theme (and sub-themes)").select_option("Plain words")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**theme=plain-words**")
    expect(page.locator("main")).to_contain_text("2025, Plain words")
    assert look(page) == []
