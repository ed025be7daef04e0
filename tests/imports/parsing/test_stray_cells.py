"""Tables as people keep them: dates still to come, lines of totals, notes below. The rest is read, nothing is lost."""

from pathlib import Path
from typing import Any

import pytest

from engagement.imports import actions
from engagement.imports.layouts.guess import guess
from engagement.imports.models import ImportRow
from engagement.imports.parsing.meetings import read_meetings
from engagement.imports.parsing.organizations import read_organizations
from engagement.imports.parsing.summary_rows import kind_of_line
from tests.imports.files import outcomes, previewed
from tests.imports.sources.files import table_of

ROWS = ["Cabinet A,2022-01-27,Acme,Health", "Cabinet B,2022-01-27,Beta,Trade", "Cabinet C,2022-01-27,Gamma,Jobs"]
HEADINGS = "Minister,Date,Organisation,Subject"
STRAYS = {
    "to be confirmed": ([*ROWS, "Cabinet D,TBC,Delta,Work"], ["", "", "", "no_date"]),
    "in words": ([*ROWS, "Cabinet D,à confirmer,Delta,Work"], ["", "", "", "no_date"]),
    "only one date": (["Cabinet A,2022-01-27,Acme,Health", "Cabinet D,TBC,Delta,Work"], ["", "no_date"]),
    "hardly any date": (
        ["A,soon,Acme,H", "B,later,Beta,T", "C,in spring,Gamma,J", ROWS[0]],
        ["date_unknown"] * 3 + [""],
    ),
    "totals below": ([*ROWS, "Total,,3,"], ["", "", "", "totals"]),
    "totals in the date": ([*ROWS, ",Total: 3 meetings,,"], ["", "", "", "totals"]),
    "totals in words": ([*ROWS, "Total,,3 meetings,"], ["", "", "", "totals"]),
    "a sum in the date": ([*ROWS, "Total,25,,"], ["", "", "", "totals"]),
    "totals above": (["Summe,,3,", *ROWS], ["totals", "", "", ""]),
    "totals between": ([ROWS[0], ",,,", "Sous-total,,1,", "", *ROWS[1:]], ["", "totals", "", ""]),
    "a note below": ([*ROWS, "", "Source: Cabinet Office; hospitality is excluded,,,"], ["", "", "", "note"]),
}


@pytest.mark.parametrize("lines,codes", STRAYS.values(), ids=STRAYS)
def test_strays_are_told_beside_their_row(tmp_path: Path, lines: list[str], codes: list[str]) -> None:
    table = table_of(tmp_path, "\n".join([HEADINGS, *lines]))
    guessed = guess(table)
    assert guessed.columns[1].target == "date" and not guessed.missing and guessed.spec is not None
    readings = list(read_meetings(table, guessed.spec))
    assert ["".join(problem.code for problem in one.problems) for one in readings] == codes
    assert [str(one.on or "") for one in readings] == ["" if code else "2022-01-27" for code in codes]
    assert [one.is_remark for one in readings] == [code in ("totals", "note") for code in codes]


def test_values_take_nothing_from_a_heading_that_says_so_when_another_fits_better(tmp_path: Path) -> None:
    table = table_of(
        tmp_path, f"Date,Meeting date,{HEADINGS.replace(',Date', '')}\nx,2022-01-27,A,B,C\ny,2022-01-28,D,E,F\n"
    )
    assert [one.target for one in guess(table).columns[:2]] == ["ignored", "date"]


