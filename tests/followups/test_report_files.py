"""A file as evidence: kept as documents are, read by the secretariat and whoever reported, never shown inline."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from engagement.followups.models import FollowUp, Report, ReportLink
from tests import makers as make
from tests.people import People

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def promise(people: People) -> FollowUp:
    meeting = make.make_held(counterparts=[people.ours, people.theirs], visibility=10)
    return make.make_followup(meeting=meeting, owner=people.ours, chaser=people.secretary, visibility=10)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(user: Any, promise: FollowUp, name: str, content: bytes, **said: str) -> str:
    data = {"kind": "done", "comment": "Kept words", "file": SimpleUploadedFile(name, content), **said}
    return client_of(user).post(f"{promise.get_absolute_url()}report/", data, follow=True).content.decode()


def test_a_file_is_kept_and_sent_to_those_who_may_read_it(promise: FollowUp, people: People) -> None:
    html = sent(people.representative, promise, "../../<b>Cases & more</b>.pdf", PDF)
    report = Report.objects.get()
    assert "Reported, being checked" in html and "<b>Cases" not in html
    assert report.file.name.startswith(f"reports/{promise.reference}/") and ".." not in report.file.name
    assert (report.size, len(report.sha256)) == (len(PDF), 64)
    address = f"{promise.get_absolute_url()}reports/{report.pk}/file/"
    assert address in html
    for user, status in ((people.secretary, 200), (people.representative, 200), (people.stranger, 404)):
        response = client_of(user).get(address)
        assert response.status_code == status, user
        if status == 200:
            assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
            assert response["Content-Disposition"].startswith("attachment") and "no-store" in response["Cache-Control"]
            assert response["X-Content-Type-Options"] == "nosniff"
    assert Client().get(address).status_code == 404
    call_command("check_documents", verbosity=0)
    Path(report.file.path).unlink()
    assert client_of(people.secretary).get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("cases.html", b"<script>", "Files of this type cannot be added"),
        ("cases.pdf", b"<script>alert(1)</script>", "This is not a PDF file"),
        ("cases.pdf", b"", "empty"),
        ("cases.txt", b"x" * (1024 * 1024 + 1), "At most 1 MB can be kept"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(
    promise: FollowUp, people: People, media: Path, settings: Any, name: str, content: bytes, why: str
) -> None:
    settings.DOCUMENT_MAX_MB = 1
    html = sent(people.representative, promise, name, content)
    assert why in html and "There is a problem" in html and "Kept words" in html
    assert not Report.objects.exists() and not [path for path in media.rglob("*") if path.is_file()]


def test_a_file_alone_is_progress_and_comes_through_a_link_too(promise: FollowUp, people: People) -> None:
    sent(people.representative, promise, "cases.pdf", PDF, kind="progress", comment="")
    sent(people.representative, promise, "cases.pdf", PDF + b"2", kind="progress", comment="")
    last_day = timezone.localdate() + dt.timedelta(days=14)
    given = {"by": people.secretary, "name": "Ada", "organization": people.ours, "expires_on": last_day}
    link, token = ReportLink.objects.make(promise, **given)
    for _twice in range(2):
        data = {"kind": "done", "file": SimpleUploadedFile("list.csv", b"a,b\n")}
        assert Client().post(link.path_of(token), data).status_code == 200
    another = {"kind": "done", "file": SimpleUploadedFile("list.csv", b"c,d\n")}
    assert Client().post(link.path_of(token), another).status_code == 410, "one report of done, and this is another"
    assert [report.file_name for report in Report.objects.order_by("pk")][2:] == ["list.csv"]
    assert Report.objects.filter(kind="progress").exclude(file="").count() == 2
