"""Local dates and hours, and the moments they stand for."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from meetings.models.times import end_of_day, local_day, moment
from tests import makers


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "when"),
    [
        ("2025-05-08", "10:00", "Europe/Brussels", "2025-05-08 08:00"),
        ("2025-01-08", "10:00", "Europe/Brussels", "2025-01-08 09:00"),
        ("2025-05-08", None, "Europe/Brussels", "2025-05-07 22:00"),
        ("2025-03-30", "02:30", "Europe/Brussels", "2025-03-30 01:30"),  # there is no such hour: 3:30
        ("2025-10-26", "02:30", "Europe/Brussels", "2025-10-26 00:30"),  # twice: the first
        ("2025-05-08", "10:00", "America/New_York", "2025-05-08 14:00"),
        ("2025-05-08", "10:00", "Asia/Kolkata", "2025-05-08 04:30"),
    ],
)
def test_moment(day: str, hour: str | None, zone: str, when: str) -> None:
    local = moment(dt.date.fromisoformat(day), dt.time.fromisoformat(hour) if hour else None, zone)
    assert local == utc(when)


@pytest.mark.parametrize(
    ("day", "over", "hours"),
    [
        ("2025-05-08", "2025-05-08 22:00", 24),
        ("2025-03-30", "2025-03-30 22:00", 23),
        ("2025-10-26", "2025-10-26 23:00", 25),
        ("2025-12-31", "2025-12-31 23:00", 24),
    ],
)
def test_a_day_ends_at_midnight_where_it_is(day: str, over: str, hours: int) -> None:
    zone, date = "Europe/Brussels", dt.date.fromisoformat(day)
    assert end_of_day(date, zone) == utc(over)
    assert end_of_day(date, zone) - moment(date, None, zone) == dt.timedelta(hours=hours)
    assert local_day(end_of_day(date, zone) - dt.timedelta(microseconds=1), zone) == date


@pytest.mark.parametrize(
    ("fields", "starts", "ends"),
    [
        ({}, "2025-05-07 22:00", "2025-05-08 22:00"),
        ({"start_time": dt.time(10)}, "2025-05-08 08:00", "2025-05-08 22:00"),
        ({"start_time": dt.time(10), "end_time": dt.time(12)}, "2025-05-08 08:00", "2025-05-08 10:00"),
        ({"ends_on": dt.date(2025, 5, 10)}, "2025-05-07 22:00", "2025-05-10 22:00"),
        (
            {"start_time": dt.time(22), "end_time": dt.time(1), "ends_on": dt.date(2025, 5, 9)},
            "2025-05-08 20:00",
            "2025-05-08 23:00",
        ),
        ({"time_zone": "UTC"}, "2025-05-08 00:00", "2025-05-09 00:00"),
    ],
)
def test_the_meeting_s_moments(db: None, fields: dict[str, object], starts: str, ends: str) -> None:
    meeting = makers.make_meeting(**{"starts_on": dt.date(2025, 5, 8), "time_zone": "Europe/Brussels", **fields})
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at) == (utc(starts), utc(ends))
    assert meeting.is_all_day == ("start_time" not in fields)


def test_moments_follow_the_date(db: None) -> None:
    meeting = makers.make_meeting()
    meeting.starts_on = None
    meeting.save()
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at) == (None, None)


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd", "CEST+2"])
def test_an_unknown_time_zone_is_said_and_breaks_nothing(db: None, zone: str) -> None:
    meeting = makers.make_held()
    meeting.time_zone = zone
    with pytest.raises(ValidationError) as told:
        meeting.full_clean()
    assert "time_zone" in told.value.message_dict


@pytest.mark.parametrize("day", ["0001-01-01", "0025-05-08", "9999-12-31"])
def test_a_mistyped_year_is_said_and_breaks_nothing(db: None, day: str) -> None:
    meeting = makers.make_meeting()
    meeting.starts_on = dt.date.fromisoformat(day)
    with pytest.raises(ValidationError) as told:
        meeting.full_clean()
    assert "starts_on" in told.value.message_dict
