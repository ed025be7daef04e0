"""Duplicate detection: which records look like one organization, and why."""

import pytest

from organizations.duplicates import Likely, find_pairs, likely_pairs, strength
from organizations.merging.actions import merge_organizations
from organizations.models import Identifier, NotSame, Organization, OtherName
from tests import makers as make
from tests.people import People

pytestmark = pytest.mark.both_databases


def kinds(one: Organization, other: Organization) -> set[str]:
    pairs = {(pair.first, pair.second): pair for pair in find_pairs()}
    pair: Likely | None = pairs.get((min(one.pk, other.pk), max(one.pk, other.pk)))
    return {kind for kind, _what in pair.evidence} if pair else set()


@pytest.mark.django_db
def test_what_speaks_for_a_pair() -> None:
    arm = make.make_organization(
        "Alliance for Regenerative Medicine", acronym="ARM", website="https://www.arm.example/"
    )
    make.make_identifier(arm, "244710319190-73")
    same = make.make_organization("The Alliance for Regenerative Medicine AISBL")
    number = make.make_organization("Regenerative Works")
    make.make_identifier(number, "0244710319190 73")
    short = make.make_organization("ARM")
    typo = make.make_organization("Aliance for Regenerativ Medicine")
    turned = make.make_organization("Regenerative Medicine Alliance")
    site = make.make_organization("Somebody else", website="http://arm.example/contact")
    called = make.make_organization("Formerly Known")
    OtherName.objects.create(organization=called, name="alliance for regenerative medicine")
    other = make.make_organization("Alliance of Car Makers")
    assert kinds(arm, same) == {"name"}
    assert kinds(arm, number) == {"number"}
    assert kinds(arm, short) == {"acronym"}
    assert kinds(arm, typo) == kinds(arm, turned) == {"spelling"}
    assert kinds(arm, site) == {"website"}
    assert kinds(arm, called) == {"other_name"}
    assert kinds(arm, other) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "other", "is_beside"),
    [
        ("Energias de Deltaa", "EDD - Energias de Deltaa, SA", True),
        ("Federation of Deltaa Makers", "FDM: Federation of Deltaa Makers", True),
        ("Federation of Deltaa Makers", "Federation of Deltaa Makers, FDM", True),
        ("European Apparel and Textile Confederation", "European Apparel and Textile Confederation (Euratex)", True),
        ("Deltaa Makers", "Deltaa Makers (01234567)", True),
        ("Deltaa Makers", "Deltaa Makers 01234567", True),
        ("Deltaa Makers", "Deltaa Makers (2024)", False),
        ("Deltaa Makers", "BMW - Deltaa Makers", False),
        ("Deltaa Makers", "Deltaa Makers (Wales)", False),
        ("Deltaa Makers", "Deltaa Makers (EU)", False),
        ("Council of Bridge Makers", "Council of Bridge Makers (CBM)", True),
        ("Council of Bridge Makers", "Council of Bridge Makers [CoBM], Ltd", True),
        ("Deltaa Group", "Deltaa Group (123456789012-34)", True),
        ("Deltaa Group", "Deltaa Group,123456789012-34", True),
        ("Deltaa Group", "123456789012-34 Deltaa Group", True),
        ("Deltaa Group (DEG)", "Deltaa Group 123456789012-34", True),
        ("Chamber of Bridges (Lyon)", "Chamber of Bridges (Nice)", False),
        ("Deltaa (UK)", "Deltaa (US)", False),
        ("Deltaa 7", "Deltaa 8", False),
    ],
)
def test_an_acronym_or_a_number_beside_the_name(name: str, other: str, is_beside: bool) -> None:
    assert ("beside" in kinds(make.make_organization(name), make.make_organization(other))) is is_beside


@pytest.mark.django_db
def test_what_does_not() -> None:
    """Numbered names, a member on its umbrella's site, our own numbers, what was put away or merged."""
    first, second = make.make_organization("Region 1 Health Board"), make.make_organization("Region 2 Health Board")
    umbrella = make.make_organization("Umbrella", website="https://umbrella.example/")
    member = make.make_organization("Local branch", website="https://umbrella.example/local", parent=umbrella)
    for one, value in ((first, "K 1"), (umbrella, "K-1")):
        make.make_identifier(one, value, scheme=Identifier.Scheme.INTERNAL)
    twin = make.make_organization("Umbrella")
    twin.archive(by=None, reason="Old.")
    assert kinds(first, second) == kinds(umbrella, member) == kinds(first, umbrella) == kinds(umbrella, twin) == set()
    assert find_pairs() == []


