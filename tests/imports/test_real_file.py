"""The European Commission's own file: its totals, worked out again with nothing but the csv module, are ours."""

import csv
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File

from engagement.imports import actions
from engagement.imports.models import Import, Layout, Origin
from engagement.imports.planning.decisions import one_of_them
from meetings.models import Meeting, Party, Series
from organizations.models import Identifier, Organization
from tests.imports.files import ARM, ARM_NUMBER, answer_questions, records
from tests.makers import LONG_AGO, make_held, make_host, make_organization
from tests.published import BOTH, INVENTED, Published
from tests.thorough import ALL, today

CABINET, DAY, NUMBERS, ABOUT = 0, 3, 6, 7


def take_in(path: Path, by: Any, layout: str = "eu_commission") -> Import:
    with path.open("rb") as opened:
        file, known = File(opened), Layout.objects.get(slug=layout)
        taken: Import = Import.objects.take_in(file, layout=known, by=by, name=path.name)
    return taken


def tables(path: Path) -> tuple[list[list[str]], dict[Any, set[str]]]:
    """The rows, and the cabinets of each meeting: one day, one set of numbers, one subject."""
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))[2:]
    met: dict[Any, set[str]] = defaultdict(set)
    for row in rows:
        numbers = frozenset(number.strip() for number in row[NUMBERS].split(","))
        about = " ".join(row[ABOUT].casefold().split())
        met[row[DAY], numbers, "" if about in ("tbc", "tbd") else about].add(row[CABINET])
    return rows, met


@pytest.fixture(params=BOTH)
def published(request: pytest.FixtureRequest, tmp_path: Path) -> Published:
    found: Published = request.param
    return found if ALL or found is INVENTED else part_of(found, tmp_path / "part.csv")


def part_of(published: Published, path: Path) -> Published:
    """The meetings of one day in four, tomorrow those of the next; and all of ARM."""
    with published.csv.open(encoding="utf-8", newline="") as opened:
        title, heads, *rows = csv.reader(opened)
    days = set(today(sorted({row[DAY] for row in rows}), parts=4))
    rows = [row for row in rows if row[DAY] in days or ARM_NUMBER in row[NUMBERS]]
    assert len(rows) > published.rows / 6
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([title, heads, *rows])
    return replace(published, csv=path, rows=len(rows))


@pytest.fixture
def imported(published: Published, importer: Any) -> Import:
    arm = make_organization(ARM, acronym="ARM")
    make_held(host=make_host("European Medicines Agency"), counterparts=[arm])
    record = take_in(published.csv, importer)
    record.layout.spec = {**record.layout.spec, "series": 2}
    record.layout.save()
    actions.preview(record, by=importer)
    say_where(record, importer)
    return record


def say_where(record: Import, by: Any) -> None:
    """Yes to each city that is written with a slip of the pen, the only thing that this file leaves open."""
    asked = record.rows.filter(outcome="ambiguous")
    answer_questions(record, {row.number: one_of_them(row.questions[0]["key"]) for row in asked}, by=by)


def repeated(rows: list[list[str]]) -> int:
    """How many rows say what one above them said."""
    return sum(number - 1 for number in Counter(map(tuple, rows)).values())


@pytest.mark.slow("three thousand rows, read, written and taken back")
def test_the_whole_file(published: Published, imported: Import, importer: Any) -> None:
    rows, met = tables(published.csv)
    assert len(rows) == imported.counts["rows"] == imported.rows.count() == published.rows
    outcomes = Counter(imported.rows.values_list("outcome", flat=True))
    assert outcomes == {"new": published.rows - repeated(rows), "duplicate": repeated(rows)}
    actions.commit(imported, by=importer)
    _compare(rows, met)
    _arm()
    actions.undo(imported, by=importer)
    assert (Meeting.objects.count(), Organization.objects.count(), Series.objects.count()) == (1, 2, 0)


@pytest.mark.parametrize("published", BOTH if ALL else BOTH[:1], indirect=True)
@pytest.mark.slow("twelve thousand rows, read twice and written")
def test_the_workbook_says_what_the_file_says(published: Published, imported: Import, importer: Any) -> None:
    rows, _met = tables(published.csv)
    workbook = take_in(published.xlsx, importer)
    actions.preview(workbook, by=importer)
    say_where(workbook, importer)
    assert workbook.counts == imported.counts
    assert list(workbook.rows.values_list("number", "outcome", "plan")) == list(
        imported.rows.values_list("number", "outcome", "plan")
    )
    actions.commit(imported, by=importer)
    before, origins = records(), Origin.objects.count()
    actions.preview(workbook, by=importer)
    assert Counter(workbook.rows.values_list("outcome", flat=True)) == {
        "same": published.rows - repeated(rows),
        "duplicate": repeated(rows),
    }
    actions.commit(workbook, by=importer)
    assert (records(), Origin.objects.count()) == (before, origins)


def _compare(rows: list[list[str]], met: dict[Any, set[str]]) -> None:
    numbers = {number.strip() for row in rows for number in row[NUMBERS].split(",")}
    cabinets = {row[CABINET] for row in rows}
    assert Meeting.objects.count() - 1 == len(met)
    assert Party.objects.count() - 2 == sum(len(who) + len(hosts) for (_day, who, _about), hosts in met.items())
    assert set(Identifier.objects.values_list("value", flat=True)) == numbers
    assert set(Organization.objects.filter(is_host=True).values_list("name", flat=True)) >= cabinets
    assert Organization.objects.count() - 1 == len(numbers) + len(cabinets)
    pairs = Counter((min(hosts), min(who)) for (_d, who, _a), hosts in met.items() if len(who) == len(hosts) == 1)
    assert Series.objects.count() == sum(number > 1 for number in pairs.values())
    days = Counter(day for day, _who, _about in met)
    assert days == Counter(map(str, Meeting.objects.exclude(starts_on=LONG_AGO).values_list("starts_on", flat=True)))
    published = {row[ABOUT].replace("\r\n", "\n").replace("\r", "\n") for row in rows}
    kept = set(Meeting.objects.exclude(starts_on=LONG_AGO).values_list("purpose", flat=True))
    assert kept <= published | {""}  # verbatim, line ends aside


def _arm() -> None:
    """Joined by its name, which is there once and without a number; the number was noted then."""
    arm = Organization.objects.get(identifiers__value=ARM_NUMBER)
    assert arm.acronym == "ARM"
    days = {str(day) for day in Meeting.objects.filter(parties__organization=arm).values_list("starts_on", flat=True)}
    assert {"2022-01-27", "2025-05-08"} <= days


@pytest.mark.slow("a whole register")
def test_the_french_register(published: Published, importer: Any) -> None:
    record = take_in(published.register, importer, "assemblee_nationale")
    actions.preview(record, by=importer)
    outcomes = Counter(record.rows.values_list("outcome", flat=True))
    assert sum(outcomes.values()) == published.organizations
    actions.commit(record, by=importer)
    assert Organization.objects.count() == outcomes["new"] >= 0.98 * published.organizations
    with published.register.open(encoding="utf-8", newline="") as opened:
        first = next(csv.DictReader(opened))
    assert Organization.objects.filter(name=first["Raison sociale"], website=first["Site internet"]).exists()
