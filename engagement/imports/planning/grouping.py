"""Group rows that tell of the same meeting, and the parties they name."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engagement.imports.parsing.rows import MeetingRow, OrgMention
from engagement.imports.planning.matching import Match
from engagement.imports.planning.plan import PlannedParty, PlannedRow
from engagement.imports.planning.registry import Registry
from meetings.models import Party
from organizations.models import Identifier

EU = Identifier.Scheme.EU_TRANSPARENCY


@dataclass(slots=True)
class MatchedParty:
    side: str
    match: Match
    mention: OrgMention
    parsed: MeetingRow


@dataclass(slots=True)
class MeetingGroup:
    """One meeting: a new one, or (with a key) one that is recorded."""

    pk: int | None = None
    rows: list[PlannedRow] = field(default_factory=list)
    matched: list[MatchedParty] = field(default_factory=list)

    def join(self, row: PlannedRow, matched: list[MatchedParty]) -> None:
        self.rows.append(row)
        self.matched += matched

    @property
    def keys(self) -> list[str]:
        return [one.match.key for one in self.matched]

    def parties(self, registry: Registry) -> list[PlannedParty]:
        """Every organization once, the hosts first, in the order of the rows."""
        found: dict[str, PlannedParty] = {}
        for side in ("host", "counterpart"):
            for one in self.matched:
                if one.side == side:
                    _add_party(found, one, registry)
        return list(found.values())

    def by_row(self, registry: Registry) -> Iterator[tuple[PlannedRow, list[PlannedParty]]]:
        """The hosts that each row brings to a meeting that is recorded."""
        for row in self.rows:
            found: dict[str, PlannedParty] = {}
            for one in self.matched:
                if one.side == "host" and one.parsed.number == row.number:
                    _add_party(found, one, registry)
            yield row, list(found.values())


def _add_party(found: dict[str, PlannedParty], one: MatchedParty, registry: Registry) -> None:
    is_host = one.side == "host"
    key = registry.use(one.match, one.mention, one.parsed.number, is_host=is_host)
    party = found.setdefault(key, PlannedParty(key, str(Party.Side.HOST if is_host else Party.Side.COUNTERPART)))
    if one.mention.number and one.mention.scheme == EU:
        party.register_number = party.register_number or one.mention.number
    if is_host and one.parsed.representatives:
        party.headcount = max(party.headcount or 0, len(one.parsed.representatives))
