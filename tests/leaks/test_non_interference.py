"""Non-interference: whatever is saved or added out of sight, every public address answers byte for byte as before."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import pytest
import time_machine
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from engagement.accounts.models import ExportLog, SavedView
from engagement.followups.models import CarryOver, FollowUp
from engagement.reminders.models import PublishingReminder
from engagement.topics.models import Theme
from meetings.models import (
    AgendaProposal,
    Discussion,
    Document,
    Meeting,
    Outcome,
    Participant,
    Position,
    ProposedChange,
    Regime,
)
from organizations.merging.actions import merge_organizations
from organizations.models import Assessment, Criterion, Identifier, Organization, Person, Post
from tests import makers as make
from tests.addresses import told
from tests.leaks.addresses import addresses
from tests.leaks.gates import gate_of_moments
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People
from tests.thorough import today
from tests.world import OURS_MARK, PUBLIC_MARK

DRAWN = re.compile(rb'(name="(?:csrfmiddlewaretoken|_once)" value=")[^"]*')
"""What is drawn anew for each form."""
NOT_COMPARED = {"Set-Cookie", "ETag"}
Answers = dict[str, tuple[int, dict[str, str], bytes]]


def answers(paths: Sequence[str]) -> Answers:
    """As somebody gets them who just came by."""
    client = Client()
    return {path: _answer(client.get(path)) for path in paths}


def _answer(response: Any) -> tuple[int, dict[str, str], bytes]:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name not in NOT_COMPARED}
    return response.status_code, headers, DRAWN.sub(rb"\1", body)


@pytest.mark.slow("every other public address, twice")
def test_nothing_public_tells_of_what_is_done_out_of_sight(secrets: People, people: People) -> None:
    asked = today([one.path for one in addresses(people.representative) if not one.is_inside], parts=2)
    assert len(asked) > 70
    different = differences(asked, people)
    assert not different, told(different)


@pytest.mark.slow("a world full of secrets, and a change of everything in it")
def test_moments_of_what_is_done_out_of_sight_would_be_noticed(
    secrets: People, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate_of_moments().open(monkeypatch)
    assert differences(["/meetings.json", "/meetings.atom", "/organizations.json"], people)


def differences(asked: Sequence[str], people: People) -> list[str]:
    """What is answered otherwise once things were done out of sight."""
    now = timezone.now() + dt.timedelta(hours=2)
    with time_machine.travel(now, tick=False):
        before = answers(asked)
        assert sum(status == 200 for status, _headers, _body in before.values()) > len(asked) / 9
    with time_machine.travel(now - dt.timedelta(hours=1), tick=False):
        save_hidden_things(people)
        add_hidden_records(people)
    with time_machine.travel(now, tick=False):
        after = answers(asked)
    return [f"{path}: {_first_difference(before[path], after[path])}" for path in asked if before[path] != after[path]]


def _first_difference(was: Any, now: Any) -> str:
    if was[:2] != now[:2]:
        return f"{was[0]} became {now[0]}: {dict(was[1].items() ^ now[1].items())}"
    lines = zip(was[2].splitlines(), now[2].splitlines(), strict=False)
    return next((f"{old[:200]!r} became {new[:200]!r}" for old, new in lines if old != new), "longer or shorter")


def save_hidden_things(people: People) -> None:
    """Every field that only the secretariat reads, and every part that is not public, of everything there is."""
    for row in (*Meeting.objects.order_by("pk"), *Discussion.objects.order_by("pk")):
        _save(row, internal_notes="Changed out of sight")
    for model, name in ((Position, "statement"), (Outcome, "text"), (Participant, "name"), (Document, "title")):
        for row in model._default_manager.filter(effective_visibility__lt=PUBLIC).order_by("pk"):
            _save(row, **{name: "Changed out of sight"})
    for promise in FollowUp.objects.order_by("pk"):
        _save(promise, assignee=people.secretary, chaser=people.manager, priority=FollowUp.Priority.HIGH)
    for organization in Organization.objects.order_by("pk"):
        _save(organization, lead=people.manager)
    for row in (*Regime.objects.filter(is_in_use=False), *Criterion.objects.filter(is_public=False)):
        _save(row, name="Changed out of sight")
    for assessment in Assessment.objects.order_by("pk"):
        _save(assessment, note="Changed out of sight")
    for number in Identifier.objects.filter(scheme=Identifier.Scheme.INTERNAL):
        _save(number, value="changed/1")


def _save(row: Model, **values: object) -> None:
    row = type(row)._default_manager.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def add_hidden_records(people: People) -> None:
    """Beside what is public: in its series, with its organizations, on its topics, under its themes."""
    meeting = Meeting.objects.get(title=f"{PUBLIC_MARK} meeting, renamed")
    known = meeting.parties.get(side="counterpart").organization
    talk = meeting.discussions.filter(effective_visibility=PUBLIC).earliest("pk")
    for level, counterpart in ((INTERNAL, known), (SHARED, people.ours)):
        _another_meeting(meeting, counterpart, talk, level, people)
    for part in (make.make_discussion, make.make_outcome, make.make_document):
        part(meeting, "Out of sight", visibility=INTERNAL)
    make.make_position(talk, known, statement="Out of sight", visibility=INTERNAL)
    make.make_participant(meeting.parties.get(side="counterpart"), "Out of Sight")
    make.make_followup(
        "Out of sight", discussion=talk, owner=known, chaser=people.manager, due_on=make.LONG_AGO, visibility=INTERNAL
    )
    make.make_assessment(known, criterion=make.make_criterion("Out of sight", is_public=False))
    make.make_identifier(known, "out/2", scheme=Identifier.Scheme.INTERNAL)
    _of_the_secretariat(meeting, known, people)


def _another_meeting(meeting: Meeting, counterpart: Organization, talk: Discussion, level: int, people: People) -> None:
    """Held, with all that the public one has, and overdue to be published."""
    other = make.make_held(
        f"{OURS_MARK} out of sight", host=meeting.series.host, counterparts=[counterpart], series=meeting.series,
        visibility=level, publication_due_on=dt.date(2025, 9, 23), starts_on=dt.date(2025, 9, 9),
    )  # fmt: skip
    said = make.make_discussion(other, topic=talk.topic, said="Out of sight")
    said.themes.set(Theme.objects.all())
    said.references.set(talk.references.all())
    said.mentions.set(talk.mentions.all())
    make.make_position(said, counterpart, statement="Out of sight")
    make.make_outcome(other, "Out of sight", discussion=said)
    make.make_document(other, "Out of sight")
    make.make_followup("Out of sight", discussion=said, owner=counterpart, chaser=people.manager, due_on=make.LONG_AGO)
    waits = make.make_held(
        "Out of sight, to be published", host=meeting.series.host, counterparts=[counterpart], visibility=PUBLIC
    )
    make.make_discussion(waits, topic=talk.topic, said="Out of sight")


def _of_the_secretariat(meeting: Meeting, known: Organization, people: People) -> None:
    ours = Meeting.objects.get(title=f"{OURS_MARK} meeting, renamed")
    ProposedChange.objects.create(meeting=meeting, proposed_by=people.secretary, form_version=1)
    AgendaProposal.objects.create(meeting=meeting, organization=known, title="Out of sight")
    CarryOver.objects.create(meeting=ours, discussion=meeting.discussions.earliest("pk"))
    PublishingReminder.objects.create(meeting=meeting, person=people.manager, told_on=timezone.localdate())
    SavedView.objects.create(owner=people.manager, list_name="meetings:list", name="Out of sight", query="status=held")
    ExportLog.objects.create(user=people.manager, what="meetings", format="csv")
    person: Person = make.make_person("Out of Sight")
    Post.objects.create(person=person, organization=known, function="Out of sight")
    one, other = (make.make_organization(f"Out of sight {name}") for name in ("alike", "alike too"))
    merge_organizations(one, [other], by=people.secretary)
