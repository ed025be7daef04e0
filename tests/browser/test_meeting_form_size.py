"""The meeting form is short enough to work in: rows fold to a line, a row's buttons are one stop of the Tab key."""

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests import makers as make
from tests.browser.windows import Windows
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
HEIGHT = "document.documentElement.scrollHeight"
FOLD = "#discussions-{} > .row-fold"


@pytest.fixture
def meeting(people: People) -> Meeting:
    """As large as the founding example: five discussions, nine positions, ten outcomes, three follow-ups."""
    arm = make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")
    meeting = make.make_held("A long meeting", counterparts=[arm])
    for number in range(1, 6):
        discussion = make.make_discussion(meeting, topic=make.make_topic(f"Topic {number}"), said="Words. " * 30)
        for _position in range(1 + number % 2):
            make.make_position(discussion, arm, statement="A statement of some length. " * 4)
        make.make_outcome(meeting, discussion=discussion, text="What came of it. " * 4)
        make.make_outcome(meeting, text="What came of it all. " * 4)
        if number < 4:
            make.make_followup(f"Promise {number}", meeting=meeting)
    return meeting


def change(meeting: Meeting, more: str = "") -> str:
    return f"/admin/meetings/meeting/{meeting.pk}/change/{more}"


def test_both_forms_are_short(browse: Windows, people: People, meeting: Meeting) -> None:
    empty = browse("/admin/meetings/meeting/add/", user=people.secretary)
    assert empty.evaluate(HEIGHT) < 2100
    assert browse(change(meeting), user=people.secretary).evaluate(HEIGHT) < 4500


@pytest.mark.parametrize("width", [1280, 390])
def test_the_last_section_can_be_scrolled_out_from_under_the_save_bar(
    browse: Windows, people: People, width: int
) -> None:
    arm = make.make_organization("Alliance for Regenerative Medicine")
    page = browse(f"/admin/organizations/organization/{arm.pk}/change/", user=people.secretary, width=width)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last, bar = page.locator("#representatives-group").bounding_box(), page.locator(".save-bar").bounding_box()
    assert last and bar and last["y"] + last["height"] <= bar["y"]


def is_open(page: Page, number: int) -> bool:
    return bool(page.locator(FOLD.format(number)).evaluate("fold => fold.open"))


def test_a_discussion_folds_to_a_line_that_follows_what_is_typed(
    browse: Windows, people: People, meeting: Meeting
) -> None:
    page = browse(change(meeting), user=people.secretary)
    line = page.locator("#discussions-0 > .row-fold > summary")
    for words in ("Topic 1", "ARM", "1 outcome"):
        expect(line).to_contain_text(words)
    assert not is_open(page, 0)
    line.press("Enter")
    page.locator("#id_discussions-0-topic").fill("Another")
    expect(line).to_contain_text("Another")
    page.locator('[data-add-row="discussions-0-outcomes"]').click()
    page.locator("#id_discussions-0-outcomes-1-text").fill("More")
    expect(line).to_contain_text("2 outcomes")
    page.locator("#discussions-group > .rows-head [data-fold-all]").click()
    assert not is_open(page, 0)


def test_the_page_leads_to_the_row_and_saving_back_again(browse: Windows, people: People, meeting: Meeting) -> None:
    """Without scripts as well: the server unfolds the row that was asked for, and what is wrong in any."""
    page = browse(meeting.get_absolute_url(), user=people.secretary, javascript=False)
    page.get_by_role("link", name="Edit Topic 2").click()
    assert [is_open(page, number) for number in range(5)] == [False, True, False, False, False]
    page.locator("#id_discussions-1-positions-0-statement").fill("")
    page.locator("#discussions-3 summary").first.click()
    page.locator("#id_discussions-3-positions-0-statement").fill("Better words")
    page.locator(".save-button--main").click()
    expect(page.locator("#discussions-1 > .row-fold > summary")).to_contain_text("1 to fix")
    assert is_open(page, 1)
    page.locator("#id_discussions-1-positions-0-statement").fill("Words again")
    page.locator(".save-button--main").click()
    page.wait_for_url(f"**{meeting.get_absolute_url()}#discussion-*")
    expect(page.get_by_text("Better words")).to_be_visible()


def test_the_buttons_of_a_row_are_one_stop(browse: Windows, people: People, meeting: Meeting) -> None:
    page = browse(change(meeting), user=people.secretary)
    more = page.get_by_role("button", name="More about Outcome 2")
    page.locator("#id_outcomes-0-to").focus()
    page.keyboard.press("Tab")
    expect(more).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Move Outcome 2 up")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("#id_outcomes-1-visibility")).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "true")