@pytest.mark.parametrize(
    "heading",
    [
        "DATE", "Date (dd/mm/yyyy)", "Date of the meeting", "Meeting date", "Date de la réunion", "Datum", "Tag",
        "Fecha", "Fecha de la reunión", "Data", "Data dell’incontro", "Data da reunião", "Data spotkania", "Dato",
        "Mötesdatum", "Päivämäärä", "Kuupäev", "Datums", "Datum schůzky", "Ημερομηνία",
    ],
)  # fmt: skip
def test_the_day_is_found_in_many_languages(tmp_path: Path, heading: str) -> None:
    lines = [f"Minister\t{heading}\tOrganisation", "A\t2022-01-27\tAcme", "B\tTBC\tBeta", "C\t?\tGamma"]
    guessed = guess(table_of(tmp_path, "\n".join(lines)))
    assert [one.target for one in guessed.columns] == ["host", "date", "counterparts"]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["Total", "", "25"], "totals"),
        (["", "TOTAL GÉNÉRAL : 1 234", ""], "totals"),
        (["Gesamt: 3 Treffen"], "totals"),
        (["Total number of meetings", "12"], "totals"),
        (["Σύνολο", "4"], "totals"),
        (["Итого", "5 %"], "totals"),
        (["Összesen", "1.000,50 €"], "totals"),
        (["Total", "4 meetings"], "totals"),
        (["Total", "4 meetings", "12 organisations", "3,5 hours"], "totals"),
        (["Grand total", "4 meetings"], "totals"),
        (["TOTAL GENERAL", "12 réunions"], "totals"),
        (["Totaux :", "4", "12 personnes"], "totals"),
        (["4 meetings in total"], "totals"),
        (["Au total : 4 rendez-vous"], "totals"),
        (["Summe", "4 Treffen"], "totals"),
        (["Gesamt", "", "4 Sitzungen mit 3 Organisationen"], "totals"),
        (["Insgesamt 4 Gespräche"], "totals"),
        (["Gesamtergebnis", "4"], "totals"),
        (["Sum", "(4)"], "totals"),
        (["Sub-total for January 2022", "2 meetings"], "totals"),
        (["Somme mai", "2"], "totals"),
        (["Number of meetings", "4"], "totals"),
        (["Nombre de réunions : 4"], "totals"),
        (["Anzahl der Treffen", "4"], "totals"),
        (["Total", "4 meetings", "Energy"], ""),
        (["Total", "4 Main Street"], ""),
        (["Meetings", "4"], ""),
        (["4 meetings"], "note"),
        (["Number 10", "4"], ""),
        (["Count Dracula", "4"], ""),
        (["Total", "Minister", "Energy"], ""),
        (["TotalEnergies", "12"], ""),
        (["Total SE", "12"], ""),
        (["TotalEnergies"], "note"),
    ],
)
def test_lines_that_are_no_records(cells: list[str], kind: str) -> None:
    assert kind_of_line(cells) == kind


def test_a_line_of_totals_is_nobody_s_host(tmp_path: Path) -> None:
    """Blank cells take what stands above them, but not from there."""
    lines = ["A,2022-01-27,Acme,H", ",2022-01-28,Beta,T", "Total,,2,", ",2022-01-29,Gamma,J"]
    table = table_of(tmp_path, "\n".join([HEADINGS, *lines]))
    spec = guess(table).spec
    assert spec is not None and spec.of("host")[0].carry_down
    hosts = [[host.name for host in one.hosts] for one in read_meetings(table, spec)]
    assert hosts == [["A"], ["A"], [], ["A"]]


def test_a_sum_is_no_organization(tmp_path: Path) -> None:
    lines = ["Name,Country,Employees", "Acme,FR,12", "Total,FR,300", "Total: 2,,312", "Total,,"]
    table = table_of(tmp_path, "\n".join(lines))
    spec = guess(table, "organizations").spec
    assert spec is not None
    found = [(one.name, one.is_remark) for one in read_organizations(table, spec)]
    assert found == [("Acme", False), ("Total", False), ("", True), ("Total", False)]


def test_they_are_left_out_by_name_and_the_rest_is_taken(importer: Any) -> None:
    record = previewed(
        ["Cabinet A,2022-01-27,Kay,,Talk,", "Cabinet A,TBC,Lee,,Talk,", "Total,,2,,,", "Source: the registry,,,,,"],
        importer,
    )
    assert outcomes(record) == ["new", "error", "skipped", "skipped"]
    assert record.rows.all()[1].sentences == ["There is no date: the cell contains “TBC”."]
    totals: ImportRow = record.rows.all()[2]
    assert totals.sentences == ["This is a line of totals, not a record."]
    actions.commit(record, by=importer)
    assert record.counts["meetings"] == 1


@pytest.mark.parametrize("heading", ["Counterpart", "counterparts"])
def test_a_heading_of_ours_is_no_country_though_arm_is_one(tmp_path: Path, heading: str) -> None:
    table = table_of(tmp_path, f"Date,Title,Host,{heading}\n2025-05-08,Second,EMA,ARM\n2025-06-08,Third,EMA,ARM\n")
    spec = guess(table).spec
    assert spec is not None and [column.headers[0] for column in spec.of("counterparts")] == [heading]
    assert not spec.of("country")


def test_what_is_still_to_be_confirmed_is_no_date(importer: Any) -> None:
    record = previewed(["Cabinet A,To be confirmed,Lee,,Talk,"], importer)
    assert record.rows.get().sentences == ["There is no date: the cell contains “To be confirmed”."]
