"""CSV as people save it: every trap is read right or refused with a sentence."""

import codecs
from pathlib import Path

import pytest

from engagement.imports.sources.open import Limits, Unreadable
from tests.imports.sources.files import table_of

PLAIN = "Date;Name;Thema\r\n2022-01-27;Müller & Söhne;Gespräch\r\n2022-01-28;Société Générale;Économie\r\n"


def cells(table):
    return [list(row.cells.values()) for row in table.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    table = table_of(tmp_path, PLAIN.replace(";", delimiter))
    assert (table.delimiter, table.headers) == (delimiter, ["Date", "Name", "Thema"])
    assert cells(table)[1] == ["2022-01-28", "Société Générale", "Économie"]


def test_commas_in_cells_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a;b\n1,5;x, y, z\n2,5;x, y, z\n3,7;u, v, w\n")
    assert table.delimiter == ";"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PLAIN.encode(), "utf-8-sig"),
        (PLAIN.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), "utf-16"),
        (PLAIN.encode("utf-16-le"), "utf-16-le"),
        (PLAIN.encode("utf-32"), "utf-32"),
        (PLAIN.encode("cp1252"), "cp1252"),
    ],
)
def test_any_usual_encoding(tmp_path: Path, content: bytes, encoding: str) -> None:
    table = table_of(tmp_path, content)
    assert (table.encoding, table.headers[0]) == (encoding, "Date")
    assert cells(table)[0][1] == "Müller & Söhne"
    assert bool(table.notes) == (encoding == "cp1252")


def test_cyrillic_greek_and_polish(tmp_path: Path) -> None:
    for encoding, text in [
        ("cp1251", "Дата;Организация\n2022-01-27;Союз промышленников и предпринимателей\n"),
        ("cp1253", "Ημερομηνία;Οργανισμός\n2022-01-27;Σύνδεσμος Βιομηχανιών και υγεία\n"),
        ("cp1250", "Data;Temat\n2022-01-27;Związek Pracodawców, rozwój przedsiębiorstw i żywności\n"),
    ]:
        table = table_of(tmp_path, text.encode(encoding))
        assert cells(table)[0][1] == text.split(";")[2].strip()
        assert encoding in table.notes[0]


def test_an_encoding_can_be_told(tmp_path: Path) -> None:
    content = "Datum;Předmět\n2022-01-27;Příprava\n".encode("cp1250")
    assert cells(table_of(tmp_path, content, encoding="cp1250"))[0][1] == "Příprava"
    with pytest.raises(Unreadable, match="Line 1 is not written in utf-8"):
        table_of(tmp_path, content, encoding="utf-8")
    with pytest.raises(Unreadable, match="no encoding called"):
        table_of(tmp_path, content, encoding="rot13")


def test_lines_of_another_encoding_are_read_and_told(tmp_path: Path) -> None:
    """A file of several hands: nobody should need a spreadsheet program for that."""
    table = table_of(tmp_path, "a;b\n1;Müller\n2;plain\n".encode() + "3;Größe – ok\n".encode("cp1252"))
    assert [row[1] for row in cells(table)] == ["Müller", "plain", "Größe – ok"]
    assert "Line 4 and others were read as cp1252" in table.notes[0]


TWICE = {
    "CSC â€“ IT": "CSC – IT",
    "Consumersâ€™ Union": "Consumers’ Union",
    "SociÃ©tÃ© GÃ©nÃ©rale": "Société Générale",
    "â€œquotesâ€\x9d": "“quotes”",
    "PaweÅ‚": "Paweł",
    "Îµ": "ε",
    "Â£5": "£5",
    "Å“uvre": "œuvre",
    "«CAFÉ»": "«CAFÉ»",
    "NÃO": "NÃO",
    "École “Å”": "École “Å”",
    "ÉCOLE D’ÉTÉ”": "ÉCOLE D’ÉTÉ”",
}


def test_letters_that_were_encoded_twice_are_put_right(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a;b\n" + "".join(f"1;{text}\n" for text in TWICE))
    assert [row.cells["b"] for row in table.rows] == list(TWICE.values())
    told = [bool(row.problems) for row in table.rows]
    assert told == [published != right for published, right in TWICE.items()]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'File of today\n\na,b\n1,"two\r\nlines"\n\n2,x\n')
    assert (table.header_row, table.preamble) == (3, ["File of today"])
    assert [(row.number, row.cells["b"]) for row in table.rows] == [(4, "two\r\nlines"), (6, "x")]


