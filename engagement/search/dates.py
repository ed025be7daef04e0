"""Days and months in a query: ``8 May 2025``, ``8.5.2025``, ``2025-05-08``, ``May 2025``, ``8 May``."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engagement.core.folding import fold
from engagement.core.months import MONTHS, NAMES

from .marks import day_mark, day_of_any_year_mark, month_mark

_WEEKDAY = r"(?:(?:[^\W\d_]+day|[^\W\d_]+di|dimanche|[^\W\d_]+tag|mittwoch),?\s+(?:the\s+|le\s+|den\s+)?)?"
_NAME, _YEAR = r"(?P<name>[^\W\d_]{3,10})\.?", r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\w.,/-]){form}(?![\w/-]|[.,]\w)", re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+of)?\s*{_NAME},?\s+{_YEAR}",
        rf"{_WEEKDAY}{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})[-/.]\s?(?P<month>\d{{1,2}})[-/.]\s?{_YEAR}",
        rf"{_NAME},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+of)?\s*{_NAME}",
        rf"{_WEEKDAY}{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.",
    )
)
"""Days before months, so that nothing is left of a day; those without a year last."""
_LEAP = 2000


@dataclass(frozen=True)
class Dated:
    """A stretch of a query that means a day or a month."""

    start: int
    end: int
    marks: tuple[str, ...]
    """Under which meetings of then stand in the index; two where day and month may be the other way round."""
    spellings: tuple[tuple[str, ...], ...]
    """How a text may write it, as folded words."""


def dates_in(text: str) -> Iterator[Dated]:
    """Every day and month that a text names; none overlaps another."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for found in form.finditer(text):
            if all(found.end() <= start or end <= found.start() for start, end in taken):
                days = list(_meant(found))
                if days:
                    taken.append(found.span())
                    yield _dated(found, days)


def _meant(found: re.Match[str]) -> Iterator[tuple[int | None, int, int | None]]:
    """Year, month and day, as far as they are named."""
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    name = parts.get("name")
    month = MONTHS.get(fold(name), 0) if name else int(parts["month"])
    if not parts.get("day"):
        if 1 <= month <= 12:
            yield year, month, None
        return
    day = int(parts["day"])
    is_turnable = "/" in found[0] and found.start("day") < found.start("year") and day != month
    for one, other in ((month, day), (day, month)) if is_turnable else ((month, day),):
        try:
            dt.date(year or _LEAP, one, other)
        except ValueError:
            continue
        yield year, one, other


def _dated(found: re.Match[str], meant: list[tuple[int | None, int, int | None]]) -> Dated:
    marks: list[str] = []
    spellings: list[tuple[str, ...]] = []
    for year, month, day in meant:
        if year is None:
            marks.append(day_of_any_year_mark(month, day or 1))
            spellings += [(f"{day}", NAMES[month]), (NAMES[month], f"{day}")]
        elif day is None:
            marks.append(month_mark(year, month))
            spellings += [(NAMES[month], f"{year}"), (f"{year}", f"{month:02}")]
        else:
            marks.append(day_mark(dt.date(year, month, day)))
            spellings += [
                (f"{day}", NAMES[month], f"{year}"),
                (NAMES[month], f"{day}", f"{year}"),
                (f"{year}", f"{month:02}", f"{day:02}"),
                (f"{day:02}", f"{month:02}", f"{year}"),
                (f"{day}", f"{month}", f"{year}"),
            ]
    return Dated(*found.span(), tuple(marks), tuple(spellings))
