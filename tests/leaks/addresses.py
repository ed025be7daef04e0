"""Every address of the site for every record there is, made of the routes themselves, so that none is forgotten."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from engagement.accounts.models import CalendarLink, SavedView
from engagement.followups.models import FollowUp, Report, ReportLink
from engagement.imports.models import Import, Layout
from engagement.minutes.models import MinutesComment, MinutesLink
from engagement.returns.models import Return, ReturnForm
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import AgendaProposal, Document, Meeting, ProposedChange, ProposedFile, Series
from organizations.models import Merge, Organization, Person
from tests.leaks.world import mark_of
from tests.world import INSIDE_MARK, PUBLIC_MARK

PARAMETER = re.compile(r"<\w+:\w+>")
Found = tuple[Any, str]
"""What stands in the address, and whose mark the record has."""


@dataclass(frozen=True)
class Address:
    """``mark`` says whose it is; ``is_inside``, that nobody outside gets it at all."""

    path: str
    route: str
    mark: str = PUBLIC_MARK
    is_inside: bool = False

    def is_right(self, name: str, response: Any) -> bool:
        """Whether this is what somebody gets who may not have the page."""
        if name == "visitor" and response.headers.get("Location", "").startswith("/accounts/login/"):
            return True
        return response.status_code in ((404,) if self.is_inside else (403, 404, *((410,) if self.is_gone else ())))

    @property
    def is_gone(self) -> bool:
        return "withdrawn" in self.path


def _all(rows: Any, name: str = "slug") -> list[Found]:
    return [(getattr(row, name), mark_of(row)) for row in rows.order_by("pk")]


def _few(rows: Any) -> list[Found]:
    """The latest two of each mark: the others are made alike."""
    found, seen = [], Counter[str]()
    for slug, mark in reversed(_all(rows)):
        seen[mark] += 1
        if seen[mark] <= 2:
            found.append((slug, mark))
    return found


def _keys(rows: Any) -> list[Found]:
    return [(row.pk, "") for row in rows.order_by("pk")]


def _below(rows: Any) -> Iterable[int]:
    return rows.order_by("pk").values_list("pk", flat=True)  # type: ignore[no-any-return]


RECORDS: dict[str, Callable[[], list[Found]]] = {
    "meetings/<slug:slug>": lambda: _all(Meeting.objects),
    "series/<slug:slug>": lambda: _all(Series.objects),
    "organizations/<slug:slug>": lambda: _few(Organization.objects),
    "topics/<slug:slug>": lambda: _few(Topic.objects),
    "references/<slug:slug>": lambda: _few(Reference.objects),
    "themes/<slug:slug>": lambda: [(theme.slug, PUBLIC_MARK) for theme in Theme.objects.all()],
    "follow-ups/<slug:reference>": lambda: [(one.reference, mark_of(one.title)) for one in FollowUp.objects.all()],
    "returns/<slug:code>": lambda: _all(ReturnForm.objects, "code")[:2],
    "imports/layouts/<slug:slug>": lambda: _all(Layout.objects)[:2],
    "imports/<int:pk>": lambda: _keys(Import.objects),
    "imports/invitation/<int:pk>": lambda: _keys(Import.objects),
    "people/<int:pk>": lambda: _keys(Person.objects)[:2],
    "organizations/duplicates/merges/<int:pk>": lambda: _keys(Merge.objects),
    "accounts/views/<int:pk>": lambda: _keys(SavedView.objects),
    "accounts/calendar/<int:pk>": lambda: _keys(CalendarLink.objects),
    "returns/sent/<int:pk>": lambda: _keys(Return.objects),
}
"""Which records stand at the beginning of an address."""

PARTS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "documents/<int:pk>": lambda slug: _below(Document.objects.filter(meeting__slug=slug)),
    "proposals/<int:pk>": lambda slug: _below(AgendaProposal.objects.filter(meeting__slug=slug)),
    "changes/<int:pk>": lambda slug: _below(ProposedChange.objects.filter(meeting__slug=slug)),
    "files/<int:number>": lambda slug: _below(ProposedFile.objects.filter(change__meeting__slug=slug)),
    "comments/<int:pk>": lambda slug: _below(MinutesComment.objects.filter(version__minutes__meeting__slug=slug)),
    "minutes/links/<int:pk>": lambda slug: _below(MinutesLink.objects.filter(minutes__meeting__slug=slug)),
    "links/<int:pk>": lambda number: _below(ReportLink.objects.filter(followup__reference=number)),
    "reports/<int:pk>": lambda number: _below(Report.objects.filter(followup__reference=number)),
    "versions/<int:number>": lambda slug: (1, 2, 3),
    "minutes/<int:number>": lambda slug: (1, 2, 3),
    "rows/<int:number>": lambda pk: (1,),
    "act/<slug:verb>": lambda slug: ("final", "reopen"),
    "view-as/organizations/<slug:slug>": lambda slug: Organization.objects.filter(
        name__startswith=PUBLIC_MARK, is_host=False
    ).values_list("slug", flat=True)[:2],
}
"""And which of their parts below."""

EXTENSIONS = {"minutes": ("json",), "held": ("json",), "positions": ("csv", "json"), "questions": ("csv",)}
"""PDF and DOCX of minutes are read in tests/minutes/test_leaks.py."""
OF_LISTS = ("csv", "xlsx", "json", "ics", "atom")
NOT_READ = {
    "admin/": "tests/test_walker.py",
    "branding/": "of the body, and nobody's secret: tests/core/test_branding.py",
    "calendar/<str:token>/": "whoever has the address reads as its owner: tests/exports/test_calendar_links.py",
    "respond/<str:token>/": "one promise for whoever has the address: tests/test_walker.py",
    "minutes/<str:token>/": "one version for whoever has the address: tests/minutes/test_leaks.py",
    "accounts/password/<str:uidb64>/": "a password for whoever has the address: tests/accounts/test_password_links.py",
    "accounts/logout/": "says nothing",
}
ASKED = {
    "meetings/": ("?q=mark", "?status=held&more=1", "?organization_find=mark&topic_find=mark&series_find=mark"),
    "follow-ups/": ("?q=mark", "?due=overdue&more=1", "?meeting_find=mark", "?assignee=secretary", "?mine=1"),
    "organizations/": ("?q=mark&more=1",),
    "topics/": ("?q=mark&more=1",),
    "positions/": ("?mark=unanswered", "?side=host&mark=changed"),
    "search/": ("?q=mark", "?q=host&more=1&organization_find=mark", "?q=meeting&sort=date"),
    "search/suggestions/": ("?q=mark", "?q=inside"),
}
"""Lists are asked as well as read."""


def routes(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


GUARD, OTHER = "guarded", (lambda: None).__code__
"""What ``only_for`` calls the function that it puts in front of a view."""


def guard_of(view: Any) -> Any:
    """The view that ``only_for`` made, below what else is around it; None where there is none."""
    while view is not None and getattr(view, "__code__", OTHER).co_name != GUARD:
        view = getattr(view, "__wrapped__", None)
    return view


def door_of(guard: Any) -> Any:
    """The cell of the condition under which it opens."""
    return guard.__closure__[guard.__code__.co_freevars.index("may")]


def addresses(representative: Any) -> list[Address]:
    """Of every route with every record, the record's own parts below it."""
    found: list[Address] = []
    for route, view in routes():
        if route.startswith(tuple(NOT_READ)):
            continue
        guard = guard_of(view)
        is_inside = guard is not None and not door_of(guard).cell_contents(representative)
        for path, mark in _filled(route):
            if "/activity" in route and mark == PUBLIC_MARK:  # which those alone read who act for an organization
                mark = INSIDE_MARK
            found.append(Address(f"/{path}", route, mark or PUBLIC_MARK, is_inside))
            found += [Address(f"/{path}{query}", route) for query in ASKED.get(route, ())]
    return list(dict.fromkeys(found))


