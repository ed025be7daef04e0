"""Preview of an import: read the kept file by its layout, plan every row, and save the rows for people to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _

from engagement.imports.models import Import, ImportRow
from engagement.imports.models.layouts import spec_of
from engagement.imports.parsing.meetings import read_meetings
from engagement.imports.parsing.organizations import read_organizations
from engagement.imports.parsing.rows import MeetingRow, OrganizationRow, ParsedRow
from engagement.imports.planning.decisions import decisions_of
from engagement.imports.planning.meetings import MeetingPlanner
from engagement.imports.planning.organizations import OrganizationPlanner
from engagement.imports.planning.plan import Plan, PlannedRow
from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.open import open_table

BATCH = 1000


def parse_rows(batch: Import) -> Iterator[ParsedRow]:
    """What each row says; raises Unreadable."""
    spec = spec_of(batch.spec, batch.layout.noun)
    if not batch.file.storage.exists(batch.file.name or ""):
        raise Unreadable(_("The file no longer exists. Upload it again."))
    table = open_table(
        Path(batch.file.path),
        batch.file_name,
        sheet=spec.sheet,
        encoding=spec.encoding,
        delimiter=spec.delimiter,
        header_row=spec.header_row,
    )
    if table.sha256 != batch.sha256:
        raise Unreadable(_("The file has changed since it was uploaded. Upload it again."))
    read = read_meetings if batch.layout.noun == "meetings" else read_organizations
    yield from read(table, spec, batch.file_name)


def plan_rows(batch: Import, rows: Sequence[ParsedRow]) -> Plan:
    """What each row will become, compared with what is recorded now."""
    decisions = decisions_of(batch)
    if batch.layout.noun == "meetings":
        return MeetingPlanner(batch.layout, [row for row in rows if isinstance(row, MeetingRow)], decisions).plan()
    organizations = [row for row in rows if isinstance(row, OrganizationRow)]
    return OrganizationPlanner(batch.layout, organizations, decisions).plan()


def save_rows(batch: Import, plan: Plan) -> None:
    """Write every row anew; decisions on rows stay."""
    facts = batch.rows.exclude(decision={}).values_list("number", "decision", "decided_at", "decided_by_id")
    decided = {number: rest for number, *rest in facts}
    batch.rows.all()._raw_delete(batch.rows.db)
    pending = []
    for planned in plan.rows:
        pending.append(_row(batch, planned, decided.get(planned.number)))
        if len(pending) == BATCH:
            ImportRow.objects.bulk_create(pending)
            pending = []
    ImportRow.objects.bulk_create(pending)


def _row(batch: Import, planned: PlannedRow, decided: list[object] | None) -> ImportRow:
    row = ImportRow(batch=batch, number=planned.number, cells=planned.cells, outcome=planned.outcome)
    row.reasons = [asdict(reason) for reason in planned.reasons]
    row.codes = f" {' '.join(dict.fromkeys(reason.code for reason in planned.reasons))} "[:300]
    row.plan, row.questions = planned.becomes, [asdict(question) for question in planned.questions]
    if decided:
        row.decision, row.decided_at, row.decided_by_id = decided  # type: ignore[assignment]
    return row
