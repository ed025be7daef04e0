"""Group rows that tell of the same meeting, and the parties they name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from engagement.core.folding import fold, fold_key
from engagement.imports.parsing.rows import MeetingRow, OrgMention
from engagement.imports.planning.matching import Match
from engagement.imports.planning.plan import PlannedParty, PlannedRow
from engagement.imports.planning.registry import Registry
from engagement.imports.planning.row_keys import mention_key
from meetings.models import Party
from organizations.models import Identifier

PeopleByParty: TypeAlias = dict[str, list[dict[str, str]]]
EU = Identifier.Scheme.EU_TRANSPARENCY


@dataclass(slots=True)
class MatchedParty:
    side: str
    match: Match
    mention: OrgMention
    parsed: MeetingRow
    people: list[dict[str, str]] = field(default_factory=list)


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

    @property
    def has_people(self) -> bool:
        return any(one.people for one in self.matched)

    def more_people(self, row: PlannedRow, named: set[tuple[int, str, str]], hosts: set[str]) -> PeopleByParty:
        """Whom a row adds to the parties of a meeting that is recorded."""
        found: PeopleByParty = {}
        for one in self.matched:
            key = one.match.key
            is_there = key in hosts if one.side == "host" else key.startswith("#")
            new = [person for person in one.people if (self.pk or 0, key, fold_key(person["name"])) not in named]
            if one.parsed.number == row.number and is_there and new:
                found[key] = new
                named |= {(self.pk or 0, key, fold_key(person["name"])) for person in new}
        return found

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
    there = {person["name"] for person in party.people}
    party.people += [person for person in one.people if person["name"] not in there]
    if is_host and one.parsed.representatives and not party.people:
        party.headcount = max(party.headcount or 0, len(one.parsed.representatives))


def join_numbered(rows: Sequence[MeetingRow]) -> None:
    """Of a register with a row for each organization: later rows of a meeting's number give their parties to the first.

    A row of such a register may be the host's own, as in our own export: the host is no counterpart of itself.
    """
    first: dict[tuple[object, ...], MeetingRow] = {}
    for row in rows:
        if not row.source_id or row.on is None or row.has_errors or row.is_remark or row.part_of:
            continue
        about = fold(row.purpose or row.title)
        head = first.setdefault((row.source_id, row.on, row.start_time, about), row)
        if head is row or head.cells == row.cells:
            continue
        row.part_of = head.number
        for mine, others in ((head.hosts, row.hosts), (head.counterparts, row.counterparts)):
            _add(mine, others)
        hosts = {mention_key(mention) for mention in head.hosts}
        head.counterparts = [one for one in head.counterparts if mention_key(one) not in hosts] or head.counterparts
        head.representatives += [one for one in row.representatives if one not in head.representatives]
        for people, more in ((head.our_people, row.our_people), (head.their_people, row.their_people)):
            people += [one for one in more if one not in people]
        head.counterpart_people += [one for one in row.counterpart_people if one not in head.counterpart_people]


def _add(mine: list[OrgMention], others: list[OrgMention]) -> None:
    there = {mention_key(mention) for mention in mine}
    mine += [mention for mention in others if mention_key(mention) not in there]
