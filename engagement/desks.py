"""Front pages of those who signed in: cards of work, each a question to a list, so that its number is the list's."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.roles import MANAGER, PUBLISHER, SECRETARY
from engagement.core.lists.counts import MOST, CountBatch, count_text, written_once
from engagement.core.lists.filter_lookups import NAMED
from engagement.core.lists.views import ListPage
from engagement.core.partial_dates import PartialDate
from engagement.core.query_cache import KeptAnswers
from engagement.core.types import Label, Reader, Row, Rows, SignedIn
from engagement.desk_rows import FirstRows, open_promises
from engagement.followups.actions import BY_SLUG
from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp
from engagement.minutes.models import Minutes
from meetings.dossiers.recent_positions import Changed, Lately, OpenRequest
from meetings.four_eyes import PUBLISH
from meetings.intervals import Intervals
from meetings.lists import MeetingList, SeriesList
from meetings.models import Document, Meeting
from organizations.lists import OrganizationList
from organizations.models import Organization

SHOWN = 3
"""Rows on a card; its number leads to all of them."""
DAYS_TO_WRITE = 90
"""A meeting of which nothing is written is work for so many days; afterwards it is a gap in the record."""
NOON, EVENING = 12, 18
TO_PUBLISH, READY, CHANGED, MINE = "publication=due", "publication=ready", "publication=changed", "mine=1"


@dataclass(frozen=True)
class Question:
    """What a card asks: of which list, in which words and order; the tile above says the same in ``short``."""

    title: Label
    short: Label
    page: type[ListPage]
    query: str
    order: tuple[str | OrderBy, ...]
    empty: Label
    tone: str = ""
    is_read_whole: bool = False
    """Whether no index has its rows in this order: then all of them are found once, to count and to put in order."""


@dataclass(frozen=True)
class Card:
    """A question with its answer; its rows are read when they are shown."""

    asked: Question
    url: str
    number: int
    page: ListPage
    first: list[int]
    """The keys of its rows, in the order of the question."""
    shown: FirstRows

    @cached_property
    def rows(self) -> list[Row]:
        found = self.shown.of(self.page) if self.first else {}
        return [found[key] for key in self.first if key in found]

    @property
    def number_text(self) -> str:
        return count_text(self.number)

    @property
    def tone(self) -> str:
        return self.asked.tone if self.number else ""

    @property
    def is_cut(self) -> bool:
        """Whether there are more than its rows."""
        return self.number > SHOWN

    @property
    def is_of_minutes(self) -> bool:
        return self.asked.query.startswith("minutes=")

    @property
    def template(self) -> str:
        """That draws the rows."""
        return f"home/_{self.asked.page.filterset_class.Meta.model._meta.model_name}_rows.html"


@dataclass(frozen=True)
class OwnOrganization:
    """The front page of a representative: where the own organization stands with the host."""

    organization: Organization
    others: Sequence[Organization]
    next_meeting: Meeting | None
    promised: list[FollowUp]
    awaited: list[FollowUp]
    meetings: list[Meeting]
    papers: list[Document]
    minutes: list[Minutes]
    number_of_meetings: int

    @property
    def number_late(self) -> int:
        return sum(bool(one.days_late) for one in self.promised)


def questions_about_meetings(today: dt.date) -> list[Question]:
    since = today - dt.timedelta(days=DAYS_TO_WRITE)
    soon, until = ("starts_at", "pk"), ("minutes__deadline_on", "pk")
    return [
        Question(
            _("Meetings in the next 7 days"), _("meetings in 7 days"), MeetingList,
            "when=next_7&status=proposed&status=confirmed", soon, _("No meeting is planned for the next 7 days."),
        ),
        Question(
            _("Agenda proposals to answer"), _("agenda proposals"), MeetingList,
            "proposals=waiting", soon, _("No proposal for an agenda waits for an answer."), "soon",
        ),
        Question(
            _("Held, no minutes yet"), _("to write up"), MeetingList,
            f"record=empty&from={since}", soon, _("No meeting of the last 90 days is without minutes."), "soon", True,
        ),
        Question(
            _("Due for publication"), _("due for publication"), MeetingList,
            TO_PUBLISH, ("publication_due_on", "pk"), _("No meeting is due for publication."), "soon",
        ),
        Question(
            _("Ready to publish"), _("ready to publish"), MeetingList,
            READY, (F("publication_due_on").asc(nulls_last=True), "pk"),
            _("Nothing is ready to publish."), "soon",
        ),
        Question(
            _("Changes of published meetings"), _("changes to accept"), MeetingList,
            CHANGED, ("published_at", "pk"), _("No change is waiting for a publisher."), "soon",
        ),
        Question(
            _("Minutes with comments to resolve"), _("minutes with comments"), MeetingList,
            "minutes=comments", until, _("No comment on minutes waits for an answer."), "soon",
        ),
        Question(
            _("Minutes with few days left for comments"), _("minutes due"), MeetingList,
            "minutes=ending", until, _("No minutes are about to run out of days for comments."), "soon",
        ),
        Question(
            _("Minutes agreed, to make final"), _("minutes to make final"), MeetingList,
            "minutes=agreed", soon, _("No agreed minutes wait to be made final."), "soon",
        ),
    ]  # fmt: skip


def questions_about_silence() -> list[Question]:
    by_name = ("sort_key", "pk")
    return [
        Question(
            _("Series that should have met"), _("series to convene"), SeriesList,
            "rhythm=overdue", by_name, _("No series is past its interval."), "soon", True,
        ),
        Question(
            _("Organizations to meet"), _("organizations to meet"), OrganizationList,
            "silence=any", by_name, _("No organization is past the interval of its series."), "soon", True,
        ),
        Question(
            _("Eligibility to review"), _("eligibility to review"), OrganizationList,
            "review=1", by_name, _("No assessment of eligibility is to be reviewed."), "soon",
        ),
    ]  # fmt: skip


def questions_about_followups() -> list[Question]:
    due = (F("due_on").asc(nulls_last=True), "pk")
    return [
        Question(
            _("Ours, overdue"), _("ours, overdue"), FollowUpList,
            "due=overdue&side=ours", due, _("None of our promises is overdue."), "late",
        ),
        Question(
            _("Theirs, overdue"), _("theirs, overdue"), FollowUpList,
            "due=overdue&side=theirs", due, _("None of their promises is overdue."), "late",
        ),
        Question(
            _("Of both sides, overdue"), _("both sides’, overdue"), FollowUpList,
            "due=overdue&side=joint", due, _("No promise of both sides is overdue."), "late",
        ),
        Question(
            _("Due in the next 7 days"), _("due in 7 days"), FollowUpList,
            "due_within=7", due, _("Nothing is due in the next 7 days."), "soon",
        ),
        Question(
            _("Reported done, to confirm"), _("to confirm"), FollowUpList,
            "reported=1", due, _("There are no reports for you to confirm."), "soon",
        ),
        Question(
            _("Waiting for more than 30 days"), _("waiting over 30 days"), FollowUpList,
            "waiting=30", due, _("Nothing has been waiting for more than 30 days."), "soon",
        ),
        Question(
            _("Assigned to me"), _("mine, open"), FollowUpList,
            MINE, due, _("Nothing open is assigned to you or needs your reminder."),
        ),
    ]  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """All questions of a desk as one statement, and the addresses of their lists."""

    batch: CountBatch
    urls: list[str]


def answered(
    request: HttpRequest, questions: Sequence[Question], answers: KeptAnswers, is_mine: bool = False
) -> list[Card]:
    """Each question with its number and what comes first, all asked in one statement.

    Mine are the follow-ups I do or remind of, and the meetings, series and organizations of those I lead. To whoever
    sees all they are the same all day, as long as there is no other interval of series.
    """
    asked = tuple(question.query for question in questions)
    # The filter by lead names the organizations led by key.
    led = tuple(led_by(request.user)[: NAMED + 1]) if is_mine else None
    key = "desk", request.user.pk, request.user.get_username(), led, asked, Intervals.of(request)
    statement = written_once(key, lambda: _written(request, questions, is_mine))
    found, shown = statement.batch.answered(answers), FirstRows()
    pages = {kind: kind.for_request(request) for kind in dict.fromkeys(question.page for question in questions)}
    cards = []
    for place, (question, url) in enumerate(zip(questions, statement.urls, strict=True)):
        number, first = found[f"{place} in all"].number, found[f"{place} first"].keys
        page = pages[question.page]
        shown.wanted(page, first)
        cards.append(Card(question, url, number, page, first, shown))
    return cards


def led_by(user: Reader) -> Rows:
    """The organizations whose lead somebody is, by key."""
    return Organization.objects.filter(lead=user.pk).order_by("pk").values_list("pk", flat=True)


def _written(request: HttpRequest, questions: Sequence[Question], is_mine: bool) -> Statement:
    """Of each how many rows there are, and the keys of the first."""
    user, batch, urls = request.user, CountBatch(is_kept=True), []
    for place, question in enumerate(questions):
        page = question.page.for_request(request)
        by_lead = is_mine and question.page is not FollowUpList
        query = f"{question.query}&{MINE}" if is_mine and not by_lead and MINE not in question.query else question.query
        filterset = page.filterset_class(QueryDict(query), page.get_queryset(), request=request)
        # As the list does with lead=…, but the person is known already.
        rows = filterset.filters["lead"].filter(filterset.qs, [user]) if by_lead else filterset.qs
        if question.is_read_whole:
            keys = batch.some_of(f"{place} in all", rows, MOST)
            rows = keys.narrow(page.get_queryset(), "pk") if keys else rows.none()
        else:
            batch.count(f"{place} in all", rows)
        batch.first(f"{place} first", rows.order_by(*question.order), SHOWN)
        urls.append(f"{page.path}?{query}{f'&{urlencode(dict(lead=user.get_username()))}' if by_lead else ''}")
    return Statement(batch, urls)


class Desk:
    """The front page of somebody of the secretariat. ``mine=1`` in the address narrows every card to what is theirs."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.today = request.user, timezone.localdate()
        self.is_mine = request.GET.get("mine") == "1"
        meetings, silence = questions_about_meetings(self.today), questions_about_silence()
        questions = [*meetings, *silence, *questions_about_followups()]
        cards = answered(request, questions, KeptAnswers(), self.is_mine)
        of_meetings = len(meetings) + len(silence)
        self.meetings, self.followups = cards[:of_meetings], cards[of_meetings:]
        if self.role == PUBLISHER:
            self.meetings.sort(key=lambda card: card.asked.query not in (TO_PUBLISH, READY, CHANGED))

    @property
    def role(self) -> str:
        """Whose order the cards have, of people with several roles that of most of the work."""
        if self.user.has_perm("meetings.add_meeting"):
            return SECRETARY
        return PUBLISHER if self.user.has_perm(PUBLISH) else MANAGER

    @property
    def cards(self) -> list[Card]:
        """What comes first stands first: of publishers the meetings to publish, of everybody else what is overdue."""
        if self.role == PUBLISHER:
            return [*self.meetings, *self.followups]
        return [*self.followups, *self.meetings]

    @cached_property
    def columns(self) -> list[list[Card]]:
        """Two, about equally long; a manager's begin with promises, and with those in their own hands."""
        if self.role != MANAGER:
            return [self.meetings, self.followups]
        mine = [card for card in self.followups if card.asked.query == MINE]
        return [[card for card in self.followups if card not in mine], [*mine, *self.meetings]]

    @cached_property
    def first(self) -> Card | None:
        """The one that a narrow window shows unfolded."""
        return next((card for column in self.columns for card in column if card.number), None)

    @property
    def is_said_beside(self) -> bool:
        """Whether what was said lately stands in the second column."""
        return self.role == MANAGER

    @cached_property
    def done(self) -> list[Card]:
        return [card for card in self.cards if not card.number]

    @property
    def tiles(self) -> list[Card]:
        """What is not zero; zeros are told in a sentence each."""
        return [card for card in self.cards if card.tone]

    @property
    def part_of_day(self) -> str:
        hour = timezone.localtime().hour
        return "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"

    @cached_property
    def completable(self) -> set[int]:
        """The keys of the follow-ups shown that this person may complete."""
        shown = {row.pk: row for card in self.followups for row in card.rows}
        return BY_SLUG["complete"].permitted(self.user, list(shown.values()))

    @cached_property
    def promises(self) -> dict[int, tuple[int, str]]:
        """Of each planned meeting shown, how many promises of its counterparts are open, and the list of them."""
        shown = {row.pk: row for card in self.meetings if card.asked.page is MeetingList for row in card.rows}
        return open_promises([key for key, meeting in shown.items() if meeting.is_upcoming], self.user)

    @cached_property
    def met(self) -> dict[int, PartialDate | None]:
        """When each organization shown was last met."""
        shown = [row for card in self.meetings if card.asked.page is OrganizationList for row in card.rows]
        return {row.pk: PartialDate.read(row.last_met) for row in shown}

    @cached_property
    def lately(self) -> Lately:
        return Lately(self.user, set(led_by(self.user)) if self.is_mine else None)

    @property
    def unanswered(self) -> list[OpenRequest]:
        return self.lately.unanswered

    @cached_property
    def asked_of_us(self) -> list[OpenRequest]:
        """What others asked and we have not answered."""
        return [asked for asked in self.lately.unanswered if not asked.request.is_ours]

    @cached_property
    def asked_by_us(self) -> list[OpenRequest]:
        return [asked for asked in self.lately.unanswered if asked.request.is_ours]

    @cached_property
    def changes(self) -> list[Changed]:
        """Positions that changed at meetings of the last months."""
        since = self.today - dt.timedelta(days=DAYS_TO_WRITE)
        return [change for change in self.lately.changes if change.move.talk["date"].day >= since]


