"""No list, order, number or main filter goes through a large table, at twelve thousand follow-ups on PostgreSQL (a
hundred thousand with ALL=1).

The rule: no step of any statement reads more than ``BOUND`` rows of a table that has more rows than that, and none puts
more rows than that in order. It is not asked how a step reads: whoever reads a table from its beginning and stops at
the twenty-sixth row does what a list should, and whoever walks a whole index does not. So a step is measured by the
rows that it really went through, those refused by a condition included, over all its repetitions.

A database plans by proportion: where a tenth of a table is wanted, it reads it all, and rightly so. So counts go on to
a hundredth of the rows, as ten thousand is of a million, and reading a row by its key costs what it does where nothing
turns. Everything that is asked, and everything that is excused, is named below and in
``long_questions.py``. The words filter is the index of texts, which has proofs of its own.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import RequestFactory

from engagement.core.lists import counts, facets, pagination
from engagement.core.lists.views import ListPage
from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp
from engagement.samples import generator
from meetings.models import Party
from organizations.models import Representative
from tests.lists.lists import LISTS
from tests.lists.long_questions import questions
from tests.plans import Plans, Step, explained, large_tables
from tests.thorough import ALL, one_day_in, some

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not say what it read"),
    pytest.mark.both_databases,
    pytest.mark.early("fills a large register in one piece"),
]

FOLLOWUPS = 100_000 if ALL else 12_000
BOUND, COUNTED_TO, EXCUSED_BOUND = FOLLOWUPS // (4 if ALL else 2), FOLLOWUPS // 100, FOLLOWUPS * 5 // 2
"""In a small register a quarter of a table is read at once, and rightly so; half of it is still too much."""
LARGE = {"followups_followup", *(("meetings_meeting", "meetings_discussion", "meetings_party") if ALL else ())}
"""What is excused reads a large table once or twice, and not once for each row of another."""

ALL_MEETINGS = "asked of a short list about all of its meetings: it costs what these cost, as nothing sums them up"
ALL_CHOICES = "which choices a reader may be offered is asked of every organization, though a few are on offer"
TWO_ORDERS = "one index cannot both find what was closed lately and put it in the order of due dates"
EXCUSED: list[tuple[str, set[str], str]] = [
    ("OrganizationList", {"when", "from", "to", "theme", "topic", "series", "host", "organization"}, ALL_MEETINGS),
    ("OrganizationList", {"the numbers"}, ALL_MEETINGS),
    ("SeriesList", {"from", "topic", "the numbers"}, ALL_MEETINGS),
    ("TopicList", {"when", "from", "to", "the numbers"}, ALL_MEETINGS),
    ("TopicList", {"the list", "status", "theme", "organization", "series"}, ALL_CHOICES),
    ("OrganizationList", {"kind"}, "the numbers of a few organizations, one of which was at every meeting"),
    ("MeetingList", {"when", "status", "series", "the numbers"}, ALL_CHOICES),
    ("MeetingList", {"place"}, "a piece of a word within a field: no index without an extension"),
    (
        "MeetingList",
        {"record"},
        "of what nothing is written is looked for among all discussions; the desk asks of 90 days",
    ),
    ("FollowUpList", {"closed", "closed_from"}, TWO_ORDERS),
    ("FollowUpList", {"opened", "opened_from", "opened_to"}, "when it was recorded: here everything was on one day"),
    ("FollowUpList", {"theme", "the numbers"}, "a theme under which a third of all discussions are filed"),
    *([] if ALL else [("FollowUpList", {"carried", "moved", "side"}, "of a small table so much is read at once")]),
]
"""What goes through more rows all the same, by the list and the filter, and why. No list of follow-ups or meetings, in
no order that an index gives, is among them."""

DAY = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
"""The register is of this day, and asked on it: the same rows give the same plans tomorrow."""
PARTS, TURN = 12, dt.date.today().toordinal()
"""A quarter of the questions in each run, each by one of three readers; tomorrow others."""

LEAVE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
"""A database is copied while nobody is in it: the threads of earlier tests may have left connections open."""


@pytest.fixture
def register(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database beside that of the other tests, with a large sample in it; it ends with the test.

    No list asks what its public pages said before, and its words are asked elsewhere, so neither is written.
    """
    monkeypatch.setattr(generator, "keep_first_versions", lambda: None)
    monkeypatch.setattr(generator, "index_new", lambda before: ())
    usual = connection.settings_dict["NAME"]
    name = f"{usual}_large"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(LEAVE, [usual])
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{usual}"')
    connection.settings_dict["NAME"] = name
    try:
        with time_machine.travel(DAY):
            generator.make(FOLLOWUPS, 1, DAY.date(), quiet=True)
            somebody_leaves()
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
                cursor.execute("SET random_page_cost = 1.1")
            yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def somebody_leaves() -> None:
    """With a few promises still in hand: all colleagues of the sample can do what they promised."""
    gone = get_user_model().objects.create_user("gone", is_staff=True)
    left = list(FollowUp.objects.is_open().order_by("-pk").values_list("pk", flat=True)[:100])
    assert FollowUp._base_manager.filter(pk__in=left).update(assignee=gone) == 100


