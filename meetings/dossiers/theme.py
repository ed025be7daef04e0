"""Dossier of a theme, its narrower themes included."""

from functools import cached_property

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import ExtractYear

from engagement.core.charts import BarChart
from engagement.core.lists.counts import MOST
from engagement.core.types import Reader
from engagement.topics.models import Theme, Topic
from meetings.models import Discussion, Meeting, Position
from meetings.models.status import Status
from organizations.models import Organization

SHOWN_AT_MOST = 12


class ThemeDossier:
    """Topics, meetings and organizations of a theme, as far as a reader may know them.

    A discussion belongs to the themes it was given; left without any, to those of its topic.
    """

    def __init__(self, theme: Theme, below: list[Theme], user: Reader) -> None:
        self.keys, self.user = [theme.pk, *(narrower.pk for narrower in below)], user

    def topics(self) -> QuerySet[Topic]:
        links = Topic.themes.through.objects.filter(topic=OuterRef("pk"), theme__in=self.keys)
        return Topic.objects.visible_to(self.user).filter(Exists(links)).order_by("sort_key", "pk")

    def _ways(self) -> list[QuerySet[Discussion]]:
        """Discussions by their own themes, and by those of their topics; each way has an index of its own."""
        seen = Discussion.objects.visible_to(self.user).order_by()
        own = Discussion.themes.through.objects
        of_topics = Topic.themes.through.objects.filter(theme__in=self.keys).values("topic")
        given = seen.filter(pk__in=own.filter(theme__in=self.keys).values("discussion"))
        left = seen.filter(~Exists(own.filter(discussion=OuterRef("pk"))), topic__in=of_topics)
        return [given, left]

    @cached_property
    def is_counted(self) -> bool:
        """Whether so few discussions are filed under the theme that they are counted by year and organization."""
        found = 0
        for way in self._ways():  # one after the other: what is very much one way need not be looked for the other
            found += way.values("pk")[: MOST + 1].count()
            if found > MOST:
                return False
        return True

    def discussions(self) -> QuerySet[Discussion]:
        given, left = (way.values("pk") for way in self._ways())
        return Discussion.objects.filter(pk__in=given.union(left, all=True))

    @cached_property
    def chart(self) -> BarChart:
        """Meetings held a year at which the theme came up."""
        held = Meeting.objects.visible_to(self.user).held().filter(pk__in=self.discussions().values("meeting"))
        rows = held.annotate(year=ExtractYear("starts_on")).values("year").annotate(number=Count("pk"))
        return BarChart.by_year({row["year"]: row["number"] for row in rows.order_by()})

    def raised_by(self) -> list[dict[str, object]]:
        """Organizations, besides the host, that took a position of their own; the most frequent first."""
        held = self.discussions().filter(meeting__status=Status.HELD)
        seen = Position.objects.visible_to(self.user).filter(discussion__in=held.values("pk"))
        organizations = Organization.objects.filter(is_host=False, positions__in=seen)
        rows = organizations.annotate(number=Count("positions__discussion", distinct=True))
        return [
            {"url": row.get_absolute_url(), "name": row.name, "number": row.number}
            for row in rows.order_by("-number", "sort_key", "pk")[:SHOWN_AT_MOST]
        ]
