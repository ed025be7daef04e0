"""What stands in the address is what is shown: filters, chips, order, pages; and what cannot be understood is told."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from engagement.core.lists.request import SIZES
from engagement.followups.lists import FollowUpList
from meetings.lists import MeetingList
from organizations.lists import OrganizationList
from tests import makers as make
from tests.lists.asking import questions
from tests.lists.lists import LISTS, Question, ask, asked, keys, listing
from tests.makers import PUBLIC
from tests.people import People
from tests.thorough import drawn

SOME = {
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],
}


@pytest.fixture
def promises(people: People) -> list[Any]:
    """Seven public promises, some on the same day, one without a date, one done."""
    meeting = make.make_public(counterparts=[people.ours])
    talk = make.make_discussion(meeting, topic=make.make_topic("Gene editing"))
    talk.themes.add(make.make_theme("Therapies"))
    days = [make.LONG_AGO, make.LONG_AGO, make.LONG_AGO, None, make.LONG_AGO.replace(year=2024)]
    made = [
        make.make_followup(
            f"Promise {n}", discussion=talk, owner=people.ours, chaser=people.manager, due_on=day, visibility=PUBLIC
        )
        for n, day in enumerate(days)
    ]
    done = make.make_followup("Done promise", discussion=talk, owner=make.make_host(), visibility=PUBLIC)
    done.complete(by=people.manager)
    return [*made, done]


def test_what_is_open_is_shown_until_somebody_asks_for_more(people: People, promises: list[Any]) -> None:
    done = promises[-1].pk
    assert done not in keys(ask(FollowUpList, people.visitor))
    for query in ("show=all", "show=closed", "status=done", "closed_from=2020-01-01", "timing=on_time&show=all"):
        rows = keys(ask(FollowUpList, people.visitor, query))
        assert (done in rows) == ("timing" not in query), query
    assert len(keys(ask(FollowUpList, people.visitor, "show=all"))) == len(promises)


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_a_chip_removes_just_its_value(people: People, promises: list[Any], page_class: Any) -> None:
    filterset = ask(page_class, people.manager).filterset

    @settings(max_examples=drawn(15), **SOME)
    @given(questions(filterset, most=4))
    def check(question: Question) -> None:
        found = ask(page_class, people.manager, question)
        before = [(one.parameter, one.value) for one in found.filterset.chosen]
        for chosen, chip in zip(found.filterset.chosen, found.links.chips, strict=True):
            after = ask(page_class, people.manager, chip.remove_url.partition("?")[2])
            assert not after.warnings
            left = [(one.parameter, one.value) for one in after.filterset.chosen if one.parameter != "show"]
            gone = (chosen.parameter, chosen.value)
            assert left == [one for one in before if one != gone and one[0] != "show"]
        cleared = ask(page_class, people.manager, found.links.clear.partition("?")[2])
        assert not cleared.links.chips and not cleared.warnings

    check()


def test_a_day_written_another_way_is_removed_too(people: People) -> None:
    found = ask(MeetingList, people.visitor, "from=08/05/2025&q=++two+words")
    assert [chip.text for chip in found.links.chips] == ["“two words”", "From: 8 May 2025"]
    assert asked(found.links.chips[1].remove_url).dict().keys() == {"q"}


@pytest.mark.parametrize("query", ["due=never", "status=lost", "due_from=yesterday", "due_within=-1", "due_within=x",
    "theme=none-such", "organization=nobody", "mine=2", "q=a%00b", "theme=a%00", "due=overdue&due=none",
    "status=open&status=lost", "due_within=99999999999999999999", "due_from=2026-02-30", "show=odd"])  # fmt: skip
def test_what_means_nothing_is_told_and_shows_no_more(people: People, promises: list[Any], query: str) -> None:
    found = listing(FollowUpList, people.manager, query)
    assert found.warnings
    assert keys(ask(FollowUpList, people.manager, query)) == [] and found.count == 0
    client = Client()
    client.force_login(people.manager)
    answer = client.get(f"/follow-ups/?{query}")
    assert answer.status_code == 200
    assert "Part of the address is not valid." in answer.content.decode()


@pytest.mark.parametrize("query", ["statsu=done", "sort=colour", "size=7", "page=two", "assignee=manager"])
def test_what_is_not_known_is_told(people: People, promises: list[Any], query: str) -> None:
    plain = keys(ask(FollowUpList, people.visitor))
    found = ask(FollowUpList, people.visitor, query)
    assert len(found.warnings) == 1
    assert keys(found) == plain


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_every_order_is_the_same_each_time(people: People, promises: list[Any], page_class: Any) -> None:
    """Ties go by key, rising or falling, and no row is on two pages or none."""
    for name in page_class.sorts:
        rising = keys(ask(page_class, people.manager, f"sort={name}"))
        falling = keys(ask(page_class, people.manager, f"sort=-{name}"))
        assert sorted(rising) == sorted(falling) == sorted(keys(ask(page_class, people.manager)))


def test_ties_go_by_key_and_no_date_comes_last(people: People, promises: list[Any]) -> None:
    same_day = [promise.pk for promise in promises[:3]]
    rising = keys(ask(FollowUpList, people.visitor, "sort=due"))
    assert rising == [promises[4].pk, *same_day, promises[3].pk]
    assert keys(ask(FollowUpList, people.visitor, "sort=-due")) == [*same_day[::-1], promises[4].pk, promises[3].pk]


def test_pages_and_their_size(people: People) -> None:
    for number in range(60):
        make.make_organization(f"Organization {number:02d}")
    wanted = keys(ask(OrganizationList, people.manager))
    for size in SIZES:
        seen: list[int] = []
        query: str | None = f"size={size}"
        while query is not None:
            found = listing(OrganizationList, people.manager, query)
            assert len(found.page.object_list) <= size
            seen += [row.pk for row in found.page.object_list]
            query = found.next_url.partition("?")[2] if found.next_url else None
        assert seen == wanted
    assert listing(OrganizationList, people.manager, "page=999").page.start == 51


def test_a_form_sent_with_blanks_leads_to_the_short_address(people: People, promises: list[Any]) -> None:
    client = Client()
    answer = client.get("/follow-ups/?q=&due=overdue&due_from=&organization_find=")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/follow-ups/?due=overdue")
    answer = client.get("/follow-ups/?q=&due=overdue", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Push-Url"]) == (200, "/follow-ups/?due=overdue")
    assert "HX-Request" in answer.headers["Vary"]


def test_searching_the_choices_without_scripts(people: People, promises: list[Any]) -> None:
    """What is typed comes back as choices to tick, those already ticked stay."""
    for number in range(30):
        make.make_organization(f"Alliance {number:02d}", acronym=f"AL{number}")
    found = listing(FollowUpList, people.manager, "organization_find=alliance+07")
    assert [choice.label for choice in found.facets["organization"].choices] == ["Alliance 07"]
    found = listing(FollowUpList, people.manager, "organization_find=al12")
    assert [choice.label for choice in found.facets["organization"].choices] == ["Alliance 12"]
    slug = people.ours.slug
    found = listing(FollowUpList, people.manager, f"organization={slug}&organization_find=alliance")
    first, *others = found.facets["organization"].choices
    assert first.value == slug and first.is_chosen and len(others) == 20
    assert not listing(FollowUpList, people.visitor, "organization_find=alliance").facets["organization"].choices
    assert not found.warnings and "organization_find" not in found.links.query


def test_nothing_found_says_what_to_leave_out(people: People, promises: list[Any]) -> None:
    text = Client().get("/follow-ups/?q=nothing-is-called-so&due=overdue").content.decode()
    assert "No follow-ups match. Remove a filter:" in text
    assert "Remove: </span>Due: Overdue" in text and "Remove: </span>“nothing" in text
