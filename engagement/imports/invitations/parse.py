"""iCalendar parser: the event of an .ics file as plain data. Looks nothing up."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from engagement.imports.invitations.event_hours import Hours, Zones, first, hours_of, known_zone, text_of, written_out
from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.texts import clean, storable, title_of, whole

if TYPE_CHECKING:
    from icalendar import Component

MOST_BYTES = 1024 * 1024
MOST_EVENTS = 50
MOST_ADDRESSES = 100
MOST_LISTED = 500  # addresses of one event that are looked at
MOST_LINES = 5_000
_LONGEST = 20_000  # characters of a description
_ADDRESS = re.compile(r"[^\s@<>\"]{1,64}@([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ANSWERS = ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH")


@dataclass(frozen=True, slots=True)
class Invited:
    """An address of an invitation, with the name that stands beside it."""

    address: str
    name: str = ""
    is_organizer: bool = False
    is_thing: bool = False  # a room or a piece of equipment

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Invitation:
    """One event of a calendar file."""

    uid: str
    occurrence: str  # which one of a recurring event, if it is about one only
    sequence: int
    title: str
    hours: Hours
    place: str
    description: str
    invited: tuple[Invited, ...]
    notes: tuple[str, ...]

    @property
    def key(self) -> str:
        """The key by which the same invitation is known when it comes again."""
        named = self.uid or repr((self.title, self.hours))
        return hashlib.sha256(f"invitation\n{named}\n{self.occurrence}".encode()).hexdigest()

    @property
    def facts(self) -> dict[str, str]:
        """The facts of an invitation as plain texts, to be kept and compared."""
        hours = self.hours
        return {
            "title": self.title,
            "begins": _moment(hours.starts_on, hours.start_time),
            "ends": _moment(hours.ends_on, hours.end_time),
            "time_zone": hours.time_zone,
            "place": self.place,
            "description": self.description,
            "addresses": ", ".join(sorted(one.address for one in self.invited)),
        }


def _moment(day: dt.date | None, hour: dt.time | None) -> str:
    return " ".join(filter(None, [day.isoformat() if day else "", f"{hour:%H:%M}" if hour else ""]))


def read_invitations(data: bytes, zone: str) -> list[Invitation]:
    """The events of a file; ``zone`` is where we are. Raises Unreadable with the sentence to show."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 1 MB. An invitation is much smaller: save it alone."))
    text = _decoded(data)
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise Unreadable(_("This is not a calendar file. Save the invitation from your calendar as .ics."))
    if not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise Unreadable(_("The end of the file is missing. Save the invitation again."))
    text, is_cut = _without_crowds(text)
    try:
        return [_with_note(one) if is_cut else one for one in _events(text, zone)]
    except Unreadable:
        raise
    except Exception:  # whatever the library meets in a damaged file
        sentence = _("The calendar file is damaged. Save the invitation from your calendar again.")
        raise Unreadable(sentence) from None
    finally:
        from icalendar import use_zoneinfo  # slow to load, and seldom needed

        use_zoneinfo()  # the library would keep the time zones of one file for the next


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return storable(data.decode("utf-16", "replace"))
    try:
        return storable(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return storable(data.decode("cp1252", "replace"))


def _without_crowds(text: str) -> tuple[str, bool]:
    """The text with the first few hundred attendees of each event, and whether there were more.

    The library needs half a millisecond for each line, however few of them are of use.
    """
    kept: list[str] = []
    listed = number = 0
    is_left_out = is_cut = False
    for line in _LINE.findall(text):
        if not line.startswith((" ", "\t")):  # else it goes on with the line before
            number += 1
            start = line[:12].upper()
            listed = 0 if start == "BEGIN:VEVENT" else listed + start.startswith(("ATTENDEE;", "ATTENDEE:"))
            is_left_out = start.startswith(("ATTENDEE;", "ATTENDEE:")) and listed > MOST_LISTED
            is_cut = is_cut or is_left_out
            number -= is_left_out
            if number > MOST_LINES:
                sentence = _("This calendar file has more than %(most)d lines. Save one invitation alone.")
                raise Unreadable(sentence % {"most": MOST_LINES})
        if not is_left_out:
            kept.append(line)
    return "".join(kept), is_cut


def _with_note(one: Invitation) -> Invitation:
    note = _("The invitation lists too many addresses. Only the first %(most)d were checked.")
    return replace(one, notes=(*one.notes, note % {"most": MOST_LISTED}))


def _events(text: str, zone: str) -> list[Invitation]:
    from icalendar import Calendar  # slow to load, and seldom needed

    found: list[Invitation] = []
    cancelled = 0
    for calendar in Calendar.from_ical(text, multiple=True):
        method = clean(str(calendar.get("METHOD", ""))).upper()
        if method in _ANSWERS:
            raise Unreadable(_("This is an answer to an invitation, not an invitation."))
        own = Zones(known_zone(str(calendar.get("X-WR-TIMEZONE", ""))) or zone, written_out(calendar))
        for event in calendar.walk("VEVENT"):
            if method == "CANCEL" or text_of(event, "STATUS").strip().upper() == "CANCELLED":
                cancelled += 1
            elif len(found) < MOST_EVENTS:
                found.append(_invitation(event, own))
            else:
                sentence = _("This is a whole calendar with more than %(most)d events. Save one invitation.")
                raise Unreadable(sentence % {"most": MOST_EVENTS})
    if cancelled and not found:
        raise Unreadable(_("The sender cancelled this invitation, so there is no meeting to propose."))
    if not found:
        raise Unreadable(_("There is no event in this calendar file."))
    return found


def _invitation(event: "Component", own: Zones) -> Invitation:
    notes: list[str] = []
    hours = hours_of(event, own, notes)
    if event.get("RRULE") or event.get("RDATE"):
        notes.append(_("The invitation recurs. Only its first occurrence is proposed."))
    title = title_of(text_of(event, "SUMMARY"))
    if not title:
        notes.append(_("The invitation has no title. Enter one for the meeting."))
    description = whole(text_of(event, "DESCRIPTION")).strip()
    if len(description) > _LONGEST:
        description = description[:_LONGEST] + "…"
        notes.append(_("The description is too long. Only its beginning was kept."))
    return Invitation(
        uid=clean(text_of(event, "UID"))[:500],
        occurrence=_occurrence(event),
        sequence=_number(event),
        title=title,
        hours=hours,
        place=clean(text_of(event, "LOCATION"))[:1000],
        description=description,
        invited=tuple(_invited(event, notes)),
        notes=tuple(dict.fromkeys(notes)),
    )


def _number(event: "Component") -> int:
    text = text_of(event, "SEQUENCE").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _occurrence(event: "Component") -> str:
    which = first(event, "RECURRENCE-ID")
    return "" if which is None else which.to_ical().decode("utf-8", "replace")[:50]


# Who ----------------------------------------------------------------------------------------------------


def _invited(event: "Component", notes: list[str]) -> list[Invited]:
    """Each address once, the organizer first."""
    found: dict[str, Invited] = {}
    unread = 0
    for name, value in _addresses(event):
        address = re.sub(r"^\s*mailto:", "", str(value), flags=re.IGNORECASE).strip().lower()
        if not _ADDRESS.fullmatch(address):
            unread += 1
            continue
        params = getattr(value, "params", {})
        common_name = clean(str(params.get("CN", ""))).strip("'\" ")[:200]
        is_thing = str(params.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE")
        one = Invited(address, "" if common_name.lower() == address else common_name, name == "ORGANIZER", is_thing)
        found.setdefault(address, one)
    if unread:
        notes.append(_("Invited without an e-mail address, and left out: %(n)d.") % {"n": unread})
    if len(found) > MOST_ADDRESSES:
        notes.append(_("Only the first %(most)d addresses are shown.") % {"most": MOST_ADDRESSES})
    return list(found.values())[:MOST_ADDRESSES]


def _addresses(event: "Component") -> Iterator[tuple[str, object]]:
    for name in ("ORGANIZER", "ATTENDEE"):
        value = event.get(name)
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                yield name, one
