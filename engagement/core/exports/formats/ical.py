"""iCalendar (RFC 5545, with the refreshing hints of RFC 7986): the rows as dates of a calendar."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from engagement.core.types import FieldValue, Row

from ..base import UNKNOWN, Export

if TYPE_CHECKING:  # a library of some megabytes that most workers never need
    from icalendar import Calendar, Component  # some megabytes that most workers never need

Part = TypeVar("Part", bound="Component")
END = b"END:VCALENDAR\r\n"


def calendar_text(export: Export) -> Iterator[bytes]:
    """The calendar as it is made, row by row."""
    yield _calendar(export).to_ical().removesuffix(END)
    for row in export.rows():
        yield b"".join(component.to_ical() for component in export.components(row))
    yield END


def _calendar(export: Export) -> "Calendar":
    from icalendar import Calendar  # some megabytes that most workers never need

    calendar = Calendar()
    calendar.add("prodid", f"-//{export.site_name}//{export.name}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, export.title)
    calendar.add("url", export.page_url)
    calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    return calendar


def changed(row: Row) -> dict[str, FieldValue]:
    """When the row last changed for this reader, and a number that rises whenever it does.

    Seconds, since the version of a record would also tell of changes that this reader may not see.
    """
    at = row.changed_at or UNKNOWN
    return {"dtstamp": at, "last-modified": at, "sequence": int((at - UNKNOWN).total_seconds())}


def filled(component: Part, fields: dict[str, FieldValue]) -> Part:
    """The component with these properties; those without a value are left out."""
    for name, value in fields.items():
        if value not in (None, "", []):
            component.add(name, _clean(value) if isinstance(value, str) else value)
    return component


def _clean(text: str) -> str:
    """Without the control characters that a calendar cannot hold."""
    return "".join(letter for letter in text.replace("\r\n", "\n") if letter >= " " or letter in "\n\t")


def described(*lines: str, link: str) -> str:
    """A description that ends with the way to the page, since many programs show no other link."""
    return "\n\n".join([line for line in lines if line] + [link])
