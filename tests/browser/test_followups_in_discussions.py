"""What was promised in a discussion is added inside it, stands there until it is saved, and can be moved to another."""

import re

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests import makers as make
from tests.browser.windows import Windows
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
PROMISE = "followups-0"


def stands_in(page: Page, place: str) -> bool:
    return page.locator(f"#{place} #{PROMISE}").count() == 1


def test_inside_its_discussion_until_it_is_saved(browse: Windows, people: People) -> None:
    meeting = make.make_held("One meeting")
    make.make_discussion(meeting, "Saved before")
    page = browse(f"/admin/meetings/meeting/{meeting.pk}/change/", user=people.secretary)
    page.locator('[data-add-row="discussions"]').press("Enter")
    page.locator("#discussions-1 summary", has_text="More about").press("Enter")
    page.locator("#id_discussions-1-title").fill("Not saved yet")
    page.locator("#discussions-1 [data-add-linked]").press("Enter")
    expect(page.locator(f"#id_{PROMISE}-title")).to_be_focused()
    expect(page.locator("[data-news]")).to_have_text("Follow-up 1 added, from Discussion 2.")
    choice = page.locator(f"#id_{PROMISE}-from_discussion")
    expect(choice.locator("option")).to_have_text(["the meeting as a whole", "1 Saved before", "2 Not saved yet"])
    page.locator(f"#id_{PROMISE}-title").fill("Promised there")
    page.locator(f"#id_{PROMISE}-who").fill("Both sides")
    expect(page.locator("#discussions-1 > .row-fold > summary")).to_contain_text("1 follow-up")
    expect(page.locator('[data-nav="followups-group"] [data-count]')).to_have_text("1")

    page.get_by_role("button", name="Move Discussion 2 up").press("Enter")
    assert stands_in(page, "discussions-1")
    expect(choice.locator("option:checked")).to_have_text("1 Not saved yet")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved")
    page.reload()
    expect(page.locator(f"#discussions-1 #id_{PROMISE}-title")).to_have_value("Promised there")
    choice.focus()
    choice.press("ArrowDown")
    choice.press("Tab")
    expect(page.locator("[data-news]")).to_have_text("Follow-up 1 moved to 2 Saved before.")
    assert stands_in(page, "discussions-0")
    expect(page.locator(f"#id_{PROMISE}-outcome_number")).to_be_focused()
    page.get_by_role("button", name="Remove Discussion 2").press("Enter")
    assert stands_in(page, "followups-group")
    page.get_by_role("button", name="Undo").press("Enter")
    page.locator(".save-button--main").press("Enter")
    page.wait_for_url(re.compile(r"(?<!/admin)/meetings/[^/]+/$"))
    assert [f.discussion.heading for f in Meeting.objects.get().followups.all()] == ["Saved before"]
