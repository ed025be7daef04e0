"""Records for tests: each function makes one, complete enough to be saved, the rest as the test says."""

import datetime as dt
from itertools import count
from typing import Any

from django.conf import settings
from django.utils import timezone

from engagement.accounts.models import User
from engagement.core.change_signals import batch_changes
from engagement.core.models import Visibility
from engagement.followups.models import FollowUp, Report, ReportLink
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import (
    Discussion,
    Document,
    DocumentVersion,
    Ground,
    Meeting,
    Outcome,
    Participant,
    Party,
    Position,
    Regime,
    Series,
)
from meetings.models.status import Status
from meetings.models.times import local_day
from organizations.models import Assessment, Criterion, Identifier, Organization, Person, Representative

LONG_AGO = dt.date(2025, 5, 8)
INTERNAL, SHARED, PUBLIC = Visibility.INTERNAL, Visibility.SHARED, Visibility.PUBLIC

_number = count(1)


def make_user(username: str = "", **fields: Any) -> User:
    return User.objects.create_user(username or f"user{next(_number)}", **fields)


def make_organization(name: str = "", **fields: Any) -> Organization:
    fields = {"kind": Organization.Kind.COMPANY, **fields}
    return Organization.objects.create(name=name or f"Organization {next(_number)}", **fields)


def make_host(name: str = "") -> Organization:
    return make_organization(name, kind=Organization.Kind.REGULATOR, is_host=True)


def make_identifier(organization: Organization, value: str, **fields: Any) -> Identifier:
    return Identifier.objects.create(organization=organization, value=value, **fields)


def make_representative(organization: Organization, user: User | None = None, **dates: Any) -> Representative:
    return Representative.objects.create(user=user or make_user(), organization=organization, **dates)


def make_person(name: str = "", **fields: Any) -> Person:
    return Person.objects.create(name=name or f"Person {next(_number)}", **fields)


def make_theme(name: str = "", **fields: Any) -> Theme:
    return Theme.objects.create(name=name or f"Theme {next(_number)}", **fields)


def make_topic(title: str = "", **fields: Any) -> Topic:
    return Topic.objects.create(title=title or f"Topic {next(_number)}", **fields)


def make_reference(title: str = "", **fields: Any) -> Reference:
    return Reference.objects.create(title=title or f"Reference {next(_number)}", **fields)


def make_series(title: str = "", *, host: Organization | None = None, **fields: Any) -> Series:
    return Series.objects.create(title=title or f"Series {next(_number)}", host=host or make_host(), **fields)


def make_meeting(
    title: str = "",
    *,
    host: Organization | None = None,
    counterparts: tuple[Organization, ...] | list[Organization] = (),
    **fields: Any,
) -> Meeting:
    """A proposed meeting of long ago, with the parties named; the title differs each time if none is given."""
    fields = {"starts_on": LONG_AGO, **fields}
    with batch_changes():  # told once, not of each row
        meeting = Meeting.objects.create(title=title or f"Meeting {next(_number)}", **fields)
        if host:
            Party.objects.create(meeting=meeting, organization=host, side=Party.Side.HOST)
        for organization in counterparts:
            Party.objects.create(meeting=meeting, organization=organization)
    return meeting


def make_held(title: str = "", **fields: Any) -> Meeting:
    """A meeting that took place, between a host and a counterpart; written once, not moved there by the verbs."""
    with batch_changes():
        fields = {"host": fields.pop("host", None) or make_host(), "status": Status.HELD, **fields}
        fields["counterparts"] = fields.get("counterparts") or [make_organization()]
        meeting = make_meeting(title, **fields)
        assert meeting.has_begun(), "it could not be held yet"
    return meeting


def make_public(title: str = "", **fields: Any) -> Meeting:
    """A meeting that took place and was published; by the verb only where rules of a series set its deadline."""
    fields = {"visibility": PUBLIC, **fields}
    if "series" not in fields:
        today = local_day(timezone.now(), fields.get("time_zone", settings.TIME_ZONE))
        fields |= {"published_at": timezone.now(), "published_on": today, "public_since": today}
    with batch_changes():
        meeting = make_held(title, **fields)
        if not meeting.is_published:
            meeting.publish(by=None)
    return meeting


