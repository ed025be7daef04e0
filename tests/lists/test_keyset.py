"""Walking through a list by its links visits every row exactly once, forwards and backwards, in every order, whatever
is added and removed meanwhile; and a place in an address tells nothing about the record that stands there.
"""

import datetime as dt
from itertools import product
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from engagement.core.lists import request
from engagement.core.lists.filterset import ListFilterSet
from engagement.core.lists.keyset import BadKey, ByField, Key, KeysetQuery
from engagement.core.lists.result import Found
from engagement.core.lists.views import ListPage
from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp, FollowUpEvent
from meetings.lists import MeetingList
from tests import makers as make
from tests.lists.lists import LISTS, ask, keys, listing, look_up
from tests.makers import PUBLIC
from tests.people import People
from tests.queries import count_queries
from tests.thorough import ALL, shared_out, some, today
from tests.world import World

pytestmark = pytest.mark.both_databases

ORDERS = shared_out([(page, f"{fall}{name}") for fall in ("", "-") for page in LISTS for name in page.sorts])
IDS = [f"{page.__name__}-{order}" for page, order in ORDERS]
ROWS = 3 if ALL else 5
"""Of a page: with fewer, more links are followed."""


@pytest.fixture(autouse=True)
def no_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choices beside the rows are not what is asked here, and cost more than these."""
    monkeypatch.setattr(ListFilterSet, "shown", ())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of few rows."""
    monkeypatch.setattr(request, "SIZES", (ROWS, 25))


@pytest.fixture(scope="module")
def module_ties(module_people: People, module_world: World) -> None:
    """Many rows that tie in every order, with and without values."""
    series = [make.make_series(f"Series {number}") for number in range(2)]
    days = [None, None, dt.date(2025, 3, 1), dt.date(2025, 3, 1), dt.date(2026, 3, 1)]
    for number in range(10):
        day = days[number % 5]
        held = {"starts_on": day} if day else {}
        made = make.make_public if day else make.make_meeting
        meeting = made(f"Meeting {number % 3}", series=[None, *series][number % 3], city="Zürich", **held)
        if meeting.series and number % 2:
            type(meeting).objects.filter(pk=meeting.pk).update(ordinal=number + 1)
        owner = make.make_organization(f"Owner {number}", acronym="TIE" if number % 2 else "", country="FR")
        topic = make.make_topic(f"Topic {number}")
        topic.themes.add(make.make_theme(f"Theme {number % 2} of {number}"))
        talk = make.make_discussion(meeting, topic=topic)
        for again in range(2):
            promise = make.make_followup(
                f"Promise {again}",
                discussion=talk,
                owner=owner,
                chaser=module_people.manager,
                due_on=day,
                visibility=PUBLIC,
            )
            if number % 4 == 0:
                promise.complete(by=module_people.manager)


@pytest.fixture
def ties(module_ties: None, people: People) -> People:
    return people


def walked(page: type[ListPage], user: Any, query: str, way: str) -> list[list[int]]:
    """The keys of the rows of each page, following the links of one kind."""
    pages: list[list[int]] = []
    while True:
        found = listing(page, user, query)
        assert not found.warnings, found.warnings
        pages.append([row.pk for row in found.page.object_list])
        query = getattr(found, f"{way}_url").partition("?")[2]
        if not query:
            return pages
        assert len(pages) < 100


def flat(pages: list[list[int]]) -> list[int]:
    return [key for page in pages for key in page]


@pytest.mark.parametrize(("page", "order"), ORDERS, ids=IDS)
def test_each_row_once_forwards_and_backwards(ties: People, small: None, page: type[ListPage], order: str) -> None:
    """And in the order in which a file has them; each order by one reader, tomorrow by another."""
    for user in today((ties.visitor, ties.representative, ties.manager), 3, turn=ORDERS.index((page, order))):
        query = f"sort={order}&size={ROWS}" + ("&show=all" if "show" in page.filterset_class.base_filters else "")
        wanted = keys(ask(page, user, query))
        assert len(wanted) == len(set(wanted))
        forth = walked(page, user, query, "next")
        assert flat(forth) == wanted
        back = walked(page, user, f"{query}&page=last", "previous")
        assert flat(back[::-1]) == wanted
        assert all(len(one) == ROWS for one in forth[:-1])


@pytest.mark.parametrize(("page", "order"), ORDERS, ids=IDS)
def test_numbered_pages_are_the_same(ties: People, small: None, page: type[ListPage], order: str) -> None:
    wanted = keys(ask(page, ties.manager, f"sort={order}"))
    for number in range(1, 5):
        found = listing(page, ties.manager, f"sort={order}&size={ROWS}&page={number}")
        rows = [row.pk for row in found.page.object_list]
        if found.page.start == ROWS * (number - 1) + 1:
            assert rows == wanted[ROWS * (number - 1) : ROWS * number]
        else:
            assert rows and rows == wanted[-len(rows) :], "the last page there is"


