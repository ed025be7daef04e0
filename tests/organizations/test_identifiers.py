"""Register numbers: what is one, whose it is, and that organizations are found by it."""

import pytest
from django.core.exceptions import ValidationError

from organizations.models import Identifier, Organization, OtherName
from tests import makers

EU, COMPANY, ROR, WIKIDATA = "eu_transparency", "company", "ror", "wikidata"


@pytest.mark.parametrize(
    ("scheme", "value", "right"),
    [
        (EU, "38526121292-88", True),
        (EU, "025250318220-32", True),
        (EU, "12345-67", True),
        (EU, " 12345-67 ", True),
        (EU, "1234567890123-45", True),
        (EU, "1234-56", False),
        (EU, "12345678901234-56", False),
        (EU, "12345-6", False),
        (EU, "12345-678", False),
        (EU, "1234567", False),
        (EU, "12345–67", False),
        (EU, "١٢٣٤٥-٦٧", False),
        (EU, "12345-67\n1", False),
        (EU, "", False),
        (ROR, "01ej9dk98", True),
        (ROR, "https://ror.org/01ej9dk98", False),
        (ROR, "11ej9dk98", False),
        (WIKIDATA, "Q42", True),
        (WIKIDATA, "Q042", False),
        (WIKIDATA, "P42", False),
        (WIKIDATA, "Q٤٢", False),
        (COMPANY, "HRB 48248", True),
        ("nonsense", "1", False),
    ],
)
def test_what_is_a_number(db: None, scheme: str, value: str, right: bool) -> None:
    identifier = Identifier(organization=makers.make_organization(), scheme=scheme, value=value)
    if right:
        identifier.full_clean()
        assert identifier.value == value.strip()
        return
    with pytest.raises(ValidationError):
        identifier.full_clean()


def test_organizations_are_found_by_numbers_and_names_as_they_come_and_go(db: None) -> None:
    organization = makers.make_organization("Plain")
    number = makers.make_identifier(organization, "12345-67")
    name = OtherName.objects.create(organization=organization, name="Ärztebund")
    for text in ("12345-67", "arztebund", "plain 12345"):
        assert list(Organization.objects.lookup(text)) == [organization]
    number.value = "76543-21"
    number.save()
    assert list(Organization.objects.lookup("76543-21")) == [organization]
    assert not Organization.objects.lookup("12345-67")
    name.delete()
    number.delete()
    assert not Organization.objects.lookup("arztebund")
    assert not Organization.objects.lookup("76543-21")
    assert list(Organization.objects.lookup("plain")) == [organization]


def test_no_organization_stands_below_itself(db: None) -> None:
    top = makers.make_organization()
    low = makers.make_organization(parent=makers.make_organization(parent=top))
    for umbrella in (low, low.parent, top):
        top.parent = umbrella
        with pytest.raises(ValidationError) as told:
            top.full_clean()
        assert "parent" in told.value.message_dict


def test_two_countries_may_give_companies_the_same_number(db: None) -> None:
    first, second = makers.make_organization(), makers.make_organization()
    makers.make_identifier(first, "HRB 1", scheme="company")
    assert makers.make_identifier(second, "HRB 1", scheme="company").pk
