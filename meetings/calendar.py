"""iCalendar entry of a meeting."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from engagement.core.exports import Export
from engagement.core.exports.formats.ical import changed, described, filled
from engagement.core.models import Visibility

from .date_text import days_of, end_of, is_several_days, zone_of
from .models import Meeting

if TYPE_CHECKING:  # a library of some megabytes that most workers never need
    from icalendar import Event, Journal

# A postponed meeting does not take place on the day the calendar shows; on its new day it is confirmed again.
STATUS = {
    Meeting.Status.PROPOSED: "TENTATIVE",
    Meeting.Status.CONFIRMED: "CONFIRMED",
    Meeting.Status.HELD: "CONFIRMED",
    Meeting.Status.POSTPONED: "CANCELLED",
    Meeting.Status.CANCELLED: "CANCELLED",
}
JOURNAL_STATUS = {Meeting.Status.CANCELLED: "CANCELLED", Meeting.Status.HELD: "FINAL"}
CLASS = {Visibility.PUBLIC: "PUBLIC", Visibility.SHARED: "CONFIDENTIAL", Visibility.INTERNAL: "PRIVATE"}


def event_of(meeting: Any, export: Export) -> "Event":
    """Moments in UTC, which every program turns into its reader's hours; whole days as days, the last one excluded."""
    begins, ends = _times(meeting)
    fields = {
        **_common(meeting, export),
        "status": STATUS[meeting.status],
        "dtstart": begins,
        "dtend": ends,
        "location": ", ".join(part for part in (meeting.venue, meeting.city, _country(meeting)) if part),
    }
    from icalendar import Event  # some megabytes that most workers never need

    event: Event = filled(Event(), fields)
    return event


def journal_of(meeting: Any, export: Export) -> "Journal":
    status = JOURNAL_STATUS.get(meeting.status, "DRAFT")
    from icalendar import Journal  # some megabytes that most workers never need

    journal: Journal = filled(Journal(), {**_common(meeting, export), "status": status})
    return journal


def _common(meeting: Any, export: Export) -> dict[str, Any]:
    return {
        "uid": export.uid(meeting.reference),
        **changed(meeting),
        "summary": _title(meeting),
        "description": _description(meeting, meeting.address),
        "url": meeting.address,
        "categories": [str(meeting.get_kind_display())],
        "class": CLASS[meeting.get_effective_visibility()],
    }


def _times(meeting: Any) -> tuple[Any, Any]:
    last_day = meeting.ends_on or meeting.starts_on
    if meeting.is_all_day:
        return meeting.starts_on, last_day + dt.timedelta(days=1)
    has_end = meeting.end_time is not None or last_day > meeting.starts_on
    return meeting.starts_at.astimezone(dt.UTC), meeting.ends_at.astimezone(dt.UTC) if has_end else None


def _title(meeting: Any) -> str:
    """Many programs do not show how an entry of a foreign calendar stands, so the title says it too."""
    if STATUS[meeting.status] == "CANCELLED":
        return _("%(status)s: %(title)s") % {"status": meeting.get_status_display(), "title": meeting.title}
    return str(meeting.title)


def _description(meeting: Any, link: str) -> str:
    who = ", ".join(party.organization.name for party in meeting.parties.all())
    hours = ""
    if meeting.start_time and is_several_days(meeting):
        hours = f"{days_of(meeting)} ({zone_of(meeting)})"
    elif meeting.date and not meeting.date.is_exact:
        hours = str(meeting.date)
    elif meeting.start_time:
        until = f"–{end_of(meeting)}" if meeting.end_time is not None else ""
        hours = f"{meeting.start_time:%H:%M}{until} ({zone_of(meeting)})"
    agenda = "\n".join(f"- {item.heading}" for item in meeting.discussions.all())
    return described(str(meeting.get_status_display()), hours, who, meeting.purpose, agenda, link=link)


def _country(meeting: Any) -> str:
    return str(meeting.country.name) if meeting.country else ""
