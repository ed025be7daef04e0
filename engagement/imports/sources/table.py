"""Tables, read lazily: headers, and rows that can be walked as often as needed without holding them all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engagement.imports.sources.errors import Problem


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it lies in the file; ``complaint`` says why it could not be taken apart."""

    number: int
    cells: list[str]
    error: str = ""

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for cell in self.cells if cell.strip())


@dataclass(frozen=True)
class Source:
    """The source of rows, and the properties of the file that were detected on the way."""

    form: str
    walk: Callable[[], Iterator[RawRow]]
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)  # the sheets with the headings of this one
    encoding: str = ""
    delimiter: str = ""
    notes: list[str] = field(default_factory=list)
    headers: list[str] | None = None  # where the form itself says them


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet program shows it, and its cells by header."""

    number: int
    cells: dict[str, str]
    problems: tuple[Problem, ...] = ()
    corrected: Mapping[str, str] = field(default_factory=dict)  # what somebody put in place of a cell


@dataclass(frozen=True)
class Rows:
    """Rows read from disk; each walk starts again at the first."""

    start: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.start()


@dataclass(frozen=True)
class Table:
    """An opened file. A walk over ``rows`` may still raise ``Unreadable``: a file can be cut off at its end."""

    headers: list[str]
    rows: Iterable[Row]
    sha256: str
    size: int
    name: str = ""
    form: str = ""  # csv, xlsx, ods, xls or json
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)  # the sheets with the same headings, this one included
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 1
    preamble: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what was found out and should be looked at
