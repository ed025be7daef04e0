"""The numbers of an organization: how often met, when last, promises kept of those due, meetings a year as bars."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from engagement.followups.models import FollowUp
from meetings.dossiers import organization as dossier
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.pages.charts import drawn_bars, markup_of, section_of, table_rows
from tests.pages.reading import page_text
from tests.people import People
from tests.thorough import ALL, today
from tests.world import World

READERS = ("visitor", "representative", "stranger", "secretary")
NOW = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)


def years_of(organization: Organization, user: Any) -> str:
    return section_of(markup_of(organization.get_absolute_url(), user), "chart-title")


def meet(organization: Organization, year: int, level: int = PUBLIC, **fields: Any) -> Meeting:
    maker = make.make_public if level == PUBLIC else make.make_held
    return maker(counterparts=[organization], starts_on=dt.date(year, 5, 8), visibility=level, **fields)


@time_machine.travel(NOW)
def test_bars_and_table_count_what_each_reader_may_see(people: People) -> None:
    for year, level in ((2021, PUBLIC), (2023, SHARED), (2023, PUBLIC), (2023, INTERNAL), (2024, INTERNAL)):
        meet(people.ours, year, level)
    make.make_meeting(counterparts=[people.ours], starts_on=dt.date(2025, 12, 1), visibility=PUBLIC)
    expected = {
        "visitor": {"2021": "1", "2022": "0", "2023": "1"},
        "stranger": {"2021": "1", "2022": "0", "2023": "1"},
        "representative": {"2021": "1", "2022": "0", "2023": "2"},
        "secretary": {"2021": "1", "2022": "0", "2023": "3", "2024": "1"},
    }
    for name in READERS:
        section = years_of(people.ours, getattr(people, name))
        assert drawn_bars(section) == list(expected[name].items())
        assert table_rows(section) == [list(row) for row in expected[name].items()]
    assert "2 meetings held, the first in May 2021 8 May 2023 last meeting" in page_text(
        people.ours.get_absolute_url(), people.visitor
    )
    assert "5 meetings held, the first in May 2021 8 May 2024 last meeting" in page_text(
        people.ours.get_absolute_url(), people.secretary
    )


def test_every_organization_of_the_world_counts_its_readers_own_meetings(world: World, people: People) -> None:
    told = 0
    for name in READERS:
        user = getattr(people, name)
        for organization in today(Organization.objects.visible_to(user).order_by("pk"), parts=2):
            seen = Meeting.objects.visible_to(user).held().filter(parties__organization=organization).count()
            rows = table_rows(years_of(organization, user))
            assert sum(int(number) for _year, number in rows) == seen, f"{name}: {organization}"
            told += seen
    assert told > (10 if ALL else 2)


@time_machine.travel(NOW)
def test_promises_kept_of_those_that_were_due(people: People) -> None:
    """What has no date, is due later, or was cancelled is not among them; what is hidden is not either."""
    meeting = meet(people.ours, 2024)
    common = {"meeting": meeting, "owner": people.ours, "chaser": people.secretary, "visibility": PUBLIC}

    def promise(due: dt.date | None, done: dt.date | None = None, **fields: Any) -> FollowUp:
        made = make.make_followup(due_on=due, **{**common, **fields})
        if done:
            with time_machine.travel(dt.datetime.combine(done, dt.time(12), tzinfo=dt.UTC)):
                made.complete(by=people.manager, result="Done")
        return made

    promise(dt.date(2025, 2, 1), done=dt.date(2025, 1, 20))
    promise(dt.date(2025, 2, 1), done=dt.date(2025, 3, 20))
    promise(dt.date(2025, 8, 31))
    promise(dt.date(2025, 9, 1))
    promise(None, done=dt.date(2025, 3, 1))
    promise(dt.date(2025, 12, 1), done=dt.date(2025, 3, 1))
    promise(dt.date(2025, 2, 1)).cancel(by=people.manager, reason="No longer needed")
    promise(dt.date(2025, 2, 1), done=dt.date(2025, 1, 20), visibility=INTERNAL)
    text = page_text(people.ours.get_absolute_url(), people.visitor)
    assert "2 of 3 promises due from Association of Representatives kept, 1 on time" in text
    assert "promises to Association" not in text
    text = page_text(people.ours.get_absolute_url(), people.secretary)
    assert "3 of 4 promises due from Association of Representatives kept, 2 on time" in text


def test_where_nothing_took_place_there_are_no_numbers(people: People) -> None:
    make.make_public(counterparts=[people.theirs])
    meet(people.ours, 2024, INTERNAL)
    umbrella = make.make_organization("Quiet")
    assert "took place" not in page_text(umbrella.get_absolute_url(), people.secretary)
    assert years_of(umbrella, people.secretary) == ""


def test_of_very_many_meetings_the_latest_are_counted(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The year in which these begin is not drawn: not all of it is counted."""
    for year in (2020, 2021, 2021, 2022, 2023, 2023):
        meet(people.ours, year)
    monkeypatch.setattr(dossier, "MOST", 4)
    monkeypatch.setattr("engagement.core.views.MOST", 4)
    section = years_of(people.ours, people.visitor)
    assert table_rows(section) == [["2022", "1"], ["2023", "2"]]
    assert "Earlier years are not shown." in section
    assert "4+ meetings held 8 May 2023" in page_text(people.ours.get_absolute_url())
