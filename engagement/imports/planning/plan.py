"""Plan of an import as plain data, the same each time: the outcome of every row, and the records to make or change."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from engagement.imports.models.rows import RowPlan, Value
from engagement.imports.parsing.summary_rows import REMARKS


@dataclass(slots=True)
class Reason:
    """The reason of an outcome: a word for filters and a sentence for people."""

    code: str
    sentence: str
    column: str = ""


@dataclass(slots=True)
class Question:
    """Something the file does not say. ``candidates`` are organizations, or meetings where ``about`` says so."""

    key: str
    about: str  # host, counterpart, organization or meeting
    published: str
    sentence: str
    name: str = ""
    number: str = ""
    scheme: str = ""
    candidates: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)  # the names a cell would be cut into
    likely: str = ""  # the answer that is proposed


@dataclass(slots=True)
class PlannedOrganization:
    """One to be made. Its key stands wherever it is a party; an organization that is there has the key ``#12``."""

    key: str
    row: int
    values: Mapping[str, Value | bool]
    numbers: list[dict[str, str]] = field(default_factory=list)
    other_names: list[str] = field(default_factory=list)
    parent: str = ""


@dataclass(slots=True)
class PlannedParty:
    organization: str
    side: str
    register_number: str = ""
    headcount: int | None = None
    people: list[dict[str, str]] = field(default_factory=list)  # name, function and part of each


@dataclass(slots=True)
class PlannedMeeting:
    """One to be made, from one row or from several that tell of the same meeting."""

    rows: list[int]
    values: dict[str, str]
    parties: list[PlannedParty]
    series: str = ""
    ordinal: int | None = None


@dataclass(slots=True)
class PlannedSeries:
    key: str
    title: str
    host: str
    counterpart: str
    row: int


@dataclass(slots=True)
class PlannedChange:
    """The changes of a row to a recorded object: field by field, before and after."""

    kind: str  # organization or meeting
    pk: int
    row: int
    fields: dict[str, list[Value]] = field(default_factory=dict)
    numbers: list[dict[str, str]] = field(default_factory=list)
    other_names: list[str] = field(default_factory=list)
    parties: list[PlannedParty] = field(default_factory=list)
    people: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # by recorded party
    status: list[str] = field(default_factory=list)  # of its number in the register, before and after

    def __bool__(self) -> bool:
        return any((self.fields, self.numbers, self.other_names, self.parties, self.people, self.status))


@dataclass(slots=True)
class PlannedRow:
    number: int
    cells: dict[str, str]
    outcome: str = ""
    reasons: list[Reason] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    becomes: RowPlan = field(default_factory=lambda: RowPlan())
    key: str = ""
    filled: dict[str, str] = field(default_factory=dict)  # what its cells leave out, by heading
    stated: dict[str, Value] = field(default_factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """The values of fields, as stated."""
        return {name: value for name, value in self.stated.items() if isinstance(value, str)}

    def add(self, code: str, sentence: str, column: str = "") -> None:
        self.reasons.append(Reason(code, sentence, column))


@dataclass(slots=True)
class Plan:
    rows: list[PlannedRow] = field(default_factory=list)
    organizations: list[PlannedOrganization] = field(default_factory=list)
    series: list[PlannedSeries] = field(default_factory=list)
    meetings: list[PlannedMeeting] = field(default_factory=list)
    changes: list[PlannedChange] = field(default_factory=list)
    possible_series: int = 0  # pairs that met often and get none, because nobody asked for series

    def digest(self) -> str:
        """Two plans with the same digest write the same."""
        digest = hashlib.sha256()
        for part in (self.organizations, self.series, self.meetings, self.changes, self.rows):
            for item in part:  # one after the other, so that a long file is not held twice
                digest.update(_text(asdict(item)))
        return digest.hexdigest()

    def recorded_organizations(self) -> set[int]:
        """The organizations that are there already and are given something."""
        keys = {party.organization for meeting in self.meetings for party in meeting.parties}
        keys |= {party.organization for change in self.changes for party in change.parties}
        keys |= {f"#{change.pk}" for change in self.changes if change.kind == "organization"}
        return {int(key[1:]) for key in keys if key.startswith("#")}

    def _remarks(self) -> "Counter[str]":
        """Lines that are no records: nil returns, and notes, totals and headings."""
        codes = (row.reasons[-1].code for row in self.rows if row.outcome == "skipped" and row.reasons)
        return Counter("nil" if code == "nil" else "notes" for code in codes if code in REMARKS)

    def _people(self) -> int:
        parties = [party for meeting in self.meetings for party in meeting.parties]
        return sum(len(party.people) for party in parties)

    def counts(self) -> dict[str, int]:
        """The report: rows by outcome, which add up to all rows, and the records to make."""
        outcomes = Counter(row.outcome for row in self.rows)
        joined = sum(len(meeting.rows) - 1 for meeting in self.meetings)
        return {
            "rows": len(self.rows),
            **{f"rows_{outcome}": number for outcome, number in sorted(outcomes.items())},
            "meetings": len(self.meetings),
            "rows_joined": joined,
            "parties": sum(len(meeting.parties) for meeting in self.meetings),
            **({"participants": people} if (people := self._people()) else {}),
            "organizations": len(self.organizations),
            "series": len(self.series),
            **({"possible_series": self.possible_series} if self.possible_series else {}),
            **{f"told_{code}": number for code, number in sorted(self._remarks().items())},
            "records_changed": len({(change.kind, change.pk) for change in self.changes}),
        }


def _text(item: dict[str, object]) -> bytes:
    return json.dumps(item, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
