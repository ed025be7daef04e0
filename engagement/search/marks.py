"""Marks: words of an entry that no text holds, for what it is narrowed to and by."""

from collections.abc import Sequence
from datetime import date


def organization_mark(key: int) -> str:
    """The word under which everything of or about an organization stands in the index."""
    return f"o{key}"


def theme_mark(key: int) -> str:
    return f"t{key}"


def year_mark(year: int) -> str:
    return f"y{year}"


def month_mark(year: int, month: int) -> str:
    """The word under which meetings of a month stand."""
    return f"m{year:04}{month:02}"


def day_mark(day: date) -> str:
    """The word under which meetings of a day stand."""
    return f"d{day:%Y%m%d}"


def day_of_any_year_mark(month: int, day: int) -> str:
    """The word under which meetings of a day stand, whatever the year."""
    return f"d{month:02}{day:02}"


def time_marks(days: Sequence[date]) -> list[str]:
    """The words under which a meeting of these days stands."""
    months = dict.fromkeys(month_mark(day.year, day.month) for day in days)
    return [*months, *map(day_mark, days), *(day_of_any_year_mark(day.month, day.day) for day in days)]


def kind_mark(kind: str) -> str:
    return f"k{kind}"
