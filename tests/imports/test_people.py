"""A register of ministers: one host with the ministers as its participants, whatever their spelling."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from engagement.core.models.visibility import wrong_levels
from engagement.imports import actions
from engagement.imports.layouts.guess import guess
from engagement.imports.models import Import
from engagement.imports.planning.decisions import a_new_one, one_of_them
from engagement.imports.planning.people import may_be_one
from meetings.models import Meeting, Participant
from organizations.models import Organization
from tests.imports.files import answer_questions, layout_of, outcomes, records
from tests.imports.sources.files import table_of
from tests.samples.test_sample import stored

HEAD = "Minister,Date,Name of organisation or individual,Purpose of meeting"
MINISTERS = {
    "noun": "meetings",
    "columns": [
        {"target": "our_people", "headers": ["Minister"], "carry_down": True},
        {"target": "date", "headers": ["Date"]},
        {"target": "counterparts", "headers": ["Name of organisation or individual"]},
        {"target": "purpose", "headers": ["Purpose of meeting"]},
    ],
    "constants": {"host": "Department for Examples"},
    "date_forms": ["iso"],
}
SPELLINGS = [
    "The Rt Hon Jane Doe MP",
    "Jane Doe",
    "JANE DOE (Minister of State)",
    "John Roe",
    '"Roe, Sir John"',
    "Lord Callan (Chair)",
    "The Rt Hon Jane Doe MP",
    "",
    "John Roe MP",
    "Lord Callan",
]
LINES = [f"{name},2024-01-{10 + at},Acme{at} Ltd,Talks {at}" for at, name in enumerate(SPELLINGS)]


def previewed(lines: list[str], by: Any) -> Import:
    text = "\r\n".join([HEAD, *lines]) + "\r\n"
    record: Import = Import.objects.take_in(ContentFile(text.encode(), "m.csv"), layout=layout_of(MINISTERS), by=by)
    actions.preview(record, by=by)
    return record


def committed(lines: list[str], by: Any) -> Import:
    record = previewed(lines, by)
    actions.commit(record, by=by)
    return record


def test_ministers_are_participants_of_one_host_there_and_back(importer: Any) -> None:
    before = records()
    record = committed(LINES, importer)
    assert outcomes(record) == ["new"] * 10
    host = Organization.objects.get(name="Department for Examples")
    assert (Organization.objects.count(), Meeting.objects.count()) == (11, 10)
    people = Participant.objects.filter(party__organization=host, party__side="host")
    assert sorted(set(people.values_list("name", flat=True))) == ["Jane Doe", "John Roe", "Lord Callan"]
    assert people.count() == Participant.objects.count() == 10
    assert set(people.values_list("function", "part", "visibility")) >= {
        ("Minister of State", "participant", Participant.visibility.field.default),  # type: ignore[attr-defined]
        ("", "chair", Participant.visibility.field.default),  # type: ignore[attr-defined]
    }
    assert record.rows.get(number=4).plan["parties"][0]["people"] == ["Jane Doe, Minister of State"]
    assert record.counts["participants"] == 10
    there = records()
    again = committed(LINES, importer)
    assert (outcomes(again), records()) == (["same"] * 10, there)
    actions.undo(again, by=importer)
    actions.undo(record, by=importer)
    assert not Participant.objects.exists()
    assert not Organization.objects.exists()
    after = records()
    assert {label: after[label] for label in before if label.startswith("meetings.") and "istorical" not in label} == {
        label: before[label] for label in before if label.startswith("meetings.") and "istorical" not in label
    }


def test_a_participant_is_what_the_model_would_have_saved(importer: Any) -> None:
    committed(LINES[:3], importer)
    assert not wrong_levels(Participant).exists()
    for one in Participant.objects.all():
        one.full_clean()
        before = stored(one)
        one.save()
        assert stored(Participant.objects.get(pk=one.pk)) == before
        assert Participant.history.filter(id=one.pk).first().name == one.name


def test_two_at_one_meeting_and_a_third_who_comes_in_with_a_later_file(importer: Any) -> None:
    committed(["Jane Doe,2024-01-10,Acme Ltd,Talks", "John Roe,2024-01-10,Acme Ltd,Talks"], importer)
    assert sorted(Meeting.objects.get().parties.get(side="host").participants.values_list("name", flat=True)) == [
        "Jane Doe",
        "John Roe",
    ]
    later = committed(["Anna Poe,2024-01-10,Acme Ltd,Talks", "Jane Doe,2024-01-10,Acme Ltd,Talks"], importer)
    assert outcomes(later) == ["changed", "same"]
    assert Participant.objects.count() == 3
    actions.undo(later, by=importer)
    assert Participant.objects.count() == 2


@pytest.mark.parametrize(("decide", "names"), [(one_of_them, ["Jane Doe"]), (a_new_one, ["J. Doe", "Jane Doe"])])
def test_two_spellings_that_may_be_one_are_asked_about(importer: Any, decide: Any, names: list[str]) -> None:
    lines = [
        "Jane Doe,2024-01-10,Acme Ltd,Talks",
        "J. Doe,2024-01-11,Acme Ltd,Talks",
        "J. Doe MP,2024-01-12,Acme Ltd,X",
    ]
    record = previewed(lines, importer)
    assert outcomes(record) == ["new", "ambiguous", "ambiguous"]
    keys = {question["key"] for row in record.rows.all() for question in row.questions}
    assert len(keys) == 1
    key = keys.pop()
    answer_questions(record, {3: decide(key), 4: decide(key)}, by=importer)
    actions.commit(record, by=importer)
    assert sorted(set(Participant.objects.values_list("name", flat=True))) == names


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("jane doe", "j doe", True),
        ("jane mary doe", "jane doe", True),
        ("jane doe", "doe jane", True),
        ("jane whitfield", "jane whitfeld", True),
        ("lord callan", "martin callan", False),
        ("jane doe", "john doe", False),
        ("jane doe", "jane roe", False),
    ],
)
def test_which_names_may_be_one(one: str, other: str, expected: bool) -> None:
    assert may_be_one(one, other) is may_be_one(other, one) is expected


@pytest.mark.parametrize("heading", ["Minister", "Special adviser", "Senior official", "Permanent Secretary",
                                     "Commissioner", "Member of cabinet", "DPO", "Person lobbied"])  # fmt: skip
def test_columns_of_people_are_guessed(tmp_path: Any, heading: str) -> None:
    text = f"{heading},Date,Organisation,Purpose\nJane Doe MP,2024-01-10,Acme,Talks\nJohn Roe,2024-01-11,Beta,Talk\n"
    guessed = guess(table_of(tmp_path, text))
    assert [column["target"] for column in guessed.data["columns"]] == ["our_people", "date", "counterparts", "purpose"]
    assert "host" in str(guessed.missing)
