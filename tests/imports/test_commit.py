"""What the preview shows is what is written: all of it, once, or nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from engagement.core.models import Visibility
from engagement.imports import actions
from engagement.imports.applying import writer
from engagement.imports.models import Import, Origin
from engagement.imports.reporting import report
from meetings.models import Meeting, Party
from organizations.models import Identifier, Organization
from tests import makers
from tests.imports.files import ARM, ARM_NUMBER, codes, committed, outcomes, previewed, records, upload

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("versions_stay_true")]

KAY, LEE = "1111111111-11", "2222222222-22"
LINES = [
    f"Cabinet A,2022-01-27,Kay;Lee,{KAY};{LEE},The subject,Brussels",
    f"Cabinet B,2022-01-27,Kay;Lee,{KAY};{LEE},The subject,Brussels",
    f"Cabinet A,2022-02-27,Kay,{KAY},Once,",
    f"Cabinet A,2022-03-27,Kay,{KAY},Twice,online",
]


def test_what_the_preview_shows_is_written(importer: Any) -> None:
    record = previewed(LINES, importer)
    shown = dict(record.counts)
    actions.commit(record, by=importer)
    assert Meeting.objects.count() == shown["meetings"] == 3
    assert Party.objects.count() == shown["parties"] == 8
    assert Organization.objects.count() == shown["organizations"] == 4
    joint = Meeting.objects.get(title="The subject")
    assert [(one.organization.name, one.side, one.is_lead) for one in joint.parties.all()] == [
        ("Cabinet A", "host", True),
        ("Cabinet B", "host", False),
        ("Kay", "counterpart", True),
        ("Lee", "counterpart", False),
    ]
    assert (joint.status, joint.visibility, joint.published_at) == ("held", Visibility.INTERNAL, None)
    assert (record.state, record.committed_by) == ("committed", importer)
    for meeting in Meeting.objects.all():
        meeting.check_whole()


def test_what_is_still_to_come_is_proposed(importer: Any) -> None:
    future = dt.date.today() + dt.timedelta(days=30)
    committed([f"Cabinet A,{future},Kay,{KAY},Talk,"], importer)
    assert Meeting.objects.get().status == "proposed"


def test_every_record_knows_where_it_came_from(importer: Any) -> None:
    record = committed(LINES, importer)
    joint = Meeting.objects.get(title="The subject")
    found = Origin.objects.of(joint)
    assert [(one.batch, one.row, one.is_created) for one in found] == [(record, 3, True), (record, 2, True)]
    batch = found[0].batch
    assert (batch.file_name, batch.layout.name, batch.uploaded_by) == ("diary.csv", "Test meetings", importer)
    assert len(batch.sha256) == 64
    for organization in Organization.objects.all():
        assert Origin.objects.of(organization).count() == 1
    assert {row.history_user for row in Meeting.history.all()} == {importer}


def test_the_same_file_again_writes_nothing(importer: Any) -> None:
    committed(LINES, importer)
    before, origins = records(), Origin.objects.count()
    again = previewed(LINES, importer)
    assert outcomes(again) == ["same"] * 4
    actions.commit(again, by=importer)
    assert (records(), Origin.objects.count()) == (before, origins)


def test_nor_after_somebody_edited_what_was_imported(importer: Any) -> None:
    committed(LINES, importer)
    meeting = Meeting.objects.get(title="Once")
    meeting.title, meeting.city = "Corrected here", "Ghent"
    meeting.save()
    again = previewed(LINES, importer)
    assert (outcomes(again), set(codes(again))) == (["same"] * 4, {"imported_before"})


def test_a_place_that_changed_in_the_file_changes_the_meeting(importer: Any) -> None:
    committed(LINES, importer)
    lines = [*LINES[:3], f"Cabinet A,2022-03-27,Kay,{KAY},Twice,Ghent"]
    record = previewed(lines, importer)
    assert outcomes(record) == ["same", "same", "same", "changed"]
    shown = {one["field"]: (one["before"], one["after"]) for one in record.rows.get(number=5).plan["changes"]}
    assert shown["city"] == ("", "Ghent")
    actions.commit(record, by=importer)
    meeting = Meeting.objects.get(title="Twice")
    assert (meeting.city, meeting.version) == ("Ghent", 2)
    assert outcomes(previewed(lines, importer)) == ["same"] * 4


def test_but_not_what_was_edited_here(importer: Any) -> None:
    committed(LINES, importer)
    meeting = Meeting.objects.get(title="Once")
    meeting.city = "Ghent"
    meeting.save()
    record = previewed([f"Cabinet A,2022-02-27,Kay,{KAY},Once,Liège"], importer)
    assert "edited_here" in codes(record)[0]
    actions.commit(record, by=importer)
    meeting.refresh_from_db()
    assert meeting.city == "Ghent"


def test_another_cabinet_joins_a_meeting_imported_before(importer: Any) -> None:
    committed(LINES[:1], importer)
    record = previewed(LINES[:2], importer)
    assert outcomes(record) == ["same", "changed"]
    actions.commit(record, by=importer)
    assert Meeting.objects.get().parties.filter(side="host").count() == 2
    Meeting.objects.get().check_whole()
    assert outcomes(previewed(LINES[:2], importer)) == ["same", "same"]


def test_the_founding_counterpart_gets_its_number(importer: Any) -> None:
    arm = makers.make_organization(ARM, acronym="ARM")
    committed([f"Cabinet A,2022-01-27,{ARM},{ARM_NUMBER},Talk,"], importer)
    arm.refresh_from_db()
    assert arm.identifiers.get().value == ARM_NUMBER
    assert arm in Organization.objects.lookup(ARM_NUMBER)
    assert arm.version == 2
    assert Meeting.objects.get().parties.get(side="counterpart").register_number == ARM_NUMBER


def test_nothing_is_taken_that_was_not_looked_at(importer: Any) -> None:
    record = upload(LINES, importer)
    with pytest.raises(ValidationError, match="Check the preview"):
        actions.commit(record, by=importer)


def test_records_that_moved_on_are_looked_at_again(importer: Any) -> None:
    record = previewed(LINES, importer)
    makers.make_organization("Kay")
    with pytest.raises(ValidationError, match="Refresh the preview"):
        actions.commit(record, by=importer)
    record.refresh_from_db()
    assert (record.state, record.work, Meeting.objects.count()) == ("previewed", "", 0)
    actions.preview(record, by=importer)
    actions.commit(record, by=importer)
    assert Organization.objects.filter(match_key="kay").count() == 1


def test_the_same_file_twice_at_once_is_taken_once(importer: Any) -> None:
    first, second = previewed(LINES, importer), previewed(LINES, importer)
    actions.commit(first, by=importer)
    with pytest.raises(ValidationError, match="Refresh the preview"):
        actions.commit(second, by=importer)
    with pytest.raises(ValidationError, match="not imported twice"):
        actions.commit(first, by=importer)
    stale = Import.objects.get(pk=first.pk)
    stale.state = "previewed"
    with pytest.raises(ValidationError, match="just started"):
        actions.commit(stale, by=importer)
    assert Meeting.objects.count() == 3


class Killed(BaseException):
    """What a worker leaves behind when it is killed: no chance to say anything."""


@pytest.mark.parametrize("where", ["_series", "_meetings"])
@pytest.mark.parametrize("how", [Killed, IntegrityError])
def test_a_worker_that_is_killed_leaves_nothing_and_can_be_followed(importer: Any, where: str, how: Any) -> None:
    record, before = previewed(LINES, importer), records()
    with mock.patch.object(writer._PlanWriter, where, side_effect=how), pytest.raises((Killed, ValidationError)):
        actions.commit(record, by=importer)
    assert records() == before
    began = timezone.now() - dt.timedelta(hours=1)
    Import.objects.filter(pk=record.pk).update(work="writing", done=7, worked_at=began)
    again = Import.objects.get(pk=record.pk)
    assert not again.is_at_work
    actions.commit(again, by=importer)
    assert (Meeting.objects.count(), Import.objects.get(pk=record.pk).work) == (3, "")


@pytest.mark.django_db(transaction=True)
def test_several_people_take_the_same_file_at_one_moment(race: Callable[..., list[str]]) -> None:
    for _number in range(3):
        previewed(LINES, None)
    code = """
    from django.core.exceptions import ValidationError
    from engagement.imports import actions
    from engagement.imports.models import Import
    try:
        actions.commit(Import.objects.order_by("pk")[NUMBER], by=None)
        print("taken")
    except ValidationError as error:
        print(error.messages[0])
    """
    said = race(code, processes=3)
    assert said.count("taken") == 1
    assert all("Refresh the preview." in one for one in said if one != "taken")
    assert (Meeting.objects.count(), Identifier.objects.count()) == (3, 2)


def test_how_far_it_is_can_be_seen_from_outside(importer: Any) -> None:
    record, seen = upload(LINES, importer), []

    def look(work: str, done: int, total: int) -> None:
        stored = Import.objects.get(pk=record.pk)
        seen.append((work, stored.work, stored.is_at_work, stored.worked_by))

    actions.preview(record, by=importer, progress=look)
    actions.commit(record, by=importer, progress=look)
    assert {"planning"} <= {work for work, *_rest in seen}
    assert {(is_at_work, by) for _work, _stored, is_at_work, by in seen} == {(True, importer)}
    record.refresh_from_db()
    assert not record.is_at_work


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_before_the_end_leaves_nothing(race: Callable[..., list[str]]) -> None:
    record, before = previewed(LINES, None), records()
    code = """
    import os
    from engagement.imports import actions
    from engagement.imports.models import Import
    from engagement.imports.applying.origins import OriginRecorder
    OriginRecorder.close = lambda self: os._exit(0)
    actions.commit(Import.objects.get(), by=None)
    """
    assert race(code, processes=1) == [""]
    assert records() == before
    left = Import.objects.get()
    assert (left.state, left.work) == ("previewed", "writing")
    actions.commit(record, by=None)
    assert Meeting.objects.count() == 3


def test_numbers_that_do_not_follow_the_days_are_told_before_and_after(importer: Any, client: Client) -> None:
    """A meeting of January that comes in after one of February."""
    committed(LINES[2:], importer)
    series = Meeting.objects.get(title="Once").series
    record = previewed([f"Cabinet A,2022-01-03,Kay,{KAY},Late,"], importer)
    told = "It gets number 3 of its series, although a later meeting has a lower number."
    assert told in client.get(f"/imports/{record.pk}/").text
    actions.commit(record, by=importer)
    sentence = f"The numbers of the series {series} are not in date order."
    page = client.get(f"/imports/{record.pk}/").text
    assert "the numbers are not in date order" in page
    assert f'<li><a href="{series.get_absolute_url()}">{series}</a></li>' in page
    assert sentence in list(report(record))
    series.renumber_by_date(by=None)
    assert sentence not in list(report(record))
    assert "the numbers are not in date order" not in client.get(f"/imports/{record.pk}/").text
