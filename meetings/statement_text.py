"""Text of a statement: one that begins with its stance is not told the stance a second time.

People write "Welcomes the priorities", "We welcome the priorities" or "EMA welcomed the priorities" into a field whose
stance says "welcomes" already. Pages then let the stance run on into the statement, and leave out who holds it, which
stands above. Records and exports keep the words as they were written.
"""

import re
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Outcome, Position

Stance = Position.Stance
FORMS = {
    Stance.PROPOSES: ("propose", "proposed"),
    Stance.REQUESTS: ("request", "requested"),
    Stance.SUPPORTS: ("support", "supported"),
    Stance.OPPOSES: ("oppose", "opposed"),
    Stance.CONCERNED: ("are concerned", "was concerned", "were concerned"),
    Stance.WELCOMES: ("welcome", "welcomed"),
    Stance.ACKNOWLEDGES: ("acknowledge", "acknowledged"),
    Stance.INFORMS: ("inform", "informed"),
    Stance.COMMITS: ("commit", "committed"),
}
"""Other forms of each stance, the one after "we" first: alone it is as often a noun ("Support for small companies")."""


@dataclass(frozen=True)
class Stated:
    """A stance and the words after it, and whether the two are one sentence."""

    stance: str
    text: str
    runs_on: bool


def stated(position: Position) -> Stated:
    """The stance and the statement, with no word said twice."""
    label = str(position.get_stance_display())
    told = _pattern(position, label).match(position.statement)
    if not told:
        return Stated(capfirst(label), position.statement, False)
    return Stated(capfirst(label if told["who"] else told["verb"]), position.statement[told.end() :], True)


def outcome_text(outcome: Outcome) -> str:
    """The text of an outcome, without the kind that stands before it already: "Agreement: share the draft"."""
    kind = re.escape(str(outcome.get_kind_display()))
    told = re.match(rf"\s*{kind}\s*:\s+(?=\S)", outcome.text, re.IGNORECASE)
    return capfirst(outcome.text[told.end() :]) if told else outcome.text


def _pattern(position: Position, label: str) -> re.Pattern[str]:
    """The stance at the beginning, perhaps after who holds it; something has to follow."""
    with_we, *past = FORMS[Stance(position.stance)]
    who = [_("we"), _("they"), _("both sides"), _("both organizations")]
    if position.organization:
        who += [name for name in (position.organization.name, position.organization.acronym) if name]
    names, alone = _any_of(who), _any_of([label, *past])
    after_who = _any_of([label, with_we, *past])
    begin = rf"(?:(?P<who>(?:the\s+)?{names})\s+(?={after_who}\b))?"
    return re.compile(rf"\s*{begin}(?P<verb>(?(who){after_who}|{alone}))\b\s*[:,]?\s+(?=\S)", re.IGNORECASE)


def _any_of(words: list[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
