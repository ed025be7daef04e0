"""What meetings add to the lists of the apps below: when an organization was met, when a topic was discussed, and on
what."""

from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from engagement.core.lists import filters
from engagement.core.lists.date_filters import Happened
from engagement.core.lists.sorts import Sort, latest_of, number_of
from engagement.core.types import Reader
from engagement.topics.filters import TopicFilter, themes, topics
from engagement.topics.lists import TopicList
from organizations.filters import OrganizationFilter, organizations
from organizations.lists import OrganizationList

from .filters import counterparts, discussions, held, meetings, serieses
from .intervals import Intervals
from .models import Series
from .models.status import Status


def discussed(user: Reader) -> "QuerySet[Any]":
    """What was discussed at meetings held, as far as this reader may know."""
    seen: QuerySet[Any] = discussions(user).filter(meeting__status=Status.HELD)
    return seen


OF_PARTY = "parties__organization"  # from a meeting


def first_key(rows: "QuerySet[Any]") -> Subquery:
    return Subquery(rows.order_by().values("pk")[:1])


class Silence(filters.OneOf):
    """Counterparts that were not met for longer than a series of theirs asks, and those never met at all."""

    def __init__(self, **options: Any) -> None:
        words = {
            "overdue": _("Not met within the interval of their series"),
            "never": _("Never met, though in a series or invited"),
            "any": _("Either of these"),
        }
        super().__init__({name: (label, lambda rows, user: rows) for name, label in words.items()}, **options)

    def filter(self, rows: Any, value: str) -> Any:
        if not value:
            return rows
        overdue = self.intervals.not_met(held(self.user), OF_PARTY, self._with_interval)
        never = Q(Exists(self._named) | Q(a_seat__isnull=False), a_meeting=None)
        found = {"overdue": overdue, "never": never, "any": overdue | never}
        # Of each one row is looked up: asked whether there are any, PostgreSQL would read all seats first.
        met = held(self.user).filter(**{OF_PARTY: OuterRef("pk")})
        one = {"a_meeting": first_key(met), "a_seat": first_key(self._seats)}
        return rows.alias(**one).filter(found[value], is_host=False)

    @property
    def _named(self) -> "QuerySet[Any]":
        """That a series names it as a counterpart."""
        return Series.counterparts.through._base_manager.filter(organization=OuterRef("pk"))

    @property
    def _seats(self) -> "QuerySet[Any]":
        seats: QuerySet[Any] = counterparts(self.user).filter(organization=OuterRef("pk"))
        return seats

    @property
    def _with_interval(self) -> "QuerySet[Any]":
        """Counterparts of series that have one, each as often as it has."""
        named = Series.counterparts.through._base_manager.filter(series__cadence_months__isnull=False)
        return named.values(who=F("organization"), cadence=F("series__cadence_months"))

    @cached_property
    def intervals(self) -> Intervals:
        """Asked once for a page, which narrows its rows several times."""
        return Intervals.known()


AT_THE_TABLE = "meeting__parties__organization"
MET = Happened(held, OF_PARTY, "starts_on")
OrganizationFilter.offer(
    {
        **MET.filters(
            when=_("Meeting date"), first=_("Meeting date from"), last=_("Meeting date to"), never=_("No meetings yet")
        ),
        "theme": filters.Records(
            "themes__lineage",
            themes,
            is_seen=True,
            through=discussions,
            back=AT_THE_TABLE,
            label=_("Theme discussed with them"),
        ),
    },
    after="organization",
)
OrganizationFilter.offer(
    {
        "topic": filters.Records(
            "topic",
            topics,
            is_seen=True,
            through=discussions,
            back=AT_THE_TABLE,
            name="title",
            label=_("Topic discussed with them"),
        ),
        "series": filters.Records(
            "series",
            serieses,
            is_seen=True,
            through=meetings,
            back="parties__organization",
            name="title",
            label=_("Series"),
        ),
        "silence": Silence(label=_("Not met"), staff_only=True),
    },
    after="theme",
    more=("topic", "series", "silence"),
)
OrganizationList.sorts = {
    **OrganizationList.sorts,
    "held": Sort.by_expression(_("Meetings held"), number_of(held, OF_PARTY)),
    "last": Sort.by_expression(_("Last meeting"), latest_of(held, OF_PARTY, "starts_on")),
}

DISCUSSED = Happened(discussed, "topic", "meeting__starts_on")
TopicFilter.offer(
    {
        **DISCUSSED.filters(
            when=_("Discussion date"),
            first=_("Discussion date from"),
            last=_("Discussion date to"),
            never=_("Not discussed yet"),
        ),
        "organization": filters.Records(
            "meeting__parties__organization__lineage",
            organizations,
            through=discussions,
            back="topic",
            label=_("Discussed with"),
        ),
    },
    after="status",
)
TopicFilter.offer(
    {
        "series": filters.Records(
            "meeting__series",
            serieses,
            is_seen=True,
            through=discussions,
            back="topic",
            name="title",
            label=_("Series"),
        )
    },
    after="organization",
    more=("series",),
)
TopicList.sorts = {
    **TopicList.sorts,
    "discussions": Sort.by_expression(_("Discussions"), number_of(discussed, "topic")),
    "last": Sort.by_expression(_("Last discussed"), latest_of(discussed, "topic", "meeting__starts_on")),
}