def make_regime(name: str = "", *, grounds: tuple[str, ...] = (), **fields: Any) -> Regime:
    """In use, 14 days after the meeting unless the test says otherwise."""
    fields = {"days": 14, "is_in_use": True, **fields}
    regime = Regime.objects.create(name=name or f"Rule {next(_number)}", **fields)
    for ground in grounds:
        Ground.objects.create(regime=regime, name=ground, text=f"The text of {ground}.")
    return regime


def make_criterion(name: str = "", **fields: Any) -> Criterion:
    return Criterion.objects.create(name=name or f"Criterion {next(_number)}", **fields)


def make_assessment(organization: Organization | None = None, **fields: Any) -> Assessment:
    """Met, as of long ago, unless the test says otherwise."""
    fields = {"assessed_on": LONG_AGO, **fields}
    if "criterion" not in fields:
        fields["criterion"] = make_criterion()
    return Assessment.objects.create(organization=organization or make_organization(), **fields)


def make_party(meeting: Meeting, organization: Organization | None = None, **fields: Any) -> Party:
    return Party.objects.create(meeting=meeting, organization=organization or make_organization(), **fields)


def make_participant(party: Party, name: str = "Ada Lovelace", **fields: Any) -> Participant:
    return Participant.objects.create(party=party, name=name, **fields)


def make_discussion(meeting: Meeting, title: str = "", **fields: Any) -> Discussion:
    if "topic" not in fields:
        title = title or f"Discussion {next(_number)}"
    return Discussion.objects.create(meeting=meeting, title=title, **fields)


def make_position(discussion: Discussion, organization: Organization | None = None, **fields: Any) -> Position:
    """Joint, unless an organization is named."""
    fields = {"stance": Position.Stance.SUPPORTS, "statement": "As it should be.", **fields}
    return Position.objects.create(
        discussion=discussion, organization=organization, is_joint=organization is None, **fields
    )


def make_outcome(meeting: Meeting, text: str = "It was agreed.", **fields: Any) -> Outcome:
    return Outcome.objects.create(meeting=meeting, text=text, **{"kind": Outcome.Kind.AGREEMENT, **fields})


def make_document(meeting: Meeting, title: str = "Agenda", **fields: Any) -> Document:
    fields = {"kind": Document.Kind.AGENDA, "url": "https://example.org/agenda.pdf", **fields}
    return Document.objects.create(meeting=meeting, title=title, **fields)


def make_document_version(document: Document | None = None, **fields: Any) -> DocumentVersion:
    """An earlier file of a document, which only has a name."""
    fields = {"number": 1, "file": "documents/BM/earlier.pdf", **fields}
    return DocumentVersion.objects.create(document=document or make_document(make_meeting()), **fields)


def make_followup(title: str = "", **fields: Any) -> FollowUp:
    """A promise of ours, unless the owner or ``is_joint`` says otherwise."""
    if "owner" not in fields and not fields.get("is_joint"):
        fields["owner"] = make_host()
    return FollowUp.objects.create(title=title or f"Follow-up {next(_number)}", **fields)


def make_report(followup: FollowUp, **fields: Any) -> Report:
    """As its owner reports it: done, to be confirmed."""
    fields = {"organization": followup.owner, "comment": "It was sent.", **fields}
    return Report.objects.create(followup=followup, reported_by=fields.pop("by", None) or make_user(), **fields)


def make_report_link(followup: FollowUp, **fields: Any) -> ReportLink:
    """For somebody of its owner, for two weeks; the address that leads to it is lost."""
    until = timezone.localdate() + dt.timedelta(days=14)
    given = {"organization": followup.owner, "name": "Ada Outside", "by": make_user(), "expires_on": until, **fields}
    return ReportLink.objects.make(followup, **given)[0]
