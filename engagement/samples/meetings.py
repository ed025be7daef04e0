"""Factory of one sample meeting: the record itself, who was at the table, and the people they sent."""

import datetime as dt
import random
from collections.abc import Iterator
from itertools import cycle

from django.utils.formats import date_format

from engagement.core.models import Visibility
from meetings.models import Meeting, Participant, Party
from meetings.models.status import Status
from meetings.models.times import default_time_zone, moment

from . import names
from .timetable import Slot
from .world import PUBLICATION_DAYS, Body, Line, World

Attendance, Part, NameRule = Participant.Attendance, Participant.Part, Participant.NameRule
FORMS = {3: Meeting.Form.CALL, 7: Meeting.Form.EVENT, 11: Meeting.Form.LETTER}
"""By the number of a meeting in every dozen; the others are meetings."""
TITLES = {
    "bilateral": "{name}, bilateral meeting",
    "platform": "{name}, platform",
    "standing_group": "{name}, standing group",
    "ad_hoc": "{name}, ad hoc meeting",
}


class MeetingMaker:
    def __init__(self, world: World, today: dt.date, rng: random.Random) -> None:
        self.world, self.today, self.rng = world, today, rng
        self.ordinals = {line.series.pk: line.series.first_ordinal for line in world.lines}
        self.name_rules = cycle((Visibility.PUBLIC, Visibility.SHARED, Visibility.INTERNAL, Visibility.PUBLIC))
        self.publishing = cycle(
            (NameRule.CHOSEN, NameRule.SENIORITY, NameRule.CONSENT, NameRule.CHOSEN, NameRule.NEVER)
        )
        self.number = 0

    def meeting(self, slot: Slot, status: Status, line: Line | None, lead: Body) -> Meeting:
        self.number += 1
        kind = line.kind if line else "ad_hoc"
        name = lead.organization.name
        month = date_format(slot.day, "F Y")
        meeting = Meeting(title=f"{TITLES[kind].format(name=name)}, {month}", kind=kind, status=status)
        meeting.series = line.series if line else None
        meeting.reference_year = slot.day.year  # type: ignore[attr-defined]
        meeting.starts_on = slot.day
        self._when_and_where(meeting, slot.day)
        self._form(meeting)
        meeting.requested_by = self.rng.choice(Meeting.RequestedBy.values)
        meeting.purpose = f"To talk with {name} about where things stand and what comes next."
        meeting.internal_notes = self.rng.choice(names.NOTES) if self.number % 4 == 0 else ""
        meeting.visibility = self.rng.choices(Visibility.values, (15, 25, 60))[0]
        self._as_it_went(meeting, slot.day)
        return meeting

    def _when_and_where(self, meeting: Meeting, day: dt.date) -> None:
        rng, turn = self.rng, self.number % 7
        if turn:
            hour = rng.randrange(9, 16)
            meeting.start_time, meeting.end_time = dt.time(hour, 30 * (turn % 2)), dt.time(hour + 2)
        if turn == 6:
            meeting.ends_on = day + dt.timedelta(days=1)
        if turn == 5:
            meeting.end_time = None
        meeting.time_zone = "Europe/Lisbon" if turn == 4 else default_time_zone()
        meeting.attendance_mode = ("in_person", "online", "hybrid", "")[self.number % 4]
        if meeting.attendance_mode != "online":
            meeting.venue = rng.choice(names.VENUES)
            meeting.city, meeting.country = rng.choice(names.CITIES)

    def _form(self, meeting: Meeting) -> None:
        """A meeting by telephone or letter has no place, and one by letter no hours."""
        meeting.contact_form = FORMS.get(self.number % 12, Meeting.Form.MEETING)
        if meeting.contact_form in (Meeting.Form.CALL, Meeting.Form.LETTER):
            meeting.attendance_mode = meeting.venue = meeting.city = meeting.country = ""
            meeting.ends_on = None
        if meeting.contact_form == Meeting.Form.LETTER:
            meeting.start_time = meeting.end_time = None

    def _as_it_went(self, meeting: Meeting, day: dt.date) -> None:
        status = meeting.status
        released = status == Status.CANCELLED and self.number % 2
        if meeting.series_id and status != Status.PROPOSED and not released:
            meeting.ordinal = self.ordinals[meeting.series_id]
            self.ordinals[meeting.series_id] += 1
        if status == Status.HELD:
            meeting.summary = (
                f"An open exchange; {self.rng.choice(('most', 'some', 'two'))} of the points raised were settled."
            )
            meeting.summary_source = self.rng.choices(Meeting.SummarySource.values, (8, 1, 1))[0]
            meeting.publication_due_on = (meeting.ends_on or day) + dt.timedelta(days=PUBLICATION_DAYS)
            self._prepare(meeting, day)
        if status == Status.CANCELLED:
            meeting.cancellation_reason = self.rng.choice(names.CANCELLATIONS)
        if status == Status.POSTPONED:
            meeting.postponement_reason = self.rng.choice(names.POSTPONEMENTS)
        if status in (Status.POSTPONED, Status.PROPOSED) and self.number % 2:
            self._undated(meeting)
        if meeting.visibility == Visibility.PUBLIC and status not in (Status.POSTPONED, Status.PROPOSED):
            self._publish(meeting, day)

    def _undated(self, meeting: Meeting) -> None:
        meeting.starts_on = meeting.ends_on = meeting.start_time = meeting.end_time = None
        meeting.reference_year = self.today.year  # type: ignore[attr-defined]

    def _prepare(self, meeting: Meeting, day: dt.date) -> None:
        meeting.prepared_at = self._at(day, 16)
        meeting.prepared_by = self.rng.choice(self.world.staff)

    def _publish(self, meeting: Meeting, day: dt.date) -> None:
        """Mostly in time, sometimes late or not yet; a few were taken back."""
        published = day + dt.timedelta(days=self.rng.randrange(1, PUBLICATION_DAYS + 6))
        if meeting.status != Status.HELD:
            published = min(day, self.today) - dt.timedelta(days=self.rng.randrange(1, 10))
        if published >= self.today:
            return
        if self.number % 31 == 30:
            meeting.withdrawn_at, meeting.withdrawn_by = self._at(published, 15), self.world.publisher
            meeting.withdrawal_reason = "A name was in it that should not have been."
            return
        meeting.published_at, meeting.published_by = self._at(published, 11), self.world.publisher
        meeting.public_since = published

    def _at(self, day: dt.date, hour: int) -> dt.datetime:
        return moment(day, dt.time(hour, self.rng.randrange(60)), default_time_zone())

    def parties(self, meeting: Meeting, bodies: list[Body]) -> list[Party]:
        """The host, the counterparts, and at every ninth meeting an observer."""
        observers = []
        if self.number % 9 == 4:
            others = [body for body in self.rng.sample(self.world.bodies, 5) if body not in bodies]
            observers = others[:1]
        parties = [self._party(meeting, self.world.host, Party.Side.HOST, 1)]
        for body in bodies:
            parties.append(self._party(meeting, body, Party.Side.COUNTERPART, len(parties) + 1))
        for body in observers:
            parties.append(self._party(meeting, body, Party.Side.OBSERVER, len(parties) + 1))
        return parties

    def _party(self, meeting: Meeting, body: Body, side: Party.Side, order: int) -> Party:
        party = Party(meeting=meeting, organization=body.organization, side=side, order=order)
        party.is_lead = order <= 2
        if body.number:
            party.register_number, party.register_status = body.number.value, body.number.status
        if side == Party.Side.COUNTERPART and self.number % 8 == 5:
            party.on_behalf_of = names.CLIENTS[self.number // 8 % len(names.CLIENTS)]
        if self.rng.random() < 0.3:
            party.headcount = self.rng.randrange(2, 9)
        return party

    def participants(self, meeting: Meeting, parties: list[Party], bodies: list[Body]) -> Iterator[Participant]:
        """Named people of the host and the counterparts; a party with a headcount names its head only."""
        attendance = Attendance.ATTENDED if meeting.status == Status.HELD else Attendance.INVITED
        for party, body in zip(parties, [self.world.host, *bodies], strict=False):
            people = body.people[:1] if party.headcount else self.rng.sample(body.people, min(3, len(body.people)))
            for order, (person, post) in enumerate(people, start=1):
                guest = Participant(meeting=meeting, party=party, person=person, name=person.name, order=order)
                guest.function, guest.attendance = post.function, attendance
                guest.visibility, guest.rank, guest.name_rule = next(self.name_rules), post.rank, next(self.publishing)
                if order == 1:
                    guest.part = Part.CHAIR if party.side == Party.Side.HOST else Part.HEAD
                else:
                    guest.part = self.rng.choice((Part.SPEAKER, Part.NOTE_TAKER, Part.PARTICIPANT))
                if attendance == Attendance.ATTENDED and self.rng.random() < 0.08:
                    guest.attendance = Attendance.APOLOGIES
                if self.rng.random() < 0.05:
                    guest.person = None
                yield guest
