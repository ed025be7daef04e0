"""Fuzzing of every form that is posted: filled in well, then with something wrong in it, by somebody who may do all.

Each form is fetched, filled, changed and sent as a browser would, and what it did is rolled back. Nothing may end as a
server error, and nearly everything must reach its form: a refusal at the door proves nothing about the form behind it.
Each form is sent once on PostgreSQL, which accepts less, and on SQLite half of the site's and a sixth of the admin's
(with ALL=1 all);
``FORM_FUZZ=5000`` sends so many. The seed is in ``FORM_FUZZ_SEED``.
"""

import os
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from tests.forms import Data, Form
from tests.people import People
from tests.posted_forms import Posted, posted_routes, route_of, undone
from tests.thorough import ALL, some

pytestmark = pytest.mark.both_databases

POSTS = int(os.environ.get("FORM_FUZZ", "0"))
"""Each form once unless it says how many."""
SEED = int(os.environ.get("FORM_FUZZ_SEED", "9"))
FORM = "application/x-www-form-urlencoded"
KEPT = ("csrfmiddlewaretoken", "once", "_once")
MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")

ODD_TEXTS = [
    *["\0", "a\0b", "\ud800", "x\udfff", "\0\1\x1f", "\ufeff", "", " ", "\n", "x" * 300, "ß" * 20_000, ";" * 3000],
    *["0", "-1", "²", "١٢", "1e999", "NaN", "2147483648", "-9223372036854775809", "9" * 19, "9" * 30, "9" * 5000],
    *["🦄", "👩\u200d👩\u200d👧" * 40, "\u202eשלום", "مرحبا", "Dr. Ñandú", "<script>alert(1)</script>", "=1+1"],
    *["' OR 1=1 --", "%s %(x)s {0} {{ x }}", "C:\\x", "../../etc/passwd"],
]
ODD_DATES = ["0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2025-02-30", "31/12/2025", "-0001-01-01"]
ODD_TIMES = ["25:61", "24:00", "-1:00", "00:00:00.0000001", "23:59:60"]
ODD_COUNTS = ["", "-1", "²", "x", "40", "9" * 30, "1.5", "\0"]
GOOD = {
    "date": ["2025-03-14", "2026-12-01"],
    "time": ["09:30", "17:00"],
    "datetime-local": ["2025-03-14T09:30"],
    "number": ["1", "3"],
    "url": ["https://example.org/"],
    "email": ["somebody@example.org"],
    "password": ["secret"],
    "textarea": ["Because it was agreed."],
}
EXTRA = {
    "_saveasnew": "1",
    "_popup": "1",
    "_to_field": "id",
    "_continue": "1",
    "_addanother": "1",
    "_more": "x",
    "all": "1",
}


PYTHON = b"[&#x27;"
"""A list as Python writes it has no place in a page."""


@dataclass
class Tally:
    answers: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def fill(form: Form, dice: random.Random) -> Data:
    """What somebody might type: what is there stays, half of what is blank is filled in, boxes are ticked."""
    data = {name: list(values) for name, values in form.data.items()}
    for name, kind in form.kinds.items():
        if name.endswith(("_id", "_was", "_new", *MANAGEMENT)) or kind in ("hidden", "file") or dice.random() < 0.5:
            continue
        if kind in ("checkbox", "radio", "select"):
            data[name] = [dice.choice(form.choices[name])] if form.choices[name] and not name.endswith("DELETE") else []
        elif not any(data.get(name, [])):
            data[name] = [dice.choice(GOOD.get(kind, ["Society of Strangers", "Something new", "en"]))]
    return data


def spoil(data: Data, form: Form, dice: random.Random) -> str:
    """One thing wrong; says what."""
    names = [name for name in data if name not in KEPT]
    name = dice.choice(names) if names else "nothing"
    counts = [name for name in names if name.endswith(MANAGEMENT)]
    how = dice.choice(
        ["odd", "odd", "odd", "date", "choice", "gone", "twice", "extra", "extra", *(["count"] * 2 if counts else [])]
    )
    if how == "odd":
        data[name] = [dice.choice(ODD_TEXTS)]
    elif how == "date":
        name = dice.choice([n for n in names if form.kinds.get(n) in ("date", "time", "datetime-local")] or [name])
        data[name] = [dice.choice(ODD_DATES + ODD_TIMES)]
    elif how == "choice":
        name = dice.choice(
            [n for n in names if form.kinds.get(n) in ("select", "hidden", "radio", "checkbox")] or [name]
        )
        data[name] = [dice.choice(["999999999", "-5", "no-such", "9" * 25, "\0"])]
    elif how == "gone":
        data.pop(name, None)
    elif how == "twice":
        data[name] = data.get(name, []) * 2 + [dice.choice(ODD_TEXTS)]
    elif how == "extra":
        name = dice.choice(list(EXTRA))
        data[name] = [EXTRA[name]]
    else:
        name = dice.choice(counts)
        data[name] = [dice.choice(ODD_COUNTS)]
    return f"{how} {name}={data.get(name)!s:.60}"


