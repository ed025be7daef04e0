"""What an .ics file says: hours by the clock on the wall, all sorts of programs, all sorts of damage."""

import datetime as dt
import time

import pytest

from engagement.imports.invitations.event_hours import Hours, known_zone
from engagement.imports.invitations.parse import MOST_ADDRESSES, Invitation, read_invitations
from engagement.imports.sources.errors import Unreadable
from tests.imports.invitations.files import CUSTOM_ZONE, GOOGLE, OUTLOOK, ics

ZONE = "Europe/Amsterdam"
DAY = dt.date(2027, 3, 8)


def read(*lines: str, head: str = "", zones: str = "") -> Invitation:
    (found,) = read_invitations(ics("\n".join(["UID:1", "SUMMARY:Talk", *lines]), head=head, zones=zones), ZONE)
    return found


def test_as_outlook_writes_it() -> None:
    (one,) = read_invitations(ics(OUTLOOK), ZONE)
    assert (one.title, one.sequence) == ("Second bilateral meeting", 1)
    assert one.hours == Hours("Europe/Berlin", DAY, dt.time(14), None, dt.time(15, 30))
    assert one.place == "Room 5, Domenico Scarlattilaan 6, Amsterdam"
    assert one.description == "Shortages\nand trials"
    assert [(who.address, who.name) for who in one.invited][:2] == [
        ("vera.host@ema.example", "Vera Host"),
        ("kim@kay.example", "Kay, Kim"),
    ]
    assert [who.is_organizer for who in one.invited].count(True) == 1
    assert one.invited[-1].is_thing
    assert one.notes == ()


def test_as_google_writes_it_in_universal_time() -> None:
    (one,) = read_invitations(ics(GOOGLE, zones=""), ZONE)
    assert one.hours == Hours(ZONE, dt.date(2027, 6, 1), dt.time(10), None, dt.time(11))
    assert "given in UTC" in one.notes[0]
    assert one.invited[0].name == ""
    (one,) = read_invitations(ics(GOOGLE, zones="", head="X-WR-TIMEZONE:Europe/Lisbon\n"), ZONE)
    assert one.hours.start_time == dt.time(9)
    assert one.hours.time_zone == "Europe/Lisbon"


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (["DTSTART;VALUE=DATE:20270308", "DTEND;VALUE=DATE:20270309"], None),
        (["DTSTART;VALUE=DATE:20270308", "DTEND;VALUE=DATE:20270311"], dt.date(2027, 3, 10)),
        (["DTSTART;VALUE=DATE:20270308"], None),
        (["DTSTART;VALUE=DATE:20270308", "DURATION:P2D"], dt.date(2027, 3, 9)),
        (["DTSTART;VALUE=DATE:20270308", "DTEND;VALUE=DATE:20270301"], None),
        (["DTSTART:20270308T000000", "DTEND:20270309T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"], None),
    ],
)
def test_whole_days_end_with_the_last_one(lines: list[str], last: dt.date | None) -> None:
    assert read(*lines).hours == Hours(ZONE, DAY, None, last, None)


def test_floating_hours_are_ours_and_said_to_be() -> None:
    one = read("DTSTART:20270308T090000", "DURATION:PT45M")
    assert one.hours == Hours(ZONE, DAY, dt.time(9), None, dt.time(9, 45))
    assert "names no time zone" in one.notes[0]
    one = read("DTSTART;TZID=Nowhere:20270308T090000")
    assert (one.hours.start_time, one.hours.end_time) == (dt.time(9), None)
    assert "“Nowhere” is not known" in one.notes[0]


def test_a_time_zone_of_the_files_own() -> None:
    one = read("DTSTART;TZID=Customized Time Zone:20270308T200000", zones=CUSTOM_ZONE)
    assert one.hours == Hours(ZONE, DAY, dt.time(10), None, None)  # eleven hours ahead, and we are one
    assert "has no usual name" in one.notes[0]
    other = read("DTSTART;TZID=Customized Time Zone:20270308T200000", zones=CUSTOM_ZONE.replace("+1", "+0"))
    assert other.hours.start_time == dt.time(20)  # the name means something else in another file
    third = read("DTSTART;TZID=Customized Time Zone:20270308T200000")
    assert "is not known" in third.notes[0]
    universal = read("DTSTART;TZID=UTC:20270308T200000")
    assert universal.hours == Hours(ZONE, DAY, dt.time(21))


def test_a_time_zone_that_would_take_hours_to_work_out() -> None:
    odd = CUSTOM_ZONE.replace("FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;", "FREQ=SECONDLY;")
    one = read(
        "DTSTART;TZID=Customized Time Zone:20270308T200000",
        "RECURRENCE-ID;TZID=Customized Time Zone:20270308T200000",
        zones=odd,
    )
    assert one.hours.start_time == dt.time(20)
    assert "is not known" in one.notes[0]


