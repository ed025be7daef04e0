"""The number beside a choice is the number of rows one gets by choosing it, whoever reads, whatever else is asked."""

from itertools import product
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engagement.core.lists.views import ListPage
from engagement.followups.lists import FollowUpList
from tests import makers as make
from tests.lists.asking import questions
from tests.lists.lists import LISTS, Question, ask, keys, listing
from tests.makers import PUBLIC
from tests.people import People
from tests.thorough import shared_out
from tests.world import ALL_MARKS, SEEN_BY, World

pytestmark = pytest.mark.both_databases

PLENTY = settings(
    max_examples=5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.fixture(scope="module")
def module_readers(module_people: People, module_world: World) -> None:
    """The world of the walker, and a branch of themes and an umbrella of organizations with several under each."""
    people = module_people
    broad = make.make_theme("Broad")
    narrow, other = make.make_theme("Narrow", parent=broad), make.make_theme("Other", parent=broad)
    narrowest = make.make_theme("Narrowest", parent=narrow)
    umbrella = make.make_organization("Umbrella", country="BE", lead=people.manager)
    members = [make.make_organization(f"Member {n}", parent=umbrella, country="FR") for n in range(2)]
    guest = make.make_organization("Guest", country="DE")
    for level, themes in ((PUBLIC, [narrow, narrowest]), (PUBLIC, [other, broad]), (0, [narrowest])):
        meeting = make.make_public(counterparts=[*members, guest], city="Zürich", attendance_mode="online")
        topic = make.make_topic()
        topic.themes.set(themes)
        for number in range(2):
            talk = make.make_discussion(meeting, f"Talk {number}", topic=topic, visibility=level)
            talk.themes.set(themes)
            make.make_followup(
                discussion=talk, owner=members[number], chaser=people.secretary, visibility=20, due_on=make.LONG_AGO
            )
        done = make.make_followup(meeting=meeting, owner=guest, chaser=people.manager, visibility=10)
        done.complete(by=people.manager)


@pytest.fixture
def readers(module_readers: None, people: People) -> People:
    return people


def choosing(question: Question, name: str, value: str) -> Question:
    return [*(pair for pair in question if pair[0] != name), (name, value)]


def wrong_counts(page_class: type[ListPage], user: Any, question: Question, some: int | None = None) -> list[str]:
    """Choices whose number is not that of the rows they give; ``some`` of each filter, or all."""
    found = listing(page_class, user, [*question, ("more", "1")])
    assert found.filterset.is_valid(), (question, found.warnings)
    wrong = []
    for name, facet in found.facets.items():
        for choice in facet.choices[:some]:
            rows = len(keys(ask(page_class, user, choosing(question, name, choice.value))))
            if rows != choice.count:
                wrong.append(f"{name}={choice.value} says {choice.count} and gives {rows}; asked {question}")
    return wrong


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_numbers_of_a_list_nobody_narrowed(readers: People, page_class: type[ListPage]) -> None:
    for name in shared_out(["secretary", "representative", "visitor", "stranger"]):
        assert wrong_counts(page_class, getattr(readers, name), []) == [], name


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
@pytest.mark.parametrize("who", shared_out(["manager", "representative", "visitor"], parts=3))
def test_numbers_whatever_else_is_asked(readers: People, page_class: type[ListPage], who: str) -> None:
    """On SQLite by one of three readers, on PostgreSQL by another."""
    user = getattr(readers, who)
    filterset = ask(page_class, user).filterset

    @PLENTY
    @given(questions(filterset))
    def check(question: Question) -> None:
        assert wrong_counts(page_class, user, question, some=2) == []

    check()


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_the_count_is_that_of_the_rows(readers: People, page_class: type[ListPage]) -> None:
    for name, user in readers:
        found = listing(page_class, user)
        rows = keys(ask(page_class, user))
        assert found.count == len(rows) == len(set(rows)), name


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_no_choice_names_what_a_reader_may_not_see(readers: People, page_class: type[ListPage]) -> None:
    """Nor does searching the choices find it."""
    for name, user in shared_out(list(readers)):
        plain = listing(page_class, user, "more=1")
        finding = [("more", "1")] + [(facet.find_name, "mark") for facet in plain.facets.values()]
        for found in (plain, listing(page_class, user, [pair for pair in finding if plain.filterset.knows(pair[0])])):
            told = " ".join(f"{c.value} {c.label}" for facet in found.facets.values() for c in facet.choices).lower()
            assert not {mark for mark in ALL_MARKS - SEEN_BY[name] if mark in told}, name


def test_an_umbrella_that_is_not_visible_is_no_choice(readers: People) -> None:
    """Its members are public; that they belong to it is not."""
    for page_class in LISTS:
        for query in ("", "organization_find=umbrella", "q=member"):
            for facet in listing(page_class, readers.visitor, query).facets.values():
                assert "Umbrella" not in [choice.label for choice in facet.choices]
    staff = listing(FollowUpList, readers.manager).facets["organization"]
    assert {c.label: c.count for c in staff.choices}["Umbrella"] == 6


def test_whoever_owes_does_not_learn_of_a_meeting_it_was_not_at(readers: People) -> None:
    meeting = make.make_held(series=make.make_series("Closed circle"), visibility=10)
    talk = make.make_discussion(meeting, topic=make.make_topic("Closed topic"))
    talk.themes.add(make.make_theme("Closed theme"))
    mine = make.make_followup("Owed", discussion=talk, owner=readers.ours, chaser=readers.manager, visibility=10)
    found = listing(FollowUpList, readers.representative)
    assert mine.pk in keys(ask(FollowUpList, readers.representative))
    told = [choice.label for facet in found.facets.values() for choice in facet.choices]
    assert not [label for label in told if "Closed" in label or label == meeting.title]
    for query in (f"opened_to={make.LONG_AGO}", f"opened_from={make.LONG_AGO}&opened_to={make.LONG_AGO}"):
        assert mine.pk in keys(ask(FollowUpList, readers.manager, query))
        assert mine.pk not in keys(ask(FollowUpList, readers.representative, query)), "its day is the recorded one"
    today = timezone.localdate()
    assert mine.pk in keys(ask(FollowUpList, readers.representative, f"opened_from={today}&opened_to={today}"))
    for name, value in (("series", "closed-circle"), ("topic", "closed-topic"), ("meeting", meeting.reference)):
        assert listing(FollowUpList, readers.representative, [(name, value)]).warnings


def test_numbers_at_the_top_of_one_side_lead_to_as_many_rows(readers: People) -> None:
    """Visitors have one number of all sides, which is that of the sides they asked for."""
    for user, label in product([readers.visitor, readers.manager], ["ours", "joint", "theirs"]):
        for stat in listing(FollowUpList, user, [("side", label)]).stats[:3]:
            rows = ask(FollowUpList, user, stat.url.partition("?")[2])
            assert str(len(keys(rows))) == stat.number, (user, label, stat)


@PLENTY
@given(data=st.data())
def test_numbers_at_the_top_lead_to_as_many_rows(readers: People, data: st.DataObject) -> None:
    user = data.draw(st.sampled_from([readers.manager, readers.visitor]))
    question = data.draw(questions(ask(FollowUpList, user).filterset))
    found = listing(FollowUpList, user, question)
    for stat in found.stats[:3]:
        rows = ask(FollowUpList, user, stat.url.partition("?")[2])
        assert str(len(keys(rows))) == stat.number, (question, stat)
