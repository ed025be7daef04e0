"""Table of a return: for each meeting the rows that its form asks for, cell by cell, and the missing values."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.formats import date_format

from engagement.returns.models import ReturnColumn, ReturnForm, ReturnTable
from engagement.returns.values import VALUES, Context, Facts, Value, counterparts_of, people_of, topics_of, unique
from engagement.returns.vocabulary import PATTERNS, DateFormat, FileFormat, Nil, RowsOf, Source
from meetings.models import Meeting
from organizations.models import Post

Cell = str | dt.date
LATER = {Source.REFERENCE, Source.REPLACES, Source.COUNT}
"""What is filled in once it is known which entry a row is, and where it stands."""
ALWAYS = {Source.TEXT, Source.PERIOD, Source.MADE_ON, Source.HOST, Source.HOST_ACRONYM}
"""What a nil return says as well."""
OF_PEOPLE = {Source.PEOPLE, Source.PERSON, Source.POST_PERSON}
LONGEST = 32_767
"""Signs that a cell of a workbook takes."""


@dataclass(frozen=True)
class Gap:
    """A required column without a value."""

    heading: str
    organization: str = ""


@dataclass
class Table:
    """A table being filled."""

    record: ReturnTable
    form: ReturnForm
    columns: list[ReturnColumn]
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]

    @property
    def name(self) -> str:
        return self.record.name

    def facts_of(self, meeting: Meeting, context: Context) -> Iterator[Facts]:
        """One for each of its rows; a meeting with nobody named, or no topic, has one row all the same."""
        kind = self.record.rows_of
        if kind == RowsOf.ORGANIZATION:
            yield from (Facts(context, meeting, party=party) for party in counterparts_of(meeting))
        elif kind == RowsOf.PERSON and (people := people_of(meeting, context)):
            yield from (Facts(context, meeting, person=one) for one in people)
        elif kind == RowsOf.TOPIC and (topics := topics_of(meeting)):
            yield from (Facts(context, meeting, topic=one) for one in topics)
        elif kind != RowsOf.POST:
            yield Facts(context, meeting)

    def cells(self, facts: Facts) -> list[Cell]:
        """The cells, without those that are known later."""
        return [self._cell(column, facts) for column in self.columns]

    def _cell(self, column: ReturnColumn, facts: Facts) -> Cell:
        if column.source == Source.TEXT:
            return column.text
        if column.source in LATER:
            return ""
        return written(VALUES[column.source](facts), column.date_format, self.form)

    def gaps(self, cells: list[Cell], facts: Facts) -> Iterator[Gap]:
        name = facts.party.organization.name if facts.party else ""
        for column, cell in zip(self.columns, cells, strict=True):
            if column.is_required and cell == "" and column.source not in LATER:
                yield Gap(column.heading, name)

    def add(self, cells: list[Cell], reference: str, replaces: str) -> None:
        """Add a row of the entry with this name."""
        later: dict[str, Cell] = {
            Source.REFERENCE: reference,
            Source.REPLACES: replaces,
            Source.COUNT: str(len(self.rows) + 1),
        }
        said = [later.get(column.source, cell) for column, cell in zip(self.columns, cells, strict=True)]
        self.rows.append([self.form.missing if cell == "" else cell for cell in said])

    def add_nil(self, context: Context, without: list[Post], *, is_empty: bool) -> int:
        """The rows that say that there was nothing, of the period or of a person; returns how many."""
        before = len(self.rows)
        if self.record.nil == Nil.PEOPLE and without:
            for name in unique(post.person.name for post in without):
                self.add(self._nil_cells(context, name), "", "")
        elif self.record.nil != Nil.HEADINGS and is_empty:
            self.add(self._nil_cells(context, ""), "", "")
        return len(self.rows) - before

    def _nil_cells(self, context: Context, person: str) -> list[Cell]:
        facts = Facts(context)
        return [
            person
            if person and column.source in OF_PEOPLE
            else column.nil_text or (self._cell(column, facts) if column.source in ALWAYS else "")
            for column in self.columns
        ]


def tables_of(form: ReturnForm) -> list[Table]:
    records = form.tables.prefetch_related("columns")
    return [Table(record, form, list(record.columns.all())) for record in records]


def written(value: Value, how: str, form: ReturnForm) -> Cell:
    """A value as the form writes it."""
    if isinstance(value, list):
        return form.list_separator.join(value)
    if not isinstance(value, dt.date):
        return value
    if how == DateFormat.WORDS:
        return date_format(value, "j F Y")
    if how == DateFormat.ISO and form.file_format == FileFormat.XLSX:
        return value.date() if isinstance(value, dt.datetime) else value
    return value.strftime(PATTERNS[DateFormat(how)])
