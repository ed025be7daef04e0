"""Charts as data for SVG templates: bars by period, marks in lanes over time, dots on a line.

A picture and the table beside it show the same rows. Across, places are percentages of the width: a picture is as wide
as its page while its words keep their size. So many columns are drawn, the latest, as a phone has room for.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from engagement.core.partial_dates import PartialDate

COLUMNS, LANES = 8, 10
"""As many columns and rows as can be read; of more, the latest and the fullest."""
FEWEST_BARS = 5
"""One bar alone is not as wide as the page."""
HIGHEST, AXIS = 100, 120
CHIP, STEP = 26, 30
"""How high a mark is, and how far the next one of the same lane and column lies below it."""


def percent(part: float, whole: float) -> str:
    """A place across, written with a point whatever the language of the page."""
    return f"{100 * part / whole:.2f}%"


@dataclass(frozen=True)
class Bar:
    """One bar: its place, its height, its label."""

    label: object
    number: int
    x: str
    width: str
    middle: str
    y: int
    height: int
    part: int = 0
    """How much of the number is drawn fuller, from below."""

    @property
    def part_height(self) -> int:
        return max(round(self.height * self.part / self.number), 2) if self.part else 0

    @property
    def part_y(self) -> int:
        return AXIS - self.part_height

    @property
    def short(self) -> str:
        """For above the bar."""
        return str(self.number) if self.number < 1_000 else f"{self.number / 1_000:.0f}k"

    @property
    def number_y(self) -> int:
        return self.y - 7


@dataclass(frozen=True)
class BarChart:
    """How often something happened in each period; the bars and the table show the same rows."""

    rows: Sequence[tuple[object, int]]
    is_cut: bool = False
    parts: tuple[int, ...] = ()
    """Of each row, how much is drawn fuller."""

    @classmethod
    def by_year(cls, numbers: Mapping[int, int], is_cut: bool = False) -> "BarChart":
        """Every year from the first to the last, those in which nothing happened too; the latest of many."""
        years = range(min(numbers), max(numbers) + 1) if numbers else range(0)
        rows: list[tuple[object, int]] = [(year, numbers.get(year, 0)) for year in years[-COLUMNS:]]
        return cls(rows, is_cut or len(years) > COLUMNS)

    @property
    def bars(self) -> list[Bar]:
        highest = max((number for _label, number in self.rows), default=0) or 1
        slots = max(len(self.rows), FEWEST_BARS)
        bars = []
        for place, (label, number) in enumerate(self.rows):
            height = max(round(HIGHEST * number / highest), 2 if number else 1)
            x, width, middle = percent(place + 0.15, slots), percent(0.7, slots), percent(place + 0.5, slots)
            part = self.parts[place] if self.parts else 0
            bars.append(Bar(label, number, x, width, middle, AXIS - height, height, part))
        return bars


@dataclass(frozen=True)
class Look:
    """How marks of one kind look, in three ways that do not need each other: two letters, a word, a tone with its
    shape."""

    code: str
    word: str
    tone: str

    @property
    def radius(self) -> int:
        return {"good": CHIP // 2, "late": 0}.get(self.tone, 5)


@dataclass(frozen=True)
class Mark:
    """Something that happened in a lane at a column of time. ``note`` is said beside the word; the rest is drawn."""

    lane: Hashable
    column: Hashable
    look: Look
    url: str
    note: str = ""
    is_ringed: bool = False
    is_flagged: bool = False

    @property
    def said(self) -> str:
        return f"{self.look.word} ({self.note})" if self.note else self.look.word


@dataclass(frozen=True)
class Column:
    """A moment in time: the date, and its label."""

    key: Hashable
    date: PartialDate
    title: str
    middle: str


@dataclass(frozen=True)
class Placed:
    """A mark where it is drawn."""

    mark: Mark
    column: Column
    x: str
    right: str
    width: str
    y: int

    @property
    def word_y(self) -> int:
        return self.y + CHIP // 2 + 4


@dataclass(frozen=True)
class Lane:
    """A row of marks of one owner, in the order of time."""

    owner: Any
    marks: list[Placed]

    @property
    def height(self) -> int:
        return max(mark.y for mark in self.marks) + CHIP + 3

    @property
    def begins(self) -> str:
        return self.marks[0].column.middle


@dataclass(frozen=True)
class Strip:
    """Marks in lanes over columns of time, and how many columns and lanes are left out."""

    columns: list[Column]
    lanes: list[Lane]
    columns_left_out: int = 0
    lanes_left_out: int = 0

    @property
    def looks(self) -> list[Look]:
        """The looks that are drawn, for the legend, by their words."""
        looks = {placed.mark.look for lane in self.lanes for placed in lane.marks}
        return sorted(looks, key=lambda look: (look.tone, look.word))

    @property
    def has_rings(self) -> bool:
        return any(placed.mark.is_ringed for lane in self.lanes for placed in lane.marks)

    @property
    def has_flags(self) -> bool:
        return any(placed.mark.is_flagged for lane in self.lanes for placed in lane.marks)

    @property
    def room(self) -> str:
        """How much room the words of the marks need."""
        return "few" if len(self.columns) <= 3 else "some" if len(self.columns) <= 5 else "many"


def strip_of(
    marks: Iterable[Mark], times: Mapping[Hashable, tuple[PartialDate, str]], owners: Mapping[Hashable, Any]
) -> Strip:
    """A strip of marks given in the order of time: the latest columns with any, the lanes with most marks in them.

    ``times`` says of each column the day and a title, ``owners`` whose a lane is; lanes come in the order of owners.
    """
    found = list(marks)
    keys = list(dict.fromkeys(mark.column for mark in found))
    columns = _columns(keys[-COLUMNS:], times)
    by_lane: dict[Hashable, list[Mark]] = defaultdict(list)
    for mark in found:
        if mark.column in columns:
            by_lane[mark.lane].append(mark)
    fullest = sorted(by_lane, key=lambda lane: -len(by_lane[lane]))[:LANES]
    lanes = [Lane(owners[key], _placed(by_lane[key], columns)) for key in owners if key in fullest]
    return Strip(list(columns.values()), lanes, len(keys) - len(columns), len(by_lane) - len(lanes))


def _columns(keys: Sequence[Hashable], times: Mapping[Hashable, tuple[PartialDate, str]]) -> dict[Hashable, Column]:
    return {key: Column(key, *times[key], percent(place + 0.5, len(keys))) for place, key in enumerate(keys)}


def _placed(marks: Iterable[Mark], columns: Mapping[Hashable, Column]) -> list[Placed]:
    """Several in one column stand below each other."""
    places = {key: place for place, key in enumerate(columns)}
    below: dict[Hashable, int] = defaultdict(int)
    placed, whole = [], len(columns)
    for mark in marks:
        place, y = places[mark.column], 2 + STEP * below[mark.column]
        below[mark.column] += 1
        x, right, width = percent(place + 0.03, whole), percent(place + 0.97, whole), percent(0.94, whole)
        placed.append(Placed(mark, columns[mark.column], x, right, width, y))
    return placed


@dataclass(frozen=True)
class Dot:
    """A dot on a line: its text, its title and state in words, its shape, the day below.

    ``shape`` is "full" for what took place, "open" for what is to come, "crossed" for what did not come about, "gap"
    and "expected" for what is not there.
    """

    text: str
    title: str
    shape: str
    state: str = ""
    date: PartialDate | None = None
    url: str = ""


@dataclass(frozen=True)
class Line:
    """Dots in the order of time, evenly spaced; the latest of many."""

    dots: list[Dot]
    left_out: int = 0

    @classmethod
    def of(cls, dots: Sequence[Dot]) -> "Line":
        return cls(list(dots[-COLUMNS:]), max(len(dots) - COLUMNS, 0))

    @property
    def placed(self) -> list[tuple[Dot, str]]:
        return [(dot, percent(place + 0.5, len(self.dots))) for place, dot in enumerate(self.dots)]

    @property
    def segments(self) -> list[tuple[str, str, bool]]:
        """From one dot to the next; whether both took place."""
        return [
            (before, after, {left.shape, right.shape} == {"full"})
            for (left, before), (right, after) in pairwise(self.placed)
        ]
