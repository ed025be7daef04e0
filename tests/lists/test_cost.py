"""What each list costs, recorded: a change of a number is seen in the change, and no list costs more for more rows."""

from pathlib import Path

import pytest

from tests.costs import ROWS, assert_recorded, costs_of
from tests.lists.lists import ADDRESSES
from tests.people import People
from tests.test_flat import Heap

RECORDED = Path(__file__).parent / "query_counts.json"
MOST = 11
SIGNED_IN = 2  # the session, and the person with what they may do
QUESTIONS = {
    "/meetings/": "?q=heap&status=held",
    "/follow-ups/": "?due=overdue&sort=-title",
    "/topics/": "?theme=heap-theme",
}
QUESTIONS |= {"/organizations/": "?kind=company", "/series/": "?q=heap"}


@pytest.mark.slow("every list, with two hundred rows")
def test_queries_of_every_list(people: People) -> None:
    heap = Heap(people)
    heap.grow(ROWS)
    asked = [address + question for address in ADDRESSES for question in ("", QUESTIONS[address])]
    for who in ("visitor", "representative", "manager"):
        found = costs_of(asked, getattr(people, who))
        assert_recorded(RECORDED, who, found)
        assert max(found.values()) <= MOST + (0 if who == "visitor" else SIGNED_IN), who
