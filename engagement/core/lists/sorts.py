"""Sort orders of a list, declared once: by a stored field, a choice, another record or an expression.

Only what a reader sees may have a say in an order, so expressions are made for each reader. Ties always go by key.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, F, IntegerField, Max, OuterRef, Subquery, Value, When
from django.db.models.expressions import BaseExpression, OrderBy

from engagement.core.folding import sort_key
from engagement.core.queries import Few
from engagement.core.types import FieldValue, Label, Reader, Rows, SeenBy

from .counts import MOST
from .keyset import ByChoice, ByField, Keyset, KeysetOrder
from .keyset_related import ByRelated

MOST_SEGMENTS = 20  # choices that are asked for one after the other
Choice = tuple[FieldValue, Label]
Expression = Callable[[Reader], F | BaseExpression]


@dataclass(frozen=True)
class Sort:
    """An order offered to readers; ``by`` are order_by expressions for ascending, ``down`` for descending order."""

    label: Label
    by: Sequence[OrderBy] = ()
    down: Sequence[OrderBy] = ()
    expressions: Sequence[Expression] = ()
    """Values that are not stored, instead of ``by`` and ``down``."""
    names: tuple[Label, Label] | None = None
    """What the ascending and the descending order are called where there is no head of a column, if not by an arrow."""
    keyset: KeysetOrder | None = None
    """How an index gives rows in this order, however many there are; without it only a list that is short enough to
    be sorted is put in this order."""

    @classmethod
    def on(cls, path: str, label: Label, *, jump: str = "") -> "Sort":
        """Sort by a field; rows without a value come last in either direction. ``jump`` as in ``KeysetOrder``."""
        by, down = [F(path).asc(nulls_last=True)], [F(path).desc(nulls_last=True)]
        return cls(label, by, down, keyset=ByField(path, jump=jump))

    @classmethod
    def by_expression(cls, label: Label, *expressions: Expression) -> "Sort":
        """Sort by values made for this reader; rows without one come last in either direction."""
        return cls(label, expressions=expressions)

    @classmethod
    def in_order_of(cls, path: str, choices: Iterable[Choice], label: Label) -> "Sort":
        """By a choice, as the choices follow each other."""
        values = [value for value, _label in choices]
        return cls(label, expressions=[_place(path, values)], keyset=ByChoice(path, lambda: values))

    @classmethod
    def by_label(cls, path: str, choices: Iterable[Choice], label: Label) -> "Sort":
        """By a choice, as its words stand in the alphabet."""
        pairs = list(choices)

        def values() -> list[FieldValue]:
            return [value for value, _words in sorted(pairs, key=lambda pair: sort_key(str(pair[1])))]

        few = ByChoice(path, values) if len(pairs) <= MOST_SEGMENTS else None
        return cls(label, expressions=[lambda user: _place(path, values())(user)], keyset=few)

    @classmethod
    def by_short_name(cls, path: str, source: SeenBy, label: Label) -> "Sort":
        """By the acronym of an organization where it has one, else by its name, as lists write it."""
        keyset = ByRelated(path, source, ByField("short_sort_key"), lambda one: one.short_sort_key, jump="")
        name = F(f"{path}__short_sort_key")
        return cls(label, expressions=[lambda user: name, lambda user: F(f"{path}_id")], keyset=keyset)

    def fits(self, count: int) -> bool:
        """Whether so many rows can be put in this order while somebody waits."""
        return self.keyset is not None or count <= MOST


class Ordering(NamedTuple):
    """A sort order and its direction, as an address asks for them."""

    name: str
    sort: Sort
    descending: bool

    @classmethod
    def read(cls, text: str, sorts: Mapping[str, Sort]) -> "Ordering | None":
        """“-due”: by due date, the latest first."""
        name = text.removeprefix("-")
        return cls(name, sorts[name], text.startswith("-")) if name in sorts else None

    def keyset(self, rows: Rows, user: Reader) -> Keyset | None:
        """The rows in this order, if an index gives them so."""
        order = self.sort.keyset
        return order.query(rows, descending=self.descending, user=user) if order else None

    def order(self, rows: Rows, user: Reader) -> Rows:
        """The rows in this order, for this reader."""
        sort, by = self.sort, self.sort.down if self.descending else self.sort.by
        if sort.expressions:
            values = [expression(user) for expression in sort.expressions]
            by = [one.desc(nulls_last=True) if self.descending else one.asc(nulls_last=True) for one in values]
        return rows.order_by(*by, "-pk" if self.descending else "pk")


def _place(path: str, values: Sequence[FieldValue]) -> Expression:
    whens = [When(**{path: value}, then=Value(place)) for place, value in enumerate(values) if value != ""]
    return lambda user: Case(*whens, default=None, output_field=IntegerField())


def number_of(rows: SeenBy, back: str) -> Expression:
    """How many of these records lead back to the row, as far as is counted; none is nought."""
    return lambda user: Few(rows(user).filter(**{back: OuterRef("pk")}), most=MOST)


def first_of(rows: SeenBy, back: str, value: str, *order: str) -> Expression:
    """A value of the first of these records that lead back to the row."""

    def expression(user: Reader) -> Subquery:
        linked = rows(user).filter(**{back: OuterRef("pk")})
        return Subquery(linked.order_by(*(order or (value,))).values(value)[:1])

    return expression


def latest_of(rows: SeenBy, back: str, value: str) -> Expression:
    """The greatest value among these records that lead back to the row: all of its own are looked at, and no others."""

    def expression(user: Reader) -> Subquery:
        linked = rows(user).filter(**{back: OuterRef("pk")}).order_by().values(back)
        return Subquery(linked.annotate(latest=Max(value)).values("latest"))

    return expression
