"""The third EMA and ARM meeting is planned from the second by keyboard, on a phone, without scripts."""

import pytest
from playwright.sync_api import Page, expect

from engagement.followups.models import CarryOver
from engagement.samples.loading import load
from meetings.models import Meeting
from organizations.models import Organization
from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import looks

pytestmark = pytest.mark.django_db(transaction=True)
MOST_TABS = 60
"""From the first field to the button that plans it."""


def tab_to(page: Page, text: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            return
    raise AssertionError(f"Tab does not lead to “{text}”")


def test_the_third_from_the_second(browse: Windows, people: People) -> None:
    Organization.objects.update(kind=Organization.Kind.OTHER)
    second = load(by=people.secretary, publisher=people.publisher)
    page = browse(second.get_absolute_url(), user=people.secretary, width=390, javascript=False)
    page.get_by_role("link", name="Plan the next meeting").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan the third meeting")
    reason = page.locator(".decide__why").first
    expect(reason).to_be_hidden()
    page.get_by_label("Drop").check()
    expect(page.get_by_label("Reason").locator("visible=true")).to_have_count(1)
    page.get_by_label("On the agenda").last.check()
    page.locator("[name=title]").focus()
    tab_to(page, "Plan this meeting")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("EMA and ARM, third bilateral meeting")
    expect(page.get_by_text("Meeting proposed. 3 follow-ups carried over.")).to_be_visible()
    third = Meeting.objects.get(title="EMA and ARM, third bilateral meeting")
    assert (third.city, third.parties.count(), third.discussions.count()) == ("Amsterdam", 2, 3)  # type: ignore[attr-defined]
    assert CarryOver.objects.filter(meeting=third, followup__isnull=False).count() == 3


@looks(0)
def test_mistakes_can_be_read(browse: Windows, people: People, width: int, dark: bool) -> None:
    Organization.objects.update(kind=Organization.Kind.OTHER)
    series = load(by=people.secretary, publisher=people.publisher).series
    assert series
    page = browse(f"{series.get_absolute_url()}plan/", user=people.secretary, width=width, dark=dark)
    faults = look(page)
    page.get_by_label("Complete").first.check()
    page.get_by_label("Confirmed").check()
    page.get_by_role("button", name="Plan this meeting").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the result.")
    page.get_by_role("link", name="A confirmed meeting needs a date.").click()
    assert page.evaluate("document.activeElement.name") == "starts_on"
    faults += look(page)
    assert not faults, "\n".join(faults)
