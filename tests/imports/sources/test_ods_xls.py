"""ODS and XLS: what a cell holds, sheets, row numbers; locked, damaged and foreign files, bombs, endings that lie."""

import struct
from pathlib import Path

import pytest

from engagement.imports.sources.open import Limits, Unreadable, open_table
from tests.imports.sources.files import written
from tests.imports.sources.workbooks import DAY, MOMENT, TIME, cell, compound, kind, ods, row, text, xls

EMPTY = "<table:table-cell/>"
HEAD, BODY = row(text("a"), text("b")), row(text("1"), text("2"))
SPREAD = {(0, 0): "a", (0, 1): "b", (1, 0): "1", (1, 1): "2"}
REST = row('<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048570"')
LOCKED = b'<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'


def comment(shown: str) -> str:
    note = "<office:annotation><text:p>no</text:p></office:annotation>"
    return f"<table:table-cell{kind('string')}>{note}{shown}</table:table-cell>"


def test_a_cell_of_a_document_is_what_it_holds_and_not_what_it_shows(tmp_path: Path) -> None:
    """Shown in any language and form; held in one."""
    cells = {
        cell("date", 'office:date-value="2022-01-27"', "27.01.22"): "2022-01-27",
        cell("date", 'office:date-value="2022-01-27T00:00:00"', "janv."): "2022-01-27",
        cell("date", 'office:date-value="2022-01-27T14:30:00"'): "2022-01-27 14:30",
        cell("time", 'office:time-value="PT09H05M00S"', "9.05 Uhr"): "09:05",
        cell("float", 'office:value="244710319190"', "2,447E+11"): "244710319190",
        cell("float", 'office:value="1.5"', "1,5"): "1.5",
        cell("float", 'office:value="-0"', "0"): "0",
        cell("currency", 'office:value="12" office:currency="EUR"', "12,00 €"): "12",
        cell("percentage", 'office:value="0.5"', "50%"): "0.5",
        cell("boolean", 'office:boolean-value="true"', "WAHR"): "True",
        cell("string", 'table:formula="of:=A1" office:string-value="came to"', "came to"): "came to",
        text("Müller &amp; Söhne", "2nd line"): "Müller & Söhne\n2nd line",
        text('<text:span>a</text:span><text:s text:c="3"/>b <text:a>link</text:a>'): "a   b link",
        text(" spaced "): " spaced ",
        text("007"): "007",
        comment("<text:p>said</text:p>"): "said",
        "<table:covered-table-cell/>": "",
        text("last"): "last",
    }
    head = row(*(text(f"h{at}") for at in range(len(cells))))
    (read,) = open_table(written(tmp_path, ods({"one": head + row(*cells)}), "a.ods")).rows
    assert list(read.cells.values()) == list(cells.values())


def test_a_cell_of_an_old_workbook_is_what_it_holds(tmp_path: Path) -> None:
    """Days are numbers there, told apart by their form alone."""
    cells = [
        ((44588.0, DAY), "2022-01-27"),
        ((44588.604166666664, MOMENT), "2022-01-27 14:30"),
        ((44588.0, MOMENT), "2022-01-27"),
        ((0.378472222222222, TIME), "09:05"),
        (44588.0, "44588"),
        (244710319190.0, "244710319190"),
        (1.5, "1.5"),
        (-0.0, "0"),
        ("Größe\n2nd line", "Größe\n2nd line"),
        ("007", "007"),
        ("Ελλάδα", "Ελλάδα"),
    ]
    held = {(0, at): f"h{at}" for at in range(len(cells))} | {(1, at): value for at, (value, _) in enumerate(cells)}
    (read,) = open_table(written(tmp_path, xls({"one": held}), "a.xls")).rows
    assert list(read.cells.values()) == [shown for _, shown in cells]


@pytest.mark.parametrize("form", ["ods", "xls"])
def test_the_sheet_with_the_table_is_found_or_told(tmp_path: Path, form: str) -> None:
    """Whatever the file is called; a hidden sheet only when it is asked for."""
    if form == "ods":
        sheets = {"Hidden": HEAD + BODY, "Notes": row(text("only a note")), "Table": HEAD + BODY + REST}
        content = ods({**sheets, "Other": row(text("c"), text("d")) + BODY}, hidden=["Hidden"])
    else:
        other = {**SPREAD, (0, 0): "c", (0, 1): "d"}
        content = xls(
            {"Hidden": SPREAD, "Notes": {(0, 0): "only a note"}, "Table": SPREAD, "Other": other}, hidden=["Hidden"]
        )
    path = written(tmp_path, content, "a.csv")
    table = open_table(path)
    assert (table.form, table.sheet, table.sheets) == (form, "Table", ["Hidden", "Notes", "Table", "Other"])
    assert open_table(path, sheet="Other").headers == ["c", "d"]
    assert open_table(path, sheet="Hidden").headers == ["a", "b"]
    with pytest.raises(Unreadable, match=r"no sheet “Third”. The sheets are: Hidden, Notes, Table, Other"):
        open_table(path, sheet="Third")


