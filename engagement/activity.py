"""Activity stream of an organization, topic or series: the facts of meetings and of follow-ups together."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import Look, User
from engagement.core.activity import Happening, happenings_of
from engagement.core.models import sees_all
from engagement.core.types import Label, Reader, SignedIn
from engagement.core.views import at_address, page_of
from engagement.followups import activity as of_followups
from engagement.followups.models import FollowUp
from engagement.topics.models import Topic
from meetings import activity as of_meetings
from meetings.models import Discussion, Meeting, Series
from organizations.models import Organization

TALKS, SIZE = 150, 40
"""So many discussions of a topic, the latest, are looked through; so many rows stand on a page."""


@dataclass(frozen=True)
class Scope:
    """The record that an activity stream is about, and the records that belong to it."""

    record: Organization | Topic | Series
    kind: str
    """As its addresses are called: ``organization_activity``."""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.record.pk}"

    @property
    def name(self) -> str:
        return self.record.name if isinstance(self.record, Organization) else self.record.title

    @property
    def title(self) -> str:
        return _("Activity: %(name)s") % {"name": self.name}

    @property
    def section(self) -> tuple[Label, str]:
        """The list that the record is in: its name and its address."""
        meta = self.record._meta
        lists = {Organization: "organizations:list", Topic: "topics:list", Series: "meetings:series_list"}
        return meta.verbose_name_plural or "", reverse(lists[type(self.record)])

    def address(self, what: str = "") -> str:
        return reverse(f"{self.kind}_activity{what}", args=[self.record.slug])


class Activity:
    """The happenings of a scope for one reader, the latest first, in a fixed number of queries.

    Bounded: the latest meetings by their date and the follow-ups recorded last are looked through.
    """

    def __init__(self, scope: Scope, user: SignedIn) -> None:
        self.scope, self.user = scope, user

    @cached_property
    def _talks(self) -> list[tuple[int, int]]:
        """The latest discussions of a topic, each with its meeting."""
        seen = Discussion.objects.visible_to(self.user).filter(topic=self.scope.record.pk)
        latest = seen.order_by("-meeting__starts_at", "-pk").values_list("pk", "meeting")
        return list(latest[:TALKS])

    @cached_property
    def _meetings(self) -> of_meetings.MeetingActivity:
        seen, record, talks = Meeting.objects.visible_to(self.user), self.scope.record, None
        if isinstance(record, Topic):
            seen = seen.filter(pk__in={meeting for _talk, meeting in self._talks})
            talks = frozenset(talk for talk, _meeting in self._talks)
        elif isinstance(record, Series):
            seen = seen.filter(series=record)
        else:
            seen = seen.filter(parties__organization=record)
        own = frozenset({record.pk}) if isinstance(record, Organization) and not sees_all(self.user) else frozenset()
        return of_meetings.MeetingActivity(of_meetings.latest_of(seen), self.user, own, talks)

    @cached_property
    def _followups(self) -> of_followups.FollowUpActivity:
        here = Q(meeting__in=list(self._meetings.meetings))
        if isinstance(self.scope.record, Topic):
            here = Q(discussion__in=[talk for talk, _meeting in self._talks])
        elif isinstance(self.scope.record, Organization):
            here |= Q(owner=self.scope.record)
        rows = FollowUp.objects.visible_to(self.user).filter(here)
        opened = self._meetings.opened
        return of_followups.FollowUpActivity(of_followups.latest_of(rows), self.user, opened)

    @cached_property
    def happenings(self) -> list[Happening]:
        return happenings_of([*self._meetings.facts(), *self._followups.facts()])

    @cached_property
    def seen_until(self) -> dt.datetime | None:
        return Look.objects.at(self.user, self.scope.key)

    @property
    def new(self) -> int:
        """How many are new since this person last said that all was seen; none while that was never said."""
        until = self.seen_until
        return sum(one.until > until for one in self.happenings) if until else 0

    def names(self, happenings: Iterable[Happening]) -> dict[int, str]:
        people = {one.who for one in happenings if one.who}
        return {key: str(person) for key, person in User.objects.in_bulk(people).items()} if people else {}


@dataclass(frozen=True)
class Line:
    """A happening on the page, and whether the mark between new and old stands before it."""

    happening: Happening
    who: str
    is_new: bool
    is_first_old: bool


class ActivityPage:
    """One request to an activity."""

    def __init__(self, request: HttpRequest, scope: Scope, user: SignedIn) -> None:
        self.request, self.scope = request, scope
        self.activity = Activity(scope, user)

    @cached_property
    def rows(self) -> "Page[Happening]":
        return page_of(self.request, self.activity.happenings, SIZE)

    @property
    def seen_url(self) -> str:
        return self.scope.address("_seen")

    @property
    def feed_url(self) -> str:
        return self.scope.address("_feed")

    @property
    def link_url(self) -> str:
        return self.scope.address("_link")

    @cached_property
    def made_at(self) -> str:
        """The moment up to which everything counts as seen: newer activity stays new."""
        return timezone.now().isoformat()

    @property
    def lines(self) -> list[Line]:
        shown, new, until = list(self.rows.object_list), self.activity.new, self.activity.seen_until
        names = self.activity.names(shown)
        first_old = new + 1 - self.rows.start_index() if new else -1
        return [
            Line(one, names.get(one.who or 0, ""), bool(until and one.until > until), place == first_old)
            for place, one in enumerate(shown)
        ]


def may_read(user: Reader, scope: Scope) -> bool:
    """Whether this reader may read the activity: the secretariat all, a representative that of own organizations."""
    if sees_all(user):
        return True
    own = Organization.objects.represented_by(user)
    return isinstance(scope.record, Organization) and own.filter(pk=scope.record.pk).exists()


MODELS: dict[str, type[Organization] | type[Topic] | type[Series]] = {
    "organization": Organization,
    "topic": Topic,
    "series": Series,
}


def scope_of(user: Reader, kind: str, slug: str) -> Scope:
    """The scope of an address; 404 for a reader who may not know of the record, or not read its activity."""
    scope = Scope(at_address(MODELS[kind].objects.visible_to(user), slug), kind)
    if not may_read(user, scope):
        raise Http404
    return scope
