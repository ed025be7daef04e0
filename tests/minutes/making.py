"""Minutes for tests: a meeting that was held, its minutes, and those who answer them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from engagement.minutes.models import How, Minutes, MinutesLink, MinutesVersion
from meetings.models import Discussion, Meeting
from tests import makers as make
from tests.people import People


def day(ahead: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ahead)


def make_recorded(people: People, **fields: Any) -> Meeting:
    """A meeting that was held with the representative's organization, shared with it, with something said."""
    given = {"host": make.make_host("Agency"), "counterparts": [people.ours], "visibility": make.SHARED, **fields}
    meeting = make.make_held("Leaflets for patients", **given)
    talk = make.make_discussion(meeting, "Leaflets", said="A survey of all members is under way.")
    make.make_position(talk, people.ours, statement="They are long.")
    make.make_outcome(meeting, "Shorter leaflets.", discussion=talk)
    make.make_followup("Send the survey", meeting=meeting, owner=people.ours, chaser=people.secretary, due_on=day(30))
    meeting.refresh_from_db()
    return meeting


def make_minutes(people: People, **fields: Any) -> Minutes:
    """A first draft."""
    return Minutes.objects.begin(make_recorded(people, **fields), by=people.secretary)


def make_sent(people: People, *, silence: bool = False, ahead: int = 14, **fields: Any) -> Minutes:
    """With the counterpart."""
    minutes = make_minutes(people, **fields)
    send(minutes, people, silence=silence, ahead=ahead)
    return minutes


def send(minutes: Minutes, people: People, *, silence: bool = False, ahead: int = 14) -> None:
    number = shared(minutes).number
    minutes.send(number, by=people.secretary, deadline_on=day(ahead), is_silence_agreement=silence, recipients="")


def make_agreed(people: People, **fields: Any) -> Minutes:
    minutes = make_sent(people, **fields)
    minutes.agree(shared(minutes).number, people.ours, how=How.SIGNED_IN, by=people.representative)
    return minutes


def make_final(people: People, **fields: Any) -> Minutes:
    minutes = make_agreed(people, **fields)
    minutes.finalize(by=people.secretary)
    return minutes


def make_link(minutes: Minutes, people: People, **fields: Any) -> tuple[MinutesLink, str]:
    given = {
        "by": people.secretary,
        "organization": people.ours,
        "name": "Ada Outside",
        "expires_on": day(14),
        **fields,
    }
    return MinutesLink.objects.make(minutes, **given)


def shared(minutes: Minutes) -> MinutesVersion:
    """The latest version for the counterpart."""
    return minutes.versions.filter(audience=make.SHARED).order_by("-number")[0]


def talk_of(minutes: Minutes) -> Discussion:
    return Discussion.objects.get(meeting=minutes.meeting)
