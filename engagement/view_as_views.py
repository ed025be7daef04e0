"""Views of the site as others read it, for the secretariat: one page as one audience, or all of them side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from engagement.accounts.models import ViewAsLog
from engagement.core.models import sees_all
from engagement.core.types import AuthenticatedRequest, Reader, Rows
from engagement.core.views import at_address, moved_to, only_for
from engagement.followups.models import FollowUp
from engagement.followups.visibility_explained import SHOWN_AT_MOST, audience_of
from engagement.topics.models import Topic
from meetings.models import Meeting, Series
from organizations.models import Organization

from .page_comparison import Block, Part, blocks, gained, parts, rows_of, side_by_side
from .view_as import Audience, page_at, read_as, refusal

RECORDS: dict[str, Callable[[Reader], Rows]] = {
    "meetings:detail": Meeting.objects.visible_to,
    "meetings:series_detail": Series.objects.visible_to,
    "organizations:detail": Organization.objects.visible_to,
    "topics:detail": Topic.objects.visible_to,
    "followups:detail": FollowUp.objects.visible_to,
}


@only_for(sees_all)
def as_visitor(request: AuthenticatedRequest, path: str) -> HttpResponseBase:
    return _page(request, Audience(), f"/{path}")


@only_for(sees_all)
def as_representative(request: AuthenticatedRequest, slug: str, path: str) -> HttpResponseBase:
    organization = _counterpart(request, slug)
    audience = Audience(organization)
    if organization.slug != slug:
        return moved_to(request, f"{audience.prefix}/{path}")
    return _page(request, audience, f"/{path}")


def _counterpart(request: AuthenticatedRequest, slug: str) -> Organization:
    """The one at this address, now or formerly; nobody acts for the host."""
    found: Organization = at_address(Organization.objects.visible_to(request.user).exclude(is_host=True), slug)
    return found


def _page(request: AuthenticatedRequest, audience: Audience, path: str) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD"):
        return refusal(request)
    if request.method == "GET":
        ViewAsLog.objects.create(user=request.user, audience=str(audience), path=request.get_full_path())
    response = read_as(request, audience, path)
    return refusal(request) if response.streaming else response


@only_for(sees_all)
def compare(request: AuthenticatedRequest, path: str) -> HttpResponse:
    """What each audience reads of one page, and what each gains over the one before."""
    if request.method not in ("GET", "HEAD"):
        return refusal(request)
    comparison = Comparison(request, f"/{path}")
    if moved := comparison.moved_to:
        return redirect(f"/view-as/side-by-side{moved}")
    if not comparison.is_a_page:
        raise Http404
    names = ", ".join(map(str, comparison.audiences))
    ViewAsLog.objects.create(user=request.user, audience=names, path=request.get_full_path())
    return render(request, "view_as/compare.html", {"comparison": comparison})


@dataclass(frozen=True, slots=True)
class Column:
    """One audience: what it reads, and what it gains over the column before."""

    audience: Audience
    address: str
    is_shown: bool
    gains: list[Block]


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of the page as one audience gets it; what is not everyone's is "shared" or "internal"."""

    blocks: list[Block]
    is_hidden: bool
    mark: str
    for_all: bool
    """Whether everyone who gets the page reads it."""
    readers: str
    """Whoever reads the same there, where the columns stand one under the other; nothing where it was said before."""


class Comparison:
    """A page as visitors, the representatives of one organization and the secretariat read it."""

    def __init__(self, request: AuthenticatedRequest, path: str) -> None:
        self.path = path
        self.organizations = readers_of_record(request, path)
        self.organization = self._asked(request) or next(iter(self.organizations), None)
        represented = [Audience(organization=self.organization)] if self.organization else []
        self.audiences = [Audience(), *represented, Audience(staff=request.user)]
        self.pages = [read_as(request, audience, path) for audience in self.audiences]
        self.rows = side_by_side([_read(page) for page in self.pages])

    @staticmethod
    def _asked(request: AuthenticatedRequest) -> Organization | None:
        slug = request.GET.get("organization")
        return _counterpart(request, slug) if slug else None

    @property
    def moved_to(self) -> str:
        """Where the page stands now, if not there."""
        return self.pages[-1].get("Location", "")

    @property
    def is_a_page(self) -> bool:
        return self.pages[-1].status_code == 200 and not self.pages[-1].streaming

    @property
    def columns(self) -> list[Column]:
        return [
            Column(
                audience=audience,
                address=f"{audience.prefix}{self.path}",
                is_shown=page.status_code == 200,
                gains=gained(self.rows, number, number - 1) if number else [],
            )
            for number, (audience, page) in enumerate(zip(self.audiences, self.pages, strict=True))
        ]

    @property
    def title(self) -> str:
        """The first heading of the page."""
        return next((row.block.text for row in self.rows if row.block.is_heading), self.path)

    @property
    def table(self) -> list[list[Cell]]:
        """Each part of the page in a row, with a cell for each audience that gets the page."""
        shown = [number for number, page in enumerate(self.pages) if page.status_code == 200]
        return [[self._cell(number, together, shown) for number in shown] for together in rows_of(parts(self.rows))]

    def _cell(self, number: int, together: list[Part], shown: list[int]) -> Cell:
        for part in together:
            if number in part.readers:
                same = [one for one in shown if one in part.readers]
                mark, for_all = self._mark(part), part.readers >= set(shown)
                return Cell(part.blocks, False, mark, for_all, self._named(number, same))
        nothing = [one for one in shown if not any(one in part.readers for part in together)]
        return Cell([], True, "", False, self._named(number, nothing))

    def _named(self, number: int, same: list[int]) -> str:
        return ", ".join(str(self.audiences[one]) for one in same) if number == same[0] else ""

    def _mark(self, part: Part) -> str:
        if part.readers == {len(self.pages) - 1}:
            return "internal"
        return "" if 0 in part.readers else "shared"


def _read(page: HttpResponseBase) -> list[Block]:
    """Of a page that somebody does not get, nothing."""
    return blocks(page.content.decode()) if isinstance(page, HttpResponse) and page.status_code == 200 else []


def readers_of_record(request: AuthenticatedRequest, path: str) -> list[Organization]:
    """The organizations whose representatives may read the record at this address, as far as it has some."""
    match = page_at(path)
    records = RECORDS.get(match.view_name) if match else None
    record = records(request.user).filter(**match.kwargs).first() if match and records else None
    if isinstance(record, Organization):
        return [] if record.is_host else [record]
    if isinstance(record, Meeting):
        seated = Organization.objects.filter(parties__meeting=record, is_host=False)
        return list(seated.distinct().order_by("sort_key", "pk")[:SHOWN_AT_MOST])
    return audience_of(record).organizations if record is not None else []
