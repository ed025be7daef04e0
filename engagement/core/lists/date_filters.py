"""Date filters: when something happened to a row, between two days or as one of a few words such as "this year"."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.types import FieldValue, Label, Reader, Rows, SeenBy

from .filters import Answer, Day, Narrow, OneOf

EARLIEST, LATEST = dt.date(1, 1, 3), dt.date(9999, 12, 29)
"""Days that can be said as a moment of any time zone."""


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def on_days(field: str, first: dt.date | None, last: dt.date | None) -> Q:
    """A moment that lies on one of these days, said in a way that an index over moments answers."""
    found = Q(**{f"{field}__isnull": False})
    if first and first > EARLIEST:
        found &= Q(**{f"{field}__gte": midnight(first)})
    if last and last < LATEST:
        found &= Q(**{f"{field}__lt": midnight(last + dt.timedelta(days=1))})
    return found


class Happened:
    """What happened to rows: ``source(user)`` gives the happenings this reader may see, ``back`` leads from one to its
    row, ``day`` is its date."""

    def __init__(self, source: SeenBy, back: str, day: str) -> None:
        self.source, self.back, self.day = source, back, day

    def between(self, rows: Rows, first: dt.date | None, last: dt.date | None, user: Reader) -> Rows:
        """Rows to which it happened, one time at least, within these days."""
        seen = self.source(user).filter(**{self.back: OuterRef("pk")})
        seen = seen.filter(**{f"{self.day}__gte": first}) if first else seen
        return rows.filter(Exists(seen.filter(**{f"{self.day}__lte": last}) if last else seen))

    def never(self, rows: Rows, user: Reader) -> Rows:
        return rows.exclude(Exists(self.source(user).filter(**{self.back: OuterRef("pk")})))

    def days(self, before: int) -> Narrow:
        """Within so many days up to today."""

        def narrow(rows: Rows, user: Reader) -> Rows:
            today = timezone.localdate()
            return self.between(rows, today - dt.timedelta(days=before), today, user)

        return narrow

    def year(self, back: int) -> Narrow:
        """In this year, or so many years back."""

        def narrow(rows: Rows, user: Reader) -> Rows:
            year = timezone.localdate().year - back
            return self.between(rows, dt.date(year, 1, 1), dt.date(year, 12, 31), user)

        return narrow

    def presets(self, never: Label) -> dict[str, Answer]:
        return {
            "last_30": (_("Last 30 days"), self.days(30)),
            "this_year": (_("This year"), self.year(0)),
            "last_year": (_("Last year"), self.year(1)),
            "never": (never, self.never),
        }

    def filters(self, *, when: Label, first: Label, last: Label, never: Label) -> "dict[str, Day | OneOf]":
        """``when``, ``from`` and ``to``, with these labels."""
        return {
            "when": OneOf(self.presets(never), label=when),
            "from": SpanEnd(self, label=first),
            "to": SpanEnd(self, label=last),
        }


class SpanEnd(Day):
    """``from`` or ``to``: asked for both, one and the same happening lies between them."""

    def __init__(self, happened: Happened, **options: FieldValue) -> None:
        self.happened = happened
        super().__init__(**options)

    def filter(self, rows: Rows, value: dt.date | None) -> Rows:
        asked = self.parent.form.cleaned_data
        return self.happened.between(rows, asked.get("from"), asked.get("to"), self.user) if value else rows
