"""How often something came up, and when last, beside organizations and topics: the same for few links and for many."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from engagement.core.models import Visibility
from engagement.core.partial_dates import PartialDate
from meetings.dossiers import queries
from tests import makers as make
from tests.people import People

pytestmark = pytest.mark.django_db

DAYS = [dt.date(2024, 3, 1), dt.date(2025, 6, 2), dt.date(2025, 1, 9)]


@pytest.fixture
def topic(people: People) -> Any:
    """Discussed at three public meetings with one organization, and later at an internal one."""
    host, topic = make.make_host("Office of Often"), make.make_topic("Stability of tablets")
    for day in DAYS:
        meeting = make.make_public(f"Talk of {day}", host=host, counterparts=[people.ours], starts_on=day)
        make.make_discussion(meeting, topic=topic)
    hidden = make.make_public("Hidden", host=host, counterparts=[people.ours], starts_on=dt.date(2025, 9, 9))
    make.make_discussion(hidden, topic=topic)
    hidden.visibility = Visibility.INTERNAL
    hidden.save()
    return topic


@pytest.mark.parametrize("most, said", [(10, ("3", "4")), (3, ("3", "3+")), (2, ("2+", "2+"))])
def test_counted_so_far_and_the_last_is_the_last(
    topic: Any, people: People, monkeypatch: pytest.MonkeyPatch, most: int, said: tuple[str, str]
) -> None:
    monkeypatch.setattr(queries, "OFTEN", most)
    monkeypatch.setattr(queries, "FEW", most)
    days = [PartialDate(dt.date(2025, 6, 2)), PartialDate(dt.date(2025, 9, 9))]
    expected = list(zip(said, days, strict=True))
    for user, found in zip([AnonymousUser(), people.manager], expected, strict=True):
        discussed = queries.discussions_by_topic([topic], user)[topic.pk]
        met = queries.meetings_by_organization([people.ours], user)[people.ours.pk]
        assert [(row["times"], row["last"]) for row in (discussed, met)] == [found, found]


def test_what_never_came_up_has_no_number(people: People) -> None:
    unknown = make.make_topic("Never spoken of")
    assert queries.discussions_by_topic([unknown], people.manager) == {}
    assert queries.meetings_by_organization([people.theirs], people.manager) == {}
