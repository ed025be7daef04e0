"""The strip of a topic: each party's positions over time, the picture and the table alike, for each reader's eyes."""

import datetime as dt
from itertools import product
from typing import Any

import pytest

from engagement.core.models import Visibility
from meetings.models import Position
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.pages.charts import drawn_marks, markup_of, section_of, table_rows
from tests.people import People

READERS = ("visitor", "representative", "stranger", "secretary")
LEVELS = (INTERNAL, SHARED, PUBLIC)
pytestmark = pytest.mark.django_db


def strip_of(topic: Any, user: Any) -> str:
    return section_of(markup_of(topic.get_absolute_url(), user), "strip")


@pytest.fixture(scope="module")
def topic(module_people: People) -> Any:
    """Discussed with either organization, at meetings, in discussions and with positions of every level."""
    people, topic = module_people, make.make_topic("Convergence")
    host = make.make_host("Our Agency")
    stances = iter(list(Position.Stance) * 40)
    for number, (met, level, published) in enumerate(
        [(people.ours, PUBLIC, True), (people.ours, SHARED, False), (people.theirs, SHARED, False),
         (people.theirs, PUBLIC, True), (people.ours, PUBLIC, False), (people.ours, INTERNAL, False)]
    ):  # fmt: skip
        day = dt.date(2018 + number, 5, 8)
        meeting = make.make_held(f"Of {day}", host=host, counterparts=[met], starts_on=day, visibility=level)
        for talk_level, own_level in product(LEVELS, LEVELS):
            talk = make.make_discussion(meeting, topic=topic, visibility=talk_level)
            for holder in (met, host, None):
                make.make_position(talk, holder, stance=next(stances), visibility=own_level)
        if published:
            meeting.refresh_from_db()
            meeting.publish(by=None)
    coming = make.make_meeting("To come", host=host, counterparts=[people.ours], starts_on=dt.date(2199, 1, 1))
    make.make_position(make.make_discussion(coming, topic=topic, visibility=PUBLIC), people.ours, visibility=PUBLIC)
    return topic


def may_see(user: Any, name: str, position: Any, people: People) -> bool:
    """Told from the rules alone, not from what the database answers."""
    meeting, talk = position.meeting, position.discussion
    of_meeting = meeting.visibility if meeting.published_at else min(meeting.visibility, SHARED)
    level = min(of_meeting, talk.visibility, position.visibility)
    mine = {"representative": people.ours, "stranger": people.theirs}.get(name)
    at_the_table = mine is not None and meeting.parties.filter(organization=mine).exists()
    return name == "secretary" or level == Visibility.PUBLIC or (at_the_table and level == SHARED)


def test_each_reader_is_drawn_what_they_may_see_and_the_table_says_the_same(topic: Any, people: People) -> None:
    """By brute force over every position there is, told by the rules alone; more for each reader than for a visitor."""
    drawn = {}
    for name in READERS:
        user = getattr(people, name)
        expected = {
            (
                position.organization.name if position.organization else "Both sides",
                f"{position.meeting.starts_on.day} May {position.meeting.starts_on.year}",
                str(position.get_stance_display()).capitalize(),
            )
            for position in Position._base_manager.select_related("meeting", "discussion", "organization")
            if position.meeting.status == "held" and may_see(user, name, position, people)
        }
        section = strip_of(topic, user)
        marks = [title.split(" (")[0] for title, _url in drawn_marks(section)]
        assert sorted(marks) == sorted(f"{who}, {day}: {what}" for who, day, what in expected), name
        table = [(who, when.split(",")[0], what.split(" (")[0]) for who, when, what in table_rows(section)]
        assert sorted(table) == sorted(expected), name
        drawn[name] = set(marks)
    assert drawn["visitor"] < drawn["representative"] < drawn["secretary"]
    assert drawn["visitor"] < drawn["stranger"] < drawn["secretary"]
    assert drawn["stranger"] != drawn["representative"]


def test_a_mark_and_its_row_say_the_same_and_lead_to_the_same_place(topic: Any, people: People) -> None:
    for name in READERS:
        section = strip_of(topic, getattr(people, name))
        rows = [f"{who}, {when.split(',')[0]}: {what}" for who, when, what in table_rows(section)]
        assert rows == [title for title, _url in drawn_marks(section)] != []
        for _title, url in drawn_marks(section):
            assert section.count(f'href="{url}"') >= 2 and "#discussion-" in url


def test_a_move_and_a_request_without_an_answer_are_marked_in_words_and_in_shape(people: People) -> None:
    topic, host = make.make_topic("Timetables"), make.make_host()
    for year, stance in ((2023, "opposes"), (2024, "requests")):
        meeting = make.make_public(host=host, counterparts=[people.ours], starts_on=dt.date(year, 5, 8))
        make.make_position(make.make_discussion(meeting, topic=topic), people.ours, stance=stance)
    section = strip_of(topic, people.visitor)
    told = [title.split(": ", 1)[1] for title, _url in drawn_marks(section)]
    assert told == ["Opposes", "Requests (before: opposes, no answer yet)"]
    lanes = section.split("<figcaption")[0]
    assert lanes.count("mark--ringed") == 1 and lanes.count("mark__flag") == 1
    assert "Changed since the party’s previous position" in section and "No answer yet" in section


def test_what_rests_on_hidden_positions_is_not_marked(people: People) -> None:
    topic = make.make_topic("Timetables")
    for year, stance, level in ((2023, "opposes", INTERNAL), (2024, "supports", PUBLIC)):
        meeting = make.make_public(counterparts=[people.ours], starts_on=dt.date(year, 5, 8))
        make.make_position(make.make_discussion(meeting, topic=topic), people.ours, stance=stance, visibility=level)
    assert "mark--ringed" not in strip_of(topic, people.visitor)
    assert "mark--ringed" in strip_of(topic, people.secretary)


def test_one_meeting_is_nothing_to_compare_nor_is_what_a_reader_may_not_see(people: People) -> None:
    topic = make.make_topic("Quiet")
    for year, level in ((2023, PUBLIC), (2024, INTERNAL)):
        meeting = make.make_public(counterparts=[people.ours], starts_on=dt.date(year, 5, 8))
        make.make_position(make.make_discussion(meeting, topic=topic), people.ours, visibility=level)
    assert "lanes" not in markup_of(topic.get_absolute_url(), people.visitor)
    assert "How positions changed" in strip_of(topic, people.secretary)


def test_counterparts_come_before_the_host_and_all_together_last(people: People) -> None:
    topic, host = make.make_topic("Order"), make.make_host("Aardvark Agency")
    for year in (2023, 2024):
        met = make.make_public(host=host, counterparts=[people.ours, people.theirs], starts_on=dt.date(year, 5, 8))
        talk = make.make_discussion(met, topic=topic)
        for holder in (None, host, people.theirs, people.ours):
            make.make_position(talk, holder)
    owners = list(dict.fromkeys(row[0] for row in table_rows(strip_of(topic, people.visitor))))
    assert owners == [people.ours.name, people.theirs.name, host.name, "Both sides"]
