"""Partial dates of files: the year from the file's name in any usual form, spans of days and months."""

import datetime as dt
from pathlib import Path

import pytest

from engagement.imports.parsing.dates import FORMS, read_date
from engagement.imports.parsing.periods import file_date, period_of
from tests.imports.parsing.test_meetings import codes, meetings

ALL = tuple(FORMS)


@pytest.mark.parametrize(
    ("name", "month", "year"),
    [
        ("DfX ministers' meetings Jul-Sep 2023.csv", 8, 2023),
        ("ministers_meetings_july_to_september_2023_final.xlsx", 7, 2023),
        ("Q3 2024.csv", 8, 2024),
        ("meetings-2024-Q1.csv", 2, 2024),
        ("meetings 2nd quarter 2022.csv", 5, 2022),
        ("Q3 2024.csv", 11, None),  # a quarter of another kind of year
        ("2023-24.csv", 4, 2023),
        ("2023-24.csv", 3, 2024),
        ("Register 2023_2024.csv", 1, 2024),
        ("Q4 2023-24 meetings.csv", 2, 2024),
        ("Oct to Dec 2023-24.csv", 11, 2023),
        ("Jan-Mar 2023-24.csv", 1, 2024),
        ("April 2023 to March 2024.csv", 3, 2024),
        ("December to February 2024.csv", 12, 2023),
        ("Dez 2023 bis Feb 2024.csv", 1, 2024),
        ("Réunions juillet-août 2023.csv", 8, 2023),
        ("Treffen_2. Quartal_2023.xlsx", 4, 2023),
        ("Meetings Sept23.csv", 9, 2023),
        ("Q1-23.csv", 1, 2023),
        ("20230701-20230930.csv", 8, 2023),
        ("01-07-2023 to 30-09-2023.csv", 8, 2023),
        ("dfxmeetingsaprjun13.csv", 5, 2013),
        ("dfxmeetingsjulsept13__2_.csv", 8, 2013),
        ("pmmeetingsapriljune2012.csv", 6, 2012),
        ("meetingsoct12.csv", 10, 2012),
        ("spadsjanuarytomarch14.csv", 2, 2014),
        ("MinistersDecFeb2014.csv", 12, 2013),
        ("treffenoktdez22.csv", 11, 2022),
        ("reunionsjuilletseptembre21.xlsx", 8, 2021),
        ("Ministers_JulSep.csv", 8, None),
        ("summary13.csv", 3, None),
        ("webinarmarket12.csv", 3, None),
        ("2019-2023.csv", 5, None),
        ("meetings.csv", 5, None),
        ("report 12.csv", 5, None),
    ],
)
def test_the_year_a_file_s_name_tells(name: str, month: int, year: int | None) -> None:
    assert file_date(name).year_of(month) == year


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("02-06 September", (2023, 9, 2), (2023, 9, 6)),
        ("2nd & 3rd July", (2023, 7, 2), (2023, 7, 3)),
        ("2-6 September 2022", (2022, 9, 2), (2022, 9, 6)),
        ("2 to 6 September 2022", (2022, 9, 2), (2022, 9, 6)),
        ("30 June – 2 July", (2023, 6, 30), (2023, 7, 2)),
        ("30 June to 2 July 2022", (2022, 6, 30), (2022, 7, 2)),
        ("30 December 2022 - 2 January 2023", (2022, 12, 30), (2023, 1, 2)),
        ("September 2-6, 2022", (2022, 9, 2), (2022, 9, 6)),
        ("2022-01-27 to 2022-01-29", (2022, 1, 27), (2022, 1, 29)),
        ("3.–5. Mai 2022", (2022, 5, 3), (2022, 5, 5)),
        ("12 et 13 juin", (2023, 6, 12), (2023, 6, 13)),
        ("w/c 3 July", (2023, 7, 3), None),
        ("6-2 September", None, None),
        ("31-32 July", None, None),
        ("May or June perhaps", None, None),
    ],
)
def test_spans_of_days(text: str, first: tuple[int, int, int] | None, last: tuple[int, int, int] | None) -> None:
    when = read_date(text, ("iso", "day_name", "name_day", "day_month"), period_of("2023"))
    assert when.on == (dt.date(*first) if first else None)
    assert when.ends_on == (dt.date(*last) if last else None) and not when.month_only


@pytest.mark.parametrize("text", ["Apr/Jun", "April - June", "Apr–Jun 2023", "April to June 2023", "avril-juin"])
def test_spans_of_months(text: str) -> None:
    when = read_date(text, ("month", "month_year"), period_of("2023"))
    assert (when.on, when.month_only) == (dt.date(2023, 4, 1), True)


