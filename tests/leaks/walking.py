"""Crawler of the leak test: every address, asked by everybody outside, and what in the answers is not theirs."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from http.cookies import SimpleCookie
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import CharField, JSONField, Model, TextField
from django.test import Client

from engagement.core.lists.views import ListPage
from engagement.returns.actions import preview
from engagement.returns.models import ReturnForm
from engagement.returns.periods import Period
from meetings.models import Meeting
from organizations.models import Organization
from tests.leaks.addresses import Address, addresses, routes
from tests.people import People
from tests.thorough import today
from tests.world import ALL_MARKS, INSIDE_MARK, PUBLIC_MARK, SEEN_BY

ROWS = "rows of "
OUTSIDE = ("visitor", "stranger", "representative")


@dataclass(frozen=True)
class Visit:
    """One reader at one address, or at another place where words are given out; ``find`` says what is not theirs."""

    route: str
    find: Callable[[], Iterator[str]]


class SteadyClient(Client):
    """Stays signed in whatever an answer did to its session, since all that is written is undone."""

    def __init__(self, user: Any = None) -> None:
        super().__init__()
        if user is not None:
            self.force_login(user)
        self.own = self.cookies.copy()

    def request(self, **request: Any) -> Any:
        self.cookies = SimpleCookie({name: morsel.value for name, morsel in self.own.items()})
        return super().request(**request)


def faults(people: People) -> Iterator[str]:
    """Each word that somebody read and may not, and each page that somebody got and may not.

    Each address is asked by one of the three, tomorrow by the next, with ALL=1 by all.
    """
    return chain.from_iterable(visit.find() for visit in visits(people, parts=len(OUTSIDE)))


def visits(people: People, parts: int = 1) -> list[Visit]:
    """In a fixed order; of the addresses each asks one in so many, and no two the same."""
    asked = addresses(people.representative)
    found = [Visit(f"{ROWS}{model._meta.label}", partial(_rows, people, model)) for model in _models()]
    for turn, name in enumerate(OUTSIDE):
        client = SteadyClient(None if name == "visitor" else getattr(people, name))
        turns = today(asked, parts=parts, turn=turn)
        found += [Visit(address.route, partial(_faults, name, client, address)) for address in turns]
        found += [Visit(route, partial(_filtered, name, client, route, one)) for route, one in _lists()]
    found += [Visit("returns", partial(_returned, people, form)) for form in ReturnForm.objects.order_by("pk")]
    return [*found, *_viewed(people, asked)]


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")]


def _rows(people: People, model: Any) -> Iterator[str]:
    """What passes ``visible_to`` is theirs, whatever page will show it. A row without words has those of its name."""
    fields = [one for one in model._meta.concrete_fields if isinstance(one, CharField | TextField | JSONField)]
    words = [one.attname for one in fields if one.name not in getattr(model, "inside_fields", ())]
    for name in OUTSIDE:
        for row in model._default_manager.all().visible_to(getattr(people, name)):
            marks = _marks(*(getattr(row, word) for word in words)) or _marks(row)
            if marks and not marks & SEEN_BY[name]:
                yield f"{name} may know of {model._meta.label} {row.pk}, which says {', '.join(sorted(marks))}"


def _marks(*said: object) -> set[str]:
    words = " ".join(map(str, said)).lower()
    return {mark for mark in ALL_MARKS if mark in words}


def _lists() -> Iterator[tuple[str, type[ListPage]]]:
    for route, view in routes():
        if issubclass(getattr(view, "view_class", object), ListPage):
            yield route, view.view_class


def _filtered(name: str, client: Client, route: str, asked: type[ListPage]) -> Iterator[str]:
    """A list offers no filter of the secretariat, and finds nothing by words that only the secretariat reads."""
    page = text_of(client.get(f"/{route}?more=1"))
    for one, kind in asked.filterset_class.base_filters.items():
        if getattr(kind, "staff_only", False) and f'name="{one}"' in page:
            yield f"{name} may ask {route} by {one}"
    if f'href="/{route}{PUBLIC_MARK}' in text_of(client.get(f"/{route}?q={INSIDE_MARK}")):
        yield f"{name} finds what is public by what is not, at {route}"


def _returned(people: People, form: ReturnForm) -> Iterator[str]:
    """A return holds what everybody reads, whoever makes it."""
    day = Meeting.objects.get(title=f"{PUBLIC_MARK} meeting, renamed").starts_on
    host = Organization.objects.get(name=f"{PUBLIC_MARK} host")
    said = str([table.rows for table in preview(form, host, Period.of(form.period, day), by=people.publisher).tables])
    for mark in sorted(ALL_MARKS - {PUBLIC_MARK}):
        if mark in said.lower():
            yield f"the return {form.code} says {mark}"


def _viewed(people: People, asked: Iterable[Address]) -> Iterator[Visit]:
    """As somebody else, the secretariat reads what that one reads."""
    client = SteadyClient(people.secretary)
    shown = [one.path for one in asked if one.path.count("/") == 3 and one.path.startswith(("/meetings/", "/topics/"))]
    for name, prefix in (("visitor", "visitor"), ("representative", f"organizations/{people.ours.slug}")):
        for path in shown:
            yield Visit(f"viewed as {name}", partial(_read_as, name, client, prefix, path))


def _read_as(name: str, client: Client, prefix: str, path: str) -> Iterator[str]:
    with transaction.atomic():
        main = text_of(client.get(f"/view-as/{prefix}{path}")).partition("<main")[2].replace(path.lower(), "")
        transaction.set_rollback(True)
    for mark in sorted(ALL_MARKS - SEEN_BY[name]):
        if mark in main:
            yield f"viewed as {name}, {path} says {mark}"


def _faults(name: str, client: Client, address: Address) -> Iterator[str]:
    with transaction.atomic():
        try:
            response = client.get(address.path)
            if response.status_code == 405:
                response = client.post(address.path, {"verb": "send_back", "organization": _two_known()})
        except Exception as error:  # a page that breaks once it is open was open
            yield f"{name} breaks {address.path}: {error!r}"
            transaction.set_rollback(True)
            return
        transaction.set_rollback(True)
    if (address.is_inside or address.mark not in SEEN_BY[name]) and not address.is_right(name, response):
        yield f"{name} gets {address.path}: {response.status_code}"
    said = text_of(response).replace(address.path.lower(), "")
    if 'class="internal' in said:
        yield f"{name} is shown what is for the secretariat at {address.path}"
    if "/activity" in address.path and "changed" in said.partition("<main")[2]:  # by a save that others do not see
        yield f"{name} is told of a change that nobody outside sees at {address.path}"
    for mark in sorted(ALL_MARKS - SEEN_BY[name]):
        if mark in said and not _is_echo(said, mark, address.path):
            yield f"{name} reads {mark} at {address.path} ({response.status_code})"


def _is_echo(said: str, mark: str, path: str) -> bool:
    """Whether it stands there only because it was asked for."""
    return mark in path and mark not in said.replace(f"q={mark}", "").replace(f'value="{mark}"', "")


def _two_known() -> list[int]:
    """Whom everybody knows of."""
    return list(
        Organization.objects.filter(name__startswith=PUBLIC_MARK).order_by("pk").values_list("pk", flat=True)[:2]
    )


def text_of(response: Any) -> str:
    """Content and headers in small letters; what is packed, unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(part) for part in packed.namelist())
    return (body.decode("utf-8", "replace") + str(dict(response.headers))).lower()
