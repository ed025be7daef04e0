"""Continuity brief of a meeting: what to read first, what was said and asked before, and what both sides promised."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from engagement.core.queries import FEW
from engagement.core.types import Reader
from engagement.followups.models import FollowUp, FollowUpQuerySet
from engagement.followups.templatetags.followups_display import lateness, who_owes
from meetings.dossiers.brief import MeetingBrief
from meetings.models import Meeting, Party

PROMISES, CLOSED, POINTS, WORDS = 30, 10, 6, 14
"""So many open promises and closed ones, points at the top, and words of each."""


@dataclass(frozen=True)
class Promises:
    """Those of one side from before this meeting: open ones, earliest due first, and those closed since the last."""

    open: list[FollowUp]
    closed: list[FollowUp]

    @property
    def overdue(self) -> list[FollowUp]:
        return [one for one in self.open if one.days_late]


class Brief:
    """Everything the brief tells; ``meeting`` has what its page shows (``for_page``)."""

    def __init__(self, meeting: Meeting, user: Reader) -> None:
        self.meeting, self.user = meeting, user
        self.before = MeetingBrief(meeting, user)

    @cached_property
    def _promises(self) -> FollowUpQuerySet:
        seen = FollowUp.objects.visible_to(self.user).exclude(meeting=self.meeting)
        assert isinstance(seen, FollowUpQuerySet)
        return seen.for_list(self.user)

    @cached_property
    def _at_their_meetings(self) -> FollowUpQuerySet:
        """Of few meetings by key: asked otherwise, PostgreSQL walks through all promises in the order of their days to
        find those of a handful. Of many it soon finds enough."""
        sat = Party.objects.filter(organization__in=self.before.counterparts, side=Party.Side.COUNTERPART)
        few = list(sat.order_by().values_list("meeting", flat=True)[: FEW + 1])
        if len(few) <= FEW:
            return self._promises.filter(meeting__in=few)
        return self._promises.filter(Exists(sat.filter(meeting=OuterRef("meeting"))))

    def _told(self, rows: FollowUpQuerySet) -> Promises:
        since = self.before.last.ends_at if self.before.last else None
        closed = rows.filter(closed_at__gte=since).order_by("-closed_at", "-pk") if since else rows.none()
        return Promises(list(rows.is_open().by_due_date()[:PROMISES]), list(closed[:CLOSED]))

    @cached_property
    def ours(self) -> Promises:
        return self._told(self._at_their_meetings.filter(side=FollowUp.Side.OURS))

    @cached_property
    def theirs(self) -> Promises:
        return self._told(self._promises.filter(owner__in=self.before.counterparts))

    @cached_property
    def joint(self) -> Promises:
        return self._told(self._at_their_meetings.filter(side=FollowUp.Side.JOINT))

    @cached_property
    def points(self) -> list[str]:
        """The few sentences to read if there is time for no more."""
        return list(islice(self._points(), POINTS))

    def _points(self) -> Iterator[str]:
        for one in self.ours.overdue[:2]:
            text = _("Our promise has been overdue since %(day)s: %(title)s")
            yield text % {"day": _day(one.due_on), "title": one.title}
        for request in self.before.unanswered[-2:]:
            ours, theirs = (
                _("We asked (%(day)s) and got no answer: %(text)s"),
                _("%(who)s asked (%(day)s) and got no answer: %(text)s"),
            )
            words = {"who": request.voice.name, "day": request.talk["date"].short}
            asked = Truncator(request.voice.text).words(WORDS)
            yield (ours if request.is_ours else theirs) % {**words, "text": asked}
        for topic, move in self.before.changes[:2]:
            text = _("%(who)s changed its position on %(topic)s from “%(then)s” to “%(now)s”")
            yield text % {"who": move.name, "topic": topic.title, "then": move.then, "now": move.now}
        for one in self.theirs.overdue[:2]:
            text = _("%(who)s promised this, %(late)s: %(title)s")
            yield text % {"who": who_owes(one), "late": lateness(one), "title": one.title}


def _day(day: dt.date | None) -> str:
    return date_format(day, "j M Y") if day else ""
