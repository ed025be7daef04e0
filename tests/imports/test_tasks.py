"""Work that goes on while nobody looks: waiting, under way, interrupted, broken."""

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from engagement.imports import actions
from engagement.imports.tasks import work_on
from meetings.models import Meeting
from tests.imports.files import outcomes, previewed, upload
from tests.processes import running

pytestmark = pytest.mark.both_databases

LINE = "Cabinet A,2022-01-27,Kay,,Talk,Brussels"


@pytest.fixture
def client(importer: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(importer)
    return client


@pytest.fixture
def nobody_works(settings: Any) -> None:
    """What is begun waits, as with a worker that is busy."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_a_page_of_progress_that_can_be_closed(client: Client, importer: Any, nobody_works: None) -> None:
    batch = upload([LINE], importer)
    client.post(f"/imports/{batch.pk}/look/")
    batch.refresh_from_db()
    assert (batch.work, batch.is_at_work) == ("waiting", True)
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "Waiting to start" in page
    assert "You can close this page" in page
    assert 'data-hx-trigger="every 2s"' in page
    work_on.call(batch.pk, "preview", importer.pk)
    assert outcomes(batch) == ["new"]
    assert "Ready to review" in client.get(f"/imports/{batch.pk}/").content.decode()


def test_the_progress_asks_until_it_is_over(client: Client, importer: Any, nobody_works: None) -> None:
    batch = upload([LINE], importer)
    client.post(f"/imports/{batch.pk}/look/")
    asking = {"HX-Request": "true"}
    assert "HX-Refresh" not in client.get(f"/imports/{batch.pk}/", headers=asking).headers
    work_on.call(batch.pk, "preview", importer.pk)
    assert client.get(f"/imports/{batch.pk}/", headers=asking).headers["HX-Refresh"] == "true"


def test_while_it_is_under_way_nothing_else_begins(client: Client, importer: Any, nobody_works: None) -> None:
    batch = previewed([LINE], importer)
    client.post(f"/imports/{batch.pk}/commit/", {"digest": batch.digest})
    for page in ("commit/", "look/", "decide/"):
        assert client.post(f"/imports/{batch.pk}/{page}", {"digest": batch.digest}).status_code == 302
    assert client.get(f"/imports/{batch.pk}/columns/").status_code == 302
    work_on.call(batch.pk, "commit", importer.pk)
    work_on.call(batch.pk, "commit", importer.pk)  # a worker that does it twice
    assert Meeting.objects.count() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.work, batch.problem) == ("committed", "", "")


WORKER = """
import time
import django
django.setup()
from django.contrib.auth import get_user_model
from engagement.imports import actions
from engagement.imports.models import Import
def write(*args, **kwargs):
    print("writing", flush=True)
    time.sleep(60)
actions.write = write
actions.commit(Import.objects.get(), by=get_user_model().objects.get(username="importer"))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_killed(client: Client, importer: Any) -> None:
    """Its import can be taken up again at once; nothing was half-written."""
    batch = previewed([LINE], importer)
    address = f"/imports/{batch.pk}/"
    with running(WORKER) as worker:
        assert worker.stdout is not None and worker.stdout.readline() == "writing\n"
        batch.refresh_from_db()
        assert (batch.work, batch.is_at_work) == ("writing", True)
        assert "in progress" in client.post(f"{address}commit/", {"digest": batch.digest}, follow=True).content.decode()
        with pytest.raises(ValidationError, match="already in progress"):
            actions.commit(batch, by=importer)
        work_on.call(batch.pk, "commit", importer.pk)
        batch.refresh_from_db()
        assert batch.work == "writing", "whoever came too late leaves its sign alone"
        worker.kill()
        worker.wait(timeout=10)
    gone = time.monotonic()
    while batch.is_at_work and time.monotonic() < gone + 5:
        time.sleep(0.05)
    assert not batch.is_at_work
    assert "was interrupted" in client.get(address).content.decode()
    assert not Meeting.objects.exists()
    client.post(f"{address}commit/", {"digest": batch.digest})
    assert Meeting.objects.count() == 1
    own = Path(str(connection.settings_dict["NAME"]))
    assert not list(own.parent.glob(f"{own.name}-import-*.lock")), "in a run of several workers each has its own"


def test_what_waits_for_a_worker_is_waited_for_a_while(importer: Any) -> None:
    batch = previewed([LINE], importer)
    batch.work, batch.worked_at = "waiting", timezone.now() - dt.timedelta(minutes=9)
    assert batch.is_at_work
    batch.worked_at -= dt.timedelta(minutes=2)
    assert not batch.is_at_work


def test_something_that_broke_is_said(client: Client, importer: Any, monkeypatch: Any) -> None:
    def broken(batch: Any, **kwargs: Any) -> None:
        raise RuntimeError("a disk is full")

    batch = upload([LINE], importer)
    monkeypatch.setattr(actions, "preview", broken)
    page = client.post(f"/imports/{batch.pk}/look/", follow=True).content.decode()
    assert "Something went wrong" in page
    assert "a disk is full" not in page
    batch.refresh_from_db()
    assert batch.work == ""
