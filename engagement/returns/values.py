"""Values of the vocabulary: for each source a function of a row's facts. They use prefetched rows, and ask nothing."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from django.conf import settings

from engagement.core.types import Row
from engagement.returns.periods import Period
from engagement.topics.models import Reference, Theme
from meetings.models import Discussion, Meeting, Participant, Party, Position
from organizations.models import Identifier, Organization, Post

from .vocabulary import Source

Value: TypeAlias = "str | dt.date | dt.datetime | list[str]"

SOUGHT = ("proposes", "requests", "supports", "opposes", "concerned")
"""Stances that say what an organization would like to come of it."""


@dataclass(frozen=True)
class Context:
    """Facts that all rows of a return share."""

    host: Organization
    period: Period
    made_on: dt.date
    part_separator: str
    others: frozenset[int] = frozenset()
    """People of the host whose posts the form is not about."""


@dataclass
class Facts:
    """Facts of one row: a meeting and perhaps one of its organizations, people or topics; or a post."""

    context: Context
    meeting: Meeting | None = None
    party: Party | None = None
    person: Participant | None = None
    topic: str = ""
    post: Post | None = None

    @cached_property
    def counterparts(self) -> list[Party]:
        """The counterpart of the row, or all."""
        if self.party is not None or self.meeting is None:
            return [self.party] if self.party else []
        return counterparts_of(self.meeting)

    @cached_property
    def organizations(self) -> list[Organization]:
        return [party.organization for party in self.counterparts]

    @cached_property
    def our_people(self) -> list[Participant]:
        if self.person is not None or self.meeting is None:
            return [self.person] if self.person else []
        return people_of(self.meeting, self.context)

    @cached_property
    def their_people(self) -> list[Participant]:
        sides = {party.pk for party in self.counterparts}
        return [one for one in named_at(self.meeting) if one.party_id in sides] if self.meeting else []

    @cached_property
    def talks(self) -> list[Discussion]:
        return talks_at(self.meeting) if self.meeting else []

    def numbers(self, scheme: str) -> list[str]:
        return unique(
            number.value for one in self.organizations for number in numbers_of(one) if number.scheme == scheme
        )


# What ``with_parts`` has read of a meeting and its parts.


def seated_at(meeting: Row) -> list[Party]:
    found: list[Party] = meeting.seated
    return found


def named_at(meeting: Row) -> list[Participant]:
    found: list[Participant] = meeting.named
    return found


def talks_at(meeting: Row) -> list[Discussion]:
    found: list[Discussion] = meeting.talks
    return found


def held_on(talk: Row) -> list[Position]:
    found: list[Position] = talk.held
    return found


def themes_of(talk: Row) -> list[Theme]:
    """The themes of a discussion or, where none were chosen, those of its topic."""
    found: list[Theme] = talk.own_themes or (talk.topic.all_themes if talk.topic else [])
    return found


def laws_of(talk: Row) -> list[Reference]:
    found: list[Reference] = talk.laws
    return found


def numbers_of(organization: Row) -> list[Identifier]:
    found: list[Identifier] = organization.known_numbers
    return found


def counterparts_of(meeting: Meeting) -> list[Party]:
    return [party for party in seated_at(meeting) if party.side == Party.Side.COUNTERPART]


def host_people(meeting: Meeting, host: Organization) -> list[Participant]:
    """The host's people whose names are public."""
    if not (named := named_at(meeting)):
        return []
    ours = {party.pk for party in seated_at(meeting) if party.organization_id == host.pk}
    return [one for one in named if one.party_id in ours]


def people_of(meeting: Meeting, context: Context) -> list[Participant]:
    """The people whom the form is about, and those of whom no post is recorded."""
    return [one for one in host_people(meeting, context.host) if one.person_id not in context.others]


def is_covered(meeting: Meeting, context: Context) -> bool:
    """Whether anybody took part whom the form is about, as far as is known."""
    return not host_people(meeting, context.host) or bool(people_of(meeting, context))


def topics_of(meeting: Meeting) -> list[str]:
    return unique(talk.heading for talk in talks_at(meeting))


def unique(texts: Iterable[str]) -> list[str]:
    """Each text once, in the order they come in; empty ones left out."""
    return list(dict.fromkeys(text for text in texts if text))


def _date(facts: Facts) -> Value:
    """With the hour, for forms that tell it; a month or year where no day is known."""
    meeting = facts.meeting
    if meeting is None or meeting.date is None:
        return ""
    if not meeting.date.is_exact:
        return str(meeting.date)
    return dt.datetime.combine(meeting.date.day, meeting.start_time or dt.time())


def country_of(record: Row) -> str:
    """The name of the country of a meeting or an organization."""
    return str(record.country.name) if record and record.country else ""


def _place(facts: Facts) -> Value:
    if (meeting := facts.meeting) is None:
        return ""
    parts = [meeting.venue, meeting.city, country_of(meeting)]
    said = ", ".join(part for part in parts if part)
    return said or ("Online" if meeting.attendance_mode == "online" else "")


def _has_client(facts: Facts) -> bool:
    return any(party.clients for party in facts.counterparts)


def _themes(facts: Facts) -> Value:
    return unique(theme.name for talk in facts.talks for theme in themes_of(talk))


def _register_number(facts: Facts) -> Value:
    """As it was on the day, else as it is."""
    told = unique(party.register_number for party in facts.counterparts)
    return told or facts.numbers(Identifier.Scheme.EU_TRANSPARENCY)


