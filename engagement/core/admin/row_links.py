"""References between inlines of one form, saved or not: a follow-up names the discussion it comes from.

A row is named by its key where it has one, which no move and no second person changes, and else by its place in the
form as it was sent. A field that holds such a name is called ``from_...``: where a merge of two people's edits puts a
row elsewhere, the name follows (``three_way_merge.py``).
"""

from dataclasses import dataclass

from django import forms
from django.forms import BaseForm

from engagement.core.types import Label

from .forms import RecordForm


@dataclass(frozen=True)
class RowLink:
    """A link between sets of rows: the other set, its field that names this row, and the words of the button."""

    prefix: str
    field: str
    title: Label
    add_label: Label


class RowSelect(forms.Select):
    """A choice among the rows of a set; a script keeps it in step while they are typed and moved."""

    def __init__(self, rows: str) -> None:
        super().__init__({"data-rows-of": rows})


def is_blank_row(row: BaseForm) -> bool:
    """The one that new rows are made from."""
    return (row.prefix or "").endswith("-__prefix__")


def names_of_row(row: RecordForm) -> list[str]:
    """The names by which other rows can refer to this one: its key, its place."""
    place = row.prefix or ""
    key = row.instance.pk
    return [place] if key is None else [f"{place.rpartition('-')[0]}:{key}", place]


def name_of_row(row: RecordForm) -> str:
    return names_of_row(row)[0]
