"""Group rows that tell of the same meeting, and the parties they name."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engagement.imports.parsing.rows import MeetingReading, OrgMention
from engagement.imports.planning.matching import Match
from engagement.imports.planning.plan import PlannedParty, PlannedRow
from engagement.imports.planning.registry import Registry
from meetings.models import Party
from organizations.models import Identifier

EU = Identifier.Scheme.EU_TRANSPARENCY


@dataclass(slots=True)
class Seat:
    side: str
    match: Match
    mention: OrgMention
    reading: MeetingReading


@dataclass(slots=True)
class Table:
    """One meeting: a new one, or (with a key) one that is recorded."""

    pk: int | None = None
    rows: list[PlannedRow] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    def join(self, row: PlannedRow, seats: list[Seat]) -> None:
        self.rows.append(row)
        self.seats += seats

    @property
    def keys(self) -> list[str]:
        return [seat.match.key for seat in self.seats]

    def parties(self, registry: Registry) -> list[PlannedParty]:
        """Every organization once, the hosts first, in the order of the rows."""
        found: dict[str, PlannedParty] = {}
        for side in ("host", "counterpart"):
            for seat in self.seats:
                if seat.side == side:
                    _sit(found, seat, registry)
        return list(found.values())

    def by_row(self, registry: Registry) -> Iterator[tuple[PlannedRow, list[PlannedParty]]]:
        """The hosts that each row brings to a meeting that is recorded."""
        for row in self.rows:
            found: dict[str, PlannedParty] = {}
            for seat in self.seats:
                if seat.side == "host" and seat.reading.number == row.number:
                    _sit(found, seat, registry)
            yield row, list(found.values())


def _sit(found: dict[str, PlannedParty], seat: Seat, registry: Registry) -> None:
    is_host = seat.side == "host"
    key = registry.use(seat.match, seat.mention, seat.reading.number, is_host=is_host)
    party = found.setdefault(key, PlannedParty(key, str(Party.Side.HOST if is_host else Party.Side.COUNTERPART)))
    if seat.mention.number and seat.mention.scheme == EU:
        party.register_number = party.register_number or seat.mention.number
    if is_host and seat.reading.representatives:
        party.headcount = max(party.headcount or 0, len(seat.reading.representatives))
