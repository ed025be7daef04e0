"""The page of a theme: its topics and those of narrower themes, how often it came up, who raised it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests import makers as make
from tests.makers import INTERNAL
from tests.pages.reading import page_text
from tests.people import People


@pytest.fixture
def broad(db: None) -> Any:
    return make.make_theme("Medicines")


def talk_of(topic: Any, year: int = 2025, **fields: Any) -> Any:
    meeting = make.make_public(starts_on=dt.date(year, 5, 8), counterparts=[make.make_organization()])
    return make.make_discussion(meeting, topic=topic, **fields)


def topic_of(title: str, *themes: Any) -> Any:
    topic = make.make_topic(title)
    topic.themes.set(themes)
    return topic


def test_topics_of_narrower_themes_belong_to_it(broad: Any) -> None:
    middle = make.make_theme("Advanced therapies", parent=broad)
    narrow = make.make_theme("Gene therapies", parent=middle)
    for title, theme in (("One", broad), ("Two", middle), ("Three", narrow)):
        talk_of(topic_of(f"Topic {title}", theme))
    talk_of(topic_of("Elsewhere", make.make_theme("Other")))
    text = page_text(broad.get_absolute_url())
    assert "3 topics, including sub-themes" in text
    assert all(f"Topic {title}" in text for title in ("One", "Two", "Three"))
    assert "Elsewhere" not in text
    assert "Sub-themes Advanced therapies Advanced therapies: Gene therapies" in text


def test_a_narrow_theme_leads_back(broad: Any) -> None:
    narrow = make.make_theme("Gene therapies", parent=broad)
    assert f'href="{broad.get_absolute_url()}"' in Client().get(narrow.get_absolute_url()).content.decode()


def test_meetings_are_counted_once_a_year(broad: Any) -> None:
    first = talk_of(topic_of("A", broad), 2023)
    make.make_discussion(first.meeting, topic=topic_of("B", broad))
    talk_of(topic_of("C", broad), 2025)
    assert "Year Meetings 2023 1 2024 0 2025 1" in page_text(broad.get_absolute_url())


def test_a_discussion_filed_elsewhere_is_not_counted_through_its_topic(broad: Any) -> None:
    """Themes of its own take the place of the topic's."""
    other = make.make_theme("Other")
    talk_of(topic_of("A", broad), 2023).themes.add(other)
    assert "None yet." in page_text(broad.get_absolute_url())
    assert "Year Meetings 2023 1" in page_text(other.get_absolute_url())


def test_who_raised_it(broad: Any) -> None:
    discussion = talk_of(topic_of("A", broad))
    party = make.make_organization("Alliance", acronym="ARM")
    make.make_position(discussion, party)
    make.make_position(discussion, discussion.meeting.parties.get(side="host").organization)
    assert "Positions by organization Alliance 1 discussion Number of discussions" in page_text(
        broad.get_absolute_url()
    )


def test_only_what_a_reader_may_see_is_counted(broad: Any, people: People) -> None:
    before = page_text(broad.get_absolute_url())
    hidden = talk_of(topic_of("Hidden topic", broad), visibility=INTERNAL)
    make.make_position(hidden, make.make_organization("Hidden party"))
    assert page_text(broad.get_absolute_url()) == before
    inside = page_text(broad.get_absolute_url(), people.manager)
    assert "Hidden topic" in inside and "Hidden party" in inside


def test_a_retired_theme_says_so_and_why_only_to_the_secretariat(broad: Any, people: People) -> None:
    broad.archive(by=people.secretary, reason="Split in two")
    assert "This theme was retired" in page_text(broad.get_absolute_url())
    assert "Split in two" not in page_text(broad.get_absolute_url(), people.representative)
    assert "Reason: Split in two" in page_text(broad.get_absolute_url(), people.secretary)


def test_a_renamed_theme_is_found(broad: Any) -> None:
    former = broad.get_absolute_url()
    broad.name = "Medicinal products"
    broad.save()
    assert Client().get(former).headers["Location"] == broad.get_absolute_url()


def test_the_tags_of_a_meeting_lead_to_their_themes(broad: Any) -> None:
    discussion = talk_of(topic_of("A", broad))
    own = make.make_theme("Own")
    markup = Client().get(discussion.meeting.get_absolute_url()).content.decode()
    assert f'href="{broad.get_absolute_url()}"' in markup
    discussion.themes.add(own)
    markup = Client().get(discussion.meeting.get_absolute_url()).content.decode()
    assert f'href="{own.get_absolute_url()}"' in markup and f'href="{broad.get_absolute_url()}"' not in markup


def test_what_is_very_much_is_not_counted_here(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.dossiers.theme.MOST", 2)
    theme, topic = make.make_theme("Data"), make.make_topic("Sharing it")
    topic.themes.add(theme)
    for _ in range(2):
        make.make_discussion(make.make_public(), topic=topic)
    assert "Meetings a year" in page_text(theme.get_absolute_url())
    make.make_discussion(make.make_public(), "Of its own").themes.add(theme)
    text = page_text(theme.get_absolute_url())
    assert "Meetings a year" not in text and "A large theme" in text and "Sharing it" in text
