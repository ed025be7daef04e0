"""The pages for duplicates and merges: found by whoever may merge, and nothing is done before it is confirmed."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organizations.merging.actions import merge_organizations
from organizations.models import Merge, NotSame, Organization
from tests import makers as make
from tests.people import People
from tests.queries import MANY, count_queries

DUPLICATES = "/organizations/duplicates/"
MERGE = f"{DUPLICATES}merge/"


@pytest.fixture
def client(people: People) -> Client:
    client = Client()
    client.force_login(people.secretary)
    return client


def twins(number: int = 1) -> list[Organization]:
    return [make.make_organization(f"Twin number {n}") for n in range(number) for _ in range(2)]


def hidden_fields(html: str, form: str) -> dict[str, Any]:
    """What the browser would send of this form: hidden fields and ticked radios."""
    found: dict[str, Any] = {}
    body = re.findall(rf'<form[^>]*action="{re.escape(form)}".*?</form>', html, re.S)[0]
    for tag in re.findall(r"<input[^>]*>", body):
        kind, name, value = (re.search(rf'{part}="([^"]*)"', tag) for part in ("type", "name", "value"))
        if kind and name and value and (kind[1] == "hidden" or "checked" in tag):
            found.setdefault(name[1], []).append(value[1])
    found.pop("csrfmiddlewaretoken", None)
    return found


@pytest.mark.parametrize("name", ["manager", "publisher", "representative", "stranger", "visitor"])
def test_nobody_else_finds_them(people: People, name: str) -> None:
    one, other = twins()
    merge = merge_organizations(one, [make.make_organization()], by=None)
    client = Client()
    if name != "visitor":
        client.force_login(getattr(people, name))
    status = 302 if name == "visitor" else 404
    pair = {"organization": [one.pk, other.pk], "keep": one.pk, "step": "merge", "seen": "2-1", "undo": "1"}
    for address in (DUPLICATES, MERGE, f"{DUPLICATES}merges/", f"{DUPLICATES}merges/{merge.pk}/"):
        assert client.get(address, {"organization": [one.pk, other.pk]}).status_code == status
    for address in (MERGE, f"{DUPLICATES}not-the-same/", f"{DUPLICATES}merges/{merge.pk}/"):
        assert client.post(address, pair).status_code == status
    merge.refresh_from_db()
    assert (Merge.objects.count(), NotSame.objects.count(), merge.is_undone) == (1, 0, False)


def test_from_the_worklist_to_the_result_and_back(client: Client, people: People) -> None:
    one, other = twins()
    make.make_held(counterparts=[other])
    other.website = "https://twin.example/"
    other.save()
    html = client.get(DUPLICATES).content.decode()
    address = re.findall(rf'href="({MERGE}[^"]*)"', html)[0].replace("&amp;", "&")
    html = client.get(address).content.decode()
    asked = hidden_fields(html, MERGE)
    assert asked["keep"] == [str(other.pk)]  # more hangs on it
    asked |= {"keep": [str(one.pk)], "step": "ask"}
    one.name = "Twin called differently"
    one.save()
    html = client.post(MERGE, asked).content.decode()
    assert "https://twin.example/" in html and not Merge.objects.exists()
    response = client.post(MERGE, hidden_fields(html, MERGE) | {"step": "merge"})
    merge = Merge.objects.get()
    result = reverse("organizations:merge_detail", args=[merge.pk])
    assert (response.status_code, response["Location"]) == (302, result)
    one.refresh_from_db()
    assert (one.website, one.parties.count(), merge.merged_by) == ("https://twin.example/", 1, people.secretary)
    assert one.name == "Twin called differently"  # what nobody chose follows the record that stays
    assert "Undo this merge" in client.get(result).content.decode()
    client.post(result, {"undo": "1"})
    merge.refresh_from_db()
    assert merge.undone_by == people.secretary and other.parties.count() == 1
    assert "Undone" in client.get(f"{DUPLICATES}merges/").content.decode()


def test_what_changed_meanwhile_is_shown_before_anything_is_done(client: Client) -> None:
    one, other = twins()
    asked = {"organization": [one.pk, other.pk], "keep": one.pk, "step": "ask"}
    confirmed = hidden_fields(client.post(MERGE, asked).content.decode(), MERGE) | {"step": "merge"}
    other.description = "New."
    other.save()
    html = client.post(MERGE, confirmed).content.decode()
    assert "Nothing was merged" in html and "New." in html and not Merge.objects.exists()
    html = client.post(MERGE, hidden_fields(html, MERGE) | {"step": "ask"}).content.decode()
    client.post(MERGE, hidden_fields(html, MERGE) | {"step": "merge"})
    assert Merge.objects.count() == 1


def test_what_cannot_be_merged_says_why(client: Client) -> None:
    host, counterpart = make.make_host(), make.make_organization()
    make.make_held(host=host, counterparts=[counterpart])
    asked = {"organization": [host.pk, counterpart.pk], "keep": host.pk, "step": "ask"}
    confirmed = hidden_fields(client.post(MERGE, asked).content.decode(), MERGE) | {"step": "merge"}
    html = client.post(MERGE, confirmed).content.decode()
    assert "different sides" in html and not Merge.objects.exists()


@pytest.mark.parametrize("keys", [[], ["x"], ["1"], ["999999", "1" * 40], ["²", "-1"]])
def test_nonsense_is_answered_kindly(client: Client, keys: list[str]) -> None:
    assert client.get(MERGE, {"organization": keys}).status_code == 302
    assert client.post(f"{DUPLICATES}not-the-same/", {"organization": keys}).status_code == 404


def test_undoing_says_what_stands_in_the_way(client: Client) -> None:
    one, other = twins()
    make.make_identifier(other, "11111-11")
    merge = merge_organizations(one, [other], by=None)
    one.identifiers.get().delete()
    address = reverse("organizations:merge_detail", args=[merge.pk])
    html = client.get(address).content.decode()
    assert "cannot be undone" in html and "Undo this merge" not in html
    assert "removed since" in client.post(address, {"undo": "1"}, follow=True).content.decode()


def test_not_the_same_is_noted_and_can_be_taken_back(client: Client, people: People) -> None:
    one, other = twins()
    pair = {"organization": [other.pk, one.pk], "next": DUPLICATES}
    assert client.post(f"{DUPLICATES}not-the-same/", pair)["Location"] == DUPLICATES
    assert NotSame.objects.get().said_by == people.secretary
    assert "Twin number" not in client.get(DUPLICATES).content.decode().partition("<main")[2]
    assert "Twin number" in client.get(f"{DUPLICATES}merges/").content.decode()
    away = {**pair, "forget": "1", "next": "https://elsewhere.example/"}
    assert client.post(f"{DUPLICATES}not-the-same/", away)["Location"] == DUPLICATES
    assert not NotSame.objects.exists()


def test_the_admin_leads_to_the_same_page(client: Client, people: People) -> None:
    one, other = twins()
    ticked = {"action": "merge_ticked", "_selected_action": [one.pk, other.pk]}
    response = client.post("/admin/organizations/organization/", ticked)
    assert response["Location"] == f"{MERGE}?organization={one.pk}&organization={other.pk}"
    manager = Client()
    manager.force_login(people.manager)
    assert "merge_ticked" not in manager.get("/admin/organizations/organization/").content.decode()


def test_pages_cost_the_same_for_many(client: Client) -> None:
    few, many = [], []
    base = make.make_organization("Base")
    addresses = [DUPLICATES, f"{DUPLICATES}?kind=name", f"{DUPLICATES}merges/"]
    for numbers, amount in ((few, 2), (many, MANY)):
        for one in twins(amount):
            make.make_identifier(one, f"{10000 + one.pk}-11")
        for one in [make.make_organization(f"Gone {amount} {n}") for n in range(amount)]:
            merge_organizations(base, [one], by=None)
        for number in range(amount):
            pair = [make.make_organization(f"Alike {amount} {number}") for _ in range(2)]
            NotSame.remember(*pair, by=None)
        for address in addresses:
            client.get(address)
            numbers.append(len(count_queries(lambda address=address: client.get(address))))
    assert few == many
    assert max(many) <= 16


def test_a_merge_page_costs_the_same_however_much_hangs_on_them(client: Client) -> None:
    one, other = twins()
    address = f"{MERGE}?organization={one.pk}&organization={other.pk}"
    costs = []
    for amount in (2, 200):
        for _ in range(amount):
            make.make_meeting(counterparts=[other])
        client.get(address)
        costs.append(len(count_queries(lambda: client.get(address))))
    assert costs[0] == costs[1] <= 55


def test_an_organization_does_not_take_the_address(client: Client) -> None:
    assert make.make_organization("Duplicates").get_absolute_url() == "/organizations/duplicates-organization/"


def test_the_pages_are_valid_html(client: Client, vnu: Any) -> None:
    one, other = twins()
    make.make_held(counterparts=[other])
    other.website = "https://twin.example/"
    other.save()
    pages = [DUPLICATES, f"{MERGE}?organization={one.pk}&organization={other.pk}"]
    texts = [client.get(page).content.decode() for page in pages]
    texts.append(client.post(MERGE, {"organization": [one.pk, other.pk], "step": "ask"}).content.decode())
    NotSame.remember(*twins(), by=None)
    merge = merge_organizations(one, [other], by=None)
    texts += [client.get(f"{DUPLICATES}{page}").content.decode() for page in ("merges/", f"merges/{merge.pk}/")]
    for text in texts:
        vnu(text)


def compared(client: Client, *names: str, **fields: Any) -> str:
    group = [make.make_organization(name, **fields) for name in names]
    return " ".join(client.get(MERGE, {"organization": [one.pk for one in group]}).content.decode().split())


def test_the_letters_that_differ_are_marked_and_told(client: Client) -> None:
    page = compared(client, "Kay Pharma Ltd", "Kay Farma Ltd")
    assert "Kay <mark>Ph</mark>arma Ltd" in page and "Kay <mark>F</mark>arma Ltd" in page
    assert "( differs in: Ph)" in page.replace("(differs", "( differs") and "differs in: F)" in page
    assert "<mark>" not in compared(client, "Association of Cell Tinkerers", "Union of Dose Counters")
    page = compared(client, "A & B <b>", "A & B <i>")
    assert "A &amp; B &lt;<mark>b</mark>&gt;" in page


def test_a_pair_for_which_nothing_speaks_is_warned_of(client: Client, people: People) -> None:
    page = compared(client, "Alpha Federation", "Omega Society", "Omega Society Ltd")
    warning = "Nothing suggests that these are the same."
    assert warning in page
    assert "Record A: register numbers, names, acronyms and websites differ" in page
    assert "Why they may be the same" in page, "two of the three are alike"
    assert warning not in compared(client, "Same Name", "Same Name")
    assert warning not in compared(client, "Gamma", "Delta", website="https://gd.example.org")
    one, other = twins()
    NotSame.remember(one, other, by=people.secretary)
    page = client.get(MERGE, {"organization": [one.pk, other.pk]}).content.decode()
    assert "Someone noted that these are not the same." in page and warning not in page