@pytest.mark.parametrize("text", ["Jan", "3 Jan", "Jan 3", "Jan/Mar"])
def test_a_missing_year_is_what_the_error_says(tmp_path: Path, text: str) -> None:
    content = f"Date,Minister,Who\n{text},M,X\n"
    (reading,) = meetings(tmp_path, content, name="meetings.csv", file_name_dates=True)
    assert codes(reading) == [("date_no_year", "Date", True)] and "has no year" in reading.problems[0].sentence
    (reading,) = meetings(tmp_path, content, name="meetings.csv", period="Q1 2024")
    assert str(reading.on)[:7] == "2024-01" and not reading.has_errors


def test_a_title_above_the_headings_tells_the_year(tmp_path: Path) -> None:
    content = "Ministers' meetings: July to September 2023,,\nMinister,Date,Who\nM,Aug,X\nN,Sep,Y\n"
    first, second = meetings(tmp_path, content, name="meetings.csv", file_name_dates=True)
    assert (str(first.on), str(second.on), first.month_only) == ("2023-08-01", "2023-09-01", True)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Feburary", 2),
        ("Septmber", 9),
        ("Janaury", 1),
        ("Novemeber", 11),
        ("Decmber", 12),
        ("Marc", 3),
        ("Octo", 10),
        ("Augu", 8),
        ("Junk", None),
        ("Martin", None),
        ("Novartis", None),
        ("Ju", None),
    ],
)
def test_a_month_that_is_cut_short_or_mistyped(text: str, month: int | None) -> None:
    found = read_date(text, ("month",), period_of("2023"))
    assert (found.on.month if found.on else None) == month


@pytest.mark.parametrize("text", ["early May", "Mid-May", "late May 2023", "May 2023 (date tbc)", "Anfang Mai"])
def test_a_part_of_a_month_is_the_month(text: str) -> None:
    found = read_date(text, ("month", "month_year"), period_of("2023"))
    assert (found.on, found.month_only) == (dt.date(2023, 5, 1), True)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Jan/Feb/Mar", 3),
        ("Oct, Nov and Dec", 12),
        ("April, May, June 2023", 6),
        ("Jan/Mar/Apr", None),
        ("Mar/Feb/Jan", None),
    ],
)
def test_three_months_in_a_row(text: str, last: int | None) -> None:
    found = read_date(text, ALL, period_of("2023"))
    assert (found.ends_on.month if found.ends_on else None) == last


@pytest.mark.parametrize(
    ("cells", "months"),
    [
        (["Jul-12", "August", "September 2012"], [(2012, 7), (2012, 8), (2012, 9)]),
        (["12 Nov 2012", "December", "January 2013"], [(2012, 11), (2012, 12), (2013, 1)]),
        (["March 2011", "March 2013", "April"], [(2011, 3), (2013, 3), None]),
        (["July", "August"], [None, None]),
    ],
)
def test_other_dates_of_the_file_tell_the_year(tmp_path: Path, cells: list[str], months: list[object]) -> None:
    rows = "".join(f"{cell},Jo,Aaa\n" for cell in cells)
    found = meetings(tmp_path, f"Date,Minister,Who\n{rows}", date_forms=["month", "month_year", "day_name"])
    assert [(one.on.year, one.on.month) if one.on else None for one in found] == months


@pytest.mark.parametrize(
    ("name", "cells", "days"),
    [
        (
            "meetings Apr-Jun 2024",
            ["Apr-24", "Apr-24", "May-24", "Jun-24"],
            ["2024-04-01", "2024-04-01", "2024-05-01", "2024-06-01"],
        ),
        ("meetings 2023-24", ["Dec-23", "Jan-24", "Mar-24"], ["2023-12-01", "2024-01-01", "2024-03-01"]),
        ("meetings Apr-Jun 2024", ["Apr-03", "Apr-24", "May-24"], ["2024-04-03", "2024-04-24", "2024-05-24"]),
        ("meetings Apr-Jun 2024", ["Apr-24", "30 April", "May-24"], ["", "2024-04-30", ""]),
        ("meetings", ["Apr-24", "May-24", "Jun-24"], ["2024-04-01", "2024-05-01", "2024-06-01"]),
    ],
)
def test_a_number_beside_a_month_is_read_as_the_file_means_it(
    tmp_path: Path, name: str, cells: list[str], days: list[str]
) -> None:
    forms = ["month_year", "day_month"] if name != "meetings" else ["month_year"]
    lines = "Date,Minister,Who\n" + "".join(f"{cell},Jane,Aaa\n" for cell in cells)
    found = meetings(tmp_path, lines, name=f"{name}.csv", date_forms=forms, file_name_dates=True)
    assert [one.on.isoformat() if one.on else "" for one in found] == days
    assert [one.month_only for one in found if one.on] == [day.endswith("-01") for day in days if day]
