"""Planner of organizations: new ones, and changes of recorded ones in a register."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from engagement.imports.models import Layout, Outcome
from engagement.imports.models.rows import ChangeData, Decision, Value
from engagement.imports.parsing.rows import OrganizationRow, OrgMention
from engagement.imports.planning.changes import as_stated, changed_fields, note_changes
from engagement.imports.planning.existing import ExistingOrganizations, load_answers, load_origins, load_values
from engagement.imports.planning.matching import Match, Matcher
from engagement.imports.planning.plan import Plan, PlannedChange, PlannedOrganization, PlannedRow, Question
from engagement.imports.planning.row_keys import mention_key, name_key, organization_key, stored_name, tell_apart
from engagement.imports.planning.validation import check_organization
from engagement.imports.sources.bundle import row_label
from organizations.models import Identifier, Organization

FIELDS = ("name", "acronym", "kind", "country", "website", "description")
Kind = Organization.Kind


def stated(parsed: OrganizationRow) -> dict[str, Value]:
    values = {name: getattr(parsed, name) for name in FIELDS}
    values |= {"number": parsed.identifier, "status": parsed.identifier_status, "other_names": parsed.other_names}
    return {name: value for name, value in values.items() if value}


@dataclass
class OrganizationPlanner:
    """Each row is found by its number, by where it was imported before, by an answer, or by its names."""

    layout: Layout
    parsed_rows: Sequence[OrganizationRow]
    decisions: dict[int, Decision] = field(default_factory=dict)

    def plan(self) -> Plan:
        self.result = Plan(rows=[PlannedRow(r.number, r.cells, filled=r.filled) for r in self.parsed_rows])
        self._load()
        found = []
        for parsed, row in zip(self.parsed_rows, self.result.rows, strict=True):
            if not self._is_settled(parsed, row):
                found.append((parsed, row, self._find(parsed, row)))
        self.now = load_values(Organization, {m.pk for _r, _row, m in found if m.pk is not None}, FIELDS)
        for parsed, row, match in found:
            if not row.outcome:
                self._take(parsed, row, match)
        return self.result

    def _load(self) -> None:
        self.existing = ExistingOrganizations.load()
        self.matcher = Matcher(self.existing, load_answers(self.layout))
        keys = tell_apart((organization_key(self.layout.slug, one), one.cells) for one in self.parsed_rows)
        for parsed, row, key in zip(self.parsed_rows, self.result.rows, keys, strict=True):
            row.key = key
            self.matcher.learn([_mention(parsed)], None)
        self.origins = load_origins(self.layout, Organization, (row.key for row in self.result.rows))
        self.first_of: dict[str, PlannedRow] = {}
        self.taken: dict[str, PlannedRow] = {}

    def _is_settled(self, parsed: OrganizationRow, row: PlannedRow) -> bool:
        for problem in parsed.problems:
            row.add(problem.code, problem.sentence, problem.column)
        row.stated = stated(parsed)
        _without_wrong_website(row)
        row.becomes = {"title": parsed.name, "number": parsed.identifier}
        first = self.first_of.setdefault(row.key, row)
        if parsed.has_errors:
            row.outcome = Outcome.ERROR
        elif parsed.is_remark:
            row.outcome = Outcome.SKIPPED
        elif "row" in self.decisions.get(row.number, {}):
            row.outcome = Outcome.SKIPPED
            row.add("left_out", _("Left out, as decided."))
        elif first is not row:
            row.outcome = Outcome.DUPLICATE
            row.add("duplicate", _("The same as row %(row)s.") % {"row": row_label(first.number)})
        return bool(row.outcome)

    def _find(self, parsed: OrganizationRow, row: PlannedRow) -> Match:
        mention = _mention(parsed)
        origin = self.origins.get(row.key)
        number_is_known = bool(mention.number) and (mention.scheme, mention.number) in self.existing.by_number
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
            key = match.question or mention_key(mention)
            row.questions.append(
                Question(key, "organization", parsed.name, match.sentence, *facts, pieces=match.rivals)
            )
        elif (first := self.taken.setdefault(match.key, row)) is not row:
            return self._apart(parsed, row, first)
        return match

    def _apart(self, parsed: OrganizationRow, row: PlannedRow, first: PlannedRow) -> Match:
        """Two rows that differ look like one organization: it is asked whether they are two."""
        key = f"twice:{parsed.identifier}|{stored_name(parsed.name)}"[:300]
        decided = self.decisions.get(row.number, {}).get(key) or self.matcher.remembered.get(key)
        if decided and decided["choice"] == "new":
            return Match(f"+row:{row.number}", "by_answer")
        row.outcome = Outcome.AMBIGUOUS
        sentence = _("Row %(row)s already has an organization of this name.") % {"row": row_label(first.number)}
        row.add("twice", sentence)
        row.questions.append(Question(key, "organization", parsed.name, sentence, parsed.name, parsed.identifier))
        return Match(doubt="twice")

    def _take(self, parsed: OrganizationRow, row: PlannedRow, match: Match) -> None:
        if match.pk is None:
            self._make(parsed, row, match)
            return
        row.becomes["record"] = match.pk
        if match.how == "by_name":
            row.add("matched_by_name", _("Recognized by its name: %(name)s.") % {"name": self.existing.names[match.pk]})
        change = self._change(parsed, row, match.pk)
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
            row.add("as_recorded", _("Everything is already recorded."))

    def _problems(self, change: PlannedChange, pk: int) -> list[str]:
        values: dict[str, Value] = {name: as_stated(value) for name, value in self.now[pk].items()}
        values |= {name: after for name, (_before, after) in change.fields.items()}
        return check_organization(
            PlannedOrganization("", change.row, values, numbers=change.numbers, other_names=change.other_names)
        )

    def _make(self, parsed: OrganizationRow, row: PlannedRow, match: Match) -> None:
        values = {name: row.stated[name] for name in FIELDS if name in row.stated}
        planned = PlannedOrganization(match.key, row.number, {"kind": str(Kind.OTHER), **values})
        mention = _mention(parsed)
        if mention.number and match.key == f"+{mention.scheme}:{mention.number}":
            status = parsed.identifier_status or str(Identifier.Status.UNKNOWN)
            planned.numbers = [{"scheme": mention.scheme, "value": mention.number, "status": status}]
        planned.other_names = sorted({name for name in parsed.other_names if name != parsed.name})
        problems = check_organization(planned)
        row.outcome = Outcome.ERROR if problems else Outcome.NEW
        for sentence in problems:
            row.add("not_valid", sentence)
        if not problems:
            self.result.organizations.append(planned)

    def _change(self, parsed: OrganizationRow, row: PlannedRow, pk: int) -> PlannedChange:
        change = PlannedChange("organization", pk, row.number, self._fields(row, pk))
        mention = _mention(parsed)
        if mention.number and mention.scheme:
            self._number(change, parsed, mention)
        former = str(change.fields["name"][0]) if "name" in change.fields else ""
        change.other_names = list(self._other_names(pk, parsed, former))
        return change

    def _other_names(self, pk: int, parsed: OrganizationRow, former: str) -> Iterator[str]:
        """Names that lead to it from now on: those of the register, and the one it gives up."""
        for name in dict.fromkeys([*parsed.other_names, former]):
            key = name_key(name)
            is_known = name != former and pk in self.existing.by_name.get(key, set())
            if name and key != name_key(parsed.name) and not is_known and (pk, name) not in self.existing.other_names:
                yield name

    def _fields(self, row: PlannedRow, pk: int) -> dict[str, list[Value]]:
        """Fields that the register says differently; a blank cell says nothing, our own description stays."""
        origin = self.origins.get(row.key)
        if origin is not None and origin.pk == pk:
            return changed_fields(row, Organization, origin, self.now[pk], FIELDS)
        found = {}
        for name in FIELDS:
            current, after = as_stated(self.now[pk][name]), row.stated.get(name, "")
            if after and after != current and not (name == "description" and current):
                found[name] = [current, after]
        return found

    def _number(self, change: PlannedChange, parsed: OrganizationRow, mention: OrgMention) -> None:
        recorded = {one.value: one.status for one in self.existing.numbers.get((change.pk, mention.scheme), [])}
        status = parsed.identifier_status
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
        row.add("website", _("“%(text)s” is not a web address. It was left out.") % {"text": website[:100]})


def _mention(parsed: OrganizationRow) -> OrgMention:
    """Numbers of registers that we do not keep lead back to what was imported, not to a number of ours."""
    is_kept = parsed.scheme in Identifier.Scheme.values
    return OrgMention(
        parsed.name,
        number=parsed.identifier if is_kept else "",
        scheme=parsed.scheme if is_kept else "",
        published=parsed.name,
        acronym=parsed.acronym,
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


def _shown(field: str, label: str, before: str, after: str) -> ChangeData:
    return {"field": field, "label": label, "before": before, "after": after}
