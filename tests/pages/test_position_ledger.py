"""The position ledgers of topics and organizations: each stance by date, its answer, what changed, for each reader."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.test import Client

from engagement.accounts.models import ExportLog
from engagement.topics.models import Topic
from meetings.dossiers import ledger as ledgers
from meetings.dossiers.ledger import OrganizationLedger, TopicLedger
from meetings.models import Discussion
from organizations.models import Organization
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.pages.reading import page_text
from tests.people import People

Row = tuple[int, str, str, str, str, bool]


class Table:
    """A host and a counterpart who meet about one topic, year after year."""

    def __init__(self, people: People) -> None:
        self.people, self.ours = people, people.ours
        self.topic, self.host = make.make_topic("Timetables"), make.make_host("Agency")

    def meet(
        self,
        year: int,
        *held: tuple[Organization | None, str],
        level: int = PUBLIC,
        guest: Any = None,
        topic: Any = None,
    ) -> Discussion:
        day, guests = dt.date(year, 5, 8), [guest or self.ours]
        meeting = make.make_public(f"Meeting of {year}", host=self.host, counterparts=guests, starts_on=day)
        talk = make.make_discussion(meeting, topic=topic or self.topic)
        for who, stance in held:
            make.make_position(talk, who, stance=stance, statement=f"Word of {year}", visibility=level)
        return talk

    def told(self, user: Any, of: Organization | None = None) -> list[Row]:
        topic = Topic.objects.get(pk=self.topic.pk)
        found: Any = OrganizationLedger(of, user) if of else TopicLedger(topic, user)
        return [
            (
                entry.date.day.year,
                entry.who,
                entry.voice.stance,
                entry.before,
                f"{entry.answer.who} {entry.answer.stances} {entry.answer.date.day.year}" if entry.answer else "",
                entry.is_unanswered,
            )
            for entry in found.entries
        ]


@pytest.fixture
def table(people: People) -> Table:
    return Table(people)


def test_every_stance_the_latest_first_with_its_answer_and_where_it_changed(table: Table, people: People) -> None:
    ours, host = table.ours, table.host
    table.meet(2021, (ours, "opposes"), (host, "informs"))
    table.meet(2022, (host, "acknowledges"), (host, "welcomes"))
    table.meet(2023, (host, "commits"), (ours, "requests"))
    table.meet(2024, (None, "supports"))
    table.meet(2025, (ours, "requests"))
    rows = table.told(people.visitor)
    name = ours.short_name
    assert rows == [
        (2025, name, "requests", "", "", True),
        (2024, "Both sides", "supports", "", "", False),
        (2023, "Agency", "commits", "acknowledges, welcomes", "", False),
        (2023, name, "requests", "opposes", "both sides supports 2024", False),
        (2022, "Agency", "acknowledges", "informs", "", False),
        (2022, "Agency", "welcomes", "informs", "", False),
        (2021, name, "opposes", "", "Agency acknowledges, welcomes 2022", False),
        (2021, "Agency", "informs", "", "", False),
    ], "what was held last, and before the party spoke again, is the answer"
    assert table.told(people.visitor, ours) == [row for row in rows if row[1] != "Agency"]
    said = page_text(f"{table.topic.get_absolute_url()}positions/")
    assert "8 positions" in said and "Unanswered since 8 May 2025" in said and "before: opposes" in said
    assert "Agency: acknowledges, welcomes, 8 May 2022" in said


def test_an_outcome_answers_a_request_and_another_meeting_does_too(table: Table, people: People) -> None:
    talk = table.meet(2023, (table.ours, "requests"))
    make.make_outcome(talk.meeting, discussion=talk, by=table.host, kind="decision", visibility=PUBLIC)
    assert table.told(people.visitor)[0][4:] == ("Agency decision 2023", False)
    table.meet(2024, (table.ours, "requests"))
    assert [row[5] for row in table.told(people.visitor, table.ours)] == [True, False]
    table.meet(2025, (table.host, "informs"), guest=people.theirs)
    for of in (None, table.ours):
        requests = [row for row in table.told(people.visitor, of) if row[2] == "requests"]
        assert [row[4:] for row in requests] == [("Agency informs 2025", False), ("Agency decision 2023", False)]


def test_what_a_reader_may_not_see_marks_and_answers_nothing(table: Table, people: People) -> None:
    table.meet(2023, (table.ours, "requests"))
    table.meet(2025, (table.ours, "supports"))
    addresses = [
        f"{record.get_absolute_url()}positions{form}" for record in (table.topic, table.ours) for form in ("/", ".csv")
    ]
    pages = [b"".join(Client().get(address)) for address in addresses]  # type: ignore[arg-type]
    before = table.told(people.visitor), table.told(people.visitor, table.ours)
    table.meet(2022, (table.ours, "opposes"), level=INTERNAL)
    table.meet(2024, (table.ours, "opposes"), (table.host, "commits"), (None, "welcomes"), level=INTERNAL)
    assert (table.told(people.visitor), table.told(people.visitor, table.ours)) == before
    assert [b"".join(Client().get(address)) for address in addresses] == pages  # type: ignore[arg-type]
    assert len(table.told(people.secretary)) == 6


def test_an_organization_has_what_both_sides_held_at_its_own_meetings(table: Table, people: People) -> None:
    table.meet(2023, (None, "supports"))
    table.meet(2024, (None, "opposes"), guest=people.theirs)
    other = make.make_topic("Fees")
    table.meet(2025, (table.ours, "informs"), topic=other)
    assert [(row[0], row[1]) for row in table.told(people.visitor, table.ours)] == [
        (2025, table.ours.short_name),
        (2023, "Both sides"),
    ]
    assert [row[0] for row in table.told(people.visitor, people.theirs)] == [2024]
    assert [row[0] for row in table.told(people.visitor, table.host)] == [2024, 2023]


def test_filters_count_what_they_give_and_files_have_the_same_rows(table: Table, people: People) -> None:
    for year, stance in ((2021, "opposes"), (2022, "requests"), (2023, "requests")):
        table.meet(year, (table.ours, stance), (None, "informs"))
    base = f"{table.topic.get_absolute_url()}positions"
    for query, years in {
        "stance=requests": [2023, 2022],
        "stance=requests&sort=date": [2022, 2023],
        "side=both_sides": [2023, 2022, 2021],
        "side=counterpart&year=2022": [2022],
        "mark=changed": [2022],
        "mark=unanswered": [],
        f"organization={table.ours.slug}": [2023, 2022, 2021],
    }.items():
        shown = Client().get(f"{base}/?{query}").context
        assert [entry.date.day.year for entry in shown["page"].rows] == years, query
        rows = json.loads(b"".join(Client().get(f"{base}.json?{query}")).decode())["rows"]  # type: ignore[arg-type]
        assert [int(row["date"][:4]) for row in rows] == years, query
        for control in shown["filter"].controls:
            for value, label, number, _is_chosen in control.options:
                asked = dict(part.split("=") for part in query.split("&")) | {control.name: value}
                narrowed = Client().get(f"{base}/", asked).context["filter"]
                assert len(narrowed.entries) == number, (query, control.name, label)
    assert "1 position of 6 (Side: Counterpart; Year: 2022)" in page_text(f"{base}/?side=counterpart&year=2022")
    text = b"".join(Client().get(f"{base}.csv?year=2022")).decode("utf-8-sig")  # type: ignore[arg-type]
    (first, _joint) = csv.DictReader(io.StringIO(text))
    assert (first["changed_from"], first["answer"], first["url"][:17]) == ("opposes", "informs", "http://testserver")
    assert "audience" not in first


@pytest.mark.parametrize("query", ["stance=shouts", "colour=red", "sort=size", "year=2022&year=2021", "organization=x"])
def test_what_is_not_understood_is_told_and_finds_nothing(table: Table, query: str) -> None:
    table.meet(2022, (table.ours, "requests"))
    table.meet(2021, (table.ours, "requests"))
    base = f"{table.topic.get_absolute_url()}positions"
    page = Client().get(f"{base}/?{query}")
    assert page.status_code == 200 and not page.context["page"].rows and b'role="alert"' in page.content
    assert Client().get(f"{base}.csv?{query}").status_code == 400


def test_a_file_that_leaves_is_noted_and_a_former_address_leads_on(table: Table, people: People) -> None:
    table.meet(2022, (table.ours, "requests"))
    client = Client()
    client.force_login(people.secretary)
    answer = client.get(f"{table.ours.get_absolute_url()}positions.csv?stance=requests")
    assert b"audience" in b"".join(answer)  # type: ignore[arg-type]
    line = ExportLog.objects.get()
    assert (line.what, line.rows, line.query) == (
        "positions",
        1,
        f"organization={table.ours.slug}&stance=requests",
    )
    table.topic.title = "Clocks"
    table.topic.save()
    assert Client().get("/topics/timetables/positions/").headers["Location"] == "/topics/clocks/positions/"


def test_of_very_many_only_the_latest_are_told_and_it_says_so(
    table: Table, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in range(2018, 2024):
        table.meet(year, (table.ours, "informs"))
    address = f"{table.ours.get_absolute_url()}positions/"
    assert "Only the positions at the most recent meetings" not in page_text(address)
    monkeypatch.setattr(ledgers, "OWN", 4)
    assert [row[0] for row in table.told(people.visitor, table.ours)] == [2023, 2022, 2021, 2020]
    assert "Only the positions at the most recent meetings" in page_text(address)


def test_the_register_tells_the_latest_of_all_topics_with_filters_and_files(people: People) -> None:
    """What the morning page shows in its cards has this list, for everybody in what they may see."""
    table = Table(people)
    other = make.make_topic("Labels")
    table.meet(2023, (table.ours, "opposes"))
    table.meet(2024, (table.ours, "supports"), (table.host, "requests"))
    table.meet(2025, (table.ours, "requests"), topic=other)
    hidden = table.meet(2026, (table.ours, "opposes"), topic=other, level=INTERNAL)
    text = page_text("/positions/")
    assert "4 positions" in text and "Labels" in text and "Timetables" in text and "Word of 2026" not in text
    assert "5 positions" in page_text("/positions/", people.secretary), hidden
    for asked, number in (("mark=changed", 1), ("mark=unanswered", 2), (f"topic={other.slug}", 1), ("side=host", 1)):
        rows = list(csv.DictReader(io.StringIO(b"".join(Client().get(f"/positions.csv?{asked}")).decode("utf-8-sig"))))
        assert len(rows) == number, asked
        assert f"{number} position" in page_text(f"/positions/?{asked}")
