"""Column mapping of a publisher's file: the target of each column. Plain data, stored as JSON, made in the browser."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from engagement.core.folding import fold
from engagement.imports.layouts.vocabulary import MEETINGS, NOUNS, ORGANIZATIONS

__all__ = ["MEETINGS", "NOUNS", "ORGANIZATIONS", "Column", "Spec"]


LayoutData: TypeAlias = dict[str, Any]
"""A layout, or a column of one, as JSON that nobody has checked yet."""


@dataclass(frozen=True)
class Column:
    """One column: its target, the headings under which it comes, the form of its cells."""

    target: str
    headers: tuple[str, ...]
    separators: tuple[str, ...] = ()  # between several values of one cell; none: one value
    date_forms: tuple[str, ...] = ()  # of this column; none: those of the layout
    values: dict[str, str] = field(default_factory=dict)  # published text -> our value
    carry_down: bool = False  # a blank cell means the one above
    is_required: bool = False  # a file without this column is not of this layout

    @cached_property
    def pairs(self) -> dict[str, str]:
        """The published words, folded, and ours."""
        return {fold(text): value for text, value in self.values.items()}

    def header_in(self, headers: list[str]) -> str:
        """The heading of a file this column goes by; "" when it has none of them."""
        folded = {fold(header): header for header in headers}
        return next((folded[key] for variant in self.headers if (key := fold(variant)) in folded), "")


@dataclass(frozen=True)
class Spec:
    """A whole layout."""

    noun: str
    columns: tuple[Column, ...]
    constants: dict[str, str] = field(default_factory=dict)  # target -> value for every row
    date_forms: tuple[str, ...] = ("iso",)
    file_name_dates: bool = False  # a month or year missing in the cells stands in the file name
    period: str = ""  # of one file, where nothing in it tells
    periods: dict[str, str] = field(default_factory=dict)  # of several files, by name
    rows_go_on: bool = False  # a row with an organization and nothing else belongs to the row above
    names: str = ""  # who can see the names of people: the secretariat, or "shared" or "public"
    own: bool = False  # our own list of meetings: references are those of our records
    series: int = 0  # from so many meetings of one pair on they become a series; 0: none is made
    time_zone: str = ""
    scheme: str = ""  # which register the numbers are from
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0  # 0: found
    credit: str = ""

    def to_json(self) -> LayoutData:
        """The layout as JSON, without default values."""
        data = _plain(self, Spec(self.noun, ()))
        return data | {"noun": self.noun, "columns": [_column(column) for column in self.columns]}

    def of(self, target: str) -> list[Column]:
        """The columns that are this for us."""
        return [column for column in self.columns if column.target == target]


def _column(column: Column) -> LayoutData:
    data = _plain(column, Column(column.target, ()))
    return {"target": column.target, "headers": list(column.headers)} | data


def _plain(thing: Column | Spec, usual: Column | Spec) -> LayoutData:
    """The fields that differ from the usual, as JSON has them."""
    found = {}
    for name in thing.__dataclass_fields__:
        value = getattr(thing, name)
        if value != getattr(usual, name) and name not in ("columns", "headers"):
            found[name] = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, dict) else value
    return found
