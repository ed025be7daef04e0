"""Planner of organizations: new ones, and what a register now says of those that are recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from engagement.imports.models import Layout, Outcome
from engagement.imports.parsing.rows import OrganizationReading, OrgMention
from engagement.imports.planning import existing as there
from engagement.imports.planning.changes import as_stated, changed_fields, note_changes
from engagement.imports.planning.existing import KnownOrganizations
from engagement.imports.planning.matching import Answers, Match, Matcher
from engagement.imports.planning.plan import Plan, PlannedChange, PlannedOrganization, PlannedRow, Question
from engagement.imports.planning.row_keys import mention_key, name_key, organization_key, stored_name, tell_apart
from engagement.imports.planning.validation import check_organization
from organizations.models import Identifier, Organization

FIELDS = ("name", "acronym", "kind", "country", "website", "description")
Kind = Organization.Kind


def stated(reading: OrganizationReading) -> dict[str, Any]:
    values = {name: getattr(reading, name) for name in FIELDS}
    values |= {"number": reading.identifier, "status": reading.identifier_status, "other_names": reading.other_names}
    return {name: value for name, value in values.items() if value}


@dataclass
class OrganizationPlanner:
    """Each row is found by its number, by where it was imported before, by an answer, or by its names."""

    layout: Layout
    readings: Sequence[OrganizationReading]
    decisions: dict[int, Answers] = field(default_factory=dict)

    def plan(self) -> Plan:
        self.result = Plan(rows=[PlannedRow(r.number, r.cells) for r in self.readings])
        self._load()
        found = []
        for reading, row in zip(self.readings, self.result.rows, strict=True):
            if not self._is_settled(reading, row):
                found.append((reading, row, self._find(reading, row)))
        self.now = there.values_of(Organization, {m.pk for _r, _row, m in found if m.pk is not None}, FIELDS)
        for reading, row, match in found:
            if not row.outcome:
                self._take(reading, row, match)
        return self.result

    def _load(self) -> None:
        self.known = KnownOrganizations.load()
        self.matcher = Matcher(self.known, there.answers(self.layout))
        keys = tell_apart((organization_key(self.layout.slug, one), one.cells) for one in self.readings)
        for reading, row, key in zip(self.readings, self.result.rows, keys, strict=True):
            row.key = key
            self.matcher.learn([_mention(reading)], None)
        self.origins = there.origins(self.layout, Organization, (row.key for row in self.result.rows))
        self.first_of: dict[str, PlannedRow] = {}
        self.taken: dict[str, PlannedRow] = {}

    def _is_settled(self, reading: OrganizationReading, row: PlannedRow) -> bool:
        for problem in reading.problems:
            row.add(problem.code, problem.sentence, problem.column)
        row.stated = stated(reading)
        _without_wrong_website(row)
        row.becomes = {"title": reading.name, "number": reading.identifier}
        first = self.first_of.setdefault(row.key, row)
        if reading.has_errors:
            row.outcome = Outcome.ERROR
        elif reading.is_remark:
            row.outcome = Outcome.SKIPPED
        elif "row" in self.decisions.get(row.number, {}):
            row.outcome = Outcome.SKIPPED
            row.add("left_out", _("Left out by decision."))
        elif first is not row:
            row.outcome = Outcome.DUPLICATE
            row.add("duplicate", _("The same as row %(row)s.") % {"row": first.number})
        return bool(row.outcome)

    def _find(self, reading: OrganizationReading, row: PlannedRow) -> Match:
        mention = _mention(reading)
        origin = self.origins.get(row.key)
        number_is_known = bool(mention.number) and (mention.scheme, mention.number) in self.known.by_number
        if origin is not None and not number_is_known:
            match = Match(f"#{origin.pk}", "imported_before")
        else:
            match = self.matcher.match(mention, self.decisions.get(row.number, {}))
        if match.is_skipped:
            row.outcome = Outcome.SKIPPED
            row.add("left_out", _("Left out because of a remembered answer."))
        elif match.doubt:
            row.outcome = Outcome.AMBIGUOUS
            row.add(match.doubt, match.sentence)
            facts = (mention.name, mention.number, mention.scheme, match.candidates)
            row.questions.append(Question(mention_key(mention), "organization", reading.name, match.sentence, *facts))
        elif (first := self.taken.setdefault(match.key, row)) is not row:
            return self._apart(reading, row, first)
        return match

    def _apart(self, reading: OrganizationReading, row: PlannedRow, first: PlannedRow) -> Match:
        """Two rows that differ look like one organization: it is asked whether they are two."""
        key = f"twice:{reading.identifier}|{stored_name(reading.name)}"[:300]
        decided = self.decisions.get(row.number, {}).get(key) or self.matcher.remembered.get(key)
        if decided and decided["choice"] == "new":
            return Match(f"+row:{row.number}", "by_answer")
        row.outcome = Outcome.AMBIGUOUS
        sentence = _("Row %(row)s is about an organization of this name already.") % {"row": first.number}
        row.add("twice", sentence)
        row.questions.append(Question(key, "organization", reading.name, sentence, reading.name, reading.identifier))
        return Match(doubt="twice")

    def _take(self, reading: OrganizationReading, row: PlannedRow, match: Match) -> None:
        if match.pk is None:
            self._make(reading, row, match)
            return
        row.becomes["record"] = match.pk
        if match.how == "by_name":
            row.add("matched_by_name", _("Recognized by its name: %(name)s.") % {"name": self.known.names[match.pk]})
        change = self._change(reading, row, match.pk)
        if problems := self._problems(change, match.pk):
            row.outcome = Outcome.ERROR
            for sentence in problems:
                row.add("not_valid", sentence)
        elif change:
            row.outcome = Outcome.CHANGED
            self.result.changes.append(change)
            note_changes(row, Organization, change)
            _note_parts(row, change)
        else:
            row.outcome = Outcome.SAME
            row.add("as_recorded", _("Everything is recorded already."))

    def _problems(self, change: PlannedChange, pk: int) -> list[str]:
        values = {name: as_stated(value) for name, value in self.now[pk].items()}
        values |= {name: after for name, (_before, after) in change.fields.items()}
        return check_organization(
            PlannedOrganization("", change.row, values, numbers=change.numbers, other_names=change.other_names)
        )

    def _make(self, reading: OrganizationReading, row: PlannedRow, match: Match) -> None:
        values = {name: row.stated[name] for name in FIELDS if name in row.stated}
        planned = PlannedOrganization(match.key, row.number, {"kind": str(Kind.OTHER), **values})
        mention = _mention(reading)
        if mention.number and match.key == f"+{mention.scheme}:{mention.number}":
            status = reading.identifier_status or str(Identifier.Status.UNKNOWN)
            planned.numbers = [{"scheme": mention.scheme, "value": mention.number, "status": status}]
        planned.other_names = sorted({name for name in reading.other_names if name != reading.name})
        problems = check_organization(planned)
        row.outcome = Outcome.ERROR if problems else Outcome.NEW
        for sentence in problems:
            row.add("not_valid", sentence)
        if not problems:
            self.result.organizations.append(planned)

    def _change(self, reading: OrganizationReading, row: PlannedRow, pk: int) -> PlannedChange:
        change = PlannedChange("organization", pk, row.number, self._fields(row, pk))
        mention = _mention(reading)
        if mention.number and mention.scheme:
            self._number(change, reading, mention)
        former = change.fields["name"][0] if "name" in change.fields else ""
        change.other_names = list(self._other_names(pk, reading, former))
        return change

    def _other_names(self, pk: int, reading: OrganizationReading, former: str) -> Iterator[str]:
        """Names that lead to it from now on: those of the register, and the one it gives up."""
        for name in dict.fromkeys([*reading.other_names, former]):
            key = name_key(name)
            is_known = name != former and pk in self.known.by_name.get(key, set())
            if name and key != name_key(reading.name) and not is_known and (pk, name) not in self.known.other_names:
                yield name

    def _fields(self, row: PlannedRow, pk: int) -> dict[str, list[Any]]:
        """What the register says differently; a blank cell says nothing, our own description stays."""
        origin = self.origins.get(row.key)
        if origin is not None and origin.pk == pk:
            return changed_fields(row, origin, self.now[pk], FIELDS)
        found = {}
        for name in FIELDS:
            stands, says = as_stated(self.now[pk][name]), row.stated.get(name, "")
            if says and says != stands and not (name == "description" and stands):
                found[name] = [stands, says]
        return found

    def _number(self, change: PlannedChange, reading: OrganizationReading, mention: OrgMention) -> None:
        recorded = {one.value: one.status for one in self.known.numbers.get((change.pk, mention.scheme), [])}
        status = reading.identifier_status
        if mention.number not in recorded:
            status = status or str(Identifier.Status.UNKNOWN)
            change.numbers = [{"scheme": mention.scheme, "value": mention.number, "status": status}]
        elif status and recorded[mention.number] != status:
            change.status = [mention.scheme, mention.number, recorded[mention.number], status]


def _without_wrong_website(row: PlannedRow) -> None:
    """An address that is none does not keep the organization out."""
    website = row.stated.get("website", "")
    try:
        if website:
            Organization._meta.get_field("website").run_validators(website)
    except ValidationError:
        del row.stated["website"]
        row.add("website", _("“%(text)s” is not a web address and is left out.") % {"text": website[:100]})


def _mention(reading: OrganizationReading) -> OrgMention:
    """Numbers of registers that we do not keep lead back to what was imported, not to a number of ours."""
    is_kept = reading.scheme in Identifier.Scheme.values
    return OrgMention(
        reading.name,
        number=reading.identifier if is_kept else "",
        scheme=reading.scheme if is_kept else "",
        published=reading.name,
        acronym=reading.acronym,
    )


def _note_parts(row: PlannedRow, change: PlannedChange) -> None:
    for number in change.numbers:
        row.becomes["changes"].append(_shown("number", _("Register number"), "", number["value"]))
    for name in change.other_names:
        row.becomes["changes"].append(_shown("other_names", _("Other name"), "", name))
    if change.status:
        labels = dict(Identifier.Status.choices)
        before, after = (str(labels[status]) for status in change.status[2:])
        row.becomes["changes"].append(_shown("status", _("Status in the register"), before, after))


def _shown(field: str, label: str, before: str, after: str) -> dict[str, str]:
    return {"field": field, "label": label, "before": before, "after": after}