@pytest.mark.parametrize("order", ["due", "-due", "title", "owner", "-owner", "meeting", "-meeting", "status"])
@pytest.mark.parametrize("way", ["next", "previous"])
def test_while_rows_come_and_go(ties: People, small: None, order: str, way: str) -> None:
    """What was there all the time is seen once; what went, or came, at most once."""
    before = set(keys(ask(FollowUpList, ties.manager, "show=all")))
    query = f"sort={order}&show=all&size={ROWS}" + ("" if way == "next" else "&page=last")
    seen: list[int] = []
    gone: set[int] = set()
    for _step in range(60):
        found = listing(FollowUpList, ties.manager, query)
        rows = [row.pk for row in found.page.object_list]
        seen += rows
        query = getattr(found, f"{way}_url").partition("?")[2]
        if not query:
            break
        if len(gone) < 8:
            row = FollowUp.objects.get(pk=rows[-1 if way == "next" else 0])  # the very row whose place the link names
            gone.add(row.pk)
            remove(row)
            make.make_followup("Promise 1", chaser=ties.manager, due_on=row.due_on)
    else:
        raise AssertionError("the walk does not end")
    assert len(seen) == len(set(seen))
    assert before - gone <= set(seen)


def remove(followup: FollowUp) -> None:
    """Gone without a trace, though its events are written once and never changed."""
    for model in (FollowUpEvent, FollowUp):
        rows = model.objects.filter(**{"followup" if model is FollowUpEvent else "pk": followup.pk})
        rows._raw_delete(rows.db)


def cursor(found: Found) -> str:
    return str(found.keyset.key(found.page.object_list[-1])) if found.keyset else ""


def test_the_place_of_a_hidden_record_is_a_place_like_any(ties: People) -> None:
    """Whether a record stands there, whether it ever did, and what it says makes no difference."""
    hidden = make.make_followup("Known to nobody", chaser=ties.manager, due_on=dt.date(2025, 3, 1), visibility=0)
    key = Key(dt.date(2025, 3, 1), hidden.pk)
    before = [row.pk for row in listing(FollowUpList, ties.visitor, [("after", str(key))]).page.object_list]
    html = Client().get("/follow-ups/", {"after": str(key)}).content
    remove(hidden)
    after = [row.pk for row in listing(FollowUpList, ties.visitor, [("after", str(key))]).page.object_list]
    assert before == after
    assert Client().get("/follow-ups/", {"after": str(key)}).content == html
    assert hidden.title.encode() not in html


def test_no_link_names_a_hidden_meeting(people: People) -> None:
    """Its promise is shown to whoever owes it, its day is not, not even by what the order links to."""
    hidden = make.make_held(starts_on=dt.date(2025, 1, 17), visibility=10)
    for number in range(30):
        owed = {"owner": people.ours, "chaser": people.manager, "visibility": 10}
        make.make_followup(f"Owed {number}", meeting=hidden, **owed)
    for order in ("meeting", "-meeting"):
        found = listing(FollowUpList, people.representative, f"sort={order}")
        assert len(found.page.object_list) == 25
        assert "2025-01" not in found.next_url and f"%2C{hidden.pk}%5D" not in found.next_url


BAD = [
    "", "x", "[]", "{}", "null", "1", "[1]", '["2025-01-01"]', '["2025-01-01","1"]', '["2025-01-01",1.5]', "[true,1]",
    '["2025-01-01",true]', '["2025-02-30",1]', '["x",1]', "[[],1]", "[{},1]", '["2025-01-01",99999999999999999999]',
    '["\\u0000",1]', '["\\ud800",1]', "[" * 3000, '["0000-00-00",1]', '["2025-01-01T99:00",1]', "[1e400,1]", "[NaN,1]",
    '[["2025-01-01",1],1]', '[["x",1,2],1]', '[[null,1],1]', '[["\\ud800",1],1]', "é", "\x00", "[2147483648,1]",
]  # fmt: skip


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.__name__)
def test_what_is_no_place_is_told(ties: People, page: type[ListPage]) -> None:
    client = Client()
    client.force_login(ties.manager)
    asked = product(page.sorts, ("", "-"), ("after", "before", "at"))
    for turn, (name, fall, side) in enumerate(asked):
        for bad in shared_out(some(BAD, turn, parts=13)):
            found = listing(page, ties.manager, [("sort", fall + name), (side, bad)])
            assert found.page.object_list or found.page.is_beyond or not found.warnings
    text = page.default_sort in ("title", "name")  # where almost any text is a place
    for bad in some([bad for bad in BAD[1:] if not (text and bad.startswith('["'))], LISTS.index(page), parts=3):
        answer = client.get(page.path.fget(page()), {"after": bad})  # type: ignore[attr-defined]
        assert answer.status_code == 200
        assert "There is no" in answer.content.decode(), bad


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.__name__)
def test_a_place_in_a_list_of_nothing_has_no_rows(ties: People, page: type[ListPage]) -> None:
    for name in page.sorts:
        whole = look_up(page, ties.manager, [("sort", name)])
        if whole.keyset is None:
            continue
        place = str(whole.keyset.key(whole.page.object_list[0]))
        for side in ("after", "before"):
            nothing = listing(page, ties.manager, [("q", "!!!"), ("sort", name), (side, place)])
            assert (nothing.count, nothing.page.object_list, nothing.warnings) == (0, [], [])


