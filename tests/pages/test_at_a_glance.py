"""The front page at a glance: meetings by month and themes of twelve months, for each reader's eyes."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
import time_machine

from meetings.dossiers.at_a_glance import themes_lately
from meetings.models import Discussion, Meeting
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.pages.charts import drawn_bars, markup_of, section_of, table_rows
from tests.people import People

READERS = ("visitor", "representative", "stranger", "secretary")
NOW = dt.datetime(2025, 9, 15, 12, tzinfo=dt.UTC)
MONTHS = ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]
pytestmark = pytest.mark.django_db


def meet(day: dt.date, level: int, *counterparts: Any) -> Meeting:
    maker = make.make_public if level == PUBLIC else make.make_held
    return maker(counterparts=list(counterparts), starts_on=day, visibility=level)


@pytest.fixture
def year(people: People) -> dict[str, Any]:
    """Meetings of all levels on the edges of twelve months, each with a discussion on a theme of its topic's."""
    themes = {name: make.make_theme(name) for name in ("Of the topic", "Of the talk")}
    topic = make.make_topic()
    topic.themes.add(themes["Of the topic"])
    for day, level, met in (
        (dt.date(2024, 9, 30), PUBLIC, people.ours),
        (dt.date(2024, 10, 1), PUBLIC, people.ours),
        (dt.date(2025, 2, 28), SHARED, people.ours),
        (dt.date(2025, 2, 1), SHARED, people.theirs),
        (dt.date(2025, 2, 14), INTERNAL, people.ours),
        (dt.date(2025, 9, 1), PUBLIC, people.theirs),
        (dt.date(2025, 9, 15), PUBLIC, people.ours),
    ):
        meeting = meet(day, level, met)
        make.make_discussion(meeting, topic=topic)
        make.make_discussion(meeting, topic=topic).themes.add(themes["Of the talk"])
        make.make_discussion(meeting, topic=topic, visibility=INTERNAL).themes.add(make.make_theme())
    coming = make.make_meeting("To come", counterparts=[people.ours], starts_on=dt.date(2025, 9, 20), visibility=PUBLIC)
    make.make_discussion(coming, topic=topic)
    return themes


@time_machine.travel(NOW)
def test_months_count_what_each_reader_may_see_and_the_table_says_the_same(year: Any, people: People) -> None:
    for name, february in (("visitor", 0), ("representative", 1), ("stranger", 1), ("secretary", 3)):
        user = getattr(people, name)
        section = section_of(markup_of("/overview/", user), "glance")
        seen = Meeting.objects.visible_to(user).filter(status="held", starts_on__gte=dt.date(2024, 10, 1))
        by_month = Counter(f"{meeting.starts_on:%b}" for meeting in seen)
        assert drawn_bars(section) == [(month, str(by_month[month])) for month in MONTHS]
        assert [row[1] for row in table_rows(section)] == [number for _month, number in drawn_bars(section)]
        assert (by_month["Feb"], by_month["Oct"], by_month["Sep"]) == (february, 1, 2)
        assert "October 2024 to September 2025" in section


@time_machine.travel(NOW)
def test_a_month_of_the_picture_and_of_the_table_leads_to_its_meetings(year: Any, people: People) -> None:
    markup = section_of(markup_of("/overview/", people.visitor), "glance")
    assert markup.count('href="/meetings/?status=held&amp;from=2025-09-01&amp;to=2025-09-30"') == 2  # bar and row
    assert 'aria-label="October 2024: 1 meeting"' in markup and 'aria-label="September 2025: 2 meetings"' in markup
    assert "from=2025-08-01" not in markup.split("<details")[0]
    listed = markup_of("/meetings/?status=held&from=2025-09-01&to=2025-09-30", people.visitor)
    september = Meeting.objects.visible_to(people.visitor).filter(
        status="held", starts_on__month=9, starts_on__year=2025
    )
    assert len(september) == 2 and all(f'href="{meeting.get_absolute_url()}"' in listed for meeting in september)
    others = Meeting.objects.visible_to(people.visitor).exclude(pk__in=september)
    assert len(others) == 2 and not any(f'href="{meeting.get_absolute_url()}"' in listed for meeting in others)


@time_machine.travel(NOW)
def test_themes_are_those_of_the_discussion_or_else_of_its_topic(year: Any, people: People) -> None:
    """Told by brute force over the discussions each reader may see."""
    for name in READERS:
        user = getattr(people, name)
        expected: Counter[str] = Counter()
        found = set()
        for talk in Discussion.objects.visible_to(user).filter(meeting__in=Meeting.objects.visible_to(user).held()):
            if talk.meeting.starts_on >= dt.date(2024, 10, 1):
                own = [theme.name for theme in talk.themes.all()]
                found |= {(talk.meeting_id, theme) for theme in own or [t.name for t in talk.topic.themes.all()]}
        expected.update(theme for _meeting, theme in found)
        rows = table_rows(section_of(markup_of("/overview/", user), "lately"))
        assert {row[0]: int(row[-1]) for row in rows}.items() <= expected.items()
        assert [int(row[-1]) for row in rows] == sorted(expected.values(), reverse=True)[:6]
        assert ("Of the topic" in expected) and expected["Of the talk"] == {"visitor": 3, "secretary": 6}.get(name, 4)


@time_machine.travel(NOW)
def test_nothing_in_these_months_no_picture(people: People) -> None:
    meet(dt.date(2024, 9, 30), PUBLIC, people.ours)
    meet(dt.date(2025, 9, 1), INTERNAL, people.ours)
    assert section_of(markup_of("/overview/", people.visitor), "glance") == ""
    assert section_of(markup_of("/overview/", people.secretary), "glance") != ""
    assert themes_lately(people.visitor) == []
