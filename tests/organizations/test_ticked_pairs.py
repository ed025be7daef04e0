"""Several likely duplicates ticked together: asked once, each merged by itself, or remembered as different."""

import re

import pytest
from django.test import Client

from organizations.models import Merge, NotSame, Organization
from tests import makers as make
from tests.people import People
from tests.queries import count_queries

DUPLICATES = "/organizations/duplicates/"
TICKED = f"{DUPLICATES}ticked/"


@pytest.fixture
def client(people: People) -> Client:
    client = Client()
    client.force_login(people.secretary)
    return client


def twins(number: int) -> list[tuple[Organization, Organization]]:
    return [(make.make_organization(f"Twin {n}"), make.make_organization(f"Twin {n} Ltd")) for n in range(number)]


def value(pair: tuple[Organization, Organization]) -> str:
    return "-".join(str(one.pk) for one in pair)


def asked(client: Client, pairs: list[tuple[Organization, Organization]]) -> list[str]:
    """What the question sends, once it is answered."""
    page = client.post(TICKED, {"pair": [value(pair) for pair in pairs]}).content.decode()
    return re.findall(r'name="pair" value="([^"]+)"', page)


def test_ticked_pairs_are_merged_after_one_question(client: Client) -> None:
    pairs = twins(3)
    make.make_held(counterparts=[pairs[0][1]])
    page = client.get(DUPLICATES).content.decode()
    assert all(f'form="ticked" value="{value(pair)}"' in page for pair in pairs)
    sent = asked(client, pairs[:2])
    assert not Merge.objects.exists()
    answer = client.post(TICKED, {"pair": sent, "step": "merge"}, follow=True)
    assert "Merged 2 pairs." in answer.content.decode()
    kept = set(Merge.objects.values_list("kept__name", flat=True))
    assert kept == {"Twin 0 Ltd", "Twin 1"}  # the one that a meeting names stays
    assert client.get(DUPLICATES).context["number"] == 1


def test_ticked_pairs_that_are_not_the_same(client: Client) -> None:
    pairs = twins(2)
    client.post(TICKED, {"pair": [value(pair) for pair in pairs], "not_same": "1"})
    assert NotSame.objects.count() == 2
    assert client.get(DUPLICATES).context["number"] == 0


def test_what_was_changed_meanwhile_is_not_merged(client: Client) -> None:
    pairs = twins(2)
    sent = asked(client, pairs)
    pairs[0][0].description = "Another one after all"
    pairs[0][0].save()
    answer = client.post(TICKED, {"pair": sent, "step": "merge"}, follow=True).content.decode()
    assert "have changed meanwhile" in answer and "Merged one pair." in answer
    assert Merge.objects.count() == 1


def test_one_of_three_goes_twice_into_the_same(client: Client) -> None:
    (one, other), third = twins(1)[0], make.make_organization("Twin 0 GmbH")
    sent = asked(client, [(one, other), (one, third), (other, third)])
    answer = client.post(TICKED, {"pair": sent, "step": "merge"}, follow=True).content.decode()
    assert "Merged 2 pairs." in answer and "have changed meanwhile" in answer
    assert Organization.objects.current().filter(name__startswith="Twin 0").count() == 1


@pytest.mark.parametrize("pair", ["", "1", "x-y", "1-1", "999999-999998", "1-2-3-4-5", "²-³", "9" * 30 + "-1"])
def test_whatever_is_sent_is_answered(client: Client, pair: str) -> None:
    assert client.post(TICKED, {"pair": [pair], "step": "merge"}, follow=True).status_code == 200
    assert not Merge.objects.exists()


@pytest.mark.parametrize("name", ["manager", "publisher", "representative", "stranger", "visitor"])
def test_nobody_else_merges(people: People, name: str) -> None:
    client, pairs = Client(), twins(1)
    if name != "visitor":
        client.force_login(getattr(people, name))
    assert client.post(TICKED, {"pair": [value(pairs[0])], "step": "merge"}).status_code in (302, 403, 404)
    assert not Merge.objects.exists()


def test_the_question_asks_the_same_for_two_and_for_twenty(client: Client) -> None:
    few = twins(2)
    asked(client, few)
    many = [(make.make_organization(f"More {n}"), make.make_organization(f"More {n} Ltd")) for n in range(20)]
    assert len(count_queries(lambda: asked(client, few))) == len(count_queries(lambda: asked(client, many)))
