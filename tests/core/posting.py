"""Posting an admin form as a browser would: what the page holds, with some of it changed."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

Data = dict[str, list[str]]


class _Form(HTMLParser):
    """Reads what the main form of a page would post if it were sent untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.data: Data = {}
        self.inside = self.blank = 0
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside += tag == "form" and "form-main" in (given.get("class") or "")
        self.blank += tag == "template"
        if not self.inside or self.blank or "disabled" in given:
            return
        name = given.get("name")
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option" and self.select:
            self.options.append((given.get("value") or "", "selected" in given))
        elif tag == "textarea" and name:
            self.area, self.data[name] = name, [""]

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type") or "text"
        if kind in ("submit", "file") or (kind in ("checkbox", "radio") and "checked" not in given):
            return
        value = given.get("value")
        self.data.setdefault(name, []).append("on" if value is None and kind == "checkbox" else value or "")

    def handle_data(self, data: str) -> None:
        if self.area and not self.blank:
            self.data[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        self.blank -= tag == "template"
        if tag == "form" and self.inside:
            self.inside = 0
        if tag == "textarea" and self.area:
            self.data[self.area][0] = self.data[self.area][0].removeprefix("\n")
            self.area = None
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [self.options[0][0]]
            self.data[self.select], self.select = chosen, None


def shown(response: HttpResponse) -> Data:
    """What the form on a page holds."""
    form = _Form()
    form.feed(response.content.decode())
    return form.data


def opened(client: Client, address: str) -> Data:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return shown(response)


def send(client: Client, address: str, data: Data, **changes: Any) -> Any:
    """Post the form with changes; a name with ``__`` for ``-`` is possible: ``parties__0__side="host"``."""
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, {**data, **named, "_save": "1"})


def with_row(data: Data, prefix: str, **fields: Any) -> Data:
    """The form with one more row at the end of a set."""
    count = int(data[f"{prefix}-TOTAL_FORMS"][0])
    row = {f"{prefix}-{count}-{name}": [str(value)] for name, value in fields.items()}
    return {**data, f"{prefix}-TOTAL_FORMS": [str(count + 1)], **row}


def token_in(response: Any, action: str = "") -> dict[str, str]:
    """What makes a form be carried out once; of the form with this action where a page has several."""
    html = response.content.decode()
    html = html[html.index(f'action="{action}"') :] if action else html
    found = re.search(r'name="_once" value="([^"]+)"', html)
    return {"_once": found[1]} if found else {}


def problems(response: Any) -> list[tuple[str, str]]:
    """The error summary: where each link goes, and what it says."""
    html = response.content.decode()
    summary = re.search(r'<div class="error-summary".*?</div>', html, re.DOTALL)
    return re.findall(r'<li><a href="#([^"]+)">(.*?)</a></li>', summary[0], re.DOTALL) if summary else []
