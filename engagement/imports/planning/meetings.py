"""Planner of meetings: rows of a file matched, grouped and compared, each with one outcome."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.folding import fold
from engagement.imports.models import Layout, Outcome
from engagement.imports.models.rows import Decision, PartyData
from engagement.imports.parsing.rows import MeetingRow, OrgMention
from engagement.imports.planning.cells import CellReader, question_of
from engagement.imports.planning.changes import as_stated, changed_fields, note_changes
from engagement.imports.planning.existing import (
    ExistingMeeting,
    ExistingOrganizations,
    ExistingOrigin,
    load_answers,
    load_meetings,
    load_origins,
    load_references,
    load_values,
)
from engagement.imports.planning.grouping import MatchedParty, MeetingGroup, join_numbered
from engagement.imports.planning.matching import Match, Matcher
from engagement.imports.planning.people import People, PeopleNames, in_words, recorded_people
from engagement.imports.planning.places import ask_about_place, keep_place, settle_place
from engagement.imports.planning.plan import Plan, PlannedChange, PlannedMeeting, PlannedRow, Question
from engagement.imports.planning.registry import Registry
from engagement.imports.planning.row_keys import meeting_key, mention_key, repeated_key, tell_apart
from engagement.imports.planning.series import plan_series
from engagement.imports.planning.validation import check_meeting, check_organizations
from engagement.imports.planning.values import FIELDS, date_of, kind_of, notes, place_of, stated
from engagement.imports.sources.bundle import row_label
from meetings.models import Meeting, Party, Series

GroupKey: TypeAlias = tuple[dt.date | None, dt.time | None, frozenset[str], str]
Matched: TypeAlias = tuple[str, OrgMention, Match]  # side, mention, match
TITLE_LENGTH = 250
REPEATED = "repeated"
"""The question whether an equal row of one month is a repetition or another meeting."""


@dataclass
class MeetingPlanner:
    """Every row gets one outcome. Rows that came before are looked at first, so that new ones can join them."""

    layout: Layout
    parsed_rows: Sequence[MeetingRow]
    decisions: dict[int, Decision] = field(default_factory=dict)
    least: int = 0  # meetings of a new series
    names: str = ""  # who can see the names of people, beside the secretariat
    own: bool = False  # numbers in the file are references of our records

    def plan(self) -> Plan:
        self.result = Plan(rows=[PlannedRow(r.number, r.cells, filled=r.filled) for r in self.parsed_rows])
        join_numbered(self.parsed_rows)
        self._load()
        pairs = list(zip(self.parsed_rows, self.result.rows, strict=True))
        self.parts: dict[int, list[PlannedRow]] = defaultdict(list)
        for parsed, row in pairs:
            if parsed.part_of:
                self.parts[parsed.part_of].append(row)
        whole = [pair for pair in pairs if not pair[0].part_of]
        waiting = [(parsed, row) for parsed, row in whole if not self._is_settled(parsed, row)]
        for parsed, row in [pair for pair in waiting if not self._was_here(*pair)]:
            self._match_parties(parsed, row)
        self._close()
        self._settle_parts()
        return self.result

    # What there is -------------------------------------------------------------------------------------

    def _load(self) -> None:
        self.matcher = Matcher(ExistingOrganizations.load(), load_answers(self.layout))
        for parsed in self.parsed_rows:
            self.matcher.learn([*parsed.hosts, *parsed.counterparts], parsed.on)
        self.registry, self.cells = Registry(self.matcher), CellReader(self.matcher)
        keys = list(tell_apart((meeting_key(self.layout.slug, one), one.cells) for one in self.parsed_rows))
        for parsed in self.parsed_rows:
            self.cells.note_people(parsed, self.decisions.get(parsed.number, {}))
        self.people = PeopleNames.of(self.parsed_rows, self.matcher.remembered, self.names)
        self.turns = {} if not any(one.month_only for one in self.parsed_rows) else self._other_meetings(keys)
        for row, key in zip(self.result.rows, keys, strict=True):
            row.key = self.turns.get(row.number, key)
        self.by_reference = load_references(one.source_id for one in self.parsed_rows) if self.own else {}
        self.origins = load_origins(self.layout, Meeting, (row.key for row in self.result.rows))
        self.now = load_values(Meeting, {origin.pk for origin in self.origins.values()}, [*FIELDS, "status"])
        days = [parsed.on for parsed in self.parsed_rows if parsed.on]
        self.recorded = load_meetings(min(days), max(days)) if days else {}
        self.claimed = {origin.pk for origin in self.origins.values()}
        self.first_of: dict[str, PlannedRow] = {}
        self.groups: dict[GroupKey, MeetingGroup] = {}

    def _other_meetings(self, keys: list[str]) -> dict[int, str]:
        """Equal rows of one month that are meetings of their own, as decided here or taken before."""
        seen: Counter[str] = Counter()
        found = {}
        for parsed, key in zip(self.parsed_rows, keys, strict=True):
            seen[key] += 1
            if parsed.month_only and seen[key] > 1:
                found[parsed.number] = repeated_key(key, seen[key])
        before = load_origins(self.layout, Meeting, found.values()) if found else {}
        said = {
            number for number, one in self.decisions.items() if REPEATED in one and one[REPEATED]["choice"] == "new"
        }
        return {number: key for number, key in found.items() if number in said or key in before}

    # Each row ------------------------------------------------------------------------------------------

    def _is_settled(self, parsed: MeetingRow, row: PlannedRow) -> bool:
        """Whether the row needs no comparison: it cannot be read, is left out, or stands in the file twice."""
        for problem in parsed.problems:
            row.add(problem.code, problem.sentence, problem.column)
        settle_place(parsed, self.decisions.get(row.number, {}), self.matcher.remembered)
        row.stated = stated(parsed)
        on = date_of(parsed)
        row.becomes = {"title": parsed.title, "on": on.iso if on else "", "place": place_of(row.texts)}
        if parsed.source_id in self.by_reference:
            row.outcome = Outcome.SAME
            row.becomes["record"] = self.by_reference[parsed.source_id]
            row.add("recorded", _("About a meeting that is already recorded."))
        elif parsed.has_errors:
            row.outcome = Outcome.ERROR
        elif parsed.is_remark:
            row.outcome = Outcome.SKIPPED
        elif parsed.on is None:
            row.outcome = Outcome.ERROR
            row.add("no_date", _("There is no date."))
        elif "row" in self.decisions.get(row.number, {}):
            row.outcome = Outcome.SKIPPED
            row.add("left_out", _("Left out, as decided."))
        elif (first := self.first_of.setdefault(row.key, row)) is not row:
            self._note_repetition(parsed, row, first)
        return bool(row.outcome)

    def _note_repetition(self, parsed: MeetingRow, row: PlannedRow, first: PlannedRow) -> None:
        """Two equal rows of one day are one meeting; of one month they may be two, which is asked."""
        row.becomes = {**row.becomes, "duplicate_of": first.number}
        sentence = _("The same as row %(row)s.") % {"row": row_label(first.number)}
        if not parsed.month_only:
            row.outcome = Outcome.DUPLICATE
            row.add("duplicate", sentence)
            return
        row.outcome = Outcome.AMBIGUOUS
        row.add("repeated", sentence)
        asked = _("Only the month is known. Is this the same meeting, or another one?")
        row.questions.append(Question(REPEATED, "meeting", parsed.title, asked))

    def _was_here(self, parsed: MeetingRow, row: PlannedRow) -> bool:
        """A row that was imported before: the same, or changed since."""
        origin = self.origins.get(row.key)
        if origin is None:
            return False
        self._remember_group(parsed, origin)
        row.becomes["record"] = origin.pk
        row.outcome = Outcome.SAME
        row.add("imported_before", _("This row was imported before."))
        keep_place(parsed, row, origin)
        if fields := changed_fields(row, Meeting, origin, self.now[origin.pk], FIELDS):
            self._change(row, PlannedChange("meeting", origin.pk, row.number, fields))
        who = row.stated.get("who", [])
        if origin.stated.get("who", who) != who:
            row.add("parties_changed", _("The file now names other parties. Change them in the form of the meeting."))
        people = row.stated.get("people", [])
        is_open = self.cells.asks_for_people(parsed, self.decisions.get(row.number, {}))
        if origin.stated.get("people", people) != people and not is_open:
            row.add("people_changed", _("The file now names other people. Change them in the form of the meeting."))
        return True

    def _change(self, row: PlannedRow, change: PlannedChange) -> None:
        after = {name: as_stated(value) for name, value in self.now[change.pk].items()}
        after |= {name: str(value) for name, (_before, value) in change.fields.items()}
        note_changes(row, Meeting, change)
        problems = check_meeting(PlannedMeeting([row.number], after, []))
        row.outcome = Outcome.ERROR if problems else Outcome.CHANGED
        for sentence in problems:
            row.add("not_valid", sentence)
        if not problems:
            self.result.changes.append(change)

    def _remember_group(self, parsed: MeetingRow, origin: ExistingOrigin) -> None:
        """So that another host's row about the same meeting joins the one that is recorded."""
        named = self.cells.mentions(parsed.counterparts, self.decisions.get(parsed.number, {}))
        others = [self.matcher.match(one, {}) for one in named]
        if all(match.pk is not None for match in others):
            key = self._group_key(parsed, others)
            self.groups.setdefault(key, MeetingGroup(pk=origin.pk))

    def _group_key(self, parsed: MeetingRow, others: list[Match]) -> GroupKey:
        about = fold(parsed.purpose or parsed.title)
        about += self.turns.get(parsed.number, "")
        return parsed.on, parsed.start_time, frozenset(match.key for match in others), about

    def _match_parties(self, parsed: MeetingRow, row: PlannedRow) -> None:
        decisions = self.decisions.get(row.number, {})
        sides = (("host", parsed.hosts), ("counterpart", parsed.counterparts))
        named = [(side, one) for side, many in sides for one in self.cells.mentions(many, decisions)]
        found = [(side, one, self._match(row, side, one, decisions)) for side, one in named]
        people = self.people.of_row(parsed, row, [(side, one) for side, one, _match in found], decisions)
        ask_about_place(parsed, row)
        row.becomes["parties"] = [
            self._shown(side, one, match, theirs) for (side, one, match), theirs in zip(found, people, strict=True)
        ]
        if any(match.is_skipped for _side, _one, match in found):
            row.outcome = Outcome.SKIPPED
            row.add("left_out", _("Left out because of a remembered answer."))
        elif row.questions:
            row.outcome = Outcome.AMBIGUOUS
        elif problem := _wrong_parties(found):
            row.outcome = Outcome.ERROR
            row.add("parties", problem)
        else:
            self._join_group(parsed, row, found, people)

    def _shown(self, side: str, one: OrgMention, match: Match, people: list[dict[str, str]]) -> PartyData:
        name = self.registry.name_of(match, one) or one.published
        party: PartyData = {"side": side, "name": name, "key": match.key, "number": one.number, "how": match.how}
        if people:
            party["people"] = in_words(people)
        return party

    def _match(self, row: PlannedRow, side: str, mention: OrgMention, decisions: Decision) -> Match:
        if mention.is_list:
            return self._ask_about_list(row, side, mention)
        match = self.matcher.match(mention, decisions, is_host=side == "host")
        if match.doubt:
            row.add(match.doubt, match.sentence)
            facts = (mention.name, mention.number, mention.scheme, match.candidates)
            key = match.question or mention_key(mention)
            if key not in {question.key for question in row.questions}:
                published = mention.published or mention.name or mention.number
                row.questions.append(Question(key, side, published, match.sentence, *facts, match.rivals))
        elif match.key and not mention.is_certain and "by_number_only" not in {reason.code for reason in row.reasons}:
            sentence = _(
                "The names could not be separated. Organizations were recognized by number. As published: “%(text)s”."
            )
            row.add("by_number_only", sentence % {"text": mention.published[:300]})
        elif match.how == "by_acronym" and match.pk is not None:
            name = {"name": self.matcher.existing.names[match.pk]}
            row.add("matched_by_acronym", _("Recognized by its acronym: %(name)s.") % name)
        elif match.how == "by_name" and match.pk is not None and side != "host":
            name = {"name": self.matcher.existing.names[match.pk]}
            row.add("matched_by_name", _("Recognized by its name: %(name)s.") % name)
        return match

    def _ask_about_list(self, row: PlannedRow, side: str, cell: OrgMention) -> Match:
        """One question for the cell, with the cut in view."""
        match = self.cells.undecided(cell)
        if match.doubt:
            row.add(match.doubt, match.sentence)
            row.questions.append(question_of(cell, side, match))
        return match

    def _join_group(self, parsed: MeetingRow, row: PlannedRow, found: list[Matched], people: People) -> None:
        others = [match for side, _one, match in found if side == "counterpart"]
        key = self._group_key(parsed, others)
        if key not in self.groups:
            if self._may_be_recorded(parsed, row, found, self.decisions.get(row.number, {})):
                return
            self.groups[key] = MeetingGroup()
        both = zip(found, people, strict=True)
        matched = [MatchedParty(side, match, one, parsed, theirs) for (side, one, match), theirs in both]
        self.groups[key].join(row, matched)
        self.groups[key].rows += self.parts.get(row.number, [])

    def _may_be_recorded(self, parsed: MeetingRow, row: PlannedRow, found: list[Matched], decisions: Decision) -> bool:
        """The same parties met on that day already, by another file or by hand: perhaps it is that meeting."""
        keys = [(side, match.pk) for side, _one, match in found]
        if not parsed.on or any(pk is None for _side, pk in keys):
            return False
        hosts = frozenset(pk for side, pk in keys if side == "host" and pk)
        mine = ExistingMeeting(hosts, frozenset(pk for side, pk in keys if side != "host" and pk))
        same = [pk for pk, met in self.recorded.get(parsed.on, {}).items() if met == mine and pk not in self.claimed]
        decided = decisions.get("meeting")
        if not same or (decided and decided["choice"] == "new"):
            return False
        row.outcome = Outcome.AMBIGUOUS
        sentence = _("The same parties already have a meeting on that day. Is it this one?")
        row.add("meeting_recorded", sentence)
        row.questions.append(Question("meeting", "meeting", parsed.title, sentence, candidates=sorted(same)))
        return True

    # Closing -------------------------------------------------------------------------------------------

    def _close(self) -> None:
        today = timezone.localdate()
        made: list[PlannedMeeting] = []
        joined = [group.pk for group in self.groups.values() if group.pk and group.has_people]
        self.named = recorded_people(joined)
        for group in self.groups.values():
            if group.rows and group.pk is None:
                if meeting := self._planned(group, today):
                    made.append(meeting)
            elif group.rows:
                self._join_recorded(group)
        self.result.meetings = sorted(made, key=lambda meeting: (meeting.values["starts_on"], meeting.rows))
        self._take_organizations()
        plan_series(self.result, self.matcher.existing, self.least)
        self._note_series()

    def _settle_parts(self) -> None:
        """Rows that only go on become what the row above becomes."""
        rows = {row.number: row for row in self.result.rows}
        for number, parts in self.parts.items():
            for row in parts:
                row.becomes.setdefault("joins", number)
                if not row.outcome:
                    outcome = rows[number].outcome
                    row.outcome = Outcome.SAME if outcome == Outcome.CHANGED else outcome
                    row.add("goes_on", _("Belongs to row %(row)s.") % {"row": row_label(number)})

    def _note_series(self) -> None:
        """So that the preview shows which series a row's meeting belongs to."""
        titles = {f"#{pk}": title for pk, title in Series._base_manager.values_list("pk", "title")}
        titles |= {one.key: one.title for one in self.result.series}
        rows = {row.number: row for row in self.result.rows}
        for meeting in self.result.meetings:
            for number in meeting.rows if meeting.series else ():
                rows[number].becomes["series"] = titles[meeting.series]

    def _take_organizations(self) -> None:
        """Those that a meeting really needs; others were named only by rows that could not be taken."""
        parties = [party for meeting in self.result.meetings for party in meeting.parties]
        parties += [party for change in self.result.changes for party in change.parties]
        used = {party.organization for party in parties}
        self.result.organizations = [new for key, new in self.registry.new.items() if key in used]
        self.result.changes += [change for pk, change in self.registry.changes.items() if f"#{pk}" in used]

    def _planned(self, group: MeetingGroup, today: dt.date) -> PlannedMeeting | None:
        first = group.rows[0]
        parties = group.parties(self.registry)
        others = sum(party.side == Party.Side.COUNTERPART for party in parties)
        texts = first.texts
        values = {name: texts[name] for name in FIELDS if name in texts}
        values |= {"kind": kind_of(texts, others), "status": _status(texts, today)}
        host_notes = [notes(one.parsed, one.mention.name) for one in group.matched if one.side == "host"]
        if not values.get("title"):
            values["title"] = _title(group)
            first.add("no_subject", _("There is no subject, so the title names the parties."))
        values["internal_notes"] = "\n".join(dict.fromkeys(filter(None, host_notes)))
        meeting = PlannedMeeting([row.number for row in group.rows], values, parties)
        problems = [*check_meeting(meeting), *check_organizations(self.registry, group.keys)]
        for row in group.rows:
            row.outcome = Outcome.ERROR if problems else Outcome.NEW
            for sentence in problems:
                row.add("not_valid", sentence)
            if row is not first:
                row.becomes["joins"] = first.number
                row.add("joined", _("The same meeting as row %(row)s.") % {"row": row_label(first.number)})
        return None if problems else meeting

    def _join_recorded(self, group: MeetingGroup) -> None:
        """Another host's row about a meeting that is recorded: it becomes one more host of it."""
        recorded = {pk for day in self.recorded.values() if (met := day.get(group.pk or 0)) for pk in met.hosts}
        for row, hosts in group.by_row(self.registry):
            parties = [party for party in hosts if party.organization not in {f"#{pk}" for pk in recorded}]
            row.becomes["record"] = group.pk
            people = group.more_people(row, self.named, {f"#{pk}" for pk in recorded})
            if not parties and not people:
                row.outcome = Outcome.SAME
                row.add("recorded", _("About a meeting that is already recorded."))
                continue
            change = PlannedChange("meeting", group.pk or 0, row.number, parties=parties, people=people)
            self.result.changes.append(change)
            row.outcome = Outcome.CHANGED
            row.add(
                "joined",
                _("Adds a host to a recorded meeting.") if parties else _("Adds people to a recorded meeting."),
            )


def _title(group: MeetingGroup) -> str:
    names = [one.mention.name or one.mention.published for one in group.matched]
    return " – ".join(dict.fromkeys(names))[:TITLE_LENGTH]


def _status(values: dict[str, str], today: dt.date) -> str:
    """A meeting in the past was held; one that is still to come is confirmed by nobody here."""
    held = values["starts_on"] <= today.isoformat()
    return str(Meeting.Status.HELD if held else Meeting.Status.PROPOSED)


def _wrong_parties(found: list[Matched]) -> str:
    hosts = {match.key for side, _one, match in found if side == "host"}
    others = {match.key for side, _one, match in found if side == "counterpart"}
    if not hosts or not others:
        return _("A meeting needs a host and a counterpart.")
    return _("The same organization is both host and counterpart.") if hosts & others else ""
