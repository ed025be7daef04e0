"""What a visitor measures by eye: sides beside each other where there is room, lines one can read, search at once."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests import makers as make
from tests.browser.windows import Windows
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

BOXES = """() => Object.fromEntries([...document.querySelectorAll('.position')].map(e => {
    const {left, right, top, bottom} = e.getBoundingClientRect();
    return [e.querySelector('h4').innerText.trim(), {left, right, top, bottom}];
}))"""
LETTERS = """() => {
    const text = document.querySelector('.summary p:not([class])');
    const lines = text.offsetHeight / parseFloat(getComputedStyle(text).lineHeight);
    return text.textContent.trim().length / lines;
}"""
SAID = "Shared terms and a shared review would let therapies reach patients sooner, in Europe and beyond it. " * 6


def test_sides_lines_and_printing(browse: Windows, people: People) -> None:
    """One meeting in a wide and in a narrow window, so that it is made once."""
    host = make.make_host("Agency")
    meeting = make.make_public(host=host, counterparts=[people.ours], summary=SAID)
    talk = make.make_discussion(meeting, "Steps")
    for holder in (None, people.ours, host):
        make.make_position(talk, holder, statement=SAID)
    page = browse(meeting.get_absolute_url())
    left, right, both = (page.evaluate(BOXES)[name] for name in ("Agency", people.ours.short_name, "Both sides"))
    assert left["right"] < right["left"] and (left["top"], left["bottom"]) == (right["top"], right["bottom"])
    assert both["top"] > left["bottom"] and (both["left"], both["right"]) == (left["left"], right["right"])
    assert 60 <= page.evaluate(LETTERS) <= 75
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print or save as PDF").click()
    assert page.evaluate("window.printed")
    page.set_viewport_size({"width": 390, "height": 844})
    boxes = page.evaluate(BOXES)
    stacked: list[Any] = [boxes[name] for name in ("Agency", people.ours.short_name, "Both sides")]
    assert [box["top"] for box in stacked] == sorted(box["top"] for box in stacked)
    assert len({box["left"] for box in stacked}) == 1


def test_search_is_on_the_first_screen_and_suggests(browse: Windows, people: People) -> None:
    make.make_public("Steps of variations", counterparts=[people.ours])
    for width, top in ((1280, 340), (390, 420)):
        page = browse("/", width=width)
        box = page.get_by_role("combobox")
        placed = box.bounding_box()
        assert placed and placed["y"] + placed["height"] < top, placed
        box.fill("variations")
        expect(page.get_by_role("option").first).to_contain_text("Steps of variations")
