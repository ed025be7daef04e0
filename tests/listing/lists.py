"""The lists of the site, asked without a browser: as whoever reads, with whatever question."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.test import RequestFactory

from engagement.core.listing.listing import Listing
from engagement.core.listing.page import ListPage
from engagement.followups.lists import FollowUpList
from engagement.topics.lists import TopicList
from meetings.lists import MeetingList, SeriesList
from organizations.lists import OrganizationList

LISTS: list[type[ListPage]] = [MeetingList, OrganizationList, TopicList, SeriesList, FollowUpList]
ADDRESSES = ["/meetings/", "/organizations/", "/topics/", "/series/", "/follow-ups/"]

Question = list[tuple[str, str]]


def listing(page_class: type[ListPage], user: Any, question: Question | str = "") -> Listing:
    """The list as this person gets it for a question."""
    query = question if isinstance(question, str) else urlencode(question)
    request = RequestFactory().get("/", QUERY_STRING=query)
    request.user = user
    page = page_class()
    page.setup(request)
    return Listing(page, request)


def keys(found: Listing) -> list[int]:
    return [row.pk for row in found.rows]


def asked(address: str) -> QueryDict:
    """The question in an address."""
    return QueryDict(address.partition("?")[2])
