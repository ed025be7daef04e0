"""Small files of an invented publisher, and what it takes to bring them in."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile

from engagement.core.types import Actor
from engagement.imports import actions
from engagement.imports.models import Import, Layout
from engagement.imports.models.rows import Decision
from engagement.imports.planning.decisions import note_decisions
from tests.samples.rows import number_of_rows

DIARY = {
    "noun": "meetings",
    "columns": [
        {"target": "host", "headers": ["Host"], "is_required": True},
        {"target": "date", "headers": ["Day"], "is_required": True},
        {"target": "counterparts", "headers": ["With"], "separators": [";"], "is_required": True},
        {"target": "counterpart_numbers", "headers": ["Numbers"], "separators": [";"]},
        {"target": "purpose", "headers": ["About"]},
        {"target": "place", "headers": ["Where"]},
    ],
    "date_forms": ["iso"],
    "scheme": "eu_transparency",
    "series": 2,
}
REGISTER = {
    "noun": "organizations",
    "columns": [
        {"target": "identifier", "headers": ["Number"]},
        {"target": "name", "headers": ["Name"], "is_required": True},
        {"target": "acronym", "headers": ["Acronym"]},
        {"target": "country", "headers": ["Country"]},
        {"target": "website", "headers": ["Website"]},
        {"target": "identifier_status", "headers": ["Status"]},
    ],
    "scheme": "eu_transparency",
}
DIARY_HEAD = "Host,Day,With,Numbers,About,Where"
REGISTER_HEAD = "Number,Name,Acronym,Country,Website,Status"
ARM = "Alliance for Regenerative Medicine"
ARM_NUMBER = "244710319190-73"


def layout_of(spec: dict[str, Any] = DIARY) -> Layout:
    found: Layout | None = Layout.objects.filter(name=f"Test {spec['noun']}").first()
    return found or Layout.objects.create(name=f"Test {spec['noun']}", noun=spec["noun"], spec=spec)


def upload(lines: Iterable[str], by: Any, spec: dict[str, Any] = DIARY, name: str = "diary.csv") -> Import:
    head = DIARY_HEAD if spec["noun"] == "meetings" else REGISTER_HEAD
    text = "\r\n".join([head, *lines]) + "\r\n"
    taken: Import = Import.objects.take_in(ContentFile(text.encode(), name), layout=layout_of(spec), by=by)
    return taken


def previewed(lines: Iterable[str], by: Any, spec: dict[str, Any] = DIARY) -> Import:
    record = upload(lines, by, spec)
    actions.preview(record, by=by)
    return record


def committed(lines: Iterable[str], by: Any, spec: dict[str, Any] = DIARY) -> Import:
    record = previewed(lines, by, spec)
    actions.commit(record, by=by)
    return record


def outcomes(record: Import) -> list[str]:
    return list(record.rows.values_list("outcome", flat=True))


def codes(record: Import) -> list[str]:
    return [text.strip() for text in record.rows.values_list("codes", flat=True)]


def records() -> dict[str, int]:
    """How many rows every table of records has, history and links included; without locks and stamps."""
    return {label: number for label, number in number_of_rows().items() if label not in ("core.Counter", "core.Stamp")}


def answer_questions(batch: Import, decisions: dict[int, Decision], *, by: Actor, remember: bool = False) -> None:
    """Answer questions of rows, by row number, and preview again, as the pages do once none is open."""
    note_decisions(batch, decisions, by, remember)
    actions.preview(batch, by=by)
