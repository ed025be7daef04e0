"""Cells that may be lists are asked about once, with their cut in view; the answer holds for every row."""

import re
from typing import Any

import pytest
from django.test import Client

from engagement.imports.models import Answer, Import
from engagement.imports.planning import preview
from engagement.imports.planning.decisions import a_new_one, one_of_them
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers
from tests.imports.files import DIARY, answer_questions, codes, outcomes, previewed

COMMAS = {
    **DIARY,
    "columns": [{**one, "separators": [","]} if one["target"] == "counterparts" else one for one in DIARY["columns"]],
}
BANKS = '"Barclays, Halifax and NatWest"'
SPORT = '"Department for Culture, Media and Sport"'
LINES = [
    f"Cabinet A,2022-01-27,{BANKS},,Banking,",
    f"Cabinet A,2022-02-27,{BANKS},,Banking again,",
    f"Cabinet A,2022-03-27,{SPORT},,Broadband,",
    'Cabinet A,2022-04-27,"Aaa Ltd, Bbb Ltd",,Growth,',
]


@pytest.fixture
def asked(importer: Any) -> Import:
    return previewed(LINES, importer, COMMAS)


def questions(record: Import) -> list[list[str]]:
    return [[one["key"] for one in asked] for asked in record.rows.values_list("questions", flat=True)]


def names_of(title: str) -> set[str]:
    parties = Meeting.objects.get(title=title).parties.filter(side="counterpart")
    return set(parties.values_list("organization__name", flat=True))


def test_one_question_a_cell_with_the_cut_in_view(asked: Import) -> None:
    assert outcomes(asked) == ["ambiguous", "ambiguous", "ambiguous", "new"]
    assert [len(keys) for keys in questions(asked)] == [1, 1, 1, 0]
    (question,) = asked.rows.get(number=2).questions
    assert (question["pieces"], question["likely"]) == (["Barclays", "Halifax", "NatWest"], "names")
    assert asked.rows.get(number=4).questions[0]["likely"] == "one"


def test_every_list_is_answered_by_one_button(client: Client, asked: Import) -> None:
    page = client.get(f"/imports/{asked.pk}/lists/")
    text = page.content.decode()
    cells = re.findall(r'name="cell" value="([^"]+)"', text)
    chosen = dict(re.findall(r'name="(l[^"]+-choice)" value="(\w+)"[^>]* checked', text))
    assert list(chosen.values()) == ["names", "one"]
    client.post(f"/imports/{asked.pk}/lists/", {"cell": cells, **chosen, "remember": "1"})
    asked.refresh_from_db()
    assert outcomes(asked) == ["new"] * 4
    client.post(f"/imports/{asked.pk}/commit/", {"digest": asked.digest})
    assert names_of("Banking again") == {"Barclays", "Halifax", "NatWest"}
    assert names_of("Broadband") == {"Department for Culture, Media and Sport"}
    assert Answer.objects.filter(choice="names").count() == 2
    assert outcomes(previewed(LINES, asked.committed_by, COMMAS)) == ["same"] * 4


def test_put_right_by_hand_on_the_row_itself(client: Client, asked: Import) -> None:
    sent = {"row": "2", "q2-0-choice": "hand", "q2-0-names": "Barclays plc\n\n HSBC (123456789012-34)\n—"}
    client.post(f"/imports/{asked.pk}/decide/", sent)
    assert outcomes(asked) == ["decided", "decided", "ambiguous", "new"]
    client.post(f"/imports/{asked.pk}/look/")
    asked.refresh_from_db()
    assert outcomes(asked) == ["new", "new", "ambiguous", "new"]
    client.post(f"/imports/{asked.pk}/commit/", {"digest": asked.digest})
    assert names_of("Banking") == names_of("Banking again") == {"Barclays plc", "HSBC"}
    assert Organization.objects.get(name="HSBC").identifiers.get().value == "123456789012-34"


