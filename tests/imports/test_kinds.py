"""Tables of cells with the right answer beside each: which meetings make a series, whose company number it is."""

from typing import Any

import pytest

from tests import makers
from tests.imports.files import DIARY, codes, layout_of, outcomes, previewed

SERIES = [
    ("three times", ["A 1 Acme", "A 2 Acme", "A 3 Acme"], 3, (1, 0)),
    ("twice is none", ["A 1 Acme", "A 2 Acme"], 3, (0, 0)),
    ("nobody asked", ["A 1 Acme", "A 2 Acme", "A 3 Acme"], 0, (0, 1)),
    ("from five on", ["A 1 Acme", "A 2 Acme", "A 3 Acme"], 5, (0, 1)),
    ("somebody else at the table", ["A 1 Acme;Zeta", "A 2 Acme;Zeta", "A 3 Acme;Zeta"], 3, (0, 0)),
    ("once with somebody else", ["A 1 Acme", "A 2 Acme;Zeta", "A 3 Acme"], 3, (0, 0)),
    ("two hosts", ["A 1 Acme", "B 2 Acme", "A 3 Acme"], 3, (0, 0)),
    ("each host its own", ["A 1 Acme", "A 2 Acme", "A 3 Acme", "B 1 Acme", "B 2 Acme", "B 3 Acme"], 3, (2, 0)),
    ("the same row thrice", ["A 1 Acme", "A 1 Acme", "A 1 Acme"], 3, (0, 0)),
    ("another spelling", ["A 1 Acme", "A 2 ACME", "A 3 Acme Ltd"], 3, (1, 0)),
    ("one in question", ["A 1 Acme", "A 2 Acme", "A 3 Acme GmbH", "A 4 Acme Ltd"], 3, (0, 0)),
]


@pytest.mark.parametrize(("met", "least", "expected"), [case[1:] for case in SERIES], ids=[case[0] for case in SERIES])
def test_which_meetings_make_a_series(importer: Any, met: list[str], least: int, expected: tuple[int, int]) -> None:
    rows = [one.split(" ", 2) for one in met]
    lines = [f"Cabinet {host},2022-0{month}-27,{names},,Talk {host}{month}," for host, month, names in rows]
    layout = layout_of({**DIARY, "series": least})
    layout.spec = {**DIARY, "series": least}
    layout.save()
    record = previewed(lines, importer)
    assert (record.counts["series"], record.counts.get("possible_series", 0)) == expected


NUMBERS = [
    ("the one that has it", [("Alpha", "1")], ("Alpha", "1"), "new", ""),
    ("another spelling of it", [("Alpha Ltd", "1")], ("ALPHA", "1"), "new", ""),
    ("another name", [("Alpha", "1")], ("Omega", "1"), "ambiguous", "number_and_name_disagree"),
    ("two that have it", [("Alpha", "1"), ("Omega", "1")], ("Alpha", "1"), "ambiguous", "several_candidates"),
    (
        "two that have it, a third name",
        [("Alpha", "1"), ("Omega", "1")],
        ("Zeta", "1"),
        "ambiguous",
        "several_candidates",
    ),
    ("two that have it, no number", [("Alpha", "1"), ("Omega", "1")], ("Alpha", ""), "new", "matched_by_name"),
    (
        "the name of one, the number of another",
        [("Alpha", "1"), ("Omega", "2")],
        ("Alpha", "2"),
        "ambiguous",
        "number_and_name_disagree",
    ),
    ("the name has another number", [("Alpha", "1")], ("Alpha", "2"), "ambiguous", "another_number"),
    ("a number nobody has", [("Alpha", "1")], ("Zeta", "2"), "new", ""),
    ("a name without one", [("Alpha", "")], ("Alpha", "2"), "new", "matched_by_name"),
    ("other zeros", [("Alpha", "01")], ("Omega", "1"), "new", ""),
]


@pytest.mark.parametrize(
    ("recorded", "cell", "outcome", "code"), [case[1:] for case in NUMBERS], ids=[case[0] for case in NUMBERS]
)
def test_whose_company_number_it_is(
    importer: Any, recorded: list[tuple[str, str]], cell: tuple[str, str], outcome: str, code: str
) -> None:
    for name, number in recorded:
        organization = makers.make_organization(name)
        if number:
            makers.make_identifier(organization, number, scheme="company")
    found = previewed([f"Cabinet A,2022-01-27,{cell[0]},{cell[1]},Talk,"], importer, {**DIARY, "scheme": "company"})
    assert (outcomes(found), codes(found)) == ([outcome], [code])
