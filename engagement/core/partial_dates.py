"""Partial date: a day, or a month or year of which no more is known, as ISO 8601 and EDTF write them."""

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from django.db.models import TextChoices, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Precision(TextChoices):
    """How much of a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


LONG = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}
SHORT = {Precision.DAY: "j M Y", Precision.MONTH: "M Y", Precision.YEAR: "Y"}
ISO = {Precision.DAY: "Y-m-d", Precision.MONTH: "Y-m", Precision.YEAR: "Y"}


@lru_cache(maxsize=10_000)
def _written(day: dt.date, form: str, language: str | None) -> str:
    """Memoization: a page has the same days again and again, and writing one out is slow."""
    return date_format(day, form)


@dataclass(frozen=True, order=True)
class PartialDate:
    """Comes in the order of its first day."""

    day: dt.date
    """The first that it can be."""
    precision: str = Precision.DAY.value

    @classmethod
    def of(cls, day: dt.date | None, precision: str = Precision.DAY.value) -> Self | None:
        """Any day of the month or year will do; none without a day."""
        if day is None or precision == Precision.DAY:
            return None if day is None else cls(day)
        return cls(day.replace(day=1) if precision == Precision.MONTH else day.replace(month=1, day=1), precision)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """Parse the output of ``iso``; ValueError for anything else."""
        precision = {4: Precision.YEAR, 7: Precision.MONTH}.get(len(text), Precision.DAY)
        return cls(dt.date.fromisoformat((text + "-01-01")[:10]), precision.value)

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """Parse the output of ``dated``."""
        day, _blank, precision = (text or "").partition(" ")
        return cls(dt.date.fromisoformat(day), precision) if day else None

    @property
    def is_exact(self) -> bool:
        return self.precision == Precision.DAY

    @property
    def last(self) -> dt.date:
        """The last day that it can be."""
        if self.is_exact:
            return self.day
        month = self.day.month if self.precision == Precision.MONTH else 12
        return dt.date(self.day.year, month, calendar.monthrange(self.day.year, month)[1])

    @property
    def has_month(self) -> bool:
        return self.precision != Precision.YEAR

    @property
    def long(self) -> str:
        """8 May 2025; May 2025; 2025."""
        return _written(self.day, LONG[Precision(self.precision)], get_language())

    @property
    def short(self) -> str:
        """8 Mar 2025; Mar 2025; 2025."""
        return _written(self.day, SHORT[Precision(self.precision)], get_language())

    @property
    def month(self) -> str:
        """May 2025, also where the day is known."""
        return _written(self.day, LONG[Precision.MONTH if self.has_month else Precision.YEAR], get_language())

    @property
    def iso(self) -> str:
        """2025-05-08; 2025-05; 2025: each a valid ``datetime`` of HTML."""
        return _written(self.day, ISO[Precision(self.precision)], get_language())

    def __str__(self) -> str:
        return self.long


def dated(day: str, precision: str) -> Combinable:
    """An expression: both columns as one text that sorts by the day, for the earliest and latest."""
    return Concat(Cast(day, TextField()), Value(" "), precision, output_field=TextField())
