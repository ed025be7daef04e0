"""A guessed layout: the probable target of each column with its confidence, and two guesses joined into one."""

from dataclasses import dataclass, field

from engagement.core.folding import fold
from engagement.imports.layouts.spec import LayoutData, Spec
from engagement.imports.layouts.validation import parse_spec
from engagement.imports.layouts.vocabulary import IGNORED, REPEATABLE


@dataclass
class GuessedColumn:
    """One heading: its probable target, the confidence from 0 to 1, and the reason."""

    header: str
    target: str = IGNORED
    confidence: float = 0.0
    reasons: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    distinct: list[str] = field(default_factory=list)  # published words that need one of ours each


@dataclass
class Guess:
    """A proposed layout as JSON, and by field the questions that are left to a person."""

    data: LayoutData
    columns: list[GuessedColumn]
    missing: dict[str, list[str]]

    @property
    def spec(self) -> Spec | None:
        """The layout, where it is complete."""
        return parse_spec(self.data)[0]


def join(first: Guess, other: Guess) -> None:
    """Add the guesses of another file of the same kind: further headings, formats and columns."""
    headings = {fold(header): column for column in first.data["columns"] for header in column["headers"]}
    by_target = {column["target"]: column for column in first.data["columns"]}
    for column, guessed in zip(other.data["columns"], other.columns, strict=True):
        header = column["headers"][0]
        mine = headings.get(fold(header))
        if mine and mine["target"] == IGNORED and column["target"] not in {IGNORED, *by_target}:
            mine["target"] = column["target"]
        elif mine is None:
            mine = by_target.get(column["target"]) if column["target"] not in REPEATABLE - {"counterparts"} else None
            if mine:
                mine["headers"].append(header)
            else:
                first.data["columns"].append(column)
                first.columns.append(guessed)
                by_target.setdefault(column["target"], column)
                continue
        if mine["target"] == column["target"]:
            _add_formats(mine, column)
    for name in ("file_name_dates", "rows_go_on"):
        if other.data.get(name):
            first.data[name] = True


def _add_formats(mine: LayoutData, other: LayoutData) -> None:
    for name in ("separators", "date_forms"):
        both = list(dict.fromkeys([*mine.get(name, []), *other.get(name, [])]))
        if name == "date_forms":
            both = _settled(both, mine.get(name, []), other.get(name, []))
        if both:
            mine[name] = both
    if other.get("carry_down"):
        mine["carry_down"] = True


def _settled(both: list[str], mine: list[str], other: list[str]) -> list[str]:
    """Day or month first, where one of the files leaves no doubt."""
    orders = {"dmy", "mdy"}
    sure = [set(forms) & orders for forms in (mine, other) if len(set(forms) & orders) == 1]
    if sure and all(one == sure[0] for one in sure):
        return [form for form in both if form not in orders - sure[0]]
    return both
