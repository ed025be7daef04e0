"""Marks: words of an entry that no text holds, for what it is narrowed to and by."""

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


def kind_mark(kind: str) -> str:
    return f"k{kind}"
