"""Field values of a meeting from a parsed row."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_countries import countries

from engagement.core.folding import fold
from engagement.core.partial_dates import PartialDate, Precision
from engagement.imports.models.rows import Value
from engagement.imports.parsing.rows import MeetingRow, OrgMention
from meetings.models import Meeting

# What a row says about the meeting itself, and a later file may say differently.
FIELDS = (
    *("title", "purpose", "starts_on", "date_precision", "ends_on", "start_time", "end_time", "time_zone"),
    *("attendance_mode", "venue", "city", "country", "kind", "source_url"),
)


def stated(parsed: MeetingRow) -> dict[str, Value]:
    """The values, as JSON keeps them; empty ones are left out."""
    on = date_of(parsed)
    is_month = on is not None and not on.is_exact
    values: dict[str, Value] = {
        "title": parsed.title,
        "purpose": parsed.purpose,
        "starts_on": _iso(parsed.on),
        "date_precision": str(on.precision) if on else "",
        "ends_on": "" if is_month else _iso(parsed.ends_on),
        "start_time": "" if is_month else _iso(parsed.start_time),
        "end_time": "" if is_month else _iso(parsed.end_time),
        "time_zone": parsed.time_zone,
        "attendance_mode": parsed.mode,
        "venue": parsed.venue or _place(parsed),
        "city": parsed.city,
        "country": parsed.country,
        "kind": parsed.kind,
        "source_url": parsed.source_url,
    }
    values["who"] = sorted(name for one in [*parsed.hosts, *parsed.counterparts] for name in _named(one))
    values["people"] = sorted(one.key for one in [*parsed.our_people, *parsed.their_people])
    return {name: value for name, value in values.items() if value}


def _named(mention: OrgMention) -> list[str]:
    return list(mention.pieces) or [mention.number or mention.name or mention.published]


def date_of(parsed: MeetingRow) -> PartialDate | None:
    return PartialDate.of(parsed.on, Precision.MONTH if parsed.month_only else Precision.DAY)


def _iso(value: dt.date | dt.time | None) -> str:
    return value.isoformat() if value else ""


def place_of(values: dict[str, str]) -> str:
    """The place and mode of a meeting, in one line for the preview."""
    modes = {value: str(label) for value, label in Meeting._meta.get_field("attendance_mode").flatchoices}
    country = countries.name(values.get("country", "")) if values.get("country") else ""
    mode = modes.get(values.get("attendance_mode", ""), "")
    venue, city = values.get("venue", ""), values.get("city", "")
    city, mode = ("" if fold(word) in fold(venue) else word for word in (city, mode))
    return ", ".join(filter(None, [venue, city, country, mode]))


def _place(parsed: MeetingRow) -> str:
    """The place as published, where it says more than the city."""
    place = " ".join(parsed.place.split())
    return "" if fold(place) == fold(parsed.city) else place


def notes(parsed: MeetingRow, host: str) -> str:
    """Texts that have no field of their own, kept as a note."""
    parts: list[tuple[str, list[str]]] = [
        (gettext_noop("Represented by"), parsed.representatives),
        (gettext_noop("For the counterpart"), parsed.counterpart_people),
        (gettext_noop("Portfolio"), [parsed.portfolio]),
        (gettext_noop("Themes"), parsed.themes),
        (gettext_noop("Published on"), [str(parsed.published_on or "")]),
    ]
    sentences = [f"{_(label)}: {', '.join(filter(None, texts))}." for label, texts in parts if any(texts)]
    if entangled := {one.published for one in parsed.counterparts if not one.is_certain}:
        sentences.append(_("As published: %(text)s") % {"text": "; ".join(sorted(entangled))})
    return f"{host}. {' '.join(sentences)}" if sentences else ""


def kind_of(values: dict[str, str], others: int) -> str:
    return values.get("kind") or str(Meeting.Kind.BILATERAL if others == 1 else Meeting.Kind.AD_HOC)
