"""The box that tells the secretariat who can see a page, and why."""

import datetime as dt
from typing import Any

import pytest

from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.pages.reading import page_text
from tests.people import People

HEADING = "Who can see this, and why"


def box(record: Any, people: People) -> str:
    """What the box on a record's page says, up to the end of the box."""
    text = page_text(record.get_absolute_url(), people.secretary)
    assert text.count(HEADING) == 1
    return text.split(HEADING)[1]


@pytest.fixture
def records(people: People) -> dict[str, Any]:
    """One of each noun that has a page, all public."""
    theme, topic, series = make.make_theme(), make.make_topic(), make.make_series()
    topic.themes.add(theme)
    meeting = make.make_public("Open meeting", series=series, host=series.host, counterparts=[people.ours])
    discussion = make.make_discussion(meeting, topic=topic)
    followup = make.make_followup(discussion=discussion, owner=series.host, visibility=PUBLIC)
    return {
        "theme": theme, "topic": topic, "series": series, "meeting": meeting, "followup": followup,
        "organization": people.ours, "host": series.host,
    }  # fmt: skip


def test_every_page_has_one_for_staff_and_none_for_others(records: dict[str, Any], people: People) -> None:
    for record in records.values():
        for name, user in people:
            text = page_text(record.get_absolute_url(), user)
            staff = name in ("secretary", "manager", "publisher")
            assert text.count(HEADING) == (1 if staff else 0), f"{name} at {record.get_absolute_url()}"
            if staff:
                assert "Everyone." in text


def test_a_public_meeting_says_when_and_by_whom_it_was_published(people: People) -> None:
    meeting = make.make_held("Open", visibility=PUBLIC)
    meeting.publish(by=people.publisher)
    told = box(meeting, people)
    assert "Set to “Public”. Published on" in told
    assert f"by {people.publisher}." in told


def test_a_meeting_not_published_yet_reaches_the_counterpart_at_most(people: People) -> None:
    meeting = make.make_held("Soon open", visibility=PUBLIC, counterparts=[people.ours])
    told = box(meeting, people)
    assert "The secretariat, and representatives of the organizations that took part." in told
    assert "Set to “Public”. Not yet published." in told
    assert "Association of Representatives representative" in told


def test_a_shared_meeting_names_who_is_let_in(people: People) -> None:
    empty = make.make_organization("Nobody’s Club")
    meeting = make.make_held("Shared", visibility=SHARED, counterparts=[people.ours, empty])
    told = box(meeting, people)
    assert "Set to “Shared with the counterpart”." in told
    assert "Association of Representatives representative" in told
    assert "Nobody’s Club No representative has an account" in told
    assert "Society of Strangers" not in told


def test_a_representative_whose_time_is_over_is_not_named(people: People) -> None:
    club = make.make_organization("The Club")
    make.make_representative(club, make.make_user("former"), ends_on=dt.date(2020, 1, 1))
    told = box(make.make_held("Shared", visibility=SHARED, counterparts=[club]), people)
    assert "The Club No representative has an account" in told


def test_an_internal_meeting_is_the_secretariats_only(people: People) -> None:
    told = box(make.make_held("Inside", visibility=INTERNAL, counterparts=[people.ours]), people)
    assert "The secretariat only. Set to “Internal”." in told
    assert "Representatives with access" not in told


def test_a_followup_tells_of_its_meeting(people: People) -> None:
    meeting = make.make_held("Shared", visibility=SHARED, counterparts=[people.ours])
    followup = make.make_followup(meeting=meeting, visibility=PUBLIC)
    told = box(followup, people)
    assert "Set to “Public”." in told
    assert "Its meeting is “Shared with the counterpart”. A follow-up is never more visible than its meeting." in told
    assert "The meeting is not published." in told
    assert "Association of Representatives representative" in told


def test_a_followup_tells_of_a_narrower_discussion(people: People) -> None:
    meeting = make.make_public("Open", counterparts=[people.ours])
    discussion = make.make_discussion(meeting, visibility=INTERNAL)
    told = box(make.make_followup(discussion=discussion, visibility=PUBLIC), people)
    assert "The secretariat only." in told
    assert "The discussion it comes from is only “Internal”." in told


def test_a_followup_without_a_meeting_is_shared_at_most(people: People) -> None:
    followup = make.make_followup(owner=people.ours, chaser=people.manager, visibility=PUBLIC)
    told = box(followup, people)
    assert "It has no meeting, so it can be shared but not public." in told
    assert "Association of Representatives representative" in told


def test_a_series_and_a_topic_count_what_they_are_seen_through(people: People) -> None:
    series, topic = make.make_series(), make.make_topic()
    for day, level in ((1, SHARED), (2, INTERNAL), (3, INTERNAL)):
        meeting = make.make_held(
            series=series, host=series.host, counterparts=[people.ours], visibility=level,
            starts_on=dt.date(2024, 5, day),
        )  # fmt: skip
        make.make_discussion(meeting, topic=topic)
    for record in (series, topic):
        told = box(record, people)
        assert "The secretariat, and representatives of the organizations below." in told
        assert "Public: 0; Shared with the counterpart: 1; Internal: 2." in told
        assert "Association of Representatives representative" in told


def test_a_topic_of_internal_meetings_is_the_secretariats_only(people: People) -> None:
    topic = make.make_topic()
    make.make_discussion(make.make_held(visibility=INTERNAL), topic=topic)
    assert "The secretariat only." in box(topic, people)


def test_an_organization_known_from_something_shared(people: People) -> None:
    spoken_of = make.make_organization("Spoken Of")
    meeting = make.make_held(visibility=SHARED, counterparts=[people.ours])
    make.make_discussion(meeting).mentions.add(spoken_of)
    told = box(spoken_of, people)
    assert "No public meeting or promise names it" in told
    assert "Association of Representatives representative" in told
    assert "Society of Strangers" not in told


def test_the_host_is_known_to_everybody(people: People) -> None:
    assert "It is the host, which everyone can see." in box(make.make_host(), people)


def test_a_theme_is_of_the_public_vocabulary(people: People) -> None:
    assert "The list of themes is public." in box(make.make_theme(), people)
