"""Local dates and hours, and the moments they stand for."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from engagement.core.time_zones import zone_name
from engagement.imports.invitations.parse import read_invitations
from meetings.date_text import days_of, hours_of
from meetings.models import Meeting
from meetings.models.times import end, end_of_day, local_day, moment
from tests import makers
from tests.core.posting import opened, send
from tests.people import People


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


ONE, TWO, THREE = (dt.date(2025, 6, day) for day in (1, 2, 3))


@pytest.mark.parametrize(
    ("last", "ends", "read"),
    [
        (None, "2025-06-01 22:00", ("1 June 2025", "14:00 to midnight (Brussels time)")),
        (ONE, "2025-06-01 22:00", ("1 June 2025", "14:00 to midnight (Brussels time)")),
        (TWO, "2025-06-02 22:00", ("1 June, 14:00 to 2 June 2025, midnight", "(Brussels time)")),
        (THREE, "2025-06-03 22:00", ("1 June, 14:00 to 3 June 2025, midnight", "(Brussels time)")),
    ],
)
def test_until_midnight_is_until_the_end_of_the_last_day(
    client: Any, db: None, last: dt.date | None, ends: str, read: tuple[str, str]
) -> None:
    """On one day and on several; on the page, in a calendar, and where a calendar is brought in again."""
    meeting = makers.make_public(
        starts_on=ONE, start_time=dt.time(14), end_time=dt.time(), ends_on=last, time_zone="Europe/Brussels"
    )
    meeting.full_clean()
    meeting.refresh_from_db()
    assert (meeting.ends_at, meeting.ends_on) == (utc(ends), last)
    assert (days_of(meeting), hours_of(meeting)) == read
    assert read[0] in client.get(meeting.get_absolute_url()).text
    calendar = b"".join(client.get("/meetings.ics")).decode().replace("\r\n ", "")
    assert f"DTEND:{utc(ends):%Y%m%dT%H%M%SZ}" in calendar.split("\r\n")
    assert "midnight" in calendar
    [again] = read_invitations(calendar.encode(), "Europe/Brussels")
    local = again.hours
    assert local.time_zone in ("UTC", "Europe/Brussels")
    moment = end(local.starts_on, local.ends_on, local.end_time, local.time_zone) if local.starts_on else None
    assert moment == utc(ends)


def test_an_invitation_until_midnight_ends_with_the_day_before(db: None) -> None:
    event = ["DTSTART;TZID=Europe/Brussels:20250601T140000", "DTEND;TZID=Europe/Brussels:20250603T000000"]
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:Talk", *event, "END:VEVENT", "END:VCALENDAR"]
    )
    [invitation] = read_invitations(text.encode(), "Europe/Brussels")
    assert (invitation.hours.ends_on, invitation.hours.end_time) == (TWO, dt.time())


def test_which_midnight_was_meant_is_told_where_calendars_mean_another(people: Any, client: Any) -> None:
    client.force_login(people.secretary)
    meeting = makers.make_meeting(starts_on=ONE, start_time=dt.time(22))
    page = f"/admin/meetings/meeting/{meeting.pk}/change/"
    send(client, page, opened(client, page), end_time="00:00", ends_on="2025-06-02")
    assert "It ends at midnight at the end of 2 June 2025. If it ends a day earlier" in client.get("/admin/").text
    send(client, page, opened(client, page), ends_on="")
    assert "It ends at" not in client.get("/admin/").text


@pytest.mark.parametrize(
    ("hours", "day", "sentence"),
    [
        (("22:00", "01:00"), "2025-05-31", "If it goes on after midnight, the last day is 1 June 2025."),
        (("10:00", "10:00"), "2025-06-01", "A meeting must end after it begins."),
        (("02:30", "03:10"), "2025-03-30", "The clocks change that night in Europe/Brussels"),  # 3:30 to 3:10
    ],
)
def test_an_end_before_the_beginning_is_told_beside_the_hour(
    db: None, hours: tuple[str, str], day: str, sentence: str
) -> None:
    start, end = (dt.time.fromisoformat(hour) for hour in hours)
    meeting = makers.make_meeting(time_zone="Europe/Brussels")
    meeting.starts_on, meeting.start_time, meeting.end_time = dt.date.fromisoformat(day), start, end
    with pytest.raises(ValidationError) as told:
        meeting.full_clean()
    assert list(told.value.message_dict) == ["end_time"]
    assert sentence in told.value.messages[0]


@pytest.mark.parametrize(
    ("fields", "days", "hours"),
    [
        (("2025-06-01", "14:00", "2025-06-03", "12:00"), "1 June, 14:00 to 3 June 2025, 12:00", "(Brussels time)"),
        (("2025-06-01", "14:00", "2025-06-03", None), "1 June, 14:00 to 3 June 2025", "(Brussels time)"),
        (("2025-12-31", "22:00", "2026-01-01", "01:00"), "31 December 2025, 22:00 to 1 January 2026, 01:00", None),
        (("2025-06-01", None, "2025-06-03", None), "1 to 3 June 2025", "time not recorded"),
        (("2025-06-01", "14:00", "2025-06-01", "16:00"), "1 June 2025", "14:00 to 16:00 (Brussels time)"),
    ],
)
def test_several_days_are_read_from_an_hour_to_an_hour(fields: Any, days: str, hours: str | None) -> None:
    first, start, last, end = fields
    meeting = Meeting(
        starts_on=dt.date.fromisoformat(first),
        ends_on=dt.date.fromisoformat(last),
        start_time=start and dt.time.fromisoformat(start),
        end_time=end and dt.time.fromisoformat(end),
        time_zone="Europe/Brussels",
    )
    assert days_of(meeting) == days
    assert hours is None or hours_of(meeting) == hours


def test_several_days_are_read_alike_on_pages_in_feeds_and_in_calendars(client: Any, db: None) -> None:
    meeting = makers.make_public(
        starts_on=dt.date(2025, 6, 1), start_time=dt.time(14), ends_on=dt.date(2025, 6, 3), end_time=dt.time(12)
    )
    whole = "1 June, 14:00 to 3 June 2025, 12:00"
    party = meeting.parties.get(side="counterpart").organization
    for path in (meeting.get_absolute_url(), "/meetings.atom"):
        assert whole in b"".join(client.get(path)).decode(), path
    for path in ("/meetings/", party.get_absolute_url()):  # a list says the days alone
        page = b"".join(client.get(path)).decode()
        assert "1 to 3 June 2025" in page and "14:00" not in page, path
    calendar = b"".join(client.get("/meetings.ics")).decode().replace("\r\n ", "")
    assert "1 June\\, 14:00 to 3 June 2025\\, 12:00" in calendar
    assert {"DTSTART:20250601T120000Z", "DTEND:20250603T100000Z"} <= set(calendar.split("\r\n"))


def test_what_was_held_is_over(db: None) -> None:
    meeting = makers.make_held()
    meeting.ends_on = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(ValidationError) as told:
        meeting.full_clean()
    assert told.value.message_dict == {"ends_on": ["A meeting that was held cannot end in the future."]}


def test_nothing_is_due_for_publication_before_it_takes_place(db: None) -> None:
    meeting = makers.make_meeting(publication_due_on=makers.LONG_AGO - dt.timedelta(days=1))
    with pytest.raises(ValidationError) as told:
        meeting.full_clean()
    assert set(told.value.message_dict) == {"publication_due_on"}
    meeting.publication_due_on = makers.LONG_AGO
    meeting.full_clean()


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Europe/Amsterdam", "Amsterdam time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Etc/GMT+3", "GMT+3"),
        ("GMT", "GMT"),
    ],
)
def test_a_time_zone_is_called_by_its_place(zone: str, name: str) -> None:
    assert zone_name(zone) == name


def test_of_a_meeting_to_come_a_time_is_missing_until_it_is_confirmed(people: People) -> None:
    meeting = makers.make_meeting(counterparts=[people.ours], starts_on=timezone.localdate() + dt.timedelta(days=9))
    assert hours_of(meeting) == "no time yet"
    meeting.confirm(by=people.secretary)
    assert hours_of(meeting) == "all day"
