"""Minutes as PDF and DOCX: accessible, marked for their readers, with their data, and nothing that is not theirs."""

import hashlib
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from engagement.minutes.models import MinutesTexts
from engagement.minutes.printing.bounded_process import NotMade, made
from meetings.models import Discussion, Position
from tests import makers as make
from tests.minutes.making import make_final, make_minutes, make_sent, send, shared, talk_of
from tests.minutes.test_pages import text_of
from tests.people import People, client_of

CHECKER = Path(sys.executable).with_name("outloud")
ODD = "“Quoted” #panic() *bold* $x$ @ref <label> // Ελληνικά Кириллица ÀÉő \\ ` {{ 7*7 }} {% x %}"


def pdf_of(response: Any) -> pikepdf.Pdf:
    assert response["Content-Type"] == "application/pdf", response
    return pikepdf.open(io.BytesIO(response.content))


def words_of(response: Any, tmp_path: Path) -> str:
    """The text of a PDF."""
    file = tmp_path / "read.pdf"
    file.write_bytes(response.content)
    said = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return " ".join(said.stdout.split())


def attached(pdf: pikepdf.Pdf) -> bytes:
    (name,) = pdf.attachments
    return bytes(pdf.attachments[name].get_file().read_bytes())


def test_a_pdf_is_accessible_and_carries_its_data(people: People, tmp_path: Path) -> None:
    MinutesTexts.objects.create(opening_notes="Opening words.", footer="Agency, Amsterdam")
    minutes = make_final(people)
    response = client_of(people.representative).get(f"{minutes.get_absolute_url()}1.pdf")
    pdf = pdf_of(response)
    file = tmp_path / "minutes.pdf"
    file.write_bytes(response.content)
    checked = subprocess.run([str(CHECKER), str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    with pdf.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("3", "A", "1")
        assert about["dc:title"] == "Minutes: Leaflets for patients"
    assert str(pdf.Root.Lang) == "en" and bool(pdf.Root.MarkInfo.Marked)
    assert hashlib.sha256(attached(pdf)).hexdigest() == shared(minutes).sha256
    words = words_of(response, tmp_path)
    assert f"SHA-256 of the attached data: {shared(minutes).sha256}" in words
    assert "For the parties. Final, version 1" in words and "for the parties to the meeting" in words
    assert "Agency, Amsterdam" in words and "Opening words." in words and "agreed on" in words
    assert response["Content-Disposition"].startswith("attachment;") and response["X-Content-Type-Options"] == "nosniff"


def test_a_pasted_list_is_printed_as_one(people: People, tmp_path: Path) -> None:
    minutes = make_minutes(people)
    make.make_position(talk_of(minutes), statement="Points:\n•\tOne\no\tBelow\n\n1)\tFirst\n2)\tSecond")
    minutes.add_version(by=people.secretary, audience=make.INTERNAL)
    response = client_of(people.secretary).get(f"{minutes.get_absolute_url()}2.pdf")
    words = words_of(response, tmp_path)
    assert "Points: • One ‣ Below 1. First 2. Second" in words
    checked = subprocess.run([str(CHECKER), str(tmp_path / "read.pdf")], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_an_internal_copy_is_marked_on_each_sheet(people: People, tmp_path: Path) -> None:
    minutes = make_minutes(people)
    for number in range(40):
        make.make_position(talk_of(minutes), statement=f"Between us {number}. " * 5, visibility=make.INTERNAL)
    minutes.add_version(by=people.secretary, audience=make.INTERNAL)
    response = client_of(people.secretary).get(f"{minutes.get_absolute_url()}2.pdf")
    pages = len(pdf_of(response).pages)
    assert pages > 1 and words_of(response, tmp_path).count("INTERNAL COPY of the secretariat") == pages


def test_words_are_never_markup_nor_programs(people: People, tmp_path: Path) -> None:
    minutes = make_minutes(people)
    said = talk_of(minutes)
    said.said = ODD
    said.save()
    minutes.add_version(by=people.secretary, audience=make.SHARED)
    ours = client_of(people.secretary)
    assert "#panic() *bold* $x$ @ref <label>" in words_of(ours.get(f"{minutes.get_absolute_url()}2.pdf"), tmp_path)
    paper = Document(io.BytesIO(ours.get(f"{minutes.get_absolute_url()}2.docx").content))
    assert ODD in "\n".join(line.text for line in paper.paragraphs)


UNPRINTED = "\ue000"
"""A private character, which PDF/A forbids whatever fonts there are."""


@pytest.mark.parametrize(
    "odd",
    [
        UNPRINTED,
        f"{UNPRINTED} 漢字 日本語 한국어",
        f"{UNPRINTED} สวัสดี",
        f"{UNPRINTED} \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308",
        f"{UNPRINTED} a\u0301 \x07",
    ],
)
def test_what_no_font_has_is_said_and_all_else_stays(people: People, tmp_path: Path, odd: str) -> None:
    minutes = make_minutes(people)
    Discussion.objects.update(said=f"Before {odd} after 2024, “quoted” – u200d.")
    minutes.add_version(by=people.secretary, audience=make.SHARED)
    ours, address = client_of(people.secretary), minutes.get_absolute_url()
    response = ours.get(f"{address}2.pdf")
    words = words_of(response, tmp_path)
    assert "Before ?" in words and "after 2024, “quoted” – u200d." in words and "Minutes: Leaflets" in words
    assert "replaces characters that the available fonts" in words
    assert odd.strip("\x07") in attached(pdf_of(response)).decode().replace("\\u0007", "")
    page = text_of(ours.get(address))
    assert "so the PDF prints “?” for them:" in page and UNPRINTED in page


@pytest.mark.parametrize("plain", ["Ελληνικά, Кириллица, ÀÉő – “x”", "שלום", "e\u0301 q\u0323"])
def test_nothing_is_said_where_all_can_be_printed(people: People, tmp_path: Path, plain: str) -> None:
    minutes = make_minutes(people)
    Discussion.objects.update(said=plain)
    minutes.add_version(by=people.secretary, audience=make.SHARED)
    ours, address = client_of(people.secretary), minutes.get_absolute_url()
    words = words_of(ours.get(f"{address}2.pdf"), tmp_path)
    assert "replaces characters" not in words and "?" not in words
    assert "so the PDF prints" not in text_of(ours.get(address))


def test_a_reader_outside_is_told_in_the_file_alone(people: People) -> None:
    minutes = make_minutes(people)
    Discussion.objects.update(said=UNPRINTED)
    minutes.add_version(by=people.secretary, audience=make.SHARED)
    send(minutes, people)
    assert "so the PDF prints" not in text_of(client_of(people.representative).get(minutes.get_absolute_url()))


def test_parts_are_left_out_where_they_were_not_chosen(people: People, tmp_path: Path) -> None:
    minutes = make_minutes(people)
    ours, address = client_of(people.secretary), f"{minutes.get_absolute_url()}1.pdf"
    whole = words_of(ours.get(address), tmp_path)
    assert "They are long." in whole and "Send the survey" in whole and "Participants" in whole
    some = words_of(ours.get(f"{address}?chosen=1&with=followups"), tmp_path)
    assert "Send the survey" in some and "They are long." not in some and "Participants" not in some


def test_a_docx_says_the_same(people: People, settings: Any) -> None:
    settings.BODY_NAME = ""
    minutes = make_sent(people)
    response = client_of(people.representative).get(f"{minutes.get_absolute_url()}1.docx")
    paper = Document(io.BytesIO(response.content))
    words = "\n".join(line.text for line in paper.paragraphs)
    assert "Minutes: Leaflets for patients" in words and "They are long." in words and "{" not in words
    assert "For the parties" in paper.sections[0].header.paragraphs[0].text
    about = paper.core_properties
    assert (about.title, about.author) == ("Minutes: Leaflets for patients", settings.SITE_NAME)
    assert [one.get(qn("w:instr")) for one in paper.sections[0].footer._element.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]


def template(*lines: str) -> bytes:
    paper, file = Document(), io.BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 no document", "cannot be opened"),
        (template("{{ title }} {{ secret }}"), "unknown placeholders: secret"),
        (template("{{ title.__class__.__mro__ }}"), "cannot be filled in"),
        (template("{{ title }"), "cannot be"),
    ],
)
def test_a_template_is_checked(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "template.docx"
    file.write_bytes(content)
    data = {"title": "T", "marking": "", "reference": "", "footer": "", "lede": [], "parts": []}
    with pytest.raises(NotMade) as refused:
        made("check", data=data, template=str(file))
    assert said in " ".join(refused.value.messages)


def test_a_template_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engagement.minutes.printing.bounded_process.LONGEST", 3)
    file = tmp_path / "template.docx"
    file.write_bytes(template("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"))
    with pytest.raises(NotMade) as refused:
        made("docx", data={"title": "T"}, template=str(file))
    assert "too long" in " ".join(refused.value.messages)


def test_no_file_tells_more_than_the_page(people: People, tmp_path: Path) -> None:
    """Text, metadata and data of a PDF, and a DOCX, after a position was hidden."""
    minutes = make_sent(people)
    position = Position.objects.get()
    position.visibility = make.INTERNAL
    position.save()
    theirs = client_of(people.representative)
    response = theirs.get(f"{minutes.get_absolute_url()}1.pdf")
    with pdf_of(response).open_metadata() as about:
        told = words_of(response, tmp_path) + str(about) + attached(pdf_of(response)).decode()
    paper = Document(io.BytesIO(theirs.get(f"{minutes.get_absolute_url()}1.docx").content))
    told += "\n".join(line.text for line in paper.paragraphs)
    assert "A survey" in told and "They are long." not in told
    for client in (Client(), client_of(people.stranger)):
        for extension in ("pdf", "docx", "json", "exe"):
            assert client.get(f"{minutes.get_absolute_url()}1.{extension}").status_code == 404


def test_the_minutes_of_a_series_are_one_file(people: People, tmp_path: Path) -> None:
    series = make.make_series("Leaflet talks")
    minutes = make_sent(people, series=series)
    assert client_of(people.representative).get(f"{series.get_absolute_url()}minutes.pdf").status_code == 200
    other = make.make_held("Second talk", counterparts=[people.ours], series=series, visibility=make.SHARED)
    type(minutes).objects.begin(other, by=people.secretary)
    whole = client_of(people.secretary).get(f"{series.get_absolute_url()}minutes.pdf")
    words = words_of(whole, tmp_path)
    assert "The minutes of 2 meetings" in words and "Second talk" in words and "They are long." in words
    paper = Document(io.BytesIO(client_of(people.secretary).get(f"{series.get_absolute_url()}minutes.docx").content))
    lines = "\n".join(line.text for line in paper.paragraphs)
    assert lines.index("They are long.") < lines.index("Second talk") and "The minutes of 2 meetings" in lines
    for user in (people.secretary, people.representative):
        assert (
            f'href="{series.get_absolute_url()}minutes.pdf"'
            in client_of(user).get(series.get_absolute_url()).content.decode()
        )
    assert "minutes.docx" not in client_of(people.stranger).get(series.get_absolute_url()).content.decode()
    assert client_of(people.secretary).get(f"{series.get_absolute_url()}minutes.exe").status_code == 404
    theirs = words_of(client_of(people.representative).get(f"{series.get_absolute_url()}minutes.pdf"), tmp_path)
    assert "Second talk" not in theirs, "it was not sent"
    assert Client().get(f"{series.get_absolute_url()}minutes.pdf").status_code == 404


def test_where_a_file_cannot_be_made_the_page_says_why(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = make_minutes(people)
    monkeypatch.setattr("engagement.minutes.printing.bounded_process.LONGEST", 0.01)
    response = client_of(people.secretary).get(f"{minutes.get_absolute_url()}1.pdf", follow=True)
    assert "The file took too long to make." in text_of(response)


def test_a_body_has_its_own_template(people: People, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    minutes = make_minutes(people)
    texts = MinutesTexts(docx_template=SimpleUploadedFile("ours.docx", template("{{ title }} {{ wrong }}")))
    with pytest.raises(ValidationError) as refused:
        texts.full_clean()
    assert "unknown placeholders: wrong" in str(refused.value.message_dict["docx_template"])
    for name, content in (("ours.txt", b"text"), ("ours.docx", b"text")):
        with pytest.raises(ValidationError):
            MinutesTexts(docx_template=SimpleUploadedFile(name, content)).full_clean()
    texts = MinutesTexts(docx_template=SimpleUploadedFile("ours.docx", template("Our letterhead", "{{ title }}")))
    texts.full_clean()
    texts.save()
    response = client_of(people.secretary).get(f"{minutes.get_absolute_url()}1.docx")
    lines = [line.text for line in Document(io.BytesIO(response.content)).paragraphs]
    assert lines == ["Our letterhead", "Minutes: Leaflets for patients"]
