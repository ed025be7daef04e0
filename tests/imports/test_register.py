"""Organizations are filled in and refreshed from a register, and what would change is shown first."""

from typing import Any

import pytest

from engagement.imports import actions
from engagement.imports.planning.decisions import a_new_one, leave_out
from organizations.models import Organization, OtherName
from tests import makers
from tests.imports.files import (
    ARM,
    ARM_NUMBER,
    REGISTER,
    answer_questions,
    codes,
    committed,
    layout_of,
    outcomes,
    previewed,
    records,
)

LINE = f"{ARM_NUMBER},{ARM},ARM,BE,https://arm.example,active"


def changes(record: Any) -> dict[str, tuple[str, str]]:
    return {one["field"]: (one["before"], one["after"]) for one in record.rows.get().plan["changes"]}


def test_a_new_organization_with_all_that_is_known_of_it(importer: Any) -> None:
    committed([LINE], importer, REGISTER)
    arm = Organization.objects.get()
    assert (arm.name, arm.acronym, arm.country.code, arm.website) == (ARM, "ARM", "BE", "https://arm.example")
    assert (arm.identifiers.get().value, arm.identifiers.get().status) == (ARM_NUMBER, "active")


def test_changes_are_shown_field_by_field_and_then_taken(importer: Any) -> None:
    arm = makers.make_organization("Former Name", website="https://old.example", description="Ours")
    makers.make_identifier(arm, ARM_NUMBER)
    record = previewed([LINE], importer, REGISTER)
    assert outcomes(record) == ["changed"]
    assert changes(record) == {
        "name": ("Former Name", ARM),
        "acronym": ("", "ARM"),
        "country": ("", "BE"),
        "website": ("https://old.example", "https://arm.example"),
        "other_names": ("", "Former Name"),
        "status": ("Not checked", "Registered"),
    }
    actions.commit(record, by=importer)
    arm = Organization.objects.at("former-name")  # the old address still leads there
    assert (arm.name, arm.description, arm.slug) == (ARM, "Ours", "alliance-for-regenerative-medicine")
    assert OtherName.objects.get().name == "Former Name"
    assert arm.history.first().history_user == importer


def test_the_same_register_again_writes_nothing(importer: Any) -> None:
    makers.make_identifier(makers.make_organization("Former Name"), ARM_NUMBER)
    committed([LINE], importer, REGISTER)
    before = records()
    again = committed([LINE], importer, REGISTER)
    assert (outcomes(again), records()) == (["same"], before)


def test_a_blank_cell_says_nothing(importer: Any) -> None:
    arm = makers.make_organization(ARM, acronym="ARM", website="https://arm.example")
    makers.make_identifier(arm, ARM_NUMBER)
    assert outcomes(previewed([f"{ARM_NUMBER},{ARM},,,,"], importer, REGISTER)) == ["same"]


def test_what_was_edited_here_since_stays(importer: Any) -> None:
    committed([LINE], importer, REGISTER)
    arm = Organization.objects.get()
    arm.website = "https://ours.example"
    arm.save()
    record = committed([LINE.replace("arm.example", "other.example")], importer, REGISTER)
    assert "edited_here" in codes(record)[0]
    assert "“Website” was edited here and stays as it is." in str(record.rows.get().reasons)
    arm.refresh_from_db()
    assert arm.website == "https://ours.example"


def test_an_organization_without_a_number_is_found_by_its_name_and_gets_it(importer: Any) -> None:
    arm = makers.make_organization(ARM)
    record = committed([LINE], importer, REGISTER)
    assert changes(record)["number"] == ("", ARM_NUMBER)
    assert arm.identifiers.get().value == ARM_NUMBER


@pytest.mark.parametrize(("decision", "there"), [(a_new_one, 2), (lambda key: leave_out(), 1)])
def test_two_rows_of_one_name_are_asked_about(importer: Any, decision: Any, there: int) -> None:
    lines = [f",{ARM},,BE,,", f",{ARM} asbl,,FR,,"]
    record = previewed(lines, importer, REGISTER)
    assert outcomes(record) == ["new", "ambiguous"]
    answer_questions(record, {3: decision(record.rows.last().questions[0]["key"])}, by=importer)
    actions.commit(record, by=importer)
    assert Organization.objects.count() == there
    assert outcomes(previewed(lines, importer, REGISTER))[0] == "same"


def test_a_web_address_that_is_none_is_left_out(importer: Any) -> None:
    record = committed([f"{ARM_NUMBER},{ARM},,BE,not an address,"], importer, REGISTER)
    assert (outcomes(record), Organization.objects.get().website) == (["new"], "")


def test_our_own_description_stays(importer: Any) -> None:
    for name, description in (("Kay", "Ours"), ("Lee", "")):
        makers.make_organization(name, description=description)
    layout = layout_of(REGISTER)
    columns = [{**one, "target": "description"} if one["target"] == "website" else one for one in REGISTER["columns"]]
    layout.spec = {**layout.spec, "columns": columns}
    layout.save()
    record = committed([",Kay,,,Theirs,", ",Lee,,,Theirs,"], importer, REGISTER)
    assert outcomes(record) == ["same", "changed"]
    assert set(Organization.objects.values_list("name", "description")) == {("Kay", "Ours"), ("Lee", "Theirs")}
