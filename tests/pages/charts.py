"""What a page draws, and what the table beside it says."""

import html
import re
from typing import Any

from tests.people import client_of


def markup_of(address: str, user: Any) -> str:
    client = client_of(user)
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response.content.decode()


def section_of(markup: str, identifier: str) -> str:
    """The section with this heading; nothing where there is none."""
    found = re.search(rf'<section[^>]*aria-labelledby="{identifier}".*?</section>', markup, re.DOTALL)
    return found[0] if found else ""


def drawn_marks(markup: str) -> list[tuple[str, str]]:
    """The marks in the picture: what each says, and where it leads."""
    links = re.findall(r'<a class="(?:mark|dot) [^"]*"\s+href="([^"]*)"\s+aria-label="([^"]*)"', markup)
    return [(html.unescape(title), html.unescape(url)) for url, title in links]


def drawn_dots(markup: str) -> list[str]:
    """What stands in the dots of a line."""
    return [_text(word) for word in re.findall(r'<text class="dot__text"[^>]*>(.*?)</text>', markup)]


def drawn_bars(markup: str) -> list[tuple[str, str]]:
    """The bars: what stands below each, and the number above it."""
    words = [" ".join(_text(word).split()) for word in re.findall(r"<text[^>]*>(.*?)</text>", markup, re.DOTALL)]
    return list(zip(words[1::2], words[::2], strict=True))


def table_rows(markup: str) -> list[list[str]]:
    """The rows of the first table, without its head."""
    body = re.search(r"<tbody>(.*?)</tbody>", markup, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL) if body else []
    return [[_text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def _text(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())
