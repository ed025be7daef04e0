"""PostgreSQL lets a page wait for a lock for some seconds only, and closes connections that nobody was using."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import close_old_connections, connection
from django.test import Client

from engagement.core.databases.postgresql.base import DatabaseWrapper
from engagement.core.databases.serving import somebody_waits
from engagement.followups.models import FollowUp
from meetings.models import Meeting
from tests import makers as make
from tests.core.posting import opened, send
from tests.people import make_people

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite waits as test_sqlite_refuses.py says"),
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]

BUSY = "Nothing was saved: the database is busy with something else."


@pytest.fixture(autouse=True)
def fresh(settings: Any) -> Iterator[None]:
    """A connection learns how long to wait when it is made, as it is for each request."""
    settings.DATABASE_LOCK_TIMEOUT = 0.2
    yield
    connection.close()


@contextmanager
def held(record: Any) -> Iterator[None]:
    """Somebody else is writing this row, and does not end."""
    other: Any = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {record._meta.db_table} WHERE id = %s FOR UPDATE", [record.pk])
    connection.close()
    try:
        yield
    finally:
        other.rollback()
        other.close()


def test_a_save_that_waits_too_long_comes_back_with_what_was_typed() -> None:
    client, meeting = Client(raise_request_exception=False), make.make_held("As it was")
    client.force_login(make_people().secretary)
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    form = opened(client, address)
    with held(meeting):
        answer: Any = send(client, address, form, title="Typed by me")
    page = answer.content.decode()
    assert (answer.status_code, bool(answer["Retry-After"])) == (503, True)
    assert page.count(BUSY) == 1 and 'value="Typed by me"' in page, "the form itself, which locks no row again"
    assert Meeting.objects.get().title == "As it was"
    assert send(client, address, form, title="Typed by me").status_code == 302
    assert Meeting.objects.get().title == "Typed by me"


def test_an_act_that_waits_too_long_is_asked_again() -> None:
    client, followup = Client(raise_request_exception=False), make.make_followup()
    client.force_login(make_people().manager)
    sent = {"pick": followup.reference, "confirmed": "1", "seen": f"{followup.pk}.1", "reason": "Typed by me"}
    with held(followup):
        answer = client.post("/follow-ups/act/cancel/", {**sent, "_once": "a" * 32})
    assert answer.status_code == 503 and "Typed by me" in answer.content.decode()
    assert client.post("/follow-ups/act/cancel/", {**sent, "_once": "a" * 32}).status_code == 302
    assert FollowUp.objects.get().status == FollowUp.Status.CANCELLED


@pytest.fixture
def wrapper(request: Any) -> Iterator[DatabaseWrapper]:
    """The connection of a site with these settings."""
    given: dict[str, Any] = request.param
    changed = {
        **connection.settings_dict,
        **given,
        "OPTIONS": {**connection.settings_dict["OPTIONS"], **given["OPTIONS"]},
    }
    one = DatabaseWrapper(changed, "one-of-a-test")
    yield one
    one.close()
    one.close_pool()


POOL = {"OPTIONS": {"pool": {"min_size": 1, "max_size": 2, "timeout": 2}}}


def end(pid: int) -> None:
    """As a restart of the server does, or a firewall."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)
    other.close()


@pytest.mark.parametrize("wrapper", [POOL], indirect=True, ids=["pool"])
def test_a_connection_of_the_pool_that_the_server_closed_is_replaced(wrapper: Any) -> None:
    for _request in range(2):
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        wrapper.close()
        end(pid)


def test_a_page_comes_after_the_server_closed_a_connection_that_is_kept() -> None:
    connection.close()
    connection.settings_dict["CONN_MAX_AGE"] = 600
    try:
        for _request in range(2):
            assert Client(raise_request_exception=False).get("/meetings/").status_code == 200
            end(connection.connection.info.backend_pid)
            close_old_connections()
    finally:
        connection.close()
        connection.settings_dict["CONN_MAX_AGE"] = 0


@pytest.mark.parametrize("wrapper", [{"OPTIONS": {}}, POOL], indirect=True, ids=["new", "pool"])
def test_only_a_page_waits_for_seconds(wrapper: Any) -> None:
    for waits, limit in ((False, "0"), (True, "200ms"), (False, "0")):
        token = somebody_waits.set(waits)
        try:
            with wrapper.cursor() as cursor:
                cursor.execute("SHOW lock_timeout")
                assert cursor.fetchone() == (limit,)
            wrapper.close()
        finally:
            somebody_waits.reset(token)
