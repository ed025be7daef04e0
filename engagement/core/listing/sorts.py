"""The orders a list offers. Ties always go by key; ``Listing`` sees to that."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, IntegerField, Max, OuterRef, QuerySet, Subquery, Value, When

from engagement.core.queries import Few
from engagement.core.sort_keys import sort_key

from .related import ByRelated
from .tally import MOST
from .walking import ByChoice, ByField, Walked

MOST_STRETCHES = 20  # choices that are asked for one after the other
Worked = Callable[[Any], Any]
"""From whoever reads to what the rows are ordered by: only what this reader sees may have a say in it."""


@dataclass(frozen=True)
class Sort:
    """An order offered to readers; ``by`` are order_by expressions for rising, ``down`` for falling order."""

    label: Any
    by: Sequence[Any] = ()
    down: Sequence[Any] = ()
    worked: Sequence[Worked] = field(default=())
    """Values that are not stored, instead of ``by`` and ``down``."""
    walked: Walked | None = None
    """How an index gives rows in this order, however many there are; without it only a list that is short enough to
    be sorted is put in this order."""

    @classmethod
    def on(cls, path: str, label: Any, *, jump: str = "") -> "Sort":
        """By a field; what has no value stands last in either direction. ``jump`` as in ``Walked``."""
        by, down = [F(path).asc(nulls_last=True)], [F(path).desc(nulls_last=True)]
        return cls(label, by, down, walked=ByField(path, jump=jump))

    @classmethod
    def worked_out(cls, label: Any, *values: Worked) -> "Sort":
        """By values made for this reader; what has none stands last in either direction."""
        return cls(label, worked=values)

    @classmethod
    def in_order_of(cls, path: str, choices: Iterable[tuple[Any, Any]], label: Any) -> "Sort":
        """By a choice, as the choices follow each other."""
        values = [value for value, _label in choices]
        return cls(label, worked=[_place(path, values)], walked=ByChoice(path, lambda: values))

    @classmethod
    def by_label(cls, path: str, choices: Iterable[tuple[Any, Any]], label: Any) -> "Sort":
        """By a choice, as its words stand in the alphabet."""
        pairs = list(choices)

        def values() -> list[Any]:
            return [value for value, _words in sorted(pairs, key=lambda pair: sort_key(str(pair[1])))]

        few = ByChoice(path, values) if len(pairs) <= MOST_STRETCHES else None
        return cls(label, worked=[lambda user: _place(path, values())(user)], walked=few)

    @classmethod
    def by_short_name(cls, path: str, source: "Callable[[Any], QuerySet[Any]]", label: Any) -> "Sort":
        """By the acronym of an organization where it has one, else by its name, as lists write it."""
        walked = ByRelated(path, source, ByField("short_sort_key"), lambda one: one.short_sort_key, jump="")
        name = F(f"{path}__short_sort_key")
        return cls(label, worked=[lambda user: name, lambda user: F(f"{path}_id")], walked=walked)

    def orders(self, user: Any, *, falls: bool) -> list[Any]:
        """What the rows are ordered by, for this reader."""
        if not self.worked:
            return list(self.down if falls else self.by)
        values = [worked(user) for worked in self.worked]
        return [value.desc(nulls_last=True) if falls else value.asc(nulls_last=True) for value in values]


def _place(path: str, values: Sequence[Any]) -> Worked:
    whens = [When(**{path: value}, then=Value(place)) for place, value in enumerate(values) if value != ""]
    return lambda user: Case(*whens, default=None, output_field=IntegerField())


def number_of(rows: "Callable[[Any], QuerySet[Any]]", back: str) -> Worked:
    """How many of these records lead back to the row, as far as is counted; none is nought."""

    def worked(user: Any) -> Any:
        return Few(rows(user).filter(**{back: OuterRef("pk")}), most=MOST)

    return worked


def first_of(rows: "Callable[[Any], QuerySet[Any]]", back: str, value: str, *order: str) -> Worked:
    """A value of the first of these records that lead back to the row."""

    def worked(user: Any) -> Any:
        linked = rows(user).filter(**{back: OuterRef("pk")})
        return Subquery(linked.order_by(*(order or (value,))).values(value)[:1])

    return worked


def latest_of(rows: "Callable[[Any], QuerySet[Any]]", back: str, value: str) -> Worked:
    """The greatest value among these records that lead back to the row: all of its own are looked at, and no others."""

    def worked(user: Any) -> Any:
        linked = rows(user).filter(**{back: OuterRef("pk")}).order_by().values(back)
        return Subquery(linked.annotate(latest=Max(value)).values("latest"))

    return worked
