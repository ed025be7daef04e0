"""When a record changed, as each reader may know: hidden changes leave no trace in any form of a list."""

import datetime as dt
from collections.abc import Callable, Iterable
from copy import deepcopy
from itertools import count
from typing import Any

import pytest
import time_machine
from django.urls import get_resolver

from engagement.core.exports import Export
from engagement.core.exports.last_changed import NOTHING_TO_READ, changed_at
from engagement.core.history import choices_kept, parts_of
from engagement.core.models import Record
from engagement.followups.models import FollowUp
from meetings.models import Discussion, Meeting, Participant, Party, Position
from tests import makers as make
from tests.exports.reading import ATOM, components, csv_rows, entries, fetch, json_rows
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People, client_of
from tests.thorough import some, today

BEFORE, AFTER = dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC), dt.datetime(2025, 6, 2, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def leaflets(module_people: People) -> Meeting:
    """A published meeting with our representative, one of everything, seen and hidden."""
    with time_machine.travel(BEFORE, tick=False):
        made = make.make_public("Leaflets", counterparts=[module_people.ours])
        for level, name in ((PUBLIC, "seen"), (SHARED, "shared"), (INTERNAL, "hidden")):
            item = make.make_discussion(made, name, visibility=level)
            make.make_position(item, statement=f"{name} statement")
            make.make_position(item, statement=f"{name}, kept inside", visibility=INTERNAL)
            make.make_document(made, name, visibility=level)
            Participant.objects.create(party=made.parties.last(), name=name, visibility=level)
        make.make_followup("Promise", meeting=made, visibility=PUBLIC, due_on=dt.date(2027, 3, 31))
        made.refresh_from_db()
    return made


@pytest.fixture
def meeting(leaflets: Meeting, db: None) -> Meeting:
    return deepcopy(leaflets)


def in_feed(content: bytes) -> dict[str, str]:
    [entry] = entries(content)
    return {"updated": entry.find(f"{ATOM}updated").text}


def in_calendar(content: bytes) -> dict[str, str]:
    dated = components(content)[0]
    sequence, stamp, modified = (dated.decoded(one) for one in ("sequence", "dtstamp", "last-modified"))
    assert stamp == modified
    return {"modified": stamp.isoformat(), "sequence": f"{sequence:012d}"}


FORMS: dict[str, Callable[[bytes], dict[str, str]]] = {
    "atom": in_feed,
    "ics": in_calendar,
    "csv": lambda content: {"csv": csv_rows(content)[0]["changed_at"]},
    "json": lambda content: {"json": json_rows(content)[0]["changed_at"]},
}


def told(user: Any, name: str, forms: Iterable[str] = FORMS) -> dict[str, str]:
    """Everything by which this reader could tell that the only record of a list had changed."""
    client, query = client_of(user), "?show=all" if name == "follow-ups" else ""
    found: dict[str, str] = {}
    for form in forms:
        found |= FORMS[form](fetch(client, f"/{name}.{form}{query}"))
    return found


READERS = ("visitor", "representative", "secretary")


@pytest.fixture(scope="module")
def untouched() -> dict[str, dict[str, dict[str, str]]]:
    """What each reader is told by a list before anything changed, which is the same for every test."""
    return {}


Noticed = Callable[[str, Callable[[], object]], set[str]]
TURNS = count()
"""Each change is asked about in all forms by one reader, and in one by the others; with ALL=1 in all by all."""


@pytest.fixture
def who_noticed(people: People, meeting: Meeting, untouched: dict[str, dict[str, dict[str, str]]]) -> Noticed:
    """Of visitor, representative and secretary, to whom it was told; always in every form or in none."""

    turn = next(TURNS)

    def ask(name: str, who: str) -> dict[str, str]:
        one_form = who not in some(READERS, turn, parts=3)
        return told(getattr(people, who), name, some([*FORMS], turn, parts=4) if one_form else FORMS)

    def noticed(name: str, change: Callable[[], object]) -> set[str]:
        if name not in untouched:
            untouched[name] = {who: told(getattr(people, who), name) for who in READERS}
        before = untouched[name]
        with time_machine.travel(AFTER, tick=False):
            change()
        found = set()
        for who, now in ((who, ask(name, who)) for who in READERS):
            was = {form: before[who][form] for form in now}
            risen = {form for form in now if now[form] > was[form]}
            assert risen in (set(), set(now)), f"{who} is told by {risen} only"
            assert risen or now == was, f"for {who} it fell: {was} to {now}"
            if risen:
                found.add(who)
        return found

    return noticed


INSIDE = {"secretary"}
SIGNED_IN = {"representative", *INSIDE}
EVERYBODY = {"visitor", *SIGNED_IN}


def changed(record: Any, **fields: Any) -> None:
    record = type(record).objects.get(pk=record.pk)
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


def item(name: str) -> Discussion:
    return Discussion.objects.get(title=name)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Other"},
        {"starts_on": dt.date(2025, 5, 9)},
        {"start_time": dt.time(9)},
        {"venue": "Elsewhere"},
        {"city": "Delft"},
        {"summary": "It went well."},
        {"purpose": "To talk."},
    ],
)
@pytest.mark.both_databases
def test_what_all_read_is_told_to_all(who_noticed: Noticed, meeting: Meeting, fields: dict[str, Any]) -> None:
    assert who_noticed("meetings", lambda: changed(meeting, **fields)) == EVERYBODY


