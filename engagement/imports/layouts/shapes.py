"""Column type detection: the form of the values, whatever the heading says."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from engagement.imports.parsing.dates import FORMS, FileDate, read_date, read_times
from engagement.imports.parsing.gazetteer import country_code
from engagement.imports.parsing.lists import stands_alone
from engagement.imports.parsing.people import are_people, are_posts
from engagement.imports.parsing.places import read_place
from engagement.imports.sources.texts import clean

_EU_NUMBER = re.compile(r"\d{5,13}-\d{2}")
_NUMBER = re.compile(r"[A-Z]{0,3}[ -]?\d[\d ./-]*")
_SEPARATORS = ("\n", ";", "|", " / ")
_BETWEEN_NAMES = ("::", ";", "|", "\n", " / ", ",")
_FEW = 40  # different values that a person may put into words of ours
_MANY, _ALWAYS = 50, 5  # so many rows do not name the same few organizations over and over
_FROM_FILE_NAME = ("day_month", "month", "day")
_ANY_FILE = FileDate(2000, 1)  # a leap year, so that 29 February passes


@dataclass
class Shape:
    """Shares of values that are of some sort, from 0 to 1, and how they are written."""

    samples: list[str] = field(default_factory=list)
    dates: float = 0.0
    date_forms: list[str] = field(default_factory=list)
    times: float = 0.0
    countries: float = 0.0
    places: float = 0.0
    addresses: float = 0.0
    people: float = 0.0
    names: float = 0.0  # of people, without posts that nobody holds by name
    numbers: float = 0.0
    has_eu_numbers: bool = False
    number_separator: str = ""
    separators: list[str] = field(default_factory=list)
    list_separators: list[str] = field(default_factory=list)  # of names, commas included
    length: float = 0.0
    variety: float = 0.0
    rows: int = 0
    distinct: list[str] = field(default_factory=list)  # where there are few
    counts_rows: bool = False  # 1, 2, 3 ...
    is_empty: bool = True
    is_carried_down: bool = False

    @property
    def are_plain_numbers(self) -> bool:
        """Whole numbers that are dates only where a heading says so: days of a month, days counted by a program."""
        return bool(self.date_forms) and set(self.date_forms) <= {"day", "excel", "compact"}

    @property
    def are_months(self) -> bool:
        """Months without a day."""
        return bool(self.date_forms) and set(self.date_forms) <= {"month", "month_year"}

    @property
    def needs_file_name(self) -> bool:
        """Whether year or month must come from the file name."""
        return bool(self.date_forms) and all(form in _FROM_FILE_NAME for form in self.date_forms)

    def speaks_for(self, target: str) -> tuple[float, str]:
        """How much the values add to a guess, or take from it, and why."""
        if self.is_empty:
            return -0.2, ""
        if target in ("date", "end_date", "published_on"):
            return (0.4 * self.dates, _("The values are dates.")) if self.dates > 0.5 else (-1.0, "")
        if self.dates > 0.8 and not self.are_plain_numbers:
            return -0.6, ""
        if target in ("website", "source_url"):
            return (0.4 * self.addresses, _("The values are web addresses.")) if self.addresses > 0.3 else (-1.0, "")
        if target in ("counterpart_numbers", "identifier"):
            return self._for_numbers()
        return self._for_words(target)

    def _for_numbers(self) -> tuple[float, str]:
        if self.has_eu_numbers:
            return 0.6, _("The values are numbers of the EU Transparency Register.")
        return (0.2 * self.numbers, _("The values are numbers.")) if self.numbers > 0.5 else (-0.5, "")

    def _for_words(self, target: str) -> tuple[float, str]:
        if target in ("our_people", "their_people"):
            return (0.3, _("The values are names of people.")) if self.people > 0.6 else (-1.0, "")
        if target == "country":
            return (0.4, _("The values are countries.")) if self.countries > 0.6 else (-0.3, "")
        if target == "time":
            return (0.4, _("The values are times of day.")) if self.times > 0.6 else (-0.5, "")
        if target in ("place", "city"):
            return (0.3, _("Places were recognized.")) if self.places > 0.5 else (0.0, "")
        if target in ("purpose", "description") and self.length > 40:
            return 0.2, _("The values are long texts.")
        if target in ("kind", "mode", "identifier_status") and self.variety > 0.5:
            return -0.2, ""
        if target == "counterparts" and self.rows >= _MANY and self.variety * self.rows <= _ALWAYS:
            return -0.3, ""
        if target in ("counterparts", "name", "host", "purpose", "title") and self.numbers > 0.8:
            return -0.6, ""
        return 0.0, ""


def shape_of(cells: Sequence[str]) -> Shape:
    """The shape of a column's first cells."""
    values = [cell for cell in cells if cell.strip()]
    if not values:
        return Shape()
    lines = [clean(value) for value in values]
    forms, dates = _date_forms(lines)
    pieces = [piece for line in lines for piece in re.split(r"\s*[,;|/]\s*", line) if piece]
    distinct = list(dict.fromkeys(lines))
    eu_numbers = _share(pieces, lambda piece: bool(_EU_NUMBER.fullmatch(piece))) > 0.8
    return Shape(
        samples=lines[:3],
        dates=dates,
        date_forms=forms,
        times=_share(lines, lambda line: read_times(line)[0] is not None),
        countries=_share(lines, lambda line: bool(country_code(line))),
        places=_share(lines, lambda line: len(line) < 80 and read_place(line).is_understood),
        addresses=_share(lines, lambda line: line.lower().startswith(("http://", "https://", "www."))),
        people=_share(values, lambda value: are_people(value) or are_posts(value)),
        names=_share(values, are_people),
        numbers=_share(lines, lambda line: bool(_NUMBER.fullmatch(line))),
        has_eu_numbers=eu_numbers,
        number_separator=_number_separator(lines) if eu_numbers else "",
        separators=_separators(values),
        list_separators=_list_separators(values),
        length=sum(len(line) for line in lines) / len(lines),
        variety=len(distinct) / len(lines),
        rows=len(lines),
        distinct=distinct if len(distinct) <= _FEW else [],
        counts_rows=lines == [str(at) for at in range(1, len(lines) + 1)],
        is_empty=False,
        is_carried_down=_is_carried_down(cells),
    )


