"""Aggregates at the top of a list of follow-ups, and the lists they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.lists.counts import count_text
from engagement.core.lists.request import PageRequest
from engagement.core.lists.result import Stat

from .models import FollowUpQuerySet
from .models.status import Side, Status

SOON_DAYS = 30
LATEST = 1_000
"""The share done on time is that of the latest so many."""
ASKS_WHEN = ("due", "due_within", "status", "show", "timing", "closed", "closed_from", "closed_to")
"""The filters a number at the top replaces; whatever else was asked, it keeps."""


def on_time() -> Q:
    """Done by the end of its last due day."""
    return Q(status=Status.DONE, due_on__isnull=False, closed_at__isnull=False, closed_on__lte=F("due_on"))


def with_closing_day(followups: FollowUpQuerySet) -> FollowUpQuerySet:
    return followups.annotate(closed_on=TruncDate("closed_at"))


def rows_of_numbers(followups: FollowUpQuerySet) -> dict[str, QuerySet[Any]]:
    """Query sets that are counted: overdue, due soon, open, done this year, and done on time."""
    new_year = timezone.localtime().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return {
        "overdue": followups.overdue(),
        "soon": followups.due_within(SOON_DAYS),
        "open": followups.is_open(),
        **latest_done(followups.filter(closed_at__gte=new_year)),
    }


def latest_done(followups: FollowUpQuerySet) -> dict[str, QuerySet[Any]]:
    """The latest of these that were done and had a due date, and how many of them were done on time."""
    done = followups.filter(status=Status.DONE, due_on__isnull=False)
    latest = with_closing_day(done).order_by("-closed_at", "-pk")
    on_time_of_these = Case(When(on_time(), then=F("pk")))
    return {"done": latest.values(hit=F("pk"))[:LATEST], "on_time": latest.values(hit=on_time_of_these)[:LATEST]}


def kept_this_year(followups: FollowUpQuerySet) -> dict[str, QuerySet[Any]]:
    """The latest promises that were due this year, up to yesterday: all, those done, those done on time."""
    today = timezone.localdate()
    due = followups.filter(due_on__gte=today.replace(month=1, day=1), due_on__lt=today)
    latest = with_closing_day(due.exclude(status=Status.CANCELLED)).order_by("-due_on", "-pk")
    parts = {"was_due": F("pk"), "was_kept": Case(When(status=Status.DONE, then=F("pk")))}
    parts["kept_on_time"] = Case(When(on_time(), then=F("pk")))
    return {name: latest.values(hit=part)[:LATEST] for name, part in parts.items()}


@dataclass(frozen=True)
class Kept:
    """How many promises were due, and of these how many were done on time, done late, and not done yet."""

    due: int
    done: int
    on_time: int

    @classmethod
    def of(cls, numbers: Mapping[str, int]) -> "Kept":
        return cls(numbers["was_due"], numbers["was_kept"], numbers["kept_on_time"])

    @property
    def late(self) -> int:
        return self.done - self.on_time

    @property
    def not_done(self) -> int:
        return self.due - self.done

    @property
    def percent_on_time(self) -> int:
        return 100 * self.on_time // self.due if self.due else 0

    @property
    def is_of_latest(self) -> bool:
        return self.due == LATEST


def overdue_by_side(followups: FollowUpQuerySet) -> dict[str, QuerySet[Any]]:
    """Overdue promises by who made them: us, them, or both sides."""
    overdue = followups.overdue()
    return {side.value: overdue.filter(side=side) for side in (Side.OURS, Side.THEIRS, Side.JOINT)}


def overview(followups: FollowUpQuerySet) -> dict[str, QuerySet[Any]]:
    """Overdue, soon due and open promises, as query sets to be counted in one statement with others."""
    rows = rows_of_numbers(followups)
    return {name: rows[name] for name in ("overdue", "soon", "open")}


def stats_of(request: PageRequest, numbers: Mapping[str, int]) -> list[Stat]:
    """The numbers for whatever else the list is narrowed by; each leads to just these rows."""
    filterset, links = request.filterset, request.links
    asked = filterset.form.cleaned_data if filterset.is_valid() else {}
    new_year = timezone.localdate().replace(month=1, day=1).isoformat()
    kept = [name for name in ASKS_WHEN if name in links.question]

    def stat(name: str, number: str, label: str, is_current: bool, tone: str = "", **changes: str) -> Stat:
        return Stat(number, label, links.asking(*kept, **changes), is_current, tone if numbers[name] else "")

    plain = not any(asked.get(name) for name in ASKS_WHEN if name != "show") and asked.get("show") == "open"
    overdue, soon = asked.get("due") == "overdue", asked.get("due") == "soon"
    sides = {"ours": _("ours"), "theirs": _("theirs"), "joint": _("both sides’")} if "ours" in numbers else {}
    if sides:
        kept.append("side")
    side = asked.get("side") if sides else None
    if side != ["joint"] and not numbers.get("joint"):
        sides.pop("joint", None)  # mostly there is none
    found = [stat("overdue", count_text(numbers["overdue"]), _("overdue"), overdue and not side, "late", due="overdue")]
    for name, label in sides.items():
        is_current = overdue and side == [name]
        found.append(stat(name, count_text(numbers[name]), label, is_current, "late", due="overdue", side=name))
    kept = [name for name in kept if name != "side"]
    found += [
        stat("soon", count_text(numbers["soon"]), _("due in 30 days"), soon, due="soon"),
        stat("open", count_text(numbers["open"]), _("open"), plain),
    ]
    if numbers["done"]:
        share = f"{100 * numbers['on_time'] // numbers['done']}%"
        found.append(
            stat("done", share, _("of those done this year on time"), asked.get("timing") == "on_time",
                 timing="on_time", closed_from=new_year)
        )  # fmt: skip
    return found
