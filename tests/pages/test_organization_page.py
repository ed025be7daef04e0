"""The page of an organization: its people, its meetings, its positions, promises both ways, and what is next."""

import datetime as dt
import re

import time_machine

from meetings.models import Position
from organizations.models import Post
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.pages.charts import markup_of, section_of
from tests.pages.reading import page_text
from tests.people import People

NOW = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)


def test_people_and_posts_are_for_the_secretariat(people: People) -> None:
    make.make_public(counterparts=[people.ours])
    person = make.make_person("Grace Hopper", email="grace@example.org")
    Post.objects.create(person=person, organization=people.ours, function="Head of policy", ends_on=dt.date(2020, 1, 1))
    assert "Grace Hopper Head of policy, until January 2020" in page_text(
        people.ours.get_absolute_url(), people.manager
    )
    for user in (people.visitor, people.representative, people.stranger):
        text = page_text(people.ours.get_absolute_url(), user)
        assert "Grace Hopper" not in text and "People" not in text


def test_no_address_is_given_of_somebody_who_must_not_be_contacted(people: People) -> None:
    person = make.make_person("Quiet One", email="quiet@example.org", contact_permission="refused")
    Post.objects.create(person=person, organization=people.ours, function="Member")
    text = page_text(people.ours.get_absolute_url(), people.secretary)
    assert "Must not be contacted" in text and "quiet@example.org" not in text


def test_umbrella_and_members_as_far_as_they_may_be_known(people: People) -> None:
    umbrella = make.make_organization("The Federation")
    people.ours.parent = umbrella
    people.ours.save()
    known, hidden = (
        make.make_organization("Known Member", parent=people.ours),
        make.make_organization("Hidden Member", parent=people.ours),
    )
    make.make_public(counterparts=[people.ours, known])
    text = page_text(people.ours.get_absolute_url())
    assert "Members Known Member" in text
    assert hidden.name not in text and "The Federation" not in text
    inside = page_text(people.ours.get_absolute_url(), people.secretary)
    assert "Member of The Federation" in inside and "Hidden Member" in inside


def test_the_latest_position_goes_by_the_date_of_the_meeting(people: People) -> None:
    topic = make.make_topic("Data")
    for year, text in ((2025, "The newer word"), (2021, "The older word, recorded later")):
        meeting = make.make_public(counterparts=[people.ours], starts_on=dt.date(year, 5, 8))
        make.make_position(make.make_discussion(meeting, topic=topic), people.ours, statement=text)
    text = page_text(people.ours.get_absolute_url())
    assert "The newer word" in text and "The older word" not in text


def test_a_position_that_a_reader_may_not_see_leaves_the_one_before(people: People) -> None:
    topic = make.make_topic("Data")
    for year, level in ((2021, PUBLIC), (2025, INTERNAL)):
        meeting = make.make_public(counterparts=[people.ours], starts_on=dt.date(year, 5, 8))
        talk = make.make_discussion(meeting, topic=topic)
        fields = {"stance": Position.Stance.SUPPORTS, "statement": f"Word of {year}", "visibility": level}
        make.make_position(talk, people.ours, **fields)
    assert "Word of 2021" in page_text(people.ours.get_absolute_url())
    assert "Word of 2025" in page_text(people.ours.get_absolute_url(), people.manager)


@time_machine.travel(NOW)
def test_promises_both_ways_with_how_they_stand(people: People) -> None:
    host = make.make_host()
    meeting = make.make_public(host=host, counterparts=[people.ours])
    theirs = {"owner": people.ours, "chaser": people.manager, "meeting": meeting, "visibility": PUBLIC}
    make.make_followup("Late one", due_on=dt.date(2025, 8, 1), **theirs)
    make.make_followup("Open one", due_on=dt.date(2025, 12, 1), **theirs)
    make.make_followup("Done one", **theirs).complete(by=people.manager, result="Done")
    make.make_followup("Our promise", owner=host, meeting=meeting, visibility=PUBLIC)
    make.make_followup("Hidden promise", owner=host, meeting=meeting, visibility=INTERNAL)
    text = page_text(people.ours.get_absolute_url())
    assert "2 open, 1 overdue , 1 done Late one" in text
    assert f"To {people.ours.short_name} 1 open, 0 done Our promise" in text
    assert "Hidden promise" not in text and "By both sides" not in text
    make.make_followup("Together", is_joint=True, meeting=meeting, visibility=PUBLIC)
    text = page_text(people.ours.get_absolute_url())
    assert f"By both sides, {people.ours.short_name} included 1 open, 0 done Together" in text
    assert f"To {people.ours.short_name} 1 open, 0 done Our promise" in text


@time_machine.travel(NOW)
def test_what_is_next_is_the_meeting_announced(people: People) -> None:
    series = make.make_series("The bilateral", cadence_months=6)
    fields = {"series": series, "host": series.host, "counterparts": [people.ours], "visibility": PUBLIC}
    make.make_public(**{**fields, "starts_on": dt.date(2025, 5, 8)})
    assert "Next meeting Expected about November 2025" in page_text(people.ours.get_absolute_url())
    quiet = make.make_meeting("Quiet plan", **{**fields, "visibility": INTERNAL}, starts_on=dt.date(2025, 10, 1))
    assert "Next meeting Expected about November 2025" in page_text(people.ours.get_absolute_url())
    assert f"Next meeting {quiet.title} 1 October 2025" in page_text(people.ours.get_absolute_url(), people.manager)


@time_machine.travel(NOW)
def test_a_single_meeting_to_come_is_next_too(people: People) -> None:
    meeting = make.make_meeting("Once", counterparts=[people.ours], host=make.make_host(), visibility=PUBLIC,
                                starts_on=dt.date(2025, 10, 1))  # fmt: skip
    meeting.confirm(by=None)
    meeting.publish(by=None)
    assert "Next meeting Once 1 October 2025" in page_text(people.ours.get_absolute_url())


def test_our_own_number_of_an_organization_is_ours(people: People) -> None:
    make.make_public(counterparts=[people.ours])
    make.make_identifier(people.ours, "SEC-77", scheme="internal")
    assert "SEC-77" not in page_text(people.ours.get_absolute_url(), people.representative)
    assert "SEC-77" in page_text(people.ours.get_absolute_url(), people.secretary)


def test_on_its_own_page_a_meeting_does_not_repeat_the_name_of_the_organization(people: People) -> None:
    for title in (f"{people.ours.name}, bilateral meeting", f"{people.ours.name} and others"):
        make.make_public(title, counterparts=[people.ours])
    markup = section_of(markup_of(people.ours.get_absolute_url(), people.visitor), "meetings")
    titles = [" ".join(title.split()) for title in re.findall(r"<h3[^>]*>\s*<a[^>]*>(.*?)</a>", markup, re.DOTALL)]
    assert sorted(titles) == [f"{people.ours.name} and others", "Bilateral meeting"]
