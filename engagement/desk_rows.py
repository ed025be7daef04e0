"""What the cards of a desk show of their rows, read once for all cards: by queries that are written once, see
engagement/core/prepared_queries.py."""

from collections import defaultdict
from urllib.parse import urlencode

from django.db.models import OuterRef
from django.urls import reverse

from engagement.core.lists.counts import MOST
from engagement.core.lists.views import ListPage
from engagement.core.prepared_queries import KeysAsked, PreparedQuery
from engagement.core.prepared_records import PreparedRecords, prepared
from engagement.core.queries import Few
from engagement.core.types import Reader, Row, Rows
from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp
from meetings.models import Meeting, Party
from organizations.models import Organization


class FirstRows:
    """The rows that cards show, by the list that is asked: read once for each list, however many cards ask it."""

    def __init__(self) -> None:
        self._keys: dict[type[ListPage], set[int]] = defaultdict(set)
        self._found: dict[type[ListPage], dict[int, Row]] = {}

    def wanted(self, page: ListPage, keys: list[int]) -> None:
        self._keys[type(page)].update(keys)

    def of(self, page: ListPage) -> dict[int, Row]:
        """By key."""
        asked = type(page)
        if asked not in self._found:
            self._found[asked] = {row.pk: row for row in self._read(page, self._keys[asked])}
        return self._found[asked]

    def _read(self, page: ListPage, keys: set[int]) -> list[Row]:
        def write() -> Rows:
            return page.in_short(page.get_queryset().filter(KeysAsked("pk")), page.request).order_by()

        return prepared(f"in short: {page.url_name}", page.request.user, lambda: PreparedRecords(write)).ask(keys)


OF_COUNTERPARTS = PreparedQuery(
    lambda: (
        Party.objects.filter(KeysAsked("meeting"), side=Party.Side.COUNTERPART)
        .order_by("order", "pk")
        .values_list("meeting", "organization__slug")
    )
)


def open_promises(meetings: list[int], user: Reader) -> dict[int, tuple[int, str]]:
    """The number of open promises of each meeting's counterparts, and the address of their list."""
    partners: dict[int, list[tuple[str, object]]] = defaultdict(list)
    for meeting, slug in OF_COUNTERPARTS.ask(meetings) if meetings else ():
        partners[meeting].append(("organization", slug))
    query = prepared("open promises of counterparts", user, lambda: PreparedQuery(lambda: _promised(user)))
    address = reverse(FollowUpList.url_name)
    return {
        key: (number, f"{address}?{urlencode(partners[key])}")
        for key, number in (query.ask(meetings) if meetings else ())
        if number
    }


def _promised(user: Reader) -> Rows:
    """As the list counts it that is asked for the counterparts."""
    below = Organization.objects.filter(
        lineage__parties__meeting=OuterRef(OuterRef("pk")), lineage__parties__side=Party.Side.COUNTERPART
    )
    of_theirs = FollowUp.objects.visible_to(user).is_open().filter(owner__in=below.order_by().values("pk"))
    return Meeting.objects.filter(KeysAsked("pk")).order_by().values_list("pk", Few(of_theirs, MOST))
