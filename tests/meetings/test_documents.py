"""Papers: what may be added, who gets them, and that no file is left without its record, nor a record without it."""

import datetime as dt
import hashlib
import io
import os
import zipfile
import zlib
from pathlib import Path, PurePath
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from engagement.imports.sources.limits import Limits
from meetings.models import Document, Meeting
from meetings.uploads import CONTENT, safe_name
from tests import makers as make
from tests.core.posting import opened, problems, send, with_row
from tests.kept import Kept, keeping
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Kept:
    with keeping("folder", settings, tmp_path) as found:
        return found


def zipped(
    parts: dict[str, bytes], packed: int = zipfile.ZIP_DEFLATED, stored: dict[str, bytes] | None = None
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packed) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        for name, content in (stored or {}).items():
            archive.writestr(name, content, zipfile.ZIP_STORED)
    return buffer.getvalue()


TYPES = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
IN_LIST, IN_PLACE = b"PK\1\2", b"PK\3\4"


def patched(content: bytes, more: dict[tuple[bytes, int], bytes]) -> bytes:
    """A docx of one part, with bytes put where its list of contents, or the part itself, says what it is."""
    changed = bytearray(content)
    for (mark, offset), values in more.items():
        start = content.index(mark) + offset
        changed[start : start + len(values)] = values
    return bytes(changed)


