"""Comparison before a merge: the records field by field, and how much hangs on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from django.apps import apps
from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from engagement.core.word_differences import Piece
from organizations.models import Organization

from .actions import CHOSEN, chosen
from .journal import Step
from .references import Reference, references

MOST_AT_ONCE = 8
LEAST_ALIKE = 0.6
"""Of two that have less in common nearly every letter would be marked."""
LONGEST = 300
HIDDEN = {"organizations.organization.merged_into"}


@dataclass
class Option:
    """The value one organization has in one field."""

    organization: Organization
    record: str
    text: str
    is_taken: bool
    other: str = ""
    """What it is compared with, letter by letter."""

    @cached_property
    def pieces(self) -> list[Piece]:
        return _pieces(self.text, self.other)

    @property
    def differing(self) -> list[str]:
        """The marked words, for whoever does not see the marks."""
        return [piece.text.strip() or _("a space") for piece in self.pieces if piece.differs]


@dataclass
class FieldRow:
    """One field of all of them."""

    name: str
    label: str
    options: list[Option]

    @property
    def is_same(self) -> bool:
        return len({option.text for option in self.options}) == 1

    @property
    def is_empty(self) -> bool:
        return not any(option.text for option in self.options)

    @property
    def taken(self) -> Option:
        return next(option for option in self.options if option.is_taken)


@dataclass
class Hanging:
    """How many records of a kind name each organization."""

    label: str
    each: list[tuple[str, int]]
    moving: int


def text_of(organization: Organization, name: str) -> str:
    """A value as people read it; empty if there is none."""
    field, value = Organization._meta.get_field(name), getattr(organization, name)
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if name == "country":
        return str(value.name) if value else ""
    if choices := dict(getattr(field, "flatchoices", [])):
        return str(choices.get(value, value))
    return str(value) if value else ""


def lettered(group: Sequence[Organization]) -> list[tuple[Organization, str]]:
    """Letters for the records, as their names may well be the same."""
    return [(one, _("Record %(letter)s") % {"letter": chr(ord("A") + place)}) for place, one in enumerate(group)]


def field_rows(group: Sequence[Organization], keep: Organization, takes: dict[str, Organization]) -> list[FieldRow]:
    """The fields side by side. ``takes`` is the person's choice; else the verb itself would choose."""
    others = [one for one in group if one != keep]
    values = chosen(keep, others, takes)
    rows = []
    for name in CHOSEN:
        texts = [text_of(one, name) for one in group]
        whose = takes.get(name) or _first_with(group, keep, name, values[name])
        label = capfirst(str(Organization._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        options = [
            Option(one, record, text, one == whose) for (one, record), text in zip(lettered(group), texts, strict=True)
        ]
        kept = next(option for option in options if option.organization == keep)
        for option in options:  # the kept one with the first of the others, these with the kept one
            option.other = next(one for one in options if one is not kept).text if option is kept else kept.text
        rows.append(FieldRow(name, label, options))
    return rows


def _first_with(group: Sequence[Organization], keep: Organization, name: str, value: object) -> Organization:
    ordered = [keep, *(one for one in group if one != keep)]
    return next((one for one in ordered if getattr(one, name) == value), keep)


def hanging(group: Sequence[Organization], keep: Organization) -> list[Hanging]:
    """The records that name them; one query for each kind, however many there are."""
    found = []
    for reference in references(Organization):
        if reference.label in HIDDEN:
            continue
        counts = counts_of(reference, group)
        numbers = [counts.get(one.pk, 0) for one in group]
        if any(numbers):
            moving = sum(numbers) - counts.get(keep.pk, 0)
            letters = [record for _one, record in lettered(group)]
            found.append(Hanging(label_of(reference), list(zip(letters, numbers, strict=True)), moving))
    return found


def counts_of(reference: Reference, group: Sequence[Organization]) -> dict[int, int]:
    rows = reference.rows([one.pk for one in group]).order_by()
    return dict(rows.values_list(reference.field.name).annotate(number=Count("pk")))


def label_of(reference: Reference) -> str:
    """The kind of records, with the field that names them where that is not plain: "Outcomes (by)"."""
    kind = capfirst(str(reference.model._meta.verbose_name_plural))
    role = str(reference.field.verbose_name)
    plain = role == str(Organization._meta.verbose_name)
    return kind if plain else f"{kind} ({role})"


def most_named(group: Sequence[Organization]) -> dict[int, int]:
    """How many records name each of these; archived ones are left out."""
    totals = dict.fromkeys((one.pk for one in group if not one.is_archived), 0)
    for reference in references(Organization):
        for pk, number in counts_of(reference, group).items():
            if pk in totals:
                totals[pk] += number
    return totals


def best(group: Sequence[Organization]) -> Organization:
    """The one to keep unless somebody says otherwise: the one most records name."""
    totals = most_named(group)
    return max(group, key=lambda one: (totals.get(one.pk, -1), -one.pk))


def summary(steps: Sequence[Step]) -> list[tuple[str, int]]:
    """The changes of a merge, counted by kind."""
    seen = {(step["model"], step["pk"]) for step in steps if step["model"] not in ("core.formerslug",)}
    totals: dict[str, int] = {}
    for label, _pk in seen:
        totals[label] = totals.get(label, 0) + 1
    named = [(capfirst(str(apps.get_model(label)._meta.verbose_name_plural)), n) for label, n in totals.items()]
    return sorted(named)


def _pieces(text: str, other: str) -> list[Piece]:
    """Character diff: the text cut where it differs from the other, in one piece if they have little in common."""
    matcher = SequenceMatcher(None, other, text, autojunk=False)
    if not (text and other) or max(len(text), len(other)) > LONGEST or matcher.ratio() < LEAST_ALIKE:
        return [Piece(text, False)]
    parts = [(text[start:end], tag != "equal") for tag, _from, _to, start, end in matcher.get_opcodes()]
    return [Piece(part, differs) for part, differs in parts if part]
