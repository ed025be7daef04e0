"""Publication deadlines: worked out from the rules of a meeting, stored on it, and kept true when either changes."""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from engagement.core.bulk_history import write_changes
from engagement.core.change_signals import notify
from engagement.core.models.days import LAST
from engagement.core.partial_dates import PartialDate
from engagement.core.prepared_queries import Part, Parts, ReadParts
from engagement.core.queries import batched
from engagement.core.types import Rows

from .meeting import Meeting
from .regimes import Regime, RegimeQuerySet
from .series import Series
from .status import DUTY

if TYPE_CHECKING:
    from .publishing import Publishable

MONTHS = {Regime.Period.MONTH: 1, Regime.Period.QUARTER: 3, Regime.Period.FOUR_MONTHS: 4, Regime.Period.HALF_YEAR: 6}
SATURDAY = 5
PORTION = 1_000
OWN, SERIAL = Meeting.regimes.through, Series.regimes.through
RULES = Part(OWN, "meeting", ("regime_id",)), Part(SERIAL, "series__meetings", ("regime_id",))
READ = Parts(*RULES)


@dataclass(frozen=True)
class Deadline:
    """By when one rule asks for a meeting; None where it sets no day."""

    regime: Regime
    day: dt.date | None


def due_on(regime: Regime, last_day: dt.date) -> dt.date | None:
    """The last day on which a meeting that ended on ``last_day`` is published in time."""
    if regime.days is None:
        return None
    start = last_day if regime.counts_from == Regime.Clock.MEETING else end_of_period(last_day, regime.period)
    if (LAST - start).days < regime.days:
        return None
    day = start + dt.timedelta(days=regime.days)
    if regime.working_days == Regime.WorkingDays.NEXT and day.weekday() >= SATURDAY:
        day += dt.timedelta(days=7 - day.weekday())
    return day if day <= LAST else None


def end_of_period(day: dt.date, period: str) -> dt.date:
    """The last day of the month, quarter, four months or half-year in which this day is."""
    months = MONTHS[Regime.Period(period)]
    month = (day.month + months - 1) // months * months
    return dt.date(day.year, month, calendar.monthrange(day.year, month)[1])


def last_day(meeting: "Publishable") -> dt.date | None:
    """The day that the days are counted from: the last one of the meeting, as far as that is known."""
    date = PartialDate.of(meeting.starts_on, meeting.date_precision)
    return meeting.ends_on or (date.last if date else None)


def deadlines_of(meeting: "Publishable", regimes: Iterable[Regime]) -> list[Deadline]:
    """The deadlines of each of these rules, the earliest first; of a meeting that is not to be published, none."""
    day = last_day(meeting) if meeting.status in DUTY else None
    found = [Deadline(regime, due_on(regime, day) if day else None) for regime in regimes]
    return sorted(found, key=lambda one: (one.day or dt.date.max, one.regime.name, one.regime.pk))


def earliest(meeting: "Publishable", regimes: Iterable[Regime]) -> dt.date | None:
    """The deadline that counts; where no rule sets one, the day entered by hand stays."""
    setting = [regime for regime in regimes if regime.days is not None]
    if not setting:
        return meeting.publication_due_on
    return deadlines_of(meeting, setting)[0].day


def under(meetings: Rows, regimes: RegimeQuerySet) -> Rows:
    """Those that stand under one of these rules: by their own choice, else by that of their series."""
    own, serial = OWN._base_manager, SERIAL._base_manager
    of_this = {"meeting": OuterRef("pk")}
    among = {"regime__in": regimes.order_by().values("pk")}
    by_series = Exists(serial.filter(series=OuterRef("series"), **among)) & ~Exists(own.filter(**of_this))
    return meetings.filter(Q(Exists(own.filter(**of_this, **among))) | by_series)


def follow_regime(regime: Regime) -> None:
    refresh(under(Meeting.objects.all(), Regime.objects.filter(pk=regime.pk)))


def refresh(meetings: Rows) -> int:
    """Work out again the deadlines of those that are not published; returns how many changed."""
    waiting = meetings.filter(published_at=None, starts_on__isnull=False).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    return sum(map(_refresh, batched(keys, PORTION)))


def _refresh(keys: list[int]) -> int:
    rows = list(Meeting._base_manager.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))
    rules = chosen(rows, READ.of(keys), Regime.objects.in_bulk())
    moved: dict[dt.date | None, list[int]] = defaultdict(list)
    for meeting in rows:
        day = earliest(meeting, rules[meeting.pk])
        if day != meeting.publication_due_on and meeting.published_at is None:
            moved[day].append(meeting.pk)
    for day, of_day in moved.items():
        Meeting._base_manager.filter(pk__in=of_day).update(publication_due_on=day, version=F("version") + 1)
    changed = sorted(key for of_day in moved.values() for key in of_day)
    if changed:
        write_changes(Meeting, changed)
        notify(Meeting, changed)
    return len(changed)


def chosen(meetings: Iterable[Meeting], parts: ReadParts, regimes: Mapping[int, Regime]) -> dict[int, list[Regime]]:
    """By key of meeting its rules: its own, else those of its series. ``parts`` were read of ``RULES``."""
    links = {one.pk: parts[OWN][one.pk] or parts[SERIAL][one.pk] for one in meetings}
    return {key: [regimes[link.regime_id] for link in some] for key, some in links.items()}


@receiver(m2m_changed, sender=SERIAL, dispatch_uid="meetings.deadlines.series")
def _follow_series(instance: Series | Regime, action: str, pk_set: set[int] | None, **kwargs: object) -> None:
    """Another rule for the series: its meetings that are not published follow."""
    if not action.startswith("post_") or pk_set == set():
        return
    keys = [instance.pk] if isinstance(instance, Series) else pk_set or []
    refresh(Meeting.objects.filter(series__in=keys))