def test_rows_without_a_value_are_not_looked_for_where_the_question_excludes_them(ties: People) -> None:
    order, dated = ByField("due_on"), FollowUp.objects.filter(due_on__lt=dt.date(2999, 1, 1))
    assert dated.exists() and FollowUp.objects.filter(due_on=None).exists()
    asked = {
        "by the question": (dated, 1),
        "by another's day": (FollowUp.objects.filter(meeting__starts_on__lt=dt.date(2999, 1, 1)), 2),
        "not at all": (FollowUp.objects.all(), 2),
        "by either": (FollowUp.objects.filter(Q(due_on__lt=dt.date(2999, 1, 1)) | Q(due_on=None)), 2),
        "by its opposite": (FollowUp.objects.exclude(due_on__lt=dt.date(2000, 1, 1)), 2),
    }
    for how, (rows, number) in asked.items():
        keyset, found = KeysetQuery(rows, order, descending=False), []
        assert len(count_queries(lambda keyset=keyset, found=found: found.extend(keyset.take(999)))) == number, how
        assert {row.pk for row in found} == set(rows.values_list("pk", flat=True)), how


def test_keys_read_as_they_are_written() -> None:
    for value in (None, "a", 'é:[",', 5, dt.date(2025, 1, 1)):
        text = str(Key(value, 7))
        assert str(Key.read(text)) == text
    with pytest.raises(BadKey):
        Key.read("[1,2,3]")


def test_jumping_to_a_day(ties: People) -> None:
    rising = listing(FollowUpList, ties.manager, "show=all&sort=due&at=2025-06-01")
    assert rising.page.object_list[0].due_on == dt.date(2026, 3, 1)
    falling = listing(FollowUpList, ties.manager, "show=all&sort=-due&at=2025-06-01")
    assert falling.page.object_list[0].due_on == dt.date(2025, 3, 1)
    on_the_day = listing(FollowUpList, ties.manager, "show=all&sort=-due&at=2025-03-01")
    assert on_the_day.page.object_list[0].due_on == dt.date(2025, 3, 1)
    latest = listing(MeetingList, ties.manager, "sort=-date&at=2025-03-01")
    assert timezone.localtime(latest.page.object_list[0].starts_at).date() == dt.date(2025, 3, 1)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("order", ["date", "-date"])
def test_jumping_to_the_ends_of_the_calendar(ties: People, day: str, order: str) -> None:
    """Where midnight here may be a day that does not exist elsewhere."""
    answer = Client().get("/meetings/", {"sort": order, "at": day})
    assert answer.status_code == 200


def test_jumping_to_a_letter(people: People) -> None:
    for name in ("Alpha", "Beta", "Bravo", "Gamma"):
        make.make_followup(name, chaser=people.manager)
    for query, first in (("sort=title&at=b", "Beta"), ("sort=-title&at=b", "Bravo"), ("sort=title&at=zz", "Alpha")):
        assert listing(FollowUpList, people.manager, query).page.object_list[0].title == first
    assert listing(FollowUpList, people.manager, "sort=status&at=b").warnings


def test_ends_of_a_list(ties: People) -> None:
    client = Client()
    client.force_login(ties.manager)
    last = look_up(FollowUpList, ties.manager, "sort=title&page=last")
    beyond = client.get("/follow-ups/", {"sort": "title", "after": cursor(last)}).content.decode()
    assert "No more rows." in beyond
    before = listing(FollowUpList, ties.manager, [("sort", "title"), ("before", '["",0]')])
    first = listing(FollowUpList, ties.manager, "sort=title")
    assert [row.pk for row in before.page.object_list] == [row.pk for row in first.page.object_list]


def test_an_order_that_no_index_gives_is_for_lists_that_were_counted(
    ties: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("counts", "sorts", "result"):
        monkeypatch.setattr(f"engagement.core.lists.{module}.MOST", 3)
    client = Client()
    client.force_login(ties.manager)
    page = client.get("/meetings/?sort=with").content.decode()
    assert "Filter the list first." in page and "order-with" not in page and "order-title" in page
    usual = [row.pk for row in listing(MeetingList, ties.manager).page.object_list]
    assert [row.pk for row in listing(MeetingList, ties.manager, "sort=with").page.object_list] == usual
    assert "Only the first 3 rows have page numbers" in client.get("/meetings/?page=5").content.decode()
