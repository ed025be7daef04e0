"""The page for citizens: rules in use in plain words, exempt meetings counted and not named, how to complain."""

import re
from typing import Any

from django.test import Client

from meetings.models import Regime
from tests import makers as make
from tests.people import People, client_of

ADDRESS = "/about/"


def read(client: Client) -> str:
    return " ".join(client.get(ADDRESS).content.decode().split())


def test_it_explains_the_rules_in_use_and_no_others(people: People) -> None:
    make.make_regime(
        "The rule", grounds=("Embassies", "Contracts"), covers="Heads of unit.", is_with_minutes=True,
        required_fields=["date", "subject"], meeting_kinds=["bilateral"], organization_kinds=["company"],
        counts_from="period", period="four_months", days=21, working_days="next", source_url="https://example.org/rule",
    )  # fmt: skip
    make.make_regime("Not followed", is_in_use=False)
    page = read(Client())
    for words in (
        "Heads of unit.", "At most 21 days after the end of April, August or December.", "on the next Monday",
        "Date, subject", "Minutes, with what was raised", "Bilateral meeting", "Company", "The text of Embassies.", "https://example.org/rule",
    ):  # fmt: skip
        assert words in page, words
    assert "Not followed" not in page
    Regime.objects.update(is_in_use=False)
    make.make_regime("Own", days=None)
    page = read(Client())
    assert "It sets no deadline." in page and "The rule" not in page.split("<main")[1].replace("<dt>The rule</dt>", "")


def test_exempt_meetings_are_counted_by_ground_and_not_shown(people: People) -> None:
    rule = make.make_regime("The rule", grounds=("Embassies", "Contracts"))
    embassies = rule.grounds.get(name="Embassies")
    assert "No meeting is exempt" in read(Client())
    for number in range(3):
        meeting = make.make_held(f"Talks {number}", visibility=make.PUBLIC)
        meeting.regimes.add(rule)
        meeting.exempt(by=people.publisher, ground=embassies, text="A secret word.")
    pages = {read(Client()), read(client_of(people.stranger)).split("</header>")[1]}
    for page in pages:
        assert "3 meetings are exempt from publication" in page
        assert 'data-label="Exempt meetings:">3<' in page and 'data-label="Exempt meetings:">0<' in page
        assert "Talks" not in page and "secret word" not in page
    meeting.end_exemption(by=people.publisher, reason="No embassy.")
    assert "2 meetings are exempt" in read(Client())


def test_it_says_how_to_complain_and_stands_in_the_footer(people: People, settings: Any) -> None:
    assert "on the website of the public body" in read(Client())
    settings.CONTACT = "office@example.org"
    page = read(Client())
    assert "mailto:office@example.org" in page.split("<footer")[0]
    assert f'href="{ADDRESS}"' in Client().get("/").content.decode().split("<footer")[1]


def test_the_exempt_are_counted_without_a_query_for_each_rule(people: People, flat_queries: Any) -> None:
    def grow(number: int) -> None:
        for _each in range(number):
            make.make_regime(grounds=("Embassies", "Contracts"))

    client = client_of(people.manager)
    flat_queries(grow, lambda: client.get(ADDRESS), ceiling=12, many=20)


def test_each_question_is_a_heading_that_its_link_leads_to(people: People) -> None:
    page = read(Client())
    asked = re.findall(r'<li><a href="#(\w+)">(.*?)</a></li>', page)
    assert len(asked) == 7 and asked == re.findall(r'<h2 id="(\w+)">(.*?)</h2>', page)[:7]
    addresses = set(re.findall(r'href="(/[^"#]*)"', page.split("<main")[1].split("<footer")[0]))
    assert {Client().get(address).status_code for address in addresses} == {200} and len(addresses) == 9