@pytest.mark.parametrize("form", ["ods", "xls"])
def test_rows_and_columns_keep_their_places(tmp_path: Path, form: str) -> None:
    if form == "ods":
        gap = row(EMPTY, more='table:number-rows-repeated="2"')
        shifted = [row(EMPTY, text(left), text(right)) for left, right in ("ab", "12", "34")]
        twice = shifted[2].replace("<table:table-row ", '<table:table-row table:number-rows-repeated="2" ')
        content = ods({"one": gap + shifted[0] + gap + shifted[1] + twice + REST})
    else:
        lines = {2: "ab", 5: "12", 6: "34", 7: "34"}
        content = xls({"one": {(at, 1 + column): line[column] for at, line in lines.items() for column in (0, 1)}})
    table = open_table(written(tmp_path, content))
    assert (table.header_row, [row.number for row in table.rows]) == (3, [6, 7, 8])
    assert table.headers == ["Column A", "a", "b"]
    for _ in "again":
        assert [list(row.cells.values()) for row in table.rows] == [["", "1", "2"], ["", "3", "4"], ["", "3", "4"]]


def locked_xls() -> bytes:
    return xls({"one": SPREAD}, before=struct.pack("<HHHHH", 0x2F, 6, 1, 1, 1))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (ods({"one": HEAD + BODY}, **{"META-INF/manifest.xml": LOCKED}), "protected by a password"),
        (ods({"one": HEAD + BODY}, **{"encrypted-package": b"x"}), "protected by a password"),
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "protected by a password"),
        (locked_xls(), "protected by a password"),
        (ods({"one": HEAD}, mimetype=b"application/vnd.oasis.opendocument.text"), "not a spreadsheet"),
        (compound({"WordDocument": b"x"}), "cannot be read"),
        (xls({"one": SPREAD})[:1800], "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cannot be read"),
        (ods({"one": HEAD + BODY})[:500], "damaged or cut off"),
        (ods({"one": HEAD + BODY + "<broken"}), "damaged or cut off"),
        (ods({"one": ""}), "No sheet of this workbook contains a table"),
        (ods({}), "No sheet of this workbook contains a table"),
        (ods({"one": HEAD}), "No sheet of this workbook contains a table"),
        (xls({"one": {}}), "No sheet of this workbook contains a table"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        open_table(written(tmp_path, content, "a.xlsx"))


REPEATED = text("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (ods({"one": HEAD + row(REPEATED, more='table:number-rows-repeated="1048576"')}), "too large"),
        (ods({"one": HEAD + row(REPEATED, more='table:number-rows-repeated="500"')}), "too large"),
        (
            ods({"one": HEAD + BODY.replace("row ", 'row table:number-rows-repeated="3000"')}),
            "more than 2000 rows",
        ),
        (ods({"one": HEAD + BODY * 3000}), "more than 2000 rows"),
        (ods({"one": HEAD + row(text("A" * 5_000_000))}), "millions of characters"),
        (xls({str(at): {**SPREAD, (65535, 255): "x"} for at in range(6)}), "too large"),
    ],
)
def test_a_workbook_that_unfolds_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    """The last: a sheet as large as its last cell says, six times, in a few kilobytes."""
    assert len(content) < 40_000
    with pytest.raises(Unreadable, match=sentence):
        open_table(written(tmp_path, content), limits=Limits(sheet_rows=2000, memory=400 * 1024 * 1024))


def test_a_reader_that_does_not_end_is_ended(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="too large"):
        open_table(written(tmp_path, ods({"one": HEAD + BODY})), limits=Limits(seconds=0))


def test_too_many_columns_are_said(tmp_path: Path) -> None:
    many = text("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="300"')
    (read,) = open_table(written(tmp_path, ods({"one": HEAD + row(many)}))).rows
    assert [problem.code for problem in read.problems] == ["too_many_cells"]
