"""Bulk writer of the sample: the one of ``engagement/core/bulk.py``, for every kind of row that a sample has."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from engagement.core import bulk
from engagement.core.bulk import refer
from engagement.core.models import Visibility
from engagement.followups.models import CarryOver, FollowUp, FollowUpEvent, Report, ReportLink
from meetings import bulk as of_meetings
from meetings.models import Discussion, Document, Meeting, Outcome, Participant, Party, Position
from organizations import bulk as of_organizations


def followups(rows: Sequence[Any]) -> None:
    refer("FU", rows, [row.reference_year for row in rows])
    for row in rows:
        if row.meeting is None:
            row.level_cap_in_bulk = Visibility.SHARED


class BulkWriter(bulk.BulkWriter):
    """Everything a sample has, in the order in which it belongs together."""

    rules: ClassVar[dict[type[Any], bulk.Rule]] = {**of_organizations.RULES, **of_meetings.RULES, FollowUp: followups}

    def add(self, rows: Iterable[Any]) -> None:
        told = list(rows)
        for row in told:
            if isinstance(row, Discussion | Outcome):
                row.meeting.is_written_up = True
        super().add(told)

    in_order = (
        Meeting,
        Party,
        Participant,
        Discussion,
        Discussion.themes.through,
        Discussion.references.through,
        Discussion.mentions.through,
        Position,
        Outcome,
        Document,
        FollowUp,
        ReportLink,
        Report,
        FollowUpEvent,
        CarryOver,
    )
