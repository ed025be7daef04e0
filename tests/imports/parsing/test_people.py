"""People in a cell: name, function and part of each, whatever stands around them."""

import pytest

from engagement.imports.parsing.people import PersonMention, are_people, named, read_people

JANE, JOHN = PersonMention("Jane Doe"), PersonMention("John Roe")
CELLS = {
    "The Rt Hon Jane Doe MP": [JANE],
    "Rt. Hon. Jane Doe, MP": [JANE],
    "  Jane   Doe ": [JANE],
    "JANE DOE (Minister of State)": [PersonMention("Jane Doe", "Minister of State")],
    "Jane DOE": [JANE],
    "DOE Jane": [JANE],
    "Doe, Jane": [JANE],
    "Doe, Dr Jane": [JANE],
    "van den Berg, Anna": [PersonMention("Anna van den Berg")],
    "Jane Doe, Minister for Skills and Growth": [PersonMention("Jane Doe", "Minister for Skills and Growth")],
    "Minister for Health, Jane Doe": [PersonMention("Jane Doe", "Minister for Health")],
    "Minister of State (Jane Doe)": [PersonMention("Jane Doe", "Minister of State")],
    "Jane Doe - Permanent Secretary": [PersonMention("Jane Doe", "Permanent Secretary")],
    "Commissioner Jane Doe": [PersonMention("Jane Doe", "Commissioner")],
    "Jane Doe and John Roe": [JANE, JOHN],
    "Jane Doe, John Roe": [JANE, JOHN],
    "Jane Doe, John Roe and Anna Poe": [JANE, JOHN, PersonMention("Anna Poe")],
    "Dr Jane Doe; Sir John Roe KCB": [JANE, JOHN],
    "Jane Doe\nJANE DOE": [JANE],
    "Jane Doe|Minister of State|Department of Health::John Roe|Adviser|Department of Health": [
        PersonMention("Jane Doe", "Minister of State, Department of Health"),
        PersonMention("John Roe", "Adviser, Department of Health"),
    ],
    "Minister for Health": [PersonMention("", "Minister for Health")],
    "Secretary of State for Business, Energy and Industrial Strategy": [
        PersonMention("", "Secretary of State for Business, Energy and Industrial Strategy")
    ],
    "Minister for Environment, Climate Change and Land Reform": [
        PersonMention("", "Minister for Environment, Climate Change and Land Reform")
    ],
    "Lord Callan": [PersonMention("Lord Callan")],
    "The Rt Hon the Lord Callan of Low Fell": [PersonMention("Lord Callan of Low Fell")],
    "Jane O'Doe-Smith MSP": [PersonMention("Jane O'Doe-Smith")],
    "Jane Doe (Chair)": [PersonMention("Jane Doe", "", "chair")],
    "Jane Doe (Head of delegation), Director": [PersonMention("Jane Doe", "Director", "head")],
    "Jane Doe (MP)": [JANE],
    "Jane Doe (Minister of State": [JANE],
    "Mr Doe": [PersonMention("Doe")],
    "n/a": [],
    " ; - ": [],
    "": [],
}


@pytest.mark.parametrize("cell", CELLS)
def test_people_of_a_cell(cell: str) -> None:
    assert read_people(cell) == CELLS[cell]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The Rt Hon Jane Doe MP", True),
        ("Jane Doe (Minister of State)", True),
        ("Jane Doe and John Roe", True),
        ("Minister for Health", False),
        ("Department of Health", False),
        ("M", False),
        ("Acme Ltd", False),
    ],
)
def test_a_cell_of_people_is_told_from_posts_and_bodies(line: str, expected: bool) -> None:
    assert are_people(line) is expected


@pytest.mark.parametrize(
    ("cell", "name", "function"),
    [
        ("H.E. Ambassador Li Wei", "Li Wei", "Ambassador"),
        ("Dr.-Ing. Hans Roe", "Hans Roe", ""),
        ("Secretario de Estado de Empleo, Joaquín Roe", "Joaquín Roe", "Secretario de Estado de Empleo"),
        ("Prof Sir Al Doe FRS FMedSci", "Al Doe", ""),
        ("Rt. Hon. Dr. Jane O’Roe-Smith, KC, MP (Secretary of State)", "Jane O’Roe-Smith", "Secretary of State"),
    ],
)
def test_titles_before_and_letters_behind(cell: str, name: str, function: str) -> None:
    assert read_people(cell) == [PersonMention(name, function)]


def test_a_function_too_long_for_one_is_kept_in_the_notes() -> None:
    known, functions = named([PersonMention("Jo Roe")], ["Rapporteur " * 30])
    assert known == [PersonMention("Jo Roe")] and functions == ["Rapporteur " * 30]
