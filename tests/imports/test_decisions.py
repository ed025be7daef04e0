"""Questions are answered where they stand: this organization, a new one, leave out; and remembered if wanted."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from engagement.imports import actions
from engagement.imports.models import Answer, Import
from engagement.imports.planning.decisions import a_new_one, candidates, leave_out, this_one
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers
from tests.imports.files import answer_questions, codes, outcomes, previewed

KAY = "1111111111-11"
LINE = f"Cabinet A,2022-01-27,Kay,{KAY},Talk,"
LATER = f"Cabinet A,2022-02-27,Kay,{KAY},Talk again,"


@pytest.fixture
def twins(db: None) -> list[Organization]:
    return [makers.make_organization("Kay"), makers.make_organization("Kay Ltd")]


@pytest.fixture
def asked(importer: Any, twins: list[Organization]) -> Import:
    return previewed([LINE], importer)


def question(record: Import, row: int = 2) -> str:
    key: str = record.rows.get(number=row).questions[0]["key"]
    return key


def test_this_organization(asked: Import, importer: Any, twins: list[Organization]) -> None:
    answer_questions(asked, {2: this_one(question(asked), twins[1])}, by=importer)
    row = asked.rows.get()
    assert (row.outcome, row.decided_by, row.decided_at is not None) == ("new", importer, True)
    actions.commit(asked, by=importer)
    assert Meeting.objects.get().parties.get(side="counterpart").organization == twins[1]
    assert twins[1].identifiers.get().value == KAY


def test_a_new_one(asked: Import, importer: Any) -> None:
    answer_questions(asked, {2: a_new_one(question(asked))}, by=importer)
    actions.commit(asked, by=importer)
    assert Organization.objects.filter(match_key="kay").count() == 3


def test_leave_out_and_ask_again(asked: Import, importer: Any) -> None:
    answer_questions(asked, {2: leave_out()}, by=importer)
    assert (outcomes(asked), asked.counts["rows_skipped"]) == (["skipped"], 1)
    answer_questions(asked, {2: {}}, by=importer)
    assert outcomes(asked) == ["ambiguous"]
    assert asked.rows.get().decided_at is None


def test_an_answer_is_remembered_for_the_next_file(asked: Import, importer: Any, twins: list[Organization]) -> None:
    answer_questions(asked, {2: this_one(question(asked), twins[0])}, by=importer, remember=True)
    answer = Answer.objects.get()
    assert (answer.organization, answer.decided_by, answer.published) == (twins[0], importer, "Kay")
    later = previewed([LATER], importer)
    assert outcomes(later) == ["new"]
    assert later.rows.get().plan["parties"][1]["how"] == "by_answer"


def test_an_answer_holds_for_every_row_that_asks_the_same(importer: Any, twins: list[Organization]) -> None:
    record = previewed([LINE, LATER], importer)
    answer_questions(record, {2: this_one(question(record), twins[0])}, by=importer)
    assert outcomes(record) == ["new", "ambiguous"]
    answer_questions(record, {3: this_one(question(record, 3), twins[0])}, by=importer, remember=True)
    assert outcomes(record) == ["new", "new"]


def test_leaving_out_can_be_remembered_too(asked: Import, importer: Any) -> None:
    answer_questions(asked, {2: leave_out()}, by=importer, remember=True)
    assert outcomes(previewed([LATER], importer)) == ["skipped"]


def test_a_number_that_belongs_to_another_is_not_given_twice(importer: Any) -> None:
    makers.make_identifier(makers.make_organization("Quite another"), KAY)
    makers.make_organization("Kay")
    record = previewed([LINE], importer)
    answer_questions(record, {2: a_new_one(question(record))}, by=importer)
    actions.commit(record, by=importer)
    party = Meeting.objects.get().parties.get(side="counterpart")
    assert party.organization.name == "Kay"
    assert not party.organization.identifiers.exists()


def test_another_meeting_on_the_same_day(importer: Any) -> None:
    host, kay = makers.make_host("Cabinet A"), makers.make_organization("Kay")
    makers.make_identifier(kay, KAY)
    there = makers.make_held(host=host, counterparts=[kay])
    record = previewed([f"Cabinet A,{there.starts_on},Kay,{KAY},Talk,"], importer)
    assert codes(record) == ["meeting_recorded"]
    answer_questions(record, {2: a_new_one("meeting")}, by=importer)
    actions.commit(record, by=importer)
    assert Meeting.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "decision"),
    [
        (9, leave_out()),
        (2, a_new_one("not asked")),
        (2, {"row": {"choice": "organization", "organization": 0}}),
    ],
)
def test_what_was_not_asked_is_refused(asked: Import, importer: Any, row: int, decision: Any) -> None:
    with pytest.raises(ValidationError):
        answer_questions(asked, {row: decision}, by=importer)
    assert not asked.rows.exclude(decision={}).exists()


def test_what_a_question_offers_is_fetched_for_a_whole_page(
    asked: Import, twins: list[Organization], django_assert_num_queries: Any
) -> None:
    rows = list(asked.rows.all())
    with django_assert_num_queries(2):  # organizations with their numbers; no meeting is asked about
        offered = candidates(rows)
    assert set(offered["organization"].values()) == set(twins)
