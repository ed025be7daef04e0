"""Earlier files of documents: kept or erased, read by whoever could read them, listed for the secretariat."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from meetings.models import Document, DocumentVersion, Meeting
from tests import makers as make
from tests.core.posting import opened, problems, send, token_in
from tests.kept import Kept, keeping
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People
from tests.world import ALL_MARKS, INSIDE_MARK, OURS_MARK, PUBLIC_MARK, SEEN_BY, THEIRS_MARK, World

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[Kept]:
    with keeping("folder", settings, tmp_path) as found:
        yield found


def keep(meeting: Meeting, text: str = "first", **fields: Any) -> Document:
    file = ContentFile(PDF + text.encode(), name="a.pdf")
    return make.make_document(
        meeting, url="", file=file, **{"title": "Agenda", "accessibility": "accessible", **fields}
    )


def replace(paper: Document, text: str, erase: str = "", **fields: Any) -> Document:
    paper = Document.objects.get(pk=paper.pk)
    for name, value in fields.items():
        setattr(paper, name, value)
    paper.file, paper.erase_reason = ContentFile(PDF + text.encode(), name="b.pdf"), erase
    paper.save()
    return paper


def publish(meeting: Meeting) -> None:
    Meeting.objects.get(pk=meeting.pk).publish(by=None)


def got(paper: Document, user: Any = None, number: int = 0) -> bytes | int:
    client = Client()
    if user is not None:
        client.force_login(user)
    answer = client.get(f"{paper.get_file_url()}{f'versions/{number}/' if number else ''}")
    return b"".join(answer.streaming_content)[len(PDF) :] if answer.status_code == 200 else answer.status_code  # type: ignore[attr-defined]


def test_a_newer_file_keeps_the_earlier_one(transactional_db: None, kept: Kept) -> None:
    paper = keep(make.make_meeting())
    first = paper.file.name
    replace(paper, "second")
    paper = replace(paper, "third")
    versions = list(paper.versions.values_list("number", "sha256", "size"))
    sums = [hashlib.sha256(PDF + text).hexdigest() for text in (b"second", b"first")]
    assert versions == [(2, sums[0], len(PDF) + 6), (1, sums[1], len(PDF) + 5)]
    assert paper.file_version == 3 and kept.read(first) == PDF + b"first" and len(kept.names()) == 3
    paper.title = "Another title"
    paper.save()
    assert replace(paper, "third").file_version == 3 and paper.versions.count() == 2, "the same content is no version"
    assert len(kept.names()) == 3


def test_one_that_must_not_be_kept_is_erased(transactional_db: None, kept: Kept) -> None:
    paper = replace(keep(make.make_meeting()), "second", erase="It named a patient.")
    version = paper.versions.get()
    assert (version.file.name, version.reason, version.size) == ("", "It named a patient.", len(PDF) + 5)
    assert version.sha256 == hashlib.sha256(PDF + b"first").hexdigest()
    assert kept.contents() == [PDF + b"second"]
    paper = replace(paper, "third")
    assert paper.versions.count() == 2 and len(kept.names()) == 2, "a reason is of one save"
    version = paper.versions.get(number=2)
    with pytest.raises(ValidationError, match="not kept"):
        version.erase(by=None, reason=" ")
    version.erase(by=None, reason="A name.")
    version.erase(by=None, reason="Twice.")
    assert (version.reason, kept.contents()) == ("A name.", [PDF + b"third"])
    paper.delete()
    assert kept.contents() == [] and not DocumentVersion.objects.exists()


def test_a_file_that_gives_way_to_an_address_is_kept_too(transactional_db: None, folder: Kept) -> None:
    paper = keep(make.make_meeting())
    paper.file, paper.url = "", "https://example.org/a.pdf"
    paper.save()
    assert (paper.file_version, paper.versions.get().number, len(folder.names())) == (2, 1, 1)
    paper.url, paper.file = "", ContentFile(PDF + b"again", name="c.pdf")
    paper.save()
    assert (paper.file_version, paper.versions.count()) == (2, 1)


def test_a_save_that_fails_leaves_no_version(transactional_db: None, folder: Kept) -> None:
    paper = keep(make.make_meeting())
    with pytest.raises(RuntimeError), transaction.atomic():
        replace(paper, "second", erase="A name.")
        raise RuntimeError
    assert not DocumentVersion.objects.exists() and folder.contents() == [PDF + b"first"]
    assert Document.objects.get().file_version == 1


def test_a_version_is_written_once(db: None) -> None:
    version = replace(keep(make.make_meeting()), "second").versions.get()
    version.number = 7
    with pytest.raises(ValidationError, match="written once"):
        version.save()
    wrong: list[dict[str, Any]] = [{"number": 0}, {"reason": "Kept and erased."}, {"file": ""}]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentVersion.objects.filter(pk=version.pk).update(**values)


def test_readers_read_what_they_could_read_then(people: People) -> None:
    """Each file has the audience it had when it was replaced, or today's where that is narrower."""
    meeting = make.make_held(counterparts=[people.ours], visibility=PUBLIC)
    paper = keep(meeting, "internal", visibility=INTERNAL)
    paper = replace(paper, "shared", visibility=SHARED)
    paper = replace(paper, "before", visibility=PUBLIC)
    publish(meeting)
    paper = replace(paper, "public")
    paper = replace(paper, "latest")
    seen = {
        people.secretary: [b"internal", b"shared", b"before", b"public", b"latest"],
        people.representative: [404, 404, b"before", b"public", 404],
        people.stranger: [404, 404, b"before", b"public", 404],
        None: [404, 404, b"before", b"public", 404],
    }
    for user, expected in seen.items():
        assert [got(paper, user, number) for number in range(1, 6)] == expected, user
        assert got(paper, user) == b"latest"
    html = Client().get(meeting.get_absolute_url()).content.decode()
    assert html.count("Earlier file, until") == 2 and f"{paper.get_file_url()}versions/4/" in html
    paper.visibility = INTERNAL
    paper.save()
    assert got(paper, None, 4) == got(paper) == 404
    assert got(paper, people.secretary, 4) == b"public"


