"""Field values of a meeting from a parsed row."""

import calendar
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_countries import countries

from engagement.core.text import fold
from engagement.imports.parsing.rows import MeetingReading
from meetings.models import Meeting

# What a row says about the meeting itself, and a later file may say differently.
FIELDS = (
    "title",
    "purpose",
    "starts_on",
    "ends_on",
    "start_time",
    "end_time",
    "time_zone",
    "attendance_mode",
    "venue",
    "city",
    "country",
    "kind",
    "source_url",
)


def stated(reading: MeetingReading) -> dict[str, Any]:
    """The values, as JSON keeps them; empty ones are left out."""
    last = reading.ends_on
    if reading.month_only and reading.on:
        last = reading.on.replace(day=calendar.monthrange(reading.on.year, reading.on.month)[1])
    values: dict[str, Any] = {
        "title": reading.title,
        "purpose": reading.purpose,
        "starts_on": reading.on and reading.on.isoformat(),
        "ends_on": last and last.isoformat(),
        "start_time": reading.start_time and reading.start_time.isoformat(),
        "end_time": reading.end_time and reading.end_time.isoformat(),
        "time_zone": reading.time_zone,
        "attendance_mode": reading.mode,
        "venue": reading.venue or _place(reading),
        "city": reading.city,
        "country": reading.country,
        "kind": reading.kind,
        "source_url": reading.source_url,
    }
    values["who"] = sorted(one.number or one.name or one.published for one in [*reading.hosts, *reading.counterparts])
    return {name: value for name, value in values.items() if value}


def place_of(values: dict[str, Any]) -> str:
    """Where and how people met, in one line for the preview."""
    modes = {value: str(label) for value, label in Meeting._meta.get_field("attendance_mode").flatchoices}
    country = countries.name(values.get("country", "")) if values.get("country") else ""
    mode = modes.get(values.get("attendance_mode", ""), "")
    venue, city = values.get("venue", ""), values.get("city", "")
    return ", ".join(filter(None, [venue, "" if fold(city) in fold(venue) else city, country, mode]))


def _place(reading: MeetingReading) -> str:
    """The place as published, where it says more than the city."""
    place = " ".join(reading.place.split())
    return "" if fold(place) == fold(reading.city) else place


def notes(reading: MeetingReading, host: str) -> str:
    """What has no field of its own is kept in words."""
    parts: list[tuple[Any, list[str]]] = [
        (gettext_noop("Represented by"), reading.representatives),
        (gettext_noop("For the other side"), reading.counterpart_people),
        (gettext_noop("Portfolio"), [reading.portfolio]),
        (gettext_noop("Themes"), reading.themes),
        (gettext_noop("Published on"), [str(reading.published_on or "")]),
    ]
    said = [f"{_(label)}: {', '.join(filter(None, texts))}." for label, texts in parts if any(texts)]
    if entangled := {one.published for one in reading.counterparts if not one.is_certain}:
        said.append(_("As published: %(text)s") % {"text": "; ".join(sorted(entangled))})
    if reading.month_only:
        said.append(_("Only the month is published."))
    return f"{host}. {' '.join(said)}" if said else ""


def kind_of(values: dict[str, Any], others: int) -> str:
    return values.get("kind") or str(Meeting.Kind.BILATERAL if others == 1 else Meeting.Kind.AD_HOC)
