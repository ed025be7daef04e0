"""Retention: the register names every table, and rows whose time is over go, once."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import Model
from django.utils import timezone

from engagement.accounts.models import ExportLog, User
from engagement.imports.models import Import, ImportRow, Layout
from engagement.privacy.models import ErasedName, Erasure
from engagement.privacy.retention import EXPIRED, RULES
from engagement.privacy.text_columns import holds_words, is_history
from engagement.reminders.models import KeptMail
from meetings.models import AgendaSending, Participant
from organizations.models import Person
from tests import makers as make
from tests.house import ROOT
from tests.makers import PUBLIC
from tests.people import People

DAY = dt.timedelta(days=1)
REGISTER = (ROOT / "docs/retention.md").read_text()


def can_hold_personal_data(model: type[Model]) -> bool:
    fields = model._meta.concrete_fields
    return any(holds_words(field) or field.related_model in (User, Person) for field in fields)


def test_the_register_names_every_table_that_can_hold_personal_data() -> None:
    named = set(re.findall(r"`([a-z]+\.[A-Za-z_]+)`", REGISTER))
    tables = {model for model in apps.get_models(include_auto_created=True) if not is_history(model)}
    known = {model._meta.label for model in tables if model._meta.managed}
    wanted = {model._meta.label for model in tables if can_hold_personal_data(model) and model._meta.managed}
    assert wanted - named == set(), "say in docs/retention.md what it holds, why and how long"
    assert {one for one in named if one.split(".")[0] in {label.split(".")[0] for label in known}} - known == set()


def test_the_register_names_every_rule_with_its_time() -> None:
    for rule in RULES:
        assert f"`{rule.name}`" in REGISTER, rule.name
    assert {rule.months for rule in RULES if rule.name in ("people", "contacts", "exports")} == {120, 36}


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def years_ago(number: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=366 * number)


def old_person(name: str, day: dt.date, **fields: Any) -> Person:
    person = make.make_person(name, **fields)
    Person.history.filter(id=person.pk).update(history_date=years_ago(20))
    make.make_participant(make.make_held(starts_on=day).parties.last(), name, person=person, function="Chair")
    return person


def expired(capsys: Any, *options: str) -> str:
    call_command("expire", *options)
    return str(capsys.readouterr().out)


@pytest.mark.django_db
def test_people_whom_nobody_met_are_erased_and_others_are_not(media: Path, capsys: Any) -> None:
    gone = old_person("Zoë Quärtzfeld", years_ago(11).date())
    stays = old_person("Ada Lovelace", years_ago(9).date(), email="ada@example.org")
    talk = make.make_discussion(make.make_held(), "Cells", said="As Zoë Quärtzfeld said.")
    said = expired(capsys, "--dry-run")
    assert "people: 1 " in said and "Nothing was changed" in said and "Quärtzfeld" not in said
    assert Person.objects.get(pk=gone.pk).name == "Zoë Quärtzfeld"
    assert "people: 1 " in expired(capsys)
    assert Person.objects.get(pk=gone.pk).name == ""
    trace = Erasure.objects.get()
    assert (trace.by, trace.left) == (None, [["meetings.discussion", talk.pk]]), "somebody looks at the text"
    kept = Person.objects.get(pk=stays.pk)
    assert (kept.name, kept.email) == ("Ada Lovelace", ""), "whose address was kept for three years"
    assert "people: 0 " in expired(capsys), "twice does no more"
    assert Erasure.objects.count() == 1


@pytest.mark.django_db
def test_a_body_sets_its_own_times(media: Path, settings: Any, capsys: Any) -> None:
    person = old_person("Zoë Quärtzfeld", years_ago(11).date())
    settings.RETENTION = {"people": "-1"}
    assert "people: kept for ever" in expired(capsys, "--only", "people")
    assert Person.objects.get(pk=person.pk).name
    settings.RETENTION = {"people": "12"}
    assert "people: 1 " in expired(capsys, "--only", "people")


@pytest.mark.django_db
def test_consent_that_ended_hides_the_name_by_the_next_night(media: Path, capsys: Any) -> None:
    today = timezone.localdate()
    person = make.make_person("Ada Lovelace", name_consent_on=today - 9 * DAY, name_consent_ends_on=today)
    one = make.make_participant(
        make.make_public().parties.last(), person=person, visibility=PUBLIC, name_rule="consent"
    )
    seen = Participant.objects.visible_to(AnonymousUser()).filter(pk=one.pk)
    assert seen.exists()
    Person._base_manager.filter(pk=person.pk).update(name_consent_ends_on=today - DAY)
    assert "consent: 1 " in expired(capsys, "--only", "consent")
    assert not seen.exists()


@pytest.mark.django_db
def test_logs_files_and_drafts_go(
    media: Path, people: People, capsys: Any, django_capture_on_commit_callbacks: Any
) -> None:
    log = {"user": people.manager, "what": "meetings", "format": "csv"}
    old, new = (ExportLog.objects.create(**log, at=when) for when in (years_ago(4), timezone.now()))
    KeptMail.objects.create(to="a@example.org", subject="Old", at=years_ago(2))
    sending = AgendaSending.objects.create(
        meeting=make.make_held(), recipients="A <a@e.org>\nB <b@e.org>", at=years_ago(3)
    )
    ErasedName.objects.create(digest="x", length=2, forgotten_on=timezone.localdate() - DAY)
    layout = Layout.objects.create(name="Own", noun="meetings", spec={})
    batches = []
    for committed in (years_ago(3), None):
        batch = Import(layout=layout, file_name="f.csv", sha256="0", size=1, uploaded_at=years_ago(3))
        batch.committed_at, batch.state = committed, Import.State.COMMITTED if committed else Import.State.PREVIEWED
        batch.file.save("f.csv", ContentFile(b"Zo"), save=False)
        batch.save()
        batches.append(batch)
    row = ImportRow.objects.create(batch=batches[0], number=2, cells={"Name": "Zoë"}, outcome="new")
    with django_capture_on_commit_callbacks(execute=True):
        said = expired(capsys)
    for words in ("exports: 1 ", "mails: 1 ", "agendas: 1 ", "erased: 1 ", "drafts: 1 ", "sources: 1 "):
        assert words in said
    assert list(ExportLog.objects.values_list("pk", flat=True)) == [new.pk] != [old.pk]
    sending.refresh_from_db()
    assert sending.recipients == f"{EXPIRED}\n{EXPIRED}" and sending.number == 2
    row.refresh_from_db()
    assert row.cells == {}
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert list(Import.objects.values_list("pk", flat=True)) == [batches[0].pk]
    again = expired(capsys)
    assert "Done: 0 records." in again, again


@pytest.mark.both_databases
def test_two_runs_at_once_erase_each_person_once(race: Any, settings: Any) -> None:
    person = old_person("Zoë Quärtzfeld", years_ago(11).date())
    said = race(
        """
        from django.core.management import call_command
        call_command("expire", "--only", "people")
        """,
        processes=2,
    )
    assert sorted("people: 1 " in one for one in said) == [False, True]
    assert Erasure.objects.filter(person=person.pk).count() == 1
