"""Model of the rows of a file, each with its planned or actual outcome."""

from collections.abc import Mapping
from typing import NotRequired, Self, TypeAlias, TypedDict

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models.fields import when, who
from engagement.core.types import Actor
from engagement.imports.models.imports import Import
from engagement.imports.models.permissions import ImportersQuerySet
from engagement.imports.sources.bundle import row_label

Value: TypeAlias = str | list[str]  # of a field, as JSON keeps it


class QuestionData(TypedDict):
    """Something the file does not say, as a row keeps it."""

    key: str
    about: str  # host, counterpart, organization or meeting
    published: str
    sentence: str
    name: str
    number: str
    scheme: str
    candidates: list[int]
    pieces: NotRequired[list[str]]
    likely: NotRequired[str]


class AnswerData(TypedDict):
    choice: str
    organization: NotRequired[int | None]
    names: NotRequired[list[str]]


Decision: TypeAlias = dict[str, AnswerData]  # question -> answer; "row" for the row as a whole


class PartyData(TypedDict):
    """A party as the preview shows it."""

    side: str
    name: str
    key: str
    number: str
    how: str
    people: NotRequired[list[str]]


class ChangeData(TypedDict):
    """A changed field as the preview shows it."""

    field: str
    label: str
    before: Value
    after: Value


class RowPlan(TypedDict, total=False):
    """The planned outcome of a row, as the preview shows it."""

    title: str
    on: str
    place: str
    number: str
    parties: list[PartyData]
    changes: list[ChangeData]
    series: str
    filled: dict[str, str]
    record: int | None
    duplicate_of: int
    joins: int


class Outcome(models.TextChoices):
    NEW = "new", _("New")
    SAME = "same", _("Already recorded")
    CHANGED = "changed", _("Changed")
    DUPLICATE = "duplicate", _("Twice in the file")
    AMBIGUOUS = "ambiguous", _("To decide")
    DECIDED = "decided", _("Decided")
    ERROR = "error", _("Cannot be read")
    SKIPPED = "skipped", _("Left out")


class ImportRowQuerySet(ImportersQuerySet):
    def in_question(self) -> Self:
        """Rows that need a decision, or a correction in the file."""
        return self.filter(outcome__in=[Outcome.AMBIGUOUS, Outcome.ERROR])

    def of_outcome(self, outcome: str) -> Self:
        return self.filter(outcome=outcome) if outcome else self

    def about(self, code: str) -> Self:
        """Rows with this reason: ``joined``, ``matched_by_name``, ``several_candidates`` and so on."""
        return self.filter(codes__contains=f" {code} ") if code else self


class ImportRow(models.Model):
    """One row: its number as a spreadsheet program shows it, its cells as published, and its outcome."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(_("cells as published"), default=dict)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    reasons = models.JSONField(_("reasons"), default=list)
    codes = models.CharField(max_length=300, blank=True, editable=False)
    plan = models.JSONField(_("result"), default=dict)
    questions = models.JSONField(_("open questions"), default=list)
    corrections = models.JSONField(_("corrected cells"), default=dict, blank=True)
    decision = models.JSONField(_("decision"), default=dict, blank=True)
    decided_at = when(_("decided at"))
    decided_by = who(_("decided by"))

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["batch", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="import_row_once",
                violation_error_message=_("This row is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values),
                name="import_row_outcome_known",
                violation_error_message=_("Choose the result of a row from the list."),
            ),
        ]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.batch}, {self.number}"

    @property
    def label(self) -> str:
        """The number of the row as people say it, with the file where there are several."""
        return row_label(self.number)

    @property
    def published(self) -> list[tuple[str, str]]:
        """Column and cell, in the order of the file."""
        return [(name, self.cells.get(name, "")) for name in self.batch.headers]

    @property
    def shown_cells(self) -> dict[str, str]:
        """The cells with their corrections."""
        return {**self.cells, **{name: now for name, (_was, now) in self.corrections.items()}}

    @property
    def whole_cells(self) -> dict[str, str]:
        """The cells with values taken from the row above or the file's name, so that the row can stand alone."""
        return {**self.shown_cells, **self.plan.get("filled", {})}

    @property
    def sentences(self) -> list[str]:
        """The reasons for the outcome, as sentences."""
        return [reason["sentence"] for reason in self.reasons]

    def correct(self, like: Mapping[str, str], changed: Mapping[str, str], by: Actor) -> bool:
        """Set these cells, only where the row has the same as ``like``, if that is given; not saved yet."""
        mine = {
            name: text
            for name, text in changed.items()
            if name in self.cells and (not like or (like[name].strip() and self.cells[name] == like[name]))
        }
        both = {**self.corrections, **{name: [self.cells[name], text] for name, text in mine.items()}}
        self.corrections = {name: [was, now] for name, (was, now) in both.items() if was != now}
        if mine:
            self.decided_at, self.decided_by = timezone.now(), by
        return bool(mine)

    @property
    def open_questions(self) -> list[QuestionData]:
        """The questions that nobody answered since the preview."""
        return [] if "row" in self.decision else [one for one in self.questions if one["key"] not in self.decision]

    def decide(self, decision: Decision, by: Actor) -> None:
        """Set the decision, its author and its moment, without saving. The next preview says the new outcome."""
        self.decision = decision
        self.decided_at, self.decided_by = (timezone.now(), by) if decision else (None, None)
        if self.outcome in (Outcome.AMBIGUOUS, Outcome.DECIDED):
            self.outcome = Outcome.AMBIGUOUS if self.open_questions else Outcome.DECIDED
