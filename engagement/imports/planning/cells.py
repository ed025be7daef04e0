"""Lists in cells: the organizations of a cell as somebody decided, or as the records know them; else a question."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from engagement.imports.models.rows import Decision
from engagement.imports.parsing.names import mention_of, mentions_of
from engagement.imports.parsing.rows import MeetingRow, OrgMention
from engagement.imports.planning.matching import Match, Matcher
from engagement.imports.planning.plan import Question
from engagement.imports.planning.row_keys import cell_key
from engagement.imports.sources.texts import clean


@dataclass(frozen=True)
class CellReader:
    """Reads the same cell the same way in every row that does not say otherwise."""

    matcher: Matcher

    def mentions(self, cells: list[OrgMention], decisions: Decision) -> list[OrgMention]:
        """Every organization by itself; a list that nobody decided on stays one mention."""
        return [one for cell in cells for one in (self._apart(cell, decisions) if cell.is_list else [cell])]

    def _apart(self, cell: OrgMention, decisions: Decision) -> list[OrgMention]:
        key, whole = cell_key(cell), clean(cell.published)
        answer = decisions.get(key) or self.matcher.remembered.get(key)
        if answer and answer["choice"] == "names":
            return [one for name in answer.get("names", []) for one in mentions_of(name)]
        if self._is_known(whole):
            return [mention_of(whole)]
        if all(self._is_known(piece) for piece in cell.pieces):
            return [mention_of(piece) for piece in cell.pieces]
        return [cell]

    def _is_known(self, name: str) -> bool:
        mention = mention_of(name)
        number = (mention.scheme, mention.number)
        return bool(self.matcher.existing.called(mention.name)) or number in self.matcher.existing.by_number

    def undecided(self, cell: OrgMention) -> Match:
        """A stand-in for a list that is still to be decided on."""
        answer = self.matcher.remembered.get(cell_key(cell))
        if answer and answer["choice"] == "skip":
            return Match(is_skipped=True, how="by_answer")
        if cell.may_be_people:
            return Match(doubt="list", sentence=_("Does this cell name a person beside an organization?"))
        return Match(doubt="list", sentence=_("Does this cell name one organization or several?"))

    def note_people(self, parsed: MeetingRow, decisions: Decision) -> None:
        """Who stands beside an organization, as somebody decided, came for it."""
        for cell in (one for one in parsed.counterparts if one.is_list):
            named = [person for one in self._apart(cell, decisions) for person in one.people]
            parsed.their_people += [person for person in named if person.name]
            parsed.counterpart_people += [person.function for person in named if not person.name]

    def asks_for_people(self, parsed: MeetingRow, decisions: Decision) -> bool:
        """Whether it is still open who is named beside an organization."""
        return any(one.may_be_people and self._apart(one, decisions) == [one] for one in parsed.counterparts)


def question_of(cell: OrgMention, side: str, match: Match) -> Question:
    """The cell with the names it would be cut into."""
    likely = "one" if cell.likely_one else "names"
    return Question(
        cell_key(cell), side, cell.published[:20_000], match.sentence, pieces=list(cell.pieces), likely=likely
    )
