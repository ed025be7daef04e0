"""Looking at a page the way every page is looked at: axe, its width, its headings and landmarks."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import assert_accessible

SHAPE = """() => ({
    width: innerWidth,
    taken: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    headings: document.querySelectorAll("h1").length,
    mains: document.querySelectorAll("main, [role=main]").length,
    wide: [...document.querySelectorAll("body *")]
        .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".visually-hidden"))
        .slice(0, 3).map((e) => e.outerHTML.slice(0, 120)),
    cut: [...document.querySelectorAll("#changelist .results")].some((e) => e.scrollWidth > e.clientWidth + 1),
})"""


def look(page: Page) -> list[str]:
    """What is wrong with the page as it is now."""
    address = page.url.split("/", 3)[3]
    shape: dict[str, Any] = page.evaluate(SHAPE)
    found = []
    if shape["taken"] > shape["width"]:
        found.append(f"/{address} is {shape['taken']} wide in a window of {shape['width']}: {shape['wide']}")
    if shape["cut"]:
        found.append(f"/{address} hides columns of its list in a window of {shape['width']}")
    if shape["headings"] != 1:
        found.append(f"/{address} has {shape['headings']} headings of level 1")
    if shape["mains"] != 1:
        found.append(f"/{address} has {shape['mains']} main landmarks")
    try:
        assert_accessible(page)
    except AssertionError as error:
        found.append(str(error))
    return found


def skip(page: Page, link: str = ".skip-link") -> list[str]:
    """The first stop of the keyboard leads past the header, and can be seen there; unless one begins in a field."""
    if page.evaluate("document.querySelector('[autofocus]') !== null"):
        return []
    page.keyboard.press("Tab")
    first = page.evaluate(
        """(link) => { const e = document.activeElement, box = e.getBoundingClientRect();
        return e.matches(link) && box.top >= 0 && box.left >= 0 && box.height >= 24 }""",
        link,
    )
    page.keyboard.press("Enter")
    main = page.evaluate("document.activeElement.matches('main, [role=main]')")
    wrong = {"the skip link is not seen first": not first, "the skip link does not lead to main": not main}
    return [f"{page.url}: {fault}" for fault, is_so in wrong.items() if is_so]
