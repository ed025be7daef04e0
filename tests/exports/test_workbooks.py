"""Workbooks that leave line by line are workbooks all the same."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from engagement.core.exports.formats import xlsx
from engagement.core.exports.formats.xlsx import workbook

HEADS = ["name", "number", "day", "is_public"]
LINE = ["One & <two>", 3, dt.date(2025, 5, 8), True]


def sheets(content: bytes) -> list[list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(content))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def made(lines: list[list[Any]]) -> list[list[tuple[Any, ...]]]:
    return sheets(b"".join(workbook(HEADS, lines)))


def test_cells_of_every_kind() -> None:
    moment = dt.datetime(2025, 5, 8, 12, tzinfo=dt.UTC)
    lines = [LINE, [" spaced ", 2.5, None, False], ["", moment, dt.date(1900, 1, 1), ["a", "b"]]]
    assert made(lines) == [
        [
            tuple(HEADS),
            ("One & <two>", 3, dt.datetime(2025, 5, 8), True),
            (" spaced ", 2.5, None, False),
            (None, "2025-05-08T12:00:00Z", "1900-01-01", "a; b"),
        ]
    ]


@pytest.mark.parametrize("said", ["\x07bell", "_x0041_ is no A", "tab\tand\nline", "Ελλάδα 🧬", "]]>", "\ufffe"])
def test_any_text_comes_back(said: str) -> None:
    content = b"".join(workbook(["text"], [[f"say {said}"]]))
    assert unescape(sheets(content)[0][1][0]) == f"say {said}"


def test_nothing_to_say_is_a_workbook_with_names() -> None:
    assert made([]) == [[tuple(HEADS)]]


@pytest.mark.parametrize(("number", "parts"), [(3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_a_full_sheet_is_followed_by_another(monkeypatch: pytest.MonkeyPatch, number: int, parts: list[int]) -> None:
    monkeypatch.setattr(xlsx, "LAST_LINE", 3)
    found = made([[f"line {place}", place, None, None] for place in range(number)])
    assert [len(rows) - 1 for rows in found] == parts
    assert [row[1] for rows in found for row in rows[1:]] == list(range(number))
    assert {rows[0] for rows in found} == {tuple(HEADS)}


def test_it_leaves_while_lines_are_still_to_come() -> None:
    asked: list[int] = []

    def lines() -> Iterator[list[Any]]:
        for number in range(5_000):
            asked.append(number)
            yield LINE

    portions = workbook(HEADS, lines())
    first = next(portions)
    assert first.startswith(b"PK") and len(asked) <= xlsx.PORTION + 1
    rest = list(portions)
    assert len(asked) == 5_000 and len(rest) >= 5_000 // xlsx.PORTION
    assert len(sheets(first + b"".join(rest))[0]) == 5_001
