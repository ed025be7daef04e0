"""Rows to readings: each cell to where the layout sends it, each doubt with a sentence."""

import datetime as dt
from pathlib import Path

import pytest

from engagement.imports.parsing.meetings import read_meetings
from engagement.imports.parsing.organizations import read_organizations
from engagement.imports.sources.open import Unreadable
from tests.imports.sources.files import column, spec_of, table_of

BASIC = [column("date", "Date"), column("host", "Minister"), column("counterparts", "Who", separators=[";"])]


def meetings(folder: Path, content: str, columns=(), *, name: str = "file.csv", **said):
    spec = spec_of(noun="meetings", columns=[*BASIC, *columns], **said)
    return list(read_meetings(table_of(folder, content, name), spec, name))


def codes(reading):
    return [(problem.code, problem.column, problem.is_error) for problem in reading.problems]


def test_every_target(tmp_path: Path) -> None:
    (reading,) = meetings(
        tmp_path,
        "Date,Minister,Who,Functions,Portfolio,Subject,Where,From,URL,No,Themes\n"
        '2022-01-27,The Minister,"A, B; C",Director;Adviser,Health," First line\r\nsecond ",'
        '"Paris, France",14:30-15:00,example.org/1,M-1,Health|Trade\n',
        [
            column("representatives", "Functions", separators=[";"]),
            column("portfolio", "Portfolio"),
            column("purpose", "Subject"),
            column("place", "Where"),
            column("time", "From"),
            column("source_url", "URL"),
            column("source_id", "No"),
            column("themes", "Themes", separators=["|"]),
        ],
        time_zone="Europe/Paris",
    )
    assert not reading.problems and reading.number == 2
    assert (reading.on, reading.start_time, reading.end_time) == (dt.date(2022, 1, 27), dt.time(14, 30), dt.time(15))
    assert [one.name for one in reading.hosts] == ["The Minister"]
    assert [one.name for one in reading.counterparts] == ["A, B", "C"]
    assert reading.representatives == ["Director", "Adviser"]
    assert (reading.title, reading.purpose) == ("First line", " First line\nsecond ")
    assert (reading.place, reading.city, reading.country, reading.mode) == ("Paris, France", "Paris", "FR", "in_person")
    assert (reading.source_url, reading.source_id) == ("https://example.org/1", "M-1")
    assert (reading.themes, reading.portfolio, reading.time_zone) == (["Health", "Trade"], "Health", "Europe/Paris")


def test_blank_cells_take_what_stands_above(tmp_path: Path) -> None:
    content = "Date,Minister,Who\n2022-01-27,Minister A,X\n2022-01-28,,Y\n2022-01-29,Minister B,Z\n"
    columns = [BASIC[0], column("host", "Minister", carry_down=True), BASIC[2]]
    spec = spec_of(noun="meetings", columns=columns)
    found = list(read_meetings(table_of(tmp_path, content), spec))
    assert [one.hosts[0].name for one in found] == ["Minister A", "Minister A", "Minister B"]
    assert found[1].cells["Minister"] == ""


def test_constants_stand_in_for_columns(tmp_path: Path) -> None:
    spec = spec_of(
        noun="meetings",
        columns=[BASIC[0], BASIC[2]],
        constants={"host": "The Agency", "country": "NL", "mode": "online"},
    )
    (reading,) = read_meetings(table_of(tmp_path, "Date,Who\n2022-01-27,X\n"), spec)
    assert (reading.hosts[0].name, reading.country, reading.mode) == ("The Agency", "NL", "online")


def test_months_with_the_year_in_the_file_name(tmp_path: Path) -> None:
    content = "Date,Minister,Who\nOctober,M,X\n"
    (reading,) = meetings(
        tmp_path, content, date_forms=["month"], file_name_dates=True, name="meetings-oct-to-dec-2012.csv"
    )
    assert (reading.on, reading.month_only) == (dt.date(2012, 10, 1), True)
    (reading,) = meetings(tmp_path, content, date_forms=["month"], file_name_dates=True, name="meetings.csv")
    assert codes(reading) == [("date_no_year", "Date", True)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",M,X", ("no_date", "Date", True)),
        ("2022-02-30,M,X", ("date_impossible", "Date", True)),
        ("27/01/2022,M,X", ("date_unknown", "Date", True)),
        ("2022-01-27,,X", ("no_host", "Minister", True)),
        ("2022-01-27,M,n/a", ("no_counterpart", "Who", True)),
        ("2022-01-27,M,X,surplus", ("too_many_cells", "", True)),
    ],
)
def test_rows_with_errors(tmp_path: Path, row: str, problem: tuple[str, str, bool]) -> None:
    (reading,) = meetings(tmp_path, f"Date,Minister,Who\n{row}\n")
    assert codes(reading) == [problem] and reading.has_errors and reading.problems[0].sentence


