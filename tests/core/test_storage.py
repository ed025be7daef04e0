"""Storage of files: chosen by one address, checked when the site starts, and said when it is away."""

import datetime as dt
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from engagement.core.checks import stop_if_unfit
from engagement.core.models.files import local_path
from engagement.core.storage.address import BUCKET, LOCAL, faults_of, storage_of
from engagement.core.storage.base import file_storage
from engagement.followups.models import Report
from meetings.models import Document
from tests import makers as make
from tests.core.posting import opened, send, with_row
from tests.kept import ADDRESS, Kept, client, keeping
from tests.people import People

PDF = b"%PDF-1.7\n1 0 obj\n"


def test_one_address_chooses_the_storage() -> None:
    assert storage_of("") == {"BACKEND": LOCAL}
    options = {"bucket_name": "b", "location": "a/b", "endpoint_url": "https://s3.example.org:9000"}
    given = "s3://b/a/b/?endpoint_url=https%3A%2F%2Fs3.example.org%3A9000"
    assert storage_of(given) == {"BACKEND": BUCKET, "OPTIONS": options}
    assert storage_of("s3://b") == {"BACKEND": BUCKET, "OPTIONS": {"bucket_name": "b", "location": ""}}


@pytest.mark.parametrize(
    "wrong", ["/srv/media", "s3:bucket", "https://b", "s3://key:secret@b/a", "s3://b?acl=public-read"]
)
def test_what_is_wrong_with_it_stops_the_start(settings: Any, capsys: Any, wrong: str) -> None:
    settings.DOCUMENT_STORAGE = wrong
    with pytest.raises(SystemExit):
        stop_if_unfit()
    assert capsys.readouterr().err.startswith("DOCUMENT_STORAGE ")
    with pytest.raises(CommandError, match="DOCUMENT_STORAGE "):
        call_command("check")


def test_so_does_a_library_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults_of(ADDRESS) == []
    monkeypatch.setattr("engagement.core.storage.address.find_spec", lambda name: None)
    assert faults_of(ADDRESS) == [
        "DOCUMENT_STORAGE names a bucket, and what reads buckets is not installed: "
        "pip install --require-hashes -r requirements/s3.txt"
    ]


def test_objects_are_private_and_each_has_a_name_of_its_own(db: None, settings: Any, tmp_path: Path) -> None:
    with keeping("bucket", settings, tmp_path):
        meeting = make.make_meeting()
        papers = [make.make_document(meeting, url="", file=ContentFile(PDF, name="a.pdf")) for _twice in range(2)]
        assert len({paper.file.name for paper in papers}) == 2
        for paper in papers:
            key = f"engagement/{paper.file.name}"
            grants = client().get_object_acl(Bucket="papers", Key=key)["Grants"]
            assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL"] and "URI" not in grants[0]["Grantee"]
            assert paper.file.name.endswith("/a.pdf")


def test_what_reads_paths_gets_a_copy(db: None, kept: Kept) -> None:
    paper = make.make_document(make.make_meeting(), url="", file=ContentFile(PDF, name="a.pdf"))
    path = local_path(paper.file)
    assert path.read_bytes() == PDF
    del paper
    gc.collect()
    assert path.exists() is not kept.is_bucket, "a copy goes with whoever held it"


@pytest.fixture(params=["folder", "bucket"])
def away(request: pytest.FixtureRequest, db: None, settings: Any, tmp_path: Path) -> Iterator[Any]:
    """``away()`` takes the storage away: a folder that is a file, a bucket that was removed."""
    with keeping(request.param, settings, tmp_path):

        def go() -> None:
            if request.param == "folder":
                (tmp_path / "media").rename(tmp_path / "elsewhere")
                (tmp_path / "media").write_text("no folder")
                return
            for name, _written in list(file_storage().walk()):
                file_storage().delete(name)
            client().delete_bucket(Bucket="papers")

        make.make_document(make.make_public(), url="", file=ContentFile(PDF, name="a.pdf"))
        yield go


def test_a_form_comes_back_as_it_was_sent(away: Any, people: People) -> None:
    browser = Client()
    browser.force_login(people.secretary)
    meeting = make.make_held(title="Second meeting")
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    typed = {"kind": "agenda", "title": "Typed words", "language": "en", "visibility": 20}
    data = with_row(opened(browser, address), "documents", **typed)
    away()
    answer = send(browser, address, data, documents__0__file=SimpleUploadedFile("a.pdf", PDF))
    html = answer.content.decode()
    assert answer.status_code == 503 and answer["Retry-After"] == "30"
    assert "Documents cannot be kept at the moment. Your text is still here." in html and "Typed words" in html
    assert not meeting.documents.exists()
    assert send(browser, address, data, documents__0__url="https://example.org/a.pdf").status_code == 302, "no file"


def test_so_does_a_report(away: Any, people: People) -> None:
    meeting = make.make_held(counterparts=[people.ours], visibility=10)
    promise = make.make_followup(meeting=meeting, owner=people.ours, chaser=people.secretary, visibility=10)
    browser = Client()
    browser.force_login(people.representative)
    away()
    data = {"kind": "done", "comment": "Typed words", "file": SimpleUploadedFile("a.pdf", PDF)}
    answer = browser.post(f"{promise.get_absolute_url()}report/", data)
    assert answer.status_code == 503 and "Typed words" in answer.content.decode()
    assert "Documents cannot be kept at the moment." in answer.content.decode() and not Report.objects.exists()


def test_a_download_says_so(away: Any) -> None:
    paper = Document.objects.get()
    assert Client().get(paper.get_absolute_url()).status_code == 200
    away()
    answer = Client().get(paper.get_absolute_url())
    html = answer.content.decode()
    assert answer.status_code == 503 and answer["Retry-After"] == "30" and answer["Cache-Control"] == "no-store"
    assert "because the storage of documents does not answer" in html and "site-header" in html
    assert Client().get(paper.meeting.get_absolute_url()).status_code == 200, "the page itself needs no file"


def test_a_removal_that_fails_is_found_later(away: Any, django_capture_on_commit_callbacks: Any) -> None:
    away()
    with django_capture_on_commit_callbacks(execute=True):
        Document.objects.get().delete()
    assert not Document.objects.exists()
    with pytest.raises(CommandError, match="cannot be reached"):
        call_command("check_documents")


def test_everything_there_is_told_with_when_it_came(db: None, kept: Kept) -> None:
    kept.write("documents/a/b.pdf", PDF)
    kept.write(".replaced-1/c.pdf", PDF)
    [(name, written)] = file_storage().walk()
    assert name == "documents/a/b.pdf" and abs(timezone.now() - written) < dt.timedelta(minutes=1)
