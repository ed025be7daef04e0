"""Format when a meeting takes place: one day with its hours, or several days from an hour to an hour."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from engagement.core.time_zones import zone_name
from meetings.models import AgendaSending, Meeting

from .models.times import MIDNIGHT


def is_several_days(meeting: Meeting) -> bool:
    return meeting.ends_on is not None and meeting.ends_on != meeting.starts_on


def dates_of(meeting: Any) -> str:
    """8 May 2025; 8 to 9 May 2025; 1 June to 3 July 2025; May 2025; or that no date is set. Never with hours."""
    first, last = meeting.starts_on, meeting.ends_on
    if first is None:
        return _("No date yet")
    if not is_several_days(meeting):
        return str(meeting.date)
    words = {"first": _shortened(first, last, with_hours=False), "last": date_format(last, "j F Y")}
    return _("%(first)s to %(last)s") % words


def days_of(meeting: Any) -> str:
    """As ``dates_of``; several days with their hours, 1 June, 14:00 to 3 June 2025, 12:00."""
    first, last = meeting.starts_on, meeting.ends_on
    if first is None or not is_several_days(meeting) or meeting.start_time is None:
        return dates_of(meeting)
    words = {"first": _shortened(first, last, with_hours=True), "last": date_format(last, "j F Y")}
    words["first"] = f"{words['first']}, {time_format(meeting.start_time, 'H:i')}"
    if meeting.end_time is not None:
        words["last"] = f"{words['last']}, {end_of(meeting)}"
    return _("%(first)s to %(last)s") % words


def hours_of(meeting: Meeting) -> str:
    """From when to when, with the time zone in brackets; that alone where the days have their hours."""
    if meeting.date is None or not meeting.date.is_exact:
        return ""
    if meeting.start_time is None:
        if not meeting.is_upcoming:
            return _("time not recorded")
        return _("no time yet") if meeting.status == meeting.Status.PROPOSED else _("all day")
    words = {"from": time_format(meeting.start_time, "H:i"), "zone": zone_of(meeting)}
    if is_several_days(meeting):
        return f"({words['zone']})"
    if meeting.end_time is None:
        return _("from %(from)s (%(zone)s)") % words
    return _("%(from)s to %(to)s (%(zone)s)") % {**words, "to": end_of(meeting)}


def zone_of(meeting: Meeting) -> str:
    return zone_name(meeting.time_zone)


def end_of(meeting: Any) -> str:
    """The hour it ends; 00:00 is the midnight that ends the last day."""
    return _("midnight") if meeting.end_time == MIDNIGHT else time_format(meeting.end_time, "H:i")


def _shortened(first: dt.date, last: dt.date, *, with_hours: bool) -> str:
    """The first day without what it shares with the last one."""
    if (first.year, first.month) == (last.year, last.month) and not with_hours:
        return date_format(first, "j")
    return date_format(first, "j F" if first.year == last.year else "j F Y")


def date_told(meeting: Meeting) -> str:
    """The date and hours as an agenda says them."""
    days, hours = days_of(meeting), hours_of(meeting)
    return f"{days} {hours}" if hours.startswith("(") else ", ".join(filter(None, (days, hours)))


def date_sent_before(meeting: Meeting, last: AgendaSending | None) -> str:
    """The date that whoever got the agenda last read in it, if the meeting has another now."""
    return last.date_told if last and last.date_told != date_told(meeting) else ""
