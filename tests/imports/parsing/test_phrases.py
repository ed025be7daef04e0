"""Names without the phrases around them."""

import pytest

from engagement.imports.parsing.names import NameSplitter, mention_of

NAMES = {
    "Round table with Google": "Google",
    "Federation of Deltaa Makers, FDM": "Federation of Deltaa Makers (FDM)",
    "Deltaa Makers, UK": "Deltaa Makers, UK",
    "Meeting with the TUC": "the TUC",
    "Introductory call with Deltaa": "Deltaa",
    "Roundtable: Deltaa": "Deltaa",
    "Conference with: Deltaa": "Deltaa",
    "Seminar with Deltaa": "Deltaa",
    "Forum for the Future": "Forum for the Future",
    "Representatives of UK Steel": "UK Steel",
    "CEO of the Crown Estate": "Crown Estate",
    "Vorstand der RWE AG": "RWE AG",
    "Représentants de Veolia": "Veolia",
    "Representatives of the steel industry": "Representatives of the steel industry",
    "Airlines UK (https://airlinesuk.org)": "Airlines UK",
    "Deltaa www.deltaa.example/about": "Deltaa",
    "https://deltaa.example": "https://deltaa.example",
    "John Roe (individual)": "John Roe",
    "Deltaa (via Teams)": "Deltaa",
    "Oxfam etc.": "Oxfam",
    "Call Centre Association": "Call Centre Association",
    "Meeting Industry Association": "Meeting Industry Association",
    "Members First Credit Union": "Members First Credit Union",
    "Board of Deputies of British Jews": "Board of Deputies of British Jews",
    "Including Everyone": "Including Everyone",
    "Insurers Association and representatives from the industry": "Insurers Association",
    "Representatives from ePure": "ePure",
    "Business Trust and other charities": "Business Trust",
    "Deltaa plus various stakeholders": "Deltaa",
    "Deltaa, and members": "Deltaa",
    "Friends and Members of the Trust": "Friends and Members of the Trust",
    "Ernst and Partners": "Ernst and Partners",
    "Deltaa and representatives of UK Steel": "Deltaa and representatives of UK Steel",
}


@pytest.mark.parametrize(("cell", "name"), NAMES.items())
def test_the_name_alone(cell: str, name: str) -> None:
    assert mention_of(cell).name == name
    assert mention_of(cell).published == cell


@pytest.mark.parametrize(
    ("cell", "is_nobody"),
    [
        ("Various", True),
        ("Various stakeholders", True),
        ("Individual", True),
        ("Private individual", True),
        ("Constituents", True),
        ("members of the public", True),
        ("Personal staff", True),
        ("Redacted", True),
        ("Verschiedene Unternehmen", True),
        ("Various Voices Ltd", False),
        ("Individual Restaurants", False),
        ("Constituents Aaa", False),
        ("Citizens Advice", False),
        ("People First", False),
    ],
)
def test_who_is_nobody_by_name_becomes_no_organization(cell: str, is_nobody: bool) -> None:
    assert (NameSplitter((",",)).mentions(cell, "") == []) is is_nobody


@pytest.mark.parametrize(
    ("names", "numbers", "told"),
    [
        ("Aaa, Bbb", "11111111111-11, ", [("Aaa", "11111111111-11"), ("Bbb", "")]),
        ("Aaa, Bbb", ",11111111111-11", [("Aaa", ""), ("Bbb", "11111111111-11")]),
        (
            "Aaa, Bbb, Ccc",
            "11111111111-11,,22222222222-22",
            [("Aaa", "11111111111-11"), ("Bbb", ""), ("Ccc", "22222222222-22")],
        ),
        ("Aaa, Inc.", "11111111111-11, ", [("Aaa, Inc.", "11111111111-11")]),
    ],
)
def test_a_blank_among_numbers_is_the_name_s_without_one(names: str, numbers: str, told: list[tuple[str, str]]) -> None:
    found = NameSplitter((",",), (",",), "eu_transparency").mentions(names, numbers)
    assert [(one.name, one.number) for one in found] == told