def test_entangled_names_ask_for_a_look(tmp_path: Path) -> None:
    columns = [
        *BASIC[:2],
        column("counterparts", "Who", separators=[","]),
        column("counterpart_numbers", "Ids", separators=[","]),
    ]
    spec = spec_of(noun="meetings", columns=columns, scheme="eu_transparency")
    content = 'Date,Minister,Who,Ids\n2022-01-27,M,"A, Inc.,B","11111-11,22222-22"\n'
    (reading,) = read_meetings(table_of(tmp_path, content), spec)
    assert codes(reading) == [("names_entangled", "Who", False)]
    assert [(one.number, one.published) for one in reading.counterparts] == [
        ("11111-11", "A, Inc.,B"), ("22222-22", "A, Inc.,B"),
    ]  # fmt: skip


def test_words_become_ours_through_the_layout(tmp_path: Path) -> None:
    mode = column("mode", "How", values={"In presenza": "in_person"})
    content = "Date,Minister,Who,How\n2022-01-27,M,X,in PRESENZA\n2022-01-27,M,X,online\n2022-01-27,M,X,somehow\n"
    found = meetings(tmp_path, content, [mode])
    assert [one.mode for one in found] == ["in_person", "online", ""]
    assert codes(found[2]) == [("unknown_mode", "How", False)]


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    columns = [column("date", "Date of meeting", "Date", is_required=True), *BASIC[1:]]
    spec = spec_of(noun="meetings", columns=columns)
    with pytest.raises(Unreadable, match="“Date of meeting / Date”"):
        list(read_meetings(table_of(tmp_path, "When,Minister,Who\n1,2,3\n"), spec))
    with pytest.raises(Unreadable, match="no column “Minister”"):
        list(read_meetings(table_of(tmp_path, "Date,b\n1,2\n"), spec_of(noun="meetings", columns=BASIC)))


def test_a_long_subject_gives_a_title_cut_between_words(tmp_path: Path) -> None:
    subject = "word " * 100
    (reading,) = meetings(
        tmp_path, f"Date,Minister,Who,Subject\n2022-01-27,M,X,{subject}\n", [column("purpose", "Subject")]
    )
    assert reading.purpose == subject and len(reading.title) <= 250 and reading.title.endswith("word…")


def test_organizations(tmp_path: Path) -> None:
    columns = [
        column("name", "Name"), column("acronym", "Short"), column("identifier", "Number"),
        column("identifier_status", "Status", values={"Radiée": "removed"}), column("country", "Land"),
        column("kind", "Type", values={"Verband": "industry_association"}), column("website", "Web"),
        column("other_names", "Also", separators=[";"]),
    ]  # fmt: skip
    spec = spec_of(noun="organizations", columns=columns, scheme="eu_transparency")
    content = (
        "Name,Short,Number,Status,Land,Type,Web,Also\n"
        "Verband für Alles,VFA,11111-11,radiée,Deutschland,Verband,www.vfa.example,Alles;Everything\n"
        ",,,,Atlantis,Club,none yet,\n"
    )
    first, second = read_organizations(table_of(tmp_path, content), spec)
    assert (first.name, first.acronym, first.identifier, first.scheme) == (
        "Verband für Alles", "VFA", "11111-11", "eu_transparency",
    )  # fmt: skip
    assert (first.identifier_status, first.country, first.kind) == ("removed", "DE", "industry_association")
    assert (first.website, first.other_names) == ("https://www.vfa.example", ["Alles", "Everything"])
    assert {code for code, _column, _error in codes(second)} == {
        "no_name",
        "unknown_country",
        "unknown_kind",
        "no_address",
    }
