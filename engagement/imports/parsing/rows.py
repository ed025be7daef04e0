"""Parsed rows as data classes, in our words: nothing is looked up here, nothing is made."""

import datetime as dt
from dataclasses import dataclass, field

from engagement.imports.parsing.people import PersonMention
from engagement.imports.parsing.places import Place
from engagement.imports.sources.errors import Problem


@dataclass(frozen=True, slots=True)
class OrgMention:
    """An organization as a row names it.

    ``published`` is the text it was read from: the whole cell when several organizations in it
    could not be told apart. Then there is a mention for each number, without a name, and ``is_certain`` is false.
    A cell without numbers that may be a list is one mention with the ``pieces`` it would be cut into.
    """

    name: str
    number: str = ""
    scheme: str = ""
    is_certain: bool = True
    published: str = ""
    acronym: str = ""
    pieces: tuple[str, ...] = ()
    likely_one: bool = False  # of a cell in pieces: it reads like one name after all
    people: tuple[PersonMention, ...] = ()  # whom the cell names beside it
    may_be_people: bool = False  # of a cell in pieces: people stand in brackets behind them, who may be firms

    @property
    def is_list(self) -> bool:
        """A cell of which is to be decided whether it is a list."""
        return bool(self.pieces)


@dataclass(slots=True)
class ParsedRow:
    """Fields of every row: its number as a spreadsheet program shows it, its cells, its errors."""

    number: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    filled: dict[str, str] = field(default_factory=dict)  # what stands above or in the file's name, by heading
    is_remark: bool = False  # a line of totals, a note or a nil return, and no record

    @property
    def has_errors(self) -> bool:
        """Whether this row cannot be imported as it is."""
        return any(problem.is_error for problem in self.problems)


@dataclass(slots=True)
class MeetingRow(ParsedRow):
    """One row about a meeting."""

    on: dt.date | None = None
    month_only: bool = False  # the file tells the month; ``on`` is its first day
    ends_on: dt.date | None = None
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    time_zone: str = ""
    title: str = ""  # one line, at most 250 characters
    purpose: str = ""  # the subject verbatim
    hosts: list[OrgMention] = field(default_factory=list)
    counterparts: list[OrgMention] = field(default_factory=list)
    representatives: list[str] = field(default_factory=list)  # titles or functions on the host's side
    counterpart_people: list[str] = field(default_factory=list)  # people or functions of the other side
    our_people: list[PersonMention] = field(default_factory=list)  # by name, on the host's side
    their_people: list[PersonMention] = field(default_factory=list)
    portfolio: str = ""
    themes: list[str] = field(default_factory=list)
    place: str = ""  # as published
    near: Place | None = None  # what that means if its city is written with a slip of the pen
    venue: str = ""
    city: str = ""
    country: str = ""  # ISO 3166, two letters
    mode: str = ""  # in_person, online, hybrid, or "" when the file does not say
    kind: str = ""  # a meeting kind of ours, from the layout
    source_id: str = ""
    source_url: str = ""
    published_on: dt.date | None = None
    part_of: int = 0  # the row that this one goes on


@dataclass(slots=True)
class OrganizationRow(ParsedRow):
    """One row about an organization, from a register or a list."""

    name: str = ""
    acronym: str = ""
    kind: str = ""  # an organization kind of ours, through the layout's values
    category: str = ""  # as published
    country: str = ""
    website: str = ""
    description: str = ""
    identifier: str = ""
    scheme: str = ""
    identifier_status: str = ""  # unknown, active, suspended, removed; "" when the file does not say
    other_names: list[str] = field(default_factory=list)
    parent: str = ""
    source_url: str = ""
