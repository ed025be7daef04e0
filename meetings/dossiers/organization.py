"""Statistics of an organization: how often it was met in all, since when, when last, and each year."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min
from django.db.models.functions import ExtractYear

from engagement.core.charts import BarChart
from engagement.core.lists.counts import MOST
from engagement.core.partial_dates import PartialDate, dated
from engagement.core.types import Reader
from engagement.core.views import Counted
from meetings.models import Meeting
from meetings.models.status import Status
from organizations.models import Organization

from .queries import meetings_with


@dataclass(frozen=True)
class OrganizationRecord:
    """Of the meetings with an organization that a reader may see: all of them, and those that took place."""

    in_all: Counted
    number: Counted
    first: PartialDate | None
    last: PartialDate | None
    chart: BarChart


def record_of(organization: Organization, user: Reader) -> OrganizationRecord:
    """In one query. Of very many meetings the latest are counted, and the year in which these begin is not drawn."""
    latest = meetings_with(organization, user).values("pk")[: MOST + 1]
    by_year = Meeting.objects.filter(pk__in=latest).order_by().values("status", year=ExtractYear("starts_on"))
    on = dated("starts_on", "date_precision")
    rows = list(by_year.annotate(number=Count("pk"), first=Min(on), last=Max(on)))
    in_all = Counted(sum(row["number"] for row in rows))
    held = [row for row in rows if row["status"] == Status.HELD]
    years = {row["year"]: row["number"] for row in held}
    if in_all.is_more and len(years) > 1:
        del years[min(years)]
    return OrganizationRecord(
        in_all=in_all,
        number=Counted(MOST + 1 if in_all.is_more else sum(row["number"] for row in held)),
        first=None if in_all.is_more else PartialDate.read(min((row["first"] for row in held), default=None)),
        last=PartialDate.read(max((row["last"] for row in held), default=None)),
        chart=BarChart.by_year(years, is_cut=in_all.is_more),
    )
