"""Publication clock: what is to be published, and how much of it was on time, as aggregates in the database.

Each number is a question to the list of meetings and leads to the rows it counts.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from urllib.parse import urlencode

from django.db.models import Aggregate, Count, DateField, Exists, F, IntegerField, OuterRef, Q, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.addresses import address_of
from engagement.core.charts import BarChart
from engagement.core.lists.counts import MOST, CountBatch, Figure, written_once
from engagement.core.prepared_queries import KeysAsked, PreparedQuery
from engagement.core.prepared_records import PreparedRecords, prepared
from engagement.core.query_cache import KeptAnswers
from engagement.core.types import FieldValue, Label, Reader, Rows, SignedIn
from engagement.reminders.publishing_reminder import Remindable, remindable
from meetings.dossiers.at_a_glance import last_months
from meetings.models import Meeting, MeetingQuerySet, ProposedChange, Regime
from meetings.models.preflight import ASKED_OF_MEETING, shortfalls_of_rows
from meetings.publication_filters import PUBLICATION, published_late, published_on_time

SHOWN = 8
"""Rows of a group; its number leads to all of them."""
NAMED = ("first_name", "last_name", "username")
"""What a colleague's name is made of."""
LEADS = 50
"""So many colleagues have a line of their own, those with most that was not on time first."""

SOON = 14
"""Days in which a deadline is near."""
TO_COME = ("overdue", "soon", "ready")
"""Groups of what is still to be published."""

SHOWN_OF_MEETING = (
    "slug", "starts_on", "ends_on", "date_precision", "publication_due_on", "ready_at", "published_at", "published_on",
    "withdrawn_at", "withdrawal_reason", "exempted_at", "exemption_ground__name",
    *(f"{who}__{name}" for who in ("prepared_by", "ready_by", "exempted_by") for name in NAMED),
)  # fmt: skip
"""What a row shows of its meeting, beside what the checks ask for."""

OUTCOMES = {"on_time": _("On time"), "late": _("Late"), "overdue": _("Overdue")}


@dataclass(frozen=True)
class Question:
    """What is asked of the list of meetings, in its own words; ``rows`` says in which order its first are shown."""

    key: str
    title: Label
    tone: str = ""
    order: str = ""
    within: bool = False
    """Only what was due within the twelve months."""


QUESTIONS = [
    Question("waiting", _("to publish")),
    Question("overdue", _("overdue"), "late", "publication_due_on"),
    Question("soon", _("due in 14 days"), "soon", "publication_due_on"),
    Question("ready", _("ready, nothing missing"), "", "publication_due_on"),
    Question("changed", _("changed since published"), "soon", "published_at"),
    Question("late", _("published late in twelve months"), within=True),
    Question("exempt", _("exempt"), "", "-exempted_at"),
    Question("withdrawn", _("withdrawn"), "", "-withdrawn_at"),
]
GROUPS = {
    "overdue": _("Overdue"),
    "soon": _("Due in the next 14 days"),
    "ready": _("Ready to publish"),
    "changed": _("Changed since published"),
    "exempt": _("Exempt"),
    "withdrawn": _("Withdrawn"),
}


@dataclass(frozen=True)
class Tile:
    """A question with its answer."""

    asked: Question
    number: Figure
    rows: Sequence[Meeting] = ()

    @property
    def title(self) -> Label:
        return GROUPS[self.asked.key]

    @property
    def tone(self) -> str:
        return self.asked.tone if self.number.number else ""


