"""Local dates and hours, and the moments they stand for."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MIDNIGHT = dt.time()


def default_time_zone() -> str:
    return str(settings.TIME_ZONE)


@cache
def _time_zones() -> set[str]:
    return available_timezones()


def is_time_zone(name: str) -> bool:
    return name in _time_zones()


def validate_time_zone(name: str) -> None:
    if not is_time_zone(name):
        raise ValidationError(_("Enter a time zone such as Europe/Amsterdam."), code="unknown_time_zone")


def moment(day: dt.date, hour: dt.time | None, zone: str) -> dt.datetime:
    """The moment of a local date and hour (midnight without an hour); where clocks skip the hour, the one after."""
    local = dt.datetime.combine(day, hour or dt.time(), tzinfo=ZoneInfo(zone))
    return local.astimezone(dt.UTC)


def end_of_day(day: dt.date, zone: str) -> dt.datetime:
    """The moment a local day is over."""
    return moment(day + dt.timedelta(days=1), None, zone)


def end(starts_on: dt.date, ends_on: dt.date | None, end_time: dt.time | None, zone: str) -> dt.datetime:
    """The moment a meeting ends; 00:00 is the midnight that ends its last day, be it the only one or not."""
    if end_time in (None, MIDNIGHT):
        return end_of_day(ends_on or starts_on, zone)
    return moment(ends_on or starts_on, end_time, zone)


def local_day(when: dt.datetime, zone: str) -> dt.date:
    return when.astimezone(ZoneInfo(zone)).date()
