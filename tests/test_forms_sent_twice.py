"""Every form of the site, filled in and sent two times: the second time does nothing more, whatever the first did."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.forms import Data, Form
from tests.imports.invitations.files import GOOGLE, file_of, ics
from tests.people import People
from tests.posted_forms import Posted, route_of, undone
from tests.thorough import ALL, today

PASSWORD = "a long sentence of four words"
TODAY = timezone.localdate()
GOOD = {"date": str(TODAY), "time": "09:30", "number": "1", "url": "https://example.org/", "textarea": "It was so."}
AS_IT_STANDS: dict[str, dict[str, str]] = {
    "organizations/duplicates/merge/": {},
    "imports/<int:pk>/columns/": {},
    "imports/<int:pk>/decide/": {},
    "imports/<int:pk>/lists/": {"l5-0-choice": "hand", "l5-0-names": "Kay"},
    "imports/<int:pk>/period/": {"period": "2023"},
    "imports/invitation/<int:pk>/": {
        f"a{number}-{name}": value
        for number in range(4)
        for name, value in (("choice", "new"), ("new_name", f"N {number}"))
    },
    "imports/layouts/<slug:slug>/": {},
    "imports/upload/": {},
    "accounts/views/add/": {"name": "Once"},
    "accounts/views/<int:pk>/": {"name": "Once"},
    "accounts/password/link/": {"email": "nobody@example.org"},
    "accounts/password/": {"old_password": "secret", "new_password1": PASSWORD, "new_password2": PASSWORD},
    "series/<slug:slug>/plan/": {"starts_on": str(TODAY + dt.timedelta(days=40))},
}
"""What is typed there; in all other forms everything that is blank is filled in."""
NOT_COUNTED = {"sessions.Session", "core.SentForm", "core.Stamp", "accounts.FailedSignIn"}


def filled(form: Form) -> Data:
    data = {name: list(values) for name, values in form.data.items()}
    if (typed := AS_IT_STANDS.get(route_of(form.action))) is not None:
        return {**data, **{name: [value] for name, value in typed.items()}}
    for name, kind in form.kinds.items():
        if kind in ("radio", "select") and not any(data.get(name, [])):
            data[name] = [form.choices[name][-1]]
        elif kind not in ("hidden", "file", "checkbox") and not any(data.get(name, [])):
            data[name] = [GOOD.get(kind, "Something new")]
    return data


def send(client: Client, form: Form, data: Data) -> Any:
    """By its first button, with a file where one is asked for."""
    diary = SimpleUploadedFile("diary.csv", b"Host,Day,With\r\nA,2025-01-02,B\r\n")
    files = {
        name: file_of(ics(GOOGLE)) if "invitation" in form.action else diary
        for name, kind in form.kinds.items()
        if kind == "file"
    }
    name, value, elsewhere = next(iter(form.buttons), ("", "", ""))
    return client.post(elsewhere or form.action, {**data, **({name: value} if name else {}), **files})


def rows() -> dict[str, int]:
    """How many each table has, in one statement."""
    every = {model._meta.db_table: model._meta.label for model in apps.get_models(include_auto_created=True)}
    counts = [
        f"SELECT '{label}', COUNT(*) FROM {connection.ops.quote_name(table)}"
        for table, label in every.items()
        if label not in NOT_COUNTED
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts))
        return dict(cursor.fetchall())


ONLY_ASK = {
    "organizations/duplicates/merge/": "compares two organizations first; the form after it merges them",
    "follow-ups/act/<slug:verb>/": "asks first, where a follow-up is shown; the form after it acts",
    "follow-ups/": "the buttons of the list lead to the page that asks",
    "accounts/login/": "with a wrong password",
    "people/erase/": "looks for a name; the form after it erases",
    "people/<int:pk>/erase/": "erases once it was looked at: privacy/test_pages.py sends that twice",
}


@pytest.mark.slow("sends every form of the site twice")
def test_the_second_time_nothing_is_done(people: People) -> None:
    posted = Posted(people)
    by = ((posted.staff, posted.of_the_site()), (posted.outside, posted.of_outsiders()))
    did: dict[str, bool] = {}
    wrong: list[str] = []
    every = [(route_of(form.action), client, form) for client, forms in by for form in forms]
    routes = today(list(dict.fromkeys(route for route, _client, _form in every)), parts=3)
    for route, client, form in [one for one in every if one[0] in routes]:
        with undone(client):
            data, before = filled(form), rows()
            first = send(client, form, data)
            once = rows()
            second = send(client, form, data)
            did[route] = did.get(route, False) or first.status_code == 302 or once != before
            if rows() != once or second.status_code >= 400:
                wrong.append(f"{route}: {second.status_code}, {dict(rows().items() - once.items())}")
    assert not wrong, "\n".join(wrong)
    assert {route for route, is_done in did.items() if not is_done} <= ONLY_ASK.keys()
    assert len(did) > (35 if ALL else 10)
