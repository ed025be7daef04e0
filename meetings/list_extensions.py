"""What meetings add to the lists of the apps below: when an organization was met, when a topic was discussed, and on
what."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
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
from .models import Party, Series
from .models.status import Status


def discussed(user: Reader) -> "QuerySet[Any]":
    """Discussions at meetings that were held, as far as this reader may know."""
    seen: QuerySet[Any] = discussions(user).filter(meeting__status=Status.HELD)
    return seen


OF_PARTY = "parties__organization"  # from a meeting


def first_key(rows: "QuerySet[Any]") -> Subquery:
    return Subquery(rows.order_by().values("pk")[:1])


def _a_day(met: "QuerySet[Any]") -> Subquery:
    return Subquery(met.order_by().values("held_on")[:1])


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
        # Of each one row is looked up: asked whether there are any, PostgreSQL would read all of them first.
        lately = self._met.filter(held_on__gte=max(self.intervals.days.values(), default=self.intervals.today))
        one = {"met": _a_day(self._met), "met_lately": _a_day(lately)}
        one |= {"named": first_key(self._named), "seat": first_key(self._seats), "lapsed": first_key(self._lapsed)}
        lapsed, never = Q(lapsed__isnull=False), Q(met=None) & Q(Q(named__isnull=False) | Q(seat__isnull=False))
        # Within the shortest interval most were met: it is asked first, so that of few anything else is looked up.
        found = {"overdue": Q(met_lately=None) & lapsed, "never": never, "any": Q(met_lately=None) & (lapsed | never)}
        if not self.intervals.months:
            found |= {"overdue": Q(pk__in=[]), "any": never}
        return rows.alias(**one).filter(found[value], is_host=False)

    @property
    def _met(self) -> "QuerySet[Any]":
        return Party.objects.visible_to(self.user).filter(organization=OuterRef("pk"), held_on__isnull=False)

    @property
    def _named(self) -> "QuerySet[Any]":
        """That a series names it as a counterpart."""
        return Series.counterparts.through._base_manager.filter(organization=OuterRef("pk"))

    @property
    def _lapsed(self) -> "QuerySet[Any]":
        """The same of a series that has an interval, within which it was not met."""
        since = self.intervals.since("series__cadence_months")
        seen = Party.objects.visible_to(self.user)
        lately = seen.filter(organization=OuterRef("organization"), held_on__gte=OuterRef("since"))
        regular = self._named.filter(series__cadence_months__isnull=False)
        return regular.alias(since=since).filter(~Exists(lately))

    @property
    def _seats(self) -> "QuerySet[Any]":
        seats: QuerySet[Any] = counterparts(self.user).filter(organization=OuterRef("pk"))
        return seats

    @property
    def intervals(self) -> Intervals:
        return Intervals.of(self.parent.request)


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