@pytest.mark.parametrize("field", ["internal_notes", "publication_due_on"])
@pytest.mark.both_databases
def test_what_stays_inside_is_told_inside(who_noticed: Noticed, meeting: Meeting, field: str) -> None:
    value: Any = "A note." if field == "internal_notes" else dt.date(2026, 1, 1)
    assert who_noticed("meetings", lambda: changed(meeting, **{field: value})) == INSIDE


@pytest.mark.both_databases
def test_a_publication_rule_is_told_inside(who_noticed: Noticed, meeting: Meeting) -> None:
    rule = make.make_regime()
    assert who_noticed("meetings", lambda: meeting.regimes.add(rule)) == INSIDE
    rule.days = 3
    assert who_noticed("meetings", rule.save) <= INSIDE


@pytest.mark.both_databases
def test_nothing_changed_is_told_to_nobody_outside(who_noticed: Noticed, meeting: Meeting) -> None:
    assert who_noticed("meetings", lambda: changed(meeting)) <= INSIDE


PARTS: dict[str, tuple[Callable[[], object], set[str]]] = {
    "what was said": (lambda: changed(item("seen"), said="More."), EVERYBODY),
    "a note on it": (lambda: changed(item("seen"), internal_notes="More."), INSIDE),
    "what was said, shared": (lambda: changed(item("shared"), said="More."), SIGNED_IN),
    "what was said, hidden": (lambda: changed(item("hidden"), said="More."), INSIDE),
    "a position": (lambda: changed(Position.objects.get(statement="seen statement"), statement="No."), EVERYBODY),
    "a hidden position": (
        lambda: changed(Position.objects.get(statement="seen, kept inside"), statement="No."),
        INSIDE,
    ),
    "a position on what is hidden": (
        lambda: changed(Position.objects.get(statement="hidden statement"), statement="No."),
        INSIDE,
    ),
    "a position on what is hidden, taken out": (
        lambda: Position.objects.get(statement="hidden statement").delete(),
        INSIDE,
    ),
    "a position taken out": (lambda: Position.objects.get(statement="seen statement").delete(), EVERYBODY),
    "a hidden position taken out": (lambda: Position.objects.get(statement="seen, kept inside").delete(), INSIDE),
    "an item hidden": (lambda: changed(item("seen"), visibility=INTERNAL), EVERYBODY),
    "an item shared no wider": (lambda: changed(item("seen"), visibility=SHARED), {"visitor", "secretary"}),
    "a shared item hidden": (lambda: changed(item("shared"), visibility=INTERNAL), SIGNED_IN),
    "an item opened": (lambda: changed(item("hidden"), visibility=PUBLIC), EVERYBODY),
    "an item opened to those concerned": (lambda: changed(item("hidden"), visibility=SHARED), SIGNED_IN),
    "an item taken out": (lambda: item("seen").delete(), EVERYBODY),
    "a hidden item taken out": (lambda: item("hidden").delete(), INSIDE),
    "a name": (lambda: changed(Participant.objects.get(name="seen"), function="Chair"), EVERYBODY),
    "a hidden name": (lambda: changed(Participant.objects.get(name="hidden"), function="Chair"), INSIDE),
    "themes": (lambda: item("seen").themes.add(make.make_theme("Blood")), EVERYBODY),
    "themes of what is hidden": (lambda: item("hidden").themes.add(make.make_theme("Blood")), INSIDE),
    "one more at the table": (lambda: make.make_party(Meeting.objects.get()), EVERYBODY),
    "one less at the table": (lambda: Party.objects.filter(side="host").get().delete(), EVERYBODY),
    "a hidden item more": (lambda: make.make_discussion(Meeting.objects.get(), visibility=INTERNAL), INSIDE),
}


@pytest.mark.parametrize("part", today(list(PARTS), parts=2))
def test_parts_are_told_to_those_who_read_them(who_noticed: Noticed, part: str) -> None:
    change, expected = PARTS[part]
    assert who_noticed("meetings", change) == expected


def test_it_never_goes_back(people: People, meeting: Meeting) -> None:
    """Opened, corrected, hidden again: each time later than before, and then it stays."""
    seen = [told(people.visitor, "meetings")["sequence"]]
    for day, fields in enumerate([{"visibility": PUBLIC}, {"said": "More."}, {"visibility": INTERNAL}]):
        with time_machine.travel(AFTER + dt.timedelta(days=day), tick=False):
            changed(item("hidden"), **fields)
        seen.append(told(people.visitor, "meetings")["sequence"])
    assert seen == sorted(set(seen))
    with time_machine.travel(AFTER + dt.timedelta(days=9), tick=False):
        changed(item("hidden"), said="Kept inside.")
    assert told(people.visitor, "meetings")["sequence"] == seen[-1]


