"""Where an organization stands on each topic: since when, what before, what was answered; for each reader."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.dossiers import latest_positions
from meetings.dossiers.latest_positions import Standing
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.pages.charts import drawn_marks, markup_of, section_of, table_rows
from tests.pages.reading import words
from tests.people import People


class Table:
    """Meetings of one host and one counterpart on one topic, a year apart."""

    def __init__(self, organization: Organization) -> None:
        self.topic, self.host, self.guest = make.make_topic("Timetables"), make.make_host("Agency"), organization

    def meet(self, year: int, *held: tuple[Any, str], level: int = PUBLIC, others: tuple[Any, ...] = ()) -> Meeting:
        counterparts = [self.guest, *others]
        meeting = make.make_public(host=self.host, counterparts=counterparts, starts_on=dt.date(year, 5, 8))
        talk = make.make_discussion(meeting, topic=self.topic)
        for holder, stance in held:
            make.make_position(talk, holder, stance=stance, statement=f"Word of {year}", visibility=level)
        return meeting


def section(organization: Organization, user: Any) -> str:
    return section_of(markup_of(organization.get_absolute_url(), user), "positions")


def test_since_when_before_and_what_was_answered(people: People) -> None:
    table = Table(people.ours)
    table.meet(2021, (people.ours, "opposes"))
    table.meet(2022, (people.ours, "requests"), (table.host, "opposes"))
    table.meet(2024, (table.host, "informs"), (people.ours, "requests"), (table.host, "acknowledges"))
    drawn = section(people.ours, people.visitor)
    said = words(drawn)
    assert "Positions of Association of Representatives by topic" in said
    expected = "Requests Word of 2024 Since May 2022, before: opposes. Last said: 8 May 2024"
    assert expected in said
    assert "Answer from Agency: acknowledges, 8 May 2024" in said, "what came before it is no answer"
    rows = [(when.split(",")[0], what) for _topic, when, what in table_rows(drawn)]
    assert rows == [("8 May 2021", "Opposes"), ("8 May 2022", "Requests (before: opposes)"), ("8 May 2024", "Requests")]
    assert [title.split(": ", 1)[1] for title, _url in drawn_marks(drawn)] == [what for _when, what in rows]
    assert drawn.split("<figcaption")[0].count("mark--ringed") == 1


def test_where_its_own_word_is_the_last_there_is_no_answer_yet(people: People) -> None:
    table = Table(people.ours)
    table.meet(2022, (people.ours, "requests"), (people.theirs, "opposes"), others=(people.theirs,))
    assert "Answer" not in section(people.ours, people.visitor), "another counterpart answers for nobody"
    assert "lanes" not in section(people.ours, people.visitor), "one meeting is nothing to compare"
    table.meet(2023, (None, "supports"))
    assert "Answer from both sides: supports, 8 May 2023" not in words(section(people.ours, people.visitor))
    table.meet(2024, (people.ours, "requests"), (None, "supports"))
    assert "Answer from both sides: supports, 8 May 2024" in words(section(people.ours, people.visitor))


def test_what_a_reader_may_not_see_changes_nothing(people: People) -> None:
    table = Table(people.ours)
    table.meet(2022, (people.ours, "requests"))
    table.meet(2023, (people.ours, "opposes"), level=INTERNAL)
    before = section(people.ours, people.visitor)
    make.make_position(
        Meeting.objects.get(starts_on=dt.date(2022, 5, 8)).discussions.get(),
        table.host,
        stance="supports",
        visibility=INTERNAL,
    )
    assert section(people.ours, people.visitor) == before
    assert "ince" not in words(before) and "efore" not in words(before) and "Answer" not in before
    assert "Opposes" in section(people.ours, people.secretary)
    assert "Before: requests." in words(section(people.ours, people.secretary))


def test_it_is_asked_in_three_queries_and_says_what_is_cut(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(people.ours)
    for year in range(2018, 2025):
        table.meet(year, (people.ours, "opposes" if year == 2018 else "supports"), (table.host, "informs"))
    monkeypatch.setattr(latest_positions, "STEPS", 4)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = Standing(people.ours, people.visitor)
        (stand,) = found.stands
        assert (stand.since.day.year, stand.is_longer, stand.before) == (2023, True, "")
        assert len(found.strip.columns) == 2
    assert len(asked) == 3
    assert "Since May 2023 or earlier. Last said:" in words(section(people.ours, people.visitor))
    monkeypatch.setattr(latest_positions, "STEPS", 500)
    assert "Since May 2019, before: opposes." in words(section(people.ours, people.visitor))
    make.make_position(make.make_discussion(table.meet(2025), topic=make.make_topic("Other")), people.ours)
    assert "Only the most recent are shown" not in section(people.ours, people.visitor)
    monkeypatch.setattr(latest_positions, "TOPICS", 1)
    assert "Only the most recent are shown" in section(people.ours, people.visitor)


def test_what_both_sides_held_is_its_position_where_it_took_none_of_its_own(people: People) -> None:
    table = Table(people.ours)
    table.meet(2021, (people.ours, "requests"), (None, "welcomes"))
    table.meet(2023, (None, "supports"))
    make.make_position(
        Meeting.objects.get(starts_on=dt.date(2023, 5, 8)).discussions.get(), table.host, visibility=PUBLIC
    )
    drawn = section(people.ours, people.visitor)
    assert "Supports Word of 2023 Both sides Before: requests. Said: 8 May 2023" in words(drawn)
    assert "Answer" not in drawn, "the host's own word is no answer to what it held as well"
    marks = [what for _topic, _when, what in table_rows(drawn)]
    assert marks == ["Requests", "Supports (both sides)"]
    assert "mark--ringed" not in drawn, "together with the other side it changed nothing of its own"
    stranger = make.make_organization("Watcher")
    for meeting in Meeting.objects.all():
        meeting.parties.create(organization=stranger, side="observer", order=9)
    assert "No positions of this organization." in section(stranger, people.visitor), "an observer is on neither side"
