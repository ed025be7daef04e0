"""Time zones of calendar events: local days and hours, by the clock on the wall."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from engagement.core.partial_dates import PartialDate
from meetings.models.times import MIDNIGHT

if TYPE_CHECKING:
    from icalendar import Component

_UNIVERSAL = ("UTC", "GMT", "Z", "ETC/UTC", "ETC/GMT")
_RULES = {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "UNTIL", "COUNT", "WKST"}


@dataclass(frozen=True, slots=True)
class Hours:
    """Local days and hours, as meetings have them."""

    time_zone: str
    starts_on: dt.date | None = None
    start_time: dt.time | None = None
    ends_on: dt.date | None = None
    end_time: dt.time | None = None

    @property
    def date(self) -> PartialDate | None:
        """An invitation names a day."""
        return PartialDate.of(self.starts_on)


def first(event: "Component", name: str) -> Any:
    value = event.get(name)
    return value[0] if isinstance(value, list) and value else value


def text_of(event: "Component", name: str) -> str:
    value = first(event, name)
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Zones:
    """Our own time zone, and those that a file defines under names of its own."""

    ours: str
    written: dict[str, "Component"]


def written_out(calendar: "Component") -> dict[str, "Component"]:
    plain = [zone for zone in calendar.walk("VTIMEZONE") if zone.get("TZID") and _is_plain(zone)]
    return {str(zone["TZID"]).strip(): zone for zone in plain[:20]}


def _is_plain(zone: "Component") -> bool:
    """Whether its clocks change a few times a year, as clocks do; other rules could be worked out for hours."""
    parts = [part for part in zone.walk() if part.name in ("STANDARD", "DAYLIGHT")]
    for rule in (part.get("RRULE") for part in parts):
        if rule is None:
            continue
        if isinstance(rule, list) or set(rule) - _RULES or list(rule.get("FREQ", [])) != ["YEARLY"]:
            return False
        if max(len(rule.get(name, [])) for name in _RULES) > 7 or len(rule.get("BYDAY", [])) > 1:
            return False
    return 0 < len(parts) <= 20


def known_zone(name: str) -> str:
    """The IANA name of a time zone as calendar programs write it; "" where there is none."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # slow to load, and seldom needed

    name = name.strip().strip('"')
    if name in WINDOWS_TO_OLSON:
        return str(WINDOWS_TO_OLSON[name])
    parts = name.split("/")
    for tail in ("/".join(parts[at:]) for at in range(min(len(parts), 6))):
        if "/" in tail and tail in available_timezones():
            return tail
    return ""


def hours_of(event: "Component", own: Zones, notes: list[str]) -> Hours:
    begins = getattr(first(event, "DTSTART"), "dt", None)
    if begins is None:
        notes.append(_("The invitation has no readable date."))
        return Hours(own.ours)
    if not isinstance(begins, dt.datetime):
        return _days(event, begins, own.ours)
    start, zone = _wall(event, "DTSTART", own, notes)
    end = _end(event, start, zone, own)
    if end is not None and end <= start:
        notes.append(_("The invitation ends before it begins. Its end was left out."))
        end = None
    if _is_all_day(event, start, end):
        assert end is not None
        last = (end - dt.timedelta(days=1)).date()
        return Hours(zone, start.date(), None, last if last > start.date() else None)
    if end is None:
        return Hours(zone, start.date(), start.time())
    last = end.date() - dt.timedelta(days=int(end.time() == MIDNIGHT))  # in a calendar 00:00 begins a day
    return Hours(zone, start.date(), start.time(), last if last > start.date() else None, end.time())


def _is_all_day(event: "Component", start: dt.datetime, end: dt.datetime | None) -> bool:
    """Some programs write whole days as hours, from midnight to midnight, and say so beside it."""
    is_marked = text_of(event, "X-MICROSOFT-CDO-ALLDAYEVENT").strip().upper() == "TRUE"
    return is_marked and end is not None and start.time() == end.time() == dt.time()


def _days(event: "Component", day: dt.date, own: str) -> Hours:
    """Whole days; the end that a file names is the day after the last one."""
    end = getattr(first(event, "DTEND"), "dt", None)
    length = getattr(first(event, "DURATION"), "dt", None)
    if isinstance(end, dt.datetime):
        end = end.date()
    if end is None and isinstance(length, dt.timedelta):
        end = day + length
    last = end - dt.timedelta(days=1) if isinstance(end, dt.date) else day
    return Hours(own, day, None, last if last > day else None)


def _wall(event: "Component", name: str, zones: Zones, notes: list[str]) -> tuple[dt.datetime, str]:
    """The local time that a clock on the wall shows, and its zone."""
    prop, own = first(event, name), zones.ours
    when: dt.datetime = prop.dt.replace(microsecond=0, second=0)
    is_universal = when.tzinfo is not None
    when = when.replace(tzinfo=None)
    written = str(prop.params.get("TZID", "")).strip()
    rules: dt.tzinfo | None = None
    if written and written.upper() not in _UNIVERSAL:
        if zone := known_zone(written):
            return when, zone
        sentence = _("The time zone “%(written)s” is not known. The times are read as %(zone)s time.")
        if written in zones.written:
            rules = zones.written[written].to_tz(lookup_tzid=False)  # type: ignore[attr-defined]
            sentence = _("The time zone “%(written)s” has no usual name. The times were converted to %(zone)s time.")
    elif is_universal or written:
        rules = dt.UTC
        sentence = _("The times were given in UTC. They were converted to %(zone)s time.")
    else:
        sentence = _("The invitation names no time zone. Its times are read as %(zone)s time.")
    notes.append(sentence % {"written": written[:60], "zone": own})
    return (when.replace(tzinfo=rules).astimezone(ZoneInfo(own)).replace(tzinfo=None) if rules else when), own


def _end(event: "Component", start: dt.datetime, zone: str, own: Zones) -> dt.datetime | None:
    """The end by the clock of the beginning."""
    end = getattr(first(event, "DTEND"), "dt", None)
    if isinstance(end, dt.datetime):
        local, other = _wall(event, "DTEND", own, [])
        if other != zone:
            local = local.replace(tzinfo=ZoneInfo(other)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return local
    length = getattr(first(event, "DURATION"), "dt", None)
    if isinstance(length, dt.timedelta):
        begun = start.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
        return (begun + length).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return None
