"""Minutes between two sides, in their browsers: comments by link on a telephone, resolved, agreed, locked, reopened."""

from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from engagement.minutes.models import Minutes, MinutesLink, Status
from meetings.models import Discussion
from tests.browser.windows import Windows
from tests.minutes.making import make_recorded
from tests.people import People


def test_both_sides_agree(transactional_db: None, browse: Windows, people: People, axe: Any) -> None:
    meeting = make_recorded(people)
    desk = browse(meeting.get_absolute_url(), user=people.secretary)
    desk.get_by_role("link", name="Begin the minutes").click()
    desk.get_by_role("button", name="Begin the minutes").click()
    desk.get_by_role("link", name="Send to the counterpart").click()
    axe(desk)
    desk.get_by_role("button", name="Send it").click()
    expect(desk.get_by_text("With the counterpart", exact=True)).to_be_visible()
    desk.get_by_role("link", name="Make a link").click()
    desk.get_by_label("Given to").fill("Ada Outside")
    desk.get_by_role("button", name="Make the link").click()
    address = desk.get_by_label("Address").input_value()

    theirs = browse("/" + address.split("/", 3)[3], width=390)
    axe(theirs)
    part = theirs.get_by_role("region", name="Leaflets", exact=False).first
    part.get_by_text("Comment", exact=False).first.click()
    part.get_by_label("Comment", exact=True).fill("41 members, not all.")
    part.get_by_role("button", name="Send the comment").click()
    expect(theirs.get_by_text("Your comment was sent.")).to_be_visible()

    talk = Discussion.objects.get()
    talk.said = "A survey of 41 members is under way."
    talk.save()
    desk.goto(meeting.get_absolute_url() + "minutes/")
    desk.get_by_label("Answer").fill("Corrected in version 2.")
    desk.get_by_role("button", name="Accept comment 1", exact=True).click()
    expect(desk.get_by_text("Comment accepted.")).to_be_visible()
    desk.get_by_role("link", name="Make a new version").click()
    desk.get_by_role("button", name="Make a new version").click()
    desk.goto(meeting.get_absolute_url() + "minutes/compare/")
    expect(desk.locator(".minutes ins.changed")).to_have_text("41")
    axe(desk)
    desk.get_by_role("link", name="Send again").click()
    desk.get_by_role("button", name="Send it").click()
    expect(desk.get_by_text("With the counterpart", exact=True)).to_be_visible()

    theirs.reload()
    expect(theirs.get_by_text("A survey of 41 members")).to_be_visible()
    theirs.get_by_role("button", name="We agree").click()
    expect(theirs.get_by_role("heading", name="Your organization agrees")).to_be_visible()

    desk.goto(meeting.get_absolute_url() + "minutes/")
    desk.get_by_role("link", name="Make final").click()
    desk.get_by_role("button", name="Make final").click()
    expect(desk.get_by_text("Minutes are final and locked.")).to_be_visible()
    assert desk.get_by_role("link", name="Make a new version").count() == 0
    desk.get_by_role("link", name="Reopen with a reason").click()
    desk.get_by_label("What has to be corrected").fill("It was 42 members.")
    desk.get_by_role("button", name="Reopen with a reason").click()
    expect(desk.get_by_text("A new version was made.")).to_be_visible()
    minutes = Minutes.objects.get()
    assert (minutes.status, minutes.versions.count()) == (Status.DRAFT, 3)
    assert MinutesLink.objects.get().last_opened_on == timezone.localdate()
