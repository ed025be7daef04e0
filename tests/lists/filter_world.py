"""One world for every filter of every list: for each of its values a row that it finds, and one that it does not."""

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from engagement.core.lists.views import ListPage
from engagement.followups.lists import FollowUpList
from engagement.followups.models import CarryOver, FollowUp
from engagement.minutes.models import How, Minutes
from engagement.topics.lists import TopicList
from engagement.topics.models import Topic
from meetings.lists import MeetingList, SeriesList
from meetings.models import AgendaProposal, ProposedChange
from organizations.lists import OrganizationList
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People, make_people

Case = tuple[str, str, str, str]
"""The filter, its value, the row that is found, the row that is not."""


def day(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def year(back: int) -> dt.date:
    """The first of June so many years ago."""
    return dt.date(day(0).year - back, 6, 1)


EARLY, LAST = year(3), year(1)


def make_filter_world() -> People:
    """Two partners met in two years, a third today and a fourth in ten days; what was discussed and promised there."""
    people = make_people()
    federation = make.make_organization("Federation", kind="industry_association")
    alpha = make.make_organization(
        "Alpha", kind="patient", country="BE", parent=federation, lead=people.manager,
        legal_form="foundation", sector="R",
    )  # fmt: skip
    beta, delta = make.make_organization("Beta", country="FR"), make.make_organization("Delta")
    make.make_assessment(alpha, next_review_on=day(-1))
    make.make_organization("Never met")
    make.make_organization("Archived").archive(by=people.manager, reason="Dissolved.")
    hosts = [make.make_host("Agency"), make.make_host("Ministry")]
    broad = make.make_theme("Broad")
    themes = [make.make_theme("Narrow", parent=broad), make.make_theme("Other")]
    topics = [make.make_topic("Alpha topic"), make.make_topic("Beta topic", status=Topic.Status.CLOSED)]
    for topic, theme in zip(topics, themes, strict=True):
        topic.themes.add(theme)
    make.make_topic("Never discussed")
    serieses = [
        make.make_series("Alpha series", host=hosts[0], cadence_months=12),
        make.make_series("Beta series", host=hosts[1]),
    ]
    make.make_series("Never held").counterparts.add(make.make_organization("Invited"))
    for series, partner in zip(serieses, [alpha, beta], strict=True):
        series.counterparts.add(partner)
    first = make.make_public(
        "Alpha meeting", host=hosts[0], counterparts=[alpha], series=serieses[0], starts_on=EARLY, country="BE",
        venue="Town hall", attendance_mode="in_person", requested_by="counterpart", kind="bilateral",
        contact_form="call",
        publication_due_on=day(30),
    )  # fmt: skip
    second = make.make_held(
        "Beta meeting", host=hosts[1], counterparts=[beta], series=serieses[1], starts_on=LAST, country="FR",
        city="Paris", attendance_mode="online", requested_by="host", kind="ad_hoc", publication_due_on=day(-1),
    )  # fmt: skip
    talks = [
        make.make_discussion(meeting, topic=topic)
        for meeting, topic in zip([first, second], topics, strict=True)
    ]  # fmt: skip
    for talk, theme in zip(talks, themes, strict=True):
        talk.themes.add(theme)
    _make_recent(people, delta, hosts[0])
    _make_promises(people, talks, alpha, federation, hosts[1])
    _make_minutes(people, delta, hosts[0])
    return people


def _make_recent(people: People, partner: Any, host: Any) -> None:
    """Held today, published and withdrawn, about a topic and in a series of its own; planned; without a date."""
    topic, series = make.make_topic("Delta topic"), make.make_series("Delta series", host=host)
    today = make.make_public(
        "Delta meeting", host=host, counterparts=[partner], series=series, starts_on=day(0), kind="platform",
        prepared_at=timezone.now(), prepared_by=people.secretary,
    )  # fmt: skip
    make.make_discussion(today, topic=topic)
    today.withdraw(by=people.publisher, reason="Wrong party.")
    planned = make.make_meeting("Planned meeting", host=host, counterparts=[partner], starts_on=day(10))
    planned.confirm(by=None)
    AgendaProposal.objects.create(meeting=planned, organization=partner, title="A proposal")
    make.make_held("Unwritten meeting", host=host, counterparts=[partner], starts_on=EARLY)
    make.make_meeting("Undated meeting", host=host, counterparts=[partner], starts_on=None)
    of_long_ago = {"host": host, "counterparts": [partner], "starts_on": EARLY}
    late = make.make_public("Late meeting", publication_due_on=LAST, **of_long_ago)
    ProposedChange.objects.create(meeting=late, proposed_by=people.secretary, form_version=1)
    make.make_held("Soon meeting", publication_due_on=day(3), **of_long_ago)
    make.make_held("Ready meeting", visibility=PUBLIC, **of_long_ago).mark_ready(by=people.secretary)
    exempt = make.make_held("Exempt meeting", publication_due_on=day(3), **of_long_ago)
    exempt.regimes.add(rule := make.make_regime("The rule", days=None, grounds=("Embassies",)))
    exempt.exempt(by=people.publisher, ground=rule.grounds.get(), text="An embassy came.")


def _make_minutes(people: People, partner: Any, host: Any) -> None:
    """In each status; those with a comment have days left, those that end have none."""
    of_long_ago = {"host": host, "counterparts": [partner], "starts_on": EARLY, "visibility": SHARED}
    for status in ("draft", "sent", "ending", "agreed", "final", "published"):
        minutes = Minutes.objects.begin(make.make_held(f"Minutes {status}", **of_long_ago), by=people.secretary)
        if status == "draft":
            continue
        until = day(3 if status == "ending" else 14)
        minutes.send(1, by=people.secretary, deadline_on=until, is_silence_agreement=False, recipients="")
        if status == "sent":
            minutes.comment(1, partner, "Not all.", by=people.stranger)
        if status in ("agreed", "final", "published"):
            minutes.agree(1, partner, how=How.SIGNED_IN, by=people.stranger)
        if status in ("final", "published"):
            minutes.finalize(by=people.secretary)
    minutes.meeting.refresh_from_db()
    minutes.meeting.visibility = PUBLIC
    minutes.meeting.save()
    minutes.meeting.publish(by=people.publisher)
    minutes.publish(by=people.publisher)


def _make_promises(people: People, talks: list[Any], alpha: Any, federation: Any, host: Any) -> None:
    theirs = make.make_followup(
        "Alpha promise", discussion=talks[0], owner=alpha, chaser=people.manager, assignee=people.secretary,
        due_on=EARLY, priority=FollowUp.Priority.HIGH, visibility=PUBLIC,
    )  # fmt: skip
    with time_machine.travel(dt.datetime.combine(EARLY, dt.time(12), tzinfo=dt.UTC)):
        for later in (dt.timedelta(days=1), dt.timedelta(days=2)):
            theirs.move_due(by=people.manager, to=EARLY + later, reason="Not ready.")
        theirs.wait(by=people.manager, on=alpha, reason="A letter.")
    for meeting in (talks[1].meeting, make.make_meeting("Planned after it")):
        CarryOver.objects.create(meeting=meeting, followup=theirs)
    make.make_report(theirs)
    make.make_followup("Beta promise", discussion=talks[1], owner=host, visibility=INTERNAL)
    CarryOver.objects.create(meeting=talks[1].meeting, followup=make.make_followup("Recorded today", owner=host))
    due = make.make_followup("Due today", owner=host, due_on=EARLY)
    due.move_due(by=people.manager, to=day(0), reason="Holidays.")
    gone = make.make_user("gone")
    make.make_followup("Chased by one who left", owner=host, chaser=gone)
    gone.is_active = False
    gone.save()
    for title, due_on in (("Done in time", day(1)), ("Done late last year", EARLY)):
        make.make_followup(title, owner=host, due_on=due_on).complete(by=people.manager)
    then = timezone.make_aware(dt.datetime.combine(LAST, dt.time(12)))
    FollowUp.objects.filter(title="Done late last year").update(closed_at=then)


def cases_of_days(prefix: str, never: str) -> list[Case]:
    """When it was met, held or discussed; in the lists that ask so."""
    alpha, beta, delta = (f"{name}{prefix}" for name in ("Alpha", "Beta", "Delta"))
    return [
        ("when", "last_30", delta, alpha),
        ("when", "this_year", delta, beta),
        ("when", "last_year", beta, delta),
        ("when", "never", never, alpha),
        ("from", LAST.isoformat(), beta, alpha),
        ("to", EARLY.isoformat(), alpha, beta),
    ]


ORGANIZATIONS: list[Case] = [
    ("q", "alph", "Alpha", "Beta"),
    ("kind", "patient", "Alpha", "Beta"),
    ("country", "BE", "Alpha", "Beta"),
    ("legal_form", "foundation", "Alpha", "Beta"),
    ("sector", "R", "Alpha", "Beta"),
    ("organization", "federation", "Alpha", "Beta"),
    ("host", "1", "Agency", "Alpha"),
    ("lead", "manager", "Alpha", "Beta"),
    ("review", "1", "Alpha", "Beta"),
    ("show", "current", "Alpha", "Archived"),
    ("show", "archived", "Archived", "Alpha"),
    ("theme", "broad", "Alpha", "Beta"),
    ("topic", "alpha-topic", "Alpha", "Beta"),
    ("series", "alpha-series", "Alpha", "Beta"),
    ("silence", "overdue", "Alpha", "Beta"),
    ("silence", "never", "Invited", "Alpha"),
    ("silence", "any", "Alpha", "Beta"),
    ("silence", "any", "Invited", "Never met"),
    *cases_of_days("", "Never met"),
]
TOPICS: list[Case] = [
    ("q", "alph", "Alpha topic", "Beta topic"),
    ("theme", "broad", "Alpha topic", "Beta topic"),
    ("status", "closed", "Beta topic", "Alpha topic"),
    ("organization", "federation", "Alpha topic", "Beta topic"),
    ("series", "alpha-series", "Alpha topic", "Beta topic"),
    *cases_of_days(" topic", "Never discussed"),
]
SERIES: list[Case] = [
    ("q", "alph", "Alpha series", "Beta series"),
    ("organization", "federation", "Alpha series", "Beta series"),
    ("host", "agency", "Alpha series", "Beta series"),
    ("theme", "broad", "Alpha series", "Beta series"),
    ("topic", "alpha-topic", "Alpha series", "Beta series"),
    ("kind", "bilateral", "Alpha series", "Beta series"),
    ("rhythm", "regular", "Alpha series", "Beta series"),
    ("rhythm", "as_needed", "Beta series", "Alpha series"),
    ("rhythm", "overdue", "Alpha series", "Beta series"),
    ("lead", "manager", "Alpha series", "Beta series"),
    *cases_of_days(" series", "Never held"),
]
MEETINGS: list[Case] = [
    *[
        (name, value, "Alpha meeting", "Beta meeting")
        for name, value in [
            ("q", "alph"),
            ("to", EARLY.isoformat()),
            ("organization", "federation"),
            ("theme", "broad"),
            ("counterpart", "patient"),
            ("kind", "bilateral"),
            ("series", "alpha-series"),
            ("topic", "alpha-topic"),
            ("country", "BE"),
            ("place", "town"),
            ("form", "call"),
            ("mode", "in_person"),
            ("requested_by", "counterpart"),
            ("lead", "manager"),
            ("publication", "published"),
            ("visibility", "20"),
            ("reference", f"BM-{EARLY.year}-001"),
        ]
    ],
    ("place", "paris", "Beta meeting", "Alpha meeting"),
    ("status", "confirmed", "Planned meeting", "Alpha meeting"),
    ("from", LAST.isoformat(), "Beta meeting", "Alpha meeting"),
    ("when", "upcoming", "Planned meeting", "Delta meeting"),
    ("record", "empty", "Unwritten meeting", "Alpha meeting"),
    ("proposals", "waiting", "Planned meeting", "Undated meeting"),
    ("when", "next_7", "Delta meeting", "Planned meeting"),
    ("when", "next_30", "Planned meeting", "Alpha meeting"),
    ("when", "last_30", "Delta meeting", "Planned meeting"),
    ("when", "this_year", "Delta meeting", "Beta meeting"),
    ("when", "last_year", "Beta meeting", "Delta meeting"),
    ("when", "undated", "Undated meeting", "Planned meeting"),
    ("publication", "due", "Beta meeting", "Alpha meeting"),
    ("publication", "prepared", "Delta meeting", "Beta meeting"),
    ("publication", "withdrawn", "Delta meeting", "Alpha meeting"),
    ("publication", "waiting", "Beta meeting", "Exempt meeting"),
    ("publication", "unassessed", "Unwritten meeting", "Beta meeting"),
    ("publication", "ready", "Ready meeting", "Beta meeting"),
    ("publication", "changed", "Late meeting", "Alpha meeting"),
    ("publication", "overdue", "Beta meeting", "Soon meeting"),
    ("publication", "soon", "Soon meeting", "Exempt meeting"),
    ("publication", "on_time", "Alpha meeting", "Late meeting"),
    ("publication", "late", "Late meeting", "Alpha meeting"),
    ("publication", "exempt", "Exempt meeting", "Soon meeting"),
    ("regime", "the-rule", "Exempt meeting", "Soon meeting"),
    ("due_from", day(2).isoformat(), "Soon meeting", "Beta meeting"),
    ("due_to", day(-1).isoformat(), "Beta meeting", "Soon meeting"),
    ("minutes", "draft", "Minutes draft", "Minutes sent"),
    ("minutes", "sent", "Minutes ending", "Minutes agreed"),
    ("minutes", "comments", "Minutes sent", "Minutes ending"),
    ("minutes", "ending", "Minutes ending", "Minutes sent"),
    ("minutes", "agreed", "Minutes agreed", "Minutes final"),
    ("minutes", "final", "Minutes final", "Minutes published"),
    ("minutes", "published", "Minutes published", "Minutes final"),
]
FOLLOWUPS: list[Case] = [
    *[
        (name, value, "Alpha promise", "Beta promise")
        for name, value in [
            ("q", "alph"),
            ("mine", "1"),
            ("status", "waiting"),
            ("organization", "federation"),
            ("side", "theirs"),
            ("assignee", "secretary"),
            ("theme", "broad"),
            ("topic", "alpha-topic"),
            ("series", "alpha-series"),
            ("meeting", f"BM-{EARLY.year}-001"),
            ("chaser", "manager"),
            ("waiting_on", "federation"),
            ("country", "BE"),
            ("priority", "30"),
            ("visibility", "20"),
            ("carried", "1"),
            ("reported", "1"),
            ("due", "overdue"),
            ("opened_to", EARLY.isoformat()),
        ]
    ],
    ("moved", "once", "Due today", "Beta promise"),
    ("moved", "1", "Alpha promise", "Due today"),  # moved once
    ("moved", "long", "Due today", "Alpha promise"),  # by two days in all
    ("carried", "2", "Alpha promise", "Recorded today"),  # carried over once
    ("left", "1", "Chased by one who left", "Alpha promise"),
    ("unassigned", "1", "Chased by one who left", "Alpha promise"),
    ("show", "open", "Alpha promise", "Done in time"),
    ("show", "closed", "Done in time", "Alpha promise"),
    ("due", "soon", "Due today", "Alpha promise"),
    ("due", "this_year", "Due today", "Alpha promise"),
    ("due", "none", "Beta promise", "Alpha promise"),
    ("due_within", "0", "Due today", "Alpha promise"),
    ("waiting", "30", "Alpha promise", "Beta promise"),
    ("due_from", day(0).isoformat(), "Due today", "Alpha promise"),
    ("due_to", day(-1).isoformat(), "Alpha promise", "Due today"),
    ("opened", "last_30", "Recorded today", "Alpha promise"),
    ("opened", "this_year", "Recorded today", "Beta promise"),
    ("opened", "last_year", "Beta promise", "Recorded today"),
    ("opened_from", LAST.isoformat(), "Beta promise", "Alpha promise"),
    ("closed", "last_30", "Done in time", "Done late last year"),
    ("closed", "this_year", "Done in time", "Done late last year"),
    ("closed", "last_year", "Done late last year", "Done in time"),
    ("closed_from", day(0).isoformat(), "Done in time", "Done late last year"),
    ("closed_to", LAST.isoformat(), "Done late last year", "Done in time"),
    ("timing", "on_time", "Done in time", "Done late last year"),
    ("timing", "late", "Done late last year", "Done in time"),
]
CASES: dict[type[ListPage], list[Case]] = {
    MeetingList: MEETINGS,
    OrganizationList: ORGANIZATIONS,
    TopicList: TOPICS,
    SeriesList: SERIES,
    FollowUpList: FOLLOWUPS,
}
