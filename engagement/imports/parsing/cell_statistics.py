"""Two passes over a file: the first collects statistics that the second needs to split cells with several values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from engagement.core.folding import fold, match_key
from engagement.imports.layouts.spec import Spec
from engagement.imports.parsing.cells import Cells, ColumnMap
from engagement.imports.parsing.dates import BESIDE_MONTH, IN_WORDS, date_forms, read_date, two_readings
from engagement.imports.parsing.names import NameSplitter
from engagement.imports.parsing.periods import FileDate, Month, file_date, period_around, period_of
from engagement.imports.parsing.splitting import cuts, split_plain
from engagement.imports.sources.table import Table
from engagement.imports.sources.texts import clean, is_nothing

_ENOUGH = 3  # cells that say the same
_PEOPLE = re.compile(r"individual|person|people|figure|attend|participa|editor|journalist|teilnehm|gesprachspartn")
_LISTS = ("representatives", "counterpart_people", "themes", "other_names")


@dataclass
class CellStatistics:
    """Findings of a first walk over the file, for the cells that hold several values."""

    hint: FileDate
    organizations: NameSplitter
    hosts: NameSplitter
    dated: set[Month] = field(default_factory=set)
    beside_months: list[str] = field(default_factory=list)  # cells such as ``Apr-24``
    alone: dict[str, set[str]] = field(default_factory=lambda: {target: set() for target in _LISTS})

    def learn(self, cells: Cells) -> None:
        """One row's share."""
        self.organizations.learn(cells.raw("counterparts"), cells.raw("counterpart_numbers"))
        self.hosts.learn(cells.raw("host"), "")
        if not self.hint and (day := read_date(cells.line("date"), (*date_forms(cells, "date"), *IN_WORDS)).on):
            self.dated.add((day.year, day.month))
        if two_readings(cells.line("date"), date_forms(cells, "date"), self.hint):
            self.beside_months.append(cells.line("date"))
        for target, alone in self.alone.items():
            for column, _header, text in cells.columns(target):
                if not cuts(text, column.separators) and len(alone) < 50_000:
                    alone.add(match_key(text))

    @cached_property
    def unmeant(self) -> tuple[str, ...]:
        """The wrong one of the two readings of ``Apr-24``, by the file's other cells and its period."""
        months = {read_date(text, BESIDE_MONTH[0]).on for text in self.beside_months}
        if not all(month and self.hint.has(month) for month in months):
            return BESIDE_MONTH[0]
        are_years = bool(self.hint) and len(self.beside_months) >= _ENOUGH
        return BESIDE_MONTH[1] if are_years else ()

    def texts(self, cells: Cells, target: str) -> list[str]:
        """The values of a cell that may hold several; a cell in doubt stays one value."""
        found: list[str] = []
        for column, _header, text in cells.columns(target):
            if not is_nothing(text):
                pieces, sure = split_plain(text, column.separators, self.alone[target])
                found += [column.pairs.get(fold(piece)) or clean(piece) for piece in (pieces if sure else [text])]
        constant = cells.column_map.spec.constants.get(target, "")
        return found or ([clean(constant)] if constant else [])


def _first_pass(table: Table, spec: Spec, file_name: str) -> CellStatistics:
    def separators(target: str) -> tuple[str, ...]:
        return tuple(sign for column in spec.of(target) for sign in column.separators)

    statistics = CellStatistics(
        _period(table, spec, file_name),
        NameSplitter(
            separators("counterparts"), separators("counterpart_numbers"), spec.scheme, _says_people(table, spec)
        ),
        NameSplitter(separators("host")),
    )
    column_map = ColumnMap.of(table, spec)
    for row in table.rows:
        statistics.learn(column_map.row(row))
    statistics.hint = statistics.hint or period_around(statistics.dated)
    return statistics


def _says_people(table: Table, spec: Spec) -> bool:
    """Whether the heading of the organizations speaks of people as well."""
    own = {fold(header) for header in table.headers}
    headings = [header for column in spec.of("counterparts") for header in column.headers if fold(header) in own]
    return any(_PEOPLE.search(fold(header)) for header in headings)


def _period(table: Table, spec: Spec, file_name: str) -> FileDate:
    """The period of this file: as somebody said, else as its name or a title above the headings tells."""
    if spec.period:
        return period_of(spec.period)
    if not spec.file_name_dates:
        return FileDate()
    told = [file_date(file_name or table.name), *(period_of(text) for text in (table.sheet, *table.preamble))]
    return next((found for found in told if found), told[0])


def walk(table: Table, spec: Spec, file_name: str) -> Iterator[tuple[Cells, CellStatistics]]:
    """The second walk: each row through the layout, with all that the first walk found out."""
    statistics = _first_pass(table, spec, file_name)
    column_map = ColumnMap.of(table, spec)
    for row in table.rows:
        yield column_map.row(row), statistics
