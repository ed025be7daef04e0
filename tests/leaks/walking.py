"""Crawler of the leak test: every address, asked by everybody outside, and what in the answers is not theirs."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.test import Client

from engagement.returns.actions import preview
from engagement.returns.models import ReturnForm
from engagement.returns.periods import Period
from meetings.models import Meeting
from organizations.models import Organization
from tests.leaks.addresses import Address, addresses
from tests.people import People
from tests.thorough import today
from tests.world import ALL_MARKS, PUBLIC_MARK, SEEN_BY

OUTSIDE = ("visitor", "stranger", "representative")


def faults(people: People, asked: Iterable[Address] = ()) -> Iterator[str]:
    """Each word that somebody read and may not, and each page that somebody got and may not.

    The two who represent somebody are alike: unless addresses are named, each is asked by one of them, tomorrow by the
    other, with ALL=1 by both.
    """
    named = list(asked)
    asked = named or addresses(people.representative)
    for turn, name in enumerate(OUTSIDE):
        client = Client(raise_request_exception=True)
        if name != "visitor":
            client.force_login(getattr(people, name))
        for address in asked if named or name == "visitor" else today(asked, parts=2, turn=turn):
            yield from _faults(name, client, address)
    if not named:
        yield from _returned(people)
        yield from _viewed(people, asked)


def _returned(people: People) -> Iterator[str]:
    """A return holds what everybody reads, whoever makes it."""
    day = Meeting.objects.get(title=f"{PUBLIC_MARK} meeting, renamed").starts_on
    host = Organization.objects.get(name=f"{PUBLIC_MARK} host")
    for form in ReturnForm.objects.order_by("pk"):
        said = str(
            [table.rows for table in preview(form, host, Period.of(form.period, day), by=people.publisher).tables]
        )
        for mark in sorted(ALL_MARKS - {PUBLIC_MARK}):
            if mark in said.lower():
                yield f"the return {form.code} says {mark}"


def _viewed(people: People, asked: Iterable[Address]) -> Iterator[str]:
    """As somebody else, the secretariat reads what that one reads."""
    client = Client()
    client.force_login(people.secretary)
    shown = [one.path for one in asked if one.path.count("/") == 3 and one.path.startswith(("/meetings/", "/topics/"))]
    for name, prefix in (("visitor", "visitor"), ("representative", f"organizations/{people.ours.slug}")):
        for path in shown:
            main = text_of(client.get(f"/view-as/{prefix}{path}")).partition("<main")[2].replace(path.lower(), "")
            for mark in sorted(ALL_MARKS - SEEN_BY[name]):
                if mark in main:
                    yield f"viewed as {name}, {path} says {mark}"


def _faults(name: str, client: Client, address: Address) -> Iterator[str]:
    with transaction.atomic():
        try:
            response = client.get(address.path)
            if response.status_code == 405:
                response = client.post(address.path, {})
        except Exception as error:  # a page that breaks once it is open was open
            yield f"{name} breaks {address.path}: {error!r}"
            transaction.set_rollback(True)
            return
        transaction.set_rollback(True)
    if (address.is_inside or address.mark not in SEEN_BY[name]) and not address.is_right(name, response):
        yield f"{name} gets {address.path}: {response.status_code}"
    said = text_of(response).replace(address.path.lower(), "")
    for mark in sorted(ALL_MARKS - SEEN_BY[name]):
        if mark in said and not _is_echo(said, mark, address.path):
            yield f"{name} reads {mark} at {address.path} ({response.status_code})"


def _is_echo(said: str, mark: str, path: str) -> bool:
    """Whether it stands there only because it was asked for."""
    return mark in path and mark not in said.replace(f"q={mark}", "").replace(f'value="{mark}"', "")


def text_of(response: Any) -> str:
    """Content and headers in small letters; what is packed, unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(part) for part in packed.namelist())
    return (body.decode("utf-8", "replace") + str(dict(response.headers))).lower()