@pytest.mark.django_db
def test_the_strongest_first() -> None:
    by_site = [make.make_organization(name, website="https://one.example/") for name in ("Quite", "Different")]
    by_name = [make.make_organization("Exactly this") for _ in range(2)]
    assert [(pair.first, pair.second) for pair in find_pairs()] == [
        (by_name[0].pk, by_name[1].pk),
        (by_site[0].pk, by_site[1].pk),
    ]
    assert strength([("website", ""), ("acronym", "")]) > strength([("acronym", "")])
    assert strength([("spelling", "88")]) < strength([("spelling", "99")]) < strength([("name", "")])


def test_what_is_not_the_same_is_offered_no_more(people: People) -> None:
    one, other = make.make_organization("Twin"), make.make_organization("Twin")
    assert len(likely_pairs()) == 1
    said = NotSame.remember(other, one, by=people.secretary)
    assert NotSame.remember(one, other, by=people.manager) == said
    assert (said.said_by, likely_pairs()) == (people.secretary, [])


def test_a_change_is_seen_at_once(people: People) -> None:
    one, other = make.make_organization("One"), make.make_organization("Another")
    assert likely_pairs() == []
    number = make.make_identifier(one, "11111-11")
    make.make_identifier(other, "11111 11")
    assert len(likely_pairs()) == 1
    number.delete()
    assert likely_pairs() == []
    make.make_identifier(one, "11111-11")
    merge_organizations(one, [other], by=people.secretary)
    assert likely_pairs() == []


ONE = [
    ("European Federation of Bridge Makers", "European Federation of Brigde Makers"),
    ("Organisation of Bridge Makers", "Organization of Bridge Makers"),
    ("Centre for Bridge Research", "Center for Bridge Research"),
    ("Bundesverband Logistik und Entsorgung (BGL) e.V.", "Bundesverband Logistik und Entsorgung (BGL) e. V."),
    ("ANBM - Associazione Nazionale Bridge Makers", "Associazione Nazionale Bridge Makers"),
    ("Estonian Employers Confederation MTU", "Estonian Employers Confederation"),
    ("Bridge Makers Alliance of Europe", "Alliance of Bridge Makers Europe"),
    ("Confederation of Agriculturral Bridges", "Confederation of Agricultural Bridges"),
    ("Sandbag Climate Campaign CIC", "Sandbag Climate Campaign"),
    ("Regenerativ Bridge Medicine", "Regenerative Bridge Medicine"),
]
TWO = [
    ("European Society of Radiology", "European Society of Cardiology"),
    ("European Meat Network", "European Heart Network"),
    ("Royal Institute of International Affairs", "Polish Institute of International Affairs"),
    ("National Academy of Medicine", "US National Academy of Medicine"),
    ("Wirtschaftsvereinigung Stahl", "Wirtschaftsvereinigung Metalle"),
    ("Confederation of Danish Industry", "Confederation of British Industry"),
    ("European Chamber of Commerce in Korea", "European Chamber of Commerce in Vietnam"),
    ("Environmental Defense Fund Europe", "Environmental Defense Fund Asia"),
    ("European Panel Federation", "European Parquet Federation"),
    ("Atria Oyj", "Patria Oyj"),
    ("Federation of Trade Unions of Ukraine", "Confederation of Free Trade Unions of Ukraine"),
    ("Chamber of Bridges 1", "Chamber of Bridges 2"),
    ("Wirtschaftskammer Österreich", "Landwirtschaftskammer Österreich"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "other", "is_one"), [(*pair, True) for pair in ONE] + [(*pair, False) for pair in TWO]
)
def test_another_word_is_another_organization(name: str, other: str, is_one: bool) -> None:
    assert bool(kinds(make.make_organization(name), make.make_organization(other))) is is_one
