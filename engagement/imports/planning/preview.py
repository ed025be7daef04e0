"""Preview of an import: read the kept file by its layout, plan every row, and save the rows for people to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from engagement.imports.models import Import, ImportRow
from engagement.imports.models.layouts import spec_of
from engagement.imports.parsing.meetings import read_meetings
from engagement.imports.parsing.organizations import read_organizations
from engagement.imports.parsing.rows import ParsedRow
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
        raise Unreadable(_("The file is no longer there; upload it again."))
    table = open_table(
        Path(batch.file.path),
        batch.file_name,
        sheet=spec.sheet,
        encoding=spec.encoding,
        delimiter=spec.delimiter,
        header_row=spec.header_row,
    )
    if table.sha256 != batch.sha256:
        raise Unreadable(_("The file is not the one that was uploaded; upload it again."))
    read: Any = read_meetings if batch.layout.noun == "meetings" else read_organizations
    yield from read(table, spec, batch.file_name)


def plan_rows(batch: Import, rows: Sequence[Any]) -> Plan:
    """What each row will become, compared with what is recorded now."""
    planner: Any = MeetingPlanner if batch.layout.noun == "meetings" else OrganizationPlanner
    plan: Plan = planner(batch.layout, rows, decisions_of(batch)).plan()
    return plan


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
    cells = {_storable(name): _storable(text) for name, text in planned.cells.items()}
    row = ImportRow(batch=batch, number=planned.number, cells=cells, outcome=planned.outcome)
    row.reasons = [asdict(reason) for reason in planned.reasons]
    row.codes = f" {' '.join(dict.fromkeys(reason.code for reason in planned.reasons))} "[:300]
    row.plan, row.questions = planned.becomes, [asdict(question) for question in planned.questions]
    if decided:
        row.decision, row.decided_at, row.decided_by_id = decided  # type: ignore[assignment]
    return row


def _storable(text: str) -> str:
    """Without what no database can hold."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
