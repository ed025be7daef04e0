"""Choosing a series fills in what nobody has touched, and says which meeting of it this will be."""

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests import makers as make
from tests.browser.test_log_meeting import ADD, box, choose
from tests.browser.windows import Windows
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)


def parties(page: Page) -> list[tuple[str, str]]:
    names = page.locator('[name^="parties-"][name$="-organization"]')
    sides = page.locator('[name^="parties-"][name$="-side"]')
    return [(name.input_value()[-5:], side.input_value()) for name, side in zip(names.all(), sides.all(), strict=True)]


def test_what_nobody_has_touched_is_filled_in(browse: Windows, people: People) -> None:
    """A second choice takes back what the first filled in; what was typed stays; a reload fills in nothing anew."""
    ema = make.make_organization("European Medicines Agency", acronym="EMA", is_host=True)
    members = [make.make_organization(f"Organization {n}", acronym=f"ORG{n}") for n in range(1, 5)]
    one, many = make.make_series("Of two", host=ema, first_ordinal=2), make.make_series("Of many", host=ema)
    one.counterparts.set(members[:1])
    many.counterparts.set(members[1:])
    make.make_held("Of many, then", series=many, host=ema, counterparts=members[1:], city="Lisbon", kind="platform")

    page = browse(ADD, user=people.secretary)
    told = page.locator("#id_series_helptext")
    choose(page, "series", "Of many")
    expect(told).to_contain_text("This will be the second meeting of this series. Filled in: title,")
    expect(page.locator("[data-news]")).to_contain_text("second meeting")
    expect(box(page, "city")).to_have_value("Lisbon")
    assert parties(page) == [("(EMA)", "host"), *((f"ORG{n})", "counterpart") for n in (2, 3, 4))]
    box(page, "discussions-0-positions-0-who").click()
    offered = page.locator(".lookup-list:not([hidden]) [role=option]")
    expect(offered).to_contain_text(["Both sides", "(EMA)", "ORG2", "ORG3", "ORG4", "Type to find others."])
    expect(offered).to_have_count(6)
    box(page, "discussions-0-positions-0-who").press("Escape")
    box(page, "title").fill("Called by hand")
    choose(page, "series", "Of two")
    expect(told).to_contain_text(
        "second meeting of this series. Earlier meetings are not recorded. Filled in: parties."
    )
    expect(box(page, "city")).to_have_value("")
    expect(box(page, "kind")).to_have_value("bilateral")
    assert [name for name, _side in parties(page)] == ["(EMA)", "ORG1)", "", ""]
    box(page, "city").fill("Porto")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved")
    page.reload()
    expect(told).to_have_text("This will be the second meeting of this series. Earlier meetings are not recorded.")
    expect(box(page, "title")).to_have_value("Called by hand")
    box(page, "starts_on").fill("2025-05-08")
    page.locator(".save-button--main").click()
    page.wait_for_url("**/meetings/called-by-hand/")
    meeting = Meeting.objects.get(series=one)
    assert (meeting.city, meeting.ordinal, meeting.parties.count()) == ("Porto", 2, 2)
