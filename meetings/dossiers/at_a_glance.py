"""Summary of the last twelve months: meetings by month, and the themes that came up at the latest of them."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.utils import timezone

from engagement.core.addresses import address_of
from engagement.core.charts import BarChart
from engagement.core.types import Reader
from engagement.core.views import Counted
from meetings.models import Discussion, Meeting, MeetingQuerySet
from meetings.models.status import Status

from .queries import LATEST
from .series import add_months

MONTHS, THEMES = 12, 6


@dataclass(frozen=True)
class Month:
    """A month by its first day; its address lists the meetings that took place in it."""

    first: dt.date

    @property
    def last(self) -> dt.date:
        return add_months(self.first, 1) - dt.timedelta(days=1)

    def get_absolute_url(self) -> str:
        asked = {"status": Status.HELD.value, "from": self.first.isoformat(), "to": self.last.isoformat()}
        return f"{address_of('meetings:list')}?{urlencode(asked)}"


def last_months() -> list[Month]:
    """This month and those before it, the earliest first."""
    this = timezone.localdate().replace(day=1)
    return [Month(add_months(this, -back)) for back in reversed(range(MONTHS))]


def meetings_by_month(user: Reader) -> dict[str, MeetingQuerySet]:
    """Meetings that took place in each of the last twelve months, by its first day; to be counted in one query."""
    held = Meeting.objects.visible_to(user).held()
    return {
        month.first.isoformat(): held.filter(starts_on__gte=month.first, starts_on__lte=month.last)
        for month in last_months()
    }


def months_chart(numbers: Mapping[str, int]) -> BarChart:
    """A bar for each month, those without any meeting too; none if there was none at all."""
    rows: list[tuple[Any, int]] = [(month, Counted(numbers[month.first.isoformat()])) for month in last_months()]
    return BarChart(rows if any(number for _month, number in rows) else [])


def themes_lately(user: Reader) -> list[dict[str, Any]]:
    """The themes that came up at most of the latest meetings of these months: name, address, number; in one query.

    A discussion without themes of its own has those of its topic.
    """
    since = last_months()[0].first
    latest = Meeting.objects.visible_to(user).latest().filter(starts_on__gte=since)[:LATEST]
    talks = Discussion.objects.visible_to(user).filter(meeting__in=latest.values("pk")).order_by()
    own = Discussion.themes.through.objects.filter(discussion=OuterRef("pk"))
    given = talks.filter(themes__isnull=False).values_list("meeting", "themes__name", "themes__slug")
    of_topics = talks.filter(~Exists(own), topic__themes__isnull=False)
    left = of_topics.values_list("meeting", "topic__themes__name", "topic__themes__slug")
    found = Counter((name, slug) for _meeting, name, slug in given.union(left))
    most = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:THEMES]
    return [{"name": name, "url": address_of("topics:theme", slug), "number": n} for (name, slug), n in most]
