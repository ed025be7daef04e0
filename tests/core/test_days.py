"""Every day that people write lies in a year that can be meant, and the sentence stands beside it."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from engagement.core.models import Record
from engagement.core.models.days import FIRST, LAST
from engagement.followups.forms import MoveForm
from meetings.models import Document, Meeting
from organizations.models import Identifier
from tests import makers

pytestmark = pytest.mark.both_databases
DAYS = [
    (model, field.name)
    for model in apps.get_models()
    if issubclass(model, Record)
    for field in model._meta.concrete_fields
    if type(field) is models.DateField and field.editable
]


@pytest.mark.parametrize(("model", "name"), DAYS, ids=lambda one: getattr(one, "__name__", one))
def test_a_year_nobody_means_is_told_beside_the_day(model: Any, name: str) -> None:
    others = [field.name for field in model._meta.concrete_fields if field.name != name]
    for day in (dt.date(202, 1, 1), dt.date(9999, 1, 1), dt.date(timezone.localdate().year + 51, 1, 1)):
        with pytest.raises(ValidationError) as told:
            model(**{name: day}).clean_fields(exclude=others)
        assert list(told.value.message_dict) == [name]
        assert "Enter a year between 1900 and" in told.value.messages[0]
    model(**{name: dt.date(2025, 5, 8)}).clean_fields(exclude=others)


def test_the_walk_finds_the_days() -> None:
    assert len(DAYS) >= 10


def test_what_was_done_on_a_day_was_not_done_on_one_to_come() -> None:
    today = timezone.localdate()
    of_documents = ("first_published_on", "updated_on", "exchanged_on")
    for model, name in (*((Document, name) for name in of_documents), (Identifier, "checked_on")):
        others = [field.name for field in model._meta.concrete_fields if field.name != name]
        model(**{name: today}).clean_fields(exclude=others)
        with pytest.raises(ValidationError) as told:
            model(**{name: today + dt.timedelta(days=1)}).clean_fields(exclude=others)
        assert told.value.message_dict == {name: ["This date is in the future. Enter today or an earlier date."]}


def test_nothing_is_postponed_to_a_day_that_is_over(db: None) -> None:
    """Neither in a form nor by the verb, whoever calls it."""
    today = timezone.localdate()
    for days, fits in ((-1, False), (0, True), (30, True), (365 * 60, False)):
        day = today + dt.timedelta(days=days)
        form = MoveForm({"to": str(day), "reason": "Holidays."})
        assert form.is_valid() == fits
        assert fits or list(form.errors) == ["to"]
        for first in (None, dt.date(2025, 5, 8)):
            promise = makers.make_followup(due_on=first)
            if fits:
                promise.move_due(by=None, to=day, reason="Holidays.")
            else:
                with pytest.raises(ValidationError, match=r"Choose today or a later date|Enter a year"):
                    promise.move_due(by=None, to=day, reason="Holidays.")
            promise.refresh_from_db()
            assert promise.due_on == (day if fits else first)


NOT_GIVEN = {
    "organizations.Person.erased_on": "today, when a person was erased",
    "meetings.Participant.erased_on": "today, when a name was erased",
    "meetings.PublishedVersion.erased_on": "today, when a name was erased",
    "minutes.MinutesVersion.erased_on": "today, when a name was erased",
    "returns.Return.erased_on": "today, when a name was erased",
    "privacy.ErasedName.forgotten_on": "a month after a name was erased",
    "core.SentForm.made_on": "today, when a form was sent",
    "accounts.CalendarLink.last_used_on": "today, when a link was used",
    "followups.ReportLink.last_opened_on": "today, when a link was opened",
    "minutes.MinutesSending.reminded_on": "today, when whoever sent minutes was reminded",
    "minutes.MinutesLink.last_opened_on": "today, when a link was opened",
    "reminders.Digest.told_on": "today, when reminders were sent",
    "reminders.PublishingReminder.told_on": "today, when somebody was reminded",
    "reminders.SentReminder.told_on": "today, when reminders were sent",
    "reminders.Run.ran_on": "today, when reminders were sent",
    "returns.Return.starts_on": "a period of the calendar, chosen from a list",
    "returns.Return.ends_on": "a period of the calendar, chosen from a list",
    "followups.FollowUpEvent.from_due_on": "a due date, noted by the verb that moved it",
    "followups.FollowUpEvent.to_due_on": "a due date, noted by the verb that moved it",
    "meetings.Party.held_on": "the last day of its meeting, once it was held",
    "search.Entry.happened_on": "taken from a record, and made anew from it at any time",
}


def test_every_day_is_bounded_in_the_database_or_given_by_nobody() -> None:
    days = {
        f"{model._meta.label}.{field.name}": model
        for model in apps.get_models()
        if not hasattr(model, "instance_type")
        for field in model._meta.concrete_fields
        if type(field) is models.DateField
    }
    bounded = set()
    for name, model in days.items():
        found = [one for one in model._meta.constraints if one.name.endswith("_years")]
        bounded |= {name for one in found if f"{name.rsplit('.')[-1]}__gte" in repr(one)}
    assert {name for name in days if name not in bounded} == set(NOT_GIVEN)


BEFORE = [("meetings", "0010_public_since_in_history"), ("organizations", "0005_fill_sort_keys")]
BEFORE += [("followups", "0008_fill_sort_keys")]


class StepByStep(MigrationLoader):
    """Every migration by itself, none of them squashed."""

    def load_disk(self) -> None:
        super().load_disk()
        last = {key: one.replaces[-1] for key, one in self.disk_migrations.items() if one.replaces}
        self.disk_migrations = {key: one for key, one in self.disk_migrations.items() if key not in last}
        for one in self.disk_migrations.values():
            one.dependencies = [last.get(key, key) for key in one.dependencies]


def step_by_step() -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.loader = StepByStep(connection)
    return executor


@pytest.mark.night("goes back over every migration since, and forward again")
@pytest.mark.slow("goes back over every migration since, and forward again")
def test_an_upgrade_takes_days_that_nobody_means(transactional_db: None) -> None:
    """They go to the nearest year that can be meant; until midnight of several days stays the moment it was."""
    executor = step_by_step()
    latest = executor.loader.graph.leaf_nodes()
    old = executor.migrate(BEFORE).apps
    meeting = old.get_model("meetings", "Meeting")
    facts = {"time_zone": "Europe/Brussels", "search_text": ""}
    kept = {}
    for number, (first, last, end) in enumerate(
        [
            (dt.date(202, 5, 8), dt.date(9999, 12, 31), None),
            (dt.date(2025, 6, 1), dt.date(2025, 6, 3), dt.time()),
            (dt.date(2025, 6, 1), dt.date(2025, 6, 2), dt.time(12)),
        ]
    ):
        row = meeting(
            title="Odd", slug=f"odd-{number}", reference=f"BM-{number}", starts_on=first, ends_on=last, **facts
        )
        row.start_time, row.end_time = end and dt.time(9), end
        row.save()
        kept[number] = row.pk
    organization = old.get_model("organizations", "Organization").objects.create(name="Old", slug="old")
    old.get_model("organizations", "Identifier").objects.create(
        organization=organization, value="1", valid_from=dt.date(1, 1, 1), valid_to=dt.date(9999, 12, 31)
    )
    step_by_step().migrate(latest)
    days = [Meeting.objects.values_list("starts_on", "ends_on").get(pk=kept[number]) for number in range(3)]
    assert days[0] == (FIRST, LAST)
    assert days[1:] == [(dt.date(2025, 6, 1), dt.date(2025, 6, 2))] * 2
    assert Identifier.objects.values_list("valid_from", "valid_to").get() == (FIRST, LAST)
    assert Meeting.objects.get(pk=kept[0]).starts_at.year == 1900
