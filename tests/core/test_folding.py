"""Text folding: a typed name finds the written one, and two spellings of one name are one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.core.folding import bare_key, compounds, fold, fold_key, fold_terms, match_key
from engagement.search.analysis import analyse


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Agência Europeia", "agencia europeia"),
        ("STRASSE Straße", "strasse strasse"),
        ("Łódź Ørsted Ängelholm Čeští", "lodz orsted angelholm cesti"),
        ("İstanbul ıssız", "istanbul issiz"),
        ("Ευρώπη", "eyropi"),
        ("Здоровье", "zdorov'e"),
        ("e\u0301te\u0301", "ete"),
        ("  many \t\n spaces\u00a0here ", "many spaces here"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("E.F.P.I.A.", "efpia"),
        ("e.f.p.i.a", "efpia"),
        ("EFPIA", "efpia"),
        ("38526121292-88", "38526121292 88"),
        ("“Quoted” & (bracketed)", "quoted bracketed"),
        ("U.S. Food", "us food"),
        ("EU/US dialogue", "eu us dialogue"),
        ("No. 5 v. 6.1", "no 5 v 6 1"),
        ("100%_\\", "100"),
        ("...", ""),
    ],
)
def test_fold_key(text: str, key: str) -> None:
    assert fold_key(text) == key


SAME = [
    ("Bayer AG", "BAYER", "Bayer A.G.", "bayer ag.", "  Bayer,  AG "),
    ("Merck KGaA", "Merck", "MERCK K.G.a.A."),
    ("Novo Nordisk A/S", "Novo Nordisk", "Novo Nordisk AS"),
    ("Sanofi S.A.", "Sanofi SA", "Sanofi", "SANOFI s.a"),
    ("Società Farmaceutici S.p.A.", "Societa Farmaceutici SpA", "Società Farmaceutici"),
    ("Müller GmbH & Co. KG", "Muller", "MÜLLER GMBH UND CO KG"),
    ("Verein der Ärzte e.V.", "Verein Ärzte", "VEREIN DER AERZTE eV".replace("AE", "Ä")),
    ("The European Patients' Forum", "European Patients Forum", "european patients’ forum AISBL"),
    ("Association des médecins asbl/vzw", "Association Médecins", "Association of Medecins"),
    ("Egis Zrt.", "Egis", "EGIS ZRT"),
    ("AstraZeneca PLC", "AstraZeneca p.l.c.", "AstraZeneca plc."),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_are_one(names: tuple[str, ...]) -> None:
    assert len({match_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Medicines for Europe", "Medicines Europe Africa"),
        ("Pharma Sud", "Pharma Nord"),
        ("Company 1", "Company 2"),
        ("SA", "AG"),
        ("The", "Of"),
        ("Basel", "Base"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize("name", ["AB", "The", "S.A.", "Co.", "de la"])
def test_a_name_of_nothing_else_keeps_its_words(name: str) -> None:
    assert match_key(name) == bare_key(name) != ""


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_key(fold_key(text)) == fold_key(text)
    assert match_key(match_key(text)) == match_key(text)
    assert fold_key(text).replace(" ", "").isalnum() or fold_key(text) == ""
    assert fold_key(text).isascii()


@pytest.mark.parametrize(
    "long", ["x" * 20_000, "a1" * 10_000, "e-" * 10_000, "1 000" * 5_000], ids=lambda text: text[:3]
)
def test_a_word_may_be_long(long: str) -> None:
    """As what is pasted in from elsewhere may be: twice the letters take twice the time, not four times."""
    began = time.process_time()
    list(compounds(long)), fold_terms([long]), analyse("Title", long)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("co-operation on x-ray", ["cooperation", "xray"]),
        ("-co-op- a--b c", ["coop"]),
        ("d'eau/sol", ["deau", "deausol"]),
        ("plain words only", []),
    ],
)
def test_compound_words(text: str, words: list[str]) -> None:
    assert [word for _start, _end, word in compounds(text)] == words
