"""Front pages of those who signed in: cards of work, each a question to a list, so that its number is the list's."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.lists.counts import count_all, count_text
from engagement.core.lists.views import ListPage
from engagement.core.types import Label, SignedIn
from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp
from meetings.lists import MeetingList
from meetings.models import Document, Meeting
from organizations.models import Organization

SHOWN = 4
"""Rows on a card; its number leads to all of them."""
DAYS_TO_WRITE = 90
"""A meeting of which nothing is written is work for so many days; afterwards it is a gap in the record."""


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


@dataclass(frozen=True)
class Card:
    """A question with its answer."""

    asked: Question
    url: str
    number: int
    rows: Sequence[Meeting | FollowUp]

    @property
    def told(self) -> str:
        return count_text(self.number)

    @property
    def tone(self) -> str:
        return self.asked.tone if self.number else ""

    @property
    def is_of_meetings(self) -> bool:
        return issubclass(self.asked.page, MeetingList)


@dataclass(frozen=True)
class Desk:
    """The front page of somebody of the secretariat."""

    today: dt.date
    meetings: Sequence[Card]
    followups: Sequence[Card]

    @property
    def cards(self) -> list[Card]:
        return [*self.followups, *self.meetings]


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
    number_of_meetings: int

    @property
    def number_late(self) -> int:
        return sum(bool(one.days_late) for one in self.promised)


def questions_about_meetings(today: dt.date) -> list[Question]:
    since = today - dt.timedelta(days=DAYS_TO_WRITE)
    soon = ("starts_at", "pk")
    return [
        Question(
            _("Meetings in the next 7 days"), _("meetings in 7 days"), MeetingList,
            "when=next_7&status=proposed&status=confirmed", soon, _("No meeting is planned for the next 7 days."),
        ),
        Question(
            _("Held, no minutes yet"), _("to write up"), MeetingList,
            f"record=empty&from={since}", soon, _("Every meeting of the last 90 days is written up."), "soon",
        ),
        Question(
            _("To publish"), _("to publish"), MeetingList,
            "publication=due", ("publication_due_on", "pk"), _("Nothing to publish."), "soon",
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
            _("Due in the next 7 days"), _("due in 7 days"), FollowUpList,
            "due_within=7", due, _("Nothing is due in the next 7 days."), "soon",
        ),
        Question(
            _("Assigned to me"), _("mine, open"), FollowUpList,
            "mine=1", due, _("Nothing open is assigned to you or needs your reminder."),
        ),
    ]  # fmt: skip


def page_for(request: HttpRequest, question: Question) -> ListPage:
    """The list that is asked, as this reader opens it."""
    page = question.page()
    page.setup(request)
    return page


def answered(request: HttpRequest, questions: Sequence[Question]) -> list[Card]:
    """Each question with its number, all counted in one statement, and its first rows."""
    pages = [page_for(request, question) for question in questions]
    asked = [
        page.filterset_class(QueryDict(question.query), page.get_queryset(), request=request).qs
        for page, question in zip(pages, questions, strict=True)
    ]
    numbers = count_all({str(place): rows for place, rows in enumerate(asked)})
    found = []
    for place, (question, page, rows) in enumerate(zip(questions, pages, asked, strict=True)):
        number = numbers[str(place)]
        first = list(page.prepare(rows.order_by(*question.order), request)[:SHOWN]) if number else []
        found.append(Card(question, f"{page.path}?{question.query}", number, first))
    return found


def desk(request: HttpRequest) -> Desk:
    """What waits for somebody of the secretariat."""
    today = timezone.localdate()
    about_meetings = questions_about_meetings(today)
    cards = answered(request, [*about_meetings, *questions_about_followups()])
    return Desk(today, cards[: len(about_meetings)], cards[len(about_meetings) :])


def own_organization(user: SignedIn) -> OwnOrganization | None:
    """Where the organization stands for which this person acts; the first by name, if there are several."""
    own = list(Organization.objects.represented_by(user).order_by("sort_key", "pk"))
    if not own:
        return None
    first = own[0]
    was_there = Exists(first.parties.filter(meeting=OuterRef("pk")))
    at_ours = Exists(first.parties.filter(meeting=OuterRef("meeting")))
    met = Meeting.objects.visible_to(user).filter(was_there)
    promises = FollowUp.objects.visible_to(user).is_open().for_list(user)
    papers = Document.objects.visible_to(user).filter(at_ours).select_related("meeting")
    return OwnOrganization(
        organization=first,
        others=own[1:],
        next_meeting=met.upcoming().for_list().with_agenda(user).first(),
        promised=list(promises.filter(Q(owner=first) | Q(at_ours, side=FollowUp.Side.JOINT)).by_due_date()[:20]),
        awaited=list(promises.filter(at_ours, side=FollowUp.Side.OURS).by_due_date()[:20]),
        meetings=list(met.latest()[:5]),
        papers=list(papers.order_by("-meeting__starts_at", "-pk")[:5]),
        number_of_meetings=met.held().count(),
    )
