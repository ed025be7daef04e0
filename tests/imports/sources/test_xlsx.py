"""XLSX: sheets, dates, formulas, row numbers; archives that are not workbooks, damaged ones, bombs."""

import datetime as dt
import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from engagement.imports.sources.open import Limits, Unreadable, open_table
from tests.imports.sources.files import written


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def archive(packed: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def test_values_become_text_as_people_read_them(tmp_path: Path) -> None:
    row = [
        dt.datetime(2022, 1, 27),
        dt.datetime(2022, 1, 27, 14, 30),
        dt.time(9, 5),
        244710319190,
        1.5,
        True,
        None,
        " a\n",
    ]
    path = workbook(tmp_path / "a.xlsx", one=[list("abcdefgh"), row])
    (read,) = open_table(path).rows
    assert list(read.cells.values()) == [
        "2022-01-27", "2022-01-27 14:30", "09:05", "244710319190", "1.5", "True", "", " a\n",
    ]  # fmt: skip


def test_the_sheet_with_the_table_is_found_or_told(tmp_path: Path) -> None:
    rows = [["a", "b"], ["1", "2"]]
    path = workbook(tmp_path / "a.xlsx", Notes=[["only a note"]], Table=rows, Other=[["c", "d"], ["3", "4"]])
    table = open_table(path)
    assert (table.sheet, table.sheets) == ("Table", ["Notes", "Table", "Other"])
    assert open_table(path, sheet="Other").headers == ["c", "d"]
    with pytest.raises(Unreadable, match=r"no sheet “Third”. The sheets are: Notes, Table, Other"):
        open_table(path, sheet="Third")


def test_hidden_sheets_are_not_chosen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("a", "b"):
        book.create_sheet(name).append([name, name + "2"])
        book[name].append(["1", "2"])
    book.remove(book["Sheet"])
    book["a"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert open_table(tmp_path / "a.xlsx").sheet == "b"


def test_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows = [["Made today"], [], ["a", "b"], [], ["1", "2"], [None, None], ["3", "4"]]
    table = open_table(workbook(tmp_path / "a.xlsx", one=rows))
    assert (table.header_row, [row.number for row in table.rows]) == (3, [5, 7])


def test_a_formula_is_what_it_came_to(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write_row(0, 0, ["a", "b"])
    page.write_row(1, 0, ["x"])
    page.write_formula(1, 1, "=1+1", None, 2)
    book.close()
    assert [row.cells for row in open_table(path).rows] == [{"a": "x", "b": "2"}]


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    for content, sentence in [
        (archive(**{"file.csv": b"a,b\n1,2\n"}), "not a workbook"),
        (archive(**{"mimetype": b"x", "content.xml": b"<x/>"}), "OpenDocument"),
        (archive(**{"xl/workbook.xml": b"<broken"}), "cannot be read"),
        (b"PK\x03\x04 and then nothing", "damaged or cut off"),
    ]:
        with pytest.raises(Unreadable, match=sentence):
            open_table(written(tmp_path, content, "a.xlsx"))


def test_a_truncated_workbook(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", one=[["a", "b"], ["1", "2"]]).read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        with pytest.raises(Unreadable):
            open_table(written(tmp_path, whole[: int(len(whole) * share)], "b.xlsx"))


def test_a_bomb_that_says_its_size(tmp_path: Path) -> None:
    content = archive(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 5_000_000})
    with pytest.raises(Unreadable, match="larger than 2 MB"):
        open_table(written(tmp_path, content, "a.xlsx"), limits=Limits(unpacked=2 * 1024 * 1024))


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    content = bytearray(archive(**{"xl/workbook.xml": b"0" * 5_000_000}))
    entry = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, entry + 24, 100)
    with pytest.raises(Unreadable, match="damaged"):
        open_table(written(tmp_path, bytes(content), "a.xlsx"), limits=Limits(unpacked=2 * 1024 * 1024))


def blown_up(path: Path, old: bytes, new: bytes) -> bytes:
    """A small workbook with something in it made enormous."""
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write_column(0, 0, ["a", "STR"])
    book.close()
    with zipfile.ZipFile(path) as parts:
        return archive(**{name: parts.read(name).replace(old, new) for name in parts.namelist()})


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b"STR", b"A" * 34_000_000, "texts of this workbook are larger"),
        (b"STR", b"A" * 5_000_000, "millions of characters"),
        (b"</row>", b"<c><v>1</v></c>" * 1_500_000 + b"</row>", "millions of characters"),
        (b"</sheetData>", b"<row/>" * 600_000 + b"</sheetData>", "more than 500000 rows"),
    ],
)
def test_a_workbook_that_unfolds_is_refused(tmp_path: Path, old: bytes, new: bytes, sentence: str) -> None:
    content = blown_up(tmp_path / "a.xlsx", old, new)
    assert len(content) < 200_000
    with pytest.raises(Unreadable, match=sentence):
        open_table(written(tmp_path, content, "b.xlsx"))


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_workbook_is_packed_as_workbooks_are(tmp_path: Path, packed: int) -> None:
    """Of other methods a megabyte unfolds to gigabytes in one go, whatever was asked for."""
    with zipfile.ZipFile(workbook(tmp_path / "a.xlsx", one=[["a", "b"], ["1", "2"]])) as parts:
        content = archive(packed, **{name: parts.read(name) for name in parts.namelist()})
    with pytest.raises(Unreadable, match="damaged"):
        open_table(written(tmp_path, content, "b.xlsx"))


def test_a_workbook_with_a_password_is_told_apart(tmp_path: Path) -> None:
    content = bytearray(workbook(tmp_path / "a.xlsx", one=[["a", "b"], ["1", "2"]]).read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    with pytest.raises(Unreadable, match="protected by a password"):
        open_table(written(tmp_path, bytes(content), "b.xlsx"))


def test_a_cell_in_the_last_corner_takes_no_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append(["1", "2"])
    book.active["B900000"] = "far down"
    book.save(tmp_path / "a.xlsx")
    rows = list(open_table(tmp_path / "a.xlsx").rows)
    assert [row.number for row in rows] == [2, 900_000]


def test_a_cell_in_the_last_column_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active["XFD1"] = "z"
    book.active.append(["1", "2"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Unreadable, match="more than 200 columns"):
        open_table(tmp_path / "a.xlsx")
