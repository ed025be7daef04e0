"""A layout proposed for a file nobody has seen: said how surely, and why."""

from pathlib import Path

import pytest

from engagement.imports.layouts.guess import guess
from engagement.imports.layouts.guessed import Guess
from engagement.imports.layouts.validation import parse_spec
from engagement.imports.parsing.meetings import read_meetings
from engagement.imports.sources.open import open_table
from tests.imports.sources.files import shipped, table_of
from tests.published import BOTH, Published


def targets(guessed) -> dict[str, str]:
    return {one.header: one.target for one in guessed.columns}


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("Minister,Date,Name of organisation,Purpose of meeting", "our_people date counterparts purpose"),
        ("Ministre;Date de la réunion;Organisme;Objet;Lieu", "our_people date counterparts purpose place"),
        ("Behörde;Datum;Verband;Thema;Ort", "host date counterparts purpose place"),
    ],
)
def test_three_languages(tmp_path: Path, headings: str, expected: str) -> None:
    sign = ";" if ";" in headings else ","
    width = headings.count(sign) + 1
    rows = [
        ["Minister for Health", "27/01/2022", "Acme; Zeta", "To talk about health", "Paris"],
        ["Minister for Trade", "03/02/2022", "Beta", "To talk about trade", "Berlin"],
    ]
    lines = ["\t".join(row[:width]) for row in rows]
    guessed = guess(table_of(tmp_path, "\n".join([headings.replace(sign, "\t"), *lines])))
    assert list(targets(guessed).values()) == expected.split()
    assert set(guessed.missing) == ({"constants.host"} if "our_people" in expected else set())  # posts are no bodies
    spec = parse_spec({**guessed.data, "constants": {"host": "A ministry"}})[0]
    assert spec is not None
    assert spec.of("date")[0].date_forms == ("dmy",)
    assert spec.of("counterparts")[0].separators == (";",)
    assert all(one.confidence and one.reasons for one in guessed.columns)


@pytest.mark.parametrize(("below", "carried"), [("", True), ("Jane Doe, Director", False)])
def test_a_name_that_is_written_again_does_not_fill_what_is_blank(tmp_path: Path, below: str, carried: bool) -> None:
    people = ["Jane Doe, Director", below, "", "John Roe, Director"]
    rows = [f"{at}/10/2026\tAcme {at}\tHealth\t{name}" for at, name in enumerate(people, start=13)]
    guessed = guess(table_of(tmp_path, "\n".join(["Date\tOrganisation\tSubject\tWho attended", *rows])))
    (column,) = [one for one in guessed.data["columns"] if one["target"] == "our_people"]
    assert column.get("carry_down", False) is carried


def test_what_cannot_be_told_is_said(tmp_path: Path) -> None:
    guessed = guess(table_of(tmp_path, "Date,Organisation,Subject\n03/04/2022,X,Health\n05/06/2022,Y,Trade\n"))
    (date,) = [one for one in guessed.columns if one.target == "date"]
    assert date.confidence <= 0.5 and "which number is the day and which is the month" in date.reasons[-1]
    assert any("host" in sentence for sentence in guessed.missing["constants.host"]) and guessed.spec is None


def test_months_without_a_year_need_the_file_name(tmp_path: Path) -> None:
    guessed = guess(table_of(tmp_path, "Month,Minister,Organisation\nOctober,M,X\nNovember,N,Y\n"))
    assert guessed.data["file_name_dates"] is True and guessed.data["columns"][0]["date_forms"] == ["month"]


def test_a_ministry_s_quarterly_list(tmp_path: Path) -> None:
    """As many governments publish: the minister once, months only, a heading of its own kind."""
    table = table_of(
        tmp_path,
        "Ministerial meetings with external organisations\n"
        "Minister,Date of Meeting,Name of External Organisation,Purpose of Meeting\n"
        "Rt Hon A Example,Oct-12,Alpha Ltd,Introductory meeting\n"
        ",Nov-12,Beta Trust; Gamma Union,To discuss growth\n"
        "B Sample,Dec-12,Delta,Round table\n",
        "q4.csv",
    )
    guessed = guess(table)
    assert guessed.spec is None and "host" in str(guessed.missing)  # the ministers are people, not the host
    guessed.data["constants"] = {"host": "Department for Examples"}
    guessed = Guess(guessed.data, guessed.columns, {})
    assert guessed.spec is not None and guessed.spec.of("our_people")[0].carry_down
    found = list(read_meetings(table, guessed.spec))
    assert [(str(one.on), one.month_only, one.our_people[0].name) for one in found] == [
        ("2012-10-01", True, "A Example"),
        ("2012-11-01", True, "A Example"),
        ("2012-12-01", True, "B Sample"),
    ]
    assert [one.name for one in found[1].counterparts] == ["Beta Trust", "Gamma Union"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("published", BOTH)
def test_the_commission_s_file_is_guessed_like_its_layout(published: Published, form: str) -> None:
    table = open_table(getattr(published, form))
    guessed = guess(table)
    known = {header: one.target for one in shipped("eu_commission").columns for header in one.headers}
    assert targets(guessed) == {header: known[header] for header in table.headers}
    assert guessed.spec is not None and guessed.spec.scheme == "eu_transparency"
    assert guessed.spec.of("counterparts")[0].separators == (",",)


@pytest.mark.parametrize("published", BOTH)
def test_the_french_register_is_guessed_like_its_layout(published: Published) -> None:
    guessed = guess(open_table(published.register))
    known = {header: one.target for one in shipped("assemblee_nationale").columns for header in one.headers}
    assert guessed.data["noun"] == "organizations" and targets(guessed) == known
    (kind,) = [one for one in guessed.columns if one.target == "kind"]
    assert len(kind.distinct) == published.kinds
