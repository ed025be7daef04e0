"""What happened to an organization, a topic, a series: for the secretariat all, for a representative what they see."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client

from engagement.accounts.models import CalendarLink, Look
from engagement.followups.models import Report
from meetings.models import Meeting
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.pages.reading import words
from tests.people import People, client_of
from tests.queries import count_queries

START = dt.datetime(2024, 3, 2, 9, tzinfo=dt.UTC)


@contextmanager
def on(day: float) -> Iterator[None]:
    """So many days after the start."""
    with time_machine.travel(START + dt.timedelta(days=day), tick=False):
        yield


def told(user: Any, record: Any) -> list[tuple[int, str, str]]:
    """The rows of the page, the latest first: the day, the record, what happened to it."""
    response = client_of(user).get(f"{record.get_absolute_url()}activity/")
    assert response.status_code == 200
    rows = [line.happening for line in response.context["page"].lines]
    return [((one.until - START).days, one.about.title, ", ".join(one.lines)) for one in rows]


class Story:
    """A meeting that is prepared inside, shared, held and published, and a promise made at it."""

    def __init__(self, people: People) -> None:
        self.people, self.host, self.topic = people, make.make_host("Agency"), make.make_topic("Fees")
        self.series = make.make_series("Talks", host=self.host)
        with on(0):
            self.meeting = make.make_meeting(
                "Leaflets",
                host=self.host,
                counterparts=[people.ours],
                series=self.series,
                starts_on=dt.date(2024, 3, 4),
                visibility=INTERNAL,
            )
            self.talk = make.make_discussion(self.meeting, topic=self.topic)
            make.make_position(self.talk, people.ours)
            make.make_position(self.talk, self.host, visibility=INTERNAL)
        with on(1):
            self.meeting.visibility = PUBLIC
            self.meeting.save()
        with on(1.5):
            self.act(lambda meeting: meeting.confirm(by=people.secretary))
        with on(3):
            self.act(lambda meeting: meeting.hold(by=people.secretary))
            make.make_outcome(self.meeting, discussion=self.talk)
        with on(5):
            self.act(lambda meeting: meeting.publish(by=people.publisher))
        with on(6):
            self.promise = make.make_followup(
                "Draft", discussion=self.talk, owner=people.ours, chaser=people.secretary, visibility=SHARED
            )
            make.make_followup("Secret", discussion=self.talk, owner=self.host, visibility=INTERNAL)
        with on(8):
            self.promise.move_due(by=people.manager, to=dt.date(2024, 9, 1), reason="They are slow")
        with on(9):
            self.promise.start(by=people.manager)
            said = {"organization": people.ours, "reported_by": people.representative, "comment": "Half of it"}
            Report.objects.create(followup=self.promise, kind="progress", state="noted", **said)
        with on(10):
            self.promise.complete(by=people.manager, result="It came")

    def act(self, verb: Callable[[Meeting], None]) -> None:
        self.meeting = Meeting.objects.get(pk=self.meeting.pk)
        verb(self.meeting)


@pytest.fixture(scope="module")
def story(module_people: People) -> Story:
    return Story(module_people)


def test_the_secretariat_reads_what_was_written_by_whom_and_why(story: Story, people: People) -> None:
    rows = told(people.secretary, people.ours)
    assert [(day, what) for day, title, what in rows if title == "Leaflets"] == [
        (5, "Published"),
        (3, "Held"),
        (3, "1 outcome added"),
        (1, "Confirmed"),
        (1, "Changed"),
        (0, "Meeting added, proposed, 1 discussion added, 2 positions added"),
    ]
    assert [(day, what) for day, title, what in rows if title == "Draft"] == [
        (10, "Done"),
        (9, "Progress reported"),
        (9, "In progress"),
        (8, "Due date: none → 1 Sep 2024"),
        (6, "Follow-up added"),
    ]
    assert (6, "Secret", "Follow-up added") in rows
    page = words(client_of(people.secretary).get(f"{people.ours.get_absolute_url()}activity/").content.decode())
    assert "Reason: They are slow" in page and "manager" in page


def test_a_representative_reads_what_they_see_from_when_it_was_open_to_them(story: Story, people: People) -> None:
    rows = told(people.representative, people.ours)
    assert [(day, what) for day, title, what in rows if title == "Leaflets"] == [
        (5, "Published"),
        (3, "Held, 1 outcome added"),
        (1, "Confirmed"),
        (1, "Meeting added, proposed, 1 discussion added, 1 position added"),
    ], "what was written before the meeting was shared came with it"
    assert [(day, what) for day, title, what in rows if title == "Draft"] == [
        (10, "Done"),
        (9, "Progress reported"),
        (8, "Due date: none → 1 Sep 2024"),
        (6, "Follow-up added"),
    ]
    page = client_of(people.representative).get(f"{people.ours.get_absolute_url()}activity/").content.decode()
    main = page.split("<main")[1]
    assert not any(word in main for word in ("slow", "manager", "secretary", "Secret", "Changed", "progress"))


def test_a_report_through_a_link_has_a_name_and_a_return_its_reason(story: Story, people: People) -> None:
    owed = {"owner": people.ours, "chaser": people.secretary, "visibility": SHARED}
    promise = make.make_followup("Lent", discussion=story.talk, **owed)
    report = promise.report_through(make.make_report_link(promise), kind="done", comment="", evidence="")
    promise.return_report(report, by=people.secretary, reason="Name the method.")
    said = [what for _day, title, what in told(people.secretary, people.ours) if title == "Lent"]
    assert "reported as done through the link given to Ada Outside" in ", ".join(said)
    page = words(client_of(people.representative).get(f"{people.ours.get_absolute_url()}activity/").content.decode())
    assert "Reason: Name the method." in page and "Ada Outside" not in page


def test_what_happens_out_of_sight_changes_nothing(story: Story, people: People) -> None:
    before = told(people.representative, people.ours)
    with on(12):
        meeting = Meeting.objects.get(pk=story.meeting.pk)
        meeting.internal_notes = "Watch out"
        meeting.save()
        hidden = make.make_position(story.talk, people.ours, visibility=INTERNAL)
        make.make_held(
            "Inside",
            host=story.host,
            counterparts=[people.ours],
            starts_on=dt.date(2024, 3, 5),
            visibility=INTERNAL,
        )
        make.make_followup("Inside", owner=people.ours, chaser=people.secretary, visibility=INTERNAL)
        story.promise.refresh_from_db()
        story.promise.reopen(by=people.manager, reason="Not so")
        story.promise.assign(by=people.manager, chaser=people.manager)
    after = told(people.representative, people.ours)
    assert after == [(12, "Draft", "Opened again"), *before]
    with on(13):
        make.make_position(story.talk, people.ours).delete()
    assert told(people.representative, people.ours) == after, "what was taken away is not told"
    with on(14):
        hidden.visibility = PUBLIC
        hidden.save()
    assert told(people.representative, people.ours)[0] == (14, "Leaflets", "1 position added"), "and not when written"


def test_a_topic_and_a_series_have_theirs_for_the_secretariat_alone(story: Story, people: People) -> None:
    other = make.make_discussion(story.meeting, topic=make.make_topic("Other"))
    make.make_position(other, people.ours)
    of_topic = told(people.secretary, story.topic)
    assert (0, "Leaflets", "Meeting added, proposed, 1 discussion added, 2 positions added") in of_topic
    assert not any("position" in what for day, _title, what in of_topic if day > 0)
    assert {title for _day, title, _what in told(people.secretary, story.series)} == {"Leaflets", "Draft", "Secret"}
    for record in (story.topic, story.series, people.theirs):
        address = f"{record.get_absolute_url()}activity/"
        assert client_of(people.representative).get(address).status_code == 404
        assert client_of(people.representative).post(f"{address}seen/").status_code == 404
        assert Client().get(address).headers["Location"].startswith("/accounts/login/")


def test_the_mark_moves_when_somebody_says_so_and_never_by_reading(story: Story, people: People) -> None:
    address, client = f"{people.ours.get_absolute_url()}activity/", client_of(people.manager)
    page = client.get(address).context["page"]
    assert not Look.objects.exists() and page.activity.new == 0
    second = page.lines[1].happening.until
    client.post(f"{address}seen/", {"until": second.isoformat()})
    answer = client.get(address)
    lines = answer.context["page"].lines
    assert [line.is_new for line in lines[:4]] == [True, False, False, False]
    assert [line.is_first_old for line in lines[:4]] == [False, True, False, False]
    assert "1 new entry since you last looked" in words(answer.content.decode())
    assert client_of(people.secretary).get(address).context["page"].activity.new == 0, "each has a mark of one's own"
    for until in ("2020-01-01T00:00:00+00:00", "2026-99-99", "nonsense", "2024-03-03T00:00:00", ""):
        assert client.post(f"{address}seen/", {"until": until}).status_code == 302
        assert Look.objects.get().looked_at == second, "never back, and not by what is no moment"
    client.post(f"{address}seen/", {"until": page.made_at})
    assert client.get(address).context["page"].activity.new == 0


def test_it_costs_the_same_for_two_meetings_and_for_many(people: People) -> None:
    host = make.make_host()

    def grow(number: int) -> None:
        for place in range(number):
            meeting = make.make_held(host=host, counterparts=[people.ours], visibility=SHARED)
            talk = make.make_discussion(meeting)
            make.make_position(talk, people.ours)
            followup = make.make_followup(
                f"Promise {place}", discussion=talk, owner=people.ours, chaser=people.secretary
            )
            followup.start(by=people.manager)

    address = f"{people.ours.get_absolute_url()}activity/"
    for user in (people.representative, people.manager):
        client = client_of(user)
        grow(2)
        client.get(address)
        few = len(count_queries(lambda client=client: client.get(address)))  # type: ignore[misc]
        grow(6)
        assert len(count_queries(lambda client=client: client.get(address))) == few <= 24  # type: ignore[misc]


def entries_of(response: Any) -> list[tuple[str, str, str]]:
    feed = ElementTree.fromstring(b"".join(response))
    atom = "{http://www.w3.org/2005/Atom}"
    found = feed.findall(f"{atom}entry")
    assert len({entry.findtext(f"{atom}id") for entry in found}) == len(found)
    names = ("updated", "title", "summary")
    return [tuple(entry.findtext(f"{atom}{name}", "") for name in names) for entry in found]  # type: ignore[misc]


def test_a_feed_has_the_rows_of_the_page_and_a_private_address_those_of_its_owner(story: Story, people: People) -> None:
    address = people.ours.get_absolute_url()
    client = client_of(people.representative)
    shown = entries_of(client.get(f"{address}activity.atom"))
    assert [(title, summary) for _at, title, summary in shown] == [
        (title, what) for _day, title, what in told(people.representative, people.ours)
    ]
    made = client.post(f"{address}activity/link/")
    private = made.context["private_address"].removeprefix("http://testserver")
    answer = Client().get(private)
    assert "no-store" in answer.headers["Cache-Control"] and answer.headers["Referrer-Policy"] == "no-referrer"
    body = b"".join(answer)
    token = private.split("/")[2]
    assert token.encode() not in body and CalendarLink.objects.get().opens == "activity"
    assert entries_of(Client().get(private)) == shown
    assert Client().get(f"/calendar/{token}/meetings.ics").status_code == 404, "it opens no calendar"
    other = private.replace(people.ours.slug, people.theirs.slug)
    assert (
        Client().get(other).status_code == 404
        and Client().get(f"/calendar/{token}/topics/fees.atom").status_code == 404
    )
    assert Client().get(f"{address}activity.atom").headers["Location"].startswith("/accounts/login/")
    _link, calendar = CalendarLink.objects.make(people.representative)
    assert Client().get(private.replace(token, calendar)).status_code == 404, "nor does a calendar open it"
    CalendarLink.objects.get(opens="activity").revoke()
    assert Client().get(private).status_code == 404