@dataclass(frozen=True)
class Deadline:
    """How long there is to publish a meeting: days left, below zero if overdue, and the percentage that is over."""

    days_left: int
    over: int

    @property
    def days_overdue(self) -> int:
        return max(-self.days_left, 0)

    @property
    def tone(self) -> str:
        return "late" if self.days_left < 0 else "soon" if self.days_left <= SOON else "plain"

    @classmethod
    def of(cls, meeting: Meeting, today: dt.date) -> "Deadline | None":
        """Counted from the day of the meeting to the day by which it is to be public."""
        due, held = meeting.publication_due_on, meeting.ends_on or meeting.starts_on
        if due is None:
            return None
        time = max((due - held).days, 1) if held is not None else SOON
        left = (due - today).days
        return cls(left, min(max(100 * (time - left) // time, 0), 100))


@dataclass
class Line:
    """How much was on time: of a month, under a rule, or of a lead."""

    label: Label
    asked: dict[str, str]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))

    @cached_property
    def numbers(self) -> list[Figure]:
        return [
            Figure(OUTCOMES[key], number, address({"publication": key, **self.asked}))
            for key, number in self.counts.items()
        ]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def share(self) -> int | None:
        """Of those that were due, how many in a hundred were published on time; rounded down, so that 100 is all."""
        return 100 * self.counts["on_time"] // self.total if self.total else None


@dataclass(frozen=True)
class MonthOfDeadlines:
    """A month by its first day; its address lists the meetings due in it that were published on time."""

    first: dt.date
    on_time: Figure

    def get_absolute_url(self) -> str:
        return self.on_time.url


@dataclass(frozen=True)
class GroupRow:
    """A meeting of a group: how long there is, what is missing (None where that is not asked), whom one may remind."""

    meeting: Meeting
    deadline: Deadline | None
    missing: list[Label] | None
    change: ProposedChange | None
    remindable: Remindable | None


@dataclass(frozen=True)
class Group:
    """The first meetings of a question."""

    tile: Tile
    rows: list[GroupRow]


@dataclass
class Clock:
    """The page for the secretariat."""

    today: dt.date
    user: SignedIn
    regimes: dict[int, Regime]
    tiles: list[Tile]
    whole: Line
    months: list[Line]
    rules: list[Line]
    leads: list[Line] | None
    """Of very many meetings only when they are asked for; None until then."""

    @cached_property
    def groups(self) -> list[Group]:
        """What is shown of the questions that have rows."""
        shown = [tile for tile in self.tiles if tile.rows]
        to_come = {one.pk: one for tile in shown if tile.asked.key in TO_COME for one in tile.rows}
        changed = [one.pk for tile in shown if tile.asked.key == "changed" for one in tile.rows]
        found, whom, changes = self._missing(to_come), remindable(to_come.values(), self.user), _changes(changed)
        groups = []
        for tile in shown:
            rows = []
            for one in tile.rows:
                deadline = Deadline.of(one, self.today) if one.pk in to_come else None
                rows.append(GroupRow(one, deadline, found.get(one.pk), changes.get(one.pk), whom.get(one.pk)))
            groups.append(Group(tile, rows))
        return groups

    def _missing(self, meetings: dict[int, Meeting]) -> dict[int, list[Label]]:
        """What each lacks, each kind of thing once."""
        found = shortfalls_of_rows(list(meetings.values()), self.regimes) if meetings else {}
        return {key: list(dict.fromkeys(one.short for one in some)) for key, some in found.items()}

    @property
    def chart(self) -> BarChart:
        rows = [
            (MonthOfDeadlines(month.first, line.numbers[0]), line.counts["on_time"])
            for month, line in zip(last_months(), self.months, strict=True)
        ]
        return BarChart(rows if self.whole.total else [])


def _waiting() -> Rows:
    waiting = ProposedChange.objects.waiting().filter(KeysAsked("meeting")).select_related("proposed_by")
    told = "meeting_id", "proposed_at", "differences", *(f"proposed_by__{name}" for name in NAMED)
    return waiting.only(*told).order_by("proposed_at", "pk")


WAITING = PreparedRecords(_waiting)


def _changes(keys: list[int]) -> dict[int, ProposedChange]:
    """The latest change that waits at each of these meetings."""
    return {one.meeting_id: one for one in WAITING.ask(keys)}


def address(asked: dict[str, str]) -> str:
    return f"{address_of('meetings:list')}?{urlencode(asked)}"


def span() -> dict[str, str]:
    """Due in this month or the eleven before it, as the list is asked for it."""
    months = last_months()
    return {"due_from": months[0].first.isoformat(), "due_to": months[-1].last.isoformat()}


class CountRows(Aggregate):
    """COUNT(*) with a filter, which Django's own does not take; it is faster than counting keys."""

    function, template = "COUNT", "%(function)s(*)"
    output_field, empty_result_set_value = IntegerField(), 0


def tallies(*, distinct: bool = False) -> dict[str, Aggregate]:
    """How many of the rows were on time, late, or are overdue; the same conditions as the list's. ``distinct`` where
    a meeting may stand in several rows of one group, which costs sorting them."""
    today, due = timezone.localdate(), F("publication_due_on")
    conditions = {
        "on_time": Q(published_on__lte=due),
        "late": Q(published_on__gt=due),
        "overdue": Q(published_on=None, exempted_at=None, publication_due_on__lt=today),
    }
    count = partial(Count, "pk", distinct=True) if distinct else CountRows
    return {name: count(filter=condition) for name, condition in conditions.items()}


def clock(user: SignedIn, *, by_lead: bool = False) -> Clock:
    """``by_lead`` counts by lead however many meetings there are: each has to be looked up with all its parties."""
    seen, answers, today = Meeting.objects.visible_to(user), KeptAnswers(), timezone.localdate()
    asked, regimes = span(), Regime.objects.in_bulk()
    within = seen.filter(publication_due_on__range=tuple(asked.values())).order_by()
    kept = written_once(("clock lines", user.pk, today), lambda: PreparedQuery(lambda: _counted(within)))
    counted = answers.answer(kept.question, kept.ask)
    months = _months(counted)
    whole = Line(_("The last twelve months"), asked)
    for line in months:
        for key, number in line.counts.items():
            whole.counts[key] += number
    tiles = _tiles(seen, whole, user, answers)
    rules = _rules(counted, asked, regimes)
    leads = _leads(within, asked, answers) if by_lead or whole.total <= MOST else None
    return Clock(today, user, regimes, tiles, whole, months, rules, leads)


def _tiles(seen: MeetingQuerySet, whole: Line, user: SignedIn, answers: KeptAnswers) -> list[Tile]:
    """What each question counts, and the rows that are shown: keys in one statement, then all rows at once."""
    key = "clock", user.pk, timezone.localdate()
    found = written_once(key, lambda: _asked(seen, user)).answered(answers)
    first = {one.key: found[f"{one.key} first"].keys for one in QUESTIONS}
    in_short = prepared("rows of the clock", user, lambda: PreparedRecords(lambda: _in_short(seen)))
    told = {one.pk: one for one in in_short.ask({key for keys in first.values() for key in keys})}
    tiles = []
    for one in QUESTIONS:
        number, within = (whole.counts[one.key], span()) if one.within else (found[one.key].number, {})
        rows = [told[key] for key in first[one.key] if key in told]
        tiles.append(Tile(one, Figure("", number, address({"publication": one.key, **within})), rows))
    return tiles


def _in_short(seen: MeetingQuerySet) -> Rows:
    beside = "prepared_by", "ready_by", "exemption_ground", "exempted_by", "series"
    shown = seen.select_related(*beside).only(*ASKED_OF_MEETING, *SHOWN_OF_MEETING)
    return shown.filter(KeysAsked("pk")).order_by()


def _asked(seen: MeetingQuerySet, user: Reader) -> CountBatch:
    """All but what the months tell."""
    batch = CountBatch()
    for one in QUESTIONS:
        if one.within:
            continue
        rows = PUBLICATION[one.key][1](seen, user)
        batch.count(one.key, rows)
        if one.order:
            order = one.order, "-pk" if one.order.startswith("-") else "pk"
            batch.first(f"{one.key} first", rows.order_by(*order), SHOWN)
    return batch


def _counted(within: MeetingQuerySet) -> Rows:
    """How many by day, then by a meeting's own rules, else by those of its series, of which it may have several.

    The month of a day is found out afterwards, which takes the database longer than counting.
    """
    own = Meeting.regimes.through._base_manager.filter(meeting=OuterRef("pk"))
    by_rule = {
        "regimes": within.filter(regimes__isnull=False),
        "series__regimes": within.filter(~Exists(own), series__regimes__isnull=False),
    }
    no_day, no_rule = Value(None, output_field=DateField()), Value(0, output_field=IntegerField())
    by_day = within.values("publication_due_on").annotate(**tallies())
    parts = [by_day.values_list(F("publication_due_on"), no_rule, *OUTCOMES)]
    for path, rows in by_rule.items():
        parts.append(rows.values(path).annotate(**tallies()).values_list(no_day, F(path), *OUTCOMES))
    return parts[0].union(*parts[1:], all=True)


def _months(counted: list[list[FieldValue]]) -> list[Line]:
    found: dict[dt.date, Counter[str]] = defaultdict(Counter)
    for day, _rule, *numbers in counted:
        if day is not None:
            found[day.replace(day=1)].update(dict(zip(OUTCOMES, numbers, strict=True)))
    lines = []
    for month in last_months():
        asked = {"due_from": month.first.isoformat(), "due_to": month.last.isoformat()}
        line = Line(date_format(month.first, "F Y"), asked)
        line.counts.update(found[month.first])
        lines.append(line)
    return lines


def _rules(counted: list[list[FieldValue]], asked: dict[str, str], regimes: dict[int, Regime]) -> list[Line]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for day, rule, *numbers in counted:
        if day is None:
            found[rule].update(dict(zip(OUTCOMES, numbers, strict=True)))
    lines = []
    for regime in sorted((regimes[key] for key in found if key in regimes), key=lambda one: (one.sort_key, one.pk)):
        line = Line(regime.name, {"regime": regime.code, **asked})
        line.counts.update(found[regime.pk])
        lines.append(line)
    return _some(lines)


def _leads(within: MeetingQuerySet, asked: dict[str, str], answers: KeptAnswers) -> list[Line]:
    """By our leads of the organizations that came."""
    lead = "parties__organization__lead"
    rows = within.filter(**{f"{lead}__isnull": False}).values(lead).annotate(**tallies(distinct=True)).order_by(lead)
    found = {row[lead]: {name: row[name] for name in OUTCOMES} for row in answers.values(rows)}
    people = User.objects.filter(pk__in=list(found)).order_by("username")
    lines = _some(Line(str(one), {"lead": one.username, **asked}, found[one.pk]) for one in people)
    return sorted(lines, key=lambda line: line.counts["on_time"] - line.total)[:LEADS]


def _some(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.total]


def on_time_this_year(seen: MeetingQuerySet) -> dict[str, MeetingQuerySet]:
    """Of the published meetings that were to be so by a day of this year: all, and those that were; for one count."""
    year = timezone.localdate().year
    due = seen.filter(publication_due_on__gte=dt.date(year, 1, 1), publication_due_on__lte=dt.date(year, 12, 31))
    return {"published_by_deadline": published_on_time(due), "published_late": published_late(due)}
