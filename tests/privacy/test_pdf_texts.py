"""Words of PDF files are found however the file is packed; what has none is told."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from django.core.files.base import ContentFile

from engagement.privacy.kept_files import papers_of
from engagement.privacy.pdf_texts import shows_words, texts_of_pdf
from engagement.privacy.spellings import Spellings
from tests import makers as make
from tests.people import People
from tests.privacy.everywhere import NAME

SPELLINGS = Spellings([NAME])


def named(content: bytes) -> bool:
    return any(SPELLINGS.spans(text) for text in texts_of_pdf(content))


def packed(pdf: pikepdf.Pdf, **options: object) -> bytes:
    file = io.BytesIO()
    pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, **options)
    return file.getvalue()


def drawn(operators: bytes) -> pikepdf.Pdf:
    """One sheet in a font whose letters are numbered as in Windows."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    name = pikepdf.Name
    font = pikepdf.Dictionary(
        Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica, Encoding=name.WinAnsiEncoding
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    pdf.pages[0].Contents = pdf.make_stream(operators)
    return pdf


def typeset(words: str) -> bytes:
    """With fonts of its own, whose letters have numbers of their own."""
    made = typst.compile(f"#set text(hyphenate: false)\n{words}".encode())
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize(
    "operators",
    [
        b"BT /F1 12 Tf (Mr Zo\\353 Qu\\344rtzfeld) Tj ET",
        b"BT /F1 12 Tf [(Zo\\353)-250(Qu\\344rtz)20(feld)] TJ ET",
        b"BT /F1 12 Tf <5A6FEB205175E472747A66656C64> Tj ET",
        b"BT /F1 12 Tf (Zo\\353) Tj 0 -14 Td (Qu\\344rtzfeld) Tj ET",
        b"BT /F1 12 Tf (\\(Zo\\353 Qu\\344rtzfeld\\)) ' ET",
    ],
)
def test_what_a_sheet_shows(operators: bytes) -> None:
    content = packed(drawn(operators))
    assert b"rtzfeld" not in content, "it is packed"
    assert named(content)


def test_what_a_file_says_of_itself() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = NAME
    assert named(packed(pdf))
    pdf = pikepdf.new()
    pdf.add_blank_page()
    with pdf.open_metadata() as about:
        about["dc:title"] = f"Letter of {NAME}"
    assert named(packed(pdf))


def test_fonts_of_its_own_and_letters_in_tables() -> None:
    content = typeset(f"As {NAME} said. " * 50)
    assert b"rtzfeld" not in content
    assert named(content)
    assert not named(typeset("As somebody else said."))


@pytest.mark.parametrize("broken", [b"%PDF-1.7", b"%PDF-1.7 stream\nx\x9cendstream (", b"%PDF-1.4 <zz> beginbfchar"])
def test_a_damaged_file_is_read_as_far_as_it_goes(broken: bytes) -> None:
    assert not named(broken) and not shows_words(broken)


def test_papers_that_name_somebody_and_those_that_cannot_be_read(people: People, settings: Any, tmp_path: Path) -> None:
    """Documents with their earlier versions, and what came with reports; of the meetings that are asked about."""
    settings.MEDIA_ROOT = tmp_path
    meeting = make.make_held(counterparts=[people.ours])
    locked = packed(drawn(b"BT (Plain) Tj ET"), encryption=pikepdf.Encryption(owner="a", user="b"))
    for title, content in (
        ("Letter", typeset(f"Dear {NAME},")),
        ("Other", typeset("Dear all,")),
        ("Scan", packed(drawn(b"q 1 0 0 1 0 0 cm /Im1 Do Q"))),
        ("Locked", locked),
    ):
        make.make_document(meeting, title, url="", file=ContentFile(content, f"{title}.pdf"))
    elsewhere = make.make_document(make.make_held(), "Far", url="", file=ContentFile(typeset(NAME), "f.pdf"))
    followup = make.make_followup(owner=people.ours, meeting=meeting, chaser=people.secretary)
    make.make_report(followup, file=ContentFile(typeset(f"Signed, {NAME}"), "e.pdf"))
    found = {(str(one.record), one.names) for one in papers_of(SPELLINGS, [meeting.pk])}
    assert found == {("Letter", True), ("Scan", False), ("Locked", False), (f"{followup.reference}: Done", True)}
    assert str(elsewhere) not in {title for title, _names in found}
