"""The files public bodies published, read whole; every figure counted again with the csv module only."""

import csv
import re
import time
from collections import Counter, defaultdict
from functools import cache

import pytest

from engagement.imports.parsing.meetings import read_meetings
from engagement.imports.parsing.organizations import read_organizations
from engagement.imports.parsing.rows import MeetingRow
from engagement.imports.sources.open import open_table
from tests.imports.sources.files import shipped
from tests.published import BOTH, INVENTED, Published
from tests.thorough import today

NAME, NUMBER, SUBJECT = "Name of interest representative", "Transparency register ID", "Subject of the meeting"


@cache
def rows_of(published: Published) -> list[dict[str, str]]:
    with published.csv.open(encoding="utf-8", newline="") as file:
        next(file)
        return list(csv.DictReader(file))


FORMS = ("csv", "xlsx")
READ = [
    pytest.param((published.values[0], form), id=f"{published.id}-{form}", marks=published.marks)
    for published in BOTH
    for form in (FORMS if published.values[0] is INVENTED else today(FORMS, parts=2))
]
"""The real file in one of its forms, tomorrow in the other."""


@pytest.fixture(scope="module", params=READ)
def whole(request) -> tuple[Published, list[MeetingRow]]:
    published, form = request.param
    path = getattr(published, form)
    began = time.process_time()
    found = list(read_meetings(open_table(path), shipped("eu_commission"), path.name))
    assert time.process_time() - began < 20  # seconds of work; benchmarks measure what a person waits
    return published, found


@pytest.fixture(scope="module")
def published(whole: tuple[Published, list[MeetingRow]]) -> Published:
    return whole[0]


@pytest.fixture(scope="module")
def readings(whole: tuple[Published, list[MeetingRow]]) -> list[MeetingRow]:
    return whole[1]


def test_every_row_is_read(readings, published: Published) -> None:
    assert len(readings) == len(rows_of(published)) == published.rows
    assert [one.number for one in readings] == list(range(3, 3 + published.rows))
    assert not any(one.problems for one in readings)
    assert (
        Counter(tuple(one.cells.values()) for one in readings).total()
        - len({tuple(one.cells.values()) for one in readings})
        == published.repeated
    )


def test_dates_subjects_and_hosts_are_the_published_ones(readings, published: Published) -> None:
    for one, row in zip(readings, rows_of(published), strict=True):
        assert one.on.isoformat() == row["Date of meeting"]
        assert one.purpose == row[SUBJECT].replace("\r\n", "\n").replace("\r", "\n")
        assert one.title and one.title.split()[0] == row[SUBJECT].split()[0]
        assert [host.name for host in one.hosts] == [row["Name of cabinet"].strip()]


def test_every_number_is_a_party(readings, published: Published) -> None:
    assert [[one.number for one in reading.counterparts] for reading in readings] == [
        row[NUMBER].split(",") for row in rows_of(published)
    ]
    assert len({one.number for reading in readings for one in reading.counterparts}) == published.numbers


def test_all_joined_cells_come_apart_beyond_doubt(readings, published: Published) -> None:
    joined = [one for one in readings if len(one.counterparts) > 1]
    assert len(joined) == sum("," in row[NUMBER] for row in rows_of(published)) == published.joined
    assert all(mention.is_certain and mention.name for one in joined for mention in one.counterparts)
    for one in joined:
        assert ",".join(mention.published for mention in one.counterparts) == one.cells[NAME]


def test_no_number_has_two_names(readings, published: Published) -> None:
    """Names cut from joined cells are the names the same numbers have in rows of their own."""
    names = defaultdict(set)
    for one in readings:
        for mention in one.counterparts:
            names[mention.number].add(mention.name)
    assert max(len(found) for found in names.values()) == 1
    alone = {row[NUMBER]: " ".join(row[NAME].split()) for row in rows_of(published) if "," not in row[NUMBER]}
    assert len(alone) == published.alone and all(names[number] == {name} for number, name in alone.items())


def test_functions_are_counted_right(readings, published: Published) -> None:
    for one, row in zip(readings, rows_of(published), strict=True):
        assert one.representatives == row["Title of EC representative"].split(",")


def test_places_are_understood(readings, published: Published) -> None:
    assert sum(bool(one.near or one.city or one.country or one.mode) for one in readings) >= published.understood
    assert all(
        one.place == " ".join(row["Location"].split()) for one, row in zip(readings, rows_of(published), strict=True)
    )


@pytest.mark.parametrize("published", BOTH)
def test_the_french_register(published: Published) -> None:
    register = published.register
    with register.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = list(read_organizations(open_table(register), shipped("assemblee_nationale"), register.name))
    assert len(found) == len(rows) == published.organizations
    assert [one.name for one in found] == [" ".join(row["Raison sociale"].split()) for row in rows]
    assert all(one.kind and one.identifier for one in found) and not any(one.has_errors for one in found)
    web = [row["Site internet"] for row in rows if re.fullmatch(r"https?://\S+\.\S+", row["Site internet"])]
    assert sum(bool(one.website) for one in found) == len(web)
    assert Counter(problem.code for one in found for problem in one.problems) == dict(published.problems)
