"""Registry of the organizations that a plan makes or adds to, each once, however many rows name it."""

from dataclasses import dataclass, field

from engagement.imports.models.rows import Value
from engagement.imports.parsing.rows import OrgMention
from engagement.imports.planning.matching import COMPANY, Match, Matcher
from engagement.imports.planning.plan import PlannedChange, PlannedOrganization
from organizations.models import Identifier, Organization

Kind = Organization.Kind


@dataclass
class Registry:
    """``use`` is called only for parties of meetings that will really be written."""

    matcher: Matcher
    new: dict[str, PlannedOrganization] = field(default_factory=dict)
    changes: dict[int, PlannedChange] = field(default_factory=dict)
    how: dict[str, set[str]] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)  # of new ones that were looked at

    def name_of(self, match: Match, mention: OrgMention) -> str:
        """The name by which a row will show the organization."""
        if match.pk is not None:
            return self.matcher.existing.names[match.pk]
        number = (mention.scheme, mention.number)
        if mention.number and number in self.matcher.spellings and match.key.endswith(mention.number):
            return self.matcher.spellings[number].latest
        return mention.name or self.matcher.name_of(mention)

    def use(self, match: Match, mention: OrgMention, row: int, *, is_host: bool = False) -> str:
        """The organization's key; it is planned if it is new, and its number is noted where that is."""
        self.how.setdefault(match.how, set()).add(match.key)
        if match.pk is not None:
            if match.number_is_new:
                self._note_number(match.pk, mention, row)
        elif match.key not in self.new:
            self.new[match.key] = self._planned(match, mention, row, is_host)
        return match.key

    def _note_number(self, pk: int, mention: OrgMention, row: int) -> None:
        change = self.changes.setdefault(pk, PlannedChange("organization", pk, row))
        number = _number(mention.scheme, mention.number)
        if number not in change.numbers:
            change.numbers.append(number)

    def _planned(self, match: Match, mention: OrgMention, row: int, is_host: bool) -> PlannedOrganization:
        values: dict[str, Value | bool] = {"name": self.name_of(match, mention), "is_host": is_host}
        values["kind"] = str(Kind.PUBLIC_AUTHORITY if is_host else Kind.OTHER)
        planned = PlannedOrganization(match.key, row, values)
        scheme, _colon, number = match.key[1:].partition(":")
        if scheme != "name" and scheme:
            planned.numbers = [_number(scheme, number)]
            spellings = self.matcher.spellings.get((scheme, number))
            planned.other_names = spellings.others if spellings else []
        elif mention.number and mention.scheme == COMPANY:
            planned.numbers = [_number(mention.scheme, mention.number)]
        return planned


def _number(scheme: str, value: str) -> dict[str, str]:
    return {"scheme": scheme, "value": value, "status": str(Identifier.Status.UNKNOWN)}
