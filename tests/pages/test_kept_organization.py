"""The page of an organization, kept for the secretariat: true whatever is written, kept while nothing on it is."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from engagement.followups.models import FollowUp
from meetings.models import Meeting
from organizations.merging.actions import merge_organizations
from organizations.models import Post
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.people import People
from tests.queries import count_queries

Names = dict[str, Any]
KEPT = 3
"""Queries: the session, the person, and whether the page is still true."""


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> Iterator[None]:
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def names(people: People) -> Names:
    """An organization about which there is something of every kind, and records beside it."""
    host, them, owner = make.make_host("Our body"), people.ours, people.manager
    series = make.make_series("The series", host=host, cadence_months=6)
    fields = {"host": host, "series": series}
    meeting = make.make_public("The meeting", counterparts=[them], starts_on=dt.date(2025, 5, 8), **fields)
    plan = make.make_meeting("The plan", counterparts=[them], starts_on=dt.date(2060, 5, 8), **fields)
    topic, person = make.make_topic("The topic"), make.make_person("The head")
    discussion = make.make_discussion(meeting, topic=topic)
    theirs = {"owner": them, "chaser": owner}
    return {
        **{"host": host, "them": them, "series": series, "meeting": meeting, "plan": plan, "topic": topic},
        **{"person": person, "discussion": discussion, "people": people, "fields": fields},
        "party": meeting.parties.get(organization=them),
        "position": make.make_position(discussion, them, statement="Their position"),
        "theirs": make.make_followup("Their promise", meeting=meeting, **theirs),
        "loose": make.make_followup("Their loose promise", **theirs),
        "ours": make.make_followup("Our promise", meeting=meeting, owner=host),
        "post": Post.objects.create(person=person, organization=them, function="Head"),
        "number": make.make_identifier(them, "1234567-12"),
        "member": make.make_organization("The member", parent=them),
        "elsewhere": make.make_public("Elsewhere", host=host),
    }


def saved(name: str, /, **fields: Any) -> Callable[[Names], object]:
    def change(names: Names) -> None:
        record = names[name]
        record.refresh_from_db()
        for field, value in fields.items():
            setattr(record, field, names.get(value, value) if isinstance(value, str) else value)
        record.save()

    return change


CHANGES: dict[str, Callable[[Names], object]] = {
    "itself": saved("them", description="Otherwise"),
    "its lead": lambda of: saved("them", lead="lead")({**of, "lead": of["people"].manager}),
    "number": saved("number", value="7654321-12"),
    "number gone": lambda of: of["number"].delete(),
    "another name": lambda of: of["them"].other_names.create(name="Also known so"),
    "member": saved("member", name="Renamed"),
    "member gone": saved("member", parent=None),
    "new member": lambda of: make.make_organization("New", parent=of["them"]),
    "umbrella": saved("them", parent="host"),
    "person": saved("person", name="Renamed"),
    "post": saved("post", function="Another"),
    "post gone": lambda of: of["post"].delete(),
    "meeting": saved("meeting", title="Renamed"),
    "new meeting": lambda of: make.make_public(counterparts=[of["them"]]),
    "no longer there": lambda of: of["plan"].parties.filter(organization=of["them"]).delete(),
    "there instead of another": lambda of: make.make_party(of["elsewhere"], of["them"]),
    "the plan": saved("plan", title="Renamed"),
    "the plan gone": lambda of: of["plan"].cancel(by=None, reason="No time"),
    "the series": saved("series", title="Renamed"),
    "discussion": saved("discussion", topic=None, title="Otherwise"),
    "discussion narrower": saved("discussion", visibility=INTERNAL),
    "new discussion": lambda of: make.make_discussion(of["meeting"], "New"),
    "topic": saved("topic", title="Renamed"),
    "position": saved("position", statement="Otherwise"),
    "position gone": lambda of: of["position"].delete(),
    "their promise": saved("theirs", title="Renamed"),
    "their promise done": lambda of: of["theirs"].complete(by=of["people"].manager, result="Done"),
    "their loose promise": saved("loose", title="Renamed"),
    "the promise of another": saved("loose", owner="host"),
    "our promise": saved("ours", title="Renamed"),
    "our promise gone elsewhere": saved("ours", meeting="elsewhere"),
    "a new promise": lambda of: make.make_followup("New", meeting=of["meeting"]),
    "a promise of many": lambda of: make.make_followup("New", meeting=of["meeting"], is_joint=True),
    "no longer public": lambda of: of["meeting"].withdraw(by=None, reason="By mistake"),
    "merged": lambda of: _merge(of),
}


def _merge(of: Names) -> None:
    of["people"].manager.is_superuser = True
    other = make.make_organization("The same")
    make.make_public(counterparts=[other])
    merge_organizations(of["them"], [other], by=of["people"].manager)


def signed_in(people: People) -> Client:
    client = Client()
    client.force_login(people.secretary)
    return client


def main_part(client: Client, address: str) -> str:
    return client.get(address).content.decode().split("<main", 1)[1].split("</main>")[0]


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_written_is_seen(names: Names, what: str) -> None:
    client, address = signed_in(names["people"]), names["them"].get_absolute_url()
    before = main_part(client, address)
    assert len(count_queries(lambda: client.get(address))) == KEPT
    CHANGES[what](names)
    now = main_part(client, address)
    caches["pages"].clear()
    assert now == main_part(client, address)
    assert now != before


def test_a_series_is_due_again_when_the_meeting_after_it_goes(names: Names) -> None:
    """It took place without this organization, so nothing else ties it to the page."""
    names["plan"].cancel(by=None, reason="No time")
    later = make.make_held("Without them", **names["fields"], starts_on=dt.date(2026, 5, 8))
    client, address = signed_in(names["people"]), names["them"].get_absolute_url()
    assert "To be expected" not in main_part(client, address)
    later.refresh_from_db()
    later.delete()
    assert "o be expected" in main_part(client, address)


@pytest.mark.parametrize("whose", ["host", "them"])
def test_what_is_next_is_no_longer_next_once_it_is_over(names: Names, whose: str) -> None:
    client, address = signed_in(names["people"]), names[whose].get_absolute_url()
    soon = timezone.localtime() + dt.timedelta(minutes=1)
    fields = {"starts_on": soon.date(), "start_time": dt.time.min, "end_time": soon.time().replace(microsecond=0)}
    meeting = make.make_meeting("Today", counterparts=[names["them"]], host=names["host"], **fields)
    meeting.confirm(by=None)
    assert "Today" in next_card(client, address)
    assert len(count_queries(lambda: client.get(address))) == KEPT
    meeting.refresh_from_db()
    with patch("django.utils.timezone.now", return_value=meeting.ends_at + dt.timedelta(seconds=1)):
        assert "Today" not in next_card(client, address)


def next_card(client: Client, address: str) -> str:
    return main_part(client, address).split('id="next"')[1].split("</section>")[0]


def test_what_came_of_a_meeting_too_old_to_be_shown(names: Names) -> None:
    """It counts among the promises, though nothing on the page names that meeting."""
    for year in range(2003, 2024):
        make.make_held(f"Of {year}", counterparts=[names["them"]], starts_on=dt.date(year, 5, 8))
    client, address = signed_in(names["people"]), names["them"].get_absolute_url()
    before = main_part(client, address)
    oldest = Meeting.objects.get(title="Of 2003")
    assert oldest.title not in before
    make.make_followup("New", meeting=oldest, owner=names["host"]).complete(by=names["people"].manager, result="Done")
    assert main_part(client, address) != before


def test_what_is_written_elsewhere_leaves_a_page_kept(names: Names) -> None:
    client, address = signed_in(names["people"]), names["them"].get_absolute_url()
    client.get(address)
    other = make.make_public("Quite another", host=names["host"])
    make.make_position(make.make_discussion(other, topic=make.make_topic()), names["host"])
    make.make_followup(meeting=other, visibility=PUBLIC)
    make.make_organization()
    assert len(count_queries(lambda: client.get(address))) == KEPT


def test_what_is_known_by_other_ways_is_not_kept(names: Names) -> None:
    """Why anybody may know of an organization that took part in nothing public depends on more than is stamped."""
    spoken_of = make.make_organization("Spoken of")
    discussion = names["discussion"]
    discussion.mentions.add(spoken_of)
    client, address = signed_in(names["people"]), spoken_of.get_absolute_url()
    assert "Something public does" in main_part(client, address)
    discussion.refresh_from_db()
    discussion.mentions.clear()
    assert "Something public does" not in main_part(client, address)


def test_nobody_else_meets_it(names: Names) -> None:
    client, address = signed_in(names["people"]), names["them"].get_absolute_url()
    main_part(client, address)
    assert FollowUp.objects.filter(visibility=PUBLIC).count() == 0
    for user in (names["people"].representative, names["people"].stranger):
        other = Client()
        other.force_login(user)
        assert "The head" not in main_part(other, address)
        assert len(count_queries(lambda other=other: other.get(address))) > KEPT
    assert "The head" not in main_part(Client(), address)
