"""Decisions on rows: which organization is meant, a new one, or leave the row out."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Actor
from engagement.imports.models import Answer, Import, ImportRow, Outcome
from engagement.imports.models.rows import Decision
from meetings.models import Meeting
from organizations.models import Organization

Candidates: TypeAlias = dict[str, dict[int, Model]]


def this_one(question: str, organization: Organization) -> Decision:
    """The question's text means this organization."""
    return {question: {"choice": "organization", "organization": organization.pk}}


def a_new_one(question: str) -> Decision:
    """The answer that it is none of the candidates; for the question “meeting”, another meeting."""
    return {question: {"choice": "new"}}


def one_of_them(question: str) -> Decision:
    """Two spellings are one: one new organization, where names differ in legal form or share a number; one person."""
    return {question: {"choice": "same"}}


def these_names(question: str, names: list[str]) -> Decision:
    """A cell names these organizations; one where it is one name after all."""
    return {question: {"choice": "names", "names": names}}


def leave_out() -> Decision:
    """The row is not imported."""
    return {"row": {"choice": "skip"}}


def decisions_of(batch: Import) -> dict[int, Decision]:
    """By row number."""
    return dict(batch.rows.exclude(decision={}).values_list("number", "decision"))


def candidates(rows: Iterable[ImportRow]) -> Candidates:
    """The records that the questions of these rows offer, by kind and key: two queries for a whole page of rows."""
    wanted: dict[str, set[int]] = {"organization": set(), "meeting": set()}
    for row in rows:
        for question in row.questions:
            kind = "meeting" if question["about"] == "meeting" else "organization"
            wanted[kind].update(question["candidates"])
    organizations = Organization.objects.for_list().in_bulk(wanted["organization"])
    return {"organization": organizations, "meeting": Meeting.objects.for_list().in_bulk(wanted["meeting"])}


def note_decisions(batch: Import, decisions: dict[int, Decision], by: Actor, remember: bool) -> None:
    """Keep them with the rows and, if wanted, for every file of this layout."""
    rows = {row.number: row for row in batch.rows.filter(number__in=decisions)}
    if unknown := sorted(set(decisions) - set(rows)):
        raise ValidationError(_("There is no row %(row)s.") % {"row": unknown[0]}, code="no_row")
    answers = [answer for decision in decisions.values() for answer in decision.values()]
    offered = {chosen for answer in answers if (chosen := answer.get("organization"))}
    there = set(Organization.objects.filter(pk__in=offered).values_list("pk", flat=True))
    for number, decision in decisions.items():
        row = rows[number]
        _check(row, decision, there)
        row.decide({**row.decision, **decision} if decision else {}, by)
        if remember:
            _remember(batch, row, decision, by)
    ImportRow.objects.bulk_update(rows.values(), ["decision", "decided_at", "decided_by", "outcome"], batch_size=500)
    _count(batch)


def _count(batch: Import) -> None:
    """So that the report says of each row how far it is; everything else of it waits for the next preview."""
    waiting = ImportRow.objects.filter(batch=batch, outcome__in=[Outcome.AMBIGUOUS, Outcome.DECIDED])
    found = Counter(waiting.values_list("outcome", flat=True))
    counts = Import._base_manager.select_for_update().values_list("counts", flat=True).get(pk=batch.pk)
    for outcome in (Outcome.AMBIGUOUS, Outcome.DECIDED):
        counts[f"rows_{outcome}"] = found[outcome]
    batch.counts = counts
    Import._base_manager.filter(pk=batch.pk).update(counts=counts)


def _check(row: ImportRow, decision: Decision, there: set[int]) -> None:
    questions = {question["key"]: question for question in row.questions}
    for key, answer in decision.items():
        if key != "row" and key not in questions and key not in row.decision:
            raise ValidationError(
                _("There is nothing to decide on row %(row)s.") % {"row": row.number}, code="not_asked"
            )
        if answer["choice"] == "organization" and answer.get("organization") not in there:
            raise ValidationError(_("This organization no longer exists."), code="gone")


def _remember(batch: Import, row: ImportRow, decision: Decision, by: Actor) -> None:
    for question in row.questions:
        answer = decision.get(question["key"]) or decision.get("row")
        if answer and question["about"] != "meeting":
            Answer.objects.remember(batch.layout, question, answer, by)