def _officials(facts: Facts) -> Value:
    """``name|function|host``."""
    part = facts.context.part_separator
    return [part.join((one.printed_name, one.function, facts.context.host.name)) for one in facts.our_people]


def _sought(facts: Facts) -> Value:
    ours = {one.pk for one in facts.organizations}
    held = [one for talk in facts.talks for one in held_on(talk) if one.stance in SOUGHT]
    return [_told(one) for one in held if one.is_joint or one.organization_id in ours]


def _told(position: Position) -> str:
    return f"{str(position.get_stance_display()).capitalize()}: {position.statement}"


def _url(facts: Facts) -> Value:
    return f"{settings.SITE_URL}{facts.meeting.get_absolute_url()}" if facts.meeting else ""


def _name_parts(facts: Facts) -> tuple[str, str]:
    if facts.person is None or not facts.person.name:
        return "", facts.person.printed_name if facts.person else ""
    first, _blank, last = facts.person.name.rpartition(" ")
    return first, last


def _of_meeting(name: str) -> Callable[[Facts], Value]:
    return lambda facts: (getattr(facts.meeting, name, None) or "") if facts.meeting else ""


def _of_organizations(read: Callable[[Organization], object]) -> Callable[[Facts], Value]:
    return lambda facts: unique(str(read(one) or "") for one in facts.organizations)


def _of_post(read: Callable[[Post], "str | dt.date | None"]) -> Callable[[Facts], Value]:
    return lambda facts: (read(facts.post) or "") if facts.post else ""


VALUES: dict[str, Callable[[Facts], Value]] = {
    Source.PERIOD: lambda facts: str(facts.context.period),
    Source.MADE_ON: lambda facts: facts.context.made_on,
    Source.URL: _url,
    Source.DATE: _date,
    Source.PUBLISHED_ON: _of_meeting("published_on"),
    Source.TITLE: _of_meeting("title"),
    Source.PURPOSE: lambda facts: (facts.meeting.purpose or facts.meeting.title) if facts.meeting else "",
    Source.PLACE: _place,
    Source.CITY: _of_meeting("city"),
    Source.COUNTRY: lambda facts: country_of(facts.meeting),
    Source.FORM: lambda facts: str(facts.meeting.get_contact_form_display()) if facts.meeting else "",
    Source.ATTENDANCE: lambda facts: str(facts.meeting.get_attendance_mode_display()) if facts.meeting else "",
    Source.REQUESTED_BY: lambda facts: str(facts.meeting.get_requested_by_display()) if facts.meeting else "",
    Source.TOPICS: lambda facts: topics_of(facts.meeting) if facts.meeting else [],
    Source.THEMES: _themes,
    Source.REFERENCES: lambda facts: unique(one.title for talk in facts.talks for one in laws_of(talk)),
    Source.SAID: lambda facts: unique(talk.said for talk in facts.talks),
    Source.HOST: lambda facts: facts.context.host.name,
    Source.HOST_ACRONYM: lambda facts: facts.context.host.acronym,
    Source.PEOPLE: lambda facts: [one.printed_name for one in facts.our_people],
    Source.FUNCTIONS: lambda facts: [one.function for one in facts.our_people],
    Source.OFFICIALS: _officials,
    Source.ORGANIZATION: _of_organizations(lambda one: one.name),
    Source.ACRONYM: _of_organizations(lambda one: one.acronym),
    Source.REGISTER_NUMBER: _register_number,
    Source.COMPANY_NUMBER: lambda facts: facts.numbers(Identifier.Scheme.COMPANY),
    Source.ORGANIZATION_KIND: _of_organizations(lambda one: one.get_kind_display()),
    Source.ORGANIZATION_COUNTRY: _of_organizations(country_of),
    Source.LEGAL_FORM: _of_organizations(lambda one: one.get_legal_form_display()),
    Source.SECTOR: _of_organizations(lambda one: one.get_sector_display()),
    Source.ITS_PEOPLE: lambda facts: unique(one.printed_name for one in facts.their_people),
    Source.ITS_FIRST_PERSON: lambda facts: facts.their_people[0].printed_name if facts.their_people else "",
    Source.HAS_CLIENT: lambda facts: "Yes" if _has_client(facts) else "No",
    Source.IS_FOR_ITSELF: lambda facts: "No" if _has_client(facts) else "Yes",
    Source.CLIENTS: lambda facts: unique(client for party in facts.counterparts for client in party.clients),
    Source.SOUGHT: _sought,
    Source.PERSON: lambda facts: facts.person.printed_name if facts.person else "",
    Source.PERSON_LAST: lambda facts: _name_parts(facts)[1],
    Source.PERSON_FIRST: lambda facts: _name_parts(facts)[0],
    Source.PERSON_FUNCTION: lambda facts: facts.person.function if facts.person else "",
    Source.TOPIC: lambda facts: facts.topic,
    Source.POST_PERSON: _of_post(lambda post: str(post.person)),
    Source.POST_FUNCTION: _of_post(lambda post: post.function),
    Source.POST_SINCE: _of_post(lambda post: post.starts_on),
    Source.POST_UNTIL: _of_post(lambda post: post.ends_on),
}
"""What stands in every row alike, and what says which entry a row is, is filled in when the file is put together."""
