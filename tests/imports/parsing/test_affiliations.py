"""Cells of organizations that name people as well: whose organization is whose, and who is none."""

import pytest

from engagement.imports.parsing.affiliations import is_person
from engagement.imports.parsing.names import NameSplitter, mentions_of

CELLS = [
    ("Paul Dacre, Daily Mail", ["Daily Mail: Paul Dacre"]),
    ("Daily Mail, Paul Dacre", ["Daily Mail: Paul Dacre"]),
    ("Sarah Roe, Editor, Evening News", ["Evening News: Sarah Roe (Editor)"]),
    ("Sarah Roe , Evening News)", ["Evening News: Sarah Roe"]),
    ("Tim Roe (ConservativeHome)", ["ConservativeHome: Tim Roe"]),
    ("ITV: Geoff Roe, Michael Doe, Tom Poe", ["ITV: Geoff Roe, Michael Doe, Tom Poe"]),
    ("Stephen Roe, Chairman of HSBC", ["HSBC: Stephen Roe (Chairman)"]),
    ("David Roe and George Doe, Financial News", ["Financial News: David Roe, George Doe"]),
    ("Lord Roe & Mark Doe, BBC", ["BBC: Lord Roe, Mark Doe"]),
    ("Jane Roe QC, Matrix Chambers", ["Matrix Chambers: Jane Roe"]),
    ("Tony Roe (Daily Post), Ian Doe (Sunday Post)", ["Daily Post: Tony Roe", "Sunday Post: Ian Doe"]),
    ("Thomas Roe; Airbus", ["Airbus: Thomas Roe"]),
    ("Professor Timothy Roe, St Anthony’s College, Oxford", ["St Anthony’s College, Oxford: Timothy Roe"]),
    ("Capital, CBI, Dyson, Thomas Roe, CEO, Airbus, BP", ["Capital", "CBI", "Dyson", "Airbus: Thomas Roe (CEO)", "BP"]),
    ("Serco, Capita, Toby Roe, KPMG, Atos, Dell", ["Serco", "Capita", "Toby Roe", "KPMG", "Atos", "Dell"]),
    ("France Industrie (Alexandre Roe)", ["France Industrie: Alexandre Roe"]),
    ("Dr. Markus Roe, Vorstandsvorsitzender Deltaa AG", ["Deltaa AG: Markus Roe (Vorstandsvorsitzender)"]),
    ("M. Patrick Roe, président délégué du MEDEF", ["MEDEF: Patrick Roe (président délégué)"]),
    ("Royal Colleges roundtable - RCN, RCGP, RCP", ["RCN", "RCGP", "RCP"]),
    ("Leader Price", ["Leader Price"]),
    ("EU Affairs Manager, Broadcasting Union", ["Broadcasting Union:  (EU Affairs Manager)"]),
    ("Ian Roe, Tim Doe, Doug Poe", ["Ian Roe", "Tim Doe", "Doug Poe"]),
    ("Peter Roe & Simon Doe", ["Peter Roe", "Simon Doe"]),
    ("Deltaa Airways (Sean Roe, CEO)", ["Deltaa Airways: Sean Roe (CEO)"]),
    ("Deltaa plc (Sean Roe, CEO and Ann Doe, Director)", ["Deltaa plc: Sean Roe (CEO), Ann Doe (Director)"]),
    ("Aaa Union (Zzyx Roe, President; Kate Doe, Secretary)", ["Aaa Union: Zzyx Roe (President), Kate Doe (Secretary)"]),
    ("M. Patrick Roe, PDG de Deltaa", ["Deltaa: Patrick Roe (PDG)"]),
    ("Mme Anne Roe, PDG d’Airbus", ["Airbus: Anne Roe (PDG)"]),
    (
        "Hugh Roe, Daily News; Martin Doe, Sunday News; Amol Poe, Star",
        ["Daily News: Hugh Roe", "Sunday News: Martin Doe", "Star: Amol Poe"],
    ),
    ("Tony Roe - Daily Post", ["Daily Post: Tony Roe"]),
    ("Daily Post – Tony Roe", ["Daily Post: Tony Roe"]),
    ("Deltaa - Association of Bridges", ["Deltaa - Association of Bridges"]),
    (
        "Derek Roe, Chief Operating Officer of Deltaa News and Media",
        ["Deltaa News and Media: Derek Roe (Chief Operating Officer)"],
    ),
    ("Nick Roe, Anna Doe (Producers, Channel 9 News)", ["Channel 9 News: Nick Roe, Anna Doe (Producers)"]),
    ("Tom Roe (Editor, The Clarion)", ["The Clarion: Tom Roe (Editor)"]),
    # none of these tells of a person
    ("Ted Baker, Paul Smith, Tommy Hilfiger", ["Ted Baker", "Paul Smith", "Tommy Hilfiger"]),
    ("Ben Sherman; Fred Perry", ["Ben Sherman", "Fred Perry"]),
    ("Sir Robert McAlpine; Balfour Beatty", ["Sir Robert McAlpine", "Balfour Beatty"]),
    ("Dr Oetker; Mr Kipling", ["Dr Oetker", "Mr Kipling"]),
    ("Mayor of London", ["Mayor of London"]),
    ("Mayor of Deltaa", ["Mayor of Deltaa"]),
    ("Ambassador of Japan", ["Ambassador of Japan"]),
    ("President of France", ["President of France"]),
    ("Minister of Finance", ["Minister of Finance"]),
    ("Chairman of HSBC", ["HSBC:  (Chairman)"]),
    ("Deltaa Group (Leeds, York)", ["Deltaa Group (Leeds, York)"]),
    ("John Lewis", ["John Lewis"]),
    ("Marie Curie (UK)", ["Marie Curie (UK)"]),
    ("Ernst & Young", ["Ernst & Young"]),
    ("Martin Luther University (MLU)", ["Martin Luther University (MLU)"]),
    ("David Roe", ["David Roe"]),
    ("Christian Aid, Oxfam, Tearfund", ["Christian Aid", "Oxfam", "Tearfund"]),
    ("Robert Bosch GmbH; Max Planck Society", ["Robert Bosch GmbH", "Max Planck Society"]),
    ("Trinity College, Cambridge", ["Trinity College, Cambridge"]),
]


