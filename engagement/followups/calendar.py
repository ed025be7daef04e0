"""iCalendar entries of a follow-up: the day it is due, and a to-do."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from engagement.core.exports import Export
from engagement.core.exports.formats.ical import changed, described, filled
from engagement.core.models import Visibility

from .models import FollowUp

if TYPE_CHECKING:  # a library of some megabytes that most workers never need
    from icalendar import Event, Todo

TODO_STATUS = {
    FollowUp.Status.OPEN: "NEEDS-ACTION",
    FollowUp.Status.IN_PROGRESS: "IN-PROCESS",
    FollowUp.Status.WAITING: "IN-PROCESS",
    FollowUp.Status.DONE: "COMPLETED",
    FollowUp.Status.CANCELLED: "CANCELLED",
}
CLASS = {Visibility.PUBLIC: "PUBLIC", Visibility.SHARED: "CONFIDENTIAL", Visibility.INTERNAL: "PRIVATE"}
PRIORITY = {FollowUp.Priority.LOW: 9, FollowUp.Priority.NORMAL: 5, FollowUp.Priority.HIGH: 1}


def event_of(followup: Any, export: Export) -> "Event":
    """The whole day it is due; nobody is busy because of it."""
    is_off = followup.status == FollowUp.Status.CANCELLED
    fields = {
        **_common(followup, export),
        "uid": export.uid(f"{followup.reference}-due"),
        "status": "CANCELLED" if is_off else "CONFIRMED",
        "dtstart": followup.due_on,
        "dtend": followup.due_on + dt.timedelta(days=1),
        "transp": "TRANSPARENT",
        "summary": _("Due: %(title)s") % {"title": followup.title},
    }
    from icalendar import Event  # some megabytes that most workers never need

    event: Event = filled(Event(), fields)
    return event


def todo_of(followup: Any, export: Export) -> "Todo":
    is_done = followup.status == FollowUp.Status.DONE
    fields = {
        **_common(followup, export),
        "uid": export.uid(followup.reference),
        "status": TODO_STATUS[followup.status],
        "due": followup.due_on,
        "completed": followup.closed_at.astimezone(dt.UTC) if is_done else None,
        "percent-complete": 100 if is_done else None,
        "priority": PRIORITY.get(followup.priority) if export.is_inside else None,
        "summary": followup.title,
    }
    from icalendar import Todo  # some megabytes that most workers never need

    todo: Todo = filled(Todo(), fields)
    return todo


def _common(followup: Any, export: Export) -> dict[str, object]:
    who = followup.owner.name if followup.owner else _("Both sides")
    origin = str(followup.meeting.title) if followup.meeting else ""
    return {
        **changed(followup),
        "description": described(
            str(followup.get_status_display()), who, followup.details, origin, link=followup.address
        ),
        "url": followup.address,
        "class": CLASS[followup.get_effective_visibility()],
    }
