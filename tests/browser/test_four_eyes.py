"""Prepared, marked ready, published by a second person, edited unseen, taken over: in four people's browsers."""

from typing import Any

from django.test import Client
from playwright.sync_api import expect

from meetings.models import Meeting
from tests import makers as make
from tests.browser.windows import Windows
from tests.meetings.test_four_eyes import read
from tests.people import People


def test_a_correction_waits_for_a_second_person(
    transactional_db: None, browse: Windows, people: People, axe: Any
) -> None:
    meeting = make.make_held(
        "Leaflets for patients", host=make.make_host("Agency"), counterparts=[people.ours], visibility=make.SHARED,
        prepared_by=people.secretary,
    )  # fmt: skip
    make.make_discussion(meeting, "Leaflets", said="They were read.")
    page = browse(meeting.get_absolute_url(), user=people.secretary)
    page.get_by_role("link", name="To publish").or_(page.get_by_role("link", name="Not assessed")).click()
    expect(page.get_by_role("heading", name="One thing is missing")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Edit").click()
    page.locator("#id_visibility").select_option("20")
    page.get_by_role("button", name="Save meeting").click()
    page.get_by_role("link", name="To publish", exact=True).click()
    page.wait_for_url("**/publication/")
    axe(page)
    page.get_by_role("link", name="Mark as ready").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Mark as ready").click()

    desk = browse("/today/", user=people.publisher)
    desk.get_by_role("region", name="Ready to publish").get_by_role("link", name="Publish Leaflets").click()
    desk.get_by_text("View as a visitor").click()
    expect(desk.get_by_text("They were read.")).to_be_visible()
    axe(desk)
    with desk.expect_navigation():
        desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_text("Everyone can read it now")).to_be_visible()
    axe(desk)
    meeting = Meeting.objects.get()
    assert b"They were read." in (before := read(meeting))["{page}"]

    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    page.locator("[name=discussions-0-said]").fill("They were read aloud.")
    page.get_by_role("button", name="Save meeting").click()
    expect(page.get_by_text("Change proposed.")).to_be_visible()
    assert read(meeting) == before

    desk.goto("/publication/")
    desk.get_by_role("link", name="See the change").click()
    expect(desk.get_by_role("heading", name="A change by secretary is waiting for a publisher")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Accept it").click()
    desk.wait_for_url(f"**{meeting.get_absolute_url()}")
    assert "They were read aloud." in Client().get(meeting.get_absolute_url()).content.decode()
