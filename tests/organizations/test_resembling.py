"""A new organization that may already be recorded, however it is spelled."""

import pytest

from organizations.models import Organization, OtherName
from tests import makers

RECORDED = {
    "efpia": ("European Federation of Pharmaceutical Industries and Associations", "EFPIA"),
    "novo": ("Novo Nordisk A/S", ""),
    "merck": ("Merck KGaA", ""),
    "agence": ("Agence européenne des médicaments", "AEM"),
    "dotted": ("Union of Small Makers", "U.S.M."),
    "cyrillic": ("Европейская ассоциация пациентов", ""),
}


@pytest.fixture
def recorded(db: None) -> dict[str, Organization]:
    found = {key: makers.make_organization(name, acronym=acronym) for key, (name, acronym) in RECORDED.items()}
    makers.make_identifier(found["efpia"], "38526121292-88")
    OtherName.objects.create(organization=found["merck"], name="E. Merck, Darmstadt")
    makers.make_organization("Entirely Different", acronym="ED")
    return found


@pytest.mark.parametrize(
    ("name", "acronym", "numbers", "expected"),
    [
        ("EUROPEAN FEDERATION OF PHARMACEUTICAL INDUSTRIES & ASSOCIATIONS", "", [], {"efpia"}),
        ("European Federation of Pharmaceutical Industries and Associations AISBL", "", [], {"efpia"}),
        ("Efpia", "", [], {"efpia"}),
        ("European Federation of Pharmaceutical Industries and Associations (EFPIA)", "", [], {"efpia"}),
        ("EFPIA - European Federation of Pharmaceutical Industries and Associations", "", [], {"efpia"}),
        ("Another Federation (EFPIA)", "", [], set()),
        ("E.F.P.I.A.", "", [], {"efpia"}),
        ("Something new", "efpia", [], {"efpia"}),
        ("Something new", "E.F.P.I.A", [], {"efpia"}),
        ("Something new", "", [" 38526121292-88 "], {"efpia"}),
        ("Something new", "", ["38526121292-89", ""], set()),
        ("Novo Nordisk", "", [], {"novo"}),
        ("novo nordisk a/s", "", [], {"novo"}),
        ("MERCK", "", [], {"merck"}),
        ("E Merck Darmstadt", "", [], {"merck"}),
        ("Agence europeenne des medicaments", "", [], {"agence"}),
        ("Agence Européenne du Médicaments", "", [], {"agence"}),
        ("Something new", "USM", [], {"dotted"}),
        ("USM", "", [], {"dotted"}),
        ("ЕВРОПЕЙСКАЯ АССОЦИАЦИЯ ПАЦИЕНТОВ", "", [], {"cyrillic"}),
        ("Evropeyskaya assotsiatsiya patsientov", "", [], {"cyrillic"}),
        ("European Federation", "", [], set()),
        ("", "", [], set()),
        ("???", "!", [" "], set()),
        ("GmbH", "", [], set()),
    ],
)
def test_who_is_shown(
    recorded: dict[str, Organization], name: str, acronym: str, numbers: list[str], expected: set[str]
) -> None:
    found = list(Organization.objects.resembling(name, acronym, numbers))
    assert found == sorted((recorded[key] for key in expected), key=lambda organization: organization.name)


def test_those_put_away_are_shown_too_and_each_once(db: None) -> None:
    twice = makers.make_organization("Twice", acronym="TWICE")
    OtherName.objects.create(organization=twice, name="Twice Ltd")
    OtherName.objects.create(organization=twice, name="Twice GmbH")
    twice.archive(by=None, reason="Merged.")
    assert list(Organization.objects.resembling("twice", "twice")) == [twice]


def test_a_renamed_organization_is_known_by_its_new_name(db: None) -> None:
    organization = makers.make_organization("Before AG", acronym="BFR")
    organization.name, organization.acronym = "After SE", "AFT"
    organization.save(update_fields=["name", "acronym"])
    assert list(Organization.objects.resembling("After")) == [organization]
    assert list(Organization.objects.resembling("x", "aft")) == [organization]
    assert not Organization.objects.resembling("Before", "bfr")


def test_our_own_number_finds_for_us_and_tells_nobody_else(db: None) -> None:
    """It stays out of the text that lists search; typed in full into a form it still finds."""
    organization = makers.make_organization("Quietly numbered")
    makers.make_identifier(organization, "DOSSIER-77", scheme="internal")
    organization.refresh_from_db()
    assert "77" not in organization.search_text
    assert list(Organization.objects.lookup("DOSSIER-77")) == [organization]
    assert list(Organization.objects.lookup("DOSSIER-7")) == []
