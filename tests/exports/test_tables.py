"""Cells, formulas, the cost of long lists, headers."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from engagement.core.exports import base
from engagement.core.exports.columns import bare, plain, text
from engagement.core.formula_guard import guarded, unguarded
from tests import makers as make
from tests.exports.reading import body, csv_rows, fetch, json_rows, xlsx_rows
from tests.people import People, client_of
from tests.queries import count_queries

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠x", "-5 °C", "'=1", "''@x",
    "\u200b=1", "\ufeff@x",
]  # fmt: skip


@pytest.mark.parametrize("cell", FORMULAS)
def test_formulas_are_guarded_and_come_back(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", " ", "a=b", "1-1", "2025-05-08", "'tis", "'", "mail@example.org"])
def test_other_text_stays(cell: str) -> None:
    assert guarded(cell) == cell and unguarded(cell) == cell


def test_values_as_text() -> None:
    noon = dt.datetime(2025, 5, 8, 14, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert [text(value) for value in (None, True, False, 0, -3, ["a", "b"], dt.date(2025, 5, 8))] == [
        *("", "true", "false", "0", "-3", "a; b", "2025-05-08"),
    ]
    assert (text(noon), text(dt.time(9, 5)), text(["=a"])) == ("2025-05-08T12:00:00Z", "09:05", "=a")
    assert [bare(value) for value in (["=a"], -3, -2.5, dt.date(2025, 5, 8))] == ["'=a", "-3", "-2.5", "2025-05-08"]
    assert plain([1, None]) == [1, None]


def test_no_formula_reaches_a_spreadsheet(people: People) -> None:
    title = '=HYPERLINK("https://example.org";"x")'
    make.make_public(title, venue="+32", counterparts=[make.make_organization("@all")])
    visitor = Client()
    asked = (csv_rows(fetch(visitor, "/meetings.csv")), "'"), (xlsx_rows(fetch(visitor, "/meetings.xlsx")), "")
    for rows, guard in asked:  # a workbook says that it is text
        assert {row["title"] for row in rows} == {guard + title}
        assert {row["venue"] for row in rows} == {f"{guard}+32"}
        assert f"{guard}@all" in {row["organization"] for row in rows}
    assert b"<f>" not in _sheet(fetch(visitor, "/meetings.xlsx"))
    assert json_rows(fetch(visitor, "/meetings.json"))[0]["title"] == title


def _sheet(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_cells_of_every_kind_come_back(people: People) -> None:
    title = 'Ελλάδα "quoted", new\nline; \x07'
    make.make_public(title, starts_on=dt.date(2025, 5, 8), country="BE", summary="x" * 40_000)
    raw = fetch(Client(), "/meetings.csv")
    assert raw.startswith(b"\xef\xbb\xbfreference,title,") and b"\r\n" in raw
    row = csv_rows(raw)[0]
    assert (row["title"], row["starts_on"], row["country"]) == (title, "2025-05-08", "BE")
    sheet = xlsx_rows(fetch(Client(), "/meetings.xlsx"))[0]
    assert sheet["starts_on"].date() == dt.date(2025, 5, 8)
    assert len(sheet["summary"]) == 32_767
    assert json_rows(fetch(Client(), "/meetings.json"))[0]["title"] == title


def test_a_chunk_costs_the_same_whatever_its_length(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "CHUNK", 4)
    paths = [f"/meetings.{extension}" for extension in ("csv", "xlsx", "json", "atom", "ics")]

    def queries() -> dict[str, int]:
        return {path: len(count_queries(lambda path=path: body(Client().get(path)))) for path in paths}

    def grow(number: int) -> None:
        for _one in range(number):
            make.make_public()

    grow(1)
    one = queries()
    grow(3)
    assert queries() == one, "four rows are one chunk, as one row is"
    grow(4)
    two = queries()
    chunk = {path: two[path] - one[path] for path in paths}
    grow(4)
    assert {path: number - two[path] for path, number in queries().items()} == chunk, "each chunk costs the same"
    assert max(chunk.values()) <= 16, "what rows show, and one for the history of each kind of part"


def test_tables_leave_as_they_are_made(people: People) -> None:
    make.make_public()
    for extension in ("csv", "json", "atom", "ics", "xlsx"):
        assert Client().get(f"/meetings.{extension}").streaming, extension


@pytest.mark.parametrize(
    ("extension", "content_type", "disposition"),
    [
        ("csv", "text/csv; charset=utf-8; header=present", "attachment"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
        ("ics", "text/calendar; charset=utf-8", "attachment"),
        ("json", "application/json", "inline"),
        ("atom", "application/atom+xml; charset=utf-8", "inline"),
    ],
)
def test_headers(people: People, extension: str, content_type: str, disposition: str) -> None:
    for user in (people.visitor, people.manager):
        client: Any = client_of(user)
        for method in (client.get, client.head):
            response = method(f"/meetings.{extension}")
            assert response.status_code == 200
            assert response["Content-Type"] == content_type
            assert response["Content-Disposition"].startswith(f'{disposition}; filename="meetings-')
            caching = response["Cache-Control"]
            assert ("private" in caching) == user.is_authenticated, caching
            assert "public" not in caching and "max-age" not in caching
            assert "Cookie" in response["Vary"]
        assert body(client.head(f"/meetings.{extension}")) == b""
