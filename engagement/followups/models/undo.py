"""Undo of a follow-up's last move (memento): its state before, read from its history."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Actor

from .events import FollowUpEvent
from .followup import FollowUp
from .report import Report

RESTORED = (
    "status", "due_on", "original_due_on", "waiting_on_id", "assignee_id", "chaser_id", "closed_at", "closed_by_id",
    "result", "evidence",
)  # fmt: skip


def move_to_undo(followup: FollowUp, by: Actor) -> FollowUpEvent:
    """The last move, if it was this person's, nothing happened since, and it took nothing back itself."""
    event: FollowUpEvent | None = followup.events.order_by("pk").last()
    if event is None or by is None or event.by_id != by.pk:
        raise ValidationError(_("You can undo only your own last change."), code="not_yours")
    if event.undoes_id is not None:
        raise ValidationError(_("This was already undone."), code="undone")
    latest: Any = followup.history.order_by("history_id").last()
    if latest is None or latest.history_date > event.at:
        raise ValidationError(_("It has changed since. Nothing was undone."), code="changed")
    return event


def put_back(followup: FollowUp, event: FollowUpEvent) -> None:
    """Restore the state before the event; a report that was decided with it waits again."""
    earlier: Any = followup.history.filter(version__lt=followup.version).order_by("history_id").last()
    if earlier is None:
        raise ValidationError(_("It has changed since. Nothing was undone."), code="changed")
    for name in RESTORED:
        setattr(followup, name, getattr(earlier, name))
    followup.times_postponed -= event.postponed
    decided = Report.objects.filter(followup=followup, decided_by=event.by_id, decided_at__gt=earlier.history_date)
    for report in decided.select_for_update():
        report.wait_again(by=event.by)
