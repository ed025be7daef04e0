"""Questions that hypothesis puts to a list."""

from typing import Any
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from engagement.core.lists.filterset import FIND, ListFilterSet
from engagement.core.lists.views import ListPage
from tests.lists.lists import Question
from tests.makers import LONG_AGO

DAYS = ["0001-01-01", "9999-12-31", "2024-01-01", LONG_AGO.isoformat(), "2026-06-30", "2027-01-01"]


def values(filterset: ListFilterSet, name: str) -> list[str]:
    """Values that mean something to a filter."""
    one: Any = filterset.filters[name]
    if one.kind == "records":
        return [str(getattr(record, one.key)) for record in one.source(one.user)][:40]
    if one.kind == "choices":
        return [value for value, _label in one.choices][:40]
    if one.kind in ("one_of", "flag"):
        return list(one.answers)
    return {"day": DAYS, "number": ["0", "30", "3660"]}.get(one.kind, ["meeting", "mark promise", "Zürich"])


def questions(filterset: ListFilterSet, *, most: int = 3, but: str = "") -> st.SearchStrategy[Question]:
    """A few filters with values they understand; several for those that take several."""
    pairs = {
        name: _pairs(name, found, 2 if filterset.filters[name].takes_many else 1)
        for name in filterset.filters
        if name != but and (found := values(filterset, name))
    }
    some = st.lists(st.sampled_from(list(pairs)), max_size=most, unique=True)
    return some.flatmap(lambda chosen: st.tuples(*(pairs[name] for name in chosen))).map(
        lambda parts: [p for part in parts for p in part]
    )


def _pairs(name: str, found: list[str], many: int) -> st.SearchStrategy[Question]:
    chosen = st.lists(st.sampled_from(found), min_size=1, max_size=many, unique=True)
    return chosen.map(lambda values: [(name, value) for value in values])


# Anything at all ------------------------------------------------------------------------------------------

ODD = [
    "", " ", "0", "-1", "1", "99999999999999999999999999", "1e309", "NaN", "\x00", "a\x00b", "\ud7ff", "\uffff",
    "\u202e", "true", "None", "[]", "{}", "' OR 1=1 --", "%", "_", "\\", "../../etc", "2026-02-30", "0000-00-00",
    "9999-12-31", "0001-01-01", "10000-01-01", "31/12/2026", "01.01.26", "Ελλάδα", "Българска", "日本語", "العربية",
    "👩🏽‍⚕️", "é" * 300, "x" * 5000,
]  # fmt: skip


def showing(page: type[ListPage]) -> st.SearchStrategy[Question]:
    """An order, a size and a page of the list, or not."""
    orders = [f"{fall}{name}" for name in page.sorts for fall in ("", "-")]
    parts = {"sort": orders, "size": ["25", "200"], "page": ["1", "2", "99999999999999999999"]}
    some = [st.just([]) | st.sampled_from(found).map(lambda v, n=name: [(n, v)]) for name, found in parts.items()]
    return st.tuples(*some).map(lambda found: [pair for part in found for pair in part])


def sensible(page: type[ListPage], filterset: ListFilterSet) -> st.SearchStrategy[Question]:
    """What a list understands: several filters together, in one of its orders, choices searched."""
    words = ["mark", "é", "a b", "%", "日本語"]
    find = st.sampled_from(sorted(filterset.searchable)).map(lambda name: f"{name}{FIND}")
    finding = st.lists(st.tuples(find, st.sampled_from(words)), max_size=1)
    parts = st.tuples(questions(filterset, most=6), showing(page), finding)
    return parts.map(lambda found: [pair for part in found for pair in part])


def raw() -> st.SearchStrategy[str]:
    """What is hardly a question: any bytes, half an escape, signs that belong between parameters."""
    piece = st.sampled_from(
        ["&", "=", ";", "%", "%ff%fe", "%00", "+", "?", "#x", "[]", "q", "page=", "sort=-", "theme="]
    )
    return st.lists(piece | st.binary(max_size=4).map(quote_from_bytes), max_size=12).map("".join)


def anything(filterset: ListFilterSet) -> st.SearchStrategy[Question]:
    """Every parameter of the list and some it does not know, with sensible values and with none of the kind."""
    known = [*filterset.filters, "page", "sort", "size", *(f"{name}{FIND}" for name in filterset.searchable)]
    words = st.text(st.characters(codec="utf-8"), max_size=20)
    name = st.sampled_from(known) | st.sampled_from(["unknown", "pk", "id", "search_text", "", "q\x00"]) | words
    good = st.sampled_from([value for one in filterset.filters for value in values(filterset, one)])
    value = st.sampled_from(ODD) | words | good | st.integers().map(str) | st.dates().map(str) | st.floats().map(str)
    return st.lists(st.tuples(name, value), max_size=6)