def test_the_header_row_can_be_told(tmp_path: Path) -> None:
    content = "x,y,z\na,b,c\n1,2,3\n"
    assert table_of(tmp_path, content, header_row=2).headers == ["a", "b", "c"]
    with pytest.raises(Unreadable, match="Row 9"):
        table_of(tmp_path, content, header_row=9)


def test_a_row_with_cells_too_many_does_not_pass_for_the_headings(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,c\nx,y,z\np,q,r,s,t,u,v\nx,y,z\n")
    assert (table.headers, table.header_row) == (["a", "b", "c"], 1)


def test_the_hint_of_spreadsheet_programs(tmp_path: Path) -> None:
    table = table_of(tmp_path, "sep=;\na;b\n1;2,5\n")
    assert (table.headers, table.delimiter) == (["a", "b"], ";")


def test_mixed_line_ends(tmp_path: Path) -> None:
    assert cells(table_of(tmp_path, "a,b\r\n1,2\n3,4\r5,6\r\n")) == [["1", "2"], ["3", "4"], ["5", "6"]]


def test_two_headings_alike_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"“date” \(A and C\)"):
        table_of(tmp_path, "Date,b,date\n1,2,3\n")


def test_a_column_without_a_heading_is_called_by_its_letter(tmp_path: Path) -> None:
    assert table_of(tmp_path, "a,,c\n1,2,3\n").headers == ["a", "Column B", "c"]


def test_rows_that_do_not_fit_under_the_headings(tmp_path: Path) -> None:
    short, long, trailing = table_of(tmp_path, "a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n").rows
    assert (list(short.cells.values()), short.problems) == (["1", "2", ""], ())
    assert [(one.code, one.is_error) for one in long.problems] == [("too_many_cells", True)]
    assert not trailing.problems


def test_a_cell_of_a_megabyte_is_an_error_of_its_row(tmp_path: Path) -> None:
    first, second = table_of(tmp_path, f"a,b\n1,{'x' * 1_000_000}\n2,y\n").rows
    assert [(one.code, one.column) for one in first.problems] == [("cell_too_long", "b")]
    assert len(first.cells["b"]) < 300 and second.cells == {"a": "2", "b": "y"}


def test_a_quotation_mark_inside_a_cell_is_an_error_of_its_row(tmp_path: Path) -> None:
    first, second = table_of(tmp_path, 'a,b\n1,"say "hi" now"\n2,y\n').rows
    assert [one.code for one in first.problems] == ["quoting"]
    assert second.cells == {"a": "2", "b": "y"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"a,b\n", "no rows under"),
        (b'a,b\n1,2\n3,"cut off he', "row 3 is never closed"),
        (b"a,b\n1,\x00\x01\x02\n", "zero bytes"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08rest", "compressed"),
        (b"<!DOCTYPE html><table>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook cannot be read"),
        (bytes(range(128, 256)) * 50, "cannot be read|Line 1"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        list(table_of(tmp_path, content).rows)


def test_too_large_and_too_wide(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        table_of(tmp_path, "a,b\n" + "1,2\n" * 300_000, limits=Limits(size=1024 * 1024))
    with pytest.raises(Unreadable, match="more than 200 columns"):
        table_of(tmp_path, ",".join(f"h{n}" for n in range(1000)) + "\n" + ",".join("1" * 1000) + "\n")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    from engagement.imports.sources.open import open_table

    with pytest.raises(Unreadable, match="cannot be opened"):
        open_table(tmp_path / "nothing.csv")


def test_formulas_html_and_other_scripts_stay_text(tmp_path: Path) -> None:
    texts = ["=1+1", "<script>alert(1)</script>", "‮abc", "مرحبا", "é"]
    table = table_of(tmp_path, "a,b\n" + "".join(f"x,{text}\n" for text in texts))
    assert [row.cells["b"] for row in table.rows] == texts


def test_a_table_can_be_walked_again(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n1,2\n")
    assert list(table.rows) == list(table.rows) != []
