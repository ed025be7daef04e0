"""No word is said twice: a statement that begins with its stance runs on from it, and nothing of it is lost."""

import pytest

from meetings.models import Outcome, Position
from meetings.statement_text import outcome_text, stated
from organizations.models import Organization

EMA = Organization(name="European Medicines Agency", acronym="EMA")


@pytest.mark.parametrize(
    ("stance", "statement", "stance_shown", "text"),
    [
        ("welcomes", "Welcomes the priorities.", "Welcomes", "the priorities."),
        ("welcomes", "welcomes: the priorities.", "Welcomes", "the priorities."),
        ("welcomes", "Welcomed the priorities.", "Welcomed", "the priorities."),
        ("welcomes", "We welcome the priorities.", "Welcomes", "the priorities."),
        ("welcomes", "EMA welcomes the priorities.", "Welcomes", "the priorities."),
        ("commits", "The European Medicines Agency commits to share.", "Commits", "to share."),
        ("concerned", "Is concerned that steps slip.", "Is concerned", "that steps slip."),
        ("concerned", "We are concerned that steps slip.", "Is concerned", "that steps slip."),
    ],
)
def test_a_stance_that_the_statement_begins_with_runs_on(
    stance: str, statement: str, stance_shown: str, text: str
) -> None:
    told = stated(Position(stance=stance, statement=statement, organization=EMA))
    assert (told.stance, told.text, told.runs_on) == (stance_shown, text, True)


@pytest.mark.parametrize(
    ("stance", "statement"),
    [
        ("welcomes", "The priorities that ARM set out."),
        ("supports", "Support for small companies is missing."),
        ("requests", "We will answer requests sooner."),
        ("requests", "ARM requests more time."),  # somebody else's words
        ("welcomes", "Welcomes"),
        ("welcomes", "Welcomesome words."),
        ("informs", "Supports convergence."),
    ],
)
def test_every_other_statement_stays_whole(stance: str, statement: str) -> None:
    told = stated(Position(stance=stance, statement=statement, organization=EMA))
    assert (told.text, told.runs_on) == (statement, False)


def test_both_sides_are_not_named_again() -> None:
    told = stated(Position(stance="supports", statement="Both sides support convergence.", is_joint=True))
    assert (told.stance, told.text) == ("Supports", "convergence.")


def test_an_outcome_does_not_repeat_its_kind() -> None:
    assert outcome_text(Outcome(kind="agreement", text="Agreement: share the draft.")) == "Share the draft."
    assert outcome_text(Outcome(kind="agreement", text="Agreement is near.")) == "Agreement is near."
