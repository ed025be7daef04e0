"""Windows of a real Chromium: any width, light or dark, with or without JavaScript, signed in as anybody."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page

HEIGHT = {1280: 900, 390: 844}
PATIENCE = 90_000
"""Milliseconds that anything may take: a busy machine is slow, and only what never comes is a failure."""


class Windows:
    """Opens pages of one site, and keeps what they complain of in the browser's console."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(
        self,
        path: str = "/",
        *,
        user: Any = None,
        width: int = 1280,
        dark: bool = False,
        javascript: bool = True,
        complaints_expected: bool = False,
        **more: Any,
    ) -> Page:
        """Open a page in a window of its own, signed in as the user."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": HEIGHT.get(width, 900)},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="en-GB",
            reduced_motion="reduce",
            **more,
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if user is not None and user.is_authenticated:
            context.add_cookies([session_cookie(user, self.address)])
        if not complaints_expected:
            context.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
            context.on("weberror", lambda error: self._note(str(error.error)))
        page = context.new_page()
        page.goto(path)
        return page

    def _note(self, complaint: str) -> None:
        self.complaints.append(complaint)

    def close(self) -> None:
        """Close every window; fail when a page complained: a script that broke, or something refused."""
        for context in self.contexts:
            context.close()
        assert not self.complaints, "the browser's console says:\n" + "\n".join(self.complaints)


def session_cookie(user: Any, address: str) -> Any:
    """The cookie of somebody who has signed in, without the trouble of the form."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}


@contextmanager
def closing(window: Page) -> Iterator[None]:
    """Waits until a window has closed, which may be before the click that closes it is reported."""
    with window.expect_event("close"), suppress(Error):
        yield