def make_readers() -> dict[str, Any]:
    """A manager, somebody who acts for an organization that was often met, and a visitor."""
    people = get_user_model().objects
    manager = people.create_superuser("reads-all", "reads-all@example.org", "secret")
    acts = people.create_user("acts", "acts@example.org", "secret")
    often = Party.objects.filter(organization__is_host=False).order_by("-pk").first()
    assert often is not None
    Representative.objects.create(user=acts, organization=often.organization)
    return {"manager": manager, "representative": acts, "visitor": AnonymousUser()}


def opened(page: type[ListPage], user: Any, question: str) -> Callable[[], object]:
    """The page as a reader gets it."""

    def call() -> object:
        request = RequestFactory().get(page().path, QUERY_STRING=question)
        request.user = user
        request.htmx = False  # type: ignore[attr-defined]
        response = page.as_view()(request)
        assert response.status_code == 200, question
        return response

    return call


def far(steps: list[Step], large: set[str]) -> list[Step]:
    """The steps that went through too much."""
    return [one for one in steps if (one.table in large or one.is_sort) and one.rows > BOUND]


def long_plans(
    plans: Plans, page: type[ListPage], user: Any, asked: Iterator[str], large: set[str]
) -> Iterator[tuple[str, list[Step]]]:
    """The questions for which a statement went through too much, with its steps that did."""
    for question in asked:
        for _sql, steps in plans.of(opened(page, user, question)):
            if long := far(steps, large):
                yield question, long


def is_excused(page: type[ListPage], what: str, long: list[Step]) -> bool:
    """An order that no index gives is offered up to ten thousand rows only."""
    order = what.removeprefix("in the order ")
    if order in page.sorts and order != what:
        return page.sorts[order].keyset is None
    asked = what.removeprefix("the filter ")
    named = any(name == page.__name__ and asked in some for name, some, _why in EXCUSED)
    return named and all(one.rows <= EXCUSED_BOUND for one in long)


@one_day_in(2)
@pytest.mark.slow("fills a large register, and explains every statement of every list")
def test_no_list_goes_through_a_large_table(register: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, since filling the register takes minutes."""
    assert generator.sample_is_there()
    for module in (counts, facets, pagination):
        monkeypatch.setattr(module, "MOST", COUNTED_TO)
    large, plans, bad = large_tables(BOUND), Plans(), list[str]()
    assert large >= LARGE
    for turn, (who, user) in enumerate(make_readers().items()):
        for number, page in enumerate(LISTS):
            for what, asked in some([*questions(page, user)], TURN + 4 * turn + number, PARTS):
                for question, long in long_plans(plans, page, user, asked, large):
                    if not is_excused(page, what, long):
                        bad.append(f"{page.__name__} for the {who}, {what} (?{question}): {'; '.join(map(str, long))}")
    assert not bad, f"{len(bad)} of {len(plans.seen)} statements:\n" + "\n".join(bad)
    assert_it_would_be_seen(large)


def assert_it_would_be_seen(large: set[str]) -> None:
    """Without the index of an order, the same page goes through the whole table, and that is noticed."""
    manager = get_user_model().objects.get(username="reads-all")
    ask = opened(FollowUpList, manager, "sort=title&show=all")
    assert not [one for _sql, steps in Plans().of(ask) for one in far(steps, large)]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX followup_by_title")
        assert [one for _sql, steps in Plans().of(ask) for one in far(steps, large)]
        transaction.set_rollback(True)
    assert not far(explained("SELECT id FROM followups_followup ORDER BY sort_key, id LIMIT 26"), large)