def _is_carried_down(cells: Sequence[str]) -> bool:
    """Filled first, then blank now and then; where a name is written again below itself, blank means nobody."""
    told = [cell.strip() for cell in cells]
    says_it_again = any(above and above == below for above, below in pairwise(told))
    return bool(told[0]) and "" in told and not says_it_again


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(1 for value in values if test(value)) / len(values) if values else 0.0


def _number_separator(lines: Sequence[str]) -> str:
    """The separator between the numbers of one cell."""
    for sign in (",", ";", "|", "/", " "):
        if any(sign in line for line in lines):
            return sign
    return ""


def _separators(values: Sequence[str]) -> list[str]:
    """A sign that regularly stands between short values and hardly inside one."""
    for sign in _SEPARATORS:
        share = sum(1 for value in values if sign in value.strip()) / len(values)
        if share > 0.02 and all(len(piece) < 150 for value in values for piece in value.split(sign)):
            return [sign]
    tight = sum(1 for value in values if re.search(r",\S", value))
    return [","] if tight > 0.02 * len(values) and not any(", " in value for value in values) else []


def _list_separators(values: Sequence[str]) -> list[str]:
    """Signs between the names of a cell: each that cuts some cells, leaving aside those that end or belong to names."""
    shares = {sign: sum(1 for one in values if not stands_alone(one, (sign,), only=True)) for sign in _BETWEEN_NAMES}
    return [sign for sign, number in shares.items() if number and (number > 1 or number > 0.02 * len(values))]


def _date_forms(lines: Sequence[str]) -> tuple[list[str], float]:
    """The fewest date forms that read most cells; both orders of day and month where nothing tells them apart."""
    often = Counter(lines)
    read = {
        form: {line for line in set(lines) if (when := read_date(line, (form,), _ANY_FILE)).on and not when.error}
        for form in FORMS
    }
    iso = read.pop("iso")
    for found in read.values():
        found -= iso
    chosen = ["iso"] if iso else []
    left = set(lines) - iso
    while left:
        form = max(read, key=lambda name: _number(read[name] & left, often))
        if _number(read[form] & left, often) * 20 < _number(left, often) or not read[form]:
            break
        if form in _FROM_FILE_NAME and _number(left, often) * 2 < len(lines):
            break  # a stray figure among whole dates
        chosen += [form, *_twin(form, read)]
        left -= read[form]
    return chosen, 1 - _number(left, often) / len(lines)


def _number(values: Iterable[str], often: Counter[str]) -> int:
    return sum(often[value] for value in values)


def _twin(form: str, read: dict[str, set[str]]) -> list[str]:
    """The other order of day and month, when it reads just as much."""
    other = {"dmy": "mdy", "mdy": "dmy"}.get(form, "")
    return [other] if other and read[other] == read[form] else []