VERBS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "move_due": ({"to": dt.date(2027, 4, 30), "reason": "Strike."}, EVERYBODY),
    "start": ({}, EVERYBODY),
    "complete": ({"result": "Sent."}, EVERYBODY),
    "cancel": ({"reason": "Strike."}, EVERYBODY),
    "assign": ({}, INSIDE),
}


@pytest.mark.parametrize("verb", VERBS)
def test_promises(who_noticed: Noticed, people: People, verb: str) -> None:
    words, expected = VERBS[verb]
    words = {"to": people.secretary} if verb == "assign" else words
    act = getattr(FollowUp.objects.get(), verb)
    assert who_noticed("follow-ups", lambda: act(by=people.manager, **words)) == expected


@pytest.mark.parametrize(("field", "value"), [("title", "Other"), ("details", "More."), ("priority", 30)])
def test_words_of_promises(who_noticed: Noticed, field: str, value: Any) -> None:
    expected = INSIDE if field == "priority" else EVERYBODY
    noticed = who_noticed("follow-ups", lambda: changed(FollowUp.objects.get(), **{field: value}))
    assert noticed == expected


@pytest.mark.slow("saves every part by itself, as bulk writing leaves no history")
def test_many_cost_what_few_cost(people: People, flat_queries: Callable[..., None]) -> None:
    def grow(number: int) -> None:
        for _n in range(number):
            make.make_discussion(make.make_public())

    def ask() -> object:
        return changed_at(Meeting, Meeting.objects.values_list("pk", flat=True), people.representative)

    flat_queries(grow, ask, ceiling=16)


READ = {
    "Topic": {"slug", "title", "description", "status"},
    "Organization": {
        "slug",
        "name",
        "acronym",
        "kind",
        "country",
        "legal_form",
        "sector",
        "website",
        "description",
        "is_host",
    },
    "OtherName": {"organization", "name"},
    "Identifier": {"organization", "scheme", "value", "status", "checked_on", "valid_from", "valid_to"},
    "Assessment": {"organization", "criterion", "assessed_on", "result"},  # of criteria that are public
    "Representative": {"user", "organization", "starts_on", "ends_on"},
    "Series": {"slug", "title", "host", "cadence_months", "first_ordinal", "purpose"},
    "Meeting": {
        *("cancellation_reason", "postponement_reason"),
        *("slug", "reference", "title", "series", "ordinal", "kind", "status", "starts_on", "start_time", "ends_on"),
        *("date_precision", "contact_form"),
        *("end_time", "time_zone", "starts_at", "ends_at", "attendance_mode", "venue", "city", "country"),
        *(
            "requested_by",
            "purpose",
            "summary",
            "summary_source",
            "source_url",
            "source_note",
            "published_at",
            "public_since",
        ),
    },
    "Party": {
        *("meeting", "organization", "side", "is_lead", "headcount", "register_number", "register_status"),
        "on_behalf_of",
    },
    "Participant": {"meeting", "party", "name", "function", "part", "attendance"},
    "Discussion": {"meeting", "number", "topic", "title", "kind", "said", "is_deferred"},
    "Position": {"meeting", "discussion", "organization", "is_joint", "stance", "statement"},
    "Document": {
        *("meeting", "kind", "title", "number", "language", "file", "url", "size", "sha256"),
        *("first_published_on", "updated_on", "direction", "exchanged_on", "accessibility", "accessibility_note"),
        *("dated_on", "file_version"),
    },
    "Outcome": {"meeting", "discussion", "kind", "text", "by", "to"},
    "FollowUp": {
        *("reference", "title", "details", "owner", "is_joint", "side", "due_on", "original_due_on", "status"),
        *("waiting_on", "closed_at", "result", "evidence"),
    },
    # Whoever acts for the organization that proposes reads them.
    "AgendaProposal": {
        *("meeting", "organization", "title", "note", "at", "state", "answer", "discussion", "decided_at"),
    },
    "AgendaSending": {"meeting", "at", "by", "recipients", "failed", "date_told", "is_complete"},
    # Only the secretariat sees any of these at all.
    "CarryOver": {"meeting", "followup", "discussion", "became", "decision", "reason", "decided_at", "decided_by"},
}


def test_each_field_was_thought_about() -> None:
    """Whoever adds a field says here that others than the secretariat read it, or in ``inside_fields`` that not."""
    get_resolver().url_patterns  # noqa: B018  # exports are known once the addresses are
    exported = {export.page_class.filterset_class._meta.model for export in Export.by_list.values()}
    found = {}
    for model in {*exported, *(part for whole in exported for part in parts_of(whole))}:
        assert issubclass(model, Record)
        tracked = {field.name for field in model.history.model.tracked_fields}
        tracked |= {name for name, _rows, _target in choices_kept(model)} & set(model.inside_fields)
        assert set(model.inside_fields) <= tracked
        found[model.__name__] = tracked - NOTHING_TO_READ - set(model.inside_fields)
    assert found == READ
