"""The page of a topic: how positions moved, which requests nobody answered, and the numbers of its chart."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from engagement.topics.models import Topic
from meetings.dossiers.topic import TopicDossier
from meetings.models import Discussion, Position
from organizations.models import Organization
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.pages.reading import page_text
from tests.people import People

REQUESTS, SUPPORTS, OPPOSES = Position.Stance.REQUESTS, Position.Stance.SUPPORTS, Position.Stance.OPPOSES
Talk = tuple[Discussion, Organization]


class Table:
    """A host and a counterpart who meet about one topic, year after year."""

    def __init__(self) -> None:
        self.topic = make.make_topic("Convergence")
        self.host = make.make_host("Our Agency")
        self.ours = make.make_organization("Alliance", acronym="ARM")

    def meet(self, year: int, *, counterpart: Organization | None = None, month: int = 5, **fields: Any) -> Discussion:
        day = dt.date(year, month, 8)
        party = counterpart or self.ours
        meeting = make.make_public(f"Meeting of {day}", host=self.host, counterparts=[party], starts_on=day)
        return make.make_discussion(meeting, topic=self.topic, **fields)

    def dossier(self, user: Any) -> TopicDossier:
        return TopicDossier(Topic.objects.get(pk=self.topic.pk), user)


@pytest.fixture
def table(db: None) -> Table:
    return Table()


def say(talk: Discussion, who: Organization | None, stance: str, text: str = "x", **fields: Any) -> Position:
    return make.make_position(talk, who, stance=stance, statement=text, **fields)


def unanswered(table: Table, user: Any) -> list[str]:
    return [request["voice"].text for request in table.dossier(user).unanswered]


def moved(table: Table, user: Any) -> list[tuple[str, str, str]]:
    return [(move.name, move.then, move.now) for move in table.dossier(user).latest_moves]


def test_a_stance_that_changed_is_a_move(table: Table, people: People) -> None:
    say(table.meet(2023), table.ours, REQUESTS)
    say(table.meet(2024), table.ours, SUPPORTS)
    assert moved(table, people.visitor) == [("ARM", "requests", "supports")]
    text = page_text(table.topic.get_absolute_url())
    assert "Position changed ARM: requests → supports" in text


def test_the_same_stance_again_is_none(table: Table, people: People) -> None:
    for year in (2022, 2023, 2024):
        say(table.meet(year), table.ours, REQUESTS)
    assert moved(table, people.visitor) == []


def test_a_stance_kept_among_others_is_none(table: Table, people: People) -> None:
    first, second = table.meet(2023), table.meet(2024)
    say(first, table.ours, REQUESTS)
    say(first, table.ours, SUPPORTS)
    say(second, table.ours, SUPPORTS)
    assert moved(table, people.visitor) == []


def test_a_meeting_without_a_position_in_between_does_not_hide_a_move(table: Table, people: People) -> None:
    say(table.meet(2022), table.ours, OPPOSES)
    say(table.meet(2023), table.host, SUPPORTS)
    say(table.meet(2024), table.ours, SUPPORTS)
    assert moved(table, people.visitor) == [("ARM", "opposes", "supports")]


def test_moves_go_by_date_not_by_when_they_were_recorded(table: Table, people: People) -> None:
    say(table.meet(2024), table.ours, SUPPORTS)
    say(table.meet(2022), table.ours, REQUESTS)
    assert moved(table, people.visitor) == [("ARM", "requests", "supports")]


def test_a_move_that_rests_on_what_a_reader_may_not_see_is_not_shown(table: Table, people: People) -> None:
    say(table.meet(2022), table.ours, REQUESTS, visibility=INTERNAL)
    say(table.meet(2024), table.ours, SUPPORTS)
    assert moved(table, people.visitor) == []
    assert moved(table, people.secretary) == [("ARM", "requests", "supports")]


def test_a_move_from_one_page_of_the_timeline_to_the_next_is_told(table: Table, people: People) -> None:
    say(table.meet(1999), table.ours, REQUESTS)
    for number in range(20):
        say(table.meet(2000 + number), table.ours, SUPPORTS)
    assert "Position changed ARM: requests → supports" in page_text(table.topic.get_absolute_url())


def test_a_request_nobody_answered(table: Table, people: People) -> None:
    say(table.meet(2024), table.ours, REQUESTS, "Shorter timelines")
    assert unanswered(table, people.visitor) == ["Shorter timelines"]
    text = page_text(table.topic.get_absolute_url())
    assert "Unanswered requests ARM Shorter timelines" in text
    assert "What counts as an answer" in text


def test_the_other_side_answers_later_in_the_same_discussion(table: Table, people: People) -> None:
    talk = table.meet(2024)
    say(talk, table.ours, REQUESTS, order=1)
    say(talk, table.host, SUPPORTS, order=2)
    assert unanswered(table, people.visitor) == []


def test_what_the_other_side_said_before_is_no_answer(table: Table, people: People) -> None:
    say(table.meet(2023), table.host, SUPPORTS)
    talk = table.meet(2024)
    say(talk, table.host, SUPPORTS, order=1)
    say(talk, table.ours, REQUESTS, "Still open", order=2)
    assert unanswered(table, people.visitor) == ["Still open"]


def test_ones_own_side_does_not_answer(table: Table, people: People) -> None:
    say(table.meet(2023), table.ours, REQUESTS, "Open")
    say(table.meet(2024), table.ours, SUPPORTS)
    assert unanswered(table, people.visitor) == ["Open"]


def test_an_outcome_by_the_other_side_answers(table: Table, people: People) -> None:
    talk = table.meet(2024)
    say(talk, table.ours, REQUESTS)
    make.make_outcome(talk.meeting, discussion=talk, by=table.host)
    assert unanswered(table, people.visitor) == []


def test_an_outcome_of_all_together_answers(table: Table, people: People) -> None:
    talk = table.meet(2024)
    say(talk, table.ours, REQUESTS)
    make.make_outcome(talk.meeting, discussion=talk)
    assert unanswered(table, people.visitor) == []


@pytest.mark.parametrize("made_in", ["its discussion", "a later one"])
def test_a_promise_of_the_other_side_answers_once_it_is_kept(table: Table, people: People, made_in: str) -> None:
    talk = table.meet(2024)
    say(talk, table.host, REQUESTS, "Further insight")
    made = talk if made_in == "its discussion" else table.meet(2025)
    promise = make.make_followup(
        "Send it", owner=table.ours, meeting=made.meeting, discussion=made, visibility=PUBLIC, chaser=people.secretary
    )
    assert unanswered(table, people.visitor) == ["Further insight"]
    promise.complete(by=people.manager)
    assert unanswered(table, people.visitor) == []
    assert "ARM: follow-up done" in page_text(f"{table.topic.get_absolute_url()}positions/")


def test_a_promise_that_is_hidden_is_own_or_came_before_does_not_answer(table: Table, people: People) -> None:
    before, talk = table.meet(2023), table.meet(2024)
    say(talk, table.ours, REQUESTS, "Open")
    for made, owner, level in ((before, table.host, PUBLIC), (talk, table.ours, PUBLIC), (talk, table.host, INTERNAL)):
        chaser = None if owner == table.host else people.secretary
        facts = {"meeting": made.meeting, "discussion": made, "visibility": level, "chaser": chaser}
        make.make_followup(owner=owner, **facts).complete(by=people.manager)
    assert unanswered(table, people.visitor) == ["Open"]
    assert unanswered(table, people.secretary) == []
    assert "follow-up done" in page_text(f"{table.topic.get_absolute_url()}positions/", people.secretary)


def test_an_outcome_that_is_a_request_waits_for_the_other_side(table: Table, people: People) -> None:
    talk = table.meet(2024)
    make.make_outcome(talk.meeting, "Send the file", discussion=talk, kind="request", by=table.host, to=table.ours)
    assert unanswered(table, people.visitor) == ["Send the file"]
    say(table.meet(2025), table.ours, SUPPORTS)
    assert unanswered(table, people.visitor) == []


def test_what_the_host_asked_of_one_another_does_not_answer(table: Table, people: People) -> None:
    other = make.make_organization("Another", acronym="OTH")
    say(table.meet(2024), table.host, REQUESTS, "Send data")
    say(table.meet(2025, counterpart=other), other, SUPPORTS)
    assert unanswered(table, people.visitor) == ["Send data"]
    say(table.meet(2025, month=9), table.ours, SUPPORTS)
    assert unanswered(table, people.visitor) == []


def test_an_answer_that_a_reader_may_not_see_does_not_count_for_that_reader(table: Table, people: People) -> None:
    talk = table.meet(2024)
    say(talk, table.ours, REQUESTS, "Asked", order=1)
    say(talk, table.host, SUPPORTS, order=2, visibility=INTERNAL)
    assert unanswered(table, people.visitor) == ["Asked"]
    assert unanswered(table, people.secretary) == []


def test_a_request_that_a_reader_may_not_see_is_not_there(table: Table, people: People) -> None:
    say(table.meet(2024), table.ours, REQUESTS, "Secret wish", visibility=INTERNAL)
    assert unanswered(table, people.visitor) == []
    assert "Secret wish" not in page_text(table.topic.get_absolute_url())


def test_the_chart_and_the_table_tell_the_same(table: Table, people: People) -> None:
    for year in (2022, 2024, 2024):
        table.meet(year, month=1 + year % 3)
    assert table.dossier(people.visitor).chart.rows == [(2022, 1), (2023, 0), (2024, 2)]
    assert "Year Discussions 2022 1 2023 0 2024 2" in page_text(table.topic.get_absolute_url())


def test_the_chart_counts_what_the_reader_may_see(table: Table, people: People) -> None:
    table.meet(2024)
    table.meet(2023, visibility=INTERNAL)
    assert table.dossier(people.visitor).chart.rows == [(2024, 1)]
    assert table.dossier(people.manager).chart.rows == [(2023, 1), (2024, 1)]


def test_raised_by_names_those_who_are_not_the_host(table: Table, people: People) -> None:
    talk = table.meet(2024)
    say(talk, table.host, SUPPORTS)
    say(talk, table.ours, SUPPORTS)
    say(talk, table.ours, REQUESTS)
    raised = [(row["name"], row["number"]) for row in table.dossier(people.visitor).raised_by]
    assert raised == [("Alliance", 1)]


def test_its_themes_lead_to_their_pages(table: Table) -> None:
    theme = make.make_theme("International cooperation")
    table.topic.themes.add(theme)
    table.meet(2024)
    assert f'href="{theme.get_absolute_url()}"' in Client().get(table.topic.get_absolute_url()).content.decode()


def test_of_a_topic_with_very_many_discussions_the_latest_are_told(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetings.dossiers.topic.LATEST", 2)
    topic = make.make_topic("Data")
    for year in (2021, 2022, 2023):
        meeting = make.make_public(f"Of {year}", counterparts=[people.ours], starts_on=dt.date(year, 5, 8))
        make.make_position(make.make_discussion(meeting, topic=topic), people.ours, statement=f"Word of {year}")
    text = page_text(topic.get_absolute_url())
    assert "Only the latest 2 discussions are shown" in text
    assert "Word of 2023" in text and "Word of 2022" in text and "Word of 2021" not in text
    assert "2021 1 2022 1 2023 1" in text  # the chart tells of all years


def test_a_meeting_held_without_positions_is_not_called_planned(table: Table) -> None:
    table.meet(2024)
    text = page_text(table.topic.get_absolute_url())
    assert "No positions recorded." in text and "Planned" not in text


def test_a_change_of_position_is_told_once_beside_its_picture(table: Table) -> None:
    say(table.meet(2023), table.ours, REQUESTS)
    say(table.meet(2024), table.ours, SUPPORTS)
    assert page_text(table.topic.get_absolute_url()).count("requests → supports") == 1