def _filled(route: str) -> Iterator[tuple[str, str]]:
    """Addresses of a route, each with the mark of its record."""
    begun = max((one for one in RECORDS if route.startswith(one)), key=len, default="")
    for value, mark in RECORDS[begun]() if begun else [("", PUBLIC_MARK)]:
        start = PARAMETER.sub(lambda _found, value=value: str(value), begun)  # type: ignore[misc]
        for path in _completed(start, route[len(begun) :], value):
            yield path, INSIDE_MARK if not mark and begun else mark


def _completed(start: str, rest: str, record: Any) -> Iterator[str]:
    """With every parameter of the rest."""
    asked = PARAMETER.search(rest)
    if asked is None:
        yield start + rest
        return
    before, after = rest[: asked.start()], rest[asked.end() :]
    for value in _values(start + before, asked.group(), record):
        yield from _completed(f"{start}{before}{value}", after, record or value)


def _values(before: str, parameter: str, record: Any) -> Iterable[Any]:
    if parameter == "<path:path>":
        return ("meetings/",)
    if parameter == "<str:extension>":
        kind = next((kind for kind in EXTENSIONS if kind in before), "")
        return EXTENSIONS.get(kind, OF_LISTS)
    key = next(one for one in PARTS if one.endswith(parameter) and before.endswith(one.removesuffix(parameter)))
    return PARTS[key](record)
