"""Keyset pagination by another record: rows by the name of whoever owes, by the meeting they come from.

No index over the rows knows that order, and a name written into each row would have to be written again, a hundred
thousand times, when an organization changes its name. So the other records are paged through in their order, of those
that have rows, and the rows of each are taken by key. That is as quick as a page is: a handful of them fill it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from engagement.core.types import FieldValue, Reader, Row, Rows, SeenBy

from .keyset import BadKey, ByField, Key, KeysetQuery, is_key

BATCH, MOST_AT_ONCE = 4, 300  # SQLite takes at most 500 parts of a union
ANY = -(2**52) - 1  # stands for a key in SQL that is written once for several


@dataclass(frozen=True)
class ByRelated:
    """By the record a foreign key leads to, in an order of these, then by a number, if any, and key.

    ``source(user)`` gives those that the reader may know; rows that belong to no such record stand last. ``value``
    reads from a record what it is ordered by.
    """

    path: str
    source: SeenBy
    order: ByField
    value: Callable[[Row], FieldValue]
    then: str = ""
    jump: str = ""

    hidden: Callable[[Reader], Q] = lambda user: Q()
    """Among which rows those are to be found that a reader sees, but not what they belong to."""

    def query(self, rows: Rows, *, descending: bool, user: Reader) -> "RelatedKeysetQuery":
        return RelatedKeysetQuery(rows, self, descending, self.source(user), self.hidden(user))


@dataclass(frozen=True)
class RelatedKeysetQuery:
    """Rows in the order of the records they belong to. As ``KeysetQuery``."""

    rows: Rows
    order: ByRelated
    descending: bool
    source: Rows
    hidden: Q

    def key(self, row: Row) -> Key:
        related = getattr(row, self.order.path)
        if related is None:
            return Key(None, row.pk)
        then = [getattr(row, self.order.then)] if self.order.then else []
        return Key([Key(self.order.value(related), related.pk).plain, related.pk, *then], row.pk)

    def check(self, key: Key) -> None:
        """Raises ``BadKey``."""
        if key.value is None:
            return
        if not isinstance(key.value, list) or len(key.value) != (3 if self.order.then else 2):
            raise BadKey
        value, related, *then = key.value
        if not is_key(related) or not all(one is None or is_key(one) for one in then):
            raise BadKey
        self._related.check(Key(value, related))

    @property
    def _related(self) -> KeysetQuery:
        """The records that have rows."""
        has_rows = Exists(self._bare.filter(**{self.order.path: OuterRef("pk")}))
        return KeysetQuery(self.source.filter(has_rows), self.order.order, self.descending)

    @property
    def _bare(self) -> Rows:
        return self.rows.select_related(None).prefetch_related(None).order_by().values("pk")

    def take(self, number: int, *, after: Key | None = None, backwards: bool = False, skip: int = 0) -> list[Row]:
        """The next rows after a place, or those before it, the nearest last; ``skip`` some from the beginning."""
        keys = list(islice(self._keys(after, backwards, number + skip), skip, number + skip))
        rows = {row.pk: row for row in self.rows.filter(pk__in=keys)}
        found = [rows[key] for key in keys if key in rows]
        return found[::-1] if backwards else found

    def _keys(self, after: Key | None, backwards: bool, wanted: int) -> Iterator[int]:
        in_rest = after is not None and after.value is None
        for is_rest in (True, False) if backwards else (False, True):
            if after is None or in_rest == is_rest:
                yield from (self._of_rest if is_rest else self._of_related)(after, backwards, wanted)
            elif is_rest != backwards:  # what lies ahead
                yield from (self._of_rest if is_rest else self._of_related)(None, backwards, wanted)

    def _of_rest(self, after: Key | None, backwards: bool, wanted: int) -> Iterator[int]:
        descending = self.descending != backwards
        found: set[int] = set()
        for rest in self._rest(descending):
            if after is not None:
                rest = rest.filter(**{f"pk__{'lt' if descending else 'gt'}": after.pk})
            found.update(rest.values_list("pk", flat=True)[:wanted])
        yield from sorted(found, reverse=descending)[:wanted]

    def _rest(self, descending: bool) -> Iterator[Rows]:
        """Rows without such a record, in the order of an index; and those with one that this reader may not know,
        unless every such record is known."""
        mark, to = "-" if descending else "", f"{self.order.path}_id"
        yield self._bare.filter(**{self.order.path: None}).order_by(f"{mark}{to}", f"{mark}pk")
        if self.source.query.where:
            known = Exists(self.source.order_by().filter(pk=OuterRef(to)))
            yield self._bare.filter(self.hidden, ~known, **{f"{to}__isnull": False}).order_by(f"{mark}pk")

    def _of_related(self, after: Key | None, backwards: bool, wanted: int) -> Iterator[int]:
        place = None
        if after is not None:
            place = Key(after.value[0], after.value[1])
            yield from self._keys_of([place.pk], wanted, backwards, after)
        size = BATCH
        while related := self._related.take(size, after=place, backwards=backwards):
            related = related[::-1] if backwards else related
            yield from self._keys_of([one.pk for one in related], wanted, backwards)
            place, size = Key(self.order.value(related[-1]), related[-1].pk), min(3 * size, MOST_AT_ONCE)

    def _keys_of(self, related: list[int], wanted: int, backwards: bool, after: Key | None = None) -> list[int]:
        if self.order.then:
            return [pk for one in related for pk in self._numbered(one, backwards, after)]
        descending = self.descending != backwards
        rows = self._bare.filter(**{self.order.path: ANY}).order_by("-pk" if descending else "pk")
        if after is not None:
            rows = rows.filter(**{f"pk__{'lt' if descending else 'gt'}": after.pk})
        return _fetched(rows[:wanted], related, descending)

    def _numbered(self, related: int, backwards: bool, after: Key | None) -> list[int]:
        """All rows of one record, by their numbers, those without one last; after a place if there is one."""
        of_it = self._bare.filter(**{self.order.path: related}).values_list(self.order.then, "pk")
        places = {self._rank(number, pk): pk for number, pk in of_it}
        found = sorted(places)
        if after is not None:
            place = self._rank(after.value[2], after.pk)
            found = [one for one in found if (one < place if backwards else one > place)]
        return [places[one] for one in (reversed(found) if backwards else found)]

    def _rank(self, number: int | None, pk: int) -> tuple[bool, int, int]:
        sign = -1 if self.descending else 1
        return number is None, sign * (number or 0), sign * pk


def _fetched(rows: Rows, related: Sequence[int], descending: bool) -> list[int]:
    """The keys of these rows for each of some records, in one statement; ``rows`` are asked of ``ANY``."""
    try:
        sql, params = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return []
    parts = " UNION ALL ".join(f"SELECT {place} AS place, pk FROM ({sql}) p{place}" for place in range(len(related)))
    values = [key if value == ANY else value for key in related for value in params]
    with connection.cursor() as cursor:
        cursor.execute(parts, values)
        return [
            pk for _place, pk in sorted(cursor.fetchall(), key=lambda one: (one[0], -one[1] if descending else one[1]))
        ]