@pytest.mark.parametrize("names", ["", " \n—\n", "x" * 251])
def test_a_hand_that_says_nothing_is_asked_again(client: Client, asked: Import, names: str) -> None:
    page = client.post(f"/imports/{asked.pk}/decide/", {"row": "2", "q2-0-choice": "hand", "q2-0-names": names})
    assert page.status_code == 200 and "There is a problem" in page.content.decode()
    assert not asked.rows.exclude(decision={}).exists()


def test_a_cell_without_a_likely_cut_is_not_decided_by_the_one_button(client: Client, importer: Any) -> None:
    found = previewed([LINES[0], f"Cabinet A,2022-01-28,{'Long ' * 60},,Talk,"], importer, COMMAS)
    text = client.get(f"/imports/{found.pk}/lists/").content.decode()
    chosen = dict(re.findall(r'name="(l[^"]+-choice)" value="(\w*)"[^>]* checked', text))
    assert list(chosen.values()) == ["names", ""]
    names = dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', text))
    cells = re.findall(r'name="cell" value="([^"]+)"', text)
    client.post(f"/imports/{found.pk}/lists/", {"cell": cells, **chosen, **names})
    assert outcomes(found) == ["decided", "ambiguous"]


def test_leaving_out(client: Client, asked: Import) -> None:
    client.post(f"/imports/{asked.pk}/decide/", {"row": "4", "q4-0-choice": "skip"})
    assert outcomes(asked) == ["ambiguous", "ambiguous", "decided", "new"]


def test_who_is_recorded_answers(importer: Any) -> None:
    for name in ("Barclays", "Halifax", "NatWest", "Department for Culture, Media and Sport"):
        makers.make_organization(name)
    assert outcomes(previewed(LINES, importer, COMMAS)) == ["new"] * 4


def test_answers_read_nothing_until_the_last_is_given(client: Client, asked: Import, monkeypatch: Any) -> None:
    opened = []
    real = preview.open_files
    monkeypatch.setattr(preview, "open_files", lambda *args, **kwargs: opened.append(1) or real(*args, **kwargs))
    untouched = list(asked.rows.filter(number__gte=4).order_by("number").values())
    client.post(f"/imports/{asked.pk}/decide/", {"row": "2", "q2-0-choice": "names"})
    page = client.get(f"/imports/{asked.pk}/")
    assert not opened and page.context["waiting"] == 2 and page.context["cells"] == 1
    assert list(asked.rows.filter(number__gte=4).order_by("number").values()) == untouched
    assert "2 rows have a new decision" in page.content.decode()
    asked.refresh_from_db()
    assert (asked.counts["rows_ambiguous"], asked.counts["rows_decided"]) == (1, 2)
    assert list(outcomes_on(page)) == ["All rows 4", "New 1", "To decide 1", "Decided 2"]
    client.post(f"/imports/{asked.pk}/decide/", {"row": "4", "q4-0-choice": "one"})
    assert len(opened) == 1 and outcomes(asked) == ["new"] * 4


def outcomes_on(page: Any) -> list[str]:
    """The numbers above the rows."""
    return [f"{stat.label} {stat.number}" for stat in page.context["row_filter"].stats]


def test_what_was_just_decided_is_opened_again_without_reading(client: Client, asked: Import, monkeypatch: Any) -> None:
    client.post(f"/imports/{asked.pk}/decide/", {"row": "4", "q4-0-choice": "skip"})
    opened = []
    monkeypatch.setattr(preview, "open_files", lambda *_args, **_options: opened.append(1))
    client.post(f"/imports/{asked.pk}/decide/", {"again": "4"})
    asked.refresh_from_db()
    assert not opened
    assert outcomes(asked) == ["ambiguous"] * 3 + ["new"] and asked.counts["rows_ambiguous"] == 3


# Firms called like people ------------------------------------------------------------------------------

BESIDE = ['Cabinet A,2022-01-27,"Oliver Roe, Evening Post",,Talk,', 'Cabinet A,2022-02-27,"Laura Doe, Zzyx",,Talk,']