def papers(form: Form, dice: random.Random) -> dict[str, list[SimpleUploadedFile]]:
    """Small files, some of which are what they say they are."""
    good, odd = b"Host,Day,With\r\nA,2025-01-02,B\r\n", b"%PDF-1.4 \x00\xff" + b"x" * 50
    names = [name for name, kind in form.kinds.items() if kind == "file" and dice.random() < 0.6]
    return {
        n: [SimpleUploadedFile(dice.choice(["a.csv", "b.pdf", "&#0;.ics", ".xlsx"]), dice.choice([good, odd, b""]))]
        for n in names
    }


def send(client: Client, form: Form, data: Data, dice: random.Random) -> Any:
    name, value, elsewhere = dice.choice(form.buttons or [("", "", "")])
    address = urljoin(form.action, elsewhere) if elsewhere else form.action
    data = {**data, name: [value]} if name else data
    headers = {"HX-Request": "true"} if dice.random() < 0.1 else {}
    if form.has_files:
        clean = {n: [v.encode("utf-8", "replace").decode() for v in values] for n, values in data.items()}
        return client.post(address, {**clean, **papers(form, dice)}, MULTIPART_CONTENT, headers=headers)
    body = urlencode(data, doseq=True, encoding="utf-8", errors="surrogatepass")
    return client.post(address, body, FORM, headers=headers)


def try_once(client: Client, form: Form, dice: random.Random, tally: Tally) -> None:
    """Fill, spoil, send; what came of it is told, and undone."""
    with undone(client):
        data = fill(form, dice)
        how = [spoil(data, form, dice) for _ in range(dice.choice([0, 1, 1, 1, 2, 4]))]
        told = f"{form.action}: {how}"
        try:
            answer = send(client, form, data, dice)
        except Exception as error:
            tally.broken.append(f"{told}: {error!r:.200}")
        else:
            tally.answers[answer.status_code] += 1
            if answer.status_code >= 500 or PYTHON in getattr(answer, "content", b""):
                tally.broken.append(told)
            elif answer.status_code >= 400 or "/login/" in answer.headers.get("Location", ""):
                tally.missed.append(f"{answer.status_code} {told}")


REFUSES = {
    "view-as/": "shows a page as others read it, where nothing can be changed: test_view_as.py",
}


@pytest.mark.slow("posts every form there is")
def test_no_form_breaks(people: People) -> None:
    posted = Posted(people)
    is_sqlite = connection.vendor == "sqlite"
    by = ((posted.staff, posted.of_staff(parts=3 if is_sqlite else 1)), (posted.outside, posted.of_outsiders()))
    forms = [(client, form) for client, forms in by for form in forms]
    assert_every_route_is_tried(posted, [form for _client, form in forms])
    if is_sqlite:
        forms = list(some(forms, turn=0, parts=2))
    posts = POSTS or len(forms)
    dice, tally = random.Random(SEED), Tally()
    for client, form in (forms[number % len(forms)] for number in range(posts)):
        try_once(client, form, dice, tally)
    assert not tally.broken, "\n".join(tally.broken)
    reached, saved = sum(n for code, n in tally.answers.items() if code < 400), tally.answers[302]
    assert reached > 0.95 * posts, "\n".join([str(tally.answers), *tally.missed])
    assert saved > 0.1 * posts, tally.answers


def assert_every_route_is_tried(posted: Posted, forms: list[Form]) -> None:
    """A form that is added is among those that are posted here."""
    with undone(posted.staff):
        routes = posted_routes(posted.staff)
    missing = {one for one in routes - {route_of(form.action) for form in forms} if not one.startswith(tuple(REFUSES))}
    assert not missing, missing
    assert len(forms) > (60 if connection.vendor == "sqlite" and not ALL else 110)