def test_nothing_from_before_a_withdrawal_is_public_again(people: People) -> None:
    meeting = make.make_public(counterparts=[people.ours])
    paper = replace(keep(meeting, "old"), "new")
    assert got(paper, None, 1) == b"old"
    meeting = Meeting.objects.get(pk=meeting.pk)
    meeting.withdraw(by=people.publisher, reason="A name.")
    assert got(paper, None, 1) == 404
    publish(meeting)
    assert got(paper) == b"new" and got(paper, None, 1) == got(paper, people.representative, 1) == 404
    assert got(paper, people.secretary, 1) == b"old"


def test_the_form_asks_what_becomes_of_the_earlier_file(people: People) -> None:
    client = Client()
    client.force_login(people.secretary)
    paper = keep(make.make_held())
    address = f"/admin/meetings/meeting/{paper.meeting_id}/change/"
    page = client.get(address).content.decode()
    assert f'href="{paper.get_file_url()}"' in page, "the form leads to the file through the permission check"
    reason = {"documents__0__erase_reason": "It named a patient."}
    answer = send(client, address, opened(client, address), **reason)
    told = "Choose the file that replaces it, or leave this empty."
    assert [text for _where, text in problems(answer) if told in text]
    file = SimpleUploadedFile("b.pdf", PDF + b"second")
    assert send(client, address, opened(client, address), documents__0__file=file, **reason).status_code == 302
    version = DocumentVersion.objects.get()
    assert (version.reason, version.replaced_by, version.is_erased) == ("It named a patient.", people.secretary, True)
    file = SimpleUploadedFile("c.pdf", PDF + b"third")
    assert send(client, address, opened(client, address), documents__0__file=file).status_code == 302
    assert not DocumentVersion.objects.get(number=2).is_erased


def page(user: Any, meeting: Meeting, rest: str = "") -> Any:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(f"{meeting.get_absolute_url()}documents/{rest}")


def test_what_we_hold_is_for_the_secretariat(people: People) -> None:
    meeting = make.make_public(counterparts=[people.ours])
    ground = make.make_regime(grounds=("Commercial secrets",)).grounds.get()
    keep(meeting, title="Open agenda")
    keep(meeting, title="Letter held", kind="letter", visibility=INTERNAL, ground=ground)
    keep(meeting, title="Paper held", kind="letter", visibility=SHARED)
    replace(replace(keep(meeting, title="Minutes kept", kind="minutes"), "b"), "c", erase="It named a patient.")
    html = page(people.secretary, meeting).content.decode()
    words = " ".join(html.split())
    assert "4 documents: 2 public, 2 withheld" in words
    assert "Ground: Commercial secrets" in words and words.count("No ground is recorded.") == 1
    assert "erased: It named a patient." in words and hashlib.sha256(PDF + b"b").hexdigest() in words
    assert words.index("Open agenda") < words.index("Minutes kept") < words.index("Letter held")
    for user, status in ((None, 302), (people.representative, 404), (people.stranger, 404), (people.manager, 200)):
        assert page(user, meeting).status_code == status
    with pytest.raises(ValidationError, match="Leave the ground empty"):
        paper = Document(meeting=meeting, kind="letter", title="x", url="https://example.org", ground=ground)
        paper.full_clean()


