"""Lines that are no meetings: nil returns, notes, headings. And rows that go on with those of the row above."""

from pathlib import Path
from typing import Any

import pytest

from engagement.imports import actions
from engagement.imports.layouts.guess import guess
from engagement.imports.models.layouts import spec_of
from engagement.imports.parsing.meetings import read_meetings
from engagement.imports.parsing.summary_rows import is_nil
from tests.imports.files import DIARY, codes, outcomes, previewed
from tests.imports.sources.files import table_of

HEADINGS = "Minister,Date,Name of organisation,Purpose of meeting"
FIRST = "Jane Example,2023-07-03,Aaa Ltd,Growth"
HOST = {"host": "Department for Examples"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nil Return", True),
        ("Nil return ", True),
        ("Nil return all other ministers", True),
        ("NIL", True),
        ("None in this period", True),
        ("No external meetings were held", True),
        ("No meetings", True),
        ("Nothing to declare", True),
        ("Néant", True),
        ("Aucune rencontre", True),
        ("Fehlanzeige", True),
        ("Keine Termine im Berichtszeitraum", True),
        ("There were no meetings in this period", True),
        ("The Minister held no meetings", True),
        ("Nil – on maternity leave", True),
        ("No meetings – recess", True),
        ("Ninguna reunión", True),
        ("Sem reuniões", True),
        ("Nada a declarar", True),
        ("Nihil", True),
        ("Nil Group Ltd", False),
        ("None of the above Ltd", False),
        ("Minister held no views on steel", False),
        ("Nilfisk", False),
        ("No 10 Policy Unit", False),
        ("Nonesuch Records", False),
        ("No meeting room was free, so we met outside", False),
        ("", False),
    ],
)
def test_what_says_that_there_was_nothing(text: str, said: bool) -> None:
    assert is_nil(text) is said


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Sam Sample,Nil Return,,", "nil"),
        ("Sam Sample,Nil return ,Nil return ,Nil return", "nil"),
        ("Sam Sample,2023-07-03,Nil return,-", "nil"),
        ("Sam Sample,,,None in this period", "nil"),
        ("Nil return all other ministers,,,", "nil"),
        ("Sam Sample,N/A,N/A,N/A", "nil"),
        ("Sam Sample,-,-,-", "nil"),
        ("Sam Sample,TBC,TBC,TBC", "no_date"),
        ("Sam Sample,2023-07-03,Nilfisk,Nil return", ""),
        ("Sam Sample,2023-07-03,,Nil return on tax", "nil"),
        ("Sam Sample,2023-07-03,Fehlanzeige,Quarterly", "nil"),
        ("Sam Sample,Nil Return,Registrant Ltd,active", "nil"),
        ("Sam Sample,2023-07-03,None,Nilfisk came", "no_counterpart"),
        (HEADINGS, "heading"),
        ('"This return includes all meetings, except those with family",,,', "note"),
        ("Note: gifts are excluded,see above,,", "note"),
        ("* by telephone,,,yes", "note"),
    ],
)
def test_lines_are_what_they_are(tmp_path: Path, line: str, code: str) -> None:
    table = table_of(tmp_path, "\n".join([HEADINGS, FIRST, line]))
    guessed = guess(table_of(tmp_path, "\n".join([HEADINGS, FIRST, FIRST]), "other.csv"))
    spec = spec_of({**guessed.data, "constants": HOST})
    _first, found = read_meetings(table, spec)
    assert ["".join(one.code for one in found.problems), found.is_remark] == [code, code in ("nil", "note", "heading")]


def test_they_are_counted_apart(importer: Any) -> None:
    lines = ["Cabinet A,Nil return,,,,", "Cabinet A,2022-01-27,Zeta,,Talk,", "Note: see above,,,,,"]
    found = previewed(lines, importer)
    assert (outcomes(found), found.counts.get("rows_error", 0)) == (["skipped", "new", "skipped"], 0)
    assert (found.counts["told_nil"], found.counts["told_notes"]) == (1, 1)


# Rows that go on ----------------------------------------------------------------------------------------

ROUND_TABLE = [FIRST, ",,Bbb plc,", ",,Ccc Federation,", ",2023-07-04,Ddd,Talk"]


def test_rows_that_go_on_are_offered_and_belong_to_the_row_above(tmp_path: Path) -> None:
    table = table_of(tmp_path, "\n".join([HEADINGS, *ROUND_TABLE]))
    guessed = guess(table)
    assert guessed.data["rows_go_on"] is True
    found = list(read_meetings(table, spec_of({**guessed.data, "constants": HOST})))
    assert [one.part_of for one in found] == [0, 2, 2, 0]
    assert [one.name for one in found[0].counterparts] == ["Aaa Ltd", "Bbb plc", "Ccc Federation"]
    assert [len(one.counterparts) for one in found] == [3, 0, 0, 1]


@pytest.mark.parametrize(("again", "goes_on"), [("Jo", True), ("JO", True), ("Al", False)])
def test_a_row_goes_on_where_only_the_host_stands_there_again(tmp_path: Path, again: str, goes_on: bool) -> None:
    table = table_of(tmp_path, f"Minister,Date,Organisation,Purpose\nJo,2023-07-03,Aaa Ltd,Talk\n{again},,Bbb plc,\n")
    first, second = read_meetings(table, spec_of({**guess(table).data, "rows_go_on": True, "constants": HOST}))
    assert (second.part_of == first.number, len(first.counterparts)) == (goes_on, 2 if goes_on else 1)


