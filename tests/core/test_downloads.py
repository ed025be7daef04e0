"""Range requests, conditional requests and headers of downloads, the same from a folder and from a bucket."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from engagement.core.downloads import Unsatisfiable, asked_range, attachment, content_type, file_name
from meetings.models import Document
from tests import makers as make
from tests.kept import Kept

DATA = b"%PDF-1.7\n" + bytes(range(256)) * 600  # some pieces long
SIZE = len(DATA)


@pytest.fixture
def paper(db: None, kept: Kept) -> Document:
    file = ContentFile(DATA, name="a.pdf")
    return make.make_document(make.make_public(), url="", file=file, title="Über alles: “Q&A”")


def get(paper: Document, method: str = "get", **headers: str) -> Any:
    return getattr(Client(), method)(paper.get_absolute_url(), headers=headers)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


RANGES = {
    "bytes=0-": (0, SIZE),
    "bytes=0-0": (0, 1),
    "bytes=10-19": (10, 20),
    "bytes=-5": (SIZE - 5, SIZE),
    f"bytes={SIZE - 1}-{SIZE + 999}": (SIZE - 1, SIZE),
    f"bytes=-{SIZE * 2}": (0, SIZE),
    "Bytes = 100000 - 140000": (100_000, 140_001),
}


def test_a_range_is_sent_alone(paper: Document) -> None:
    for asked, (start, stop) in RANGES.items():
        response = get(paper, range=asked)
        assert (response.status_code, response["Content-Range"]) == (206, f"bytes {start}-{stop - 1}/{SIZE}"), asked
        assert response["Content-Length"] == str(stop - start)
        assert body(response) == DATA[start:stop], asked


def test_what_is_no_single_range_is_answered_with_the_whole(paper: Document) -> None:
    for asked in ("bytes=0-1,5-6", "lines=1-2", "bytes=9-3", "bytes=a-b", "bytes=-", "", "bytes"):
        response = get(paper, range=asked)
        assert response.status_code == 200 and "Content-Range" not in response, asked
        assert body(response) == DATA and response["Accept-Ranges"] == "bytes", asked


def test_a_range_after_the_end_is_refused(paper: Document) -> None:
    for asked in (f"bytes={SIZE}-", "bytes=99999999999999999999-", "bytes=-0"):
        response = get(paper, range=asked)
        assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}"), asked


def test_a_download_is_resumed_only_of_the_same_content(paper: Document) -> None:
    etag = f'"{paper.sha256}"'
    assert get(paper)["ETag"] == etag
    assert get(paper, range="bytes=5-", if_range=etag).status_code == 206
    for other in ('"other"', f"W/{etag}", "Wed, 21 Oct 2015 07:28:00 GMT"):
        assert get(paper, range="bytes=5-", if_range=other).status_code == 200, other
    unchanged = get(paper, if_none_match=etag, range="bytes=5-")
    assert unchanged.status_code == 304 and unchanged["ETag"] == etag and not unchanged.content
    assert get(paper, if_match='"other"').status_code == 412


def test_head_says_what_get_would_send(paper: Document) -> None:
    response = get(paper, "head", range="bytes=5-")
    assert response.status_code == 200 and not response.content
    assert (response["Content-Length"], response["Content-Type"]) == (str(SIZE), "application/pdf")
    assert get(paper, "post").status_code == 405


def test_nothing_runs_and_the_name_is_right(paper: Document) -> None:
    for response in (get(paper), get(paper, range="bytes=0-1"), get(paper, "head"), get(paper, range=f"bytes={SIZE}-")):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "no-cache", "public, and asked for again"
    name = f"{paper.meeting.reference}%20%C3%9Cber%20alles%20%E2%80%9CQ%26A%E2%80%9D.pdf"
    plain = f"{paper.meeting.reference} Uber alles Q&A.pdf"
    assert get(paper)["Content-Disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{name}"


def test_no_storage_tells_an_address(paper: Document) -> None:
    with pytest.raises(ValueError, match="sent by the site"):
        paper.file.storage.url(paper.file.name)
    assert paper.file.url == paper.get_absolute_url()
    for guessed in (f"/{paper.file.name}", f"/media/{paper.file.name}"):
        assert Client().get(guessed).status_code == 404


NAMES = {
    "Minutes": "Minutes.pdf",
    " ../../etc/passwd ": "etc passwd.pdf",
    'a"b\r\nX-Evil: 1': "a bX-Evil 1.pdf",
    "report\u202efdp.exe": "reportfdp.exe.pdf",
    "a\u200bb\ufeff\0c": "abc.pdf",
    "  ...": "document.pdf",
    "x" * 400: "x" * 150 + ".pdf",
    "議事録": "議事録.pdf",
}


@pytest.mark.parametrize("title", NAMES)
def test_a_name_holds_nothing_that_hides_or_breaks(title: str) -> None:
    assert file_name(title, "documents/BM-1/a.pdf") == NAMES[title]


@given(st.text(max_size=60))
def test_no_name_breaks_the_header(title: str) -> None:
    header = attachment(file_name(title, "a.pdf"))
    assert header.isascii() and header.isprintable() and header.count('"') == 2
    assert header.startswith('attachment; filename="')


@given(st.text(st.sampled_from("bytes=0123456789-, "), max_size=30), st.integers(1, 50))
def test_whatever_range_is_asked_for_is_within(header: str, size: int) -> None:
    try:
        found = asked_range(header, size)
    except Unsatisfiable:
        return
    assert found is None or 0 <= found[0] < found[1] <= size


def test_what_a_browser_would_run_has_no_type_of_its_own() -> None:
    for name in ("a.html", "a.svg", "a.xml", "a.xhtml", "a.js", "a.svgz", "a", "a.unknown"):
        assert content_type(name) == "application/octet-stream", name
    assert content_type("a.docx").endswith("wordprocessingml.document") and content_type("a.txt") == "text/plain"
