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
from meetings.dossiers.queries import last_met
from meetings.models import Party
from organizations.lists import OrganizationList
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
            rows = page.in_short(page.get_queryset().filter(KeysAsked("pk")), page.request).order_by()
            return rows.annotate(last_met=last_met(page.request.user)) if isinstance(page, OrganizationList) else rows

        return prepared(f"in short: {page.url_name}", page.request.user, lambda: PreparedRecords(write)).ask(keys)


def open_promises(meetings: list[int], user: Reader) -> dict[int, tuple[int, str]]:
    """The number of open promises of each meeting's counterparts, and the address of their list."""
    query = prepared("open promises of counterparts", user, lambda: PreparedQuery(lambda: _promised(user)))
    numbers: dict[int, int] = {}
    partners: dict[int, list[tuple[str, object]]] = defaultdict(list)
    for meeting, slug, number in query.ask(meetings) if meetings else ():
        partners[meeting].append(("organization", slug))
        numbers[meeting] = number
    address = reverse(FollowUpList.url_name)
    return {key: (number, f"{address}?{urlencode(partners[key])}") for key, number in numbers.items() if number}


def _promised(user: Reader) -> Rows:
    """Each counterpart, with the number of open promises of all of its meeting, as the list of theirs counts them."""
    below = Organization.objects.filter(
        lineage__parties__meeting=OuterRef(OuterRef("meeting")), lineage__parties__side=Party.Side.COUNTERPART
    )
    promised = FollowUp.objects.visible_to(user).is_open().filter(owner__in=below.order_by().values("pk"))
    shown = Party.objects.filter(KeysAsked("meeting"), side=Party.Side.COUNTERPART).order_by("order", "pk")
    return shown.values_list("meeting", "organization__slug", Few(promised, MOST))
