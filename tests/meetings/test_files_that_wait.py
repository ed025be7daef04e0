"""A file that comes with a change of a published meeting waits with it: not lost, and read by nobody outside."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meetings.models import Document, Meeting, ProposedChange, ProposedFile
from tests import makers as make
from tests.core.posting import Data, opened, shown, with_row
from tests.kept import Kept, keeping
from tests.meetings.test_four_eyes import published, take
from tests.people import People, client_of

PDF = b"%PDF-1.7\n1 0 obj\nagenda\n"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[Kept]:
    with keeping("folder", settings, tmp_path) as found:
        yield found


def form_of(meeting: Meeting, query: str = "") -> str:
    return f"/admin/meetings/meeting/{meeting.pk}/change/{query}"


def propose(people: People, content: bytes = PDF) -> tuple[Meeting, ProposedChange]:
    """A public document with its file, by somebody who may not publish."""
    meeting, client = published(people), client_of(people.secretary)
    row = {"kind": "agenda", "title": "Agenda", "visibility": "20", "language": "en", "accessibility": "accessible"}
    data: dict[str, Any] = dict(with_row(opened(client, form_of(meeting)), "documents", **row))
    upload = SimpleUploadedFile("agenda.pdf", content)
    answer = client.post(form_of(meeting), {**data, "documents-0-file": upload, "_save": "1"}, follow=True)
    assert "Until a publisher accepts it" in answer.content.decode()
    return meeting, ProposedChange.objects.get()


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("in_memory", [10_000_000, 0])
def test_it_is_looked_at_taken_over_and_published(people: People, settings: Any, in_memory: int) -> None:
    """However it came, in memory or as a temporary file."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    meeting, change = propose(people)
    assert not Document.objects.exists()
    kept = ProposedFile.objects.get()
    address = f"{meeting.get_absolute_url()}publication/changes/{change.pk}/files/{kept.pk}/"
    publisher = client_of(people.publisher)
    assert address in publisher.get(f"{meeting.get_absolute_url()}publication/").content.decode()
    assert content_of(publisher.get(address)) == PDF
    for outside in (Client(), client_of(people.representative)):
        assert outside.get(address).status_code in (302, 404)
    take(people.publisher, change)
    paper = Document.objects.get()
    assert content_of(Client().get(paper.get_file_url())) == PDF
    assert not ProposedFile.objects.exists()


def test_going_on_with_the_change_keeps_it(people: People) -> None:
    meeting, change = propose(people)
    client = client_of(people.secretary)
    page = client.get(form_of(meeting, f"?proposal={change.pk}"))
    assert "“agenda.pdf” waits with this change." in page.content.decode()
    client.post(form_of(meeting), {**shown(page), "title": "Leaflets for everybody", "_save": "1"})
    change.refresh_from_db()
    assert change.files.get().name == "agenda.pdf" and change.form["title"] == ["Leaflets for everybody"]
    take(people.publisher, change)
    assert Document.objects.get().size == len(PDF)


def test_it_is_replaced_by_another_one(people: People) -> None:
    meeting, change = propose(people)
    client = client_of(people.secretary)
    data: dict[str, Any] = dict(opened(client, form_of(meeting, f"?proposal={change.pk}")))
    another = SimpleUploadedFile("other.pdf", PDF + b"more")
    client.post(form_of(meeting), {**data, "documents-0-file": another, "_save": "1"})
    assert [one.name for one in change.files.all()] == ["other.pdf"]
    take(people.publisher, change)
    assert Document.objects.get().size == len(PDF) + 4


def test_it_goes_with_its_row_when_others_were_added_meanwhile(people: People) -> None:
    meeting, change = propose(people)
    make.make_document(meeting, "Added meanwhile", visibility=make.INTERNAL)
    take(people.publisher, change)
    assert {one.title: one.size for one in Document.objects.all()} == {"Agenda": len(PDF), "Added meanwhile": None}


def test_sent_twice_it_waits_once(people: People) -> None:
    meeting, change = propose(people)
    client = client_of(people.secretary)
    data: Data = {name: values for name, values in change.form.items() if not name.endswith("kept_file")}
    upload = SimpleUploadedFile("agenda.pdf", PDF)
    base = opened(client, form_of(meeting))
    again = {**data, "_version": base["_version"], "_base": base["_base"], "documents-0-file": upload, "_save": "1"}
    client.post(form_of(meeting), again)
    assert ProposedChange.objects.count() == ProposedFile.objects.count() == 1


def test_a_file_of_another_change_is_not_taken(people: People) -> None:
    """The form names it by its checksum; one that does not wait with this change is none."""
    _meeting, change = propose(people)
    change.form["documents-0-kept_file"] = ["0" * 64]
    change.save()
    answer = take(people.publisher, change)
    assert "Add either a file or a web address." in answer.content.decode()
    assert not Document.objects.exists() and ProposedFile.objects.exists()


def test_it_is_gone_when_the_change_is_withdrawn(transactional_db: None, people: People, folder: Kept) -> None:
    _meeting, change = propose(people)
    assert folder.contents() == [PDF]
    change.send_back(by=people.publisher, reason="Shorter.")
    assert folder.contents() == [PDF], "it may be proposed again"
    change.withdraw(by=people.secretary)
    assert folder.contents() == []


def test_only_the_document_keeps_it_afterwards(transactional_db: None, people: People, folder: Kept) -> None:
    _meeting, change = propose(people)
    take(people.publisher, change)
    assert folder.names() == [Document.objects.get().file.name]
