"""Every column of every list is an order, by what stands in the column, made only from what the reader sees."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from engagement.core.lists.views import ListPage
from engagement.followups.lists import FollowUpList
from engagement.topics.lists import TopicList
from meetings.lists import MeetingList, SeriesList
from organizations.lists import OrganizationList
from tests import makers as make
from tests.lists.lists import ADDRESSES, LISTS, ask, keys
from tests.makers import PUBLIC, SHARED
from tests.people import People
from tests.world import World

pytestmark = pytest.mark.both_databases

HEAD = re.compile(r"<t[hd]\b[^>]*>")


@pytest.mark.parametrize("who", ["visitor", "representative", "manager"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_column_head_sorts(world: World, people: People, address: str, who: str) -> None:
    client = Client()
    if who != "visitor":
        client.force_login(getattr(people, who))
    heads = re.findall(r"<thead.*?</thead>", client.get(address).content.decode(), re.S)
    page = LISTS[ADDRESSES.index(address)]
    assert bool(heads) == (page is not MeetingList), "a list of cards has the orders above it"
    columns = [cell for head in heads for cell in HEAD.findall(head) if "pick" not in cell]
    assert all("aria-sort" in cell for cell in columns), [cell for cell in columns if "aria-sort" not in cell]


def titles(page: type[ListPage], user: Any, order: str) -> list[str]:
    return [getattr(row, "title", "") or row.name for row in ask(page, user, f"sort={order}&show=all").rows]


def named(page: type[ListPage], user: Any, order: str, *wanted: str) -> list[str]:
    """Where some rows stand among each other."""
    return [title for title in titles(page, user, order) if title in wanted]


@pytest.fixture
def met(people: People) -> People:
    """Often: twice in public. Once: lately in public, and twice where only the secretariat knows."""
    often, once = make.make_organization("Often"), make.make_organization("Once")
    series = {name: make.make_series(f"{name} series") for name in ("Often", "Once")}
    topics = {name: make.make_topic(f"{name} topic") for name in ("Often", "Once")}

    def meet(name: str, with_: Any, day: dt.date, public: bool = True) -> None:
        made = make.make_public if public else make.make_held
        meeting = made(f"{name} {day}", counterparts=[with_], series=series[name], starts_on=day)
        talk = make.make_discussion(meeting, topic=topics[name])
        promise = f"{name} promise {day}"
        make.make_followup(promise, discussion=talk, owner=with_, chaser=people.manager, visibility=PUBLIC)

    meet("Often", often, make.LONG_AGO)
    meet("Often", often, dt.date(2025, 6, 1))
    meet("Once", once, dt.date(2025, 7, 1))
    meet("Once", once, dt.date(2025, 1, 1), public=False)
    meet("Once", once, dt.date(2025, 1, 2), public=False)
    return people


@pytest.mark.parametrize(
    ("page", "order", "what"),
    [
        (OrganizationList, "held", ""),
        (TopicList, "discussions", " topic"),
        (SeriesList, "held", " series"),
    ],
)
def test_counts_order_by_what_the_reader_sees(met: People, page: type[ListPage], order: str, what: str) -> None:
    often, once = f"Often{what}", f"Once{what}"
    assert named(page, met.visitor, order, often, once) == [once, often]
    assert named(page, met.manager, order, often, once) == [often, once]
    assert named(page, met.visitor, f"-{order}", often, once) == [often, once]


@pytest.mark.parametrize(("page", "what"), [(OrganizationList, ""), (TopicList, " topic"), (SeriesList, " series")])
def test_the_latest_orders_by_what_the_reader_sees(met: People, page: type[ListPage], what: str) -> None:
    often, once, never = f"Often{what}", f"Once{what}", f"Never{what}"
    assert named(page, met.visitor, "-last", often, once) == [once, often]
    day = dt.date(2025, 8, 1)
    hidden = make.make_held(
        counterparts=[make.Organization.objects.get(name="Often")],
        series=make.Series.objects.get(title="Often series"),
        starts_on=day,
    )
    make.make_discussion(hidden, topic=make.Topic.objects.get(title="Often topic"))
    assert named(page, met.visitor, "-last", often, once) == [once, often]
    assert named(page, met.manager, "-last", often, once) == [often, once]
    make.make_organization("Never"), make.make_topic("Never topic"), make.make_series("Never series")
    for order in ("last", "-last"):
        assert named(page, met.manager, order, often, once, never)[-1] == never


def test_meetings_and_promises_order_by_each_other(met: People) -> None:
    first = make.Meeting.objects.get(title=f"Often {make.LONG_AGO}")
    make.make_followup("Another", meeting=first, visibility=SHARED)
    public = [f"Often {make.LONG_AGO}", "Once 2025-07-01"]
    assert named(MeetingList, met.manager, "-followups", *public) == public
    assert named(MeetingList, met.visitor, "-followups", *public) == public[::-1], "ties fall by key"
    promises = titles(FollowUpList, met.manager, "meeting")
    assert promises[0] == "Once promise 2025-01-01" and promises[-2:] != promises[:2]
    seen = titles(FollowUpList, met.visitor, "meeting")
    assert seen == [f"Often promise {make.LONG_AGO}", "Often promise 2025-06-01", "Once promise 2025-07-01"]


def test_a_promise_whose_meeting_is_not_seen_stands_last(people: People) -> None:
    hidden = make.make_held(starts_on=dt.date(2025, 1, 1), visibility=SHARED)
    own = {"owner": people.ours, "chaser": people.manager, "visibility": SHARED}
    make.make_followup("Hidden origin", meeting=hidden, **own)
    make.make_followup("Known origin", meeting=make.make_public(counterparts=[people.ours]), **own)
    for order in ("meeting", "-meeting"):
        assert titles(FollowUpList, people.representative, order) == ["Known origin", "Hidden origin"]
    assert titles(FollowUpList, people.manager, "meeting") == ["Hidden origin", "Known origin"]


def test_what_comes_next_orders_series(people: People) -> None:
    soon, later = make.make_series("Soon"), make.make_series("Later")
    make.make_series("Nothing planned")
    for days, series in ((60, later), (10, soon)):
        make.make_meeting(series=series, starts_on=timezone.localdate() + dt.timedelta(days=days))
    assert titles(SeriesList, people.manager, "next") == ["Soon", "Later", "Nothing planned"]
    assert titles(SeriesList, people.manager, "-next") == ["Later", "Soon", "Nothing planned"]


def test_choices_stand_as_they_are_read(people: People) -> None:
    """Countries by name and not by code, organizations by what is written, states as they follow each other."""
    for country in ("AT", "EE", "DE"):  # Austria, Estonia, Germany
        make.make_organization(country, country=country)
    found = named(OrganizationList, people.manager, "country", "AT", "EE", "DE")
    assert found == ["AT", "EE", "DE"]
    short, long = make.make_organization("Zoo association", acronym="AAA"), make.make_organization("Middle")
    for owner in (short, long):
        make.make_followup(f"of {owner.name}", owner=owner, chaser=people.manager)
    assert titles(FollowUpList, people.manager, "owner") == ["of Zoo association", "of Middle"]
    made = [make.make_meeting("proposed"), make.make_held("held")]
    made[0].cancel(by=None, reason="No time")
    waiting = make.make_meeting("confirmed")
    waiting.confirm(by=None)
    assert titles(MeetingList, people.manager, "status") == ["confirmed", "held", "proposed"]


def test_ordinals_order_the_meetings_of_a_series(people: People) -> None:
    series = make.make_series("Series")
    for ordinal in (2, 10, 1):
        make.make_meeting(f"Meeting {ordinal}", series=series, ordinal=ordinal)
    assert titles(MeetingList, people.manager, "series") == ["Meeting 1", "Meeting 2", "Meeting 10"]


def test_each_order_runs_for_each_reader(world: World, people: People) -> None:
    for _name, user in people:
        for page in LISTS:
            plain = sorted(keys(ask(page, user)))
            for order in page.sorts:
                assert sorted(keys(ask(page, user, f"sort=-{order}"))) == plain
