"""Date and time parser, strict: a date has one of the layout's forms, or it is an error.

Two forms that read one text differently give no date but a question.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.folding import fold
from engagement.imports.parsing.cells import Cells
from engagement.imports.parsing.month_names import MONTH_NAMES as MONTHS
from engagement.imports.parsing.month_names import month_name
from engagement.imports.parsing.periods import FileDate, file_date
from engagement.imports.parsing.spans import ends_of

__all__ = ["FORMS", "FileDate", "When", "day_of", "file_date", "read_date", "read_times"]

FORMS = {
    "iso": gettext_lazy("2022-01-27"),
    "dmy": gettext_lazy("27/01/2022, 27.1.22 (day first)"),
    "mdy": gettext_lazy("01/27/2022, 1-27-22 (month first)"),
    "compact": gettext_lazy("20220127"),
    "day_name": gettext_lazy("27 January 2022, 27. Jan. 22, 1er février 2022"),
    "name_day": gettext_lazy("January 27, 2022"),
    "month_year": gettext_lazy("August, 2010, Oct-12, 10/2012 (the month only)"),
    "day_month": gettext_lazy("27 January, 27/01 (the year is in the file name)"),
    "month": gettext_lazy("January (the month only; the year is in the file name)"),
    "day": gettext_lazy("27 (month and year are in the file name)"),
    "excel": gettext_lazy("44588 (a date counted in days, as spreadsheet programs do)"),
}
_WEEKDAYS_AND_ENDINGS = (
    "st nd rd th er of le the den am de du del della di den week commencing beginning w c wc "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so "
    "early mid late end beginning tbc date approx circa about debut courant anfang mitte ende principios mediados "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag lunes martes miercoles jueves viernes sabado domingo "
    "lunedi martedi mercoledi giovedi venerdi domenica segunda terca quarta quinta sexta feira "
    "poniedzialek wtorek sroda czwartek piatek sobota niedziela mandag tirsdag onsdag torsdag fredag lordag sondag "
    "mandagen tisdag manantai tiistai keskiviikko torstai perjantai lauantai sunnuntai r roku rok god godine leto do"
)
_NOISE = frozenset(_WEEKDAYS_AND_ENDINGS.split())
IN_WORDS = ("day_name", "name_day", "month_year_name", "day_month_name", "month")
BESIDE_MONTH = (("month_year",), ("day_month",))
"""What a number beside a month may be: its year, or its day."""
_ANY = FileDate(2000, 1)
_CLOCK = re.compile(r"[t ]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(z|[+-]\d{2}:?\d{2})?$")
_TOKEN = re.compile(r"\d+|[a-z]+")
_FIRST, _LAST = 1900, 2100
_LONGEST = 80  # characters; anything longer is no date
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(h|uhr|am|pm|a\.m\.|p\.m\.)?")
_BETWEEN = re.compile(r"\s*(?:-|–)\s*|\s+(?:to|until|a|bis)\s+")
_LONGEST_TIME = 60  # characters; anything longer is no time


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a month; ``error`` says why there is none."""

    on: dt.date | None = None
    month_only: bool = False
    ends_on: dt.date | None = None
    error: str = ""  # unknown, impossible, several or far


def read_date(text: str, forms: tuple[str, ...], hint: FileDate | None = None) -> When:
    """Parse the day of a cell, in one of these forms; a first and a last day where it names two."""
    if len(text) > _LONGEST:
        return When(error="unknown")
    folded = _CLOCK.sub("", fold(text)).strip()
    whole = _read_one(folded, forms, hint or FileDate())
    if whole.on or whole.error != "unknown":
        return whole
    for ends in ends_of(folded, _NOISE):
        first, last = (_read_one(end, forms, hint or FileDate()) for end in ends)
        if first.on and last.on and first.on < last.on and first.month_only == last.month_only:
            return When(first.on, first.month_only, last.on)
    return whole


