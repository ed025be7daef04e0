"""Spelling correction: typing errors are forgiven where nothing else is found, with words that this reader finds."""

from collections.abc import Callable
from typing import Any

import pytest

from engagement.search import spelling as typing_errors
from engagement.search.parser import parse
from engagement.search.spelling import corrected, near
from tests import makers as make
from tests.makers import INTERNAL
from tests.people import People
from tests.search.test_page import page, titles

pytestmark = pytest.mark.both_databases


@pytest.fixture
def words(people: People, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        meeting = make.make_public("On vaccines", counterparts=[people.ours])
        make.make_discussion(meeting, "Regulatory convergence", said="Médicaments, Zulassungsverfahren, bear.")
        make.make_discussion(meeting, "Inside", said="Beer and vaccinations of bears", visibility=INTERNAL)


FORGIVEN = {
    "vacines": "vaccines",
    "vaccinse": "vaccines",
    "vvaccines": "vaccines",
    "convregence": "convergence",
    "convergnece": "convergence",
    "regulatroy mediacments": "regulatory medicaments",
    "medicamants": "medicaments",
    "zulasungsverfaren": "zulassungsverfahren",
}


@pytest.mark.parametrize("typed", FORGIVEN)
def test_a_mistyped_word_is_taken_for_the_right_one(people: People, words: None, typed: str) -> None:
    html = page(people.visitor, f"q={typed}")
    assert f"Showing results for <strong>{FORGIVEN[typed]}</strong> instead of “{typed}”" in html
    assert titles(html) == titles(page(people.visitor, f"q={FORGIVEN[typed]}"))


UNCHANGED = ["vaccines", "vaccine", "bear", "convergence -vacines", '"vacines"', "bxxr", "ber", "2024"]


@pytest.mark.parametrize("typed", UNCHANGED)
def test_nothing_is_changed_that_needs_no_change(people: People, words: None, typed: str) -> None:
    """What finds something, what is quoted, excluded, too short, too far away, or a number."""
    assert "instead of" not in page(people.visitor, f"q={typed}")


def test_only_words_that_the_reader_finds_are_used(people: People, words: None) -> None:
    """Others stand where only the secretariat reads, if perhaps in another form of a word that everybody reads."""
    assert "<strong>bear</strong>" in page(people.visitor, "q=baer")
    for typed in ("beerr", "vacinations"):
        assert "instead of" not in page(people.visitor, f"q={typed}")
        assert "instead of" in page(people.manager, f"q={typed}")


def test_a_correction_has_to_find_something_with_all_the_words(people: People, words: None) -> None:
    assert corrected(people.visitor, parse("vacines convergence", typing=False)) is None
    better = corrected(people.visitor, parse("regulatory mediacments", typing=False))
    assert better is not None and better.wrong == ("mediacments",)


def test_one_mistake_in_a_word_two_in_a_long_one() -> None:
    others = ["house", "mouse", "horse", "hosue", "houses", "horsy"]
    assert list(near("house", others)) == ["horse", "hosue", "houses", "mouse"]
    assert list(near("vaccines", ["vacine", "vaccine", "vacin"])) == ["vaccine", "vacine"]


def test_trying_is_bounded(people: People, words: None, monkeypatch: Any) -> None:
    """However many words are unknown and however many look like them."""
    tried: list[str] = []
    others = [f"{first}{second}" for first in "abcdefghij" for second in "abcdefghij"]
    monkeypatch.setattr(typing_errors, "alike", lambda word, limit: [word[:-2] + two for two in others])
    monkeypatch.setattr(typing_errors, "any_match", lambda user, query: bool(tried.append(query.text)))
    assert corrected(people.visitor, parse("aardvark buffalo crocodile dromedary elephant", typing=False)) is None
    assert len(tried) <= 5 * (1 + typing_errors.TRIED)
