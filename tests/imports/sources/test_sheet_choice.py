"""Which sheets of a workbook are read: meetings, not the gifts before them; all sheets with the same headings."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from engagement.imports.sources.bundle import ROWS_OF_A_FILE, open_files
from engagement.imports.sources.open import open_table
from tests.imports.sources.files import written
from tests.imports.sources.workbooks import ods, row, text

HEAD = ["Minister", "Date", "Name of organisation", "Purpose of meeting"]
ROW = ["Jo Roe", "2024-04-03", "Aaa Ltd", "Growth"]
GIFTS = [["Minister", "Date", "Gift", "Given or received"], ["Nil Return"] * 4]
TRAVEL = [["Minister", "Date(s) of trip", "Destination", "Purpose of trip"], ["Jo Roe", "2024-04-03", "Rome", "Talks"]]
NOTES = [["Gifts", "What is given"], ["Meetings", "With whom"]]


def book(sheets: dict[str, list[list[str]]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        page = workbook.create_sheet(title)
        for cells in rows:
            page.append(cells)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


CHOICES = {
    "the only one": ({"Sheet1": [HEAD, ROW]}, ["Sheet1"]),
    "gifts first": ({"Gifts": GIFTS, "Meetings": [HEAD, ROW]}, ["Meetings"]),
    "notes first": ({"Notes": NOTES, "Q1": [HEAD, ROW]}, ["Q1"]),
    "by its title": ({"Data": [HEAD[:3], ROW[:3]], "Meetings": [HEAD, ROW]}, ["Meetings"]),
    "travel and gifts alone": ({"Gifts": GIFTS, "Travel": TRAVEL}, ["Gifts"]),
    "a sheet each month": ({"April": [HEAD, ROW], "May": [HEAD, ROW], "Lists": NOTES}, ["April", "May"]),
    "a sheet each minister": ({"Roe": [["Returns"], [], HEAD, ROW], "Doe": [HEAD, ROW]}, ["Roe", "Doe"]),
    "one of them empty": ({"April": [HEAD, ROW], "May": [HEAD]}, ["April"]),
    "other headings": ({"April": [HEAD, ROW], "May": [HEAD[:3], ROW[:3]]}, ["April"]),
    "headings in another case": ({"April": [HEAD, ROW], "May": [[one.upper() for one in HEAD], ROW]}, ["April", "May"]),
    "guidance with the same headings": ({"Guidance": [HEAD, ROW], "May": [HEAD, ROW]}, ["May"]),
}


@pytest.mark.parametrize(("sheets", "read"), CHOICES.values(), ids=CHOICES)
def test_which_sheets_are_read(tmp_path: Path, sheets: dict[str, list[list[str]]], read: list[str]) -> None:
    files = open_files(written(tmp_path, book(sheets), "book.xlsx"), "book.xlsx")
    assert [table.sheet for table in files.tables] == read


def test_each_sheet_keeps_its_name_and_its_rows(tmp_path: Path) -> None:
    files = open_files(written(tmp_path, book({"April": [HEAD, ROW], "May": [HEAD, ROW]}), "b.xlsx"), "b.xlsx")
    assert [member.name for member in files.members] == ["b.xlsx – April", "b.xlsx – May"]
    assert [member.start for member in files.members] == [ROWS_OF_A_FILE, 2 * ROWS_OF_A_FILE]


def test_a_layout_that_names_a_sheet_reads_that_one(tmp_path: Path) -> None:
    path = written(tmp_path, book({"April": [HEAD, ROW], "May": [HEAD, ROW]}), "b.xlsx")
    assert [table.sheet for table in open_files(path, "b.xlsx", sheet="May").tables] == ["May"]


def test_a_document_of_libreoffice_is_chosen_from_likewise(tmp_path: Path) -> None:
    rows = {"Gifts": GIFTS, "Meetings": [HEAD, ROW], "Meetings Q2": [HEAD, ROW]}
    sheets = {title: "".join(row(*map(text, cells)) for cells in lines) for title, lines in rows.items()}
    table = open_table(written(tmp_path, ods(sheets), "a.ods"))
    assert (table.sheet, table.alike) == ("Meetings", ["Meetings", "Meetings Q2"])
