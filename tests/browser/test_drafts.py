"""One draft for each form that was opened: two tabs never share one, and what was left in a closed one is offered."""

import pytest
from playwright.sync_api import Page, expect

from engagement.topics.models import Topic
from tests import makers as make
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import today

pytestmark = pytest.mark.django_db(transaction=True)
TOPIC = "/admin/topics/topic/add/"
ADDS = [
    (TOPIC, "#id_title"),
    ("/admin/meetings/meeting/add/", "#id_title"),
    ("/admin/meetings/series/add/", "#id_title"),
    ("/admin/organizations/organization/add/", "#id_name"),
    ("/admin/followups/followup/add/", "#id_title"),
]
OFFERS = "[data-draft-offers] li"


def typed(page: Page, field: str, text: str) -> None:
    page.locator(field).fill(text)
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved in this browser")


def another(page: Page, address: str) -> Page:
    tab = page.context.new_page()
    tab.goto(address)
    return tab


@pytest.mark.parametrize(("address", "field"), today(ADDS, parts=2))
def test_two_tabs_have_a_draft_each(browse: Windows, people: People, address: str, field: str) -> None:
    one = browse(address, user=people.secretary)
    typed(one, field, "Words of one")
    two = another(one, address)
    expect(two.locator(field)).to_have_value("")
    expect(two.locator(OFFERS)).to_have_count(0)
    typed(two, field, "Words of two")
    for page, text in ((one, "Words of one"), (two, "Words of two")):
        page.reload()
        expect(page.locator(field)).to_have_value(text)
    one.get_by_role("button", name="Delete draft").click()
    expect(one.locator(field)).to_have_value("")
    two.reload()
    expect(two.locator(field)).to_have_value("Words of two")


def test_saving_in_one_leaves_the_other(browse: Windows, people: People) -> None:
    one = browse(TOPIC, user=people.secretary)
    two = another(one, TOPIC)
    typed(one, "#id_title", "Words of one")
    typed(two, "#id_title", "Words of two")
    one.locator(".save-button--main").click()
    one.wait_for_url("**/topics/words-of-one/")
    two.reload()
    expect(two.locator("#id_title")).to_have_value("Words of two")
    two.locator(".save-button--main").click()
    two.wait_for_url("**/topics/words-of-two/")
    assert set(Topic.objects.values_list("title", flat=True)) == {"Words of one", "Words of two"}
    assert two.evaluate("localStorage.length") == 0


def test_a_duplicate_of_a_tab_begins_anew(browse: Windows, people: People) -> None:
    """It has the history of the first, and so its draft's name; the first keeps the draft."""
    one = browse(TOPIC, user=people.secretary)
    typed(one, "#id_title", "Words of one")
    two = another(one, TOPIC)
    two.evaluate("state => history.replaceState(state, '')", one.evaluate("history.state"))
    two.reload()
    expect(two.locator("#id_title")).to_have_value("")
    typed(two, "#id_title", "Words of two")
    one.reload()
    expect(one.locator("#id_title")).to_have_value("Words of one")
    assert one.evaluate("history.state.draft") != two.evaluate("history.state.draft")


def test_what_was_left_in_a_closed_form_is_offered(browse: Windows, people: People) -> None:
    page = browse(TOPIC, user=people.secretary)
    for text in ("Left first", "Left last"):
        tab = another(page, TOPIC)
        typed(tab, "#id_title", text)
        tab.close()
    page.goto(TOPIC)
    expect(page.locator("#id_title")).to_have_value("")
    offers = page.locator(OFFERS)
    expect(offers).to_have_count(2)
    expect(offers.first).to_contain_text("“Left last”")
    offers.first.get_by_role("button", name="Delete draft").press("Enter")
    expect(offers).to_have_count(1)
    expect(offers.get_by_role("button", name="Restore")).to_be_focused()
    typed(page, "#id_title", "Typed before it came back")
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="Restore the draft").press("Enter")
    expect(page.locator("#id_title")).to_have_value("Left first")
    expect(page.locator("[data-draft-notice]")).to_contain_text("We restored your unsaved draft")
    expect(offers).to_contain_text(["“Typed before it came back”"])


def test_a_draft_of_a_record_that_was_changed_since_overwrites_nothing(browse: Windows, people: People) -> None:
    topic = make.make_topic("Before")
    address = f"/admin/topics/topic/{topic.pk}/change/"
    page = browse(address, user=people.secretary)
    typed(page, "#id_title", "Mine")
    page.goto("/admin/")
    topic.title = "Theirs"
    topic.save()
    page.goto(address)
    expect(page.locator("#id_title")).to_have_value("Theirs")
    page.get_by_role("button", name="Restore the draft").click()
    expect(page.locator("#id_title")).to_have_value("Mine")
    expect(page.locator("[data-draft-notice]")).to_contain_text("Someone has changed the record since")
    page.locator(".save-button--main").click()
    expect(page.locator(".conflict")).to_contain_text("Theirs")
    topic.refresh_from_db()
    assert topic.title == "Theirs"


def test_signing_out_on_a_page_of_the_site_leaves_no_draft(browse: Windows, people: People) -> None:
    page = browse(TOPIC, user=people.secretary)
    typed(page, "#id_title", "Not for the next person")
    page.goto("/topics/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".account summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []
