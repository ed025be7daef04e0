"""Bulk writer of a plan: organizations, series, meetings with their parties, and where each came from."""

from collections.abc import Callable, Iterator

from engagement.core.bulk import BulkWriter, collecting_seldom
from engagement.core.folding import fold_terms
from engagement.core.planner_statistics import refresh_statistics
from engagement.core.queries import batched
from engagement.core.types import Actor
from engagement.imports.applying.origins import OriginRecorder
from engagement.imports.applying.update import take_change
from engagement.imports.models import Import
from engagement.imports.planning.existing import ExistingOrganizations
from engagement.imports.planning.instances import build, build_meeting, build_participant
from engagement.imports.planning.plan import Plan, PlannedMeeting, PlannedOrganization, PlannedParty
from meetings import bulk as of_meetings
from meetings.models import Meeting, Participant, Party, Series
from organizations import bulk as of_organizations
from organizations.merging.journal import PORTION
from organizations.merging.signals import refuse_merged
from organizations.models import Identifier, Organization, OtherName

EU = Identifier.Scheme.EU_TRANSPARENCY


class ImportWriter(BulkWriter):
    in_order = (Meeting, Party, Participant)
    rules = {**of_organizations.RULES, **of_meetings.RULES}


def write(plan: Plan, batch: Import, by: Actor, tick: Callable[[int], None] = lambda done: None) -> None:
    """Inside one transaction of the caller's."""
    with collecting_seldom():
        _PlanWriter(plan, batch, by, tick).run()


class _PlanWriter:
    def __init__(self, plan: Plan, batch: Import, by: Actor, tick: Callable[[int], None]) -> None:
        self.plan, self.by, self.tick = plan, by, tick
        self.writer, self.tracer = ImportWriter(), OriginRecorder(batch, plan)
        self.keys: dict[str, int] = {}  # of new organizations and series

    def run(self) -> None:
        self._organizations()
        self._change("organization")  # numbers first: a party takes the one in force
        self._series()
        self._meetings()
        self.writer.close(by=self.by)
        self._change("meeting")
        for portion in batched(sorted(self.plan.recorded_organizations()), PORTION):
            refuse_merged(portion)  # rows written in bulk are not asked one by one
        self.tracer.close()
        refresh_statistics()

    def _change(self, kind: str) -> None:
        for change in self.plan.changes:
            if change.kind == kind:
                take_change(change, self.key_of, self.by, self.tracer)

    def key_of(self, key: str) -> int:
        return int(key[1:]) if key.startswith("#") else self.keys[key]

    # Organizations -------------------------------------------------------------------------------------

    def _organizations(self) -> None:
        made = [(planned, _organization(planned)) for planned in self.plan.organizations]
        self.writer.write([organization for _planned, organization in made])
        self.keys |= {planned.key: organization.pk for planned, organization in made}
        numbers, names = [], []
        for planned, organization in made:
            numbers += [build(Identifier, one, organization=organization) for one in planned.numbers]
            names += [OtherName(organization=organization, name=name) for name in planned.other_names]
            self.tracer.made(organization, planned.row)
        self.writer.write(numbers)
        self.writer.write(names)
        for planned, organization in made:
            if len(planned.other_names) > 1 or len(planned.numbers) > 1:
                organization.refresh_search()  # in the order of the database

    # Series --------------------------------------------------------------------------------------------

    def _series(self) -> None:
        made = [(one, Series(title=one.title, host_id=self.key_of(one.host))) for one in self.plan.series]
        self.writer.write([series for _planned, series in made])
        self.keys |= {planned.key: series.pk for planned, series in made}
        link = Series.counterparts.through
        self.writer.write(
            [link(series=series, organization_id=self.key_of(planned.counterpart)) for planned, series in made]
        )
        for planned, series in made:
            self.tracer.made(series, planned.row)

    # Meetings ------------------------------------------------------------------------------------------

    def _meetings(self) -> None:
        self.existing = ExistingOrganizations.load()  # now with the new ones and their numbers
        pending: list[tuple[Meeting, list[int]]] = []
        for done, planned in enumerate(self.plan.meetings, start=1):
            meeting = build_meeting(planned)
            if self.by is not None:
                meeting.prepared_at, meeting.prepared_by = self.tracer.at, self.by
            if planned.series:
                meeting.series_id = self.key_of(planned.series)
            self.writer.add([meeting, *self._parties(meeting, planned)])
            pending.append((meeting, planned.rows))
            if done % 500 == 0:
                self.tick(done)
        self.writer.flush()
        for meeting, rows in pending:
            for row in rows:
                self.tracer.made(meeting, row)

    def _parties(self, meeting: Meeting, planned: PlannedMeeting) -> Iterator[Party | Participant]:
        leads = set()
        for order, planned_party in enumerate(planned.parties, start=1):
            party = self._party(meeting, planned_party)
            party.order, party.is_lead = order, planned_party.side not in leads
            leads.add(planned_party.side)
            yield party
            for place, person in enumerate(planned_party.people, start=1):
                yield build_participant(person, meeting, party, place)

    def _party(self, meeting: Meeting, planned_party: PlannedParty) -> Party:
        """With the number in the row, or else the one in force that day, as a party logged by hand has it."""
        party = Party(meeting=meeting, organization_id=self.key_of(planned_party.organization), side=planned_party.side)
        party.headcount = planned_party.headcount
        numbers = self.existing.numbers.get((party.organization_id, str(EU)), [])
        if planned_party.register_number:
            party.register_number = planned_party.register_number
            numbers = [one for one in numbers if one.value == planned_party.register_number]
        else:
            numbers = [one for one in numbers if one.holds_on(meeting.starts_on)]
        if numbers:
            party.register_number, party.register_status = numbers[0].value, numbers[0].status
        return party


def _organization(planned: PlannedOrganization) -> Organization:
    organization = build(Organization, planned.values)
    terms = [organization.name, organization.acronym, *planned.other_names]
    terms += [number["value"] for number in planned.numbers if number["scheme"] != Identifier.Scheme.INTERNAL]
    organization.search_text = fold_terms(terms)
    return organization
