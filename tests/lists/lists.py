"""The lists of the site, asked without a browser: as whoever reads, with whatever question."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.test import RequestFactory

from engagement.core.lists.request import PageRequest
from engagement.core.lists.result import Found, PageResult
from engagement.core.lists.views import ListPage
from engagement.followups.lists import FollowUpList
from engagement.topics.lists import TopicList
from meetings.lists import MeetingList, SeriesList
from organizations.lists import OrganizationList

LISTS: list[type[ListPage]] = [MeetingList, OrganizationList, TopicList, SeriesList, FollowUpList]
ADDRESSES = ["/meetings/", "/organizations/", "/topics/", "/series/", "/follow-ups/"]

Question = list[tuple[str, str]]


def opened(page_class: type[ListPage], user: Any, question: Question | str = "") -> ListPage:
    """The view of a list as this person asks it a question."""
    query = question if isinstance(question, str) else urlencode(question)
    request = RequestFactory().get("/", QUERY_STRING=query)
    request.user = user
    page = page_class()
    page.setup(request)
    return page


def ask(page_class: type[ListPage], user: Any, question: Question | str = "") -> PageRequest:
    """What is asked: rows, filters, links."""
    return opened(page_class, user, question).ask()


def look_up(page_class: type[ListPage], user: Any, question: Question | str = "") -> Found:
    """What is found: counts, one page, choices."""
    page = opened(page_class, user, question)
    return page.look_up(page.ask())


def listing(page_class: type[ListPage], user: Any, question: Question | str = "") -> PageResult:
    """The list as this person gets it for a question."""
    page = opened(page_class, user, question)
    asked = page.ask()
    return page.result(asked, page.look_up(asked))


def keys(asked: PageRequest) -> list[int]:
    return [row.pk for row in asked.rows]


def asked(address: str) -> QueryDict:
    """The question in an address."""
    return QueryDict(address.partition("?")[2])
