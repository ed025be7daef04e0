"""An import is taken back as a whole, as long as nobody built on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from engagement.core.models import Visibility
from engagement.imports import actions
from engagement.imports.models import Answer, Import, Origin
from meetings.models import Meeting, Party, Series
from organizations.models import Organization, OtherName
from tests import makers
from tests.imports.files import ARM, ARM_NUMBER, REGISTER, committed, outcomes, previewed, records

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("versions_stay_true")]

KAY, LEE = "1111111111-11", "2222222222-22"
LINES = [
    f"Cabinet A,2022-01-27,Kay;Lee,{KAY};{LEE},The subject,Brussels",
    f"Cabinet A,2022-02-27,Kay,{KAY},Once,",
    f"Cabinet A,2022-03-27,Kay,{KAY},Twice,online",
]


def without_history(rows: dict[str, int]) -> dict[str, int]:
    """Without what only ever grows: the past, and the marks that something was written."""
    return {label: number for label, number in rows.items() if ".Historical" not in label and label != "core.Stamp"}


def test_everything_it_made_is_gone_and_the_history_says_so(importer: Any) -> None:
    makers.make_held()
    before = without_history(records())
    record = committed(LINES, importer)
    assert without_history(records()) != before
    actions.undo(record, by=importer)
    assert without_history(records()) == before
    assert (record.state, record.undone_by, Origin.objects.count()) == ("undone", importer, 0)
    assert outcomes(record) == ["new"] * 3  # the log stays
    for model in (Meeting, Party, Series, Organization):
        gone = model.history.filter(history_type="-")
        assert gone.exists()
        assert {one.history_user for one in gone} == {importer}


def test_it_can_be_imported_again(importer: Any) -> None:
    actions.undo(committed(LINES, importer), by=importer)
    assert outcomes(committed(LINES, importer)) == ["new"] * 3


def test_what_it_changed_is_as_before(importer: Any) -> None:
    arm = makers.make_organization(ARM)
    record = committed([f"Cabinet A,2022-01-27,{ARM},{ARM_NUMBER},Talk,"], importer)
    actions.undo(record, by=importer)
    arm.refresh_from_db()
    assert (arm.identifiers.count(), arm.search_text) == (0, arm.folded_terms())
    assert list(Organization.objects.all()) == [arm]


def test_a_refreshed_organization_is_as_before(importer: Any) -> None:
    arm = makers.make_organization("Former Name", country="FR")
    makers.make_identifier(arm, ARM_NUMBER)
    actions.undo(committed([f"{ARM_NUMBER},{ARM},ARM,BE,https://arm.example,active"], importer, REGISTER), by=importer)
    arm = Organization.objects.get()
    assert (arm.name, arm.acronym, arm.country.code, arm.website) == ("Former Name", "", "FR", "")
    assert (arm.identifiers.get().status, OtherName.objects.count()) == ("unknown", 0)


def test_a_meeting_changed_by_a_later_file_is_as_before(importer: Any) -> None:
    committed(LINES, importer)
    later = committed([f"Cabinet A,2022-02-27,Kay,{KAY},Once,Ghent"], importer)
    actions.undo(later, by=importer)
    meeting = Meeting.objects.get(title="Once")
    assert meeting.city == ""


def edited(record: Import) -> None:
    meeting = Meeting.objects.get(title="Once")
    meeting.venue = "Another room"
    meeting.save()


def promised(record: Import) -> None:
    makers.make_followup(meeting=Meeting.objects.get(title="Once"))


def discussed(record: Import) -> None:
    makers.make_discussion(Meeting.objects.get(title="Once"), "Agenda item")


def published(record: Import) -> None:
    Meeting.objects.filter(title="Once").update(visibility=Visibility.PUBLIC)
    Meeting.objects.get(title="Once").publish(by=None)


def changed_by_an_import(record: Import) -> None:
    committed([f"Cabinet A,2022-02-27,Kay,{KAY},Once,Ghent"], record.committed_by)


def removed(record: Import) -> None:
    Meeting.objects.get(title="Once").delete()


@pytest.mark.parametrize(
    ("build_on", "said"),
    [
        (edited, "Once was changed since"),
        (promised, "needed by the follow-up"),
        (discussed, "Once was changed since"),
        (published, "Once was changed since"),
        (changed_by_an_import, "The import of diary.csv on"),
        (removed, "removed since"),
    ],
)
def test_what_stands_in_the_way_is_named(importer: Any, build_on: Callable[[Import], None], said: str) -> None:
    record = committed(LINES, importer)
    build_on(record)
    before = records()
    assert any(said in sentence for sentence in actions.obstacles(record)), actions.obstacles(record)
    with pytest.raises(ValidationError, match=said):
        actions.undo(record, by=importer)
    assert records() == before
    assert Import.objects.get(pk=record.pk).state == "committed"


def owed(record: Import) -> None:
    makers.make_followup(owner=Organization.objects.get(name="Kay"), chaser=makers.make_user())


def met_since(record: Import) -> None:
    makers.make_held("By hand", counterparts=[Organization.objects.get(name="Kay")])


def umbrella(record: Import) -> None:
    makers.make_organization("Member", parent=Organization.objects.get(name="Kay"))


def described(record: Import) -> None:
    kay = Organization.objects.get(name="Kay")
    kay.description = "Known to us now"
    kay.save()


def imported_since(record: Import) -> None:
    committed([f"Cabinet B,2023-02-27,Kay,{KAY},Later,"], record.committed_by)


def one_more_in_the_series(record: Import) -> None:
    makers.make_meeting("By hand", series=Series.objects.get())


ALL = {"Cabinet A", "Kay", "Lee"}


@pytest.mark.parametrize(
    ("build_on", "stays", "series"),
    [
        (owed, {"Kay"}, 0),
        (met_since, {"Kay"}, 0),
        (umbrella, {"Kay"}, 0),
        (described, {"Kay"}, 0),
        (imported_since, {"Kay"}, 0),
        (one_more_in_the_series, {"Cabinet A", "Kay"}, 1),
        (lambda record: None, set(), 0),
    ],
)
def test_meetings_go_and_what_others_use_stays(
    importer: Any, build_on: Callable[[Import], None], stays: set[str], series: int
) -> None:
    """One of many imports is undone though the others met the same organizations."""
    record = committed(LINES, importer)
    build_on(record)
    assert actions.obstacles(record) == []
    actions.undo(record, by=importer)
    assert not Meeting.objects.filter(title__in=["The subject", "Once", "Twice"]).exists()
    assert set(Organization.objects.filter(name__in=ALL).values_list("name", flat=True)) == stays
    assert Series.objects.count() == series
    kay = Organization.objects.filter(name="Kay").first()
    assert kay is None or kay.identifiers.get().value == KAY


def test_what_stays_keeps_what_it_needs(importer: Any) -> None:
    """A member stays, so its umbrella does, though nothing else names it."""
    record = committed(LINES, importer)
    kay, lee = (Organization.objects.get(name=name) for name in ("Kay", "Lee"))
    kay.parent = lee
    kay.save()
    actions.undo(record, by=importer)
    assert set(Organization.objects.filter(name__in=ALL).values_list("name", flat=True)) == {"Kay", "Lee"}


def test_many_imports_are_undone_in_any_order(importer: Any) -> None:
    before = without_history(records())
    batches = [committed([f"Cabinet A,202{at}-01-27,Kay,{KAY},Number {at},"], importer) for at in range(4)]
    for at in (1, 0, 3, 2):
        actions.undo(batches[at], by=importer)
    assert not Meeting.objects.exists()
    left = set(Organization.objects.values_list("name", flat=True))
    assert left <= {"Cabinet A", "Kay"}  # whoever others still used when its own import was undone
    assert without_history(records())["meetings.Party"] == before.get("meetings.Party", 0)


def test_only_what_was_imported_can_be_undone(importer: Any) -> None:
    record = previewed(LINES, importer)
    with pytest.raises(ValidationError, match="Only a finished import"):
        actions.undo(record, by=importer)
    actions.commit(record, by=importer)
    actions.undo(record, by=importer)
    with pytest.raises(ValidationError, match="Only a finished import"):
        actions.undo(record, by=importer)


def test_answers_that_name_what_is_gone_go_with_it(importer: Any) -> None:
    record = committed(LINES, importer)
    kay = Organization.objects.get(name="Kay")
    Answer.objects.create(layout=record.layout, text="k", choice="organization", organization=kay)
    actions.undo(record, by=importer)
    assert not Answer.objects.exists()
