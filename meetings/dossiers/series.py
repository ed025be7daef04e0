"""Dossier of a series: its meetings with their numbers, the gaps between them, when the next is due."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from engagement.core.partial_dates import PartialDate, Precision
from engagement.core.types import Reader
from meetings.models import Meeting, Series
from meetings.models.series import renumbered
from meetings.models.status import PLANNED, Status
from organizations.models import Organization


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Next:
    """The next meeting of a series: one that is announced, or the month in which one is expected."""

    series: Series | None
    meeting: Meeting | None = None
    expected_on: dt.date | None = None

    @property
    def expected(self) -> PartialDate | None:
        return PartialDate.of(self.expected_on, Precision.MONTH)

    @property
    def is_past(self) -> bool:
        """The expected day is over and nothing was announced."""
        return self.expected_on is not None and self.expected_on < timezone.localdate()


def next_of(series: Series, meetings: Iterable[Meeting]) -> Next:
    """From the meetings of one series that a reader may see: the soonest to come, else the last and the rhythm."""
    rows = list(meetings)
    planned = [meeting for meeting in rows if meeting.is_upcoming]
    if planned:
        return Next(series, meeting=min(planned, key=lambda meeting: (meeting.starts_at, meeting.pk)))
    if undated := [meeting for meeting in rows if meeting.status in PLANNED and meeting.starts_on is None]:
        return Next(series, meeting=min(undated, key=lambda meeting: meeting.pk))
    held = [meeting.starts_on for meeting in rows if meeting.status == Status.HELD and meeting.starts_on]
    if held and series.cadence_months:
        return Next(series, expected_on=add_months(max(held), series.cadence_months))
    return Next(series)


@dataclass(frozen=True)
class Gap:
    """Numbers of a series for which there is nothing to show; why, it does not say."""

    first: int
    last: int


class SeriesDossier:
    """Every meeting of a series this reader may see, in one list.

    A number is missing because nothing is recorded under it or because this reader may not see what is: both look
    the same. After the highest number shown there is no gap, so that nobody can count what lies beyond.
    """

    def __init__(self, series: Series, user: Reader) -> None:
        self.series, self.user = series, user

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The latest first; those without a date before them."""
        seen = Meeting.objects.visible_to(self.user).filter(series=self.series).for_list().with_agenda(self.user)
        return list(seen.order_by(F("starts_at").desc(nulls_first=True), "-pk"))

    @cached_property
    def held(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.status == Status.HELD]

    @cached_property
    def next(self) -> Next:
        return next_of(self.series, self.meetings)

    @cached_property
    def is_out_of_order(self) -> bool:
        """Whether numbers do not follow the days, as far as this reader knows them."""
        return bool(renumbered(self.meetings))

    @cached_property
    def entries(self) -> list[Meeting | Gap]:
        """Meetings and gaps; each gap stands below the meeting that follows it in number."""
        gaps = {gap.last + 1: gap for gap in self.gaps()}
        entries: list[Meeting | Gap] = []
        for meeting in self.meetings:
            entries.append(meeting)
            if meeting.ordinal in gaps:
                entries.append(gaps[meeting.ordinal])
        return entries

    def gaps(self) -> list[Gap]:
        numbers = sorted({0} | {meeting.ordinal for meeting in self.meetings if meeting.ordinal})
        return [Gap(before + 1, after - 1) for before, after in pairwise(numbers) if after - before > 1]


def whats_next(organization: Organization, user: Reader, most: int) -> list[Next]:
    """The next meetings with an organization: those announced, then series that are due again; in two queries.

    Of our own body, which sits in every series, only what is announced, and ``most`` of that.
    """
    seen = Meeting.objects.visible_to(user).filter(parties__organization=organization)
    # Beside them: joined, PostgreSQL would read every series there is.
    rows = seen.prefetch_related("series").order_by("starts_at", "pk")
    to_come = Q(status__in=PLANNED, ends_at__gt=timezone.now())
    if organization.is_host:
        return [Next(meeting.series, meeting=meeting) for meeting in rows.filter(to_come)[:most] if meeting.is_upcoming]
    later = Meeting.objects.visible_to(user).filter(
        series=OuterRef("series"), status=Status.HELD, starts_at__gt=OuterRef("starts_at")
    )
    regular = Series.objects.filter(pk=OuterRef("series"), cadence_months__isnull=False)
    last_of_series = Q(Exists(regular), ~Exists(later), status=Status.HELD)
    found = list(rows.filter(to_come | last_of_series))
    announced = [Next(meeting.series, meeting=meeting) for meeting in found if meeting.is_upcoming]
    busy = {entry.series.pk for entry in announced if entry.series}
    due = {meeting.series_id: meeting for meeting in found if not meeting.is_upcoming and meeting.series_id not in busy}
    expected = [next_of(meeting.series, [meeting]) for meeting in due.values() if meeting.series]
    return [*announced, *sorted(expected, key=lambda entry: entry.expected_on or dt.date.max)][:most]
