"""Local dates and hours, and the moments they stand for."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def default_time_zone() -> str:
    return settings.TIME_ZONE


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Write a time zone such as Europe/Amsterdam."), code="unknown_time_zone")


def moment(day: dt.date, hour: dt.time | None, zone: str) -> dt.datetime:
    """The moment of a local date and hour (midnight without an hour); where clocks skip the hour, the one after."""
    local = dt.datetime.combine(day, hour or dt.time(), tzinfo=ZoneInfo(zone))
    return local.astimezone(dt.UTC)


def end_of_day(day: dt.date, zone: str) -> dt.datetime:
    """The moment a local day is over."""
    return moment(day + dt.timedelta(days=1), None, zone)


def local_day(when: dt.datetime, zone: str) -> dt.date:
    return when.astimezone(ZoneInfo(zone)).date()
