"""The publication clock: what is due, how much was on time, and that each number is that of the list it leads to."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from engagement import publication_clock
from engagement.publication_clock import OUTCOMES, Deadline, clock
from meetings.models import Meeting
from tests import makers as make
from tests.people import People, client_of
from tests.thorough import today

ADDRESS = "/publication/"


def made(people: People, due: int, published: int | None = None, **fields: Any) -> Meeting:
    """A meeting to be published so many days from today, and perhaps published on another day."""
    today = timezone.localdate()
    title = f"Due {due}, published {published}"
    meeting = make.make_held(title, visibility=make.PUBLIC, publication_due_on=today + dt.timedelta(days=due), **fields)
    if published is not None:
        meeting.publish(by=people.publisher)
        Meeting.objects.filter(pk=meeting.pk).update(published_on=today + dt.timedelta(days=published))
    return meeting


@pytest.fixture(scope="module")
def module_register(module_people: People) -> None:
    """Overdue, soon, on time, late, exempt, withdrawn; under two rules and three leads."""
    people = module_people
    led, other = (make.make_organization(lead=lead) for lead in (people.manager, people.secretary))
    series = make.make_series()
    series.regimes.add(make.make_regime("Of the series", days=None), make.make_regime("Second", days=None))
    made(people, -3, counterparts=[led, other])
    made(people, -40, series=series)
    made(people, 5, counterparts=[led])
    made(people, 0)
    made(people, 60)
    for published in (-5, -4, 0):
        made(people, -4, published, counterparts=[led], series=series)
    own = made(people, -30, -1, counterparts=[other], series=series)
    own.regimes.add(rule := make.make_regime("Of the meeting", days=None, grounds=("Embassies",)))
    made(people, -800, -700, starts_on=dt.date(2024, 1, 1))
    exempt = made(people, -3)
    exempt.regimes.add(rule)
    exempt.exempt(by=people.publisher, ground=rule.grounds.get(), text="An embassy came.")
    made(people, -3, -3).withdraw(by=people.publisher, reason="Names.")


@pytest.fixture
def register(module_register: None, people: People) -> People:
    return people


def listed(client: Client, url: str) -> int:
    """How many meetings the list at this address says it has."""
    page = client.get(url).content.decode()
    found = re.search(r"([\d,]+) meetings?\b", page)
    return int(found[1].replace(",", "")) if found else 0


def test_every_number_is_that_of_its_list(register: People) -> None:
    shown, client = clock(register.manager), client_of(register.manager)
    tiles = {tile.asked.key: tile.number for tile in shown.tiles}
    assert {key: one.number for key, one in tiles.items()} == {
        "waiting": 5, "soon": 2, "overdue": 3, "ready": 0, "changed": 0, "late": 2, "exempt": 1, "withdrawn": 1,
    }  # fmt: skip
    numbers = [*tiles.values()]
    for lines in (shown.months, shown.rules, shown.leads, [shown.whole]):
        numbers += [number for line in lines for number in line.numbers]
    assert len(numbers) > 40
    for number in today(numbers, parts=2):
        assert number.number == listed(client, number.url), number.url


def test_months_of_the_chart_lead_to_what_they_count(register: People) -> None:
    client = client_of(register.manager)
    table = client.get(ADDRESS).content.decode().partition("chart-table")[2].partition("</table>")[0]
    rows = re.findall(r'<a href="([^"]+)">.+?<td class="number">(\d+)</td>', table, re.DOTALL)
    assert len(rows) == 12 and sum(int(number) for _url, number in rows) == 2
    for url, number in rows[-2:]:
        assert listed(client, url.replace("&amp;", "&")) == int(number), url


def test_the_shares_are_those_of_the_facts(register: People) -> None:
    shown = clock(register.manager)
    assert shown.whole.counts == {"on_time": 2, "late": 2, "overdue": 3} and shown.whole.share == 28
    assert {line.label: tuple(line.counts.values()) for line in shown.rules} == {
        "Of the meeting": (0, 1, 0),
        "Of the series": (2, 1, 1),
        "Second": (2, 1, 1),
    }
    assert {line.label: tuple(line.counts.values()) for line in shown.leads} == {
        str(register.manager): (2, 1, 1),
        str(register.secretary): (0, 1, 1),
    }
    assert len(shown.months) == 12 and sum(line.total for line in shown.months) == 7
    assert {key: sum(line.counts[key] for line in shown.months) for key in OUTCOMES} == shown.whole.counts


def test_the_page_says_by_how_many_days_and_who_decided(register: People) -> None:
    page = " ".join(client_of(register.publisher).get(ADDRESS).content.decode().split())
    for words in (
        "overdue by 3 days",
        "overdue by 40 days",
        "2 of 7 meetings",
        "28%",
        "Embassies",
        "decided by publisher",
    ):
        assert words in page, words
    assert page.count("End the exemption") == 1
    assert "An embassy came." not in page


def test_it_is_the_secretariats(register: People) -> None:
    assert client_of(register.manager).get(ADDRESS).status_code == 200
    assert client_of(register.representative).get(ADDRESS).status_code == 404
    assert Client().get(ADDRESS).status_code == 302
    for query in ("publication=exempt", "regime=second", "due_from=2020-01-01"):
        page = Client().get(f"/meetings/?{query}").content.decode()
        assert "Publication rule" not in page and listed(Client(), f"/meetings/?{query}") == listed(
            Client(), "/meetings/"
        )


def test_an_empty_register_says_so(people: People) -> None:
    assert "No meeting was due for publication" in client_of(people.manager).get(ADDRESS).content.decode()


def test_it_costs_the_same_with_many_meetings(people: People, flat_queries: Callable[..., None]) -> None:
    series = make.make_series()
    series.regimes.add(make.make_regime(days=None))

    def grow(number: int) -> None:
        for _each in range(number):
            made(people, -3, counterparts=[make.make_organization(lead=make.make_user())], series=series)

    client = client_of(people.manager)

    def made_anew() -> None:
        caches["pages"].clear()
        client.get(ADDRESS)

    flat_queries(grow, made_anew, ceiling=12, many=20)


def test_the_front_page_counts_what_the_visitor_may_see(people: People) -> None:
    today = timezone.localdate()
    new_year = (dt.date(today.year, 1, 1) - today).days
    made(people, new_year, new_year)
    made(people, new_year + 1, new_year + 20)
    made(people, new_year - 1, new_year - 1)
    made(people, new_year)
    hidden = made(people, new_year, new_year)
    hidden.visibility = make.INTERNAL
    hidden.save()
    page = " ".join(Client().get("/").content.decode().split())
    assert f"1 of 2 meetings that were due for publication in {today.year} were published on time." in page
    page = " ".join(client_of(people.manager).get("/overview/").content.decode().split())
    assert "2 of 3 meetings" in page


def test_the_time_that_is_over_is_a_bar(register: People) -> None:
    """From the day of the meeting to that of its deadline; overdue it is full."""
    shown = clock(register.manager)
    rows = [row for group in shown.groups for row in group.rows]
    deadlines = {row.meeting.title: row.deadline for row in rows if row.deadline}
    told = {title: (one.days_left, one.tone) for title, one in deadlines.items()}
    assert told["Due -3, published None"] == (-3, "late") and told["Due 5, published None"] == (5, "soon")
    assert all(one.over == 100 for one in deadlines.values() if one.days_left < 0)
    today = timezone.localdate()
    half = made(register, 10, starts_on=today - dt.timedelta(days=10))
    assert Deadline.of(half, today) == Deadline(10, 50)
    page = client_of(register.manager).get(ADDRESS).content.decode()
    assert '<rect class="clock__over" width="100%"' in page and "in 5 days" in page


def test_of_very_many_meetings_leads_are_told_when_asked_for(register: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each meeting has to be looked up with all its parties then, which is what takes longest."""
    client = client_of(register.secretary)
    told = "By lead</h3>"
    assert told in client.get(ADDRESS).content.decode()
    monkeypatch.setattr(publication_clock, "MOST", 1)
    caches["pages"].clear()
    page = client.get(ADDRESS).content.decode()
    assert told not in page and "By publication rule" in page
    asked = re.search(r'href="(\?leads=1)#shares"', page)
    assert asked and told in client.get(ADDRESS + asked[1]).content.decode()
