"""Manager's dashboard: what was kept and is late, whom we met and did not meet, whom we heard.

Each figure is a question to a list, or groups the rows such a list has; docs/decisions/dashboard.md says what it means.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, NamedTuple, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.core.charts import BarChart
from engagement.core.lists.counts import MOST, CountBatch, Figure, count_all, written_once
from engagement.core.lists.views import ListPage
from engagement.core.prepared_queries import KeysAsked, PreparedQuery
from engagement.core.queries import Few, among
from engagement.core.query_cache import KeptAnswers
from engagement.core.types import FieldValue, Label, Rows
from engagement.followups.list_stats import LATEST, latest_done
from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp, FollowUpQuerySet
from engagement.followups.models.status import Side
from engagement.topics.models import Theme, Topic
from meetings.dossiers.series import add_months
from meetings.intervals import Intervals
from meetings.lists import MeetingList
from meetings.models import Discussion, Meeting, Party, Position
from organizations.lists import OrganizationList
from organizations.models import Organization

from .dashboard_form import DashboardFilter

MONTHS, NAMED, OWNERS, MEETINGS = 12, 10, 1_000, 1_000
"""So many months are drawn, the latest of the period; so many organizations, people, themes and topics are named. The
organizations are looked for among so many that owe most, and of the meetings so many are looked into, the latest."""
NOT_CANCELLED = [("status", value) for value in FollowUp.Status.values if value != FollowUp.Status.CANCELLED]

Query = list[tuple[str, str]]
Written = TypeVar("Written")


@dataclass(frozen=True)
class Month:
    """Promises due in a month: all that were not cancelled, and those that were kept."""

    first: dt.date
    due: Figure
    kept: Figure


class Share(NamedTuple):
    """Of the positions heard, how many were of one kind of stakeholder."""

    kind: str
    number: int
    percent: int


@dataclass(frozen=True)
class Heard:
    """A topic and who was heard on it, the most frequent kind first."""

    topic: Topic
    number: int
    shares: list[Share]


@dataclass(frozen=True)
class Postponed:
    """Of the latest promises due in the period: how many were postponed, by how many days in all."""

    of: int
    figure: Figure
    average: int
    longest: int


class Lists:
    """Questions to lists, narrowed to the theme and series that were asked for, and the addresses that ask them."""

    def __init__(self, request: HttpRequest, asked: DashboardFilter) -> None:
        self.request, self.asked = request, asked
        self._pages: dict[type[ListPage], tuple[ListPage, Rows]] = {}

    def page(self, page_class: type[ListPage]) -> tuple[ListPage, Rows]:
        if page_class not in self._pages:
            page = page_class.for_request(self.request)
            rows = page.get_queryset()
            filters = page.filterset_class(QueryDict(), rows, request=self.request).filters
            for name, record in self.asked.records.items():
                rows = filters[name].filter(rows, [record])
            self._pages[page_class] = page, rows
        return self._pages[page_class]

    def rows(self, page_class: type[ListPage], query: Query) -> Rows:
        page, rows = self.page(page_class)
        return page.filterset_class(QueryDict(urlencode(query)), rows, request=self.request).qs

    def url(self, page_class: type[ListPage], query: Query) -> str:
        named = dict(query)
        narrowed = [(name, one.slug) for name, one in self.asked.records.items() if name not in named]
        return f"{self.page(page_class)[0].path}?{urlencode([*query, *narrowed])}"


class Dashboard:
    """Every figure, from what this reader may see; all counts in one statement."""

    OUR_SIDES: ClassVar = [Side.OURS, Side.JOINT]

    def __init__(self, request: HttpRequest, asked: DashboardFilter) -> None:
        self.user, self.asked, self.today = request.user, asked, timezone.localdate()
        self.lists = Lists(request, asked)
        self.answers = KeptAnswers()

    @cached_property
    def _questions(self) -> dict[str, tuple[Label, type[ListPage], Query]]:
        found: dict[str, tuple[Label, type[ListPage], Query]] = {
            "on_time": (_("done on time"), FollowUpList, [("timing", "on_time"), *self._closed]),
            "open": (_("open now"), FollowUpList, [("show", "open")]),
            "overdue": (_("overdue now"), FollowUpList, [("due", "overdue")]),
            "ours": (_("overdue: ours"), FollowUpList, [("due", "overdue"), ("side", Side.OURS)]),
            "theirs": (_("overdue: theirs"), FollowUpList, [("due", "overdue"), ("side", Side.THEIRS)]),
            "joint": (_("overdue: both sides’"), FollowUpList, [("due", "overdue"), ("side", Side.JOINT)]),
            "held": (_("meetings held"), MeetingList, self._held),
        }
        for name, label, days in self._ages():
            found[f"age {name}"] = (label, FollowUpList, days)
        return found

    @property
    def _closed(self) -> Query:
        return [("closed_from", self.asked.first.isoformat()), ("closed_to", self.asked.last.isoformat())]

    @property
    def _held(self) -> Query:
        days = [("from", self.asked.first.isoformat()), ("to", self.asked.last.isoformat())]
        return [("status", Meeting.Status.HELD.value), *days]

    @cached_property
    def _numbers(self) -> Counter[str]:
        owed = {f"owner {owner.pk}": one for owner, one in self._owed.items()}
        found = self._once("numbers", self._counts).answered(self.answers)
        return Counter({name: one.number for name, one in found.items()} | count_all(owed, self.answers))

    def _counts(self) -> CountBatch:
        rows = {name: self.lists.rows(page, query) for name, (_label, page, query) in self._questions.items()}
        closed = self.lists.rows(FollowUpList, [("show", "all"), *self._closed])
        assert isinstance(closed, FollowUpQuerySet)
        latest = {f"latest {name}": one for name, one in latest_done(closed).items()}
        nobody = self._overdue.filter(side__in=self.OUR_SIDES, assignee=None)
        batch = CountBatch(is_kept=not self.asked.records)
        for name, some in {**rows, **latest, "nobody": nobody}.items():
            batch.count(name, some)
        return batch

    def _once(self, name: str, write: Callable[[], Written]) -> Written:
        """Memoization of a query, as long as nothing narrows it: what is under a theme is read when it is written."""
        if self.asked.records:
            return write()
        intervals = Intervals.of(self.lists.request)
        return written_once(("dashboard", name, self.user.pk, self.asked, intervals), write)

    def _asked(self, name: str, write: Callable[[], Rows], keys: Collection[int] = ()) -> list[list[FieldValue]]:
        """The rows of a prepared query of ``values_list()``, or as it was answered before."""
        query = self._once(name, lambda: PreparedQuery(write))
        try:
            question = f"{query.question} {list(keys)}"
        except EmptyResultSet:
            return []
        return self.answers.answer(question, lambda: query.ask(keys))

    def figure(self, name: str) -> Figure:
        label, page, query = self._questions[name]
        return Figure(label, self._numbers[name], self.lists.url(page, query))

    @property
    def now(self) -> list[Figure]:
        return [self.figure("open"), replace(self.figure("overdue"), tone="late")]

    @property
    def overdue_by_side(self) -> list[Figure]:
        """What is overdue, told apart; these add up to it."""
        return [replace(self.figure(name), tone="late") for name in Side.values]

    @property
    def held(self) -> Figure:
        return self.figure("held")

    @property
    def silence(self) -> list[Figure]:
        labels = {
            "overdue": _("Organizations not met within the interval of their series"),
            "never": _("Organizations never met, though in a series or invited"),
        }
        return [
            Figure(label, len(self._silent[name]), self.lists.url(OrganizationList, [("silence", name)]))
            for name, label in labels.items()
        ]

    # Promises --------------------------------------------------------------------------------------------------

    @cached_property
    def _months(self) -> list[tuple[dt.date, dt.date]]:
        """The latest months of the period, each as far as it lies in it and its days are over; the earliest first."""
        last = min(self.asked.last, self.today - dt.timedelta(days=1))
        found, first = list[tuple[dt.date, dt.date]](), last.replace(day=1)
        while last >= self.asked.first and len(found) < MONTHS:
            found.append((max(first, self.asked.first), last))
            last, first = first - dt.timedelta(days=1), add_months(first, -1)
        return found[::-1]

    @cached_property
    def months(self) -> list[Month]:
        """Counted day by day, in one walk over what was due in all of them; the month of each day is found out here, as
        the database takes longer for that than for the counting."""
        if not self._months:
            return []

        def write() -> Rows:
            query = [*NOT_CANCELLED, *_due(self._months[0][0], self._months[-1][1])]
            rows = self.lists.rows(FollowUpList, query).order_by().values("due_on")
            counted = rows.annotate(due=Count("pk"), kept=Count("pk", filter=Q(status=FollowUp.Status.DONE)))
            return counted.values_list("due_on", "due", "kept")

        found: dict[dt.date, Counter[str]] = defaultdict(Counter)
        for day, due, kept in self._asked("months", write):
            found[day.replace(day=1)].update(due=due, kept=kept)
        return [self._month(first, last, found[first.replace(day=1)]) for first, last in self._months]

    def _month(self, first: dt.date, last: dt.date, numbers: Mapping[str, int]) -> Month:
        due = self.lists.url(FollowUpList, [*NOT_CANCELLED, *_due(first, last)])
        kept = self.lists.url(FollowUpList, [("status", "done"), *_due(first, last)])
        return Month(first, Figure("", numbers["due"], due), Figure("", numbers["kept"], kept))

    @property
    def is_cut(self) -> bool:
        """Whether the period began before the months that are drawn."""
        return bool(self._months) and self._months[0][0] > self.asked.first

    @property
    def chart(self) -> BarChart:
        months = self.months if any(one.due.number for one in self.months) else []
        rows = [(month, month.due.number) for month in months]
        return BarChart(rows, parts=tuple(month.kept.number for month in months))

    @property
    def kept(self) -> tuple[int, int]:
        """Of the promises due in these months, how many were kept."""
        return sum(one.kept.number for one in self.months), sum(one.due.number for one in self.months)

    @property
    def kept_figure(self) -> Figure:
        """Those that were kept, with their list."""
        if not self._months:
            return Figure("", 0, "")
        days = _due(self._months[0][0], self._months[-1][1])
        return Figure("", self.kept[0], self.lists.url(FollowUpList, [("status", "done"), *days]))

    @property
    def kept_percent(self) -> int | None:
        return _percent(*self.kept)

    @property
    def on_time(self) -> Figure:
        return self.figure("on_time")

    @property
    def done(self) -> int:
        """Promises with a due date that were done in the period; of these the share on time is that of the latest."""
        return self._numbers["latest done"]

    @property
    def is_of_latest(self) -> bool:
        return self.done == LATEST

    @property
    def on_time_percent(self) -> int | None:
        return _percent(self._numbers["latest on_time"], self.done)

    def _ages(self) -> Iterator[tuple[str, Label, Query]]:
        """What is open, by how long it is overdue."""
        yield "ahead", _("Not due yet"), [("due_from", self.today.isoformat())]
        bounds = [
            (1, 30, _("1 to 30 days overdue")),
            (31, 90, _("31 to 90 days overdue")),
            (91, 365, _("91 to 365 days overdue")),
        ]
        for least, most, label in bounds:
            first, last = (self.today - dt.timedelta(days=days) for days in (most, least))
            yield str(least), label, _due(first, last)
        long_ago = self.today - dt.timedelta(days=366)
        yield "366", _("More than 365 days overdue"), [("due_to", long_ago.isoformat())]
        yield "none", _("No due date"), [("due", "none")]

    @cached_property
    def ages(self) -> list[Figure]:
        return [self.figure(name) for name in self._questions if name.startswith("age ")]

    @property
    def widest_age(self) -> int:
        return max(figure.number for figure in self.ages) or 1

    @cached_property
    def postponed(self) -> Postponed:
        query = [*_due(self.asked.first, self.asked.last), *NOT_CANCELLED]
        latest = self.lists.rows(FollowUpList, query).order_by("-due_on", "-pk")
        rows = list(latest.values_list("due_on", "original_due_on", "times_postponed")[:LATEST])
        days = [(due - first).days for due, first, times in rows if times]
        figure = Figure(_("postponed"), len(days), self.lists.url(FollowUpList, [*query, ("moved", "once")]))
        return Postponed(len(rows), figure, round(sum(days) / len(days)) if days else 0, max(days, default=0))

    @cached_property
    def _overdue(self) -> Rows:
        return self.lists.rows(FollowUpList, [("due", "overdue")]).order_by()

    @cached_property
    def _owed(self) -> dict[Organization, Rows]:
        """What is overdue of those who owe most, with what their members owe, as the list has it."""
        own = dict(self._most("owner", self._overdue, Organization.objects.all())[:OWNERS])
        in_all: Counter[int] = Counter()
        pairs = Organization.lineage.through.objects.filter(among("from_organization", list(own)))
        for owner, above in pairs.values_list("from_organization", "to_organization"):
            in_all[above] += own[owner]
        most = sorted(in_all, key=lambda key: (-in_all[key], key))[:NAMED]
        named = Organization.objects.in_bulk(most)
        below = Organization.objects.all()
        return {named[key]: self._overdue.filter(owner__in=below.filter(lineage=key).values("pk")) for key in most}

    def _most(self, path: str, rows: Rows, records: Rows) -> list[tuple[int, int]]:
        """By key, those of the records with most of these rows first. As long as nothing narrows them the rows of each
        are looked up in an index, no further than they are counted: a host has more than all others together."""
        if self.asked.records:
            counted = rows.filter(**{f"{path}__isnull": False}).values(path).annotate(number=Count("pk"))
            found = self.answers.values(counted.order_by().values_list(path, "number"))
        else:
            number = Few(rows.filter(**{path: OuterRef("pk")}), most=MOST)
            counting = records.order_by().annotate(number=number).values_list("pk", "number")
            found = self._asked(f"most by {path}", lambda: counting)
        return sorted([row for row in found if row[1]], key=lambda row: (-row[1], row[0]))

    @property
    def owners(self) -> list[Figure]:
        found = [
            Figure(owner.name, self._numbers[f"owner {owner.pk}"], self._overdue_of("organization", owner.slug))
            for owner in self._owed
        ]
        joint = replace(self.figure("joint"), label=Side.JOINT.label)
        return sorted([*found, *([joint] if joint.number else [])], key=lambda figure: -figure.number)

    @property
    def has_members_owing(self) -> bool:
        """Whether something is counted for a member and for what it is a member of."""
        return sum(figure.number for figure in self.owners) > self.figure("overdue").number

    @cached_property
    def assignees(self) -> list[Figure]:
        """Of what is ours or of both sides, by the colleague who does it; what nobody does stands there too."""
        of_sides = [("side", side.value) for side in self.OUR_SIDES]
        url = self._overdue_of("unassigned", "1", *of_sides)
        nobody = Figure(_("Nobody yet"), self._numbers["nobody"], url)
        found = [*self._colleagues("assignee", self.OUR_SIDES), *([nobody] if nobody.number else [])]
        return sorted(found, key=lambda figure: -figure.number)[:NAMED]

    @cached_property
    def chasers(self) -> list[Figure]:
        """Of what is theirs, by the colleague who reminds them."""
        return self._colleagues("chaser", [Side.THEIRS])

    def _colleagues(self, name: str, sides: list[Side]) -> list[Figure]:
        found = self._most(name, self._overdue.filter(side__in=sides), User.objects.all())[:NAMED]
        people = User.objects.in_bulk([key for key, _number in found])
        of_sides = [("side", side.value) for side in sides]
        return [
            Figure(str(people[key]), number, self._overdue_of(name, people[key].get_username(), *of_sides))
            for key, number in found
        ]

    def _overdue_of(self, name: str, value: str, *more: tuple[str, str]) -> str:
        return self.lists.url(FollowUpList, [("due", "overdue"), (name, value), *more])

    # Meetings --------------------------------------------------------------------------------------------------

    @property
    def is_of_latest_meetings(self) -> bool:
        return self.held.number > MEETINGS

    @property
    def looked_into(self) -> int:
        """How many of the meetings, the latest, are told apart."""
        return min(self.held.number, MEETINGS)

    @cached_property
    def _meetings(self) -> list[int]:
        """The latest by key: these are few, and what was said there is found by an index."""

        def write() -> Rows:
            latest = self.lists.rows(MeetingList, self._held).order_by("-starts_at", "-pk")
            return latest.values_list("pk")[:MEETINGS]

        return [key for (key,) in self._asked("meetings", write)]

    def _by(self, name: str, value: str) -> str:
        """None where the list would have more than those told apart."""
        return "" if self.is_of_latest_meetings else self.lists.url(MeetingList, [*self._held, (name, value)])

    @cached_property
    def kinds(self) -> list[Figure]:
        rows = (
            Meeting.objects.filter(among("pk", self._meetings))
            .order_by()
            .values("kind")
            .annotate(number=Count("pk"))
            .order_by("-number", "kind")
        )
        names = dict(Meeting.Kind.choices)
        return [
            Figure(names[kind], number, self._by("kind", kind)) for kind, number in rows.values_list("kind", "number")
        ]

    @cached_property
    def themes(self) -> list[Figure]:
        """Themes of the first level, or the sub-themes of the one that was asked for; a meeting counts under each."""
        level = {"parent": self.asked.theme} if self.asked.theme else {"depth": 1}
        told = {theme.pk: theme for theme in Theme.objects.filter(**level)}
        talks = Discussion.objects.visible_to(self.user).filter(among("meeting", self._meetings))
        # By key, as putting names in the order of a language takes longer than all the rest.
        rows = talks.filter(themes__lineage__in=list(told)).order_by().values_list("themes__lineage")
        numbers = dict(rows.annotate(number=Count("meeting", distinct=True)))
        most = sorted(numbers, key=lambda key: (-numbers[key], told[key].slug))[:NAMED]
        return [Figure(told[key].name, numbers[key], self._by("theme", told[key].slug)) for key in most]

    @cached_property
    def counterparts(self) -> list[Figure]:
        """Kinds of organizations on the other side; a meeting with several kinds counts under each."""
        there = among("meeting", self._meetings)
        seats = Party.objects.visible_to(self.user).filter(there, side=Party.Side.COUNTERPART)
        rows = seats.order_by().values_list("organization__kind").annotate(number=Count("meeting", distinct=True))
        names = dict(Organization.Kind.choices)
        found = rows.order_by("-number", "organization__kind")
        return [Figure(names[kind], number, self._by("counterpart", kind)) for kind, number in found]

    # Silence and balance ---------------------------------------------------------------------------------------

    @cached_property
    def _silent(self) -> dict[str, list[int]]:
        """Organizations by key, no more than are counted. They are looked for once, and told apart if few."""
        any_of_these = self._silent_keys("any")
        few = any_of_these if len(any_of_these) <= MEETINGS else None
        return {name: self._silent_keys(name, few) if any_of_these else [] for name in ("overdue", "never")}

    def _silent_keys(self, name: str, few: list[int] | None = None) -> list[int]:
        def write() -> Rows:
            rows = self.lists.rows(OrganizationList, [("silence", name)])
            rows = rows if few is None else rows.filter(KeysAsked("pk"))
            return rows.order_by().values_list("pk")[: MOST + 1]

        return [key for (key,) in self._asked(f"silent {name} {few is None}", write, few or ())]

    @cached_property
    def silent(self) -> list[Organization]:
        """Some of them, by name."""
        keys = [key for found in self._silent.values() for key in found[:OWNERS]]
        return list(Organization.objects.filter(pk__in=keys).order_by("sort_key", "pk")[:NAMED])

    @cached_property
    def _positions(self) -> Rows:
        """What counterparts held on topics at the meetings held in the period. The meetings are named for the seats
        too: else PostgreSQL reads every seat there is."""
        seated = Party.objects.filter(meeting=OuterRef("meeting"), organization=OuterRef("organization"))
        there = among("meeting", self._meetings)
        seated = seated.filter(there)
        heard = Position.objects.visible_to(self.user).filter(
            there, Exists(seated.filter(side=Party.Side.COUNTERPART)), discussion__topic__isnull=False
        )
        if theme := self.asked.theme:
            of_theme = Discussion.objects.filter(themes__lineage=theme, pk=OuterRef("discussion"))
            heard = heard.filter(Exists(of_theme))
        return heard.order_by()

    @cached_property
    def _kinds_on(self) -> dict[int, dict[str, int]]:
        """By topic, how many positions each kind of organization took; in one query."""
        rows = self._positions.values_list("discussion__topic", "organization__kind").annotate(number=Count("pk"))
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for topic, kind, number in self.answers.values(rows):
            found[topic][kind] = number
        return found

    @cached_property
    def shares(self) -> list[Share]:
        """Of all positions of counterparts, by the kind of organization."""
        in_all: Counter[str] = Counter()
        for kinds in self._kinds_on.values():
            in_all.update(kinds)
        return _shares(in_all)

    @property
    def shares_of_all(self) -> list[Figure]:
        return [Figure(f"{one.kind}, {one.percent}%", one.number) for one in self.shares]

    @cached_property
    def heard(self) -> list[Heard]:
        """The topics on which most positions were taken, each with who was heard."""
        return self._told(list(self._kinds_on))

    @cached_property
    def one_sided(self) -> list[Heard]:
        """Topics on which one kind of organization alone was heard, those with most positions."""
        return self._told(self._heard_alone)

    @property
    def _heard_alone(self) -> list[int]:
        """Of a topic with a single position, nothing can be said."""
        return [topic for topic, kinds in self._kinds_on.items() if len(kinds) == 1 and sum(kinds.values()) > 1]

    @property
    def number_one_sided(self) -> int:
        return len(self._heard_alone)

    def _told(self, topics: list[int]) -> list[Heard]:
        kinds = self._kinds_on
        most = sorted(topics, key=lambda topic: (-sum(kinds[topic].values()), topic))[:NAMED]
        named = Topic.objects.in_bulk(most)
        return [Heard(named[key], sum(kinds[key].values()), _shares(kinds[key])) for key in most]


def _shares(numbers: Mapping[str, int]) -> list[Share]:
    names, whole = dict(Organization.Kind.choices), sum(numbers.values())
    most = sorted(numbers.items(), key=lambda row: (-row[1], row[0]))
    return [Share(str(names[kind]), number, round(100 * number / whole)) for kind, number in most]


def _due(first: dt.date, last: dt.date) -> Query:
    return [("due_from", first.isoformat()), ("due_to", last.isoformat())]


def _percent(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None
