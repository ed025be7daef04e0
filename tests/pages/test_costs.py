"""What each page of a record costs, recorded, and never more than the ceiling, however much is on it."""

from pathlib import Path

import pytest

from tests.costs import ROWS, assert_recorded, costs_of
from tests.people import People
from tests.test_flat import Heap
from tests.thorough import ALL

RECORDED = Path(__file__).parent / "query_counts.json"
CEILING = 17
STAFF_ADDRESSES = ["/today/", "/today/?mine=1", "/dashboard/"]
SIGNED_IN = 8
"""The session, the person, what only the secretariat sees, what is asked so that its page can be kept,
what is ready to publish, and what changed since."""


@pytest.mark.slow("every page, with much on it")
def test_queries_of_every_page(people: People) -> None:
    heap = Heap(people)
    heap.grow(ROWS if ALL else 60)  # which costs the same
    records = [heap.meeting, heap.series, heap.topic, heap.theme, heap.host, heap.people.ours, heap.followup]
    records += [heap.reference, heap.people.theirs]
    addresses = [
        "/",
        "/overview/",
        "/positions/",
        *(record.get_absolute_url() for record in records),
        f"{heap.series.get_absolute_url()}book/",
        f"{heap.topic.get_absolute_url()}positions/",
        f"{heap.people.ours.get_absolute_url()}positions/",
    ]
    for who in ("visitor", "representative", "manager"):
        found = costs_of([*addresses, *(STAFF_ADDRESSES if who == "manager" else [])], getattr(people, who))
        found["/follow-ups/FU/"] = found.pop(heap.followup.get_absolute_url())  # its number has the year in it
        assert_recorded(RECORDED, who, found)
        assert max(found.values()) <= CEILING + (0 if who == "visitor" else SIGNED_IN), who