def test_ends_elsewhere_after_midnight_and_before_it_begins() -> None:
    one = read("DTSTART;TZID=Europe/London:20270308T220000", "DTEND;TZID=Europe/Paris:20270309T013000")
    assert one.hours == Hours("Europe/London", DAY, dt.time(22), dt.date(2027, 3, 9), dt.time(0, 30))
    one = read("DTSTART;TZID=Europe/London:20270308T220000", "DTEND;TZID=Europe/London:20270308T210000")
    assert one.hours.end_time is None
    assert "before it begins" in one.notes[0]
    assert known_zone("/example.org/20070129_1/Europe/Vienna") == "Europe/Vienna"


def test_of_a_recurring_one_the_first() -> None:
    one = read("DTSTART;TZID=Europe/Paris:20270308T090000", "RRULE:FREQ=WEEKLY;COUNT=10")
    assert one.hours.starts_on == DAY
    assert "first occurrence" in one.notes[0]
    moved = read("DTSTART:20270315T090000Z", "RECURRENCE-ID:20270315T080000Z")
    assert moved.key != one.key


def test_what_is_missing_is_said() -> None:
    (one,) = read_invitations(ics("UID:1\nATTENDEE:urn:uuid:5"), ZONE)
    assert one.hours == Hours(ZONE)
    assert (one.title, one.invited) == ("", ())
    assert len(one.notes) == 3


def test_from_right_to_left_and_what_looks_like_a_formula() -> None:
    (one,) = read_invitations(ics("UID:1\nDTSTART:20270308\nSUMMARY:\u202eفريق العمل"), ZONE)
    assert one.title == "فريق العمل"
    (one,) = read_invitations(ics("UID:1\nSUMMARY:=1+1 <b>x</b>".replace("\n", "\r\n")), ZONE)
    assert one.title == "=1+1 <b>x</b>"
    (one,) = read_invitations(ics("UID:1\nSUMMARY:Caf\u00e9").decode().encode("latin-1"), ZONE)
    assert one.title == "Café"


def test_folded_lines_and_hundreds_of_addresses() -> None:
    people = "\n".join(f"ATTENDEE:mailto:a{n}@x.example" for n in range(300))
    (one,) = read_invitations(ics(f"UID:1\nSUMMARY:Long\n er title\n{people}"), ZONE)
    assert one.title == "Longer title"
    assert len(one.invited) == 100
    assert any("first 100" in note for note in one.notes)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not a calendar file"),
        (b"\xff\xfe\x00", "not a calendar file"),
        (ics(OUTLOOK)[:-100], "The end of the file is missing"),
        (b"BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR", ""),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", ""),
        (ics(), "no event"),
        (ics(OUTLOOK, head="METHOD:CANCEL\n"), "cancelled"),
        (ics(OUTLOOK + "STATUS:CANCELLED\n"), "cancelled"),
        (ics(OUTLOOK, head="METHOD:REPLY\n"), "answer"),
        (ics(*["UID:1"] * 51), "whole calendar"),
        (b"BEGIN:VCALENDAR" + b"x" * 1024 * 1024, "larger than 1 MB"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 20_000 + b"END:VCALENDAR", ""),
    ],
)
def test_what_is_no_invitation_is_said_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_invitations(data, ZONE)
    assert said in caught.value.sentence


CROWD = [f"ATTENDEE;CN=Person {one};\n ROLE=REQ-PARTICIPANT:mailto:p{one}@kay.example" for one in range(10_000)]


def test_a_crowd_is_bounded_and_said_so() -> None:
    """Half a millisecond for each of them would be many seconds; what stands around them is read all the same."""
    begun = time.process_time()
    data = ics(OUTLOOK, "\n".join(["UID:1", "SUMMARY:Crowd", *CROWD, "DTSTART;VALUE=DATE:20270308", "LOCATION:Hall"]))
    outlook, crowd = read_invitations(data, ZONE)
    assert time.process_time() - begun < 2
    assert (crowd.title, crowd.place, crowd.hours.starts_on) == ("Crowd", "Hall", DAY)
    assert len(crowd.invited) == MOST_ADDRESSES and crowd.invited[0].name == "Person 0"
    assert [note for note in crowd.notes if "Only the first 500 were checked" in note]
    assert len(outlook.invited) == 5


def test_many_lines_of_any_other_kind_are_refused_in_a_sentence() -> None:
    begun = time.process_time()
    with pytest.raises(Unreadable, match="more than 5000 lines"):
        read(*(f"X-NOTE:{number}" for number in range(60_000)))
    assert time.process_time() - begun < 1