def test_no_row_goes_on_where_none_looks_so(tmp_path: Path) -> None:
    assert "rows_go_on" not in guess(table_of(tmp_path, "\n".join([HEADINGS, FIRST, "A,2023-07-04,Ddd,Talk"]))).data


def test_a_round_table_is_one_meeting_and_comes_back_the_same(importer: Any) -> None:
    spec = {**DIARY, "rows_go_on": True}
    lines = ["Cabinet A,2022-01-27,,,Growth,", *(f",,Org {number},,," for number in range(24))]
    found = previewed(lines, importer, spec)
    assert (found.counts["meetings"], found.counts["parties"]) == (1, 25)
    assert set(outcomes(found)) == {"new"} and codes(found)[1] == "joined"
    actions.commit(found, by=importer)
    assert set(outcomes(previewed(lines, importer, spec))) == {"same"}


# Equal rows of one month --------------------------------------------------------------------------------


def test_equal_rows_of_one_month_are_asked_about_once(client: Any, importer: Any) -> None:
    spec = {**DIARY, "date_forms": ["month_year"]}
    lines = ["Cabinet A,Jan 2022,Zeta,,Talk,"] * 3
    found = previewed(lines, importer, spec)
    assert codes(found) == ["", "repeated", "repeated"]
    sent = {"row": ["2", "3", "4"], "q3-0-choice": "new", "q3-0-everywhere": "on"}
    client.post(f"/imports/{found.pk}/decide/", sent)
    found.refresh_from_db()
    assert (outcomes(found), found.counts["meetings"]) == (["new"] * 3, 3)
    client.post(f"/imports/{found.pk}/commit/", {"digest": found.digest})
    assert outcomes(previewed(lines, importer, spec)) == ["same"] * 3


def test_the_order_of_day_and_month_is_read_from_the_days(tmp_path: Path) -> None:
    lines = [f"M,0{day}/07/2023,Org {day},Talk" for day in (3, 4, 5, 6)]
    assert guess(table_of(tmp_path, "\n".join([HEADINGS, *lines]))).spec.of("date")[0].date_forms == ("dmy",)  # type: ignore[union-attr]
    two = ["M,03/08/2023,Org,Talk", "M,04/09/2023,Org,Talk"]
    table = table_of(tmp_path, "\n".join([HEADINGS, *two]), "Q3 2023.csv")
    assert guess(table).spec.of("date")[0].date_forms == ("dmy",)  # type: ignore[union-attr]


GOING_ON = {
    "two more": (["Jane,2023-07-03,Aaa,Talk", ",,Bbb,", ",,Ccc,"], [["Aaa", "Bbb", "Ccc"]]),
    "the host again": (["Jane,2023-07-03,Aaa,Talk", "Jane,,Bbb,"], [["Aaa", "Bbb"]]),
    "another host": (["Jane,2023-07-03,Aaa,Talk", "Sam,,Bbb,"], [["Aaa"], ["Bbb"]]),
    "another subject": (["Jane,2023-07-03,Aaa,Talk", ",,Bbb,Ports"], [["Aaa"], ["Bbb"]]),
    "another day": (["Jane,2023-07-03,Aaa,Talk", ",2023-07-04,Bbb,"], [["Aaa"], ["Bbb"]]),
    "several in a cell": (["Jane,2023-07-03,Aaa,Talk", ",,Bbb; Ccc,"], [["Aaa", "Bbb", "Ccc"]]),
    "nobody in the first": (["Jane,2023-07-03,,Talk", ",,Bbb,", ",,Ccc,"], [["Bbb", "Ccc"]]),
    "the same again": (["Jane,2023-07-03,Aaa,Talk", ",,Aaa,"], [["Aaa", "Aaa"]]),
    "behind a nil return": (["Jane,2023-07-03,Aaa,Talk", "Sam,Nil return,,", ",,Bbb,"], [["Aaa"], [], []]),
    "at the very beginning": ([",,Bbb,", "Jane,2023-07-03,Aaa,Talk"], [[], ["Aaa"]]),
    "two tables": (
        ["Jane,2023-07-03,Aaa,Talk", ",,Bbb,", "Jane,2023-07-05,Ccc,Ports", ",,Ddd,"],
        [["Aaa", "Bbb"], ["Ccc", "Ddd"]],
    ),
}


@pytest.mark.parametrize(("lines", "met"), GOING_ON.values(), ids=GOING_ON)
def test_whose_row_goes_on(tmp_path: Path, lines: list[str], met: list[list[str]]) -> None:
    table = table_of(tmp_path, "\n".join([HEADINGS, *lines]), "2023.csv")
    data = {**guess(table_of(tmp_path, f"{HEADINGS}\n{FIRST}\nSam,2023-07-04,Bbb; Ccc,Ports\n", "x.csv")).data}
    spec = spec_of({**data, "rows_go_on": True, "constants": HOST}, "meetings")
    found = [row for row in read_meetings(table, spec, "2023.csv") if not row.part_of]
    assert [[one.name for one in row.counterparts] for row in found] == met
