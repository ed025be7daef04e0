"""The browser fixtures say no when they should."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import assert_accessible
from tests.browser.windows import Windows
from tests.people import People

FINE = "<!doctype html><html lang=en><title>Fine</title><main><h1>Fine</h1><p>All is well.</p></main></html>"
INLINE_SCRIPT = """() => {
    const script = document.createElement("script")
    script.textContent = "window.ran = 1"
    document.body.append(script)
}"""


def test_axe_passes_a_page_that_is_fine(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(FINE)
    assert_accessible(page)
    page.close()


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ('<img src="data:,">', "image-alt"),
        ('<input name="title">', "label"),
        ('<p style="color:#ccc;background:#fff">Faint</p>', "color-contrast"),
    ],
)
def test_axe_finds_a_fault(chromium: Browser, fault: str, named: str) -> None:
    page = chromium.new_page()
    page.set_content(FINE.replace("<p>", f"{fault}<p>"))
    with pytest.raises(AssertionError, match=named):
        assert_accessible(page)
    page.close()


def test_axe_works_under_the_site_s_own_policy(browse: Windows, axe: Callable[[Page], None]) -> None:
    axe(browse("/accounts/login/"))


def test_a_page_opens_as_asked(browse: Windows, people: People) -> None:
    page = browse("/accounts/login/", user=people.secretary, width=390, dark=True)
    assert page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [390, True]
    assert [cookie["name"] for cookie in page.context.cookies()].count("sessionid") == 1


def test_a_page_opens_without_javascript(browse: Windows) -> None:
    page = browse("/accounts/login/", javascript=False)
    page.set_content("<p>Before</p><script>document.querySelector('p').textContent = 'After'</script>")
    assert page.inner_text("p") == "Before"


def test_the_policy_refuses_inline_scripts(browse: Windows) -> None:
    page = browse("/", complaints_expected=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate(INLINE_SCRIPT)
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in text for text in said), said


@pytest.mark.parametrize("fault", ["/there-is-no-such-page/", "/"])
def test_what_a_page_complains_of_is_told(chromium: Browser, live_server: LiveServer, fault: str) -> None:
    windows = Windows(chromium, live_server.url)
    windows(fault).evaluate(INLINE_SCRIPT)
    with pytest.raises(AssertionError, match=r"404|Content Security Policy"):
        windows.close()
