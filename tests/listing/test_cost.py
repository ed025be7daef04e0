"""What each list costs, recorded: a change of a number is seen in the change, and no list costs more for more rows.

RECORD_COSTS=1 writes the numbers anew.
"""

import json
import os
from pathlib import Path

import pytest
from django.test import Client

from tests.listing.lists import ADDRESSES
from tests.people import People
from tests.queries import MANY, count_queries
from tests.test_flat import Heap

RECORDED = Path(__file__).parent / "query_counts.json"
MOST = 8
SIGNED_IN = 4  # the session, the person, and what the person may do
QUESTIONS = {
    "/meetings/": "?q=heap&status=held",
    "/follow-ups/": "?due=overdue&sort=-title",
    "/topics/": "?theme=heap-theme",
}
QUESTIONS |= {"/organizations/": "?kind=company", "/series/": "?q=heap"}


@pytest.mark.parametrize("who", ["visitor", "manager"])
def test_queries_of_every_list(people: People, who: str) -> None:
    heap = Heap(people)
    heap.grow(MANY)
    client = Client()
    if who != "visitor":
        client.force_login(getattr(people, who))
    found = {}
    for address in ADDRESSES:
        for question in ("", QUESTIONS[address]):
            client.get(address + question)
            found[address + question] = len(count_queries(lambda where=address + question: client.get(where)))
    recorded = json.loads(RECORDED.read_text()) if RECORDED.exists() else {}
    if os.environ.get("RECORD_COSTS"):
        RECORDED.write_text(json.dumps({**recorded, who: found}, indent=2, sort_keys=True) + "\n")
        return
    assert found == recorded[who]
    assert max(found.values()) <= MOST + (0 if who == "visitor" else SIGNED_IN)
