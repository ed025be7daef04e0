"""What a row becomes is said before anything is written, for every row once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from engagement.imports import actions
from engagement.imports.models import Answer, Import, ImportRow, Layout, Origin
from meetings.models import Meeting
from organizations.models import Identifier, Organization
from tests import makers
from tests.imports.files import ARM, ARM_NUMBER, DIARY, codes, layout_of, outcomes, previewed, records, upload
from tests.people import People

KAY, LEE, MOE = "1111111111-11", "2222222222-22", "3333333333-33"


def test_every_row_has_one_outcome_and_nothing_is_written(importer: Any) -> None:
    before = records()
    record = previewed(
        [
            f"Cabinet A,2022-01-27,{ARM},{ARM_NUMBER},Advanced therapies,Brussels",
            f"Cabinet A,2022-01-27,{ARM},{ARM_NUMBER},Advanced therapies,Brussels",
            f"Cabinet A,2022-13-27,{ARM},{ARM_NUMBER},Advanced therapies,Brussels",
            f"Cabinet A,,{ARM},{ARM_NUMBER},Advanced therapies,Brussels",
            "Cabinet A,2022-02-27,,,Advanced therapies,Brussels",
        ],
        importer,
    )
    assert outcomes(record) == ["new", "duplicate", "error", "error", "error"]
    assert list(record.rows.values_list("number", flat=True)) == [2, 3, 4, 5, 6]
    assert sum(n for key, n in record.counts.items() if key.startswith("rows_") and key != "rows_joined") == 5
    assert all(row.sentences for row in record.rows.exclude(outcome="new"))
    assert records() == before
    assert (record.state, record.total, record.previewed_by) == ("previewed", 5, importer)


def test_one_meeting_of_several_cabinets(importer: Any) -> None:
    record = previewed(
        [
            f"Cabinet A,2022-01-27,Kay;Lee,{KAY};{LEE},The same  subject,Brussels",
            f"Cabinet B,2022-01-27,Lee;Kay,{LEE};{KAY},the same subject,Bruxelles",
            f"Cabinet B,2022-01-27,Kay,{KAY},the same subject,Brussels",
            f"Cabinet C,2022-01-28,Kay;Lee,{KAY};{LEE},The same subject,Brussels",
            f"Cabinet C,2022-01-27,Kay;Lee,{KAY};{LEE},Something else,Brussels",
        ],
        importer,
    )
    assert outcomes(record) == ["new"] * 5
    assert (record.counts["meetings"], record.counts["rows_joined"]) == (4, 1)
    joined = record.rows.about("joined").get()
    assert (joined.number, joined.plan["joins"]) == (3, 2)


def test_an_organization_is_found_by_its_number_whatever_it_is_called(importer: Any) -> None:
    makers.make_identifier(known := makers.make_organization("Kay Industries"), KAY)
    record = previewed([f"Cabinet A,2022-01-27,KAY Europe,{KAY},Talk,"], importer)
    party = record.rows.get().plan["parties"][1]
    assert (party["key"], party["how"], record.counts["organizations"]) == (f"#{known.pk}", "by_number", 1)


def test_a_name_that_is_there_without_a_number_is_the_same_organization(importer: Any) -> None:
    known = makers.make_organization(f"The {ARM}, asbl")
    record = previewed([f"Cabinet A,2022-01-27,{ARM},{ARM_NUMBER},Talk,"], importer)
    assert codes(record) == ["matched_by_name"]
    assert record.rows.get().plan["parties"][1]["key"] == f"#{known.pk}"
    assert record.counts["records_changed"] == 1  # its number is noted


def two_of_one_name() -> None:
    makers.make_organization("Kay")
    makers.make_organization("KAY Ltd.")


def number_of_one_and_name_of_another() -> None:
    makers.make_identifier(makers.make_organization("Quite another"), KAY)
    makers.make_organization("Kay")


def name_with_another_number() -> None:
    makers.make_identifier(makers.make_organization("Kay"), LEE)


def only_the_acronym() -> None:
    makers.make_organization("Keeping All Yards", acronym="KAY")


def host_that_is_none() -> None:
    makers.make_organization("Cabinet A")


def host_of_whom_the_acronym_is_somebody_elses() -> None:
    makers.make_organization("Agency for All", acronym="Cabinet A", is_host=True)
    makers.make_organization("Cabinets of Austria", acronym="CABINET A")


def two_hosts_of_one_acronym() -> None:
    for name in ("Agency for All", "Agency for Some"):
        makers.make_organization(name, acronym="Cabinet A", is_host=True)


def two_of_one_company_number() -> None:
    """Each country counts its companies for itself."""
    layout_of({**DIARY, "scheme": Identifier.Scheme.COMPANY})
    for name in ("Kay of Belgium", "Kay of France"):
        makers.make_identifier(makers.make_organization(name), KAY, scheme=Identifier.Scheme.COMPANY)


def acronym_of_no_host() -> None:
    makers.make_organization("Agency of Others", acronym="Cabinet A")


@pytest.mark.parametrize(
    ("there", "code", "candidates"),
    [
        (two_of_one_name, "several_candidates", 2),
        (number_of_one_and_name_of_another, "number_and_name_disagree", 2),
        (name_with_another_number, "another_number", 1),
        (only_the_acronym, "acronym_only", 1),
        (host_that_is_none, "not_a_host", 1),
        (host_of_whom_the_acronym_is_somebody_elses, "several_candidates", 2),
        (two_hosts_of_one_acronym, "several_candidates", 2),
        (two_of_one_company_number, "several_candidates", 2),
        (acronym_of_no_host, "not_a_host", 1),
    ],
)
def test_what_is_not_certain_is_asked(importer: Any, there: Any, code: str, candidates: int) -> None:
    there()
    record = previewed([f"Cabinet A,2022-01-27,Kay,{KAY},Talk,"], importer)
    assert (outcomes(record), codes(record)) == (["ambiguous"], [code])
    (question,) = record.rows.get().questions
    assert len(question["candidates"]) == candidates
    assert (record.counts["meetings"], record.counts["organizations"]) == (0, 0)
    actions.commit(record, by=importer)
    assert not Meeting.objects.exists()


def test_a_company_number_of_two_is_asked_of_rows_without_it_too(importer: Any) -> None:
    two_of_one_company_number()
    lines = [f"Cabinet A,2022-01-27,Kay Group,{KAY},Talk,", "Cabinet A,2022-01-28,Kay Group,,Another talk,"]
    record = previewed(lines, importer)
    assert outcomes(record) == ["ambiguous", "ambiguous"]
    assert [len(row.questions[0]["candidates"]) for row in record.rows.all()] == [2, 2]


@pytest.mark.parametrize(
    "written",
    [
        "EMA",
        "ema",
        "E.M.A.",
        "European Medicines Agency (EMA)",
        "EMA – European Medicines Agency",
        "Arzneimittelagentur",
    ],
)
def test_a_host_is_known_by_its_acronym_and_other_names(importer: Any, written: str) -> None:
    ema = makers.make_organization("European Medicines Agency", acronym="EMA", is_host=True)
    ema.other_names.create(name="Arzneimittelagentur")
    makers.make_organization("Kay")
    record = previewed([f"{written},2022-01-27,Kay,,Talk,", "European Medicines Agency,2022-02-27,Kay,,B,"], importer)
    assert (outcomes(record), record.counts["organizations"]) == (["new", "new"], 0)
    assert {row.plan["parties"][0]["key"] for row in record.rows.all()} == {f"#{ema.pk}"}
    actions.commit(record, by=importer)
    assert list(Organization.objects.filter(is_host=True)) == [ema]


def test_a_counterpart_is_known_by_its_acronym_as_a_host_is(importer: Any) -> None:
    """And never as the host itself: a meeting of a body with itself is refused, in a sentence."""
    kay = makers.make_organization("Keeping All Yards", acronym="KAY")
    makers.make_organization("European Medicines Agency", acronym="EMA", is_host=True)
    for name in ("Lifting Each Edge", "Leaving Early Evenings"):
        makers.make_organization(name, acronym="LEE")
    lines = ["EMA,2022-01-27,K.A.Y.,,Talk,", "EMA,2022-01-28,LEE,,Talk,", "EMA,2022-01-29,EMA,,Talk,"]
    record = previewed(lines, importer)
    assert outcomes(record) == ["new", "ambiguous", "error"]
    first, second, third = record.rows.order_by("number")
    assert first.plan["parties"][1]["key"] == f"#{kay.pk}"
    assert "Recognized by its acronym: Keeping All Yards." in first.sentences
    assert len(second.questions[0]["candidates"]) == 2
    assert "The same organization is both host and counterpart." in third.sentences


def test_a_counterpart_with_its_acronym_beside_it_is_recognized(importer: Any) -> None:
    kay = makers.make_organization("Keeping All Yards", acronym="KAY")
    record = previewed(["Cabinet A,2022-01-27,Keeping All Yards (KAY),,Talk,"], importer)
    assert record.rows.get().plan["parties"][1]["key"] == f"#{kay.pk}"
    doubtful = previewed(["Cabinet A,2022-01-27,Keeping All Years (KAY),,Talk,"], importer)
    assert outcomes(doubtful) == ["new"]


def test_a_name_without_a_number_is_the_one_with_a_number_elsewhere_in_the_file(importer: Any) -> None:
    lines = [f"Cabinet A,2022-01-27,Kay,{KAY},One,", "Cabinet A,2022-02-27,Kay Ltd,,Two,"]
    record = previewed(lines, importer)
    assert (outcomes(record), record.counts["organizations"]) == (["new", "new"], 2)
    doubtful = previewed([*lines, f"Cabinet A,2022-03-27,Kay,{LEE},Three,"], importer)
    assert outcomes(doubtful) == ["new", "ambiguous", "new"]


def test_a_meeting_logged_by_hand_is_not_made_twice(importer: Any) -> None:
    host, kay = makers.make_host("Cabinet A"), makers.make_organization("Kay")
    makers.make_identifier(kay, KAY)
    meeting = makers.make_held(host=host, counterparts=[kay])
    record = previewed(
        [f"Cabinet A,{meeting.starts_on},Kay,{KAY},Talk,", f"Cabinet A,2022-01-01,Kay,{KAY},B,"], importer
    )
    assert outcomes(record) == ["ambiguous", "new"]
    assert record.rows.first().questions[0]["candidates"] == [meeting.pk]


def test_a_series_where_a_pair_met_repeatedly(importer: Any) -> None:
    record = previewed(
        [
            f"Cabinet A,2022-03-01,Kay,{KAY},Second,",
            f"Cabinet A,2022-01-01,Kay,{KAY},First,",
            f"Cabinet A,2022-02-01,Lee,{LEE},Once,",
            f"Cabinet A,2022-02-02,Kay;Lee,{KAY};{LEE},Three at the table,",
            f"Cabinet B,2022-02-03,Kay,{KAY},Another host,",
        ],
        importer,
    )
    assert record.counts["series"] == 1
    actions.commit(record, by=importer)
    numbered = Meeting.objects.exclude(series=None).order_by("ordinal")
    assert [(one.title, one.ordinal, one.series.title) for one in numbered] == [
        ("First", 1, "Cabinet A – Kay"),
        ("Second", 2, "Cabinet A – Kay"),
    ]
    more = previewed([f"Cabinet A,2022-04-01,Kay,{KAY},Third,"], importer)
    actions.commit(more, by=importer)
    assert Meeting.objects.get(title="Third").ordinal == 3


def test_no_series_is_made_unless_somebody_asks(importer: Any) -> None:
    """From three meetings of a pair on one is proposed."""
    layout_of({**DIARY, "series": 0})
    lines = [f"Cabinet A,2022-0{month}-01,Kay,{KAY},Talk {month}," for month in (1, 2, 3)]
    record = previewed([*lines, *(line.replace("Kay", "Lee").replace(KAY, LEE) for line in lines[:2])], importer)
    assert (record.counts["series"], record.counts["possible_series"]) == (0, 1)
    record.layout.spec = {**record.layout.spec, "series": 3}
    record.layout.save()
    actions.preview(record, by=importer)
    assert record.counts["series"] == 1 and "possible_series" not in record.counts


@pytest.mark.parametrize("text", [b"", b"PK\x03\x04 not a workbook", b"\x00\x01\x02"])
def test_what_cannot_be_read_is_refused_in_a_sentence(importer: Any, text: bytes) -> None:
    record = Import.objects.take_in(ContentFile(text, "a.csv"), layout=layout_of(), by=importer)
    with pytest.raises(ValidationError) as told:
        actions.preview(record, by=importer)
    record.refresh_from_db()
    assert (record.state, [record.problem], record.work) == ("refused", told.value.messages, "")


def test_the_cost_does_not_grow_with_the_file(importer: Any, django_assert_max_num_queries: Any) -> None:
    lines = [
        f"Cabinet A,2022-01-{day:02},Org {n},{n:010}-11,Talk {n},Brussels" for day in range(1, 29) for n in range(9)
    ]
    record = upload(lines, importer)
    with django_assert_max_num_queries(45):
        actions.preview(record, by=importer)
    assert len(outcomes(record)) == 28 * 9


def test_only_importers_see_what_was_brought_in(people: People, importer: Any) -> None:
    actions.commit(previewed([f"Cabinet A,2022-01-27,Kay,{KAY},Talk,"], importer), by=importer)
    Answer.objects.create(layout=layout_of(), text="x", choice="new")
    for model in (Layout, Import, ImportRow, Origin, Answer):
        assert model.objects.visible_to(importer).exists(), model
        for name, user in people:
            assert not model.objects.visible_to(user).exists(), (model, name)


def test_the_number_is_kept_as_the_day_had_it(importer: Any) -> None:
    actions.commit(previewed([f"Cabinet A,2022-01-27,Kay,{KAY},Talk,"], importer), by=importer)
    party = Meeting.objects.get().parties.get(side="counterpart")
    assert (party.register_number, party.organization.identifiers.get().value) == (KAY, KAY)
    assert Identifier.objects.count() == 1 and Organization.objects.get(name="Cabinet A").is_host


def test_the_layout_is_read_as_it_stands_now(importer: Any) -> None:
    record = previewed([f"Cabinet A,27.1.2022,Kay,{KAY},Talk,"], importer)
    assert outcomes(record) == ["error"]
    layout = layout_of()
    layout.spec = {**layout.spec, "date_forms": ["dmy"]}
    layout.save()
    actions.preview(record, by=importer)
    assert (outcomes(record), record.spec) == (["new"], layout.spec)


def gone(record: Import) -> None:
    record.file.storage.delete(record.file.name)


def exchanged(record: Import) -> None:
    with record.file.storage.open(record.file.name, "wb") as opened:
        opened.write(b"Host,Day,With,Numbers,About,Where\r\nCabinet Z,2022-01-27,Moe,,Something else,\r\n")


@pytest.mark.parametrize("change", [gone, exchanged])
def test_only_the_file_that_was_uploaded_is_taken(importer: Any, change: Any) -> None:
    record = previewed([f"Cabinet A,2022-01-27,Kay,{KAY},Talk,"], importer)
    change(record)
    with pytest.raises(ValidationError, match="Upload it again"):
        actions.commit(record, by=importer)
    assert not Meeting.objects.exists()


def test_signs_that_no_database_holds_do_no_harm(importer: Any) -> None:
    record = previewed([f"Cabinet A,2022-01-27,Kay,{KAY},Talk \u202e<b>bold</b>\x0b,=1+1"], importer)
    assert outcomes(record) == ["new"]
    actions.commit(record, by=importer)
    assert "<b>bold</b>" in Meeting.objects.get().purpose


def test_a_layout_that_says_nothing_sensible_is_told(importer: Any) -> None:
    record = upload([f"Cabinet A,2022-01-27,Kay,{KAY},Talk,"], importer)
    Layout.objects.filter(pk=record.layout_id).update(spec={"noun": "meetings", "columns": "none"})
    with pytest.raises(ValidationError):
        actions.preview(record, by=importer)
    assert Import.objects.get(pk=record.pk).work == ""
    with pytest.raises(ValidationError):
        Layout.objects.get(pk=record.layout_id).full_clean()


def test_a_cell_whose_names_cannot_be_told_apart_goes_by_numbers_that_are_known(importer: Any) -> None:
    for name, number in (("Kay", KAY), ("Lee", LEE)):
        makers.make_identifier(makers.make_organization(name), number)
    lines = [
        f"Cabinet A,2022-03-27,Both and their friends,{KAY};{LEE},Both,",
        f"Cabinet A,2022-04-27,One and their friends,{KAY};{MOE},Who?,",
    ]
    record = previewed(lines, importer)
    assert outcomes(record) == ["new", "ambiguous"]
    assert [found.split()[1:] for found in codes(record)] == [["by_number_only"], ["by_number_only", "not_untangled"]]
    assert [one["number"] for one in record.rows.get(number=3).questions] == [MOE]
    actions.commit(record, by=importer)
    both = Meeting.objects.get()
    assert [str(party) for party in both.parties.all()] == ["Cabinet A", "Kay", "Lee"]
    assert "As published: Both and their friends" in both.internal_notes
