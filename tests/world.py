"""A small world in which every text says who may read it.

Each level has a mark of its own, and every text of a record carries the mark of the narrowest audience among its own
and its ancestors'. Whoever meets a mark that is not theirs has found a leak.
"""

from dataclasses import dataclass, field
from typing import Any

from meetings.models import AgendaProposal, Meeting, Participant, Position
from tests import makers as make
from tests.made_once import made_once
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People

PUBLIC_MARK = "pubmark"
OURS_MARK = "oursmark"  # shared with the representative's organization
THEIRS_MARK = "theirsmark"  # shared with the stranger's organization
INSIDE_MARK = "insidemark"

SEEN_BY = {
    "visitor": {PUBLIC_MARK},
    "stranger": {PUBLIC_MARK, THEIRS_MARK},
    "representative": {PUBLIC_MARK, OURS_MARK},
    "secretary": {PUBLIC_MARK, OURS_MARK, THEIRS_MARK, INSIDE_MARK},
    "manager": {PUBLIC_MARK, OURS_MARK, THEIRS_MARK, INSIDE_MARK},
    "publisher": {PUBLIC_MARK, OURS_MARK, THEIRS_MARK, INSIDE_MARK},
}
ALL_MARKS = SEEN_BY["secretary"]


@dataclass
class World:
    """What was made, and the addresses that lead to it, each with the mark of whoever may open it."""

    records: dict[str, Any] = field(default_factory=dict)
    addresses: list[tuple[str, str]] = field(default_factory=list)

    def open_to(self, mark: str, *records: Any) -> None:
        self.addresses += [(record.get_absolute_url(), mark) for record in records]


def make_world(people: People) -> World:
    return made_once(lambda: _make_world(people), "world", people)


def _make_world(people: People) -> World:
    world = World()
    for name, user in people:
        if name in ("secretary", "manager", "publisher"):
            user.first_name = f"{INSIDE_MARK} {name}"
            user.save()
    host = make.make_host(f"{PUBLIC_MARK} host")
    world.open_to(PUBLIC_MARK, host)
    world.records["host"] = host
    _public(world, host, people)
    _shared(world, host, people.ours, OURS_MARK, people)
    _shared(world, host, people.theirs, THEIRS_MARK, people)
    _inside(world, host, people)
    return world


def _fill(world: World, meeting: Meeting, mark: str, people: People, level: int = PUBLIC) -> None:
    """One of everything on a meeting, at a level of its own; the mark is of the level that results."""
    topic = make.make_topic(f"{mark} topic of {meeting.pk} {level}")
    reference = make.make_reference(f"{mark} reference of {meeting.pk} {level}", url=f"https://example.org/{mark}")
    mentioned = make.make_organization(
        f"{mark} mentioned {meeting.pk} {level}", acronym=f"{mark[:4]}{meeting.pk}{level}"
    )
    discussion = make.make_discussion(
        meeting, f"{mark} discussion", topic=topic, said=f"{mark} said", visibility=level, internal_notes=INSIDE_MARK
    )
    discussion.references.add(reference)
    discussion.mentions.add(mentioned)
    make.make_position(discussion, statement=f"{mark} position")
    make.make_position(discussion, statement=f"{INSIDE_MARK} position", visibility=INTERNAL)
    make.make_outcome(meeting, f"{mark} outcome", discussion=discussion)
    make.make_outcome(meeting, f"{mark} takeaway", visibility=level, kind="takeaway")
    make.make_document(meeting, f"{mark} paper", url=f"https://example.org/{mark}.pdf", visibility=level)
    party = meeting.parties.filter(side="counterpart").first()
    Participant.objects.create(party=party, name=f"{mark} name", function=f"{mark} function", visibility=level)
    Participant.objects.create(party=party, name=f"{INSIDE_MARK} name", visibility=INTERNAL)
    followup = make.make_followup(
        f"{mark} promise",
        details=f"{mark} details",
        discussion=discussion,
        owner=party.organization,
        chaser=people.secretary,
        assignee=people.manager,
        due_on=make.LONG_AGO,
        visibility=level,
    )
    followup.move_due(by=people.manager, to=make.LONG_AGO.replace(year=2061), reason=f"{INSIDE_MARK} reason")
    world.open_to(mark, topic, reference, mentioned, followup)
    world.records.setdefault("followup", followup)
    world.records.setdefault("discussion", discussion)
    world.records.setdefault("reference", reference)


def _meeting(world: World, host: Any, counterpart: Any, mark: str, people: People, **fields: Any) -> Meeting:
    series = make.make_series(f"{mark} series {counterpart.pk}", host=host, purpose=f"{mark} purpose")
    meeting = make.make_held(
        f"{mark} meeting",
        host=host,
        counterparts=[counterpart],
        series=series,
        summary=f"{mark} summary",
        purpose=f"{mark} aim",
        venue=f"{mark} venue",
        internal_notes=f"{INSIDE_MARK} notes",
        prepared_by=people.secretary,
        **fields,
    )
    world.open_to(mark, series)
    return meeting


def _public(world: World, host: Any, people: People) -> None:
    counterpart = make.make_organization(f"{PUBLIC_MARK} counterpart", acronym=f"{PUBLIC_MARK}C")
    meeting = _meeting(world, host, counterpart, PUBLIC_MARK, people, visibility=PUBLIC)
    _fill(world, meeting, PUBLIC_MARK, people)
    _fill(world, meeting, INSIDE_MARK, people, INTERNAL)
    AgendaProposal.objects.create(meeting=meeting, organization=counterpart, title=f"{INSIDE_MARK} proposal")
    meeting.refresh_from_db()
    meeting.publish(by=people.publisher)
    meeting.title = f"{PUBLIC_MARK} meeting, renamed"
    world.open_to(PUBLIC_MARK, meeting, counterpart)
    meeting.save()
    world.open_to(PUBLIC_MARK, meeting)
    world.records["meeting"] = meeting


def _shared(world: World, host: Any, counterpart: Any, mark: str, people: People) -> None:
    counterpart.name, counterpart.acronym = f"{mark} organization", f"{mark[:6]}A"
    counterpart.save()
    meeting = _meeting(world, host, counterpart, mark, people, visibility=SHARED)
    _fill(world, meeting, mark, people)
    _fill(world, meeting, INSIDE_MARK, people, INTERNAL)
    AgendaProposal.objects.create(meeting=meeting, organization=counterpart, title=f"{mark} proposal")
    meeting.refresh_from_db()
    world.open_to(mark, meeting, counterpart)
    meeting.title = f"{mark} meeting, renamed"
    meeting.save()  # the address above now redirects, for those who may know
    world.open_to(mark, meeting)


def _inside(world: World, host: Any, people: People) -> None:
    counterpart = make.make_organization(f"{INSIDE_MARK} counterpart", acronym=f"{INSIDE_MARK}C")
    person = make.make_person(f"{INSIDE_MARK} person")
    meeting = _meeting(world, host, counterpart, INSIDE_MARK, people, visibility=INTERNAL)
    _fill(world, meeting, INSIDE_MARK, people)
    meeting.refresh_from_db()
    draft = make.make_meeting(f"{INSIDE_MARK} not published", host=host, counterparts=[counterpart], visibility=PUBLIC)
    world.open_to(INSIDE_MARK, meeting, counterpart, draft)
    world.records.update(person=person, position=Position.objects.first())
