"""Keeps a plan with the rows of the import, where the preview reads it."""

from dataclasses import asdict

from engagement.imports.models import Import, ImportRow

from .plan import Plan, PlannedRow

BATCH = 1000


def keep_rows(batch: Import, plan: Plan) -> None:
    """Write every row anew; decisions on rows stay."""
    facts = batch.rows.exclude(decision={}).values_list("number", "decision", "decided_at", "decided_by_id")
    decided = {number: rest for number, *rest in facts}
    batch.rows.all()._raw_delete(batch.rows.db)
    waiting = []
    for planned in plan.rows:
        waiting.append(_row(batch, planned, decided.get(planned.number)))
        if len(waiting) == BATCH:
            ImportRow.objects.bulk_create(waiting)
            waiting = []
    ImportRow.objects.bulk_create(waiting)


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
