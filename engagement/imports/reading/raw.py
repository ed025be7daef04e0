"""Rows of plain cells, whatever the form of the file, before anybody knows which of them holds the headers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it lies in the file; ``complaint`` says why it could not be taken apart."""

    number: int
    cells: list[str]
    complaint: str = ""

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for cell in self.cells if cell.strip())


@dataclass(frozen=True)
class Source:
    """Where rows come from, and what was found out about the file on the way."""

    form: str
    walk: Callable[[], Iterator[RawRow]]
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""
    notes: list[str] = field(default_factory=list)
    headers: list[str] | None = None  # where the form itself says them