def told(text: str) -> list[str]:
    """Each organization of a cell, with its people behind a colon, in a column that names people as well."""
    found = []
    for mention in NameSplitter((";", ","), says_people=True).mentions(text, ""):
        people = ", ".join(f"{one.name} ({one.function})" if one.function else one.name for one in mention.people)
        found.append(f"{mention.name}: {people}" if people else mention.name)
    return found


@pytest.mark.parametrize(("text", "bodies"), CELLS)
def test_whose_organization_is_whose(text: str, bodies: list[str]) -> None:
    assert told(text) == bodies


@pytest.mark.parametrize("text", ["Amol Roe, The Clarion", "Barratt Homes, Home Builders"])
def test_two_words_that_could_be_a_firm_are_asked_about(text: str) -> None:
    (mention,) = NameSplitter((",",)).mentions(text.replace("Amol", "Zzyx"), "")
    assert mention.is_list and not mention.people


LIKE_PEOPLE = [
    "Oliver Roe, Zzyx",
    "Zzyx, Martin Roe",
    "Peter Roe and Paul Doe, Zzyx",
    "Laura Roe; Zzyx",
]


@pytest.mark.parametrize("text", LIKE_PEOPLE)
def test_a_firm_that_may_be_called_like_a_person_is_asked_about(text: str) -> None:
    """A given name alone makes nobody a participant in a column of organizations."""
    (mention,) = NameSplitter((",", ";")).mentions(text, "")
    assert mention.may_be_people and not mention.people
    named = [one for piece in mention.pieces for one in mentions_of(piece)]
    assert "Zzyx" in [one.name for one in named] and sum(len(one.people) for one in named) == 1 + text.count(" and ")


@pytest.mark.parametrize(
    "text", ["Dr Oliver Roe, Zzyx", "Oliver Roe, CEO, Zzyx", "Zzyx (Oliver Roe)", "Zzyx: Oliver Roe"]
)
def test_a_title_a_post_or_brackets_tell_a_person_anywhere(text: str) -> None:
    (mention,) = NameSplitter((",", ";")).mentions(text, "")
    assert (mention.name, [one.name for one in mention.people]) == ("Zzyx", ["Oliver Roe"])


def test_a_column_that_names_people_again_and_again_names_them_everywhere() -> None:
    splitter = NameSplitter((",", ";"))
    for text in ("Ann Roe (The Clarion)", "Tom Doe, Editor, Daily Post", "Ian Poe: Zzyx"):
        splitter.learn(text, "")
    (mention,) = splitter.mentions("Oliver Roe, Evening Post", "")
    assert (mention.name, [one.name for one in mention.people]) == ("Evening Post", ["Oliver Roe"])


def test_brackets_and_dashes_tell_people_where_no_sign_cuts_cells() -> None:
    for text in ("Deltaa - Nick Roe", "Nick Roe (Deltaa)", "Deltaa: Nick Roe"):
        (mention,) = NameSplitter().mentions(text, "")
        assert (mention.name, [one.name for one in mention.people]) == ("Deltaa", ["Nick Roe"])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Sir Jo Roe", True),
        ("Lord Patten", True),
        ("Dr Zzyx Roe", True),
        ("Maria van der Roe", True),
        ("Paul Roe CBE", True),
        ("Thomas Cook", False),
        ("Rosa Luxemburg Foundation", False),
        ("Alliance Trust", False),
        ("Victoria University", False),
        ("the Lord’s Day", False),
        ("", False),
    ],
)
def test_who_is_told_to_be_a_person(text: str, answer: bool) -> None:
    assert is_person(text) is answer