def one_part(size: int = 0, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    return zipped({"[Content_Types].xml": TYPES + b" " * size}, packed)


def office(main: str = "wordprocessingml.document.main+xml", **parts: bytes) -> bytes:
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{main}"/></Types>'
    return zipped({"[Content_Types].xml": types.encode(), "word/document.xml": b"<w/>", **parts})


def odf(kind: str) -> bytes:
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<o/>"})


def keep(content: bytes, name: str, **fields: Any) -> Document:
    meeting = fields.pop("meeting", None) or make.make_meeting()
    return make.make_document(meeting, url="", file=ContentFile(content, name=name), **fields)


KEPT = {
    "Minutes of 8 May.PDF": PDF,
    "junk-before.pdf": b"\n\n" + PDF,
    "no-script.pdf": PDF
    + b"<< /Title (x) >>\nstream\n /JS /Launch \nendstream\n<< /JSON 1 /Type /ObjStm >>\nstream\nx\nendstream",
    "letter.docx": office(),
    "numbers.xlsx": office("spreadsheetml.sheet.main+xml"),
    "talk.pptx": office("presentationml.presentation.main+xml"),
    "letter.odt": odf("text"),
    "numbers.ods": odf("spreadsheet"),
    "notes.txt": "Ça va, 你好".encode(),
    "wide.txt": "Ça va".encode("utf-16"),
    "list.csv": b"a;b\r\n1;2\r\n",
    "picture.png": b"\x89PNG\r\n\x1a\n" + b"0" * 20,
    "photo.JPG": b"\xff\xd8\xff\xe0" + b"0" * 20,
    "../../etc/passwd.txt": b"plain",
    f"{'ü' * 300}.txt": b"long",
    ".txt.txt": b"hidden",
}


def test_what_is_kept_with_its_size_and_checksum(db: None, kept: Kept) -> None:
    for name, content in KEPT.items():
        paper = keep(content, name)
        stored = PurePath(paper.file.name)
        assert kept.read(paper.file.name) == content, name
        assert (paper.size, paper.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert stored.parts[0] == "documents" and stored.name.isascii() and len(stored.name) < 120
        assert not stored.name.startswith(".") and stored.suffix[1:] == name.rsplit(".", 1)[-1].lower()


REFUSED = {
    "page.html": (b"<html>", "of this type cannot be added"),
    "drawing.svg": (b"<svg/>", "of this type cannot be added"),
    "program.exe": (b"MZ", "of this type cannot be added"),
    "nothing": (b"x", "of this type cannot be added"),
    "macros.docm": (office(), "of this type cannot be added"),
    "empty.pdf": (b"", "empty"),
    "page.pdf": (b"<html><script>alert(1)</script>", "not a PDF file"),
    "late.pdf": (b" " * 2000 + PDF, "not a PDF file"),
    "page.txt": (b"\xef\xbb\xbf <!DOCTYPE html><script>", "not a TXT file"),
    "page.csv": (b"  <svg onload=alert(1)>", "not a CSV file"),
    "bytes.txt": (b"MZ\0\0\1", "not a TXT file"),
    "a.docx": (PDF, "not a DOCX file"),
    "b.docx": (zipped({"a.txt": b"x"}), "not a DOCX file"),
    "c.docx": (office("spreadsheetml.sheet.main+xml"), "not a DOCX file"),
    "d.docx": (office()[:60], "damaged or cut off"),
    "e.docx": (odf("text"), "not a DOCX file"),
    "f.odt": (office(), "not a ODT file"),
    "g.docx": (office(**{"word/vbaProject.bin": b"x"}), "macros"),
    "h.odt": (zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Standard/m.xml": b"x"}), "macros"),
    "i.docx": (office(**{"word/media/bomb": b"\0" * 3_000_000}), "far larger when unpacked"),
    "j.png": (b"GIF89a", "not a PNG file"),
    "bomb-in-types.docx": (zipped({"[Content_Types].xml": TYPES + b" " * 9_000_000}), "far larger when unpacked"),
    "types-too-large.docx": (
        zipped({"[Content_Types].xml": TYPES + b" " * 1_500_000}, stored={"word/media/a": os.urandom(100_000)}),
        "damaged or cut off",
    ),
    "bomb-beside-much.docx": (
        zipped({"[Content_Types].xml": TYPES, "word/x": b"\0" * 9_000_000}, stored={"a": os.urandom(400_000)}),
        "far larger when unpacked",
    ),
    "bzip2.docx": (one_part(packed=zipfile.ZIP_BZIP2), "damaged or cut off"),
    "lzma.docx": (one_part(packed=zipfile.ZIP_LZMA), "damaged or cut off"),
    "deflate64.docx": (patched(one_part(), {(IN_LIST, 10): b"\x09", (IN_PLACE, 8): b"\x09"}), "damaged or cut off"),
    "locked.docx": (patched(one_part(), {(IN_LIST, 8): b"\x01", (IN_PLACE, 6): b"\x01"}), "protected by a password"),
    "ole.xlsx": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "protected by a password"),
    "zlib.docx": (patched(one_part(500), {(IN_PLACE, 49): b"\xff" * 20}), "damaged or cut off"),
    "liar.docx": (patched(one_part(500), {(IN_LIST, 24): b"\x50\0\0\0"}), "damaged or cut off"),
    "late-damage.docx": (
        zipped({"[Content_Types].xml": TYPES}, stored={"a": b"as it is"}).replace(b"as it is", b"as it was"[:8]),
        "damaged or cut off",
    ),
    "list-too-long.docx": (patched(one_part(), {(b"PK\5\6", 12): b"\xff\xff\xff\x7f"}), "damaged or cut off"),
    "script.pdf": (PDF + b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>", "contains a script"),
    "launch.pdf": (PDF + b"<< /S/Launch/F(cmd.exe) >>", "contains a script"),
    "escaped.pdf": (PDF + b"<< /S /J#61vaScript >>", "contains a script"),
    "packed.pdf": (
        PDF
        + b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n"
        + zlib.compress(b"<< /S /Launch >>")
        + b"\nendstream",
        "contains a script",
    ),
    "bomb.pdf": (
        PDF + b"<< /Type/ObjStm >>stream\r\n" + zlib.compress(b" " * 70_000_000) + b"\nendstream",
        "far larger when unpacked",
    ),
    "k.jpg": (b"\x89PNG\r\n\x1a\n", "not a JPG file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_and_leaves_nothing(db: None, folder: Kept, name: str) -> None:
    content, told = REFUSED[name]
    with pytest.raises(ValidationError, match=told):
        keep(content, name)
    assert not Document.objects.exists() and folder.contents() == []


def test_a_document_s_list_of_contents_is_looked_at_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of thousands of names would fill the memory, in the longer form of a list as well."""
    monkeypatch.setattr("engagement.core.archives.LARGEST_LIST", 10_000)
    monkeypatch.setattr("zipfile.ZIP_FILECOUNT_LIMIT", 100)
    for number, told in ((50, ""), (150, "damaged or cut off"), (250, "damaged or cut off")):
        names = {f"{n:040}": b"" for n in range(number)}
        said = CONTENT["docx"](io.BytesIO(zipped({"[Content_Types].xml": TYPES, **names})), "docx")
        assert told in said and bool(told) == bool(said), number


def test_the_body_says_how_large_and_of_which_kind(db: None, settings: Any) -> None:
    settings.DOCUMENT_MAX_MB, settings.DOCUMENT_KINDS = 1, {"txt", "svg"}
    keep(b"x" * 1024 * 1024, "a.txt")
    for name, content, told in (
        ("b.txt", b"x" * (1024 * 1024 + 1), "At most 1 MB can be kept"),
        ("c.pdf", PDF, "Add one of: svg, txt"),
        ("d.svg", b"<svg/>", "of this type cannot be added"),
    ):
        with pytest.raises(ValidationError, match=told):
            keep(content, name)


def test_the_form_says_so_beside_the_file(people: People, folder: Kept) -> None:
    client = Client()
    client.force_login(people.secretary)
    meeting = make.make_held()
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    page = client.get(address).content.decode()
    assert "At most 25 MB: csv, docx" in page and 'accept=".csv,.docx' in page
    data = with_row(opened(client, address), "documents", kind="agenda", title="Agenda", language="en", visibility=20)
    answer = send(client, address, data, documents__0__file=SimpleUploadedFile("a.pdf", b"<html>"))
    told = "Document 1, File: This is not a PDF file, although its name says so."
    assert ("id_documents-0-file", told) in problems(answer)
    late = send(client, address, data, documents__0__file=SimpleUploadedFile("a.pdf", PDF), _version="0", title="")
    assert late.status_code == 200
    assert folder.contents() == [] and not Document.objects.exists()
    assert send(client, address, data, documents__0__file=SimpleUploadedFile("a.pdf", PDF)).status_code == 302
    assert folder.contents() == [PDF]


def test_what_is_far_too_large_is_refused_by_its_size_and_fills_no_disk(
    people: People, folder: Kept, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DOCUMENT_MAX_MB, settings.UPLOAD_MOST_BYTES = 1, 4 * 1024 * 1024
    written = []
    write = TemporaryFileUploadHandler.receive_data_chunk

    def watched(handler: Any, raw: bytes, start: int) -> None:
        written.append(len(raw))
        write(handler, raw, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", watched)
    client = Client()
    client.force_login(people.secretary)
    address = f"/admin/meetings/meeting/{make.make_held().pk}/change/"
    data = with_row(opened(client, address), "documents", kind="agenda", title="Large", language="en", visibility=20)
    answer = send(client, address, data, documents__0__file=SimpleUploadedFile("a.pdf", PDF + b"x" * 20_000_000))
    told = [text for _where, text in problems(answer)]
    assert told and "At most 1 MB can be kept." in told[0] and "19.1" in told[0]
    assert sum(written) <= settings.UPLOAD_MOST_BYTES + 64 * 1024 and folder.contents() == []


def test_no_form_accepts_more_than_is_kept_while_it_is_looked_at(settings: Any) -> None:
    assert Limits().size <= settings.UPLOAD_MOST_BYTES >= settings.DOCUMENT_MAX_MB * 1024 * 1024


def test_a_title_turns_no_letters_around(db: None) -> None:
    paper = make.make_document(make.make_meeting(), "Minutes \u202efdp.exe\x07\r\nof May")
    assert Document.objects.get(pk=paper.pk).title == "Minutes  fdp.exe of May"


@pytest.fixture
def paper(transactional_db: None, kept: Kept) -> Document:
    return keep(PDF, "a.pdf", meeting=make.make_meeting())


def test_a_failed_transaction_leaves_no_file(paper: Document, kept: Kept) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        keep(PDF + b"2", "b.pdf", meeting=paper.meeting)
        assert len(kept.contents()) == 2
        raise RuntimeError
    assert kept.contents() == [PDF]
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            keep(PDF + b"3", "c.pdf", meeting=paper.meeting)
            raise RuntimeError
        added = keep(PDF + b"4", "d.pdf", meeting=paper.meeting)
    assert kept.contents() == [PDF, PDF + b"4"]
    assert Document.objects.get(pk=added.pk).file.read() == PDF + b"4"


def test_a_file_is_replaced_with_its_row_or_not_at_all(paper: Document, kept: Kept) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        replace(paper, PDF + b"undone")
        raise RuntimeError
    assert kept.contents() == [PDF]
    paper = Document.objects.get()
    replace(paper, PDF + b"2")
    assert kept.contents() == [PDF, PDF + b"2"], "the earlier one is a version"
    stored = list(Document.history.order_by("history_id").values_list("sha256", flat=True))
    assert stored == [hashlib.sha256(content).hexdigest() for content in (PDF, PDF + b"2")]
    paper.file, paper.url = "", "https://example.org/a.pdf"
    paper.save()
    assert (paper.size, paper.sha256) == (None, "")


def replace(paper: Document, content: bytes) -> None:
    paper.file = ContentFile(content, name="new.pdf")
    paper.save()


def test_with_the_record_goes_its_file(paper: Document, kept: Kept) -> None:
    other = keep(PDF + b"2", "b.pdf", meeting=paper.meeting)
    with pytest.raises(RuntimeError), transaction.atomic():
        Document.objects.get(pk=other.pk).delete()
        raise RuntimeError
    assert len(kept.contents()) == 2
    Document.objects.get(pk=other.pk).delete()
    assert kept.contents() == [PDF]
    Meeting.objects.get().delete()
    assert kept.contents() == []


def test_what_is_not_as_it_should_be_is_listed(paper: Document, kept: Kept, capsys: Any) -> None:
    call_command("check_documents")
    kept.write(paper.file.name, b"changed")
    kept.write("orphan.pdf", PDF)
    kept.write(".replaced-1/old.pdf", PDF)
    with pytest.raises(CommandError, match="2 files"):
        call_command("check_documents")
    kept.delete(paper.file.name)
    with pytest.raises(CommandError, match="2 files"):
        call_command("check_documents", repair=True)  # the orphan is too young: somebody may be saving it
    told = capsys.readouterr().out
    assert all(
        text in told for text in ("is not what was stored", "is missing", "orphan.pdf is left over: no record names it")
    )
    kept.write(paper.file.name, PDF)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        call_command("check_documents", repair=True)
    assert kept.names() == [paper.file.name] and kept.read(".replaced-1/old.pdf") == PDF


def test_downloads_are_for_their_audience_and_never_shown_in_place(people: People, kept: Kept) -> None:
    meeting = make.make_public(counterparts=[people.ours])
    for level in (INTERNAL, SHARED, PUBLIC):
        keep(PDF, "Über alles.pdf", meeting=meeting, visibility=level)
    sees = {"visitor": 1, "stranger": 1, "representative": 2, "secretary": 3}
    for who, most in sees.items():
        client = Client()
        if who != "visitor":
            client.force_login(getattr(people, who))
        answers = [client.get(paper.get_absolute_url()) for paper in Document.objects.order_by("-visibility")]
        assert [answer.status_code for answer in answers] == [200] * most + [404] * (3 - most)
        for answer, paper in zip(answers[:most], Document.objects.order_by("-visibility"), strict=False):
            assert answer["Content-Disposition"].startswith('attachment; filename="')
            assert answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Type"] == "application/pdf"
            is_private = who != "visitor" or paper.visibility != PUBLIC
            assert ("no-store" in answer["Cache-Control"]) == (paper.visibility != PUBLIC)
            assert ("private" in answer["Cache-Control"]) == is_private
            assert b"".join(answer.streaming_content) == PDF
    gone = Document.objects.get(visibility=PUBLIC)
    kept.delete(gone.file.name)
    assert Client().get(gone.get_absolute_url()).status_code == 404


def test_a_file_keeps_the_letters_of_its_name_that_have_plain_ones() -> None:
    assert safe_name("Bericht – Łódź, Ørsted.PDF") == "bericht-lodz-orsted.pdf"
