"""What lists can be asked about meetings: when, on what and with whom; only meetings the reader sees answer."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from engagement.core.lists.views import ListPage
from engagement.followups.lists import FollowUpList
from engagement.topics.lists import TopicList
from meetings.lists import MeetingList, SeriesList
from organizations.lists import OrganizationList
from tests import makers as make
from tests.lists.lists import LISTS, ask
from tests.makers import PUBLIC, SHARED
from tests.people import People

pytestmark = pytest.mark.both_databases

ABOUT_MEETINGS = [(OrganizationList, "Partner"), (TopicList, "Partner topic"), (SeriesList, "Partner series")]


def found(page: type[ListPage], user: Any, query: str) -> set[str]:
    asked = ask(page, user, query)
    assert not asked.warnings, asked.warnings
    return {getattr(row, "title", "") or row.name for row in asked.rows}


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


@pytest.fixture
def partner(people: People) -> Any:
    """A member of a federation, met in public in 2020 and ten days ago; in 2023 only the secretariat knows."""
    federation = make.make_organization("Federation")
    partner = make.make_organization("Partner", parent=federation, lead=people.manager)
    make.make_organization("Nobody met")
    broad = make.make_theme("Broad")
    topics = {"Partner topic": make.make_theme("Narrow", parent=broad), "Secret topic": make.make_theme("Secret")}
    for title, theme in topics.items():
        make.make_topic(title).themes.add(theme)
    make.make_topic("Never discussed")
    series = make.make_series("Partner series")
    series.counterparts.add(partner)
    meetings = [
        (dt.date(2020, 3, 1), True, "Partner topic"),
        (days_ago(10), True, "Partner topic"),
        (dt.date(2023, 3, 1), False, "Partner topic"),
        (dt.date(2023, 3, 2), False, "Secret topic"),
    ]
    for day, public, title in meetings:
        make_meeting = make.make_public if public else make.make_held
        meeting = make_meeting(counterparts=[partner], starts_on=day, series=series, kind="ad_hoc")
        topic = make.Topic.objects.get(title=title)
        make.make_discussion(meeting, topic=topic).themes.set(topic.themes.all())
    return partner


@pytest.mark.parametrize(("page", "name"), ABOUT_MEETINGS)
def test_days_mean_one_and_the_same_meeting(partner: Any, people: People, page: type[ListPage], name: str) -> None:
    assert name in found(page, people.visitor, "from=2020-03-01&to=2020-03-01")
    assert name in found(page, people.visitor, "from=2021-01-01")
    assert name not in found(page, people.visitor, "from=2021-01-01&to=2022-01-01"), "between two meetings"
    assert name not in found(page, people.visitor, "from=2023-01-01&to=2023-12-31"), "not a meeting it may know of"
    assert name in found(page, people.manager, "from=2023-01-01&to=2023-12-31")


@pytest.mark.parametrize(("page", "name"), ABOUT_MEETINGS)
def test_words_for_days(partner: Any, people: People, page: type[ListPage], name: str) -> None:
    for who in (people.visitor, people.manager):
        assert name in found(page, who, "when=last_30")
        years = {"this_year": days_ago(10).year, "last_year": days_ago(10).year + 1}
        for when, year in years.items():
            assert (name in found(page, who, f"when={when}")) == (year == timezone.localdate().year), when
        assert name not in found(page, who, "when=never")
    unmet = {OrganizationList: "Nobody met", TopicList: "Never discussed"}.get(page)
    assert unmet is None or unmet in found(page, people.manager, "when=never")


def test_organizations_by_what_was_discussed_with_them(partner: Any, people: People) -> None:
    for query in ("theme=narrow", "theme=broad", "topic=partner-topic", "series=partner-series"):
        assert "Partner" in found(OrganizationList, people.visitor, query), query
    assert "Partner" in found(OrganizationList, people.manager, "theme=secret")
    assert found(OrganizationList, people.visitor, "theme=secret") == set(), "discussed where nobody sees it"
    assert ask(OrganizationList, people.visitor, "topic=secret-topic").warnings


def test_topics_by_whom_they_were_discussed_with(partner: Any, people: People) -> None:
    for query in ("organization=partner", "series=partner-series"):
        assert found(TopicList, people.visitor, query) == {"Partner topic"}, query
        assert found(TopicList, people.manager, query) == {"Partner topic", "Secret topic"}, query
    assert found(TopicList, people.manager, "organization=federation") == {"Partner topic", "Secret topic"}


def test_series_by_what_and_whom(partner: Any, people: People) -> None:
    for query in ("organization=partner", "theme=broad", "topic=partner-topic", "kind=ad_hoc"):
        assert found(SeriesList, people.visitor, query) == {"Partner series"}, query
    assert (
        found(SeriesList, people.visitor, "theme=secret") == found(SeriesList, people.visitor, "kind=platform") == set()
    )
    assert found(SeriesList, people.manager, "theme=secret&lead=manager&organization=federation") == {"Partner series"}
    assert ask(SeriesList, people.visitor, "lead=manager").warnings


def test_the_day_of_a_promise(partner: Any, people: People) -> None:
    """That of its meeting; without one, or with one the reader may not know, the day it was recorded."""
    whose = {"owner": people.ours, "chaser": people.manager, "visibility": SHARED}
    public = make.make_public(counterparts=[people.ours], starts_on=dt.date(2021, 1, 1))
    hidden = make.make_held(starts_on=dt.date(2021, 1, 1))
    make.make_followup("Seen", meeting=public, **whose)
    make.make_followup("Unseen", meeting=hidden, **{**whose, "visibility": PUBLIC})
    make.make_followup("By letter", **whose)
    today = timezone.localdate()
    then, now = "opened_from=2021-01-01&opened_to=2021-01-01", f"opened_from={today}&opened_to={today}"
    assert found(FollowUpList, people.manager, then) == {"Seen", "Unseen"}
    assert found(FollowUpList, people.manager, now) == {"By letter"}
    assert found(FollowUpList, people.representative, then) == {"Seen"}
    assert found(FollowUpList, people.manager, "opened=last_30") == {"By letter"}
    assert found(FollowUpList, people.manager, f"opened_to={days_ago(1)}&opened=this_year") == set()


def test_words_for_the_day_something_was_closed(people: People) -> None:
    done = make.make_followup("Done")
    done.complete(by=people.manager)
    make.make_followup("Open")
    for words, wanted in (("last_30", {"Done"}), ("this_year", {"Done"}), ("last_year", set())):
        assert found(FollowUpList, people.manager, f"closed={words}") == wanted


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.__name__)
def test_every_date_can_be_asked_in_words(page: type[ListPage]) -> None:
    """Beside a field for a day stands one with words like this year; beside deadlines, how near they are."""
    filters = page.filterset_class.base_filters
    days = {name for name, one in filters.items() if getattr(one, "kind", "") == "day"}
    words = {
        "from": "when",
        "to": "when",
        **{f"{n}_{end}": n for n in ("due", "opened", "closed") for end in ("from", "to")},
    }
    assert days or page not in (MeetingList, FollowUpList)
    if page is MeetingList:
        assert {"due", "overdue", "soon"} <= filters["publication"].answers.keys()
        days -= {"due_from", "due_to"}
    for name in days:
        assert "this_year" in filters[words[name]].answers, name
