"""Guesses on files in the shape of several registers: what a column is, and what it is not."""

from pathlib import Path

import pytest

from engagement.imports.layouts.guess import guess
from tests.imports.sources.files import table_of

FILES = {
    "uk officials": (
        "Senior official's name,Meeting date,Person or organisation that meeting was with,Purpose of meeting",
        ["Jo Doe,03/07/2023,Aaa Ltd,Growth", "Al Roe,14/07/2023,Bbb plc,Work"],
        "our_people date counterparts purpose",
    ),
    "numbers are no dates": (
        "Row,Minister,Date,Organisation",
        ["1,Jo,03/07/2023,Aaa", "2,Al,14/07/2023,Bbb", "3,Al,15/07/2023,Ccc"],
        "ignored host date counterparts",
    ),
    "small numbers without a date": (
        "Count,Minister,Organisation,Subject",
        ["1,Jo,Aaa,Growth", "2,Al,Bbb,Work", "31,Al,Ccc,Work"],
        "ignored host counterparts purpose",
    ),
    "five digits are no days": (
        "File,Minister,Date,Organisation",
        ["44588,Jo,2023-07-03,Aaa", "44589,Al,2023-07-14,Bbb"],
        "ignored host date counterparts",
    ),
    "an id": (
        "Id,Minister,Date,Organisation",
        ["44588,Jo,2023-07-03,Aaa", "44589,Al,2023-07-14,Bbb"],
        "source_id host date counterparts",
    ),
    "days of a month where the heading says so": (
        "Day,Minister,Organisation",
        ["3,Jo,Aaa", "14,Al,Bbb", "30,Al,Ccc"],
        "date host counterparts",
    ),
    "the country of a registrant": (
        "Date,Minister,Registrant name,Registrant country",
        ["2023-07-03,Jo,Aaa,France", "2023-07-14,Al,Bbb,Germany"],
        "date host counterparts ignored",
    ),
    "the country of a member": (
        "mep,country,date,lobbyists,title,epid",
        ["A,France,03-07-2023,Aaa,Growth,1", "B,Spain,14-07-2023,Bbb,Work,2"],
        "host ignored date counterparts title ignored",
    ),
    "the country of the meeting": (
        "Date,Minister,Organisation,Country",
        ["2023-07-03,Jo,Aaa,France", "2023-07-14,Al,Bbb,Germany"],
        "date host counterparts country",
    ),
    "German": (
        "Nr.;Datum;Ministerium;Gesprächspartner;Thema",
        ["1;03.07.2023;BMF;Verband A e.V.;Steuern", "2;14.07.2023;BMF;Bank AG;Kredit"],
        "source_id date host counterparts purpose",
    ),
}


@pytest.mark.parametrize("head,lines,targets", FILES.values(), ids=FILES)
def test_what_each_column_is(tmp_path: Path, head: str, lines: list[str], targets: str) -> None:
    guessed = guess(table_of(tmp_path, "\n".join([head, *lines])), "meetings")
    assert [one.target for one in guessed.columns] == targets.split()
