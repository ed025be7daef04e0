"""A real Chromium, for tests of what only a browser can tell."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.windows import PATIENCE, Windows
from tests.missing import chromium as chromium_path
from tests.missing import gaps

expect.set_options(timeout=PATIENCE)

# Playwright keeps an event loop in this thread, which Django takes for a reason to refuse the ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# To read the style sheets ahead, axe would write <style> into the page, which the security policy refuses.
AXE = {"runOnly": WCAG, "resultTypes": ["violations"], "preload": False}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    path = chromium_path()
    if path is None:
        pytest.skip(gaps()["browser"])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser, live_server: LiveServer) -> Iterator[Windows]:
    """``browse("/meetings/", width=390, dark=True, javascript=False, user=people.secretary)`` opens a page.

    The test fails at its end when a page wrote an error to the browser's console, such as something that the
    content security policy refused. ``complaints_expected=True`` lets a page complain.
    """
    windows = Windows(chromium, live_server.url)
    yield windows
    windows.close()


@pytest.fixture
def page(browse: Windows) -> Page:
    """The front page as a visitor sees it, at 1280 pixels in the light."""
    return browse("/")


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """``axe(page)``: axe-core finds nothing against WCAG 2.2 AA on the page as it is now."""
    return assert_accessible


def assert_accessible(page: Page) -> None:
    """Fail with every violation, what it means and where it is."""
    found = Axe().run(page, options=AXE).response["violations"]
    told = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        + "\n".join(f"    {node['target']}  {node['html'][:200]}" for node in violation["nodes"])
        for violation in found
    ]
    assert not told, f"{len(told)} accessibility violations on {page.url}:\n" + "\n".join(told)