def people_of(record: Import) -> list[tuple[str, str]]:
    meetings = Meeting.objects.filter(pk__in=record.origins.values("object_id"), title="Talk")
    return list(
        meetings.values_list("parties__organization__name", "parties__participants__name").order_by("starts_on")
    )


def test_who_may_be_a_firm_becomes_a_participant_only_by_an_answer(client: Client, importer: Any) -> None:
    found = previewed(BESIDE, importer, COMMAS)
    assert outcomes(found) == ["ambiguous"] * 2
    text = client.get(f"/imports/{found.pk}/lists/").content.decode()
    assert "Evening Post (Oliver Roe)" in text and text.count("name a person beside an organization") == 2
    cells = re.findall(r'name="cell" value="([^"]+)"', text)
    chosen = dict(re.findall(r'name="(l[^"]+-choice)" value="(\w+)"[^>]* checked', text))
    by_hand = {f"{cells[1]}-choice": "hand", f"{cells[1]}-names": "Laura Doe\nZzyx"}
    client.post(f"/imports/{found.pk}/lists/", {"cell": cells, **chosen, **by_hand})
    found.refresh_from_db()
    client.post(f"/imports/{found.pk}/commit/", {"digest": found.digest})
    told = people_of(found)
    assert [pair for pair in told if pair[1]] == [("Evening Post", "Oliver Roe")]
    assert {name for name, _person in told} == {"Cabinet A", "Evening Post", "Laura Doe", "Zzyx"}
    again = previewed(BESIDE, importer, COMMAS)
    assert outcomes(again) == ["same"] * 2 and "people_changed" not in " ".join(codes(again))


# Cities written with a slip of the pen -----------------------------------------------------------------

VILNIUS = '"Vilinius, Lithuania"'
PLACES = [
    f"Cabinet A,2022-0{month}-27,Acme,,Talk,{place}"
    for month, place in enumerate(("Brusssels", "brusssels ", VILNIUS, "Brussels", VILNIUS), start=1)
]


def cities_of(record: Import) -> list[tuple[str, str]]:
    meetings = Meeting.objects.filter(pk__in=record.origins.values("object_id"), title="Talk").order_by("starts_on")
    return list(meetings.values_list("city", "venue"))


@pytest.fixture
def misspelt(importer: Any) -> Import:
    return previewed(PLACES, importer)


def test_a_near_match_of_a_city_is_one_question_for_its_cells(client: Client, misspelt: Import) -> None:
    assert outcomes(misspelt) == ["ambiguous", "ambiguous", "ambiguous", "new", "ambiguous"]
    text = client.get(f"/imports/{misspelt.pk}/lists/").content.decode()
    cells = re.findall(r'name="cell" value="([^"]+)"', text)
    chosen = dict(re.findall(r'name="(l[^"]+-choice)" value="(\w+)"[^>]* checked', text))
    assert list(chosen.values()) == ["same", "same"] and text.count("in 2 rows") == 2
    client.post(f"/imports/{misspelt.pk}/lists/", {"cell": cells, **chosen, cells[1] + "-choice": "new", "remember": 1})
    misspelt.refresh_from_db()
    client.post(f"/imports/{misspelt.pk}/commit/", {"digest": misspelt.digest})
    taken, left = ("Brussels", "Brusssels"), ("Vilinius", "Vilinius, Lithuania")
    assert cities_of(misspelt) == [taken, ("Brussels", "brusssels"), left, ("Brussels", ""), left]
    assert outcomes(previewed(PLACES, misspelt.committed_by)) == ["same"] * 5


def test_what_was_decided_on_a_place_holds_without_being_remembered(client: Client, misspelt: Import) -> None:
    for number, choice in (("2", "same"), ("4", "same")):
        client.post(f"/imports/{misspelt.pk}/decide/", {"row": number, f"q{number}-0-choice": choice})
    misspelt.refresh_from_db()
    assert outcomes(misspelt) == ["new"] * 5
    client.post(f"/imports/{misspelt.pk}/commit/", {"digest": misspelt.digest})
    assert not Answer.objects.exists() and cities_of(misspelt)[2] == ("Vilnius", "Vilinius, Lithuania")
    assert outcomes(previewed(PLACES, misspelt.committed_by)) == ["same"] * 5


