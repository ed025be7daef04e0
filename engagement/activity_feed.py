"""Atom feeds of the activity stream: for signed-in people, and by a private address for programs without an account."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase

from engagement.accounts.calendars import PrivateCalendar
from engagement.accounts.models import CalendarLink
from engagement.core.activity import Happening
from engagement.core.exports import Entry, Export, ExportView
from engagement.core.models import sees_all

from .activity import Activity, scope_of

ENTRIES = 100


class ActivityFeed(Export):
    """The latest entries; the address says of which record."""

    name = "activity"
    formats = ("atom",)

    def __init__(self, request: HttpRequest) -> None:
        match = request.resolver_match
        assert match is not None
        self.request, self.user = request, request.user
        self.scope = scope_of(request.user, match.kwargs["kind"], match.kwargs["slug"])
        self.is_inside, self.sent = sees_all(request.user), 0

    @property
    def warnings(self) -> list[str]:
        return []

    @property
    def title(self) -> str:
        return self.scope.title

    @property
    def query(self) -> str:
        return f"{self.scope.kind}={self.scope.record.slug}"

    @property
    def page_url(self) -> str:
        return self.absolute(self.scope.address())

    def url(self, extension: str) -> str:
        """Without the secret of a private address."""
        return self.scope.address("_feed")

    def rows(self) -> Iterator[Happening]:
        activity = Activity(self.scope, self.user)
        shown = activity.happenings[:ENTRIES]
        self.names = activity.names(shown)
        for happening in shown:
            self.sent += 1
            yield happening

    def entry(self, row: Happening) -> Entry:
        lines = [", ".join(row.lines), self.names.get(row.who or 0, ""), *row.reasons]
        return Entry(
            key=row.key,
            title=row.about.title,
            path=row.about.url,
            summary="\n".join(filter(None, lines)),
            updated=row.until,
        )


class FeedView(ExportView):
    """Feed view for signed-in people; the address names the record."""

    def dispatch(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        return super().dispatch(request, *args, extension="atom")


class PrivateFeed(PrivateCalendar):
    """By a private link, which is not one for calendars: as its owner sees it, as long as the owner may."""

    opens = CalendarLink.Opens.ACTIVITY
    extension = "atom"

    def dispatch(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        return super().dispatch(request, *args, token=kwargs["token"])
