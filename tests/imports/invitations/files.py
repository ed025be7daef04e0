"""Small calendar files, as the usual programs write them."""

from django.core.files.uploadedfile import SimpleUploadedFile

OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
CUSTOM_ZONE = OUTLOOK_ZONE.replace("W. Europe Standard Time", "Customized Time Zone").replace("+0", "+1")
OUTLOOK = """UID:040000008200E00074C5B7101A82E008
SEQUENCE:1
SUMMARY;LANGUAGE=en-gb:Second bilateral meeting
DTSTART;TZID="W. Europe Standard Time":20270308T140000
DTEND;TZID="W. Europe Standard Time":20270308T153000
LOCATION:Room 5\\, Domenico Scarlattilaan 6\\, Amsterdam
DESCRIPTION:Shortages\\nand trials
ORGANIZER;CN="Vera Host":MAILTO:Vera.Host@ema.example
ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Kay, Kim":mailto:kim@kay.example
ATTENDEE;CN=Lou Kay:mailto:lou@mail.kay.example
ATTENDEE;CN=Sam:mailto:sam@gmail.com
ATTENDEE;CUTYPE=RESOURCE;CN=Room 5:mailto:room5@ema.example
"""
GOOGLE = """UID:abc123@google.com
SUMMARY:Call with Kay
DTSTART:20270601T080000Z
DTEND:20270601T090000Z
LOCATION:https://meet.google.com/abc-defg-hij
DESCRIPTION:<b>Agenda</b><script>alert(1)</script>
ORGANIZER;CN=kim@kay.example:mailto:kim@kay.example
"""


def ics(*events: str, head: str = "METHOD:REQUEST\n", zones: str = OUTLOOK_ZONE) -> bytes:
    inner = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//\n{head}{zones}{inner}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def file_of(data: bytes, name: str = "invite.ics") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/calendar")