def own_organization(user: SignedIn) -> OwnOrganization | None:
    """Where the organization stands for which this person acts; the first by name, if there are several."""
    own = list(Organization.objects.represented_by(user).select_related("lead").order_by("sort_key", "pk"))
    if not own:
        return None
    first = own[0]
    was_there = Exists(first.parties.filter(meeting=OuterRef("pk")))
    at_ours = Exists(first.parties.filter(meeting=OuterRef("meeting")))
    met = Meeting.objects.visible_to(user).filter(was_there)
    promises = FollowUp.objects.visible_to(user).is_open().for_list(user).with_report(user)
    both = Q(Exists(first.parties.promising().filter(meeting=OuterRef("meeting"))), side=FollowUp.Side.JOINT)
    to_answer = Minutes.objects.visible_to(user).waiting_for(first)
    papers = Document.objects.visible_to(user).filter(at_ours).select_related("meeting")
    return OwnOrganization(
        organization=first,
        others=own[1:],
        next_meeting=met.upcoming().for_list().with_agenda(user).first(),
        promised=list(promises.filter(Q(owner=first) | both).by_due_date()[:20]),
        awaited=list(promises.filter(at_ours, side=FollowUp.Side.OURS).by_due_date()[:20]),
        meetings=list(met.latest()[:5]),
        papers=list(papers.order_by("-meeting__starts_at", "-pk")[:5]),
        minutes=list(to_answer.select_related("meeting").order_by("deadline_on", "pk")[:20]),
        number_of_meetings=met.held().count(),
    )