def _read_one(folded: str, forms: tuple[str, ...], hint: FileDate) -> When:
    tokens = [month_name(token) or token for token in _TOKEN.findall(folded) if token not in _NOISE]
    found: set[tuple[int, int, int]] = set()
    for form in dict.fromkeys(("iso", *forms)):
        if parts := _parts(form, tokens, folded, hint):
            found.add(parts)
    days = {day for parts in found if (day := _day(parts))}
    if len(days) == 1:
        on, month_only = days.pop()
        return When(on, month_only) if _FIRST <= on.year <= _LAST else When(error="far")
    return When(error="several" if days else "impossible" if found else "unknown")


def _day(parts: tuple[int, int, int]) -> tuple[dt.date, bool] | None:
    """A day that exists; day 0 means the whole month."""
    try:
        return dt.date(parts[0], parts[1], parts[2] or 1), not parts[2]
    except (ValueError, OverflowError):
        return None


def _parts(form: str, tokens: list[str], folded: str, hint: FileDate) -> tuple[int, int, int] | None:
    """Year, month and day of a text in one form; day 0 for a month."""
    shape = "".join("m" if token in MONTHS else "n" if token.isdigit() else "?" for token in tokens)
    if "?" in shape or any(len(token) > 8 for token in tokens if token.isdigit()):
        return None
    if form in ("iso", "dmy", "mdy", "compact", "excel"):
        return _numeric(form, tokens, shape, folded)
    if form in ("day_name", "name_day"):
        return _named(form, tokens, shape)
    return _partial(form, tokens, shape, hint)


def _numeric(form: str, tokens: list[str], shape: str, folded: str) -> tuple[int, int, int] | None:
    """Days written in digits."""
    numbers = [int(token) for token in tokens if token.isdigit()]
    if form == "iso" and shape == "nnn" and len(tokens[0]) == 4 and len(tokens[1]) <= 2 and len(tokens[2]) <= 2:
        return numbers[0], numbers[1], numbers[2]
    if form in ("dmy", "mdy") and shape == "nnn" and len(tokens[0]) <= 2 and len(tokens[1]) <= 2:
        day, month = numbers[:2] if form == "dmy" else numbers[1::-1]
        return _with_year(tokens[2], month, day)
    if form == "compact" and shape == "n" and len(tokens[0]) == 8:
        return numbers[0] // 10000, numbers[0] // 100 % 100, numbers[0] % 100
    if form == "excel" and re.fullmatch(r"\d{5}(\.\d+)?", folded):
        day_counted = dt.date(1899, 12, 30) + dt.timedelta(days=numbers[0])
        return day_counted.year, day_counted.month, day_counted.day
    return None


def _named(form: str, tokens: list[str], shape: str) -> tuple[int, int, int] | None:
    """Days with the month as a word."""
    if form == "day_name" and shape == "nmn":
        return _with_year(tokens[2], MONTHS[tokens[1]], int(tokens[0]))
    if form == "name_day" and shape == "mnn":
        return _with_year(tokens[2], MONTHS[tokens[0]], int(tokens[1]))
    return None


def _partial(form: str, tokens: list[str], shape: str, hint: FileDate) -> tuple[int, int, int] | None:
    """Months, and days whose year or month the file name tells."""
    if form == "month_year" or (form == "month_year_name" and "m" in shape):
        return _month_and_year(tokens, shape)
    if form == "month" and shape == "m" and (year := hint.year_of(MONTHS[tokens[0]])):
        return year, MONTHS[tokens[0]], 0
    if form in ("day_month", "day_month_name") and shape in ("nm", "mn", "nn"):
        return _day_and_month(form, tokens, shape, hint)
    if form == "day" and shape == "n" and hint.year and hint.month and int(tokens[0]):
        return hint.year, hint.month, int(tokens[0])
    return None


def _day_and_month(form: str, tokens: list[str], shape: str, hint: FileDate) -> tuple[int, int, int] | None:
    day, name = tokens if shape != "mn" else reversed(tokens)
    if (shape == "nn" and form != "day_month") or len(day) > 2 or not int(day):
        return None
    month = MONTHS.get(name) or int(name)
    year = hint.year_of(month)
    return (year, month, int(day)) if year else None


