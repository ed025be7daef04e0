"""Periods, as names of files and headings tell them: a year, a quarter, some months, a financial year."""

import datetime as dt
import re
from dataclasses import dataclass

from engagement.core.folding import fold
from engagement.core.months import MONTHS
from engagement.imports.parsing.month_names import MONTH_NAMES

_YEAR = r"(?<!\d)((?:19|20)\d{2})(?!\d)"
_SPLIT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-_/–]\s?((?:19|20)?\d{2})(?!\d)(?![-_/]\d)")
_DATED = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[-_./](0?[1-9]|1[0-2])[-_./]((?:19|20)\d{2})(?!\d)")
_WORD = "(?:q|qtr|quarter|quartal|trimestre)"
_QUARTER = re.compile(
    rf"(?<![a-z0-9])(?:{_WORD}|t)[-_ ]?([1-4])(?![0-9])|(?<!\d)([1-4])(?:st|nd|rd|th|er|e|\.)?[-_ ]?{_WORD}(?![a-z])"
    r"|(?<![a-z])(first|second|third|fourth)[-_ ]quarter"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SHORT = re.compile(r"([a-z]+)[-_ ]?['’]?(\d{2})(?!\d)")
_NAME = f"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_JOINED = re.compile(rf"([a-z]*?)((?:{_NAME}){{2,}})(?![a-z])|([a-z]+?)({_NAME})(?=(?:19|20)?\d{{2}}(?!\d))")
"""Months written as one word, or at the end of one: ``meetingsaprjun13``, ``meetingsoct12``."""
_SHORT_AFTER_QUARTER = re.compile(r"q[1-4][-_ ]?['’]?(\d{2})(?!\d)")
APRIL = 4
"""The first month of a financial year that is written with two years."""

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FileDate:
    """The date in a file's name: a year, a month, or the first and last month of a period that crosses a new year."""

    year: int | None = None
    month: int | None = None
    first: Month | None = None
    last: Month | None = None
    quarter: int | None = None

    def year_of(self, month: int) -> int | None:
        """The year a month without one is of, if the period tells exactly one."""
        if self.first and self.last:
            months = [at for at in _months(self.first, self.last) if at[1] == month]
            return months[0][0] if len(months) == 1 else None
        if self.quarter and (month + 2) // 3 != self.quarter:
            return None  # a quarter of another kind of year
        return self.year

    def has(self, day: dt.date) -> bool:
        """Whether a day lies in the period; a period that tells nothing has every day."""
        return not self or self.year_of(day.month) == day.year

    def __bool__(self) -> bool:
        return bool(self.year or self.first)


def _months(first: Month, last: Month) -> list[Month]:
    number = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    return [(first[0] + (first[1] - 1 + at) // 12, (first[1] - 1 + at) % 12 + 1) for at in range(min(number, 24))]


def file_date(name: str) -> FileDate:
    """``Meetings_Oct-2012.csv``, ``Q3 2024``, ``Jul-Sep 2023``, ``2023-24``; ``2019-2023.csv`` tells nothing."""
    return period_of(name.rsplit(".", 1)[0] if re.search(r"\.\w{1,5}$", name) else name)


def period_of(text: str) -> FileDate:
    """The period that a text tells."""
    folded = _JOINED.sub(_apart, fold(text.replace("_", "-")))
    dated = [(int(y), int(m)) for y, m in _DATED.findall(folded)]
    dated += [(int(y), int(m)) for m, y in _DAY_FIRST.findall(folded)]
    if not dated and (split := _split_year(folded)):
        return _in_split_year(split, folded)
    years = sorted({int(year) for year in re.findall(_YEAR, folded)} | {year for year, _month in dated}) or _short(
        folded
    )
    named = [MONTH_NAMES[word] for word in re.findall(r"[a-z]+", folded) if word in MONTH_NAMES]
    months = list(dict.fromkeys([*named, *(month for _year, month in dated)]))
    if len(years) == 2 and years[1] - years[0] == 1 and len(months) > 1:
        return FileDate(first=(years[0], months[0]), last=(years[1], months[-1]))
    if len(years) != 1:
        return FileDate(None, months[0] if len(months) == 1 else None)
    if len(months) == 2 and months[0] > months[1]:  # December to February 2024
        return FileDate(first=(years[0] - 1, months[0]), last=(years[0], months[1]))
    quarter = None if months else _quarter(folded)
    return FileDate(years[0], months[0] if len(months) == 1 else None, quarter=quarter)


def _apart(found: "re.Match[str]") -> str:
    """The months of a word as words."""
    return " ".join(filter(None, [found[1] or found[3], *re.findall(_NAME, found[2] or found[4])]))


def period_around(months: set[Month]) -> FileDate:
    """The period of dates without a year, by those with one: their year, or a year that crosses a new one."""
    if not months:
        return FileDate()
    first, last = min(months), max(months)
    if first[0] == last[0]:
        return FileDate(first[0])
    return FileDate(first=first, last=last) if len(_months(first, last)) <= 12 else FileDate()


def _split_year(folded: str) -> int:
    """The first year of one that is written with two: 2023-24, 2023/2024."""
    for first, second in _SPLIT_YEAR.findall(folded):
        if int(second) % 100 == (int(first) + 1) % 100 and (len(second) == 4 or int(second) > 12):
            return int(first)
    return 0


def _in_split_year(year: int, folded: str) -> FileDate:
    """A year from April; of the months that the name tells, if it does."""
    named = [MONTH_NAMES[word] for word in re.findall(r"[a-z]+", folded) if word in MONTH_NAMES]
    if quarter := _quarter(folded):
        start = APRIL + (quarter - 1) * 3
        named = named or [(start - 1) % 12 + 1, (start + 1) % 12 + 1]
    if not named:
        return FileDate(first=(year, APRIL), last=(year + 1, APRIL - 1))
    first, last = ((year if month >= APRIL else year + 1, month) for month in (named[0], named[-1]))
    if first > last:  # no financial year then: January 2023 to ... as written
        first, last = (year, named[0]), (year + 1, named[-1])
    if first[0] == last[0]:
        return FileDate(first[0], first[1] if first == last else None)
    return FileDate(first=first, last=last)


def _quarter(folded: str) -> int | None:
    found = _QUARTER.search(folded)
    if not found:
        return None
    return int(found[1] or found[2] or _ORDINALS[found[3]])


def _short(folded: str) -> list[int]:
    """A year of two digits after a month or a quarter."""
    found = {2000 + int(year) for word, year in _SHORT.findall(folded) if word in MONTH_NAMES}
    found |= {2000 + int(year) for year in _SHORT_AFTER_QUARTER.findall(folded)}
    return sorted(found)
