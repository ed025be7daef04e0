"""A small register: the founding meeting, and one with three organizations, awkward words and a name that is hidden."""

import datetime as dt
from typing import Any

from engagement.returns.models import ReturnForm
from engagement.returns.periods import Period
from engagement.returns.shipped import load
from engagement.samples.loading import load as load_founding
from meetings.models import Meeting, Party
from organizations.models import Identifier, Organization, Post
from tests import makers as make
from tests.makers import PUBLIC
from tests.people import People

MOMENT = dt.datetime(2025, 6, 2, 12, tzinfo=dt.UTC)
"""When the meetings are published and the returns made."""
MAY = dt.date(2025, 5, 8)
SITE = "https://meetings.example.org"


def make_register(people: People) -> Organization:
    """The host of both meetings."""
    load_founding(by=people.secretary, publisher=people.publisher)
    load()
    host = Organization.objects.get(acronym="EMA")
    meeting = make.make_held(
        "Labels",
        host=host,
        counterparts=_partners(),
        starts_on=dt.date(2025, 5, 20),
        start_time=dt.time(14, 30),
        venue="Room 5",
        city="Amsterdam",
        country="NL",
        attendance_mode="in_person",
        purpose='=SUM(1;2) of "labels",\nand their Ωs',
        visibility=PUBLIC,
    )
    _fill(meeting, host)
    meeting.refresh_from_db()
    meeting.publish(by=people.publisher)
    return host


def _partners() -> list[Organization]:
    alpha = make.make_organization("Alpha, Ltd", country="IE", legal_form="company", sector="C")
    make.make_identifier(alpha, "1111111111-11")
    make.make_identifier(alpha, "HRB 7", scheme=Identifier.Scheme.COMPANY)
    return [alpha, make.make_organization("Βήτα Φάρμα"), make.make_organization("=Gamma")]


def _fill(meeting: Meeting, host: Organization) -> None:
    seats = {party.organization.name: party for party in meeting.parties.select_related("organization")}
    gamma = seats["=Gamma"]
    gamma.on_behalf_of = "Delta plc; Epsilon SA"
    gamma.save()
    ana = make.make_person("Ana María Ruiz")
    for person, rank in ((ana, "head"), (make.make_person("Ben Osei"), "head"), (make.make_person("Cy Li"), "senior")):
        Post.objects.create(person=person, organization=host, function=f"Chief, {rank}", rank=rank)
    ours = meeting.parties.get(side=Party.Side.HOST)
    make.make_participant(ours, "Ana María Ruiz", person=ana, function="Chief, head", visibility=PUBLIC)
    make.make_participant(ours, "Hidden Hand", function="Adviser")
    make.make_participant(seats["Alpha, Ltd"], "Zoë Ωmega", function="CEO", visibility=PUBLIC)
    talk = make.make_discussion(meeting, topic=make.make_topic("Electronic labels"), visibility=PUBLIC)
    talk.themes.add(make.make_theme("Labelling"))
    make.make_position(
        talk, seats["Alpha, Ltd"].organization, stance="requests", statement="Labels on a screen.", visibility=PUBLIC
    )


def form_of(code: str) -> ReturnForm:
    found: ReturnForm = ReturnForm.objects.get(code=code)
    return found


def period_of(form: Any, day: dt.date = MAY) -> Period:
    return Period.of(form.period, day)
