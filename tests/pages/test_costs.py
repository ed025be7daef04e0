"""No page of a record costs a visitor more than twelve queries, however much is on it."""

from django.test import Client

from tests.people import People
from tests.queries import count_queries
from tests.test_flat import Heap

CEILING = 12


def test_record_pages_cost_a_visitor_twelve_queries_at_most(people: People) -> None:
    heap = Heap(people)
    heap.grow(3)
    client = Client()
    records = [heap.meeting, heap.series, heap.topic, heap.theme, heap.host, heap.people.ours, heap.followup]
    addresses = [record.get_absolute_url() for record in records]
    addresses.append(f"{heap.series.get_absolute_url()}book/")
    costs = {}
    for address in addresses:
        assert client.get(address).status_code == 200, address
        costs[address] = len(count_queries(lambda address=address: client.get(address)))
    over = {address: cost for address, cost in costs.items() if cost > CEILING}
    print(costs)
    assert not over
