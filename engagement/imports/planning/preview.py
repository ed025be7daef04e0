"""Preview of an import: read the kept file by its layout, plan every row, and save the rows for people to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

from django.utils.translation import gettext as _

from engagement.core.models.files import local_path
from engagement.imports.layouts.spec import Spec
from engagement.imports.models import Import, ImportRow
from engagement.imports.models.imports import FileData
from engagement.imports.models.layouts import spec_of
from engagement.imports.parsing.meetings import read_meetings
from engagement.imports.parsing.organizations import read_organizations
from engagement.imports.parsing.rows import MeetingRow, OrganizationRow, ParsedRow
from engagement.imports.planning.corrections import Corrections, corrected, corrections_of
from engagement.imports.planning.decisions import decisions_of
from engagement.imports.planning.meetings import MeetingPlanner
from engagement.imports.planning.organizations import OrganizationPlanner
from engagement.imports.planning.plan import Plan, PlannedRow
from engagement.imports.sources.bundle import Member, open_files
from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.other_returns import is_other_return

BATCH = 1000


def parse_rows(batch: Import) -> Iterator[ParsedRow]:
    """Parse each row, file by file; raises Unreadable where none of the files can be read.

    ``batch.files`` then says of each file how many rows it has, or why it was passed over.
    """
    spec = spec_of(batch.spec, batch.layout.noun)
    if not batch.file.storage.exists(batch.file.name or ""):
        raise Unreadable(_("The file no longer exists. Upload it again."))
    options = {name: getattr(spec, name) for name in ("sheet", "encoding", "delimiter", "header_row")}
    files = open_files(local_path(batch.file), batch.file_name, **options)
    if files.sha256 != batch.sha256:
        raise Unreadable(_("The file has changed since it was uploaded. Upload it again."))
    batch.files = []
    corrections = corrections_of(batch)
    for member in files.members:
        told: FileData = {"name": member.name, "rows": 0, "problem": member.problem}
        batch.files.append(told)
        if len(files.members) > 1 and member.table and is_other_return(member.table.headers):
            told["problem"] = _("This file is about gifts, hospitality or travel, not about meetings.")
            continue
        try:
            for row in _rows_of(member, spec, batch.layout.noun, corrections) if member.table else ():
                told["rows"] += 1
                yield row
        except Unreadable as error:
            if len(files.members) == 1 or told["rows"]:
                raise
            told["problem"] = error.sentence
    if not any(told["rows"] for told in batch.files):
        raise Unreadable(next(told["problem"] for told in batch.files))


def _rows_of(member: Member, spec: Spec, noun: str, corrections: Corrections) -> Iterator[ParsedRow]:
    assert member.table
    table = corrected(member.table, member.start, corrections)
    spec = replace(spec, period=spec.periods.get(member.name, spec.period))
    read = read_meetings if noun == "meetings" else read_organizations
    for row in read(table, spec, member.name.replace("/", " ")):
        row.number += member.start
        if isinstance(row, MeetingRow) and row.part_of:
            row.part_of += member.start
        yield row


def plan_rows(batch: Import, rows: Sequence[ParsedRow]) -> Plan:
    """Plan the outcome of each row, compared with the records of now."""
    decisions = decisions_of(batch)
    if batch.layout.noun == "meetings":
        meetings = [row for row in rows if isinstance(row, MeetingRow)]
        series, names = int(batch.spec.get("series", 0)), str(batch.spec.get("names", ""))
        own = bool(batch.spec.get("own", False))
        return MeetingPlanner(batch.layout, meetings, decisions, series, names, own).plan()
    organizations = [row for row in rows if isinstance(row, OrganizationRow)]
    return OrganizationPlanner(batch.layout, organizations, decisions).plan()


def save_rows(batch: Import, plan: Plan) -> None:
    """Write every row anew; decisions on rows stay."""
    kept = ("decision", "decided_at", "decided_by_id", "corrections")
    facts = batch.rows.exclude(decision={}, corrections={}).values_list("number", *kept)
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
    if planned.filled:
        row.plan = {**row.plan, "filled": planned.filled}
    if decided:
        row.decision, row.decided_at, row.decided_by_id, row.corrections = decided  # type: ignore[assignment]
        row.cells = {**planned.cells, **{name: was for name, (was, _now) in row.corrections.items()}}
    return row