def test_it_asks_as_much_for_many_as_for_few(people: People, flat_queries: Any) -> None:
    meeting = make.make_public()
    client = Client()
    client.force_login(people.manager)

    def more(number: int) -> None:
        facts = {"meeting": meeting, "kind": "agenda", "title": "Paper", "file_version": 2, "file": "a.pdf"}
        papers = Document.objects.bulk_create([Document(**facts, size=1, order=n) for n in range(number)])
        old = {"number": 1, "file": "b.pdf", "size": 1, "replaced_by": people.secretary}
        DocumentVersion.objects.bulk_create([DocumentVersion(document=paper, **old) for paper in papers])

    flat_queries(more, lambda: client.get(f"{meeting.get_absolute_url()}documents/"), ceiling=10)


def test_an_earlier_file_is_erased_on_that_page(people: People) -> None:
    paper = replace(keep(make.make_public()), "second")
    client = Client()
    client.force_login(people.secretary)
    address = f"{paper.get_file_url()}versions/1/erase/"
    assert address in page(people.secretary, paper.meeting).content.decode()
    empty = client.post(address, {"reason": ""})
    assert "Enter why the file is not kept." in empty.content.decode() and got(paper, None, 1) == b"first"
    for _twice in range(2):
        answer = client.post(address, {"reason": "A name.", **token_in(empty)}, follow=True)
    assert "erased: A name." in " ".join(answer.content.decode().split())
    assert got(paper, None, 1) == got(paper, people.secretary, 1) == client.get(address).status_code == 404
    for user, status in ((None, 302), (people.representative, 404)):
        assert page(user, paper.meeting, f"{paper.pk}/versions/1/erase/").status_code == status


def test_a_request_for_documents_hints_at_nothing(people: People, settings: Any) -> None:
    settings.CONTACT = "papers@example.org"
    meeting = make.make_public(counterparts=[people.ours])
    before = page(None, meeting, "request/").content.decode()
    assert (
        f'href="{meeting.get_absolute_url()}documents/request/"'
        in Client().get(meeting.get_absolute_url()).content.decode()
    )
    for level in (INTERNAL, SHARED):
        keep(meeting, title="Held back", visibility=level)
    html = page(None, meeting, "request/").content.decode()
    assert html == before
    mail = unquote(html.split('href="mailto:papers@example.org?')[1].split('"')[0])
    for text in (meeting.title, meeting.reference, str(meeting.date), "the documents that you hold"):
        assert text in mail and text in html
    assert page(people.representative, meeting, "request/").status_code == 200
    assert page(None, make.make_meeting(), "request/").status_code == 404


def test_no_page_or_file_has_a_word_of_another_audience(module_world: World, people: People) -> None:
    """Files, earlier files, what is held and the request, asked by everybody."""
    addresses = []
    for meeting in Meeting.objects.order_by("pk"):
        addresses += [f"{meeting.get_absolute_url()}{rest}" for rest in ("", "documents/", "documents/request/")]
        for level in (INTERNAL, SHARED, PUBLIC):
            is_theirs = meeting.parties.filter(organization=people.theirs).exists()
            marks = {PUBLIC: PUBLIC_MARK, SHARED: THEIRS_MARK if is_theirs else OURS_MARK, INTERNAL: INSIDE_MARK}
            mark = marks[min(level, meeting.effective_visibility)]
            paper = replace(keep(meeting, mark, title=f"{mark} title", visibility=level), f"{mark} again")
            addresses += [paper.get_file_url(), *(f"{paper.get_file_url()}versions/{n}/" for n in (1, 2))]
    for name, user in people:
        client = Client()
        if name != "visitor":
            client.force_login(user)
        for address in addresses:
            answer: Any = client.get(address)
            text = answer.getvalue().decode(errors="replace") + str(answer.headers)
            text = text.replace(address, "").replace(quote(address), "")  # the way back after signing in
            assert not [mark for mark in ALL_MARKS - SEEN_BY[name] if mark in text], (name, address)
