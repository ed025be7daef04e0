"""Text analysis and query parser: texts become words, and a typed text becomes a query."""

import pytest

from engagement.search.analysis import analyse, language_of, stems, words_of
from engagement.search.parser import parse
from engagement.search.terms import Term


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Agência Européenne", ["agencia", "europeenne"]),
        ("Straße der Ärzte", ["strasse", "der", "arzte"]),
        ("E.F.P.I.A. and a/s", ["efpia", "and", "as"]),
        ("BM-2025-014", ["bm", "2025", "014"]),
        ("l'industrie, aujourd’hui", ["l", "industrie", "aujourd", "hui"]),
        ("", []),
        ("  \n\t … ", []),
        ("Ελλάδα", ["ellada"]),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_word_without_end_is_cut() -> None:
    assert words_of("x" * 500) == ["x" * 60]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The agency and the companies that were heard", "english"),
        ("Les entreprises et les patients sont dans la salle", "french"),
        ("Die Firmen und der Verband sind nicht einer Meinung", "german"),
        ("Biosimilars 2025", "english"),
    ],
)
def test_small_words_tell_the_language(text: str, language: str) -> None:
    assert language_of(words_of(text)) == language


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The agency promised vaccines", "vaccine"),
        ("The agency was promising", "promise"),
        ("Les entreprises sont dans la réglementation", "entreprise"),
        ("Les autorités et les médicaments", "médicament"),
        ("Die Zulassungen der Arzneimittel sind nicht einfach", "Zulassung"),
    ],
)
def test_a_word_is_indexed_under_a_form_that_another_form_asks_for(text: str, asked: str) -> None:
    analysed = analyse(text, "")
    indexed = {*analysed.heading, *analysed.stems(analysed.heading)}
    (word,) = words_of(asked)
    assert word not in analysed.heading
    assert indexed & set(stems(word))


def terms(text: str) -> list[tuple[str, ...]]:
    return [term.words for term in parse(text).terms]


def test_a_query_is_taken_apart() -> None:
    query = parse('gene "real world" -vaccin -"old rule" BM-2025-014 Therap')
    assert query.terms == (
        Term(("gene",)),
        Term(("real", "world"), is_quoted=True),
        Term(("bm", "2025", "014"), spellings=(("bm2025014",),), is_beginning=False),
        Term(("therap",), is_beginning=True, in_compounds=True),
    )
    assert query.excluded == (Term(("vaccin",)), Term(("old", "rule"), is_quoted=True))


@pytest.mark.parametrize("text", ["", "   ", "-", '""', "-vaccine", "… !", "\x00", '"', "-''"])
def test_nothing_asked_is_no_query(text: str) -> None:
    assert not parse(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gene the therapy of", [("gene",), ("therapy",)]),
        ("the", [("the",)]),
        ("gene gene", [("gene",)]),
        ('an open "quotation mark', [("open",), ("quotation", "mark")]),
        ("“real world”", [("real", "world")]),
        ("low-dose", [("low", "dose")]),
        ("a" * 500, [("a" * 60,)]),
    ],
)
def test_terms(text: str, found: list[tuple[str, ...]]) -> None:
    assert terms(text) == found


def test_a_query_has_an_end() -> None:
    assert len(parse(" ".join(f"word{number}" for number in range(500))).terms) == 12


@pytest.mark.parametrize(
    ("text", "is_beginning"),
    [("vac", True), ("vac ", False), ('"vac"', False), ("v", False), ("gene vac", True), ("vac -gene", False)],
)
def test_the_last_word_may_be_unfinished(text: str, is_beginning: bool) -> None:
    assert parse(text).terms[-1].is_beginning is is_beginning
    assert not parse(text, typing=False).terms[-1].is_beginning


def test_a_query_says_which_words_of_a_text_it_means() -> None:
    query = parse('vaccines "real world" thera')
    shown = {"vaccine", "vaccines", "vaccinated", "real", "reality", "therapy", "gene"}
    assert {word for word in shown if query.matches(word)} == {
        "vaccine",
        "vaccines",
        "vaccinated",
        "real",
        "therapy",
    }


def test_a_corrected_query_reads_right() -> None:
    query = parse('vacine gene -old "real wrld"')
    assert query.words == ("vacine", "gene")
    better = query.corrected({"vacine": "vaccine"})
    assert better.text == 'vaccine gene -old "real wrld"'
    assert better.terms[0] == Term(("vaccine",))
    assert better.excluded == query.excluded
