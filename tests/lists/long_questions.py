"""Everything that a list in a large register is asked: its pages in every order, its numbers, each of its filters."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from engagement.core.lists.result import PageResult
from engagement.core.lists.views import ListPage
from tests.lists.lists import listing, look_up

WORDS = "cohesion policy"
MOST_VALUES = 6


def day(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def in_order(page: type[ListPage], user: Any, order: str) -> Iterator[str]:
    """The first page in an order, the last, one by its number, and those beside a place in the middle."""
    asked = f"sort={order}"
    yield asked
    yield f"{asked}&page=last"
    yield f"{asked}&page=10"
    keyset = look_up(page, user, asked).keyset
    if keyset is None:
        return
    if keyset.order.jump:
        yield f"{asked}&at={'m' if keyset.order.jump == 'text' else day(-700)}"
    if row := middle(keyset.rows):  # type: ignore[attr-defined]
        for side in ("after", "before"):
            yield f"{asked}&{urlencode({side: str(keyset.key(row))})}"


def middle(rows: Any) -> Any:
    """One of these, somewhere in the middle of all."""
    keys = rows.model._base_manager.order_by("pk").values_list("pk", flat=True)
    first, last = keys.first(), keys.last()
    return rows.order_by("pk").filter(pk__gte=(first + last) // 2).first() or rows.order_by("pk").first()


def values(found: PageResult, user: Any, name: str) -> list[str]:
    """Likely values of a filter: what a reader would choose."""
    one: Any = found.filterset.filters[name]
    if one.kind == "records" or getattr(one, "is_long", False):
        offered = [choice.value for choice in found.facets[name].choices][:1]
        if offered or one.kind != "records":
            return offered
        record = one.source(user).first()
        return [str(getattr(record, one.key))] if record else []
    if one.kind == "choices":
        return [value for value, _label in one.choices if value]
    if one.kind in ("one_of", "flag"):
        return list(one.answers)
    return {"day": [day(-30), day(-2000), day(20)], "number": ["30"]}.get(one.kind, [WORDS])


def filtered(found: PageResult, user: Any, name: str) -> Iterator[str]:
    """A filter with its likely values, and the last page of the first of these."""
    for place, value in enumerate(values(found, user, name)[:MOST_VALUES]):
        asked = urlencode({name: value})
        yield asked
        if place == 0:
            yield f"{asked}&page=last"


def questions(page: type[ListPage], user: Any) -> Iterator[tuple[str, Iterator[str]]]:
    """All of them, by what they try. Only those that somebody takes are thought of, which asks the list itself."""
    yield "the list", iter([""])
    for name in page.sorts:
        for order in (name, f"-{name}"):
            yield f"in the order {name}", in_order(page, user, order)
    yield "the numbers", iter(["numbers=1&more=1"])
    found = listing(page, user, "more=1")
    for name in found.filterset.filters:
        yield f"the filter {name}", filtered(found, user, name)