def _month_and_year(tokens: list[str], shape: str) -> tuple[int, int, int] | None:
    if shape == "mn" and len(tokens[1]) in (2, 4):
        return _with_year(tokens[1], MONTHS[tokens[0]], 0)
    if shape == "nm" and len(tokens[0]) == 4:
        return _with_year(tokens[0], MONTHS[tokens[1]], 0)
    if shape == "nn" and {len(tokens[0]), len(tokens[1])} <= {1, 2, 4} and len(tokens[0]) + len(tokens[1]) >= 5:
        year, month = tokens if len(tokens[0]) == 4 else reversed(tokens)
        return _with_year(year, int(month), 0)
    return None


def _with_year(year: str, month: int, day: int) -> tuple[int, int, int] | None:
    """Two digits are a year between 1970 and 2069."""
    if len(year) not in (2, 4):
        return None
    number = int(year)
    return (number + (2000 if number < 70 else 1900) if len(year) == 2 else number), month, day


# The day of a row --------------------------------------------------------------------------------------


def two_readings(text: str, forms: tuple[str, ...], hint: FileDate) -> bool:
    """Whether ``Apr-24`` may be a month and its year, or a month and its day, by these forms."""
    if read_date(text, forms, hint or _ANY).error != "several":
        return False
    return all(read_date(text, tuple(form for form in forms if form in some), hint or _ANY).on for some in BESIDE_MONTH)


def day_of(
    cells: Cells, target: str, hint: FileDate, *, is_needed: bool = False, unmeant: tuple[str, ...] = ()
) -> When:
    """The day of a cell by the layout's date forms, without those that this file does not mean where two disagree."""
    text = cells.text(target)
    if not text:
        if is_needed:
            line = cells.line(target)[:60]
            sentence = _("There is no date: the cell contains “%(text)s”.") if line else _("The row has no date.")
            cells.note("no_date", target, sentence % {"text": line}, is_error=True)
        return When()
    forms = date_forms(cells, target)
    when = read_date(text, forms, hint)
    if when.error == "several" and unmeant:
        when = read_date(text, tuple(form for form in forms if form not in unmeant), hint)
    if when.error == "unknown":
        when = _said_in_words(text, forms, hint)
    if when.error:
        sentence = _sentence(when.error) % {"text": text[:60]}
        cells.note(f"date_{when.error}", target, sentence, is_error=is_needed)
    return when


def _said_in_words(text: str, forms: tuple[str, ...], hint: FileDate) -> When:
    """A month in words leaves one reading, whatever the layout expects; or its year is what is missing."""
    when = read_date(text, IN_WORDS, hint)
    if when.error == "unknown" and read_date(text, (*forms, *IN_WORDS), _ANY).on:
        return When(error="no_year")
    return when


def date_forms(cells: Cells, target: str) -> tuple[str, ...]:
    """The forms that the layout allows in this column."""
    column = next((column for column, _header, _text in cells.columns(target)), None)
    return (column.date_forms if column else ()) or cells.column_map.spec.date_forms


def _sentence(error: str) -> str:
    return {
        "impossible": _("“%(text)s” does not exist in the calendar."),
        "several": _("“%(text)s” could be two different days. Choose one date format in the layout."),
        "no_year": _("“%(text)s” has no year, and neither has the name of the file. Enter the period of the file."),
        "far": _("“%(text)s” is before 1900 or after 2100."),
    }.get(error, _("“%(text)s” is not a date in a format of this layout."))


# Times of day ------------------------------------------------------------------------------------------


def read_times(text: str) -> tuple[dt.time | None, dt.time | None]:
    """When a meeting begins and ends; nothing where the cell does not say it plainly."""
    if len(text) > _LONGEST_TIME:
        return None, None
    ends = _BETWEEN.split(fold(text).replace("a.m.", "am").replace("p.m.", "pm"), maxsplit=1)
    times = [_time(end) for end in ends]
    return (times[0], times[1] if len(times) > 1 else None) if times[0] else (None, None)


def _time(text: str) -> dt.time | None:
    match = _TIME.fullmatch(text.strip())
    if not match or not (match[2] or match[3] or "h" in text):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3] or ""
    if half.startswith(("a", "p")):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if (hour, minute) == (24, 0):
        return dt.time()
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
