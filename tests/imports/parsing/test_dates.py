"""Dates are read strictly: what a form says, or a question; never a guess."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.imports.parsing.dates import FORMS, FileDate, file_date, read_date, read_times


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2022-01-27", "dmy"),
        ("2022/1/27", "iso"),
        ("2022-01-27 14:30", "iso"),
        ("2022-01-27T00:00:00Z", "iso"),
        ("27/01/2022", "dmy"),
        ("27.1.22", "dmy"),
        ("01/27/2022", "mdy"),
        ("20220127", "compact"),
        ("27 January 2022", "day_name"),
        ("Thursday, 27th of January 2022", "day_name"),
        ("27-Jan-22", "day_name"),
        ("27 janvier 2022", "day_name"),
        ("Donnerstag, 27. Jänner 2022", "day_name"),
        ("January 27, 2022", "name_day"),
        ("44588", "excel"),
    ],
)
def test_days(text: str, form: str) -> None:
    when = read_date(text, (form,))
    assert (when.on, when.month_only, when.error) == (dt.date(2022, 1, 27), False, "")


@pytest.mark.parametrize(("year", "meant"), [("00", 2000), ("69", 2069), ("70", 1970), ("99", 1999)])
def test_years_of_two_digits(year: str, meant: int) -> None:
    assert read_date(f"27.1.{year}", ("dmy",)).on == dt.date(meant, 1, 27)
    assert read_date(f"27-Jan-{year}", ("day_name",)).on == dt.date(meant, 1, 27)


@pytest.mark.parametrize(
    ("text", "month"),
    [("Oct-12", 10), ("August, 2012", 8), ("août 2012", 8), ("März 2012", 3), ("10/2012", 10), ("2012-02", 2),
     ("1er décembre 2012", 0)],
)  # fmt: skip
def test_months(text: str, month: int) -> None:
    when = read_date(text, ("month_year",))
    assert (when.on, when.month_only) == ((dt.date(2012, month, 1), True) if month else (None, False))


def test_what_the_file_name_adds() -> None:
    assert file_date("Meetings_Oct-2012.csv") == FileDate(2012, 10)
    assert file_date("gifts 2012-03.xlsx") == FileDate(2012, 3)
    assert file_date("ec_meetings_2019-2023.csv") == FileDate()
    assert file_date("July to September 2012.csv") == FileDate(2012)
    october = FileDate(2012, 10)
    assert read_date("August", ("month",), october).on == dt.date(2012, 8, 1)
    assert read_date("14 August", ("day_month",), october).on == dt.date(2012, 8, 14)
    assert read_date("14", ("day",), october).on == dt.date(2012, 10, 14)
    assert read_date("August", ("month",)).error == "unknown"


@pytest.mark.parametrize(
    ("text", "forms", "error"),
    [
        ("30/02/2022", ("dmy",), "impossible"),
        ("2022-13-01", ("iso",), "impossible"),
        ("03/04/2022", ("dmy", "mdy"), "several"),
        ("27/01/2022", ("iso",), "unknown"),
        ("01/01/1022", ("dmy",), "far"),
        ("soon", tuple(FORMS), "unknown"),
        ("", tuple(FORMS), "unknown"),
        ("1" * 100_000, tuple(FORMS), "unknown"),
    ],
)
def test_no_date_says_why(text: str, forms: tuple[str, ...], error: str) -> None:
    when = read_date(text, forms)
    assert (when.on, when.error) == (None, error)


def test_two_orders_that_agree_are_no_question() -> None:
    assert read_date("04/04/2022", ("dmy", "mdy")).on == dt.date(2022, 4, 4)
    assert read_date("27/04/2022", ("dmy", "mdy")).on == dt.date(2022, 4, 27)


def test_first_and_last_day() -> None:
    when = read_date("2022-01-27 – 2022-01-28", ("iso",))
    assert (when.on, when.ends_on) == (dt.date(2022, 1, 27), dt.date(2022, 1, 28))
    assert read_date("28/01/2022 to 27/01/2022", ("dmy",)).on is None


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
def test_every_day_in_every_form(day: dt.date) -> None:
    for form, text in [
        ("iso", f"{day}"), ("dmy", f"{day:%d/%m/%Y}"), ("mdy", f"{day:%m-%d-%y}"), ("compact", f"{day:%Y%m%d}"),
        ("day_name", f"{day:%d %B %Y}"), ("name_day", f"{day:%b %d, %Y}"),
    ]:  # fmt: skip
        assert read_date(text, (form,)).on == day


@given(st.text(), st.sampled_from(sorted(FORMS)))
def test_no_text_breaks_it(text: str, form: str) -> None:
    when = read_date(text, (form,), FileDate(2012, 10))
    assert bool(when.on) != bool(when.error)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("14:30", "14:30", None), ("14h30", "14:30", None), ("9h", "09:00", None), ("2.30 pm", "14:30", None),
        ("12:15 a.m.", "00:15", None), ("14:00-15:30", "14:00", "15:30"), ("10:00 to 11:00", "10:00", "11:00"),
        ("22:00 - 24:00", "22:00", "00:00"),
        ("25:00", None, None), ("noon", None, None), ("14", None, None),
    ],
)  # fmt: skip
def test_times(text: str, start: str | None, end: str | None) -> None:
    times = tuple(time.isoformat("minutes") if time else None for time in read_times(text))
    assert times == (start, end)
