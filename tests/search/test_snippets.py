"""The words found, shown in their context: all forms of them marked, nothing else, and never as HTML of the text."""

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.search.analysis import stems, words_of
from engagement.search.parser import parse
from engagement.search.snippets import FIRST_LOOK, LAST_LOOK, LENGTH, Marker, Wanted, marker_of

LETTERS = st.text(
    st.sampled_from("aeioustrngézßñœŠλд日本 .,-'\"<>&\n\t\x00é\u0301\u00ad²½") | st.characters(codec="utf-8"),
    max_size=80,
)


def marked(query: str, text: str, *, typing: bool = False) -> list[str]:
    """The marked pieces of a text."""
    drawn = marker_of(parse(query, typing=typing)).marked(text)
    return [html.unescape(piece) for piece in re.findall("<mark>(.*?)</mark>", drawn)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("therapies", "Therapy, therapies and therapeutic", ["Therapy", "therapies"]),
        ("medecines", "La Médecine douce, ME\u0301DECINES", ["Médecine", "ME\u0301DECINES"]),
        ("régulateur", "les régulateurs", ["régulateurs"]),
        ("strasse", "Die Straße", ["Straße"]),
        ("Zulassungen", "Die Zulassung", ["Zulassung"]),
        ("œuvre", "une oeuvre, une œuvre", ["oeuvre", "œuvre"]),
        ("agencia", "Agência Europeia", ["Agência"]),
        ('"gene therapy"', "A gene therapy, and genes", ["gene", "therapy"]),
        ("art", "The article on art.", ["art"]),
        ("2025", "BM-2025-014 of 20251", ["2025"]),
        ("московский", "Московский and moskovskij", ["Московский"]),
        ("absent", "Nothing of the kind", []),
    ],
)
def test_every_form_of_a_word_is_marked(query: str, text: str, found: list[str]) -> None:
    assert marked(query, text) == found


def test_a_beginning_is_marked_only_while_typing() -> None:
    assert marked("regul", "Regulators of other regions", typing=True) == ["Regulators"]
    assert marked("regulat", "Regulators of other regions") == []


def test_what_is_excluded_is_not_marked() -> None:
    assert marked("gene -therapy", "gene therapy") == ["gene"]


@given(text=LETTERS, query=LETTERS)
def test_a_text_is_never_html(text: str, query: str) -> None:
    """Without its marks, what is drawn is the escaped text and nothing else."""
    marker = marker_of(parse(query))
    for drawn in (marker.marked(text), marker.snippet(text)):
        plain = re.sub("</?mark>", "", drawn)
        assert "<" not in plain and ">" not in plain and '"' not in plain
        squeezed = " ".join(html.unescape(plain).strip("… ").split())
        assert squeezed in " ".join(text.replace("\x00", " ").split())


@given(text=LETTERS)
def test_what_is_marked_is_found_and_what_is_found_is_marked(text: str) -> None:
    """A text in which a word occurs, taken apart as the index does it, shows that word."""
    for word in words_of(text)[:3]:
        if len(word) > 1 and text.isascii() and "." not in text and "/" not in text:
            marker = Marker([Wanted(word)], lambda other: frozenset(stems(other)))
            assert marker.has(text)


def test_a_snippet_shows_where_most_of_the_words_stand() -> None:
    text = "Gene of one kind. " + "Filler of no interest. " * 60 + "At last gene therapy is spoken of. " + "More. " * 60
    snippet = marker_of(parse("gene therapy")).snippet(text)
    assert "<mark>gene</mark> <mark>therapy</mark>" in snippet
    assert snippet.startswith("… ") and snippet.endswith(" …")
    assert len(re.sub("</?mark>", "", snippet)) <= LENGTH + 10


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    snippet = marker_of(parse("absent")).snippet("It begins here. " * 40)
    assert snippet.startswith("It begins here.") and snippet.endswith(" …")


def test_a_short_text_is_shown_whole() -> None:
    assert marker_of(parse("gene")).snippet("About  a\ngene") == "About a <mark>gene</mark>"


def test_a_long_text_is_read_no_further_than_needed() -> None:
    read: list[int] = []

    class Counting(str):
        def translate(self, table: Any) -> str:
            read.append(len(self))
            return str(self).translate(table)

        def __getitem__(self, key: Any) -> Any:
            return Counting(str(self)[key])

    marker_of(parse("gene")).snippet(Counting("A gene at the beginning. " + "Filler. " * 100_000))
    assert sum(read) <= FIRST_LOOK + 100
    read.clear()
    marker_of(parse("gene")).snippet(Counting("Filler. " * 100_000 + "A gene at the end."))
    assert sum(read) <= LAST_LOOK


def test_a_word_is_taken_apart_once() -> None:
    asked: list[str] = []
    marker = Marker([Wanted("gene", frozenset({"gene"}))], lambda word: asked.append(word) or frozenset({word}))  # type: ignore[func-returns-value]
    marker.marked("genes genes genes")
    assert asked == ["genes"]
