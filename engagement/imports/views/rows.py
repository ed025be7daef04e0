"""Row presenters: the published row, its outcome, the open questions."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Reader
from engagement.imports.models import Import, ImportRow, Origin, Outcome
from engagement.imports.models.rows import ChangeData, PartyData, QuestionData
from engagement.imports.planning.decisions import Candidates, candidates
from engagement.imports.planning.row_keys import is_cell, is_list
from engagement.imports.views.list_forms import ListForm
from engagement.imports.views.question_forms import PlaceForm, QuestionForm
from meetings.models import Meeting
from organizations.models import Organization

AnyQuestion: TypeAlias = QuestionForm | ListForm | PlaceForm
HOW = {
    "by_number": _("recognized by its number"),
    "by_name": _("recognized by its name"),
    "by_acronym": _("recognized by its acronym"),
    "by_answer": _("from an answer"),
    "imported_before": _("imported before"),
    "new": _("new"),
}
RECOGNIZED = {"matched_by_name", "matched_by_acronym"}
"""Reasons that the parties of a meeting say themselves."""
SIDES = {"host": _("Host"), "counterpart": _("Met")}


@dataclass
class PresentedParty:
    side: str | Promise
    name: str
    how: str | Promise
    number: str = ""
    url: str = ""
    is_new: bool = False
    people: Sequence[str] = ()


@dataclass
class PresentedChange:
    label: str
    before: str
    after: str


@dataclass
class PresentedRow:
    """A row with everything its place on the page shows."""

    row: ImportRow
    parties: list[PresentedParty] = field(default_factory=list)
    record: Model | None = None
    changes: list[PresentedChange] = field(default_factory=list)
    questions: list[AnyQuestion] = field(default_factory=list)

    @property
    def reasons(self) -> list[str]:
        """The reasons, without those asked below or shown as before and after."""
        asked = {form.question["sentence"] for form in self.questions}
        told = {"changed_field"} | (RECOGNIZED if self.parties else set())
        sentences = (one["sentence"] for one in self.row.reasons if one["code"] not in told)
        return [sentence for sentence in dict.fromkeys(sentences) if sentence not in asked]

    @property
    def is_in_question(self) -> bool:
        return self.row.outcome in (Outcome.AMBIGUOUS, Outcome.ERROR)

    @property
    def gist(self) -> str:
        """A short text by which a row without an outcome is known."""
        return " · ".join(text.strip() for _name, text in self.cells[:4])

    @property
    def cells(self) -> list[tuple[str, str]]:
        return [(name, text) for name, text in self.row.published if text.strip()]


def with_words(rows: QuerySet[ImportRow], text: str) -> QuerySet[ImportRow]:
    """Rows in whose cells every word occurs."""
    rows = rows.annotate(words=Cast("cells", TextField()))
    for word in text.split()[:20]:
        found = Q(words__icontains=word.replace("\x00", ""))
        if connection.vendor == "sqlite":  # which keeps JSON with its letters escaped
            found |= Q(words__icontains=json.dumps(word)[1:-1])
        rows = rows.filter(found)
    return rows


def present_rows(
    batch: Import, rows: Sequence[ImportRow], user: Reader, forms: "dict[str, AnyQuestion] | None"
) -> list[PresentedRow]:
    """The rows of one page; the same few queries however many they are."""
    offered = candidates(rows)
    visible = Organization.objects.visible_to(user).in_bulk(_organizations(rows))
    records = _records(batch, rows, user)
    same = question_counts(batch) if any(row.questions for row in rows) and batch.can_be_committed else Counter()
    found = []
    for row in rows:
        one = PresentedRow(
            row, [_party(party, visible) for party in row.plan.get("parties", [])], records.get(row.number)
        )
        one.changes = [_change(batch, change) for change in row.plan.get("changes", [])]
        if same:
            one.questions = questions_of(row, offered, same, forms)
        found.append(one)
    return found


def questions_of(
    row: ImportRow,
    offered: Candidates,
    same: Mapping[str, int],
    forms: "dict[str, AnyQuestion] | None",
    data: QueryDict | None = None,
) -> list[AnyQuestion]:
    """A form for each question; one that was sent and has mistakes in place of an empty one."""
    made = [
        _form(question, row.number, f"q{row.number}-{place}", data, offered=offered, same=same[question["key"]])
        for place, question in enumerate(row.questions)
        if question in row.open_questions
    ]
    return [(forms or {}).get(str(form.prefix), form) for form in made]


def _form(
    question: QuestionData, row: int, prefix: str, data: QueryDict | None, *, offered: Candidates, same: int
) -> AnyQuestion:
    if is_cell(question["key"]):
        form = ListForm if is_list(question["key"]) else PlaceForm
        return form(question, row, prefix, data, same=same, proposes=False)
    return QuestionForm(question, row, prefix, data, offered=offered, same=same)


def question_counts(batch: Import) -> "Counter[str]":
    """How many rows ask each question."""
    counts: Counter[str] = Counter()
    for questions in batch.rows.filter(outcome="ambiguous").values_list("questions", flat=True):
        counts.update({question["key"] for question in questions})
    return counts


def _change(batch: Import, change: ChangeData) -> PresentedChange:
    """With the words of a choice instead of what stands for it."""
    names = {one.name: dict(one.flatchoices) for one in model_of(batch)._meta.concrete_fields}
    words = names.get(change["field"], {})
    return PresentedChange(change["label"], *(str(words.get(change[key], change[key])) for key in ("before", "after")))


def model_of(batch: Import) -> type[Meeting] | type[Organization]:
    return Meeting if batch.layout.noun == "meetings" else Organization


def _organizations(rows: Iterable[ImportRow]) -> set[int]:
    keys = {party["key"] for row in rows for party in row.plan.get("parties", [])}
    return {int(key[1:]) for key in keys if key.startswith("#")}


def _party(party: PartyData, visible: dict[int, Organization]) -> PresentedParty:
    key = party["key"]
    organization = visible.get(int(key[1:])) if key.startswith("#") else None
    return PresentedParty(
        SIDES.get(party["side"], party["side"]),
        party["name"],
        HOW.get(party["how"], "") if key else "",
        party["number"],
        organization.get_absolute_url() if organization else "",
        key.startswith("+"),
        party.get("people", []),
    )


def _records(batch: Import, rows: Sequence[ImportRow], user: Reader) -> Mapping[int, Model]:
    """By row, the meeting or organization that it made, changed or tells of."""
    model = model_of(batch)
    pks = {row.number: row.plan["record"] for row in rows if row.plan.get("record")}
    if batch.state == Import.State.COMMITTED:
        kind = ContentType.objects.get_for_model(model)
        numbers = [row.number for row in rows]
        origins = Origin.objects.filter(batch=batch, content_type=kind, row__in=numbers, is_created=True)
        pks |= dict(origins.values_list("row", "object_id"))
    visible = model.objects.visible_to(user).in_bulk(set(pks.values()))
    return {number: visible[pk] for number, pk in pks.items() if pk in visible}
