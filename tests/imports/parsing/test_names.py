"""Several organizations in one cell: told apart where exactly one way fits, else kept as published."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.imports.parsing.names import NameSplitter
from engagement.imports.parsing.splitting import split_plain

A, B, C = "11111-11", "22222-22", "33333-33"


def untangler(*rows: tuple[str, str], separators: tuple[str, ...] = (",",)) -> NameSplitter:
    made = NameSplitter(separators, (",",), "eu_transparency")
    for names, numbers in rows:
        made.learn(names, numbers)
    return made


def names(mentions):
    return [(one.name, one.number, one.is_certain) for one in mentions]


def test_one_number_is_one_organization_whatever_commas_it_has() -> None:
    mentions = untangler().mentions("Health, Food, and Farming, Inc.", A)
    assert names(mentions) == [("Health, Food, and Farming, Inc.", A, True)]


def test_as_many_commas_as_needed() -> None:
    assert names(untangler().mentions("One,Two", f"{A},{B}")) == [("One", A, True), ("Two", B, True)]


TIGHT = [("One,Two", f"{A},{B}")] * 3


def test_the_habit_of_the_file_decides_where_names_have_commas() -> None:
    made = untangler(*TIGHT)
    assert names(made.mentions("Seznam.cz, a.s.,Google", f"{A},{B}")) == [
        ("Seznam.cz, a.s.", A, True), ("Google", B, True),
    ]  # fmt: skip


def test_without_a_habit_nothing_is_guessed() -> None:
    text = "Seznam.cz, a.s.,Google"
    mentions = untangler().mentions(text, f"{A},{B}")
    assert names(mentions) == [("", A, False), ("", B, False)]
    assert {one.published for one in mentions} == {text}


def test_a_name_known_from_its_own_row_tells_the_others_apart() -> None:
    made = untangler(("Seznam.cz, a.s.", B))
    assert names(made.mentions("X, Y,Seznam.cz, a.s.", f"{A},{B}")) == [
        ("X, Y", A, True), ("Seznam.cz, a.s.", B, True),
    ]  # fmt: skip


def test_a_tight_comma_inside_a_name() -> None:
    made = untangler(*TIGHT, ("FIPRA", C))
    assert names(made.mentions("FIPRA,CEMENT,GLASS, CERAMICS", f"{C},{A}"))[1] == ("CEMENT,GLASS, CERAMICS", A, True)


def test_a_cut_that_contradicts_a_known_name_is_not_made() -> None:
    mentions = untangler(*TIGHT, ("Google", B)).mentions("Apple,Meta", f"{A},{B}")
    assert names(mentions) == [("", A, False), ("Google", B, True)]


def test_more_numbers_than_names_stays_as_published() -> None:
    assert names(untangler().mentions("Only one", f"{A},{B}")) == [("", A, False), ("", B, False)]


def test_a_semicolon_is_beyond_doubt() -> None:
    made = untangler(separators=(";",))
    assert names(made.mentions("A, B and C; D", "")) == [("A, B and C", "", True), ("D", "", True)]


def test_a_comma_without_numbers_is_in_doubt_until_the_pieces_are_known() -> None:
    (cell,) = untangler().mentions("Acme, Zeta", "")
    assert (cell.is_certain, cell.pieces, cell.published) == (False, ("Acme", "Zeta"), "Acme, Zeta")
    assert [one.is_certain for one in untangler(("Acme", ""), ("Zeta", "")).mentions("Acme, Zeta", "")] == [True, True]
    assert names(untangler(("Acme, Inc.", A)).mentions("Acme, Inc.", "")) == [("Acme, Inc.", "", True)]


def test_an_organization_written_twice_is_one() -> None:
    assert names(untangler().mentions("One,One", f"{A},{A}")) == [("One", A, True)]


def test_a_cell_made_to_take_for_ever_is_left_as_it_is() -> None:
    made = untangler(("Google", B))
    mentions = made.mentions("a," * 40_000, f"{A},{B},{C}")
    assert names(mentions) == [("", A, False), ("Google", B, True), ("", C, False)]


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "None"])
def test_nothing_is_nothing(text: str) -> None:
    assert untangler().mentions(text, "") == []


def test_what_cannot_be_seen_is_not_in_a_name() -> None:
    (mention,) = untangler().mentions("‮Müller ﻿Söhne ", A)
    assert (mention.name, mention.published) == ("Müller Söhne", "‮Müller ﻿Söhne ")


def test_functions_are_cut_at_tight_commas() -> None:
    assert split_plain("Cabinet member,Commissioner", (",",), set()) == (["Cabinet member", "Commissioner"], True)
    assert split_plain("Head of unit, DG X", (",",), set())[1] is False
    assert split_plain("Policy/Law", ("/",), set())[1] is False


@given(st.lists(st.text("ab, ", min_size=1), min_size=1, max_size=6), st.lists(st.sampled_from([A, B, C]), max_size=5))
def test_every_number_is_kept_and_no_text_is_invented(pieces: list[str], numbers: list[str]) -> None:
    text = ",".join(pieces)
    mentions = untangler(*TIGHT).mentions(text, ",".join(numbers))
    if numbers:
        assert [one.number for one in mentions] == list(dict.fromkeys(numbers))
    plain = " ".join(text.split())
    once = re.sub(r",(?:\s*,)+", ",", plain)  # a sign that is doubled is written once
    for one in mentions:
        assert not one.name or one.name in plain or one.name in once or one.name in ("One", "Two") or not one.is_certain


def test_two_legal_forms_in_a_cell_without_a_sign_are_two() -> None:
    splitter = NameSplitter((",",))
    splitter.learn("Aaa Steel Ltd and Bbb Steel Ltd", "")
    found = splitter.mentions("Aaa Steel Ltd and Bbb Steel Ltd", "")
    assert [one.name for one in found] == ["Aaa Steel Ltd", "Bbb Steel Ltd"]
