"""The fictional sample: every row as the models would have saved it, some of everything, the same every time."""

import datetime as dt
import re
from collections import Counter
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Model, Q

from engagement.core import bulk
from engagement.core.history import changes_since
from engagement.core.models import Leveled, Record, Visibility
from engagement.core.models.visibility import wrong_levels
from engagement.followups.models import CarryOver, FollowUp, FollowUpEvent
from engagement.minutes.models import Minutes
from engagement.topics.models import Theme, Topic
from meetings.dossiers.topic import TopicDossier
from meetings.models import (
    Discussion,
    Document,
    DocumentVersion,
    Meeting,
    Outcome,
    Participant,
    Party,
    Position,
    Series,
)
from organizations.models import Identifier, Organization, OtherName, Person, Post
from tests.samples.rows import every_row, number_of_rows, record_models
from tests.thorough import ALL, drawn, shared_out

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)


def make(followups: int = 200, today: dt.date = TODAY, **options: Any) -> str:
    out = StringIO()
    call_command("make_sample", follow_ups=followups, today=today, stdout=out, verbosity=0, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def sample(module_db: None) -> None:
    """Two hundred follow-ups with all around them, for tests that only read them."""
    make()


def dump() -> list[tuple[Any, ...]]:
    """Everything stored, keys and the moment of writing aside."""
    found: list[tuple[Any, ...]] = []
    for row in every_row():
        names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
        values = [str(getattr(row, name)) for name in names if name not in ("archived_at",)]
        links = [sorted(map(str, getattr(row, field.name).all())) for field in row._meta.many_to_many]
        found.append((row._meta.label, *values, *links))
    return found


def stored(row: Model) -> dict[str, Any]:
    fields = [field.attname for field in row._meta.concrete_fields if field.name != "version"]
    return type(row)._base_manager.values(*fields).get(pk=row.pk)


def test_the_size_that_was_asked_for() -> None:
    assert "60 fictional meetings and 200 follow-ups" in make()
    assert FollowUp.objects.count() == 200
    assert Meeting.objects.count() == 60
    assert Organization.objects.filter(is_host=False).count() == 40
    assert Series.objects.count() == 12
    dates = Meeting.objects.exclude(starts_on=None).values_list("starts_on", flat=True)
    assert 3.5 * 365 < (max(dates) - min(dates)).days < 4.1 * 365


@pytest.mark.parametrize("number", [1, 7, 33, 200])
def test_exactly_so_many_follow_ups(number: int) -> None:
    make(number)
    assert FollowUp.objects.count() == number


@pytest.mark.both_databases
def test_every_row_passes_its_own_validation(sample: None) -> None:
    for row in shared_out(list(every_row())):
        row.full_clean()
    for meeting in Meeting.objects.all():
        meeting.check_whole()


@pytest.mark.slow("saves every row of a sample")
def test_saving_every_row_through_the_models_changes_nothing() -> None:
    make(40 if ALL else 15)
    for row in every_row():
        if isinstance(row, Record):
            before = stored(row)
            type(row)._base_manager.get(pk=row.pk).save()
            assert stored(row) == before


def test_a_new_row_saved_by_the_model_gets_what_the_sample_stored() -> None:
    """What only a first save works out: register numbers and first due dates, and who promised."""
    make(40)
    for party in Party.objects.all():
        again = Party(meeting=party.meeting, organization=party.organization)
        again._take_register_number()
        assert (party.register_number, party.register_status) == (again.register_number, again.register_status)
    for organization in Organization.objects.all():
        assert organization.search_text == organization.folded_terms()


def test_stored_levels_are_proven(sample: None) -> None:
    """Of minutes and replaced files the sample has none; the demonstration has minutes."""
    none = (Minutes, DocumentVersion)
    leveled = [model for model in record_models() if issubclass(model, Leveled) and model not in none]
    assert leveled
    for model in leveled:
        assert not wrong_levels(model).exists()
        assert set(model._base_manager.values_list("effective_visibility", flat=True)) == set(Visibility), model
    call_command("check_visibility", stdout=StringIO())


def test_parts_are_sometimes_less_visible_than_their_meeting(sample: None) -> None:
    for model in (Discussion, Position, Outcome, Document, Participant, FollowUp):
        narrower = model.objects.filter(effective_visibility__lt=F("meeting__effective_visibility"))
        assert narrower.exists(), model


def test_meetings_of_every_kind_and_state(sample: None) -> None:
    for field, model in [
        ("status", Meeting),
        ("kind", Meeting),
        ("attendance_mode", Meeting),
        ("requested_by", Meeting),
        ("contact_form", Meeting),
    ]:
        wanted = {value for value, _label in model._meta.get_field(field).choices}
        assert wanted <= set(model.objects.values_list(field, flat=True)), field
    held = Meeting.objects.filter(status="held")
    assert not held.filter(starts_on__gte=TODAY).exists()
    coming = Meeting.objects.filter(starts_on__gte=TODAY)
    assert {"proposed", "confirmed"} <= set(coming.values_list("status", flat=True))
    assert Meeting.objects.filter(starts_on=None).exists()
    assert Meeting.objects.filter(series=None).exists()
    assert Meeting.objects.filter(start_time=None, starts_on__isnull=False).exists()
    assert Meeting.objects.filter(ends_on__gt=F("starts_on")).exists()
    assert held.filter(visibility=Visibility.PUBLIC, published_at=None).exists()
    assert held.filter(published_at__date__gt=F("publication_due_on")).exists()
    assert not Meeting.objects.filter(published_by=F("prepared_by")).exists()
    assert Party.objects.filter(side="counterpart").exclude(on_behalf_of="").exists()
    assert Meeting.objects.filter(series__regimes__code="sample", publication_due_on__isnull=False).exists()


def test_numbers_in_a_series_rise_with_time(sample: None) -> None:
    for series in Series.objects.all():
        numbers = list(series.meetings.exclude(ordinal=None).order_by("pk").values_list("ordinal", flat=True))
        assert numbers == list(range(series.first_ordinal, series.first_ordinal + len(numbers)))
    assert Series.objects.filter(first_ordinal__gt=1, meetings__isnull=False).exists()
    assert Meeting.objects.filter(status="cancelled", series__isnull=False, ordinal=None).exists()
    assert not Meeting.objects.filter(status="proposed").exclude(ordinal=None).exists()


@pytest.mark.both_databases
def test_references_follow_each_other_in_every_year(sample: None) -> None:
    for model, prefix in ((Meeting, "BM"), (FollowUp, "FU")):
        years: dict[str, list[int]] = {}
        for reference in model.objects.order_by("pk").values_list("reference", flat=True):
            start, year, number = reference.split("-")
            assert start == prefix
            years.setdefault(year, []).append(int(number))
        assert len(years) >= 4
        for numbers in years.values():
            assert numbers == list(range(1, len(numbers) + 1))
    new = Meeting.objects.create(title="The next", starts_on=dt.date(2024, 5, 5))
    assert int(new.reference[-3:]) == Meeting.objects.filter(reference__startswith="BM-2024").count()


def test_follow_ups_in_every_state(sample: None) -> None:
    rows = FollowUp.objects.all()
    assert set(rows.values_list("status", flat=True)) == set(FollowUp.Status.values)
    assert set(rows.values_list("side", flat=True)) == set(FollowUp.Side.values)
    assert set(rows.values_list("priority", flat=True)) == set(FollowUp.Priority.values)
    overdue = rows.overdue(TODAY)
    assert set(overdue.values_list("status", flat=True)) == {"open", "in_progress", "waiting"}
    assert 10 < overdue.count() < 60
    assert rows.due_within(30, TODAY).exists()
    done = rows.filter(status="done", due_on__isnull=False)
    assert done.filter(closed_at__date__lte=F("due_on")).exists()
    assert done.filter(closed_at__date__gt=F("due_on")).exists()
    assert rows.filter(due_on__gt=F("original_due_on")).exists()
    for name in ("due_on", "meeting", "discussion", "outcome"):
        assert rows.filter(**{name: None}).exists() and rows.exclude(**{name: None}).exists(), name
    assert rows.exclude(evidence="").exists() and rows.exclude(result="").exists()


def test_events_tell_how_each_follow_up_came_to_stand_where_it_stands(sample: None) -> None:
    now = dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    for followup in FollowUp.objects.prefetch_related("events"):
        status, due = "open", followup.original_due_on
        at = dt.datetime.min.replace(tzinfo=dt.UTC)
        for event in followup.events.all():
            assert (event.from_status, event.from_due_on) == (status, due)
            assert at < event.at < now
            assert event.reason or event.to_due_on == event.from_due_on
            assert event.reason or event.to_status not in ("waiting", "cancelled")
            status, due, at = event.to_status, event.to_due_on, event.at
        assert (status, due) == (followup.status, followup.due_on)
        if followup.is_closed:
            assert (followup.closed_at, followup.closed_by) == (at, event.by)
    assert FollowUpEvent.objects.filter(from_status__in=("done", "cancelled"), to_status="open").exists()


def test_people_by_every_name_rule(sample: None) -> None:
    rows = Participant.objects.all()
    assert set(rows.values_list("visibility", flat=True)) == set(Visibility)
    assert set(rows.values_list("attendance", flat=True)) == set(Participant.Attendance.values)
    assert set(rows.values_list("part", flat=True)) == set(Participant.Part.values)
    assert rows.filter(person=None).exclude(name="").exists()
    assert Party.objects.filter(headcount__gt=1).exists()
    assert set(Party.objects.values_list("side", flat=True)) == set(Party.Side.values)
    assert set(Person.objects.values_list("contact_permission", flat=True)) == set(Person.Permission.values)
    assert Post.objects.filter(ends_on__isnull=False).exists()


def test_organizations_and_what_is_known_of_them(sample: None) -> None:
    rows = Organization.objects.all()
    assert set(rows.values_list("kind", flat=True)) == set(Organization.Kind.values)
    assert rows.exclude(parent=None).exists()
    assert rows.exclude(archived_at=None).exists()
    assert rows.exclude(lead=None).exists()
    assert OtherName.objects.exists()
    assert set(Identifier.objects.values_list("status", flat=True)) == set(Identifier.Status.values)
    assert Party.objects.exclude(register_number="").exists() and Party.objects.filter(register_number="").exists()
    number = Identifier.objects.filter(scheme="eu_transparency")[0]
    assert number.organization in Organization.objects.lookup(number.value)


def test_themes_have_three_levels_and_topics_come_back(sample: None) -> None:
    assert set(Theme.objects.values_list("depth", flat=True)) == {1, 2, 3}
    assert Theme.objects.exclude(archived_at=None).exists()
    assert set(Topic.objects.values_list("status", flat=True)) == set(Topic.Status.values)
    for discussion in Discussion.objects.exclude(topic=None):
        assert discussion.themes.exists()
    often = Counter(Discussion.objects.exclude(topic=None).values_list("topic", flat=True))
    assert often.most_common(1)[0][1] >= 5
    assert set(Discussion.objects.values_list("kind", flat=True)) >= {"discussion", "information", "previous_actions"}
    assert set(Outcome.objects.values_list("kind", flat=True)) == set(Outcome.Kind.values)
    assert set(Position.objects.values_list("stance", flat=True)) == set(Position.Stance.values)
    assert CarryOver.objects.exclude(followup=None).exists()


def test_positions_visibly_move(sample: None, admin_user: Any) -> None:
    moved = [topic for topic in Topic.objects.all() if TopicDossier(topic, admin_user).moves]
    assert len(moved) >= 3


@pytest.mark.both_databases
def test_the_same_seed_and_day_make_the_same_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    def once(**options: Any) -> list[tuple[Any, ...]]:
        with transaction.atomic():
            make(40 if ALL else 15, **options)
            found = dump()
            transaction.set_rollback(True)
        return found

    first = once()
    assert once() == first
    assert once(seed=2) != first
    assert once(today=TODAY - dt.timedelta(days=40)) != first
    monkeypatch.setattr(bulk, "BATCH", 7)  # how the rows are parcelled does not show
    monkeypatch.setattr(bulk.BulkWriter.__init__, "__defaults__", (7,))
    assert once() == first


def test_a_second_run_adds_nothing() -> None:
    make(20)
    before = number_of_rows()
    assert "already there: nothing was added" in make(20, seed=5)
    assert number_of_rows() == before


def test_every_record_has_one_row_of_history_that_says_the_same() -> None:
    make(40)
    for model in record_models():
        if not issubclass(model, Record):
            continue
        past = model.history.model
        names = [field.attname for field in past.tracked_fields]
        assert list(past.objects.order_by("id").values_list(*names)) == list(
            model._base_manager.order_by("pk").values_list(*names)
        )
        assert set(past.objects.values_list("history_type", "root_version")) <= {("+", 1 if model.root_field else None)}
        for field in past._history_m2m_fields:
            target = f"{field.m2m_reverse_field_name()}_id"
            for row in past.objects.all():
                kept = getattr(row, field.name).order_by(target).values_list(target, flat=True)
                now = (
                    getattr(model._base_manager.get(pk=row.id), field.name).order_by("pk").values_list("pk", flat=True)
                )
                assert list(kept) == list(now)


def test_an_edit_of_a_sample_row_is_told_as_one_change() -> None:
    make(20)
    meeting = Meeting.objects.filter(status="held")[0]
    version = meeting.version
    assert changes_since(meeting, version) == []
    old, meeting.venue = meeting.venue, "Another room"
    meeting.save()
    (change,) = changes_since(meeting, version)
    assert (change.old, change.new) == (old, "Another room")


FICTIONAL = re.compile(
    "sample|imaginary|fictional|invented|placeholder|lorem|made-up|nowhere|example|pretend|make-believe|dummy|ipsum|test"
    " tube",
    re.IGNORECASE,
)


def test_nobody_takes_it_for_real() -> None:
    make(number := drawn(3000))
    assert Organization.objects.values("name").distinct().count() == Organization.objects.count() > number / 20
    for name in Organization.objects.values_list("name", flat=True):
        assert FICTIONAL.search(name), name
    for model, field in ((Organization, "website"), (Document, "url"), (FollowUp, "evidence")):
        for url in set(model.objects.exclude(**{field: ""}).values_list(field, flat=True)):
            assert urlsplit(url).hostname.endswith(".example")
    for email in Person.objects.exclude(email="").values_list("email", flat=True):
        assert email.endswith("@example.org")
    for scheme, value in Identifier.objects.values_list("scheme", "value"):
        assert value.startswith("SAMPLE-") if scheme == "internal" else re.fullmatch(r"000\d+-00", value)


def test_fictional_colleagues_work_but_cannot_sign_in(django_user_model: Any) -> None:
    """So that nothing is marked as with somebody who left, and what they have can be handed to one of them."""
    make(20)
    users = django_user_model.objects.filter(username__startswith="sample-")
    assert users.count() == 3
    for user in users:
        assert user.is_ours and not user.is_superuser
        assert not user.has_usable_password() and not user.email
    outside = django_user_model.objects.not_of_the_secretariat()
    assert not FollowUp.objects.filter(Q(assignee__in=outside) | Q(chaser__in=outside)).exists()


def test_users_named_share_the_work(people: Any) -> None:
    make(60, staff=["secretary", "manager"])
    for user in (people.secretary, people.manager):
        assert FollowUp.objects.filter(chaser=user).exists()
    assert not FollowUp.objects.filter(assignee=people.publisher).exists()


def test_beside_the_founding_example_and_older_records(people: Any) -> None:
    theme = Theme.objects.create(name="Registries", description="Ours")
    call_command("load_founding_example", stdout=StringIO())
    founding = Meeting.objects.get()
    make(20)
    theme.refresh_from_db()
    founding.refresh_from_db()
    assert theme.description == "Ours"
    assert founding.series.meetings.count() == 1
    assert Theme.objects.filter(parent=theme).exists()
    assert not wrong_levels(Meeting).exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"followups": 0}, "1 or more"),
        ({"today": dt.date.max}, "cannot be a day to come"),
        ({"staff": ["nobody"]}, "no active user “nobody”"),
    ],
)
def test_what_cannot_be_made_is_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        make(**options)
    assert not Organization.objects.exists()
