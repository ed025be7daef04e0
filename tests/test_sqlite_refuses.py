"""SQLite cannot be written: read-only, full, or locked. Reading goes on; a save says so and loses nothing."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from engagement.accounts.models import CalendarLink, SavedView
from engagement.core.databases.sqlite3.base import DatabaseWrapper
from engagement.core.outages import Outage
from engagement.core.unavailable import ServiceUnavailable, by_the_way, unavailable
from engagement.followups.models import FollowUp, ReportLink
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers as make
from tests.addresses import admin_addresses, make_site, staff_addresses, visitor_addresses
from tests.core.posting import opened
from tests.people import People, make_people
from tests.thorough import some

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is tried in test_postgresql_away.py")

READ_ONLY, FULL, BUSY = (
    "the database can only be read at the moment",
    "the disk is full",
    "the database is busy with something else",
)


def client_of(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    if user.pk:
        client.force_login(user)
    return client


@contextmanager
def read_only() -> Iterator[None]:
    connection.ensure_connection()
    connection.connection.execute("PRAGMA query_only = 1")
    try:
        yield
    finally:
        connection.connection.execute("PRAGMA query_only = 0")


@contextmanager
def full() -> Iterator[None]:
    """Not a page more than there is: whatever needs one fails, as on a full disk."""
    connection.ensure_connection()
    (before,) = connection.connection.execute("PRAGMA max_page_count").fetchone()
    connection.connection.execute("PRAGMA max_page_count = 1")  # no fewer than there are
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA max_page_count = {before}")


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else is writing, and does not end."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 200")
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_everybody_reads_on(people: People) -> None:
    """Every kind of page, as each reader, down to the sign-in page; but for what is tried out or logged."""
    world, admin_of = make_site(people), make.make_user("walker", is_superuser=True, is_staff=True)
    of_staff = [*staff_addresses(world, people.secretary), *admin_addresses(world)]
    logged = [address for address in of_staff if address.startswith("/view-as/") or "/verb/publish/" in address]
    for user, addresses in (
        (people.visitor, visitor_addresses(world)),
        (people.representative, [world.records["founding"].get_absolute_url(), "/follow-ups/", "/accounts/views/"]),
        (admin_of, some([address for address in of_staff if address not in logged], turn=0, parts=3)),
    ):
        client = client_of(user)
        with read_only():
            told = {address: client.get(address).status_code for address in addresses}
        assert {status for status in told.values()} <= {200, 302, 404}, (str(user), told)
        assert sum(status == 200 for status in told.values()) > len(told) * 0.8, (str(user), told)
    with read_only():
        told = {address: client.get(address).status_code for address in logged}
    assert set(told.values()) == {503}, "what cannot be logged or tried out is not shown"


@pytest.mark.django_db(transaction=True)
def test_what_is_read_by_a_secret_address_alone() -> None:
    """A link to report notes that it was used, and goes on; a private calendar has to be logged, and waits."""
    people = make_people()
    meeting = make.make_public(counterparts=[people.ours])
    promise = make.make_followup(meeting=meeting, owner=people.ours, chaser=people.manager, visibility=20)
    _calendar, token = CalendarLink.objects.make(people.manager, "Phone")
    until = timezone.localdate() + dt.timedelta(days=3)
    to = {"by": people.manager, "name": "Ada Outside", "organization": people.ours, "expires_on": until}
    link, key = ReportLink.objects.make(promise, **to)
    versions = [f"{meeting.get_absolute_url()}versions/{page}" for page in ("", "1/", "1.json")]
    expected = {link.path_of(key): 200, **dict.fromkeys(versions, 200), f"/calendar/{token}/meetings.ics": 503}
    with read_only():
        told = {address: Client(raise_request_exception=False).get(address).status_code for address in expected}
    assert told == expected


ORGANIZATION = {"name": "Typed by me", "kind": "company"}
FORMS: list[tuple[str, dict[str, str], str]] = [
    ("/accounts/views/add/", {"list": "meetings:list", "query": "", "name": "Typed by me"}, 'value="Typed by me"'),
    ("/accounts/calendar/", {"name": "Typed by me"}, 'value="Typed by me"'),
    ("/admin/organizations/organization/add/", ORGANIZATION, 'value="Typed by me"'),
    ("/admin/meetings/meeting/add/", {"title": "Typed by me"}, 'value="Typed by me"'),
]


def filled(client: Client, address: str, typed: dict[str, str]) -> dict[str, Any]:
    return {**opened(client, address), **typed} if address.startswith("/admin/") else typed


@pytest.mark.django_db(transaction=True)
def test_a_form_comes_back_as_it_was_sent() -> None:
    client = client_of(make_people().secretary)
    for address, typed, kept in FORMS:
        data = filled(client, address, typed)
        with read_only():
            answer = client.post(address, data)
        page = answer.content.decode()
        assert (answer.status_code, bool(answer["Retry-After"])) == (503, True), address
        assert page.count(f"Nothing was saved: {READ_ONLY}.") == page.count("Nothing was saved") == 1, address
        assert kept in page and "Send it again" not in page, address
    assert "successfully" not in client.get("/admin/").content.decode()
    assert not Organization.objects.filter(name="Typed by me").exists()


@pytest.mark.django_db(transaction=True)
def test_acting_and_what_has_no_form_at_all() -> None:
    people = make_people()
    followup = make.make_followup("To be cancelled", visibility=20)
    sent = {"pick": followup.reference, "confirmed": "1", "seen": f"{followup.pk}.{followup.version}"}
    manager, secretary = client_of(people.manager), client_of(people.secretary)
    with read_only():
        answer = manager.post("/follow-ups/act/cancel/", {**sent, "reason": "Typed by me"})
    assert "Typed by me" in answer.content.decode()
    assert FollowUp.objects.get().version == followup.version
    view = SavedView.objects.create(owner=people.secretary, list_name="meetings:list", name="Mine")
    with read_only():
        answer = secretary.post(f"/accounts/views/{view.pk}/delete/", {"next": "/meetings/"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert f"Nothing was saved, because {READ_ONLY}." in page
    assert f'action="/accounts/views/{view.pk}/delete/"' in page and "/meetings/</textarea>" in page
    assert SavedView.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_signing_in_says_why_not() -> None:
    make_people()
    client = Client(raise_request_exception=False)
    with read_only():
        answer = client.post("/accounts/login/", {"username": "manager", "password": "secret"})
        wrong = client.post("/accounts/login/", {"username": "manager", "password": "wrong"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert f"You were not signed in: {READ_ONLY}." in page
    assert 'value="manager"' in page and 'value="secret"' not in page
    assert wrong.status_code == 200 and "The username or the password is wrong" in wrong.content.decode()
    assert client.post("/accounts/login/", {"username": "manager", "password": "secret"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_save_says_that_the_disk_is_full_or_somebody_else_writes() -> None:
    client, address = client_of(make_people().secretary), "/admin/organizations/organization/add/"
    make.make_public("Read on")
    data = filled(client, address, ORGANIZATION)
    with full():
        answer = client.post(address, {**data, "description": "x" * 200_000})
    assert answer.status_code == 503
    assert f"Nothing was saved: {FULL}." in answer.content.decode()
    with locked():
        for reader in (client, Client()):
            for page in ("/meetings/", "/", Meeting.objects.get().get_absolute_url()):
                assert reader.get(page).status_code == 200
        answer = client.post(address, data)
    assert answer.status_code == 503
    assert f"Nothing was saved: {BUSY}." in answer.content.decode()
    assert 'value="Typed by me"' in answer.content.decode()
    assert client.post(address, {**data, "_save": "1"}).status_code == 302


def failing(write: Any) -> tuple[Any, str]:
    """What a request is told that writes, and then meets somebody else's lock."""
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY

    def view(request: Any) -> Any:
        write()
        raise OperationalError from error

    request = RequestFactory().post("/somewhere/", {"name": "Typed by me"})
    with pytest.raises(OperationalError) as raised:
        ServiceUnavailable(view)(request)
    answer = unavailable(request, Outage.BUSY, raised.value)
    return answer, answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_where_something_was_saved_the_page_says_look_first() -> None:
    answer, page = failing(lambda: Organization.objects.create(name="Half of it"))
    assert answer.status_code == 503
    assert "Check whether it is there" in page
    assert "Nothing was saved" not in page and "Send it again" not in page


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_or_only_counted_is_not_saved() -> None:
    def taken_back() -> None:
        with transaction.atomic():
            Organization.objects.create(name="Half of it")
            transaction.set_rollback(True)

    def by_the_way_only() -> None:
        with by_the_way():
            Organization.objects.create(name="Counted")

    for write in (taken_back, by_the_way_only):
        _answer, page = failing(write)
        assert "Nothing was saved" in page and "Typed by me</textarea>" in page


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database as a site leaves it: with a write-ahead log, and closed."""
    path = tmp_path / "site #1.sqlite3"
    made = sqlite3.connect(path)
    made.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (x); INSERT INTO t VALUES (7);")
    made.close()
    return path


def cannot_be_made(database: Path, name: str) -> None:
    """A link that leads to itself can neither be read nor written, whoever tries."""
    file = database.with_name(f"{database.name}{name}")
    file.symlink_to(file)


def opened_by_the_site(path: Path) -> DatabaseWrapper:
    return DatabaseWrapper({**connection.settings_dict, "NAME": str(path)}, "other")


def test_a_file_that_cannot_get_its_log_is_read(db: None, database: Path) -> None:
    """As on a read-only file system, or a full disk."""
    for name in ("-wal", "-shm"):
        cannot_be_made(database, name)
    wrapper = opened_by_the_site(database)
    with wrapper.cursor() as cursor:
        assert cursor.execute("SELECT x FROM t").fetchone() == (7,)
        with pytest.raises(OperationalError, match="readonly"):
            cursor.execute("INSERT INTO t VALUES (8)")
    wrapper.close()


def test_a_log_with_something_in_it_is_never_passed_over(db: None, database: Path) -> None:
    """What is in the log would be missing from what is read."""
    database.with_name(f"{database.name}-wal").write_bytes(b"something")
    cannot_be_made(database, "-shm")
    with pytest.raises(OperationalError), opened_by_the_site(database).cursor() as cursor:
        cursor.execute("SELECT x FROM t")