# Names that are one or two ------------------------------------------------------------------------------


def test_another_legal_form_than_the_recorded_one_is_asked_about(importer: Any) -> None:
    makers.make_organization("Acme Ltd")
    found = previewed(
        [f"Cabinet A,2022-01-27,{name},,{name}," for name in ("Acme GmbH", "Acme Limited", "Acme")], importer
    )
    assert codes(found) == ["another_form", "matched_by_name", "matched_by_name"]


def test_two_legal_forms_in_one_file_are_asked_about(importer: Any) -> None:
    lines = [f"Cabinet A,2022-0{month}-27,{name},,Talk," for month, name in ((1, "Acme Ltd"), (2, "Acme GmbH"))]
    found = previewed(lines, importer)
    assert codes(found) == ["one_or_several"] * 2
    keys = [key for keys in questions(found) for key in keys]
    answer_questions(found, {2: a_new_one(keys[0]), 3: a_new_one(keys[1])}, by=importer)
    assert found.counts["organizations"] == 3  # with the host
    answer_questions(found, {2: one_of_them(keys[0]), 3: one_of_them(keys[1])}, by=importer)
    assert found.counts["organizations"] == 2


def test_a_company_s_number_of_two_organizations_is_asked_about(importer: Any) -> None:
    spec = {**DIARY, "scheme": "company"}
    lines = [f"Cabinet A,2022-0{month}-27,{name},12345678,Talk," for month, name in ((1, "Alpha"), (2, "Omega"))]
    assert codes(previewed(lines, importer, spec)) == ["one_or_several"] * 2
    makers.make_identifier(makers.make_organization("Alpha"), "12345678", scheme="company")
    assert codes(previewed(lines, importer, spec)) == ["", "number_and_name_disagree"]
    makers.make_identifier(makers.make_organization("Omega"), "12345678", scheme="company")
    assert codes(previewed(lines, importer, spec)) == ["several_candidates"] * 2


def test_punctuation_is_nobody(importer: Any) -> None:
    found = previewed(["Cabinet A,2022-01-27,…,,Talk,", "Cabinet A,2022-01-28,Zeta; *** ;,,Talk,"], importer)
    assert codes(found) == ["no_counterpart", ""]
    assert [party["name"] for party in found.rows.get(number=3).plan["parties"]] == ["Cabinet A", "Zeta"]


def test_a_name_of_more_than_250_letters_is_a_question(client: Client, importer: Any) -> None:
    found = previewed([f"Cabinet A,2022-01-27,{'Long ' * 60},,Talk,"], importer)
    assert codes(found) == ["list"]
    page = client.get(f"/imports/{found.pk}/lists/").content.decode()
    assert 'value="hand"' in page and 'value="one"' not in page


# Dates without a year -----------------------------------------------------------------------------------


def test_the_period_of_a_file_is_asked_for_once(client: Client, importer: Any) -> None:
    found = previewed(["Cabinet A,Jan,Zeta,,Talk,", "Cabinet A,3 Feb,Zeta,,More,"], importer)
    assert codes(found) == ["date_no_year"] * 2
    assert "2 rows have a date without a year" in client.get(f"/imports/{found.pk}/").content.decode()
    client.post(f"/imports/{found.pk}/period/", {"period": "sometime"})
    assert codes(found) == ["date_no_year"] * 2
    client.post(f"/imports/{found.pk}/period/", {"period": "2023-24"})
    assert [row.plan["on"] for row in found.rows.all()] == ["2024-01", "2024-02-03"]
    found.refresh_from_db()
    client.post(f"/imports/{found.pk}/commit/", {"digest": found.digest})
    assert Meeting.objects.count() == 2 and "period" not in found.layout.spec
