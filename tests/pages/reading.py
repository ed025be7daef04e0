"""A page as a person reads it."""

import html
import re
from typing import Any

from django.test import Client


def page_text(address: str, user: Any = None) -> str:
    """The words of a page, in one line."""
    client = Client()
    if user is not None and user.is_authenticated:
        client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return words(response.content.decode())


def words(markup: str) -> str:
    body = markup.split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", f"<main{body}")).split())
